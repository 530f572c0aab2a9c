//! Texts of the town, ours where it wrote none; and what families accept of them.

use axum::extract::Form;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::FormState;
use server_ui::portal::pages::{Accept, Contact, TextPage, default_text, help_page, text_page};
use server_ui::portal::{Place, Said};
use shared::ids::{GuardianId, TextId};
use shared::operation::{Body, Refusal, TextKind};

use super::{day_of, kept, ruled, unopened};
use crate::commune::Commune;
use crate::record;
use crate::store::StoreError;
use crate::web::portal::family::Guest;
use crate::web::portal::permit::{Asker, Permit, may};
use crate::web::portal::reply::{self, PortalError};
use crate::web::portal::session::Stage;

type Sent = Result<Form<Vec<(String, String)>>, FormRejection>;

pub(super) async fn tariffs(guest: Guest) -> Result<Response, PortalError> {
    show(guest, TextKind::Tariffs).await
}

pub(super) async fn rules(guest: Guest) -> Result<Response, PortalError> {
    show(guest, TextKind::Rules).await
}

pub(super) async fn legal(guest: Guest) -> Result<Response, PortalError> {
    show(guest, TextKind::Legal).await
}

pub(super) async fn conditions(guest: Guest) -> Result<Response, PortalError> {
    show(guest, TextKind::Conditions).await
}

pub(super) async fn accessibility(guest: Guest) -> Result<Response, PortalError> {
    show(guest, TextKind::Accessibility).await
}

pub(super) async fn privacy(guest: Guest) -> Result<Response, PortalError> {
    show(guest, TextKind::Privacy).await
}

fn place_of(kind: TextKind) -> Option<Place> {
    match kind {
        TextKind::Tariffs => Some(Place::Tariffs),
        TextKind::Rules => Some(Place::Rules),
        _ => None,
    }
}

/// Where a text stands.
fn path_of(kind: TextKind) -> &'static str {
    if kind == TextKind::Conditions {
        "/conditions"
    } else {
        "/reglement"
    }
}

async fn show(guest: Guest, kind: TextKind) -> Result<Response, PortalError> {
    if let Some(page) = place_of(kind).and_then(|place| unopened(&guest, place)) {
        return Ok(page);
    }
    let html = draw(&guest, kind, None).await?;
    Ok(kept::page(&guest, html))
}

/// Who is in, and whether they may accept: an agent who looks on may not.
enum Reader {
    Nobody,
    Looks(GuardianId),
    Accepts(GuardianId, String),
}

impl Reader {
    fn of(guest: &Guest) -> Self {
        let session = guest
            .session
            .as_ref()
            .filter(|session| session.stage == Stage::In);
        let Some((session, guardian)) = session.and_then(|one| Some((one, one.guardian.as_ref()?.id))) else {
            return Self::Nobody;
        };
        let asker = Asker {
            stage: session.stage,
            as_agent: session.agent.is_some(),
        };
        if may(asker, Permit::ChangeAccount) {
            Self::Accepts(guardian, session.csrf.clone())
        } else {
            Self::Looks(guardian)
        }
    }
}

async fn draw(guest: &Guest, kind: TextKind, refused: Option<String>) -> Result<String, PortalError> {
    let reader = Reader::of(guest);
    let contact = Contact::of(&guest.ground.portal);
    let view = guest.visit.app.with(&guest.visit.slug, move |commune| {
        let mut view = of(commune, kind, &reader, contact)?;
        if matches!(kind, TextKind::Rules | TextKind::Tariffs) {
            let today = commune.today();
            view.ruled = commune.store.read(|tx| ruled::of(tx, kind, today))?;
        }
        view.refused = refused;
        Ok::<_, StoreError>(view)
    });
    Ok(text_page(&guest.frame(place_of(kind)), &view.await?))
}

fn of(commune: &Commune, kind: TextKind, reader: &Reader, contact: Contact) -> Result<TextPage, StoreError> {
    let now = commune.clock.now();
    commune.store.read(|tx| {
        let Some(one) = record::shown_text(tx, kind, now)? else {
            return Ok(TextPage {
                kind,
                title: None,
                text: default_text(kind, &commune.name, &contact),
                since: None,
                accept: None,
                refused: None,
                contact,
                ruled: Vec::new(),
            });
        };
        let (id, edition) = (one.text.id, one.text.edition);
        let accept = if kind.is_accepted() {
            let guardian = match reader {
                Reader::Nobody => None,
                Reader::Looks(guardian) | Reader::Accepts(guardian, _) => Some(*guardian),
            };
            let done = guardian
                .map(|guardian| record::text_accepted(tx, guardian, id, edition))
                .transpose()?;
            match (done.flatten(), reader) {
                (Some(at), _) => Some(Accept::Done(day_of(at, commune))),
                (None, Reader::Nobody) => Some(Accept::LogIn),
                (None, Reader::Looks(_)) => None,
                (None, Reader::Accepts(_, token)) => Some(Accept::Expected {
                    text: id.to_string(),
                    edition,
                    token: token.clone(),
                }),
            }
        } else {
            None
        };
        let from = one.text.from.unwrap_or(one.written_at);
        Ok(TextPage {
            kind,
            title: Some(one.text.title),
            text: one.text.text,
            since: Some((edition, day_of(from, commune))),
            accept,
            refused: None,
            contact,
            ruled: Vec::new(),
        })
    })
}

pub(super) async fn accept_rules(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    accept(guest, sent, TextKind::Rules).await
}

pub(super) async fn accept_conditions(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    accept(guest, sent, TextKind::Conditions).await
}

async fn accept(guest: Guest, sent: Sent, kind: TextKind) -> Result<Response, PortalError> {
    let family = guest.require(Permit::ChangeAccount)?;
    let Ok(Form(sent)) = sent else {
        return Err(family.said(Said::FormUnreadable));
    };
    let form = FormState::read(sent);
    family.check_form(form.token())?;
    let (Ok(text), Ok(edition)) = (
        form.value("texte").parse::<TextId>(),
        form.value("edition").parse(),
    ) else {
        return Err(family.said(Said::FormUnreadable));
    };
    let body = Body::AcceptText {
        guardian: family.id(),
        text,
        edition,
    };
    let words = match family.submit(None, body).await? {
        Ok(_) => return Ok(family.done(path_of(kind), "accepte")),
        // Taken off or written again meanwhile: what stands now is shown, with why.
        Err(Refusal::Invalid(words)) => words,
        Err(refusal) => refusal.to_string(),
    };
    let html = draw(&family, kind, Some(words)).await?;
    Ok(reply::page(StatusCode::UNPROCESSABLE_ENTITY, html))
}

/// `/{slug}/aide`: the town's words first, then ours for each page.
pub(super) async fn help(guest: Guest) -> Result<Response, PortalError> {
    let own = guest.visit.app.with(&guest.visit.slug, |commune| {
        let now = commune.clock.now();
        let found = commune
            .store
            .read(|tx| record::shown_text(tx, TextKind::Help, now))?;
        Ok::<_, StoreError>(found.map(|one| one.text.text))
    });
    let own = own.await?;
    let contact = Contact::of(&guest.ground.portal);
    let html = help_page(&guest.frame(Some(Place::Help)), own.as_deref(), &contact);
    Ok(kept::page(&guest, html))
}
