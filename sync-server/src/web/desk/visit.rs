//! Someone who is logged in at the desk, and what a request says before that is judged.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use server_ui::desk::form::{Address, Done};
use server_ui::desk::service::{ClosedPage, Unopened, closed_page};
use server_ui::desk::{Banner, Bar, KeptForm, Notice, Place};
use shared::operation::{Actor, Body, Channel, Outcome, Refusal};
use uuid::Uuid;

use super::reach::Reach;
use super::recovery::{self, Unusual};
use super::reply::{DeskError, page, see_other};
use super::rights::{Right, may};
use super::session::{self, Secret, Session};
use super::{discrepancies, open, return_path, service};
use crate::commune::Commune;
use crate::record::Part;
pub(super) use crate::web::visit::Visit;
use crate::web::{App, guard};

impl Visit {
    /// The first word of the path under `/{slug}/gestion`.
    fn section(&self) -> &str {
        let path = self.address.split('?').next().unwrap_or_default();
        path.split('/').nth(3).unwrap_or_default()
    }

    /// The cookie of a session.
    pub(super) fn secret(&self) -> Option<Secret> {
        self.cookie(&self.cookie_name("preau"))
    }

    /// Gives the browser a session.
    pub(super) fn keep(&self, secret: &Secret) -> HeaderValue {
        self.set_cookie("preau", &data_encoding::BASE64URL_NOPAD.encode(secret), "")
    }

    /// Takes it back.
    pub(super) fn forget(&self) -> HeaderValue {
        self.set_cookie("preau", "", "; Max-Age=0")
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
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
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

    /// The same, for a family through this channel.
    pub(super) async fn submit_through(
        &self,
        channel: Channel,
        seen: Option<i64>,
        body: Body,
    ) -> Result<Result<Outcome, Refusal>, DeskError> {
        self.submit_by(channel, vec![(seen, body)]).await
    }

    /// Puts several through under one commit: all or none. Answers the outcome of the first.
    pub(super) async fn submit_all(
        &self,
        bodies: Vec<(Option<i64>, Body)>,
    ) -> Result<Result<Outcome, Refusal>, DeskError> {
        self.submit_by(Channel::Desk, bodies).await
    }

    async fn submit_by(
        &self,
        channel: Channel,
        bodies: Vec<(Option<i64>, Body)>,
    ) -> Result<Result<Outcome, Refusal>, DeskError> {
        let actor = Actor::Agent(self.session.agent);
        let submitted = self.visit.app.with(&self.visit.slug, move |commune| {
            let mut operations = Vec::with_capacity(bodies.len());
            for (seen, body) in bodies {
                let mut operation = commune.operation(actor, channel, body);
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
        Place::Portal => Right::EditPortal,
        Place::Accounts => Right::ManageAccounts,
        Place::Requests => Right::AnswerRequests,
    }
}
