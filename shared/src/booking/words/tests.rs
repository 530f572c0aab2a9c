//! What people read of rules.

mod every;

use chrono_tz::Europe::Paris;

use super::*;
use crate::booking::tests::town::*;
use crate::booking::{Facts, Reason, check};
use crate::codec::Minute;
use crate::money::Cents;
use crate::operation::*;
use crate::words::Locale;

/// As it is written, with plain spaces.
fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

fn french(said: impl Fn(Said<'_>) -> String) -> String {
    let (words, ground) = (Words::of_desk(Locale::Fr), town(Vec::new()));
    plain(&said(Said::new(&words, &ground)))
}

#[test]
fn a_moment_is_said_as_towns_say_it() {
    let without_week_end = Count {
        days: Counted::Calendar,
        skipped: WEEK_END,
    };
    for (moment, said) in [
        (
            weekday(4, 1, Counted::Calendar, 12, 0),
            "le vendredi de la semaine précédente, à 12 h",
        ),
        (
            weekday(0, 0, Counted::Calendar, 8, 30),
            "le lundi de la même semaine, à 8 h 30",
        ),
        (
            weekday(2, 2, Counted::Worked, 10, 0),
            "le mercredi, 2 semaines avant, à 10 h (à défaut, le dernier des jours ouvrés avant)",
        ),
        (
            days_before(2, Counted::Worked, 12, 0),
            "2 jours ouvrés avant, à 12 h",
        ),
        (
            days_before(1, Counted::School, 12, 0),
            "1 jour de classe avant, à 12 h",
        ),
        (days_before(1, Counted::Calendar, 18, 0), "la veille, à 18 h"),
        (days_before(0, Counted::Calendar, 9, 0), "le jour même, à 9 h"),
        (
            Moment::Days {
                days: 2,
                count: without_week_end,
                at: Minute::new(12, 0),
            },
            "2 jours (sans le samedi et le dimanche) avant, à 12 h",
        ),
        (
            hours_before(48, Counted::Worked),
            "48 heures avant le début, comptées en jours ouvrés",
        ),
        (hours_before(48, Counted::Calendar), "48 heures avant le début"),
        (
            day_of_month(20, 1, Counted::Calendar, 10),
            "le 20 du mois précédent, à 10 h",
        ),
        (
            day_of_month(31, 2, Counted::Calendar, 10),
            "le dernier jour, 2 mois avant, à 10 h",
        ),
        (
            Moment::LastSchoolDay {
                at: Minute::new(11, 0),
            },
            "le dernier jour de classe avant les vacances, à 11 h",
        ),
        (
            Moment::Week { hours: 108 },
            "108 heures avant le lundi de la semaine, 0 h",
        ),
        (fixed("2026-09-21", 8), "le lundi 21 septembre 2026, à 8 h"),
        (Moment::Start, "le début de la séance"),
    ] {
        assert_eq!(french(|say| say.moment(&moment)), said);
    }
}

#[test]
fn a_deadline_says_what_comes_after_it() {
    let late = [
        (Entrance::Portal, Verdict::Refuse, Cost::Free),
        (Entrance::Phone, Verdict::Accept, Cost::Replaces(Cents(400))),
        (Entrance::Desk, Verdict::Request, Cost::Adds(Cents(300))),
    ];
    let case = Case {
        season: Season::School,
        ..on_days(0b11)
    };
    let line = then(
        delay(case, hours_before(48, Counted::Worked)),
        Moment::Start,
        &late,
    );
    assert_eq!(
        french(|say| say.add(&line)),
        "Dernier délai pour réserver (le lundi et le mardi, hors vacances scolaires) : 48 heures avant le début, \
         comptées en jours ouvrés. Ensuite, dernier délai le début de la séance : en ligne, refusé ; par téléphone, \
         accepté, au prix de 4,00 € ; à l’accueil, l’accueil décide, avec 3,00 € en plus. Après, c’est refusé."
    );
}

#[test]
fn a_refusal_names_the_rule_and_whom_to_call() {
    let words = Words::of_desk(Locale::Fr);
    let say = |reason: &Reason, phone| plain(&sentence(reason, &words, Paris, phone));
    let late = Reason {
        at: Some(at("2026-11-20T12:00:00", Paris)),
        words: Some("Vendredi midi pour la semaine suivante.".into()),
        call: true,
        ..Reason::of(Why::Deadline)
    };
    assert_eq!(
        say(&late, Some("04 65 71 00 00")),
        "Trop tard en ligne : la date limite était fixée au vendredi 20 novembre à 12 h. Règle : « Vendredi midi \
         pour la semaine suivante ». Appelez l’accueil au 04 65 71 00 00."
    );
    assert!(say(&late, None).ends_with("Contactez l’accueil."));
    let full = Reason {
        number: Some(24),
        ..Reason::of(Why::Full)
    };
    assert_eq!(say(&full, None), "Complet : les 24 places sont prises.");
    let owed = Reason {
        number: Some(12_350),
        ..Reason::of(Why::Unpaid)
    };
    assert_eq!(
        say(&owed, None),
        "Il reste 123,50 € à payer. Réglez cette somme, puis recommencez."
    );
}

#[test]
fn every_reason_is_said_in_both_languages_with_and_without_its_facts() {
    let all = [
        Why::Deadline,
        Why::NotYet,
        Why::WindowClosed,
        Why::Full,
        Why::Limit,
        Why::Excluded,
        Why::Needs,
        Why::Age,
        Why::School,
        Why::Class,
        Why::Residence,
        Why::Documents,
        Why::Unpaid,
        Why::Closed,
        Why::NotOffered,
        Why::Left,
        Why::Elsewhere,
        Why::Already,
        Why::PriceChanged,
        Why::NotYours,
        Why::Past,
        Why::NotOnLine,
        Why::Final,
        Why::With,
    ];
    for locale in [Locale::Fr, Locale::En] {
        let words = Words::of_desk(locale);
        for why in all {
            let with = Reason {
                at: Some(at("2026-11-20T12:00:00", Paris)),
                date: Some(day("2026-11-24")),
                number: Some(2),
                name: Some("Cantine".into()),
                ..Reason::of(why)
            };
            for reason in [with, Reason::of(why)] {
                let said = sentence(&reason, &words, Paris, None);
                assert!(!said.contains("booking-") && !said.contains('{'), "{said}");
                assert!(said.ends_with('.'), "{said}");
            }
        }
    }
}

#[test]
fn a_set_is_read_chapter_by_chapter() {
    let (words, ground) = (Words::of_desk(Locale::Fr), town(Vec::new()));
    let set = RuleSetRecord {
        add: vec![delay(Case::all(), days_before(1, Counted::Calendar, 12, 0))],
        limits: vec![Limit {
            most: 4,
            per: Span::Week,
            activities: vec![SOIR],
            words: Some("Quatre soirs".into()),
        }],
        links: vec![Link {
            kind: LinkKind::Needs,
            activity: SOIR,
            other: CANTINE,
        }],
        groups: vec![Group {
            name: "Petits".into(),
            levels: vec!["PS".into(), "MS".into()],
            from_months: None,
            under_months: Some(72),
        }],
        places: vec![Places {
            case: of(&[SOIR]),
            group: Some("Petits".into()),
            from: None,
            until: None,
            places: 8,
        }],
        waiting: Some(Waiting {
            offer_minutes: 1440,
            most: None,
        }),
        ..rules(&[CANTINE, SOIR], 350)
    };
    let chapters = Said::new(&words, &ground).chapters(&set);
    let read: Vec<String> = chapters
        .iter()
        .flat_map(|chapter| [&chapter.title].into_iter().chain(&chapter.lines))
        .map(|line| plain(line))
        .collect();
    assert_eq!(
        read,
        [
            "Jusqu’à quand réserver",
            "Dernier délai pour réserver : la veille, à 12 h. Après, c’est refusé.",
            "Jusqu’à quand annuler",
            "Jusqu’au début de la séance.",
            "Combien de réservations",
            "Quatre soirs – 4 réservations au plus par semaine (Accueil du soir).",
            "Ce qui va ensemble",
            "Accueil du soir va seulement avec Cantine le même jour.",
            "Places",
            "Groupe « Petits » : PS et MS, moins de 6 ans.",
            "8 places (groupe « Petits », Accueil du soir).",
            "Liste d’attente : une place proposée est gardée 24 heures.",
            "Prix et paiement",
            "Prix : 3,50 €.",
            "Payé avec la facture du mois.",
        ]
    );
}

#[test]
fn a_flaw_says_where_it_is() {
    let mut set = rules(&[CANTINE], 350);
    let delays = [
        days_before(5, Counted::Worked, 12, 0),
        days_before(7, Counted::Calendar, 12, 0),
    ];
    set.add = delays.map(|until| delay(Case::all(), until)).to_vec();
    let ground = town(Vec::new());
    let facts = Facts {
        ground: &ground,
        documents: &[],
    };
    let flaws = check(&set, &[], &facts);
    let said: Vec<String> = flaws
        .iter()
        .map(|flaw| french(|say| say.flaw(flaw, Paris)))
        .collect();
    assert_eq!(
        said,
        [
            "Délais pour réserver, ligne 2 : ne compte jamais, car la ligne 1, lue avant, dit autre chose des mêmes \
             séances. Pour le jeudi 12 novembre 2026 : mercredi 4 novembre à 12 h selon la ligne 1, jeudi 5 novembre \
             à 12 h selon celle-ci.",
            "Aucune ligne dans les délais pour annuler : c’est possible jusqu’au début de la séance.",
        ]
    );
}
