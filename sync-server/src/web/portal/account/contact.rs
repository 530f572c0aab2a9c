//! The telephone, saved at once; the e-mail, taken once the link of a letter was opened.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Flaw, FormState};
use server_ui::portal::Place;
use server_ui::portal::account::{ContactPage, contact_page};
use shared::operation::{Actor, Body, Channel, LinkPurpose, Refusal};

use super::{Sent, allow};
use crate::letters::{LINK_DAYS, link, submit_with};
use crate::web::WebError;
use crate::web::portal::family::{Family, Guest};
use crate::web::portal::permit::Permit;
use crate::web::portal::reply::{PortalError, page};
use crate::web::throttle::{self, Subject};

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::SeeAccount)?;
    let (phone, email) = (None, FormState::default());
    draw(&family, phone, email, StatusCode::OK).await
}

/// `phone` is the form as it was typed; as the record has it where there is none.
async fn draw(
    family: &Family,
    phone: Option<FormState>,
    email: FormState,
    status: StatusCode,
) -> Result<Response, PortalError> {
    let account = family.account().await?;
    let phone = phone.unwrap_or_else(|| FormState::default().with_maybe("telephone", account.phone));
    let view = ContactPage {
        frame: family.frame(Some(Place::Account)),
        phone,
        email,
        stands: account.email,
        days: LINK_DAYS,
    };
    Ok(page(status, contact_page(&view)))
}

pub(super) async fn phone(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let (family, mut form) = allow(guest, Permit::ChangeAccount, sent)?;
    let phone = form.maybe_phone("telephone");
    if form.is_flawed() {
        return draw(
            &family,
            Some(form),
            FormState::default(),
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    }
    let email = family.account().await?.email;
    let guardian = family.id();
    let body = Body::SetContact {
        guardian,
        email,
        phone,
    };
    match family.submit(None, body).await? {
        Ok(_) => Ok(family.done("/compte/contact", "contact")),
        Err(refusal) => {
            form.refuse("telephone", &refusal);
            draw(
                &family,
                Some(form),
                FormState::default(),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
    }
}

pub(super) async fn email(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let (family, mut form) = allow(guest, Permit::ChangeAccount, sent)?;
    let email = form.email("email");
    if !form.is_flawed() && family.account().await?.email.as_deref() == Some(&email) {
        form.flaw("email", Flaw::Said("account-email-same"));
    }
    if form.is_flawed() {
        return draw(&family, None, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    match send(&family, email).await? {
        Ok(()) => Ok(family.done("/compte/contact", "lettre")),
        Err(refusal) => {
            form.refuse("email", &refusal);
            draw(&family, None, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Whoever owns the address says so by opening the link; nothing changes until then.
async fn send(family: &Family, email: String) -> Result<Result<(), Refusal>, PortalError> {
    let guardian = family.id();
    let subjects = [Subject::LettersTo(guardian.to_string())];
    let limited = family.visit.app.with(&family.visit.slug, move |commune| {
        let until = throttle::attempt(commune, &subjects)?;
        match until {
            Some(until) => Err(WebError::wait(until, commune.clock.now())),
            None => Ok(()),
        }
    });
    limited.await?;
    let by = (Actor::Guardian(guardian), Channel::Portal);
    family
        .work(move |commune| {
            let (issue, letter) = link(commune, guardian, LinkPurpose::Contact, &email);
            submit_with(
                commune,
                vec![commune.operation(by.0, by.1, issue)],
                by,
                vec![letter],
            )
        })
        .await
}
