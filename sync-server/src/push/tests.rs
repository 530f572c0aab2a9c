//! Messages as a browser gets them: the vectors of RFC 8291, and a service that opens what it is handed.

use std::net::TcpListener;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use data_encoding::BASE64URL_NOPAD;
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey as Verifier};
use shared::codec::Blob;
use shared::ids::{GuardianId, NoticeId};
use shared::operation::{NoticeKind, NoticeRecord, PushRecord};
use shared::time::UtcMs;
use std::sync::Mutex;
use std::sync::mpsc::sync_channel;
use uuid::Uuid;

use super::seal::{Parties, keys, sealed};
use super::send::{Handed, hand_all};
use super::*;
use crate::clock::Stopwatch;
use crate::jobs::ground::Ground;
use crate::notices::Buzz;

fn bytes(text: &str) -> Vec<u8> {
    BASE64URL_NOPAD.decode(text.as_bytes()).unwrap()
}

/// RFC 8291, 5 and appendix A.
#[test]
fn the_example_of_the_standard_is_sealed_byte_for_byte() {
    let ours =
        bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
    let browser =
        bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
    let auth = bytes("BTBZMqHH6r4Tts7J_aSIgg");
    let shared = bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
    let salt: [u8; 16] = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
    let parties = Parties {
        browser: &browser,
        ours: &ours,
        auth: &auth,
    };
    let (key, nonce) = keys(&parties, &shared, &salt).unwrap();
    assert_eq!(BASE64URL_NOPAD.encode(&key), "oIhVW04MRdy2XN9CiKLxTg");
    assert_eq!(BASE64URL_NOPAD.encode(&nonce), "4h_95klXJ5E_qnoN");
    let text = b"When I grow up, I want to be a watermelon";
    assert_eq!(
        BASE64URL_NOPAD.encode(&sealed(&parties, &shared, &salt, text).unwrap()),
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_\
         yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    );
}

#[test]
fn what_is_no_key_of_a_browser_seals_nothing() {
    assert!(
        seal::seal(&[4; 65], &[0; 16], b"Bonjour").is_none(),
        "no point of the curve"
    );
    assert!(seal::seal(&[], &[0; 16], b"Bonjour").is_none());
}

/// A browser's half of a message: opens it with its own key.
fn open(browser: EphemeralPrivateKey, auth: &[u8; 16], body: &[u8]) -> Vec<u8> {
    let public = browser.compute_public_key().unwrap();
    let (salt, rest) = body.split_first_chunk::<16>().unwrap();
    let (size, rest) = rest.split_first_chunk::<4>().unwrap();
    assert_eq!(u32::from_be_bytes(*size), 4096);
    let (length, rest) = rest.split_first().unwrap();
    let (ours, record) = rest.split_at(usize::from(*length));
    let theirs = UnparsedPublicKey::new(&ECDH_P256, ours);
    let parties = Parties {
        browser: public.as_ref(),
        ours,
        auth,
    };
    let (key, nonce) =
        agree_ephemeral(browser, &theirs, |shared| keys(&parties, shared, salt).unwrap()).unwrap();
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).unwrap());
    let mut record = record.to_vec();
    let opened = key
        .open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record)
        .unwrap();
    let (last, text) = opened.split_last().unwrap();
    assert_eq!(*last, 2, "the last record");
    text.to_vec()
}

type Came = Arc<Mutex<Vec<(HeaderMap, Vec<u8>)>>>;

/// A service on the loopback that keeps what it is handed; of `/parti` it says that nobody is there.
async fn service(came: Came) -> String {
    let keep = move |headers: HeaderMap, body: Bytes| {
        let came = Arc::clone(&came);
        async move {
            came.lock().unwrap().push((headers, body.to_vec()));
            StatusCode::CREATED
        }
    };
    let routes = Router::new()
        .route("/ici", post(keep))
        .route("/parti", post(|| async { StatusCode::GONE }))
        .route(
            "/plein",
            post(|| async { (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "120")]) }),
        )
        .route("/panne", post(|| async { StatusCode::BAD_GATEWAY }))
        .route("/non", post(|| async { StatusCode::FORBIDDEN }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, routes).into_future());
    format!("http://{address}")
}

fn subscription(endpoint: String, key: &EphemeralPrivateKey, auth: [u8; 16]) -> PushRecord {
    PushRecord {
        guardian: GuardianId(Uuid::from_u128(1)),
        endpoint,
        key: Blob(key.compute_public_key().unwrap().as_ref().to_vec()),
        auth: Blob(auth.to_vec()),
        name: "Firefox, Android".into(),
    }
}

#[test]
fn a_service_is_handed_what_only_the_browser_opens_with_a_token_of_the_town() {
    let now = UtcMs::parse("2026-11-23T17:42:00+01:00").unwrap();
    for ground in Ground::both(now) {
        let commune = ground.process(now);
        let key = made(&commune).unwrap().unwrap();
        let public = key.public().to_vec();
        assert_eq!(
            made(&ground.process(now)).unwrap().unwrap().public(),
            public,
            "made once, whichever process asks"
        );
        let browser = || EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).unwrap();
        let (theirs, auth) = (browser(), [7; 16]);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let came = Came::default();
        let text = "{\"title\":\"Léa\u{a0}: départ à 17\u{a0}h\u{a0}42\"}";
        let about = (NoticeKind::ChildLeft, now);
        let origin = runtime.block_on(async {
            let _ = rustls::crypto::ring::default_provider().install_default();
            let origin = service(Arc::clone(&came)).await;
            let client = reqwest::Client::new();
            let contact = "mailto:portail@ville.example";
            let to = |path: &str| subscription(format!("{origin}{path}"), &theirs, auth);
            let handed = deliver(&client, &key, contact, &to("/ici"), text, about).await;
            assert_eq!(handed, Handed::Taken);
            assert_eq!(
                deliver(&client, &key, contact, &to("/parti"), text, about).await,
                Handed::Gone
            );
            assert_eq!(
                deliver(&client, &key, contact, &to("/plein"), text, about).await,
                Handed::Later(Some(120)),
                "as the service asks"
            );
            for (path, became) in [("/panne", Handed::Later(None)), ("/non", Handed::Refused)] {
                let handed = deliver(&client, &key, contact, &to(path), text, about).await;
                assert_eq!(handed, became, "{path}");
            }
            let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
            let to = subscription(format!("http://{nobody}/"), &theirs, auth);
            let handed = deliver(&client, &key, contact, &to, text, about).await;
            assert_eq!(handed, Handed::Silent, "nobody listens there");
            origin
        });
        let (headers, body) = came.lock().unwrap().pop().unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("17"), "sealed");
        assert_eq!(open(theirs, &auth, &body), text.as_bytes());
        assert_eq!(
            (&headers["ttl"], &headers["urgency"]),
            (&"86400".parse().unwrap(), &"high".parse().unwrap())
        );

        let said = headers["authorization"].to_str().unwrap();
        let (token, k) = said.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        assert_eq!(bytes(k), public);
        let (signed, signature) = token.rsplit_once('.').unwrap();
        Verifier::new(&ECDSA_P256_SHA256_FIXED, &public)
            .verify(signed.as_bytes(), &bytes(signature))
            .unwrap();
        let (_, claims) = signed.split_once('.').unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&bytes(claims)).unwrap();
        assert_eq!(claims["aud"], origin.as_str());
        assert_eq!(claims["sub"], "mailto:portail@ville.example");
        let good_for = claims["exp"].as_i64().unwrap() - now.0 / 1000;
        assert!((1..=24 * 3600).contains(&good_for), "{good_for}");
    }
}

#[test]
fn a_service_that_is_silent_holds_nobody_else_up_and_is_not_asked_at_every_message() {
    let now = UtcMs::parse("2026-11-23T17:42:00+01:00").unwrap();
    let [ground, _] = Ground::both(now);
    let commune = ground.process(now);
    let key = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).unwrap();
    let buzz = |endpoint: &str, nth: u128| Buzz {
        to: subscription(endpoint.into(), &key, [7; 16]),
        notice: NoticeRecord {
            id: NoticeId(Uuid::from_u128(nth)),
            guardian: GuardianId(Uuid::from_u128(1)),
            kind: NoticeKind::Closure,
            child: None,
            at: now,
            facts: Vec::new(),
        },
    };
    let (silent, sound) = ("https://muet.example/a", "https://push.example/b");
    let (send, work) = sync_channel(10);
    let all = vec![buzz(silent, 1), buzz(sound, 2), buzz(silent, 3), buzz(sound, 4)];
    send.send((Arc::clone(&commune), all)).unwrap();
    drop(send);
    let mut asked = Vec::new();
    hand_all(&work, &Stopwatch::start(), |_, buzz| {
        asked.push(buzz.notice.id.0.as_u128());
        if buzz.to.endpoint == silent {
            Handed::Silent
        } else {
            Handed::Taken
        }
    });
    assert_eq!(asked, [1, 2, 4]);
}
