//! How people get in, and how others do not.

mod account;
mod activation;
mod codes;
mod factor;
mod forgotten;
mod log_in;

use axum::http::StatusCode;
use shared::codec::decode;
use shared::time::UtcMs;

use super::ground::{TOWN, Towns, at};
use crate::letters::Secret;
use crate::web::browser::{Browser, Reply};

/// A page behind what opens the account: whoever sees it is in.
const INSIDE: &str = "/ville/compte/sessions";
const LOGIN: &str = "/ville/connexion";

/// Fills in the log-in form and sends it.
fn log_in(browser: &mut Browser, login: &str, password: &str) -> Reply {
    let token = browser.get(LOGIN).token();
    let fields = [
        ("identifiant", login),
        ("mot_de_passe", password),
        ("jeton", &token),
    ];
    browser.post(LOGIN, &fields)
}

fn is_in(browser: &mut Browser) -> bool {
    browser.get(INSIDE).status == StatusCode::OK
}

/// A letter as it was queued: its kind, its address, and the path of its link.
type Queued = (String, String, Option<String>);

/// Every letter that was queued, in order.
fn letters(towns: &Towns) -> Vec<Queued> {
    let commune = towns.commune(at("12:00"));
    let sql = "select l.kind, l.address, s.sealed from letter l left join letter_secret s on s.letter = l.id \
               order by l.seq, l.id";
    let rows = commune.store.read(|tx| tx.query(sql, &[])).unwrap();
    rows.iter()
        .map(|row| {
            let path = (!row.is_null(2)).then(|| {
                let sealed = row.bytes(2).unwrap();
                let secret: Secret = decode(&commune.keys.unseal("letter", &sealed).unwrap()).unwrap();
                secret.path.unwrap()
            });
            (row.text(0).unwrap(), row.text(1).unwrap(), path)
        })
        .collect()
}

/// What was told to the town hall of guessing: what, how often, from where.
fn guessed(towns: &Towns) -> Vec<(String, i64, String)> {
    let commune = towns.commune(at("12:00"));
    let sql = "select what, attempts, origin from guessing order by seq";
    let rows = commune.store.read(|tx| tx.query(sql, &[])).unwrap();
    rows.iter()
        .map(|row| (row.text(0).unwrap(), row.int(1).unwrap(), row.text(2).unwrap()))
        .collect()
}

/// A browser at an address of the Internet, behind a proxy of this machine.
fn from(towns: &Towns, address: &str, now: UtcMs) -> Browser {
    let mut browser = towns.browser(now);
    browser.headers.push(("x-forwarded-for", address.into()));
    browser
}

/// The kinds of all entries of the journal since one.
fn kinds_since(towns: &Towns, seq: u64) -> Vec<String> {
    let commune = towns.commune(at("12:00"));
    let seq = i64::try_from(seq).unwrap();
    let sql = "select kind from journal where seq > ?1 order by seq";
    let rows = commune.store.read(|tx| tx.query(sql, &[seq.into()])).unwrap();
    rows.iter().map(|row| row.text(0).unwrap()).collect()
}

#[test]
fn the_towns_name_is_that_of_the_paths() {
    assert!(LOGIN.starts_with(&format!("/{TOWN}/")));
}
