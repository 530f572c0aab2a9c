//! A provider that changes its keys, and one that is not who it says.

use super::super::fake::Fake;
use super::*;

const NOON: UtcMs = UtcMs(1_795_345_200_000);
const WAY: Way<'static> = Way {
    redirect: "http://localhost/ville/franceconnect/retour",
    state: "s1",
    nonce: "n1",
    verifier: "v1",
};

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

/// A code for whoever left with [`WAY`].
fn code(fake: &Fake, subject: &str, now: UtcMs) -> String {
    let challenge = data_encoding::BASE64URL_NOPAD.encode(&sha256(&[WAY.verifier.as_bytes()]).0);
    fake.code(fake.claims(subject, WAY.nonce, now), &challenge)
}

#[test]
fn keys_are_kept_for_an_hour_and_asked_for_again_when_one_is_missing() {
    let fake = Fake::start();
    let provider = fake.provider();
    let asked = || fake.says.lock().unwrap().asked_for_keys;
    let finish = |now: UtcMs| block_on(provider.finish(&code(&fake, "claire", now), &WAY, now));
    for minute in [0, 1, 59] {
        let identity = finish(NOON.plus_ms(minute * 60_000)).unwrap();
        assert_eq!((identity.name.as_str(), asked()), ("Claire Martin", 1));
    }
    finish(NOON.plus_ms(60 * 60_000)).unwrap();
    assert_eq!(asked(), 2, "an hour is over");
    fake.change_key();
    let soon = finish(NOON.plus_ms(60 * 60_000 + 59_000));
    assert!(
        matches!(soon, Err(Trouble::NotOurs(NotOurs::UnknownKey))),
        "asked a moment ago"
    );
    finish(NOON.plus_ms(61 * 60_000)).unwrap();
    assert_eq!(asked(), 3);
}

#[test]
fn one_person_is_one_identity_and_another_is_another() {
    let fake = Fake::start();
    let provider = fake.provider();
    let of = |subject: &str| {
        let code = code(&fake, subject, NOON);
        block_on(provider.finish(&code, &WAY, NOON)).unwrap().hash
    };
    assert_eq!(of("claire"), of("claire"));
    assert_ne!(of("claire"), of("paul"));
    let other = Fake::start();
    let there = block_on(other.provider().finish(&code(&other, "claire", NOON), &WAY, NOON));
    assert_ne!(there.unwrap().hash, of("claire"), "a subject is its issuer’s own");
}

#[test]
fn a_secret_that_is_not_ours_is_a_fault_of_the_host() {
    let fake = Fake::start();
    let settings = Settings {
        secret: "un autre".into(),
        ..fake.settings()
    };
    let provider = Provider::new(settings).unwrap();
    let refused = block_on(provider.finish(&code(&fake, "claire", NOON), &WAY, NOON));
    assert!(matches!(refused, Err(Trouble::Down(_))));
}
