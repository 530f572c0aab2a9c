//! Somebody of a family who is in, or nearly.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use server_ui::portal::{Frame, Person, Place, Said};
use shared::ids::GuardianId;
use shared::operation::{Actor, Body, Channel, Outcome, PortalRecord, Refusal};
use uuid::Uuid;

use super::permit::{Asker, Permit, may, obstacle};
use super::reply::{PortalError, see_other};
use super::session::{self, Guardian, Session, Stage};
use crate::commune::Commune;
use crate::record::{self, Part};
use crate::store::{Row, StoreError};
use crate::web::visit::{Secret, Visit};
use crate::web::{App, WebError, guard};

impl Visit {
    /// The cookie of a family's session.
    pub(super) fn family_secret(&self) -> Option<Secret> {
        self.cookie(&self.cookie_name("famille"))
    }

    /// Gives the browser a family's session.
    pub(in crate::web) fn keep_family(&self, secret: &Secret) -> HeaderValue {
        self.set_cookie("famille", &data_encoding::BASE64URL_NOPAD.encode(secret), "")
    }

    /// Takes it back.
    pub(super) fn forget_family(&self) -> HeaderValue {
        self.set_cookie("famille", "", "; Max-Age=0")
    }

    /// The page that says why there is no other; of an unknown commune it says that first.
    pub(super) async fn say(&self, what: Said) -> PortalError {
        let found = self.app.with(&self.slug, |commune| {
            Ok::<_, WebError>((commune.slug.to_string(), commune.name.clone()))
        });
        match found.await {
            Ok(commune) => PortalError::Said {
                what,
                commune: Some(commune),
            },
            Err(error) => error.into(),
        }
    }
}

/// What every page of the portal is drawn with, whoever looks.
pub(super) struct Ground {
    /// How the portal is set up.
    pub(super) portal: PortalRecord,
    /// Changes with the logo; `None` where there is none.
    pub(super) logo: Option<(i64, String)>,
    /// Parts of the service that are not open.
    pub(super) unopened: Vec<Part>,
}

impl Ground {
    /// As it stands in rows: the portal and its logo from a column on, then a part of the service in each row.
    fn of_rows(rows: &[Row], column: usize) -> Result<Self, StoreError> {
        let (portal, logo) = match rows.first() {
            Some(row) => record::portal_in(row, column)?,
            None => Default::default(),
        };
        Ok(Self::new(portal, logo, record::parts_in(rows, column + 3)?))
    }

    fn new(portal: PortalRecord, logo: Option<(i64, String)>, parts: Vec<Part>) -> Self {
        Self {
            portal,
            logo,
            unopened: parts
                .into_iter()
                .filter(|part| part.state != shared::operation::Openness::Open)
                .collect(),
        }
    }
}

/// Reads it.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn ground(commune: &Commune) -> Result<Ground, StoreError> {
    commune.store.read(|tx| {
        let parts = record::parts(tx)?;
        let (portal, logo) = record::portal_with_logo(tx)?;
        Ok(Ground::new(portal, logo, parts))
    })
}

/// Whoever looks at a page that may be seen without logging in.
pub(super) struct Guest {
    pub(super) visit: Visit,
    pub(super) commune: Arc<Commune>,
    pub(super) ground: Ground,
    /// Who, where somebody is in or nearly.
    pub(super) session: Option<Session>,
}

impl FromRequestParts<App> for Guest {
    type Rejection = PortalError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PortalError> {
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
        let secret = visit.family_secret();
        let found = app.look(&visit.slug, move |commune| {
            let found = secret.map(|secret| session::find(commune, &secret)).transpose()?;
            let found = found.unwrap_or_default();
            let ground = if found.rows.is_empty() {
                ground(commune)?
            } else {
                Ground::of_rows(&found.rows, session::GROUND_COLUMN)?
            };
            Ok::<_, StoreError>((Arc::clone(commune), ground, found.session, found.due))
        });
        let (commune, ground, session, due) = found.await?;
        if let Some(due) = due {
            app.with(&visit.slug, move |commune| due.write(commune)).await?;
        }
        Ok(Self {
            visit,
            commune,
            ground,
            session,
        })
    }
}

impl Guest {
    /// A page of this commune's portal: `path` begins with a slash, or is empty.
    pub(super) fn at(&self, path: &str) -> String {
        format!("/{}{path}", self.commune.slug)
    }

    /// What stands around a page.
    pub(super) fn frame(&self, here: Option<Place>) -> Frame {
        let person = self
            .session
            .as_ref()
            .filter(|session| session.stage == Stage::In)
            .and_then(|session| {
                let guardian = session.guardian.as_ref()?;
                Some(Person {
                    name: format!("{} {}", guardian.first_name, guardian.last_name),
                    token: session.csrf.clone(),
                    seen_by_agent: session.agent.is_some(),
                })
            });
        Frame {
            slug: self.commune.slug.to_string(),
            commune: self.commune.name.clone(),
            logo: self.ground.logo.clone(),
            colours: self.ground.portal.accent.clone(),
            unopened_tabs: self.ground.portal.unopened.iter().map(|one| one.tab).collect(),
            codes: self.ground.portal.codes,
            here,
            person,
            closed: self
                .ground
                .unopened
                .iter()
                .map(|part| (part.capability, part.state, part.message.clone()))
                .collect(),
            done: self.visit.asked("fait").map(str::to_owned),
            at_door: false,
        }
    }

    /// The session of somebody who has a permit; all others have something else to do first.
    pub(super) fn admit(&self, permit: Permit) -> Result<&Session, PortalError> {
        let Some(session) = &self.session else {
            return Err(self.log_in_first());
        };
        let asker = Asker {
            stage: session.stage,
            as_agent: session.agent.is_some(),
        };
        if may(asker, permit) {
            return Ok(session);
        }
        Err(match session.stage {
            Stage::Codes => PortalError::First(self.at("/codes/qui")),
            Stage::Factor => PortalError::First(self.at("/verification")),
            Stage::In if asker.as_agent => self.said(Said::OnlyLooking),
            Stage::In => PortalError::First(self.at("/")),
        })
    }

    fn log_in_first(&self) -> PortalError {
        PortalError::LogIn {
            slug: self.visit.slug.clone(),
            back: super::return_path::own(&self.visit.slug, self.visit.address()),
        }
    }

    /// Goes on as somebody who has a permit.
    pub(super) fn require(self, permit: Permit) -> Result<Family, PortalError> {
        let guardian = self.admit(permit)?.guardian.clone();
        if let Some(part) = obstacle(permit, &self.ground.unopened) {
            let view =
                server_ui::portal::closed(&self.frame(None), part.capability, part.state, &part.message);
            let drawn = super::reply::page(StatusCode::FORBIDDEN, view);
            return Err(PortalError::Drawn(Box::new(drawn)));
        }
        match guardian {
            Some(guardian) => Ok(Family {
                guest: self,
                guardian,
            }),
            None => Err(self.log_in_first()),
        }
    }

    /// Goes on as a guardian who has a permit, whatever part of the service is closed: the page says so itself, beside
    /// what is kept.
    pub(super) fn enter(self, permit: Permit) -> Result<Family, PortalError> {
        match self.admit(permit)?.guardian.clone() {
            Some(guardian) => Ok(Family {
                guest: self,
                guardian,
            }),
            None => Err(self.log_in_first()),
        }
    }

    /// A page that says why there is no other.
    pub(super) fn said(&self, what: Said) -> PortalError {
        PortalError::Said {
            what,
            commune: Some((self.commune.slug.to_string(), self.commune.name.clone())),
        }
    }

    /// An id in the path, such as `{id}`; another text leads to no page.
    pub(super) fn uuid(&self, name: &str) -> Result<Uuid, PortalError> {
        let text = self.visit.names.get(name).map(String::as_str).unwrap_or_default();
        text.parse().map_err(|_| self.said(Said::PageUnknown))
    }

    /// Goes on only when a form came from a page of this session, or, where nobody is in, from our own page.
    pub(super) fn check_form(&self, token: &str) -> Result<(), PortalError> {
        let ours = match &self.session {
            Some(session) => !self.visit.is_from_elsewhere() && guard::same_token(&session.csrf, token),
            None => self.visit.form_is_ours(token),
        };
        if ours {
            Ok(())
        } else {
            Err(self.said(Said::FormRefused))
        }
    }
}

/// A guardian who has the permit that the page asked for.
pub(super) struct Family {
    guest: Guest,
    pub(super) guardian: Guardian,
}

impl std::ops::Deref for Family {
    type Target = Guest;

    fn deref(&self) -> &Guest {
        &self.guest
    }
}

impl Family {
    /// The same, whatever their permit.
    pub(super) fn into_guest(self) -> Guest {
        self.guest
    }

    /// Who.
    pub(super) fn id(&self) -> GuardianId {
        self.guardian.id
    }

    /// Goes into every form of this session.
    pub(super) fn token(&self) -> String {
        self.session
            .as_ref()
            .map(|session| session.csrf.clone())
            .unwrap_or_default()
    }

    /// An agent looks through this guardian's eyes.
    pub(super) fn is_agent(&self) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| session.agent.is_some())
    }

    /// Puts an operation of this guardian through the corridor; `seen` is the version the form showed. A refusal is
    /// an answer: nothing changed, and the page says why.
    pub(super) async fn submit(
        &self,
        seen: Option<i64>,
        body: Body,
    ) -> Result<Result<Outcome, Refusal>, PortalError> {
        let actor = Actor::Guardian(self.id());
        let submitted = self.visit.app.with(&self.visit.slug, move |commune| {
            let mut operation = commune.operation(actor, Channel::Portal, body);
            operation.seen = seen;
            commune.submit(operation).map(|applied| applied.outcome)
        });
        match submitted.await {
            Ok(outcome) => Ok(Ok(outcome)),
            Err(WebError::Refused(refusal)) => Ok(Err(refusal)),
            Err(error) => Err(error.into()),
        }
    }

    /// After a form that was taken: the browser asks for a page of this portal, which says `done`.
    pub(super) fn done(&self, path: &str, done: &str) -> Response {
        let joint = if path.contains('?') { '&' } else { '?' };
        see_other(&self.at(&format!("{path}{joint}fait={done}")))
    }
}
