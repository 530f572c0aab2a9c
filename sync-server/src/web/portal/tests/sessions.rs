//! What a cookie opens, and for how long.

use data_encoding::BASE64URL_NOPAD;
use shared::operation::{Body, Role};

use super::super::session::{self, Stage};
use super::ground::{CLAIRE, LUC, NEXT_TOWN, PETIT, TOWN, Towns, agent, at};
use crate::web::browser::Browser;
use crate::web::visit::Secret;

const HOUR_MS: i64 = 3_600_000;

fn secret(browser: &Browser) -> Secret {
    let text = browser.cookies.values().next().expect("a session");
    BASE64URL_NOPAD
        .decode(text.as_bytes())
        .unwrap()
        .try_into()
        .unwrap()
}

/// How far a cookie gets in a town, so many hours after noon.
fn stage(towns: &Towns, town: &str, secret: &Secret, hours: i64) -> Option<Stage> {
    let commune = towns
        .host(at("12:00").plus_ms(hours * HOUR_MS))
        .commune(town)
        .unwrap();
    let found = session::find(&commune, secret).unwrap();
    if let Some(due) = found.due {
        due.write(&commune).unwrap();
    }
    found.session.map(|session| session.stage)
}

#[test]
fn a_cookie_opens_its_own_town_and_no_other() {
    let towns = Towns::new();
    let claire = secret(&towns.family(CLAIRE, at("12:00")));
    let neighbour = secret(&towns.neighbour(at("12:00")));
    assert_eq!(stage(&towns, TOWN, &claire, 0), Some(Stage::In));
    assert_eq!(stage(&towns, NEXT_TOWN, &neighbour, 0), Some(Stage::In));
    assert_eq!(stage(&towns, NEXT_TOWN, &claire, 0), None);
    assert_eq!(stage(&towns, TOWN, &neighbour, 0), None);
    assert_eq!(stage(&towns, TOWN, &[7; 32], 0), None, "nobody's");
}

#[test]
fn a_session_ends_after_twelve_idle_hours_and_after_a_week() {
    let towns = Towns::new();
    let claire = secret(&towns.family(CLAIRE, at("12:00")));
    for hours in (11..7 * 24).step_by(11) {
        assert_eq!(stage(&towns, TOWN, &claire, hours), Some(Stage::In), "{hours} h");
    }
    assert_eq!(stage(&towns, TOWN, &claire, 7 * 24), None, "a week is enough");

    let idle = secret(&towns.family(CLAIRE, at("12:00")));
    assert_eq!(stage(&towns, TOWN, &idle, 12), None);
    assert_eq!(stage(&towns, TOWN, &idle, 0), None, "it is gone, not asleep");
}

#[test]
fn on_the_doorstep_there_is_half_an_hour() {
    let towns = Towns::new();
    let codes = secret(&towns.with_codes(PETIT, at("12:00")));
    let factor = secret(&towns.owing_factor(CLAIRE, at("12:00")));
    assert_eq!(stage(&towns, TOWN, &codes, 0), Some(Stage::Codes));
    assert_eq!(stage(&towns, TOWN, &factor, 0), Some(Stage::Factor));
    assert_eq!(stage(&towns, TOWN, &codes, 1), None);
    assert_eq!(stage(&towns, TOWN, &factor, 1), None);
}

#[test]
fn a_deleted_account_is_out_everywhere_at_once() {
    let towns = Towns::new();
    let (telephone, computer) = (
        secret(&towns.family(CLAIRE, at("12:00"))),
        secret(&towns.family(CLAIRE, at("12:00"))),
    );
    let looked_at = secret(&towns.seen_as(agent(Role::Gestionnaire), CLAIRE, at("12:00")));
    towns.apply(vec![Body::DeleteAccount { guardian: CLAIRE }]);
    for session in [telephone, computer, looked_at] {
        assert_eq!(stage(&towns, TOWN, &session, 0), None);
    }
    let luc = secret(&towns.family(LUC, at("12:00")));
    assert_eq!(
        stage(&towns, TOWN, &luc, 0),
        None,
        "nor does a session begin again"
    );
}

#[test]
fn whoever_is_withdrawn_is_out() {
    let towns = Towns::new();
    let claire = secret(&towns.family(CLAIRE, at("12:00")));
    assert_eq!(stage(&towns, TOWN, &claire, 0), Some(Stage::In));
    towns.withdraw(CLAIRE);
    assert_eq!(stage(&towns, TOWN, &claire, 0), None);
}

#[test]
fn the_store_holds_no_secret_of_a_session() {
    let towns = Towns::new();
    let claire = secret(&towns.family(CLAIRE, at("12:00")));
    let rows = towns.sessions();
    assert_eq!(rows.len(), 1);
    assert!(
        rows.iter().all(|row| row[..] != claire[..]),
        "a stolen table opens nothing"
    );
}
