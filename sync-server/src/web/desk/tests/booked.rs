//! What an agent sees, and what a family hears, of what was booked for it. It is Monday 23 November, noon: Mme Abel calls
//! for Eva. Mme Roche is at the desk.

use axum::http::StatusCode;
use shared::codec::Minute;
use shared::ids::{GuardianId, OperationId};
use shared::money::Cents;
use shared::operation::{
    Actor, Authority, Body, BookingRecord, BookingSettled, Case, Channel, Cost, Count, Counted, Delay,
    Entrance, GuardianRecord, HouseholdRecord, Late, LetterFate, LetterKind, Moment, NoticeKind,
    RuleSetRecord, Verdict, Way,
};
use uuid::Uuid;

use super::booking::{ABEL, EVA, FACTS, PAGE, asks, hidden, post, rules, standing, ticks, town, town_by};
use super::browser::{Browser, Reply};
use super::school::{CE1, INES, LUNCH, TOM, UGO, logged_in};
use super::town::{EMAIL, Town, apply, at};
use crate::letters::{read, recap};
use crate::notices::{Seen, feed, follow};

const ZOE: GuardianId = GuardianId(Uuid::from_u128(0x9f));
const CLASS: &str = "/ville/gestion/reservations/classe";

/// What comes after ten the day before costs a euro more at the desk or by telephone; what is cancelled then is owed.
fn late_town() -> Town {
    let delay = |cost| Delay {
        case: Case::all(),
        until: Moment::Days {
            days: 1,
            count: Count {
                days: Counted::Calendar,
                skipped: 0,
            },
            at: Minute::new(10, 0),
        },
        late: vec![Late {
            until: Moment::Start,
            ways: [Entrance::Phone, Entrance::Desk]
                .map(|entrance| Way {
                    entrance,
                    verdict: Verdict::Accept,
                    cost,
                    excused_within_days: None,
                })
                .into(),
        }],
        words: Some("La veille avant 10 h".into()),
        strict: false,
    };
    town_by(RuleSetRecord {
        add: vec![delay(Cost::Adds(Cents(100)))],
        cancel: vec![delay(Cost::Full)],
        ..rules(false)
    })
}

/// Looks at what is ticked, then does it: the answer, and what was sent.
fn books(desk: &mut Browser, ticked: &[(&str, &str)], more: &[(&str, &str)]) -> Reply {
    let preview = post(desk, PAGE, &asks(&[ticked, &[("geste", "voir")]].concat()));
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.words());
    let seed = hidden(&preview, "graine");
    let all = [ticked, more, &[("graine", seed.as_str()), ("geste", "faire")]].concat();
    post(desk, PAGE, &asks(&all))
}

fn recap_of(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.words());
    let address = reply.header("location").to_owned();
    assert!(address.contains("/reservations/recapitulatif/"), "{address}");
    address
}

fn said(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.words());
    reply.words().replace('\u{a0}', " ")
}

#[test]
fn the_recap_says_what_was_added_what_was_refused_and_why_as_often_as_it_is_asked() {
    let town = town(false);
    let mut desk = logged_in(&town, EMAIL);
    let page = desk.get(PAGE);
    let thursday = ticks(&page, "ajouter", "2026-11-26").remove(0);
    let tuesday = ticks(&page, "ajouter", "2026-11-24").remove(0);
    let both = [("ajouter", thursday.as_str()), ("ajouter", tuesday.as_str())];
    let address = recap_of(&books(&mut desk, &both, &[]));
    let words = said(&desk.get(&address));
    for wanted in [
        "Récapitulatif : Abel",
        "Enregistré le lundi 23 novembre 2026 à 12 h par Mme Roche.",
        "Demande reçue par téléphone.",
        "Une partie est refusée",
        "Ajouté",
        "jeudi 26 novembre",
        "4,00 €",
        "Refusé",
        "mardi 24 novembre",
        "La veille avant 10 h",
        "Total : 4,00 €",
    ] {
        assert!(words.contains(wanted), "{wanted}: {words}");
    }
    assert!(!words.contains("outrepassée"), "{words}");
    assert_eq!(standing(&town), ["2026-11-26"]);
    // Anybody who may look finds it again by its address; nobody else does, and not under another family.
    let bare = address.split('?').next().unwrap();
    let mut reader = logged_in(&town, "lecture@mairie.example");
    assert!(said(&reader.get(bare)).contains("Refusé"));
    let mut faure = logged_in(&town, "faure@mairie.example");
    assert_eq!(faure.get(bare).status, StatusCode::FORBIDDEN);
    let other = HouseholdRecord {
        id: shared::ids::HouseholdId(Uuid::from_u128(0xf9)),
        name: "Bo".into(),
        guardians: Vec::new(),
    };
    let elsewhere = bare.replace(&ABEL.to_string(), &other.id.to_string());
    apply(
        &town.commune(at("12:00")),
        vec![Body::PutHousehold { household: other }],
    );
    assert_eq!(desk.get(&elsewhere).status, StatusCode::NOT_FOUND);
    let unknown = format!(
        "{}{}",
        bare.rsplit_once('/').unwrap().0,
        "/00000000-0000-7000-8000-000000000001"
    );
    assert_eq!(desk.get(&unknown).status, StatusCode::NOT_FOUND);
}

#[test]
fn who_went_beyond_a_rule_and_who_waived_what_is_named_with_the_reason() {
    let town = town(false);
    let mut desk = logged_in(&town, EMAIL);
    let page = desk.get(PAGE);
    let tuesday = ticks(&page, "ajouter", "2026-11-24").remove(0);
    // Today is refused as well, and nobody goes beyond that: it stands in the recap all the same.
    let monday = ticks(&page, "ajouter", "2026-11-23").pop();
    let ticked: Vec<(&str, &str)> = [Some(tuesday.as_str()), monday.as_deref()]
        .into_iter()
        .flatten()
        .map(|word| ("ajouter", word))
        .collect();
    let beyond = [("outrepasser", tuesday.as_str()), ("raison", "Hospitalisation")];
    let address = recap_of(&books(&mut desk, &ticked, &beyond));
    let words = said(&desk.get(&address));
    assert!(
        words.contains("Règle outrepassée par Mme Roche : Hospitalisation"),
        "{words}"
    );
    assert_eq!(words.contains("Raison du refus"), monday.is_some(), "{words}");
    assert_eq!(standing(&town), ["2026-11-24"]);

    let town = late_town();
    let mut desk = logged_in(&town, EMAIL);
    let page = desk.get(PAGE);
    let tuesday = ticks(&page, "ajouter", "2026-11-24").remove(0);
    let ticked = [("ajouter", tuesday.as_str())];
    let preview = post(
        &mut desk,
        PAGE,
        &asks(&[&ticked[..], &[("geste", "voir")]].concat()),
    );
    let words = said(&preview);
    for wanted in ["5,00 €, dont 1,00 € de supplément", "Resterait dû : 4,00 €"] {
        assert!(words.contains(wanted), "{wanted}: {words}");
    }
    let waived = [("exonerer", tuesday.as_str()), ("raison", "Panne du portail")];
    let address = recap_of(&books(&mut desk, &ticked, &waived));
    let words = said(&desk.get(&address));
    for wanted in ["Exonération par Mme Roche : Panne du portail", "Total : 4,00 €"] {
        assert!(words.contains(wanted), "{wanted}: {words}");
    }
    assert!(!words.contains("5,00 €"), "{words}");
}

/// Everything of a page that leads to a page of this family, or sends a form there.
fn ways(reply: &Reply) -> Vec<String> {
    let own = format!("/familles/{ABEL}/");
    ["href=\"", "action=\""]
        .iter()
        .flat_map(|what| reply.text.split(what).skip(1))
        .filter_map(|rest| {
            rest.split_once('"')
                .map(|(address, _)| address.replace("&amp;", "&"))
        })
        .filter(|address| address.contains(&own))
        .collect()
}

fn channel_of(town: &Town, kind: &str) -> String {
    let sql = "select channel from journal where kind = ?1 order by seq desc limit 1";
    let row = town
        .commune(at("12:00"))
        .store
        .read(|tx| tx.first(sql, &[kind.into()]));
    row.unwrap().unwrap().text(0).unwrap()
}

#[test]
fn by_where_the_family_came_in_is_kept_from_page_to_page() {
    let town = town(false);
    let mut desk = logged_in(&town, EMAIL);
    for (par, channel) in [("accueil", "desk"), ("telephone", "phone")] {
        let mark = format!("par={par}");
        let grid = desk.get(&format!("{PAGE}&par={par}"));
        assert_eq!(hidden(&grid, "par"), par);
        let kept = |reply: &Reply, page: &str| {
            let all = ways(reply);
            assert!(!all.is_empty(), "{page}");
            // The other way in is the one link that says something else; a form of the grid carries it in itself.
            let others: Vec<_> = all
                .iter()
                .filter(|address| !address.contains(&mark) && !address.ends_with("/reservations"))
                .collect();
            others.into_iter().cloned().collect::<Vec<_>>()
        };
        let others = kept(&grid, "the grid");
        assert_eq!(others.len(), 1, "{others:?}");
        assert!(others[0].contains("par="), "{others:?}");
        let thursday = ticks(&grid, "ajouter", "2026-11-26").pop();
        let (name, word) = match thursday {
            Some(word) => ("ajouter", word),
            None => ("annuler", ticks(&grid, "annuler", "").remove(0)),
        };
        let fields = [
            ("vue", "semaine"),
            ("date", "2026-11-24"),
            ("par", par),
            (name, word.as_str()),
        ];
        let preview = post(&mut desk, PAGE, &[&fields[..], &[("geste", "voir")]].concat());
        assert_eq!(hidden(&preview, "par"), par);
        assert_eq!(kept(&preview, "the preview"), Vec::<String>::new());
        let seed = hidden(&preview, "graine");
        let doing = [("graine", seed.as_str()), ("geste", "faire")];
        let done = post(&mut desk, PAGE, &[&fields[..], &doing].concat());
        let address = recap_of(&done);
        assert!(address.contains(&mark), "{address}");
        assert_eq!(kept(&desk.get(&address), "the recap"), Vec::<String>::new());
        assert_eq!(channel_of(&town, "book"), channel);
        let facts = format!("{FACTS}?par={par}");
        assert_eq!(kept(&desk.get(&facts), "the facts"), Vec::<String>::new());
        let token = desk.get(&facts).token();
        let version = hidden(&desk.get(&facts), "version");
        let fields = [
            ("jeton", token.as_str()),
            ("residence", "66210"),
            ("impaye", if par == "accueil" { "1" } else { "2" }),
            ("version", version.as_str()),
        ];
        let done = desk.post(&facts, &fields);
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        assert!(done.header("location").contains(&mark));
        assert_eq!(channel_of(&town, "put_household_facts"), channel);
    }
}

/// Zoé Abel has an account, and is told by mail.
fn zoe(town: &Town) {
    let guardian = GuardianRecord {
        id: ZOE,
        first_name: "Zoé".into(),
        last_name: "Abel".into(),
        email: Some("zoe@famille.example".into()),
        phone: None,
        authority: Authority::Full,
    };
    let commune = town.commune(at("11:30"));
    let (mut household, version) = commune
        .store
        .read(|tx| crate::record::household(tx, ABEL))
        .unwrap()
        .unwrap();
    household.guardians = vec![guardian];
    let mut operation = commune.operation(Actor::Host, Channel::Command, Body::PutHousehold { household });
    operation.seen = Some(version);
    commune.submit(operation).unwrap();
    let login = Body::SetGuardianLogin {
        guardian: ZOE,
        login: "zoe@famille.example".into(),
        phc: "phc".into(),
        token: None,
    };
    apply(&commune, vec![login]);
}

#[test]
fn the_family_hears_each_line_and_nothing_of_why_the_town_hall_made_an_exception() {
    let town = late_town();
    zoe(&town);
    let commune = town.commune(at("12:00"));
    let mut seen = Seen::default();
    follow(&commune, &mut seen).unwrap();
    let queued = || {
        let all = commune
            .store
            .read(|tx| read::page(tx, LetterFate::Queued, 0, 100));
        let kinds = all.unwrap().into_iter().map(|letter| letter.kind);
        kinds
            .filter(|kind| matches!(kind, LetterKind::Booked | LetterKind::Notice))
            .count()
    };
    let before = queued();
    let mut desk = logged_in(&town, EMAIL);
    let page = desk.get(PAGE);
    let tuesday = ticks(&page, "ajouter", "2026-11-24").remove(0);
    let waived = [("exonerer", tuesday.as_str()), ("raison", "Mère débordée")];
    let address = recap_of(&books(&mut desk, &[("ajouter", tuesday.as_str())], &waived));
    follow(&commune, &mut seen).unwrap();
    follow(&commune, &mut Seen::default()).unwrap();
    assert_eq!(
        queued(),
        before + 1,
        "one letter, however often the journal is read"
    );
    let seed: Uuid = address
        .split('?')
        .next()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let id = OperationId(Uuid::new_v5(&seed, b"regles"));
    let text = letter(&commune, id);
    for wanted in [
        "Voici ce que votre mairie a enregistré pour vous le lundi 23 novembre 2026 à 12 h",
        "Ajouté\n- Eva : Repas de midi (Repas), mardi 24 novembre · 4,00 €",
        "Total dû : 4,00 €",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    for unsaid in ["débordée", "exception", "Roche", "supplément"] {
        assert!(!text.contains(unsaid), "{unsaid}: {text}");
    }
    // Cancelled too late, and the cost waived by name.
    let cancel = ticks(&desk.get(PAGE), "annuler", "").remove(0);
    let waived = [("exonerer", cancel.as_str()), ("raison", "Mère débordée")];
    let address = recap_of(&books(&mut desk, &[("annuler", cancel.as_str())], &waived));
    let seed: Uuid = address
        .split('?')
        .next()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let text = letter(&commune, OperationId(Uuid::new_v5(&seed, b"regles")));
    assert!(
        text.contains("Annulé\n- Eva : Repas de midi (Repas), mardi 24 novembre · annulation sans frais"),
        "{text}"
    );
    assert!(!text.contains("débordée"), "{text}");
    follow(&commune, &mut seen).unwrap();
    assert_eq!(queued(), before + 2);
}

#[test]
fn an_exception_is_told_without_its_reason() {
    let town = town(false);
    zoe(&town);
    let commune = town.commune(at("12:00"));
    let mut desk = logged_in(&town, EMAIL);
    let tuesday = ticks(&desk.get(PAGE), "ajouter", "2026-11-24").remove(0);
    let beyond = [("outrepasser", tuesday.as_str()), ("raison", "Mère débordée")];
    let address = recap_of(&books(&mut desk, &[("ajouter", tuesday.as_str())], &beyond));
    let seed: Uuid = address
        .split('?')
        .next()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let text = letter(&commune, OperationId(Uuid::new_v5(&seed, b"au-dela")));
    assert!(
        text.contains("L’accueil a fait une exception à une règle"),
        "{text}"
    );
    assert!(!text.contains("débordée") && !text.contains("Roche"), "{text}");
}

#[test]
fn what_keeps_to_the_rules_and_what_goes_beyond_them_is_one_letter() {
    let town = town(false);
    zoe(&town);
    let commune = town.commune(at("12:00"));
    let mut seen = Seen::default();
    follow(&commune, &mut seen).unwrap();
    let mut desk = logged_in(&town, EMAIL);
    let page = desk.get(PAGE);
    let [thursday, tuesday] =
        ["2026-11-26", "2026-11-24"].map(|date| ticks(&page, "ajouter", date).remove(0));
    let both = [("ajouter", thursday.as_str()), ("ajouter", tuesday.as_str())];
    let beyond = [("outrepasser", tuesday.as_str()), ("raison", "Mère débordée")];
    let address = recap_of(&books(&mut desk, &both, &beyond));
    follow(&commune, &mut seen).unwrap();
    follow(&commune, &mut Seen::default()).unwrap();
    assert_eq!(standing(&town), ["2026-11-24", "2026-11-26"]);
    // One line of what is told, one letter, whichever of the two operations is asked.
    let told = commune.store.read(|tx| feed(tx, ZOE, at("12:30"), 10)).unwrap();
    let recaps: Vec<_> = told
        .iter()
        .filter(|notice| notice.kind == NoticeKind::Recap)
        .collect();
    assert_eq!(recaps.len(), 1, "{recaps:?}");
    let made = recaps[0].facts.iter().find(|fact| fact.name == "made");
    assert_eq!(made.map(|fact| fact.value.as_str()), Some("2"));
    let letters = commune
        .store
        .read(|tx| read::page(tx, LetterFate::Queued, 0, 100))
        .unwrap();
    let letters = letters.iter().filter(|one| one.kind == LetterKind::Booked);
    assert_eq!(letters.count(), 1);
    let path = address.split('?').next().unwrap();
    let seed: Uuid = path.rsplit('/').next().unwrap().parse().unwrap();
    for what in ["regles", "au-dela"] {
        let text = letter(&commune, OperationId(Uuid::new_v5(&seed, what.as_bytes())));
        for wanted in [
            "mardi 24 novembre",
            "jeudi 26 novembre",
            "Total dû : 8,00 €",
            "L’accueil a fait une exception à une règle",
        ] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
    }
    // The desk’s own page says of which line, by whom, and what the rule says.
    let words = said(&desk.get(&address));
    let by = "Règle outrepassée par Mme Roche : Mère débordée";
    assert_eq!(words.matches(by).count(), 1, "{words}");
    let rule = words.split("Ce que dit la règle : ").nth(1);
    assert!(
        rule.is_some_and(|rule| rule.contains("La veille avant 10 h")),
        "{words}"
    );
}

/// The letter of a booking as it would leave now.
fn letter(commune: &crate::commune::Commune, id: OperationId) -> String {
    let recap = commune
        .store
        .read(|tx| {
            let booked = recap::booked(&mut *tx, id)?.expect("a booking");
            recap::recap(tx, commune.zone, &booked)
        })
        .unwrap();
    let drawn = server_ui::letters::letter(&server_ui::letters::LetterView {
        commune: commune.name.clone(),
        label: commune.label.clone(),
        kind: LetterKind::Booked,
        name: Some("Zoé".into()),
        facts: Vec::new(),
        address: "zoe@famille.example".into(),
        notice: None,
        link: Some("https://portail.example/".into()),
        booked: Some(recap),
        lines: Vec::new(),
        until: None,
        portal: "https://portail.example/".into(),
        choices: "https://portail.example/".into(),
        phone: None,
        email: None,
    });
    assert!(!drawn.html.contains("débordée"));
    drawn.text.replace('\u{a0}', " ")
}

#[test]
fn before_a_class_is_booked_the_page_says_for_whom_that_goes_beyond_the_rules() {
    let town = town(false);
    let mut desk = logged_in(&town, EMAIL);
    let words = said(&class_preview(&town, &mut desk));
    for wanted in [
        "Au-delà des règles de réservation",
        "Repas de midi, mardi 24 novembre",
        "La veille avant 10 h",
        "Inès",
        "Abel Eva",
        "Abel Tom",
    ] {
        assert!(words.contains(wanted), "{wanted}: {words}");
    }
    // By Thursday nobody goes beyond anything but the number of places.
    let rules = words.split("Au-delà des règles de réservation").nth(1).unwrap();
    let rules = rules.split("Plus de place").next().unwrap();
    assert!(!rules.contains("jeudi 26 novembre"), "{rules}");
}

#[test]
fn what_a_strict_rule_stops_is_left_aside_for_a_class_too() {
    let town = town(true);
    let mut desk = logged_in(&town, EMAIL);
    let preview = class_preview(&town, &mut desk);
    let words = said(&preview);
    assert!(words.contains("Règle sans exception"), "{words}");
    assert!(!words.contains("Au-delà des règles de réservation"), "{words}");
    let seed = hidden(&preview, "graine");
    let fields = [
        &class_fields()[..],
        &[("graine", seed.as_str()), ("geste", "faire")],
    ]
    .concat();
    let done = send_class(&mut desk, &fields);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
    let sql = "select date from reservation where activity = ?1 and cancelled_at is null";
    let rows = town
        .commune(at("12:00"))
        .store
        .read(|tx| tx.query(sql, &[LUNCH.into()]));
    let dates: Vec<String> = rows.unwrap().iter().map(|row| row.text(0).unwrap()).collect();
    assert!(
        !dates.is_empty() && dates.iter().all(|date| date == "2026-11-26"),
        "{dates:?}"
    );
}

/// The whole class on Tuesday and on Thursday.
fn class_fields<'a>() -> Vec<(&'a str, &'a str)> {
    vec![
        ("vue", "periode"),
        ("du", "2026-11-24"),
        ("au", "2026-11-26"),
        ("jours", "1"),
        ("jours", "3"),
        ("acte", "reserver"),
        ("quoi", "repas-midi/repas"),
    ]
}

fn send_class(desk: &mut Browser, fields: &[(&str, &str)]) -> Reply {
    let path = format!("{CLASS}/{CE1}");
    let token = desk.get(&format!("{path}?vue=periode")).token();
    let children = [TOM, INES, UGO, EVA].map(|child| child.to_string());
    let children: Vec<_> = children.iter().map(|child| ("enfant", child.as_str())).collect();
    desk.post(
        &path,
        &[&[("jeton", token.as_str())], fields, &children[..]].concat(),
    )
}

fn class_preview(town: &Town, desk: &mut Browser) -> Reply {
    let before = town.head();
    let preview = send_class(desk, &[&class_fields()[..], &[("geste", "voir")]].concat());
    assert_eq!(
        (preview.status, town.head()),
        (StatusCode::OK, before),
        "{}",
        preview.words()
    );
    preview
}

#[test]
fn what_was_waived_is_one_operation_of_its_own() {
    let town = late_town();
    let mut desk = logged_in(&town, EMAIL);
    let tuesday = ticks(&desk.get(PAGE), "ajouter", "2026-11-24").remove(0);
    let waived = [("exonerer", tuesday.as_str()), ("raison", "Panne")];
    recap_of(&books(&mut desk, &[("ajouter", tuesday.as_str())], &waived));
    let bodies: Vec<Body> = town
        .commune(at("12:00"))
        .store
        .read(|tx| {
            let rows = tx.query("select body from journal order by seq desc limit 2", &[])?;
            let bodies = rows.iter().map(|row| row.bytes(0));
            bodies.collect::<Result<Vec<_>, crate::store::StoreError>>()
        })
        .unwrap()
        .iter()
        .map(|body| shared::operation::decode_body(body).unwrap())
        .collect();
    assert!(
        matches!(
            &bodies[..],
            [
                Body::SettleBookings {
                    how: BookingSettled::Waived,
                    ..
                },
                Body::Book {
                    booking: BookingRecord { beyond: None, .. }
                }
            ]
        ),
        "{bodies:?}"
    );
}
