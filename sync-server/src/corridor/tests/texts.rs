//! What the town writes for families: editions, menus, settings, a logo; and what is refused.

use chrono::NaiveDate;
use shared::codec::Blob;
use shared::ids::{GuardianId, HouseholdId, SiteId, TextId};
use shared::operation::{
    Actor, Authority, Body, Channel, Dish, GuardianRecord, HouseholdRecord, LogoRecord, MenuRecord,
    Operation, Outcome, PortalRecord, Refusal, Tab, TextKind, TextRecord, UnopenedTab,
};
use shared::time::UtcMs;
use uuid::Uuid;

use super::replayed::{entries, replay};
use super::{Town, dump, town};
use crate::corridor::CorridorError;
use crate::record;

const CLAIRE: GuardianId = GuardianId(Uuid::from_u128(1));
const PAUL: GuardianId = GuardianId(Uuid::from_u128(2));
const RULES: TextId = TextId(Uuid::from_u128(3));

fn now() -> UtcMs {
    UtcMs::parse("2026-11-22T12:00:00Z").unwrap()
}

fn rules(edition: u32) -> TextRecord {
    TextRecord {
        id: RULES,
        kind: TextKind::Rules,
        title: "Règlement".into(),
        text: "On prévient.".into(),
        from: Some(UtcMs(now().0 - 1)),
        until: None,
        pinned: false,
        edition,
        sites: Vec::new(),
    }
}

fn with_guardians() -> Town {
    let town = town();
    let guardian = |id, first_name: &str| GuardianRecord {
        id,
        first_name: first_name.into(),
        last_name: "Martin".into(),
        email: None,
        phone: None,
        authority: Authority::Full,
    };
    let household = HouseholdRecord {
        id: HouseholdId(Uuid::from_u128(9)),
        name: "Martin".into(),
        guardians: vec![guardian(CLAIRE, "Claire"), guardian(PAUL, "Paul")],
    };
    town.puts(None, Body::PutHousehold { household }).unwrap();
    town
}

impl Town {
    fn puts(&self, seen: Option<i64>, body: Body) -> Result<i64, CorridorError> {
        let operation = Operation {
            seen,
            ..self.operation(body)
        };
        Ok(match self.commune.submit(operation)?.outcome {
            Outcome::Version(version) => version,
            _ => 0,
        })
    }

    /// The words of a refusal that left no trace.
    fn turns_down(&self, seen: Option<i64>, body: Body) -> Refusal {
        let before = self.commune.head().unwrap().seq;
        let Err(CorridorError::Refused(refusal)) = self.puts(seen, body) else {
            panic!("it was taken");
        };
        assert_eq!(self.commune.head().unwrap().seq, before);
        refusal
    }

    fn accepts(
        &self,
        actor: GuardianId,
        guardian: GuardianId,
        edition: u32,
    ) -> Result<Outcome, CorridorError> {
        let body = Body::AcceptText {
            guardian,
            text: RULES,
            edition,
        };
        let operation = self
            .commune
            .operation(Actor::Guardian(actor), Channel::Portal, body);
        self.commune.submit(operation).map(|applied| applied.outcome)
    }

    fn expected_of(&self, guardian: GuardianId) -> Vec<u32> {
        let read = |tx: &mut dyn crate::store::Read| record::texts_to_accept(tx, guardian, now());
        let all = self.commune.store.read(read).unwrap();
        all.into_iter().map(|one| one.edition).collect()
    }
}

#[test]
fn each_guardian_accepts_each_edition_once() {
    let town = with_guardians();
    let draft = TextRecord {
        from: None,
        ..rules(1)
    };
    let version = town.puts(None, Body::PutText { text: draft }).unwrap();
    assert_eq!(
        town.expected_of(CLAIRE),
        [0_u32; 0],
        "a draft asks nothing of anybody"
    );
    assert!(town.accepts(CLAIRE, CLAIRE, 1).is_err(), "nor can it be accepted");

    let version = town
        .puts(Some(version), Body::PutText { text: rules(1) })
        .unwrap();
    assert_eq!(town.expected_of(CLAIRE), [1]);
    town.accepts(CLAIRE, CLAIRE, 1).unwrap();
    let head = town.commune.head().unwrap().seq;
    town.accepts(CLAIRE, CLAIRE, 1).unwrap();
    assert_eq!(town.commune.head().unwrap().seq, head, "twice is once");
    assert_eq!(
        (town.expected_of(CLAIRE).len(), town.expected_of(PAUL)),
        (0, vec![1])
    );
    assert!(matches!(
        town.accepts(CLAIRE, PAUL, 1),
        Err(CorridorError::Refused(Refusal::Forbidden))
    ));

    // A word mended asks nobody again, another edition everybody.
    let mended = TextRecord {
        text: "On prévient tôt.".into(),
        ..rules(1)
    };
    let version = town.puts(Some(version), Body::PutText { text: mended }).unwrap();
    assert!(town.expected_of(CLAIRE).is_empty());
    let version = town
        .puts(Some(version), Body::PutText { text: rules(2) })
        .unwrap();
    assert_eq!(
        (town.expected_of(CLAIRE), town.expected_of(PAUL)),
        (vec![2], vec![2])
    );
    assert!(
        town.accepts(PAUL, PAUL, 1).is_err(),
        "the edition before is not the one to read"
    );
    town.accepts(PAUL, PAUL, 2).unwrap();

    town.puts(Some(version), Body::RemoveText { text: RULES })
        .unwrap();
    assert!(town.expected_of(CLAIRE).is_empty());
    assert!(
        town.accepts(CLAIRE, CLAIRE, 2).is_err(),
        "nothing to accept any more"
    );

    let again = replay(&town, entries(&town)).unwrap().read(dump).unwrap();
    for ((table, was), (_, now)) in town.dump().into_iter().zip(again) {
        assert_eq!(was, now, "{table}");
    }
}

#[test]
fn a_text_says_what_is_wrong_with_it() {
    let town = town();
    let version = town.puts(None, Body::PutText { text: rules(3) }).unwrap();
    let put = |change: &dyn Fn(&mut TextRecord)| {
        let mut text = rules(3);
        change(&mut text);
        town.turns_down(Some(version), Body::PutText { text })
    };
    for refusal in [
        put(&|text| text.title = "  ".into()),
        put(&|text| text.text = "\n ".into()),
        put(&|text| text.text = "x".repeat(60_001)),
        put(&|text| text.edition = 2),
        put(&|text| text.edition = 0),
        put(&|text| text.kind = TextKind::News),
        put(&|text| text.until = text.from),
    ] {
        assert!(matches!(refusal, Refusal::Invalid(_)), "{refusal:?}");
    }
    let refusal = town.turns_down(Some(version - 1), Body::PutText { text: rules(4) });
    assert_eq!(refusal, Refusal::Changed { version });
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn menu(site: Option<SiteId>, name: &str) -> MenuRecord {
    let date = day("2026-11-23");
    MenuRecord {
        id: record::menu_id(date, site),
        date,
        sites: site.into_iter().collect(),
        dishes: vec![Dish {
            name: name.into(),
            allergens: vec![1, 14],
            signs: 0b1_1111,
        }],
        note: String::new(),
    }
}

#[test]
fn a_site_eats_its_own_menu_or_else_everybodys() {
    let town = town();
    let (here, there) = (SiteId(Uuid::from_u128(1)), SiteId(Uuid::from_u128(2)));
    let menus = vec![menu(None, "Riz"), menu(Some(here), "Purée")];
    let version = town.puts(None, Body::PutMenus { menus }).unwrap();
    let eaten = |site| {
        let read = |tx: &mut dyn crate::store::Read| record::menus(tx, day("2026-11-23"), day("2026-11-29"));
        let menus = town.commune.store.read(read).unwrap();
        let found = record::menu_of(&menus, day("2026-11-23"), site);
        found.map(|menu| menu.dishes[0].name.clone())
    };
    assert_eq!(eaten(Some(here)).as_deref(), Some("Purée"));
    assert_eq!(eaten(Some(there)).as_deref(), Some("Riz"));
    assert_eq!(eaten(None).as_deref(), Some("Riz"));

    // Whoever began before that week was written does not write over it.
    let other = vec![menu(Some(here), "Soupe")];
    let refusal = town.turns_down(Some(version - 1), Body::PutMenus { menus: other.clone() });
    assert_eq!(refusal, Refusal::Changed { version });
    town.puts(Some(version), Body::PutMenus { menus: other }).unwrap();
    assert_eq!(eaten(Some(here)).as_deref(), Some("Soupe"));

    let none = MenuRecord {
        dishes: Vec::new(),
        ..menu(Some(here), "")
    };
    town.puts(None, Body::PutMenus { menus: vec![none] }).unwrap();
    assert_eq!(eaten(Some(here)).as_deref(), Some("Riz"));
}

#[test]
fn a_menu_names_what_the_annex_has() {
    let town = town();
    for change in [
        |menu: &mut MenuRecord| menu.dishes[0].allergens = vec![0],
        |menu: &mut MenuRecord| menu.dishes[0].allergens = vec![15],
        |menu: &mut MenuRecord| menu.dishes[0].signs = 0b10_0000,
        |menu: &mut MenuRecord| menu.dishes[0].name = " ".into(),
        |menu: &mut MenuRecord| menu.dishes = vec![menu.dishes[0].clone(); 21],
        |menu: &mut MenuRecord| menu.note = "x".repeat(501),
    ] {
        let mut menu = menu(None, "Riz");
        change(&mut menu);
        let refusal = town.turns_down(None, Body::PutMenus { menus: vec![menu] });
        assert!(matches!(refusal, Refusal::Invalid(_)), "{refusal:?}");
    }
}

#[test]
fn the_portal_is_set_up_with_what_can_be_shown_and_sent() {
    let town = town();
    let unopened = |tab| UnopenedTab {
        tab,
        text: "En janvier.".into(),
    };
    let sound = PortalRecord {
        accent: Some("#7a3b69".into()),
        sender_name: "Ville d’Essai".into(),
        sender: Some("portail@ville.example".into()),
        unopened: vec![unopened(Tab::Bills), unopened(Tab::Menus)],
        ..PortalRecord::default()
    };
    let version = town
        .puts(
            None,
            Body::PutPortal {
                portal: sound.clone(),
            },
        )
        .unwrap();
    let put = |change: &dyn Fn(&mut PortalRecord)| {
        let mut portal = sound.clone();
        change(&mut portal);
        town.turns_down(Some(version), Body::PutPortal { portal })
    };
    for refusal in [
        put(&|portal| portal.accent = Some("red".into())),
        put(&|portal| portal.accent = Some("#12345;".into())),
        put(&|portal| portal.sender_name = "Ville\r\nBcc: x@y.example".into()),
        put(&|portal| portal.sender = Some("portail".into())),
        put(&|portal| portal.reply_to = Some("a@b.example\r\nBcc: x@y.example".into())),
        put(&|portal| portal.email = Some("a@b.example,c@d.example".into())),
        put(&|portal| portal.unopened.push(unopened(Tab::Bills))),
        put(&|portal| portal.unopened[0].text = "x".repeat(501)),
        put(&|portal| portal.restore_days = 0),
        put(&|portal| portal.restore_days = 366),
        put(&|portal| portal.history_years = Some(11)),
        put(&|portal| portal.hours = vec!["x".into(); 21]),
    ] {
        assert!(matches!(refusal, Refusal::Invalid(_)), "{refusal:?}");
    }
    let refusal = town.turns_down(
        None,
        Body::PutPortal {
            portal: sound.clone(),
        },
    );
    assert_eq!(refusal, Refusal::Changed { version });
    assert_eq!(town.commune.store.read(record::portal).unwrap(), (sound, version));
}

#[test]
fn a_logo_is_what_its_bytes_say() {
    let town = town();
    let webp = |width: u8| [b"RIFF....WEBPVP8L....\x2f", &[width, 0x41, 0x16, 0x00][..]].concat();
    let logo = |media_type: &str, bytes: Vec<u8>, words: &str| Body::PutLogo {
        logo: Some(LogoRecord {
            media_type: media_type.into(),
            bytes: Blob(bytes),
            words: words.into(),
        }),
    };
    let mut large = webp(0x3f);
    large.resize(100 * 1024 + 1, 0);
    let wide = b"RIFF....WEBPVP8X....\0\0\0\0\xff\xff\0\x59\0\0".to_vec();
    for body in [
        logo(
            "image/svg+xml",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
            "Ville",
        ),
        logo("image/png", webp(0x3f), "Ville"),
        logo("image/webp", b"<!doctype html>".to_vec(), "Ville"),
        logo("image/webp", large, "Ville"),
        logo("image/webp", wide, "Ville"),
        logo("image/webp", webp(0x3f), " "),
    ] {
        assert!(matches!(town.turns_down(None, body), Refusal::Invalid(_)));
    }
    town.puts(None, logo("image/webp", webp(0x3f), "Ville d’Essai"))
        .unwrap();
    let (kept, version) = town.commune.store.read(record::logo).unwrap().unwrap();
    assert_eq!((kept.bytes.0, &*kept.words), (webp(0x3f), "Ville d’Essai"));
    let newer = town
        .puts(None, logo("image/webp", webp(0x2f), "Ville d’Essai"))
        .unwrap();
    assert!(newer > version, "another picture has another address");
    town.puts(None, Body::PutLogo { logo: None }).unwrap();
    assert_eq!(town.commune.store.read(record::logo).unwrap(), None);
}
