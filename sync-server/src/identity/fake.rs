//! A provider of identities within this process, which says what a test tells it to say.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use shared::sign::sha256;
use shared::time::UtcMs;

use super::{Provider, Settings};

/// The name it gave us.
pub(crate) const CLIENT: &str = "nous";
const SECRET: &str = "notre secret";

/// A key of a provider's, and what it publishes of it.
pub(crate) fn key(kid: &str) -> (EncodingKey, Jwk) {
    let random = SystemRandom::new();
    let drawn = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, drawn.as_ref(), &random).unwrap();
    let point = pair.public_key().as_ref();
    let part = |bytes: &[u8]| data_encoding::BASE64URL_NOPAD.encode(bytes);
    let published = json!({
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": kid,
        "x": part(&point[1..33]), "y": part(&point[33..]),
    });
    (
        EncodingKey::from_ec_der(drawn.as_ref()),
        serde_json::from_value(published).unwrap(),
    )
}

/// Claims, signed.
pub(crate) fn signed(key: &EncodingKey, kid: Option<&str>, claims: &Value) -> String {
    let mut header = Header::new(Algorithm::ES256);
    header.kid = kid.map(str::to_owned);
    encode(&header, claims, key).unwrap()
}

/// What it says.
pub(crate) struct Says {
    issuer: String,
    /// Codes that open something, with the claims of the token and the challenge that was shown.
    codes: BTreeMap<String, (Value, String)>,
    /// The newest key, its name, and all that are published.
    private: EncodingKey,
    kid: String,
    published: Vec<Jwk>,
    /// What it says of a person, beside who it is.
    pub(crate) about: Value,
    /// It answers nothing but this status.
    pub(crate) broken: Option<StatusCode>,
    /// How often keys were asked for.
    pub(crate) asked_for_keys: usize,
}

type Shared = Arc<Mutex<Says>>;

/// A provider. It ends with the test.
pub(crate) struct Fake {
    pub(crate) says: Shared,
    issuer: String,
    _runtime: tokio::runtime::Runtime,
}

impl Fake {
    /// One that listens on this machine.
    pub(crate) fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let (private, public) = key("k1");
        let says = Arc::new(Mutex::new(Says {
            issuer: issuer.clone(),
            codes: BTreeMap::new(),
            private,
            kid: "k1".into(),
            published: vec![public],
            about: json!({ "given_name": "Claire", "family_name": "Martin" }),
            broken: None,
            asked_for_keys: 0,
        }));
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .route("/userinfo", get(about))
            .with_state(Arc::clone(&says));
        runtime.spawn(axum::serve(listener, app).into_future());
        Self {
            says,
            issuer,
            _runtime: runtime,
        }
    }

    /// How we are known there.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            issuer: self.issuer.clone(),
            client: CLIENT.into(),
            secret: SECRET.into(),
        }
    }

    /// The same, to be asked.
    pub(crate) fn provider(&self) -> Provider {
        Provider::new(self.settings()).unwrap()
    }

    /// What a right token says of a person now.
    pub(crate) fn claims(&self, subject: &str, nonce: &str, now: UtcMs) -> Value {
        let now_s = now.0 / 1000;
        json!({
            "iss": self.issuer, "aud": CLIENT, "sub": subject, "nonce": nonce, "acr": "eidas1",
            "iat": now_s, "exp": now_s + 60,
        })
    }

    /// A code that opens these claims once, for whoever knows what the challenge was made of.
    pub(crate) fn code(&self, claims: Value, challenge: &str) -> String {
        let mut says = self.says.lock().unwrap();
        let code = format!("code{}", says.codes.len());
        says.codes.insert(code.clone(), (claims, challenge.to_owned()));
        code
    }

    /// Signs with another key from now on.
    pub(crate) fn change_key(&self) {
        let mut says = self.says.lock().unwrap();
        let (private, public) = key("k2");
        (says.private, says.kid) = (private, "k2".into());
        says.published.push(public);
    }
}

fn refused(says: &Says) -> Option<Response> {
    says.broken.map(IntoResponse::into_response)
}

async fn discovery(State(says): State<Shared>) -> Response {
    let says = says.lock().unwrap();
    let at = |path: &str| format!("{}{path}", says.issuer);
    let all = json!({
        "issuer": says.issuer, "authorization_endpoint": at("/authorize"), "token_endpoint": at("/token"),
        "userinfo_endpoint": at("/userinfo"), "jwks_uri": at("/jwks"), "end_session_endpoint": at("/end"),
        "code_challenge_methods_supported": ["S256"],
    });
    refused(&says).unwrap_or_else(|| Json(all).into_response())
}

async fn keys(State(says): State<Shared>) -> Response {
    let mut says = says.lock().unwrap();
    says.asked_for_keys += 1;
    refused(&says).unwrap_or_else(|| Json(json!({ "keys": says.published })).into_response())
}

async fn token(State(says): State<Shared>, Form(form): Form<BTreeMap<String, String>>) -> Response {
    let mut says = says.lock().unwrap();
    if let Some(refused) = refused(&says) {
        return refused;
    }
    let field = |name: &str| form.get(name).map_or("", String::as_str);
    if (field("client_id"), field("client_secret")) != (CLIENT, SECRET) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let opened = says.codes.get(field("code")).cloned();
    let verifier = data_encoding::BASE64URL_NOPAD.encode(&sha256(&[field("code_verifier").as_bytes()]).0);
    let Some((claims, _)) = opened.filter(|(_, challenge)| *challenge == verifier) else {
        let why = Json(json!({ "error": "invalid_grant" }));
        return (StatusCode::BAD_REQUEST, why).into_response();
    };
    says.codes
        .insert(field("code").to_owned(), (Value::Null, "used".into()));
    let id_token = signed(&says.private, Some(&says.kid), &claims);
    let subject = claims["sub"].as_str().unwrap_or_default();
    let tokens = json!({ "access_token": subject, "token_type": "Bearer", "id_token": id_token });
    Json(tokens).into_response()
}

async fn about(State(says): State<Shared>, headers: axum::http::HeaderMap) -> Response {
    let says = says.lock().unwrap();
    if let Some(refused) = refused(&says) {
        return refused;
    }
    let bearer = headers[header::AUTHORIZATION].to_str().unwrap_or_default();
    let mut claims = json!({
        "iss": says.issuer, "aud": CLIENT, "sub": bearer.trim_start_matches("Bearer "),
    });
    for (name, value) in says.about.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let text = signed(&says.private, Some(&says.kid), &claims);
    ([(header::CONTENT_TYPE, "application/jwt")], text).into_response()
}
