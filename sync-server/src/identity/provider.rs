//! Asking the provider: where it is, its keys, who comes back with a code.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jsonwebtoken::jwk::Jwk;
use reqwest::{Client, Response, StatusCode, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::codec::Hash32;
use shared::sign::sha256;
use shared::time::UtcMs;

use super::claims::{self, Expected, NotOurs};
use super::settings::{Settings, is_private};

/// How long the provider may take to answer: somebody waits before a page.
const PATIENCE: Duration = Duration::from_secs(10);
/// Largest answer that is read, in bytes.
const MAX_ANSWER: usize = 256 * 1024;
/// How long its addresses and keys are taken for known, in ms.
const KNOWN_MS: i64 = 60 * 60 * 1000;
/// A key that is not known is asked for again, but no more often than this, in ms.
const AGAIN_MS: i64 = 60 * 1000;
/// What is asked to be told: who it is, and a name to show before it is tied.
const SCOPE: &str = "openid given_name family_name";
/// The level that is asked for.
const LEVEL: &str = "eidas1";

/// Who came back.
#[derive(Clone, Debug)]
pub struct Identity {
    /// SHA-256 of issuer and subject: all that is kept.
    pub hash: Hash32,
    /// The name that the provider gives, to be shown once.
    pub name: String,
    /// What ends the session there.
    pub id_token: String,
}

/// Why nobody came back.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The provider does not answer, or not as it should: for the log.
    #[error("the identity provider: {0}")]
    Down(String),
    /// What came back is not believed.
    #[error("the identity provider's answer is not believed: {0}")]
    NotOurs(#[from] NotOurs),
}

/// What somebody takes along to the provider, and must bring back.
#[derive(Clone, Debug)]
pub struct Way<'a> {
    /// Where they come back to.
    pub redirect: &'a str,
    /// Names this way.
    pub state: &'a str,
    /// Stands in the token that comes back.
    pub nonce: &'a str,
    /// The secret of which the provider is shown the SHA-256 (PKCE, RFC 7636).
    pub verifier: &'a str,
}

#[derive(Clone, Debug, Deserialize)]
struct Endpoints {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: String,
    jwks_uri: String,
    end_session_endpoint: Option<String>,
    #[serde(default)]
    code_challenge_methods_supported: Vec<String>,
}

#[derive(Clone)]
struct Known {
    endpoints: Endpoints,
    keys: Vec<Jwk>,
    at: UtcMs,
}

#[derive(Deserialize)]
struct Tokens {
    access_token: String,
    id_token: String,
}

#[derive(Deserialize)]
struct Keys {
    keys: Vec<Value>,
}

/// The provider.
pub struct Provider {
    settings: Settings,
    http: Client,
    known: Mutex<Option<Known>>,
}

fn down(why: impl std::fmt::Display) -> Trouble {
    Trouble::Down(why.to_string())
}

/// What the line did to a request, with what lies under it: the outermost word alone says no more than that it failed.
fn cut(error: reqwest::Error) -> Trouble {
    let mut said = error.to_string();
    let mut under = std::error::Error::source(&error);
    while let Some(cause) = under {
        said.push_str(": ");
        said.push_str(&cause.to_string());
        under = cause.source();
    }
    Trouble::Down(said)
}

impl Provider {
    /// A provider that was not asked anything yet.
    ///
    /// # Errors
    /// [`Trouble::Down`] when nothing can be asked from this machine.
    pub fn new(settings: Settings) -> Result<Self, Trouble> {
        // A process has one; whoever came first set the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            // Log-ins are rare: a connection that waits for the next one is dead by then.
            .pool_max_idle_per_host(0)
            .build()
            .map_err(down)?;
        Ok(Self {
            settings,
            http,
            known: Mutex::new(None),
        })
    }

    /// Where somebody who wants to say who they are is sent.
    ///
    /// # Errors
    /// [`Trouble::Down`].
    pub async fn begin(&self, way: &Way<'_>, now: UtcMs) -> Result<String, Trouble> {
        let known = self.known(now).await?;
        let mut url = Url::parse(&known.endpoints.authorization_endpoint).map_err(down)?;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client)
            .append_pair("redirect_uri", way.redirect)
            .append_pair("scope", SCOPE)
            .append_pair("acr_values", LEVEL)
            .append_pair("state", way.state)
            .append_pair("nonce", way.nonce);
        if known.endpoints.takes_challenges() {
            let challenge = data_encoding::BASE64URL_NOPAD.encode(&sha256(&[way.verifier.as_bytes()]).0);
            url.query_pairs_mut()
                .append_pair("code_challenge", &challenge)
                .append_pair("code_challenge_method", "S256");
        }
        Ok(url.into())
    }

    /// Who came back with a code.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn finish(&self, code: &str, way: &Way<'_>, now: UtcMs) -> Result<Identity, Trouble> {
        let known = self.known(now).await?;
        let tokens = self.tokens(&known.endpoints, code, way).await?;
        let known = self.with_key(&tokens.id_token, known, now).await?;
        let expected = Expected {
            issuer: &known.endpoints.issuer.clone(),
            client: &self.settings.client,
            now,
        };
        let subject = claims::who(&tokens.id_token, &known.keys, &expected, way.nonce)?;
        let asked = self
            .http
            .get(&known.endpoints.userinfo_endpoint)
            .bearer_auth(&tokens.access_token);
        let answer = asked.send().await.map_err(cut)?;
        if !answer.status().is_success() {
            return Err(down(format!("userinfo: {}", answer.status())));
        }
        let about = text(answer).await?;
        let known = self.with_key(about.trim(), known, now).await?;
        let name = claims::name(about.trim(), &known.keys, &expected, &subject)?;
        let hash = sha256(&[
            b"preau identity",
            self.settings.issuer.as_bytes(),
            &[0],
            subject.as_bytes(),
        ]);
        Ok(Identity {
            hash,
            name,
            id_token: tokens.id_token,
        })
    }

    /// Where the session at the provider ends; `None` where it ends by itself.
    ///
    /// # Errors
    /// [`Trouble::Down`].
    pub async fn leave(
        &self,
        id_token: &str,
        redirect: &str,
        state: &str,
        now: UtcMs,
    ) -> Result<Option<String>, Trouble> {
        let known = self.known(now).await?;
        let Some(address) = &known.endpoints.end_session_endpoint else {
            return Ok(None);
        };
        let mut url = Url::parse(address).map_err(down)?;
        url.query_pairs_mut()
            .append_pair("id_token_hint", id_token)
            .append_pair("state", state)
            .append_pair("post_logout_redirect_uri", redirect);
        Ok(Some(url.into()))
    }

    async fn tokens(&self, endpoints: &Endpoints, code: &str, way: &Way<'_>) -> Result<Tokens, Trouble> {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", way.redirect),
            ("client_id", self.settings.client.as_str()),
            ("client_secret", self.settings.secret.as_str()),
        ];
        if endpoints.takes_challenges() {
            form.push(("code_verifier", way.verifier));
        }
        let body = encoded(&form);
        let asked = self
            .http
            .post(&endpoints.token_endpoint)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        let answer = asked.send().await.map_err(cut)?;
        let status = answer.status();
        if status == StatusCode::BAD_REQUEST {
            return Err(NotOurs::Code.into());
        }
        if !status.is_success() {
            return Err(down(format!("token: {status}")));
        }
        json(answer).await
    }

    /// What is known of the provider; asked again after an hour.
    async fn known(&self, now: UtcMs) -> Result<Known, Trouble> {
        let held = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match held {
            Some(known) if (0..KNOWN_MS).contains(&now.0.saturating_sub(known.at.0)) => Ok(known),
            _ => self.ask(now).await,
        }
    }

    /// The same, asked again where the key of a token is missing: providers change keys.
    async fn with_key(&self, token: &str, known: Known, now: UtcMs) -> Result<Known, Trouble> {
        let named = claims::key_id(token)?;
        let has = |known: &Known| known.keys.iter().any(|key| key.common.key_id == named);
        if named.is_none() || has(&known) || now.0.saturating_sub(known.at.0) < AGAIN_MS {
            return Ok(known);
        }
        self.ask(now).await
    }

    async fn ask(&self, now: UtcMs) -> Result<Known, Trouble> {
        let address = format!("{}/.well-known/openid-configuration", self.settings.issuer);
        let endpoints: Endpoints = json(self.get(&address).await?).await?;
        if endpoints.issuer.trim_end_matches('/') != self.settings.issuer {
            return Err(down("it says that it is another"));
        }
        let own = [
            &endpoints.authorization_endpoint,
            &endpoints.token_endpoint,
            &endpoints.userinfo_endpoint,
            &endpoints.jwks_uri,
        ];
        if !own.into_iter().all(|address| is_private(address)) {
            return Err(down("one of its addresses is not encrypted"));
        }
        let keys: Keys = json(self.get(&endpoints.jwks_uri).await?).await?;
        // Keys of kinds that we do not know are none of ours.
        let keys = keys
            .keys
            .into_iter()
            .filter_map(|key| serde_json::from_value(key).ok());
        let known = Known {
            endpoints,
            keys: keys.collect(),
            at: now,
        };
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known.clone());
        Ok(known)
    }

    async fn get(&self, address: &str) -> Result<Response, Trouble> {
        let answer = self.http.get(address).send().await.map_err(cut)?;
        if answer.status().is_success() {
            Ok(answer)
        } else {
            Err(down(format!("{address}: {}", answer.status())))
        }
    }
}

impl Endpoints {
    fn takes_challenges(&self) -> bool {
        self.code_challenge_methods_supported
            .iter()
            .any(|one| one == "S256")
    }
}

async fn text(mut answer: Response) -> Result<String, Trouble> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(cut)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_ANSWER {
            return Err(down("it answers at too great a length"));
        }
    }
    String::from_utf8(bytes).map_err(down)
}

async fn json<T: DeserializeOwned>(answer: Response) -> Result<T, Trouble> {
    serde_json::from_str(&text(answer).await?).map_err(down)
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    let mut url = Url::parse("http://localhost").ok();
    if let Some(url) = &mut url {
        url.query_pairs_mut().extend_pairs(pairs);
    }
    url.and_then(|url| url.query().map(str::to_owned))
        .unwrap_or_default()
}

#[cfg(test)]
#[path = "provider_tests.rs"]
mod tests;
