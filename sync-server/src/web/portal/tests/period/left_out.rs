//! What is late, asked for or waited for can be left out, each by one tap, before anything is in the cart; and one child
//! of several can be meant from the beginning.

use shared::ids::{ActivityId, ReservationId};
use shared::operation::{Limit, Places, ReservationLine, Span, Waiting};

use super::*;

/// The study, until 18 h 30.
const STUDY: ActivityId = ActivityId(Uuid::from_u128(0xb1));

/// A set whose late comers on line meet this.
fn late(n: u128, activity: ActivityId, verdict: Verdict, cost: Cost) -> RuleSetRecord {
    let Body::PutRules { rules } = rules(n, vec![activity]) else {
        unreachable!("these are rules")
    };
    let mut rules = rules;
    rules.add[0].late[0].ways = vec![Way {
        entrance: Entrance::Portal,
        verdict,
        cost,
        excused_within_days: None,
    }];
    rules
}

/// The evening costs 3 € more when late, and is had twice a week at most; the study is then asked for; on Thursday
/// 3 December Mia has the one place of the canteen.
fn busy() -> Towns {
    let towns = town();
    let mut evening = late(2, EVENING, Verdict::Accept, Cost::Adds(Cents(300)));
    evening.limits = vec![Limit {
        most: 2,
        per: Span::Week,
        activities: Vec::new(),
        words: None,
    }];
    let study = late(3, STUDY, Verdict::Request, Cost::Free);
    let mut canteen = late(1, CANTEEN, Verdict::Refuse, Cost::Free);
    canteen.waiting = Some(Waiting {
        offer_minutes: 60,
        most: None,
    });
    canteen.places = vec![Places {
        case: Case::all(),
        group: None,
        from: Some(date("2026-12-03")),
        until: Some(date("2026-12-03")),
        places: 1,
    }];
    let mia = ReservationLine {
        id: ReservationId(Uuid::from_u128(0x9_999)),
        child: MIA,
        activity: CANTEEN,
        site: JAURES,
        date: date("2026-12-03"),
        formula: None,
        group: None,
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: None,
    };
    towns.apply(vec![activity(0xb1, "Étude"), Body::Reserve { lines: vec![mia] }]);
    let commune = towns.commune(at("12:00"));
    for rules in [canteen, evening, study] {
        let sql = "select version from rule_set where id = ?1";
        let known = commune
            .store
            .read(|tx| tx.first(sql, &[rules.id.into()]))
            .unwrap();
        let mut operation = commune.operation(
            shared::operation::Actor::Host,
            shared::operation::Channel::Command,
            Body::PutRules { rules },
        );
        operation.seen = known.map(|row| row.int(0).unwrap());
        commune.submit(operation).unwrap();
    }
    towns
}

/// Tuesdays to Thursdays of two weeks, of all three.
fn asked() -> String {
    format!(
        "{PREVIEW}?enfant={LEA}&activite=cantine&activite=activite-162&activite=activite-177\
         &jour=1&jour=2&jour=3&du=2026-11-24&au=2026-12-04&sur=dates"
    )
}

/// What stands on a page, with its spaces as they are typed here.
fn said_on(page: &Reply) -> String {
    page.words().replace('\u{a0}', " ")
}

/// Where a link leads that is called so.
fn leads(page: &Reply, called: &str) -> String {
    let text = page.text.replace('\u{a0}', " ");
    let (before, _) = text.split_once(&format!("aria-label=\"{called}")).expect(called);
    let (_, link) = before.rsplit_once("href=\"").expect("an address");
    link.split('"').next().unwrap().replace("&amp;", "&")
}

fn evenings(lines: &[CartLine]) -> Vec<String> {
    let own = lines.iter().filter(|line| line.session.activity == EVENING);
    own.map(|line| line.session.date.to_string()).collect()
}

#[test]
fn claire_leaves_out_each_kind_by_one_tap_and_the_rest_is_judged_without_it() {
    let towns = busy();
    let mut claire = towns.family(CLAIRE, at("12:30"));
    let whole = claire.get(&asked());
    let words = said_on(&whole);
    for said in [
        "2 hors délai, dont 6,00 € de supplément",
        "2 demandes à l’accueil",
        "Une place en liste d’attente",
        "Nombre maximal atteint",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }

    let in_time = claire.get(&leads(&whole, "Laisser de côté : À réserver hors délai"));
    assert_eq!(in_time.status, StatusCode::OK, "{}", in_time.text);
    let words = said_on(&in_time);
    assert!(words.contains("2 dates hors délai laissées de côté"), "{words}");
    assert!(!words.contains("supplément"), "{words}");

    let no_request = claire.get(&leads(&in_time, "Laisser de côté : À demander à l’accueil"));
    let sure = claire.get(&leads(&no_request, "Laisser de côté : En liste d’attente"));
    let words = said_on(&sure);
    for said in [
        "2 dates hors délai laissées de côté",
        "2 demandes à l’accueil laissées de côté",
        "Une place en liste d’attente laissée de côté",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(cart(&towns, CLAIRE, MARTIN).is_empty());

    assert_eq!(send(&mut claire, &form_of(&sure)).status, StatusCode::SEE_OTHER);
    let lines = cart(&towns, CLAIRE, MARTIN);
    // Two a week: without the late ones, the Thursday of this week is one of them.
    assert_eq!(evenings(&lines), ["2026-11-26", "2026-12-01", "2026-12-02"]);
    for line in &lines {
        let date = line.session.date;
        assert!(date >= super::date("2026-11-26"), "{line:?}");
        assert!(line.session.activity != CANTEEN || date != super::date("2026-12-03"));
    }
}

#[test]
fn what_was_left_out_is_taken_back_and_a_forged_word_leads_to_the_form() {
    let towns = busy();
    let mut claire = towns.family(CLAIRE, at("12:30"));
    let without = claire.get(&format!("{}&sans=hors-delai", asked()));
    let whole = claire.get(&leads(&without, "Reprendre : À réserver hors délai"));
    assert!(said_on(&whole).contains("2 hors délai, dont 6,00 € de supplément"));
    assert_eq!(send(&mut claire, &form_of(&whole)).status, StatusCode::SEE_OTHER);
    assert_eq!(
        evenings(&cart(&towns, CLAIRE, MARTIN)),
        ["2026-11-24", "2026-11-25", "2026-12-01", "2026-12-02"]
    );
    let forged = claire.get(&format!("{}&sans=tout", asked()));
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// The children whose boxes are ticked.
fn ticked(page: &Reply) -> Vec<String> {
    let boxes = page.text.split("<input").skip(1);
    let boxes = boxes.filter(|tag| tag.contains("name=\"enfant\"") && tag.contains("checked"));
    boxes
        .filter_map(|tag| {
            let (_, value) = tag.split_once("value=\"")?;
            value.split('"').next().map(str::to_owned)
        })
        .collect()
}

#[test]
fn whoever_comes_from_one_childs_days_means_that_child_alone() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let all = claire.get("/ville/reservations/periode");
    assert_eq!(ticked(&all).len(), 2);
    let grid = claire.get(&format!("/ville/reservations?vue=mois&enfant={TOM}"));
    let address = format!("/ville/reservations/periode?enfant={TOM}");
    assert!(grid.text.contains(&address), "{}", grid.text);
    let tom = claire.get(&address);
    assert_eq!(ticked(&tom), [TOM.to_string()]);
    assert!(
        tom.text
            .contains(&format!("/ville/reservations/periode/semaine?enfant={TOM}"))
    );
    // A child of nobody here is as if none were named.
    let forged = claire.get(&format!("/ville/reservations/periode?enfant={NOE}"));
    assert_eq!(ticked(&forged).len(), 2);
    assert!(!forged.text.contains(&NOE.to_string()));

    let week = claire.get(&format!("/ville/reservations/periode/semaine?enfant={LEA}"));
    assert!(week.text.contains("000000c1.cantine.") && !week.text.contains("000000c2.cantine."));
    // What replaces Léa's days leaves Tom's as they are, though he is not ticked anywhere.
    let asked = format!(
        "{PREVIEW}?vue=semaine&enfant={LEA}&s=000000c1.cantine.3&remplacer=oui&du=2026-11-30&au=2026-12-06&sur=dates"
    );
    let words = claire.get(&asked).words();
    assert!(words.contains("2 annulations"), "{words}");
    assert!(!words.contains("Tom"), "{words}");

    let copy = claire
        .get(&format!("/ville/reservations/periode/copie?enfant={TOM}"))
        .text;
    let (_, to) = copy.split_once("name=\"vers\"").unwrap();
    let (to, _) = to.split_once("</select>").unwrap();
    let chosen = to.split("<option").find(|one| one.contains("selected")).unwrap();
    assert!(chosen.contains(&LEA.to_string()), "{to}");
}
