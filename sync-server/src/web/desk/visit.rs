//! What a request says before anybody judged it, and someone who is logged in.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use server_ui::desk::{Bar, Notice};
use shared::sign::sha256;

use super::reply::DeskError;
use super::rights::{Right, may};
use super::session::{self, Secret, Session};
use super::{guard, return_path};
use crate::clock::random;
use crate::commune::Commune;
use crate::web::App;

/// A request under `/{slug}/gestion`.
pub(super) struct Visit {
    pub(super) app: App,
    pub(super) slug: String,
    headers: HeaderMap,
    peer: Option<IpAddr>,
    address: String,
}

impl FromRequestParts<App> for Visit {
    type Rejection = DeskError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, DeskError> {
        let names = Path::<BTreeMap<String, String>>::from_request_parts(parts, app).await;
        let slug = names
            .ok()
            .and_then(|Path(mut names)| names.remove("slug"))
            .unwrap_or_default();
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|ConnectInfo(peer)| peer.ip());
        let address = parts
            .uri
            .path_and_query()
            .map(ToString::to_string)
            .unwrap_or_default();
        Ok(Self {
            app: app.clone(),
            slug,
            headers: parts.headers.clone(),
            peer,
            address,
        })
    }
}

impl Visit {
    /// The header `name`, as text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A script asks for a part of a page, or for what changed.
    pub(super) fn is_background(&self) -> bool {
        self.header("x-fragment").is_some()
            || self
                .header("accept")
                .is_some_and(|a| a.contains("text/event-stream"))
    }

    /// The request came encrypted.
    pub(super) fn is_https(&self) -> bool {
        self.header("x-forwarded-proto")
            .is_some_and(|proto| proto.eq_ignore_ascii_case("https"))
    }

    /// What is typed here can be read by nobody on the way: encrypted, or within this machine.
    pub(super) fn is_private(&self) -> bool {
        let host = self.header("host").unwrap_or_default();
        let name = host
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
        let name = name.map_or(host, |(name, _)| name).trim_matches(['[', ']']);
        let here = name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        self.is_https() || here
    }

    /// Where the request came from; behind a proxy on this machine, what the proxy says.
    pub(super) fn address_of_client(&self) -> Option<IpAddr> {
        let told = self
            .header("x-forwarded-for")
            .and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
        match self.peer {
            Some(peer) if !peer.is_loopback() => Some(peer),
            peer => told.or(peer),
        }
    }

    /// Another site sent this.
    pub(super) fn is_from_elsewhere(&self) -> bool {
        guard::from_elsewhere(&self.headers)
    }

    fn cookie(&self, name: &str) -> Option<Secret> {
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
    fn cookie_name(&self, what: &str) -> String {
        let prefix = if self.is_https() { "__Host-" } else { "" };
        format!("{prefix}{what}-{}", self.slug)
    }

    /// The cookie of a session.
    pub(super) fn secret(&self) -> Option<Secret> {
        self.cookie(&self.cookie_name("preau"))
    }

    fn set_cookie(&self, what: &str, value: &str, end: &str) -> HeaderValue {
        let name = self.cookie_name(what);
        let scope = if self.is_https() {
            "Path=/; Secure".to_owned()
        } else {
            format!("Path=/{}/", self.slug)
        };
        let text = format!("{name}={value}; {scope}; HttpOnly; SameSite=Lax{end}");
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
    }

    /// Gives the browser a session.
    pub(super) fn keep(&self, secret: &Secret) -> HeaderValue {
        self.set_cookie("preau", &data_encoding::BASE64URL_NOPAD.encode(secret), "")
    }

    /// Takes it back.
    pub(super) fn forget(&self) -> HeaderValue {
        self.set_cookie("preau", "", "; Max-Age=0")
    }

    /// The token for forms of someone who is not logged in, and the cookie that it is checked by
    /// when the browser has none yet.
    pub(super) fn form_token(&self) -> (String, Option<HeaderValue>) {
        if let Some(secret) = self.cookie(&self.cookie_name("preau-form")) {
            return (token_of(&secret), None);
        }
        let secret: Secret = random();
        let cookie = self.set_cookie("preau-form", &data_encoding::BASE64URL_NOPAD.encode(&secret), "");
        (token_of(&secret), Some(cookie))
    }

    /// Whether a form of someone who is not logged in came from our own page.
    pub(super) fn form_is_ours(&self, given: &str) -> bool {
        let secret = self.cookie(&self.cookie_name("preau-form"));
        !self.is_from_elsewhere() && secret.is_some_and(|secret| guard::same_token(&token_of(&secret), given))
    }

    /// The page that says why there is no other; of an unknown commune it says that first.
    pub(super) async fn refuse(self, what: Notice) -> DeskError {
        match self
            .app
            .with(&self.slug, |commune| {
                Ok::<_, crate::web::WebError>(commune.name.clone())
            })
            .await
        {
            Ok(commune) => DeskError::Said {
                what,
                commune,
                back: Some(format!("/{}/gestion", self.slug)),
            },
            Err(error) => error.into(),
        }
    }
}

fn token_of(secret: &Secret) -> String {
    sha256(&[b"desk form", secret]).hex()
}

/// Someone who is logged in.
pub(super) struct Desk {
    pub(super) visit: Visit,
    pub(super) commune: Arc<Commune>,
    pub(super) session: Session,
}

impl FromRequestParts<App> for Desk {
    type Rejection = DeskError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, DeskError> {
        let visit = Visit::from_request_parts(parts, app).await?;
        let (secret, quietly) = (visit.secret(), visit.is_background());
        let found = app.with(&visit.slug, move |commune| {
            let session = secret
                .map(|secret| session::find(commune, &secret, quietly))
                .transpose()?
                .flatten();
            Ok::<_, crate::store::StoreError>((Arc::clone(commune), session))
        });
        let (commune, session) = found.await?;
        match session {
            Some(session) => Ok(Self {
                visit,
                commune,
                session,
            }),
            None if quietly => Err(DeskError::Ended),
            None => {
                let back = return_path::own(&visit.slug, &visit.address);
                Err(DeskError::LogIn {
                    slug: visit.slug,
                    back,
                })
            }
        }
    }
}

impl Desk {
    /// Goes on only with a right.
    pub(super) fn require(&self, right: Right) -> Result<(), DeskError> {
        if may(self.session.role, right) {
            Ok(())
        } else {
            Err(self.said(Notice::Forbidden))
        }
    }

    /// A page that says why there is no other.
    pub(super) fn said(&self, what: Notice) -> DeskError {
        let back = Some(format!("/{}/gestion", self.commune.slug));
        DeskError::Said {
            what,
            commune: self.commune.name.clone(),
            back,
        }
    }

    /// Goes on only when a form came from a page of this session.
    pub(super) fn check_form(&self, token: &str) -> Result<(), DeskError> {
        if !self.visit.is_from_elsewhere() && guard::same_token(&self.session.csrf, token) {
            Ok(())
        } else {
            Err(self.said(Notice::FormRefused))
        }
    }

    /// The bar above its pages.
    pub(super) fn bar(&self) -> Bar {
        Bar {
            slug: self.commune.slug.to_string(),
            commune: self.commune.name.clone(),
            agent: self.session.name.clone(),
            token: self.session.csrf.clone(),
            sees_quarantine: may(self.session.role, Right::SeeQuarantine),
        }
    }
}
