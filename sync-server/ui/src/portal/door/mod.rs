//! Getting in.

mod account;
mod activation;
mod address;
mod codes;
mod factor;
mod forgotten;
mod log_in;

use leptos::prelude::*;

pub use account::{
    GivenCodesPage, OpenSession, PasswordPage, SessionsPage, SetUpPage, Setting, given_codes_page,
    password_page, sessions_page, set_up_page,
};
pub use activation::{ActivationPage, activation_page};
pub use address::{AddressPage, address_page};
pub use codes::{CodesPage, CodesTrouble, WhoPage, codes_page, who_page};
pub use factor::{FactorPage, FactorTrouble, factor_page};
pub use forgotten::{ForgottenPage, ResetPage, forgotten_page, reset_page};
pub use log_in::{LogInPage, LogInTrouble, log_in_page};

use super::frame::{Frame, page};
use crate::desk::form::FormState;
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page of whoever came over a line that others can read.
#[derive(Clone, Debug)]
pub struct InClear {
    /// What stands around it.
    pub frame: Frame,
}

/// Draws it.
pub fn in_clear(view: &InClear) -> String {
    let title = t("portal-door-in-clear");
    page(&view.frame, &title.clone(), || {
        view! {
            <h1>{title}</h1>
            {alert(t("portal-door-in-clear-then"))}
        }
        .into_any()
    })
}

/// What went wrong, above a form.
fn alert(words: String) -> AnyView {
    view! {
        <div class="notice" data-kind="alert" role="alert">{shape("alert")}<p class="grow">{words}</p></div>
    }
    .into_any()
}

/// What went well, above or instead of a form.
fn done(words: String) -> AnyView {
    view! {
        <div class="notice" data-kind="done" role="status">{shape("present")}<p class="grow">{words}</p></div>
    }
    .into_any()
}

/// Whom to call when nothing helps.
fn help_line(phone: Option<&str>) -> AnyView {
    let words = match phone {
        Some(phone) => t1("portal-door-help-call", "phone", phone),
        None => t("portal-door-help"),
    };
    view! { <p class="door-aside">{words}</p> }.into_any()
}

/// A page's title names an error first, for those who listen.
fn titled(title: &str, form: &FormState, trouble: bool) -> String {
    if trouble || form.is_flawed() {
        t1("form-title-error", "title", title)
    } else {
        title.to_owned()
    }
}
