//! What becomes of lines.

use super::*;

const HEADER: &str = "Nom;Prénom;Date de naissance;INE;École;Classe;Nom responsable 1;Prénom responsable 1;\
                      Courriel responsable 1;Téléphone responsable 1;Nom responsable 2;Prénom responsable 2\n";

fn file(lines: &[&str]) -> String {
    format!("{HEADER}{}", lines.join("\n"))
}

#[test]
fn a_new_child_comes_with_its_family_and_a_known_one_keeps_what_the_file_does_not_say() {
    let file = file(&[
        "DUPONT;TOM;01/02/2018;;Jules Ferry;cp mme petit;DUPONT;ANNE;anne@exemple.fr;0639980002;DUPONT;PAUL",
        "MARTIN;LEA;04/03/2019;120000000AB;;;;;;;;",
    ]);
    let (plan, after) = taken(&file, &Choices::default(), &town());
    assert_eq!(plan.lines[0].verdict, Verdict::New);
    assert_eq!(
        plan.lines[0].place.as_deref(),
        Some("CP – Mme Petit, École primaire Jules-Ferry")
    );
    let Verdict::Changed(changes) = &plan.lines[1].verdict else {
        panic!("{plan:#?}")
    };
    assert_eq!(changes.len(), 1, "her number, not her name in capitals");
    assert_eq!(changes[0].field, Field::Reference);

    let lea = &after.children[&LEA].record;
    assert_eq!(lea.reference.as_deref(), Some("120000000AB"));
    let before = ChildRecord {
        reference: None,
        ..lea.clone()
    };
    assert_eq!(before, town().children[&LEA].record, "nothing else of her moved");
    let tom = after
        .children
        .values()
        .find(|child| child.record.first_name == "Tom")
        .unwrap();
    assert_eq!(
        (tom.record.last_name.as_str(), tom.record.class),
        ("Dupont", Some(CP))
    );
    let home = &after.households[&tom.record.households[0]].record;
    let names: Vec<&str> = home.guardians.iter().map(|g| g.first_name.as_str()).collect();
    assert_eq!(home.name, "Famille Dupont");
    assert!(names.contains(&"Anne") && names.contains(&"Paul"), "{names:?}");
}

#[test]
fn every_line_that_cannot_be_taken_says_why_and_where() {
    let file = file(&[
        ";Tom;01/02/2018;;;;;;;;;",
        "Roy;;01/02/2018;;;;;;;;;",
        "Roy;Eva;hier;;;;;;;;;",
        "Roy;Eva;01/02/2031;;;;;;;;;",
        "Roy;Eva;01/02/2018;;Jules Fery;;;;;;;",
        "Roy;Eva;01/02/2018;;Jules Ferry;CP Mme Peti;;;;;;",
        "Roy;Eva;01/02/2018;;;;Roy;Luc;luc@;;;",
        "Roy;Eva;01/02/2018;;;;Roy;Luc;;12;;",
        "Roy;Eva;;;;;;;;;;",
        "Roy;Eva;01/02/2018;;;;;Luc;;;;",
        "Roy;Noé;01/02/2018;;;;;;;;;",
    ]);
    let (plan, after) = taken(&file, &Choices::default(), &town());
    assert_eq!((plan.counts().wrong, plan.counts().new), (10, 1));
    assert_eq!(after.children.len(), 2, "the one good line came in");
    let whys: Vec<&Why> = (0..10).map(|place| fault(&plan, place)).collect();
    assert_eq!(*whys[0], Why::NoLastName);
    assert_eq!(*whys[1], Why::NoFirstName);
    assert_eq!(*whys[2], Why::BadDate("hier".into()));
    assert_eq!(*whys[3], Why::BornLater);
    assert!(
        matches!(whys[4], Why::UnknownSchool { closest: Some(name), .. } if name.contains("Jules-Ferry"))
    );
    assert!(matches!(whys[5], Why::UnknownClass { closest: Some(name), .. } if name.contains("Petit")));
    assert_eq!(*whys[6], Why::BadEmail("luc@".into()));
    assert_eq!(*whys[7], Why::BadPhone("12".into()));
    assert_eq!(*whys[8], Why::UnknownChild);
    assert_eq!(*whys[9], Why::GuardianWithoutName);
    for line in &plan.lines[..10] {
        let Verdict::Wrong(faults) = &line.verdict else {
            unreachable!()
        };
        for fault in faults {
            let words = fault_words(fault);
            assert!(
                words.ends_with(['.', '?']) && !words.starts_with("desk-"),
                "{words}"
            );
            assert!(fault.column.is_some());
        }
    }
    assert_eq!(plan.lines[2].number, 4, "as a spreadsheet counts");
}

#[test]
fn namesakes_are_never_merged() {
    let born_otherwise = file(&["Martin;Léa;05/03/2019;;;;;;;;;"]);
    let plan = planned(&born_otherwise, &Choices::default(), &town());
    assert_eq!(*fault(&plan, 0), Why::OtherBirth(day("2019-03-04")));
    let choices = Choices {
        make_homonyms: true,
        ..Choices::default()
    };
    let (_, after) = taken(&born_otherwise, &choices, &town());
    assert_eq!(after.children.len(), 2, "made when somebody chose so");

    let (_, numbered) = taken(
        &file(&["Martin;Léa;04/03/2019;111;;;;;;;;"]),
        &Choices::default(),
        &town(),
    );
    let other_number = file(&["Martin;Léa;04/03/2019;222;;;;;;;;"]);
    let plan = planned(&other_number, &Choices::default(), &numbered);
    assert_eq!(*fault(&plan, 0), Why::OtherReference("111".into()));
    // Numbers on both sides tell two children apart.
    let other_birth = file(&["Martin;Léa;05/03/2019;222;;;;;;;;", "Martin;Léa;;;;;;;;;;"]);
    let (plan, after) = taken(&other_birth, &Choices::default(), &numbered);
    assert_eq!(after.children.len(), 2);
    assert_eq!(*fault(&plan, 1), Why::SeveralFit);
    // A number that is somebody else's.
    let stolen = file(&["Roy;Eva;01/02/2018;111;;;;;;;;"]);
    let plan = planned(&stolen, &Choices::default(), &numbered);
    assert_eq!(*fault(&plan, 0), Why::ReferenceOfAnother("Léa Martin".into()));
    // Twins, one of whom got the number of the other.
    let twin = file(&["Martin;Tom;04/03/2019;111;;;;;;;;"]);
    let plan = planned(&twin, &Choices::default(), &numbered);
    assert_eq!(*fault(&plan, 0), Why::ReferenceOfAnother("Léa Martin".into()));
    let twins = file(&["Roy;Eva;01/02/2018;9;;;;;;;;", "Roy;Max;01/02/2018;9;;;;;;;;"]);
    assert_eq!(planned(&twins, &Choices::default(), &town()).counts().wrong, 2);
    // A number that is hers, though she married, or was misspelt.
    let renamed = file(&["Durand;Léa;04/03/2019;1 1-1;;;;;;;;"]);
    let (_, after) = taken(&renamed, &Choices::default(), &numbered);
    assert_eq!(after.children[&LEA].record.last_name, "Durand");
}

#[test]
fn brothers_and_sisters_join_one_household_and_half_siblings_do_not() {
    let file = file(&[
        "Roy;Eva;01/02/2018;;;;Roy;Anne;anne@exemple.fr;;Roy;Luc",
        "Roy;Noé;01/02/2016;;;;ROY;ANNE;Anne@exemple.fr;;Roy;Luc",
        "Roy;Max;01/02/2020;;;;Roy;Anne;anne@exemple.fr;;Blanc;Hugo",
        "Roy;Tim;01/02/2021;;;;Roy;Anne;;;Roy;Luc",
    ]);
    let (_, after) = taken(&file, &Choices::default(), &town());
    let homes = |name: &str| {
        let found = after
            .children
            .values()
            .find(|child| child.record.first_name == name);
        found.unwrap().record.households.clone()
    };
    assert_eq!(homes("Eva"), homes("Noé"));
    assert_ne!(homes("Eva"), homes("Max"), "Hugo Blanc has no business with Eva");
    assert_ne!(homes("Eva"), homes("Tim"), "names alone make no family");
}

#[test]
fn a_guardian_joins_a_household_only_if_every_child_there_is_its_own() {
    let both = file(&["Martin;Léa;04/03/2019;;;;Martin;Claire;;;Martin;Paul"]);
    let (plan, after) = taken(&both, &Choices::default(), &town());
    assert!(matches!(&plan.lines[0].verdict, Verdict::Changed(changes) if changes.len() == 1));
    assert_eq!(after.households[&MARTIN].record.guardians.len(), 2);

    let (_, with_brother) = taken(
        &file(&["Martin;Tom;01/02/2017;;;;Martin;Claire;claire@exemple.fr;;;"]),
        &Choices::default(),
        &town(),
    );
    let (_, after) = taken(&both, &Choices::default(), &with_brother);
    assert_eq!(
        after.children[&LEA].record.households.len(),
        2,
        "Paul gets a household with Léa alone"
    );
    assert_eq!(after.households[&MARTIN].record.guardians.len(), 1);
}

#[test]
fn two_lines_about_one_child_agree_or_both_are_refused() {
    let file = file(&[
        "Roy;Eva;01/02/2018;;Jules Ferry;;Roy;Anne;anne@exemple.fr;0639980002;;",
        "Roy;Eva;01/02/2018;;;;Roy;Luc;;;;",
        "Roy;Noé;01/02/2016;;Jules Ferry;;Roy;Anne;anne@exemple.fr;;;",
        "Roy;Noé;01/02/2016;;Louise Michel;;;;;;;",
        "Roy;Noé;01/02/2016;;;;;;;;;",
    ]);
    let (plan, after) = taken(&file, &Choices::default(), &town());
    assert_eq!(plan.lines[0].verdict, Verdict::New);
    assert!(matches!(plan.lines[1].verdict, Verdict::Changed(_)));
    assert!(
        matches!(fault(&plan, 2), Why::Contradicts { line: 5, said, .. } if said.contains("Louise-Michel"))
    );
    assert!(
        matches!(fault(&plan, 3), Why::Contradicts { line: 4, said, .. } if said.contains("Jules-Ferry"))
    );
    assert_eq!(
        plan.lines[4].verdict,
        Verdict::New,
        "what nobody disputes comes in"
    );
    let home = after
        .households
        .values()
        .find(|home| home.record.name == "Famille Roy")
        .unwrap();
    assert_eq!(home.record.guardians.len(), 2);
    assert_eq!(
        plan.children.len(),
        2,
        "one operation a child, however many lines"
    );
}

#[test]
fn classes_are_made_when_somebody_chose_so() {
    let file = file(&[
        "Roy;Eva;01/02/2018;;;CE1-CE2 M. Noir;;;;;;",
        "Roy;Max;01/02/2018;;;CE1-CE2 M. NOIR;;;;;;",
    ]);
    let nobody_chose = planned(
        &file,
        &Choices {
            school: Some(MICHEL),
            ..Choices::default()
        },
        &town(),
    );
    assert_eq!(nobody_chose.counts().wrong, 2);
    let choices = Choices {
        school: Some(MICHEL),
        make_classes: true,
        make_homonyms: false,
    };
    let (plan, after) = taken(&file, &choices, &town());
    assert_eq!(plan.classes.len(), 1);
    let class = &plan.classes[0].record;
    assert_eq!((class.school, class.level.as_str()), (MICHEL, "CE1-CE2"));
    assert!(
        after
            .children
            .values()
            .filter(|child| child.record.class == Some(class.id))
            .count()
            == 2
    );
}

#[test]
fn a_child_who_changes_school_leaves_its_class_there() {
    let (plan, after) = taken(
        &file(&["Martin;Léa;04/03/2019;;Louise-Michel;;;;;;;"]),
        &Choices::default(),
        &town(),
    );
    assert_eq!(after.children[&LEA].record.class, None);
    assert!(matches!(&plan.lines[0].verdict, Verdict::Changed(changes) if changes.len() == 2));
}

#[test]
fn the_two_files_of_onde_make_whole_families() {
    let pupils = "Nom élève;Nom d'usage élève;Prénom élève;Date naissance;Sexe;INE;Niveau;Libellé classe\n\
                  ROY;;EVA;01/02/2018;F;111A;CP;CP A\nROY;BLANC;MAX;01/02/2016;M;222B;CE2;CE2 A\n";
    let guardians = "Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;Courriel;\
                     Téléphone domicile;Téléphone portable;Nom d'usage enfant;Nom de famille enfant;Prénom enfant;\
                     Nom d'usage enfant;Nom de famille enfant;Prénom enfant\n\
                     MME;;ROY;ANNE;anne@exemple.fr;;0639980002;;ROY;EVA;BLANC;ROY;MAX\n\
                     M.;;ROY;LUC;;;;;ROY;EVA;BLANC;ROY;MAX\n";
    let choices = Choices {
        school: Some(FERRY),
        make_classes: true,
        make_homonyms: false,
    };
    let (plan, after) = taken(pupils, &choices, &town());
    assert_eq!(plan.counts().new, 2);
    let (plan, after) = taken(guardians, &Choices::default(), &after);
    assert_eq!(plan.counts().wrong, 0, "{plan:#?}");
    let of = |name: &str| {
        &after
            .children
            .values()
            .find(|c| c.record.first_name == name)
            .unwrap()
            .record
    };
    assert_eq!(of("Max").last_name, "Blanc");
    assert_eq!(of("Eva").households, of("Max").households);
    let home = &after.households[&of("Eva").households[0]].record;
    assert_eq!(home.guardians.len(), 2);
    assert_eq!(
        home.guardians
            .iter()
            .filter_map(|g| g.phone.as_deref())
            .collect::<Vec<_>>(),
        ["06 39 98 00 02"]
    );
}
