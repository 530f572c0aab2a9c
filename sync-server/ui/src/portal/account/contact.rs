//! How the person can be reached.

use leptos::prelude::*;

use super::super::frame::{Frame, page};
use crate::desk::form::{Buttons, Field, FormState, FormView, heading};
use crate::words::{t, t1};

/// How the person can be reached: two forms, as each is saved otherwise.
#[derive(Clone, Debug)]
pub struct ContactPage {
    /// What stands around it.
    pub frame: Frame,
    /// The telephone, as it stands or was typed.
    pub phone: FormState,
    /// The new e-mail, as it was typed.
    pub email: FormState,
    /// The e-mail that stands.
    pub stands: Option<String>,
    /// For how many days the link of a letter opens something.
    pub days: i64,
}

/// Draws it.
pub fn contact_page(view: &ContactPage) -> String {
    let title = t("account-contact");
    let frame = &view.frame;
    let token = frame
        .person
        .as_ref()
        .map(|person| person.token.clone())
        .unwrap_or_default();
    let flawed = view.phone.is_flawed() || view.email.is_flawed();
    let head = if flawed {
        t1("form-title-error", "title", title.as_str())
    } else {
        title.clone()
    };
    page(frame, &head, || {
        let phone = FormView::with_token(&view.phone, &token);
        let number = phone.field(
            Field::tel("telephone", t("account-phone"))
                .hint(t("account-phone-hint"))
                .autocomplete("tel")
                .max(30),
        );
        let email = FormView::with_token(&view.email, &token);
        let address = email.field(
            Field::email("email", t("account-new-email"))
                .hint(t1("account-new-email-hint", "days", view.days))
                .autocomplete("email")
                .required()
                .max(254),
        );
        let stands = match &view.stands {
            Some(stands) => t1("account-email-stands", "email", stands.as_str()),
            None => t("account-email-none"),
        };
        view! {
            {heading(title, &[(t("portal-place-account"), frame.at("/compte"))], None)}
            <section class="account-part" aria-labelledby="par-telephone">
                <h2 id="par-telephone">{t("account-phone")}</h2>
                {phone.sheet(&frame.at("/compte/contact"), Buttons::save(), number)}
            </section>
            <section class="account-part" aria-labelledby="par-email">
                <h2 id="par-email">{t("account-email")}</h2>
                <p>{stands}</p>
                {email.sheet(&frame.at("/compte/contact/email"), Buttons::named(t("account-email-send")), address)}
            </section>
        }
        .into_any()
    })
}
