//! Getting in: login and password, links, codes on paper, a second factor; and the sessions that are open.
//!
//! Whoever is not in sends forms with the token of [`Visit::form_token`], whatever cookie of a family there is: the
//! form may have been opened before, or in another window. What is said to somebody who is not known never depends on
//! whether an account exists, and takes as long.

mod activation;
mod address;
mod codes;
mod confirm;
mod enter;
mod factor;
mod forgotten;
mod guessing;
mod links;
mod log_in;
mod password;
mod passwords;
mod recovery;
mod sessions;
mod set_up;
mod totp;

use axum::Form;
use axum::Router;
use axum::extract::rejection::FormRejection;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use server_ui::desk::form::FormState;
use server_ui::portal::door::{InClear, in_clear};
use server_ui::portal::{Frame, Said};
use shared::time::UtcMs;
use shared::words::hour;

pub(super) use confirm::{Known, knows_password};
pub(super) use enter::{Arrival, Entered, enter};

use super::family::Guest;
use super::reply::{PortalError, page};
use crate::web::App;

/// What a form sent, before anybody judged it.
pub(super) type Sent = Result<Form<Vec<(String, String)>>, FormRejection>;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/connexion", get(log_in::show).post(log_in::submit))
        .route("/{slug}/deconnexion", post(log_in::leave))
        .route(
            "/{slug}/activer/{token}",
            get(activation::show).post(activation::submit),
        )
        .route(
            "/{slug}/mot-de-passe",
            get(forgotten::show).post(forgotten::submit),
        )
        .route(
            "/{slug}/mot-de-passe/{token}",
            get(forgotten::show_reset).post(forgotten::reset),
        )
        .route(
            "/{slug}/adresse/{token}",
            get(address::show).post(address::submit),
        )
        .route("/{slug}/codes", get(codes::show).post(codes::submit))
        .route("/{slug}/codes/qui", get(codes::show_who).post(codes::submit_who))
        .route("/{slug}/verification", get(factor::show).post(factor::submit))
        .route(
            "/{slug}/compte/mot-de-passe",
            get(password::show).post(password::submit),
        )
        .route(
            "/{slug}/compte/double-authentification",
            get(set_up::show).post(set_up::submit),
        )
        .route("/{slug}/compte/sessions", get(sessions::show).post(sessions::end))
}

impl Guest {
    /// The form of somebody who is not in, if it came from our own page.
    pub(super) fn door_form(&self, sent: Sent) -> Result<FormState, PortalError> {
        let form = self.read_form(sent)?;
        if self.visit.form_is_ours(form.token()) {
            Ok(form)
        } else {
            Err(self.said(Said::FormRefused))
        }
    }

    /// The form of somebody who is in, if it came from a page of this session.
    pub(super) fn own_form(&self, sent: Sent) -> Result<FormState, PortalError> {
        let form = self.read_form(sent)?;
        self.check_form(form.token())?;
        Ok(form)
    }

    fn read_form(&self, sent: Sent) -> Result<FormState, PortalError> {
        let Form(sent) = sent.map_err(|_| self.said(Said::FormUnreadable))?;
        Ok(FormState::read(sent))
    }

    /// Goes on only where nobody on the way can read what is typed.
    fn require_private(&self) -> Result<(), PortalError> {
        if self.visit.is_private() {
            return Ok(());
        }
        let view = InClear {
            frame: self.door_frame(),
        };
        let drawn = page(StatusCode::FORBIDDEN, in_clear(&view));
        Err(PortalError::Drawn(Box::new(drawn)))
    }

    /// A page whose form is that of somebody who is not in; `view` draws it with the form's token.
    fn doorstep(&self, status: StatusCode, view: impl FnOnce(Frame, String) -> String) -> Response {
        let (token, cookie) = self.visit.form_token();
        let mut response = page(status, view(self.door_frame(), token));
        if let Some(cookie) = cookie {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }

    /// What stands around a page by which people get in.
    fn door_frame(&self) -> Frame {
        Frame {
            at_door: true,
            ..self.frame(None)
        }
    }

    /// From when on there can be a next attempt, in words. Rounded up: at the hour said, the lock is open.
    fn opens_again(&self, until: UtcMs) -> String {
        hour(until.plus_ms(59_999).time_in(self.commune.zone))
    }
}

/// Says when to come back, to whoever asks by itself.
fn retry_after(guest: &Guest, until: UtcMs, mut response: Response) -> Response {
    let seconds = (until.0 - guest.commune.clock.now().0).max(0) / 1000 + 1;
    response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    response
}

/// With the cookie of a session that begins.
fn keeping(guest: &Guest, secret: &crate::web::visit::Secret, response: Response) -> Response {
    ([(header::SET_COOKIE, guest.visit.keep_family(secret))], response).into_response()
}

/// What an app shows that holds a secret, as it is written on the page.
#[cfg(test)]
pub(super) fn code_of_now(secret: &str, now: UtcMs) -> String {
    totp::shown(&totp::secret_of(secret).unwrap_or_default(), now)
}
