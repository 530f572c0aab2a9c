//! What a request for a page says before anybody judged it: the desk's and the portal's alike.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::IpAddr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use shared::sign::sha256;

use super::forwarded::{self, Caller};
use super::{App, guard};
use crate::clock::random;
use crate::machine::is_here;

/// What a cookie holds.
pub(in crate::web) type Secret = [u8; 32];

/// A request for a page of a commune.
pub(in crate::web) struct Visit {
    pub(in crate::web) app: App,
    pub(in crate::web) slug: String,
    pub(in crate::web) headers: HeaderMap,
    pub(in crate::web) client: Option<IpAddr>,
    pub(in crate::web) address: String,
    /// What stands in the path, by the names of its route.
    pub(in crate::web) names: BTreeMap<String, String>,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let names = Path::<BTreeMap<String, String>>::from_request_parts(parts, app).await;
        let names = names.map(|Path(names)| names).unwrap_or_default();
        let slug = names.get("slug").cloned().unwrap_or_default();
        let client = parts.extensions.get::<Caller>().and_then(|caller| caller.address);
        let address = parts
            .uri
            .path_and_query()
            .map(ToString::to_string)
            .unwrap_or_default();
        Ok(Self {
            app: app.clone(),
            slug,
            headers: parts.headers.clone(),
            client,
            address,
            names,
        })
    }
}

impl Visit {
    /// The header `name`, as text.
    pub(in crate::web) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The path asked for, with its query.
    pub(in crate::web) fn address(&self) -> &str {
        &self.address
    }

    /// The value of `name` in the query, as it stands there.
    pub(in crate::web) fn asked(&self, name: &str) -> Option<&str> {
        let (_, query) = self.address.split_once('?')?;
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// A script asks for a part of a page, or for what changed.
    pub(in crate::web) fn is_background(&self) -> bool {
        self.header("x-fragment").is_some()
            || self
                .header("accept")
                .is_some_and(|a| a.contains("text/event-stream"))
    }

    /// The request came encrypted.
    pub(in crate::web) fn is_https(&self) -> bool {
        forwarded::is_https(&self.headers)
    }

    /// How this server was called: scheme and host, for a link that is handed on.
    pub(in crate::web) fn origin(&self) -> String {
        forwarded::origin(&self.headers)
    }

    /// What is typed here can be read by nobody on the way: encrypted, or within this machine.
    pub(in crate::web) fn is_private(&self) -> bool {
        let host = self.header("host").unwrap_or_default();
        let name = host
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
        self.is_https() || is_here(name.map_or(host, |(name, _)| name))
    }

    /// Where the request began.
    pub(in crate::web) fn address_of_client(&self) -> Option<IpAddr> {
        self.client
    }

    /// Another site sent this.
    pub(in crate::web) fn is_from_elsewhere(&self) -> bool {
        guard::from_elsewhere(&self.headers)
    }

    pub(in crate::web) fn cookie(&self, name: &str) -> Option<Secret> {
        let all = self
            .headers
            .get_all("cookie")
            .iter()
            .filter_map(|value| value.to_str().ok());
        let text = all
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))?;
        data_encoding::BASE64URL_NOPAD
            .decode(text.as_bytes())
            .ok()?
            .try_into()
            .ok()
    }

    /// `__Host-` binds a cookie to this host and to encryption, but asks for the whole host as its
    /// path; so the commune stands in the name.
    pub(in crate::web) fn cookie_name(&self, what: &str) -> String {
        let prefix = if self.is_https() { "__Host-" } else { "" };
        format!("{prefix}{what}-{}", self.slug)
    }

    pub(in crate::web) fn set_cookie(&self, what: &str, value: &str, end: &str) -> HeaderValue {
        let name = self.cookie_name(what);
        let scope = if self.is_https() {
            "Path=/; Secure".to_owned()
        } else {
            format!("Path=/{}/", self.slug)
        };
        let text = format!("{name}={value}; {scope}; HttpOnly; SameSite=Lax{end}");
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
    }

    /// The token for forms of someone who is not logged in, and the cookie that it is checked by
    /// when the browser has none yet.
    pub(in crate::web) fn form_token(&self) -> (String, Option<HeaderValue>) {
        if let Some(secret) = self.cookie(&self.cookie_name("preau-form")) {
            return (token_of(&secret), None);
        }
        let secret: Secret = random();
        let cookie = self.set_cookie("preau-form", &data_encoding::BASE64URL_NOPAD.encode(&secret), "");
        (token_of(&secret), Some(cookie))
    }

    /// Whether a form of someone who is not logged in came from our own page.
    pub(in crate::web) fn form_is_ours(&self, given: &str) -> bool {
        let secret = self.cookie(&self.cookie_name("preau-form"));
        !self.is_from_elsewhere() && secret.is_some_and(|secret| guard::same_token(&token_of(&secret), given))
    }
}

fn token_of(secret: &Secret) -> String {
    sha256(&[b"desk form", secret]).hex()
}
