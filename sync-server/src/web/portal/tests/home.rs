//! The first page before and after log-in, the feed, reservations and the file.

use axum::http::StatusCode;
use shared::ids::{ExceptionalDayId, GuardianId, IncidentId, NoticeId, TextId};
use shared::operation::{
    Authority, AuthorityOver, Body, Capability, CustodyRecord, Fact, IncidentPost, NoticeKind, NoticeRecord,
    Openness, PortalRecord, Role, Tab, TextKind, TextRecord, UnopenedTab,
};
use uuid::Uuid;

use super::ground::{CLAIRE, DENIS, LEA, MIA, NOE, PAUL, RITA, TOM, Towns, agent, at, phone_of};

fn text(n: u128, kind: TextKind, title: &str) -> Body {
    let text = TextRecord {
        id: TextId(Uuid::from_u128(n)),
        kind,
        title: title.into(),
        text: "Un texte de la ville.".into(),
        from: Some(at("06:00")),
        until: None,
        pinned: false,
        edition: 1,
        sites: Vec::new(),
    };
    Body::PutText { text }
}

fn notice(n: u128, guardian: GuardianId, child: Option<shared::ids::ChildId>, day: u128) -> Body {
    let notice = NoticeRecord {
        id: NoticeId(Uuid::from_u128(n)),
        guardian,
        kind: NoticeKind::Recap,
        child,
        at: at("08:00").plus_ms(i64::try_from(day).unwrap() * 1_000),
        facts: vec![Fact {
            name: "child".into(),
            value: format!("N{n}"),
        }],
    };
    Body::Notify {
        notices: vec![notice],
        until: None,
    }
}

#[test]
fn before_log_in_the_town_speaks_and_no_family_does() {
    let towns = Towns::new();
    towns.set_up(PortalRecord {
        welcome: "Bienvenue à l’accueil.".into(),
        phone: Some("04 65 71 00 00".into()),
        registration: true,
        ..PortalRecord::default()
    });
    towns.apply(vec![
        text(1, TextKind::News, "La cantine change de traiteur"),
        Body::PostIncident {
            post: IncidentPost {
                id: IncidentId(Uuid::from_u128(4)),
                published_at: at("06:30"),
                title: "Le serveur est lent".into(),
                text: "Nous cherchons.".into(),
                over: false,
            },
        },
    ]);
    let mut browser = towns.browser(at("12:00"));
    for path in ["/ville", "/ville/"] {
        let page = browser.get(path);
        assert_eq!(page.status, StatusCode::OK);
        let words = page.words();
        for said in [
            "Bienvenue à l’accueil.",
            "La cantine change de traiteur",
            "Le serveur est lent",
            "04 65 71 00 00",
            "pas encore connue",
        ] {
            assert!(words.contains(said), "{said}");
        }
        assert!(!words.contains("Martin") && !page.text.contains("<script"));
        assert!(page.text.len() < 20_000, "{}", page.text.len());
    }
}

#[test]
fn a_way_in_that_the_town_does_not_offer_is_not_shown() {
    let towns = Towns::new();
    towns.set_up(PortalRecord {
        codes: false,
        ..PortalRecord::default()
    });
    let page = towns.browser(at("12:00")).get("/ville/");
    assert!(!page.text.contains("/ville/codes") && !page.text.contains("/ville/inscription"));
    assert!(page.text.contains("/ville/mot-de-passe"));
}

#[test]
fn home_shows_the_days_of_ones_own_children_and_nobody_elses() {
    let towns = Towns::new();
    let page = towns.family(CLAIRE, at("12:00")).get("/ville/");
    let words = page.words();
    assert!(words.contains("Bonjour Claire") && words.contains("Cantine"));
    assert!(page.text.contains(&LEA.to_string()) && page.text.contains(&TOM.to_string()));
    assert!(!page.text.contains(&MIA.to_string()) && !page.text.contains(&NOE.to_string()));
    // Nothing is booked after Tuesday, and the page says just that.
    assert!(words.contains("Pas encore de réservation"));
}

#[test]
fn a_week_of_the_other_household_is_said_and_not_shown() {
    let towns = Towns::new();
    let monday = towns.family(PAUL, at("12:00"));
    let words = monday.clone().get("/ville/").words();
    assert!(words.contains("Avec son autre foyer"), "{words}");
    let week = |who| {
        let path = format!("/ville/reservations?enfant={TOM}&du=2026-11-23");
        towns.family(who, at("12:00")).get(&path).words()
    };
    assert_eq!(week(CLAIRE).matches("réservé").count(), 2);
    let elsewhere = |words: &str| {
        let all = words.matches("réservé").count();
        (all, words.matches("réservé par l’autre foyer").count())
    };
    assert_eq!(elsewhere(&week(PAUL)), (2, 2), "{}", week(PAUL));
    let next = |who| {
        let path = format!("/ville/reservations?enfant={TOM}&du=2026-11-30");
        towns.family(who, at("12:00")).get(&path).words()
    };
    assert_eq!(elsewhere(&next(CLAIRE)), (2, 2), "{}", next(CLAIRE));
    assert_eq!(next(PAUL).matches("réservé").count(), 2);
}

#[test]
fn what_is_expected_is_said_until_it_is_done() {
    let towns = Towns::new();
    let home = || towns.family(RITA, at("12:00")).get("/ville/").words();
    assert!(home().contains("qu’un numéro à appeler"), "one telephone only");
    assert!(!home().contains("à lire et à accepter"));
    towns.apply(vec![text(7, TextKind::Rules, "Règlement de la cantine")]);
    assert!(home().contains("«\u{a0}Règlement de la cantine\u{a0}»\u{a0}: à lire et à accepter."));
    towns.apply(vec![Body::AcceptText {
        guardian: RITA,
        text: TextId(Uuid::from_u128(7)),
        edition: 1,
    }]);
    assert!(!home().contains("à lire et à accepter"));
}

#[test]
fn a_part_that_is_not_open_is_said_at_home_and_closed_where_it_is_used() {
    let towns = Towns::new();
    towns.apply(vec![Body::SetCapability {
        capability: Capability::Reservation,
        state: Openness::Closed,
        message: "Nous vérifions les réservations.".into(),
    }]);
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let home = claire.get("/ville/");
    assert_eq!(home.status, StatusCode::OK);
    assert!(home.words().contains("Nous vérifions les réservations."));
    assert!(home.words().contains("Léa") && home.words().contains("Cantine"));
    assert!(!home.text.contains("Réserver pour"), "nothing can be booked now");
    let page = claire.get("/ville/reservations");
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.words().contains("Cantine") && page.words().contains("Nous vérifions les réservations."));
}

#[test]
fn nothing_of_a_family_is_shown_while_files_cannot_be_looked_at() {
    let towns = Towns::new();
    towns.apply(vec![
        notice(1, CLAIRE, Some(LEA), 1),
        Body::SetCapability {
            capability: Capability::Consultation,
            state: Openness::Closed,
            message: "Nous vérifions les dossiers.".into(),
        },
    ]);
    let mut claire = towns.family(CLAIRE, at("12:00"));
    for (path, status) in [
        ("", StatusCode::OK),
        ("fil", StatusCode::FORBIDDEN),
        ("dossier", StatusCode::FORBIDDEN),
        ("demandes", StatusCode::FORBIDDEN),
    ] {
        let page = claire.get(&format!("/ville/{path}"));
        assert_eq!(page.status, status, "{path}");
        assert!(page.words().contains("Nous vérifions les dossiers."), "{path}");
        assert!(
            !page.words().contains("Léa") && !page.text.contains("home-when"),
            "{path}"
        );
    }
}

#[test]
fn a_tab_that_is_not_open_yet_says_what_the_town_says() {
    let towns = Towns::new();
    let unopened = |tab| UnopenedTab {
        tab,
        text: "Ouvre en janvier.".into(),
    };
    towns.set_up(PortalRecord {
        unopened: [Tab::Bookings, Tab::Requests, Tab::File].map(unopened).into(),
        ..PortalRecord::default()
    });
    let mut claire = towns.family(CLAIRE, at("12:00"));
    for path in ["reservations", "demandes", "demandes/nouvelle", "dossier"] {
        let page = claire.get(&format!("/ville/{path}"));
        assert!(page.words().contains("Ouvre en janvier."), "{path}");
        assert!(!page.words().contains("Léa"), "{path}");
    }
    let bills = claire.get("/ville/factures").words();
    assert!(
        bills.contains("ne sont pas encore ouvertes"),
        "ours, as the town says nothing"
    );
}

#[test]
fn the_feed_is_ones_own_page_after_page() {
    let towns = Towns::new();
    let mut told: Vec<Body> = (1..=25).map(|n| notice(n, CLAIRE, Some(LEA), n)).collect();
    told.push(notice(90, PAUL, Some(TOM), 90));
    told.push(notice(91, CLAIRE, Some(MIA), 91));
    towns.apply(told);
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let lines = |page: &str| page.matches("home-when").count();
    let first = claire.get("/ville/fil");
    // The newest speaks of a child that Claire does not see: nothing is said of it.
    assert_eq!(lines(&first.text), 19);
    assert!(first.text.contains("/ville/fil?page=2"));
    let second = claire.get("/ville/fil?page=2");
    assert_eq!(lines(&second.text), 6);
    assert!(!second.text.contains("/ville/fil?page=3"));
    assert_eq!(lines(&claire.get("/ville/fil?page=tout").text), 19);
    assert_eq!(lines(&towns.family(RITA, at("12:00")).get("/ville/fil").text), 0);
}

#[test]
fn a_file_is_seen_with_parental_authority_alone() {
    let towns = Towns::new();
    let file = |who| towns.family(who, at("12:00")).get("/ville/dossier");
    let claire = file(CLAIRE).words();
    assert!(claire.contains("Santé de Léa : asthme") && claire.contains("Trousse de Tom"));
    assert!(!claire.contains("Jugement du 4 mars"), "the town hall's own note");
    assert!(!claire.contains("Mia") && !claire.contains("Petit "));
    assert!(!claire.contains(&phone_of(PAUL)), "the other household");
    // Both holders see the same file, each from their own household.
    assert!(file(PAUL).words().contains("Santé de Tom : asthme"));
    assert!(!file(PAUL).words().contains("Léa"));
    let denis = file(DENIS).words();
    assert!(denis.contains("Le dossier de Léa est réservé"));
    assert!(!denis.contains("asthme") && !denis.contains("Trousse"));
    // What is said of one child stands over a guardian's own file.
    let over = |guardian, authority| AuthorityOver { guardian, authority };
    towns.apply(vec![Body::PutCustody {
        custody: CustodyRecord {
            child: LEA,
            sharing: None,
            exceptions: Vec::new(),
            authorities: vec![over(DENIS, Authority::ByJudgment), over(CLAIRE, Authority::None)],
            note: String::new(),
        },
    }]);
    assert!(file(DENIS).words().contains("Santé de Léa : asthme"));
    let claire = file(CLAIRE).words();
    assert!(!claire.contains("Santé de Léa") && claire.contains("Santé de Tom"));
}

#[test]
fn somebody_elses_child_is_as_one_that_does_not_exist() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let there = claire.get(&format!("/ville/reservations?enfant={MIA}"));
    let nowhere = claire.get(&format!("/ville/reservations?enfant={}", Uuid::from_u128(0xdead)));
    assert_eq!(there.status, StatusCode::NOT_FOUND);
    assert_eq!(there.text, nowhere.text);
}

#[test]
fn an_agent_who_looks_is_offered_nothing_to_change() {
    let towns = Towns::new();
    let mut agent = towns.seen_as(agent(Role::Gestionnaire), CLAIRE, at("12:00"));
    for path in ["", "dossier", "demandes"] {
        let page = agent.get(&format!("/ville/{path}"));
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.text.contains("/demandes/nouvelle"), "{path}");
    }
}

#[test]
fn an_exceptional_day_is_said_beside_what_is_booked() {
    use shared::ids::{ClassId, SchoolId};
    use shared::operation::{ExceptionalDayRecord, ExceptionalKind, MealEffect, SchoolKind, SchoolRecord};
    let towns = Towns::new();
    let school = SchoolId(Uuid::from_u128(0x5c));
    let commune = towns.commune(at("12:00"));
    let (mut lea, version) = commune
        .store
        .read(|tx| crate::record::child(tx, LEA))
        .unwrap()
        .unwrap();
    lea.school = Some(school);
    lea.class = None::<ClassId>;
    towns.apply(vec![Body::PutSchool {
        school: SchoolRecord {
            id: school,
            name: "Jaurès".into(),
            kind: SchoolKind::Public,
            half_days: 8,
            starts: shared::codec::Minute::new(8, 30),
            ends: shared::codec::Minute::new(16, 30),
            retired: false,
        },
    }]);
    let mut change = commune.operation(
        shared::operation::Actor::Host,
        shared::operation::Channel::Command,
        Body::PutChild { child: lea },
    );
    change.seen = Some(version);
    commune.submit(change).unwrap();
    towns.apply(vec![Body::PutExceptionalDay {
        day: ExceptionalDayRecord {
            id: ExceptionalDayId(Uuid::from_u128(0xed)),
            kind: ExceptionalKind::Closure,
            from: super::ground::monday(),
            until: Some(super::ground::monday()),
            schools: vec![school],
            classes: Vec::new(),
            words: "Panne de chauffage".into(),
            meals: MealEffect::Cancelled,
            minimum_service: None,
            sites: Vec::new(),
            services: Vec::new(),
            cancels: false,
        },
    }]);
    let words = towns.family(CLAIRE, at("12:00")).get("/ville/").words();
    assert_eq!(words.matches("Fermé ce jour").count(), 1, "Léa's, not Tom's");
}
