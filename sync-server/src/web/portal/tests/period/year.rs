//! A school year of five activities for three children, from the form to the recap.

use shared::ids::{ActivityId, ChildId};
use shared::operation::ChildRecord;

use super::*;

/// The third of the Martins.
const ZOE: ChildId = ChildId(Uuid::from_u128(0xc9));
/// The activities of the year, by their short names.
const SLUGS: [&str; 5] = [
    "cantine",
    "activite-162",
    "activite-177",
    "activite-178",
    "activite-179",
];

/// Zoé is born, so to speak, and three workshops are booked on line.
fn large() -> Towns {
    let towns = town();
    let ids: Vec<u128> = (0xb1..=0xb3).collect();
    let mut bodies: Vec<Body> = ids
        .iter()
        .map(|n| activity(*n, &format!("Atelier {n}")))
        .collect();
    let new = ids.iter().map(|n| ActivityId(Uuid::from_u128(*n)));
    bodies.push(rules(2, new.collect()));
    bodies.push(Body::PutChild {
        child: ChildRecord {
            symbol: None,
            health: None,
            left_on: None,
            reference: None,
            id: ZOE,
            first_name: "Zoé".into(),
            last_name: "Martin".into(),
            born: date("2020-02-01"),
            school: None,
            class: None,
            households: vec![MARTIN],
            badges: Vec::new(),
            must_know: None,
            phone: None,
        },
    });
    towns.apply(bodies);
    towns
}

fn field<'a>(page: &'a Reply, name: &str) -> &'a str {
    let (_, after) = page
        .text
        .split_once(&format!("name=\"{name}\" value=\""))
        .expect(name);
    after.split('"').next().unwrap()
}

#[test]
fn a_school_year_of_five_activities_and_three_children_is_booked_by_one_form() {
    let towns = large();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let asked = format!(
        "{PREVIEW}?enfant={LEA}&enfant={TOM}&enfant={ZOE}&sur=annee&activite={}&jour=0&jour=1&jour=2&jour=3&jour=4",
        SLUGS.join("&activite=")
    );
    let preview = claire.get(&asked);
    assert_eq!(preview.status, StatusCode::OK);
    assert!(preview.text.len() < 80_000, "{} bytes", preview.text.len());
    assert_eq!(
        send(&mut claire, &form_of(&preview)).status,
        StatusCode::SEE_OTHER
    );
    let lines = cart(&towns, CLAIRE, MARTIN);
    assert!(lines.len() > 1_200, "{}", lines.len());
    for child in [LEA, TOM, ZOE] {
        let own = lines.iter().filter(|line| line.child == child);
        let activities: std::collections::BTreeSet<_> = own.map(|line| line.session.activity).collect();
        assert_eq!(activities.len(), SLUGS.len());
    }

    let page = claire.get("/ville/panier");
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text.len() < 400 * lines.len(),
        "{} bytes of {} lines",
        page.text.len(),
        lines.len()
    );
    // One date is taken out of the folded cart by its own button, and the page is another one.
    let out = [
        ("jeton", page.token()),
        ("enfant", LEA.to_string()),
        ("sorte", "retrait".to_owned()),
        ("ligne", format!(".{CANTEEN}..2026-12-08.")),
    ];
    assert!(page.text.contains(&out[3].1), "{}", out[3].1);
    let out: Vec<(&str, &str)> = out.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(
        claire.post("/ville/panier/lignes", &out).status,
        StatusCode::SEE_OTHER
    );
    let mut lines = lines;
    lines.retain(|line| {
        (line.child, line.session.activity, line.session.date) != (LEA, CANTEEN, date("2026-12-08"))
    });
    assert_eq!(cart(&towns, CLAIRE, MARTIN), lines);
    let page = claire.get("/ville/panier");
    let head = towns.head();
    let fields = [
        ("jeton", page.token()),
        ("panier", field(&page, "panier").to_owned()),
        ("vu", field(&page, "vu").to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let validated = claire.post("/ville/panier/valider", &fields);
    assert_eq!(validated.status, StatusCode::SEE_OTHER, "{}", validated.text);
    assert_eq!(towns.head(), head + 1, "one operation");
    assert!(cart(&towns, CLAIRE, MARTIN).is_empty());

    let recap = claire.get(validated.header("location"));
    assert!(recap.text.len() < 40_000, "{} bytes", recap.text.len());
    let recap = recap.words();
    for said in ["Tout est pris en compte", "Léa", "Tom", "Zoé", "Atelier 179"] {
        assert!(recap.contains(said), "{said}");
    }
    let commune = towns.commune(at("12:00"));
    let sql = "select id from reservation where cancelled_at is null and for_household = ?1";
    let stand = commune.store.read(|tx| tx.query(sql, &[MARTIN.into()])).unwrap();
    assert_eq!(stand.len(), lines.len());

    // The same once more finds all of it booked, but for the day that was taken out.
    let again = claire.get(&asked).words();
    for said in ["dates déjà réservées", "Mettre cette date au panier", "8"] {
        assert!(again.contains(said), "{said}: {again}");
    }
}
