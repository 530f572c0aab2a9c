//! Tokens that are right, and every way in which one is not.

use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};

use super::super::fake::{key, signed};
use super::*;

const ISSUER: &str = "https://fc.example/api/v2";
const NOW: UtcMs = UtcMs(1_795_345_200_000);

fn right() -> Value {
    let now_s = NOW.0 / 1000;
    json!({
        "iss": ISSUER, "aud": "nous", "sub": "abc", "nonce": "n1", "acr": "eidas1",
        "iat": now_s - 5, "exp": now_s + 60, "given_name": "Claire", "family_name": "Martin",
    })
}

fn expected() -> Expected<'static> {
    Expected {
        issuer: ISSUER,
        client: "nous",
        now: NOW,
    }
}

#[test]
fn a_right_token_says_who_somebody_is() {
    let (private, public) = key("k1");
    let token = signed(&private, Some("k1"), &right());
    let keys = [public];
    assert_eq!(who(&token, &keys, &expected(), "n1"), Ok("abc".into()));
    assert_eq!(
        name(&token, &keys, &expected(), "abc"),
        Ok("Claire Martin".into())
    );
    let unnamed = signed(&private, None, &right());
    assert_eq!(who(&unnamed, &keys, &expected(), "n1"), Ok("abc".into()));
    let several = claiming("aud", json!(["nous", "autre"]), Some(("azp", json!("nous"))));
    let token = signed(&private, Some("k1"), &several);
    assert_eq!(who(&token, &keys, &expected(), "n1"), Ok("abc".into()));
}

fn claiming(name: &str, value: Value, more: Option<(&str, Value)>) -> Value {
    let mut claims = right();
    claims[name] = value;
    if let Some((name, value)) = more {
        claims[name] = value;
    }
    claims
}

#[test]
fn each_claim_that_is_wrong_is_refused_for_what_it_is() {
    let (private, public) = key("k1");
    let keys = [public];
    let now_s = NOW.0 / 1000;
    let cases = [
        ("iss", json!("https://ailleurs.example"), NotOurs::Issuer),
        ("iss", Value::Null, NotOurs::Issuer),
        ("aud", json!("autre"), NotOurs::Audience),
        ("aud", json!(["autre"]), NotOurs::Audience),
        ("aud", json!(["nous", "autre"]), NotOurs::Audience),
        ("aud", Value::Null, NotOurs::Audience),
        ("exp", json!(now_s - 61), NotOurs::Time),
        ("exp", Value::Null, NotOurs::Time),
        ("iat", json!(now_s + 61), NotOurs::Time),
        ("iat", json!(now_s - 601), NotOurs::Time),
        ("iat", Value::Null, NotOurs::Time),
        ("nonce", json!("n2"), NotOurs::Nonce),
        ("nonce", Value::Null, NotOurs::Nonce),
        ("acr", json!("eidas0"), NotOurs::Level),
        ("acr", Value::Null, NotOurs::Level),
        ("sub", json!(""), NotOurs::Subject),
        ("sub", Value::Null, NotOurs::Subject),
    ];
    for (claim, value, flaw) in cases {
        let token = signed(&private, Some("k1"), &claiming(claim, value.clone(), None));
        assert_eq!(
            who(&token, &keys, &expected(), "n1"),
            Err(flaw),
            "{claim} {value}"
        );
    }
    let nothing = signed(&private, Some("k1"), &claiming("nonce", json!(""), None));
    assert_eq!(
        who(&nothing, &keys, &expected(), ""),
        Err(NotOurs::Nonce),
        "no nonce fits none"
    );
}

#[test]
fn what_is_told_of_a_person_is_told_of_that_person() {
    let (private, public) = key("k1");
    let keys = [public];
    let token = signed(&private, Some("k1"), &right());
    assert_eq!(name(&token, &keys, &expected(), "abd"), Err(NotOurs::Subject));
    let old = claiming("exp", json!(NOW.0 / 1000 - 61), None);
    let old = signed(&private, Some("k1"), &old);
    assert_eq!(name(&old, &keys, &expected(), "abc"), Err(NotOurs::Time));
}

#[test]
fn only_the_providers_own_signature_is_believed() {
    let (private, public) = key("k1");
    let (stranger, other) = key("k2");
    let keys = [public.clone()];
    let token = signed(&private, Some("k1"), &right());

    let forged = signed(&stranger, Some("k1"), &right());
    assert_eq!(who(&forged, &keys, &expected(), "n1"), Err(NotOurs::Signature));
    let unknown = signed(&stranger, Some("k2"), &right());
    assert_eq!(who(&unknown, &keys, &expected(), "n1"), Err(NotOurs::UnknownKey));
    let unnamed = signed(&stranger, None, &right());
    assert_eq!(
        who(&unnamed, &[public, other], &expected(), "n1"),
        Err(NotOurs::UnknownKey)
    );

    let parts: Vec<_> = token.split('.').collect();
    let part = |value: &Value| data_encoding::BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let changed = format!(
        "{}.{}.{}",
        parts[0],
        part(&claiming("sub", json!("autre"), None)),
        parts[2]
    );
    assert_eq!(who(&changed, &keys, &expected(), "n1"), Err(NotOurs::Signature));
    // No signature at all, and one that anybody can make who knows the public key.
    let none = format!(
        "{}.{}.",
        part(&json!({ "alg": "none", "kid": "k1" })),
        part(&right())
    );
    assert_eq!(who(&none, &keys, &expected(), "n1"), Err(NotOurs::Unreadable));
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some("k1".into());
    let shared = encode(&header, &right(), &EncodingKey::from_secret(b"k1")).unwrap();
    assert_eq!(who(&shared, &keys, &expected(), "n1"), Err(NotOurs::Unreadable));
    for text in ["", "a.b.c", "....", &token[..token.len() - 4]] {
        assert!(who(text, &keys, &expected(), "n1").is_err(), "{text}");
    }
}
