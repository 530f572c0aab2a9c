//! What a request says before anybody judged it, and someone who is logged in.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use server_ui::desk::form::{Address, Done};
use server_ui::desk::service::{ClosedPage, Unopened, closed_page};
use server_ui::desk::{Banner, Bar, KeptForm, Notice, Place};
use shared::operation::{Actor, Body, Channel, Outcome, Refusal};
use shared::sign::sha256;
use uuid::Uuid;

use super::reach::Reach;
use super::recovery::{self, Unusual};
use super::reply::{DeskError, page, see_other};
use super::rights::{Right, may};
use super::session::{self, Secret, Session};
use super::{discrepancies, guard, open, return_path, service};
use crate::clock::random;
use crate::commune::Commune;
use crate::record::Part;
use crate::web::App;
use crate::web::forwarded::{self, Caller};

/// A request under `/{slug}/gestion`.
pub(super) struct Visit {
    pub(super) app: App,
    pub(super) slug: String,
    headers: HeaderMap,
    client: Option<IpAddr>,
    address: String,
    /// What stands in the path, by the names of its route.
    names: BTreeMap<String, String>,
}

impl FromRequestParts<App> for Visit {
    type Rejection = DeskError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, DeskError> {
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
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The path asked for, with its query.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// The value of `name` in the query, as it stands there.
    fn asked(&self, name: &str) -> Option<&str> {
        let (_, query) = self.address.split_once('?')?;
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// The first word of the path under `/{slug}/gestion`.
    fn section(&self) -> &str {
        let path = self.address.split('?').next().unwrap_or_default();
        path.split('/').nth(3).unwrap_or_default()
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
        forwarded::is_https(&self.headers)
    }

    /// How this server was called: scheme and host, for a link that is handed on.
    pub(super) fn origin(&self) -> String {
        forwarded::origin(&self.headers)
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

    /// Where the request began.
    pub(super) fn address_of_client(&self) -> Option<IpAddr> {
        self.client
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
    /// What was kept aside and waits for a person; none where the agent may not see it.
    waiting: u64,
    /// Discrepancies of the last weeks that are open; none where the agent may not see them.
    open: u64,
    /// What is not as usual.
    unusual: Unusual,
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
            let may_see = session
                .as_ref()
                .is_some_and(|s| may(s.role, Right::SeeQuarantine));
            let waiting = if may_see {
                let count = include_str!("sql/quarantine_count.sql");
                let row = commune.store.read(|tx| tx.first(count, &[]))?;
                row.map_or(Ok(0), |row| row.count(0))?
            } else {
                0
            };
            let open = match &session {
                Some(session) if may(session.role, Right::SeeDiscrepancies) => {
                    discrepancies::count_open(commune, &session.reach)?
                }
                _ => 0,
            };
            let unusual = recovery::unusual(commune)?;
            Ok::<_, crate::store::StoreError>((Arc::clone(commune), session, waiting, open, unusual))
        });
        let (commune, session, waiting, open, unusual) = found.await?;
        match session {
            Some(session) => Ok(Self {
                visit,
                commune,
                session,
                waiting,
                open,
                unusual,
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
    /// Goes on only with a right, and while the part of the service that it uses is open.
    pub(super) fn require(&self, right: Right) -> Result<(), DeskError> {
        if !may(self.session.role, right) {
            return Err(self.said(Notice::Forbidden));
        }
        match self.obstacle(right) {
            Some(part) => Err(self.closed(StatusCode::FORBIDDEN, part, None)),
            None => Ok(()),
        }
    }

    /// Whether a right can be used now: the role has it, and what it uses is open.
    pub(super) fn may(&self, right: Right) -> bool {
        may(self.session.role, right) && self.obstacle(right).is_none()
    }

    /// The part of the service that keeps whoever is logged in from using a right now.
    pub(super) fn obstacle(&self, right: Right) -> Option<&Part> {
        open::obstacle(self.session.role, right, &self.unusual.unopened)
    }

    /// The page that says what is not open, with a form that is handed back.
    pub(super) fn closed(&self, status: StatusCode, part: &Part, kept: Option<KeptForm>) -> DeskError {
        let mut bar = self.bar();
        // The page itself says it, and more.
        bar.banner
            .unopened
            .retain(|one| one.capability != part.capability);
        let view = ClosedPage {
            bar,
            part: unopened(part),
            service: self.at(service::PATH),
            kept,
        };
        DeskError::Drawn(Box::new(page(status, closed_page(&view))))
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

    /// How far the agent reaches: a director's own sites, everything for the others.
    pub(super) fn reach(&self) -> &Reach {
        &self.session.reach
    }

    /// An id in the path, such as `{id}`; another text leads to no page.
    pub(super) fn uuid(&self, name: &str) -> Result<Uuid, DeskError> {
        let text = self.visit.names.get(name).map(String::as_str).unwrap_or_default();
        text.parse().map_err(|_| self.said(Notice::PageUnknown))
    }

    /// A word in the path, such as `{hash}`.
    pub(super) fn word(&self, name: &str) -> &str {
        self.visit.names.get(name).map(String::as_str).unwrap_or_default()
    }

    /// A page of this commune's desk: `path` begins with a slash.
    pub(super) fn at(&self, path: &str) -> String {
        format!("/{}/gestion{path}", self.commune.slug)
    }

    /// Puts an operation of this agent through the corridor; `seen` is the version the form showed.
    /// A refusal is an answer: nothing changed, and the page says why.
    pub(super) async fn submit(
        &self,
        seen: Option<i64>,
        body: Body,
    ) -> Result<Result<Outcome, Refusal>, DeskError> {
        self.submit_all(vec![(seen, body)]).await
    }

    /// Puts several through under one commit: all or none. Answers the outcome of the first.
    pub(super) async fn submit_all(
        &self,
        bodies: Vec<(Option<i64>, Body)>,
    ) -> Result<Result<Outcome, Refusal>, DeskError> {
        let actor = Actor::Agent(self.session.agent);
        let submitted = self.visit.app.with(&self.visit.slug, move |commune| {
            let mut operations = Vec::with_capacity(bodies.len());
            for (seen, body) in bodies {
                let mut operation = commune.operation(actor, Channel::Desk, body);
                operation.seen = seen;
                operations.push(operation);
            }
            if operations.len() == 1 {
                commune
                    .submit(operations.remove(0))
                    .map(|applied| applied.outcome)
            } else {
                commune.submit_all(operations).map(|()| Outcome::Done)
            }
        });
        match submitted.await {
            Ok(outcome) => Ok(Ok(outcome)),
            Err(crate::web::WebError::Refused(refusal)) => Ok(Err(refusal)),
            Err(error) => Err(error.into()),
        }
    }

    /// After a form that was taken: the browser asks for `address`, a page of this desk, which says
    /// so.
    pub(super) fn done(&self, address: &str, done: Done) -> Response {
        let home = self.at("");
        let address = if address.starts_with(&home) {
            address
        } else {
            &home
        };
        let (page, part) = address
            .split_once('#')
            .map_or((address, String::new()), |(page, part)| {
                (page, format!("#{part}"))
            });
        let joint = if page.contains('?') { '&' } else { '?' };
        see_other(&format!("{page}{joint}fait={}{part}", done.word()))
    }

    /// The address of this page with what it asks for under the names of `known`: filters, order
    /// and page.
    pub(super) fn asked(&self, known: &[&str]) -> Address {
        let (path, query) = self
            .visit
            .address
            .split_once('?')
            .unwrap_or((&self.visit.address, ""));
        let pairs: Vec<(String, String)> =
            axum::extract::Query::try_from_uri(&format!("/?{query}").parse().unwrap_or_default())
                .map(|axum::extract::Query(pairs)| pairs)
                .unwrap_or_default();
        pairs
            .into_iter()
            .filter(|(name, _)| known.contains(&name.as_str()))
            .fold(Address::new(path), |address, (name, value)| {
                address.with(&name, value)
            })
    }

    /// The bar above its pages.
    pub(super) fn bar(&self) -> Bar {
        let role = self.session.role;
        Bar {
            slug: self.commune.slug.to_string(),
            commune: self.commune.name.clone(),
            agent: self.session.name.clone(),
            token: self.session.csrf.clone(),
            places: Place::ALL
                .into_iter()
                .filter(|place| may(role, opens(*place)))
                .collect(),
            here: Place::of_page(self.visit.section()),
            waiting: self.waiting,
            open: self.open,
            to_settle: self.unusual.to_settle,
            done: self.visit.asked("fait").and_then(Done::parse),
            banner: Banner {
                recovering: self.unusual.recovering,
                offsite: self
                    .unusual
                    .offsite
                    .clone()
                    .filter(|_| may(role, Right::ManageDevices)),
                // The page of all parts says it itself.
                unopened: match self.visit.section() {
                    "service" => Vec::new(),
                    _ => self.unusual.unopened.iter().map(unopened).collect(),
                },
                service_page: self.at(service::PATH),
                recovery_page: may(role, Right::SeeRecovery).then(|| self.at(recovery::PATH)),
                may_open: may(role, Right::Recover),
            },
        }
    }
}

fn unopened(part: &Part) -> Unopened {
    Unopened {
        capability: part.capability,
        state: part.state,
        message: part.message.clone(),
    }
}

/// The right that opens a part of the desk.
fn opens(place: Place) -> Right {
    match place {
        Place::Today | Place::Lists => Right::SeeBoard,
        Place::Children => Right::SeeFamilies,
        Place::Bookings => Right::SeeBookings,
        Place::Calendar | Place::Settings => Right::SeeStructure,
        Place::Tablets => Right::ManageDevices,
        Place::Discrepancies => Right::SeeDiscrepancies,
        Place::Quarantine => Right::SeeQuarantine,
        Place::Merge => Right::Recover,
    }
}
