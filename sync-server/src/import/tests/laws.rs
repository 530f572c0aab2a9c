//! What holds for every file.

use proptest::prelude::*;

use super::*;

/// Lines of a town so small that its people meet all the time.
fn line() -> impl Strategy<Value = String> {
    let last = prop_oneof![Just("Martin"), Just("ROY"), Just("Roy"), Just("Blanc"), Just("")];
    let first = prop_oneof![Just("Léa"), Just("LEA"), Just("Tom"), Just("Eva")];
    let born = prop_oneof![Just("04/03/2019"), Just("2018-02-01"), Just(""), Just("x")];
    let reference = prop_oneof![3 => Just(""), 1 => Just("111"), 1 => Just("222")];
    let class = prop_oneof![Just(""), Just("CP – Mme Petit"), Just("CE1 A")];
    let school = prop_oneof![Just(""), Just("Jules Ferry"), Just("Louise Michel")];
    let one = prop_oneof![
        Just(";;;"),
        Just("Martin;Claire;;"),
        Just("Martin;Claire;claire@exemple.fr;0639980001"),
        Just("Roy;Anne;anne@exemple.fr;"),
        Just("Roy;Anne;;0639980009"),
    ];
    let two = prop_oneof![Just(";"), Just("Roy;Luc"), Just("Blanc;Hugo")];
    (last, first, born, reference, school, class, one, two)
        .prop_map(|(a, b, c, d, e, f, g, h)| format!("{a};{b};{c};{d};{e};{f};{g};{h}"))
}

fn any_file() -> impl Strategy<Value = String> {
    let header = "Nom;Prénom;Date de naissance;INE;École;Classe;Nom responsable 1;Prénom responsable 1;\
                  Courriel responsable 1;Téléphone responsable 1;Nom responsable 2;Prénom responsable 2";
    prop::collection::vec(line(), 1..8).prop_map(move |lines| format!("{header}\n{}", lines.join("\n")))
}

fn any_choices() -> impl Strategy<Value = Choices> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(school, make_classes, make_homonyms)| Choices {
        school: school.then_some(FERRY),
        make_classes,
        make_homonyms,
    })
}

/// Enough to meet every branch of the plan many times.
const CASES: u32 = 300;

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, max_global_rejects: 1_000_000, ..ProptestConfig::default() })]

    #[test]
    fn the_same_file_twice_changes_nothing(file in any_file(), choices in any_choices()) {
        taken(&file, &choices, &town());
    }

    #[test]
    fn nothing_is_lost_and_nobody_gains_a_child(file in any_file(), choices in any_choices()) {
        let (_, after) = taken(&file, &choices, &town());
        let before = &town().children[&LEA].record;
        let lea = &after.children[&LEA].record;
        prop_assert_eq!((&lea.must_know, &lea.health), (&before.must_know, &before.health));
        prop_assert!(lea.households.contains(&MARTIN));
        prop_assert!(after.households[&MARTIN].record.guardians.iter().any(|g| g.first_name == "Claire"));
        // Whoever can reach a child stood in one of its lines, or could reach it before.
        for child in after.children.values() {
            for home in &child.record.households {
                for guardian in &after.households[home].record.guardians {
                    let known = child.record.id == LEA && guardian.first_name == "Claire";
                    let named = file.lines().any(|line| {
                        let line = shared::text::search_key(line);
                        line.contains(&shared::text::search_key(&child.record.first_name))
                            && line.contains(&shared::text::search_key(&guardian.first_name))
                    });
                    prop_assert!(known || named, "{} reaches {}", guardian.first_name, child.record.first_name);
                }
            }
        }
    }

    #[test]
    fn no_bytes_make_it_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(table) = read(&bytes) {
            let mapping = recognise(&table);
            let _ = plan(&table, &mapping, &Choices::default(), &town(), NAMESPACE, day("2026-11-23"));
        }
    }
}

proptest! {
    // Most files drawn have a line that is refused, and are thrown away.
    #![proptest_config(ProptestConfig {
        cases: CASES / 10,
        failure_persistence: None,
        max_global_rejects: 1_000_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_file_taken_in_by_halves_ends_where_the_whole_one_does(file in any_file(), cut in 0_usize..20) {
        // The power goes after some of the operations; somebody confirms again.
        let choices = Choices { make_classes: true, school: Some(FERRY), ..Choices::default() };
        prop_assume!(planned(&file, &choices, &town()).counts().wrong == 0);
        let whole = applied(&planned(&file, &choices, &town()), town());
        let mut half = planned(&file, &choices, &town());
        let mut left = cut;
        half.classes.truncate(left);
        left = left.saturating_sub(half.classes.len());
        half.households.truncate(left);
        left = left.saturating_sub(half.households.len());
        half.children.truncate(left);
        let half = applied(&half, town());
        let end = applied(&planned(&file, &choices, &half), half);
        let children = |holdings: &Holdings| -> Vec<ChildRecord> {
            holdings.children.values().map(|child| ChildRecord { households: Vec::new(), ..child.record.clone() }).collect()
        };
        prop_assert_eq!(children(&end), children(&whole));
    }
}
