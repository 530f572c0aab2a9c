//! The end of an account.

use leptos::prelude::*;

use super::super::frame::{Frame, page};
use crate::desk::form::{Buttons, Field, FormState, FormView, heading};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with_args};
use shared::words::FluentArgs;

/// Deleting the account.
#[derive(Clone, Debug)]
pub struct DeletePage {
    /// What stands around it.
    pub frame: Frame,
    /// What stands in the form.
    pub form: FormState,
    /// What the town hall is called.
    pub town_hall: String,
    /// For how many days the town hall can restore it.
    pub days: u16,
    /// The word that is typed.
    pub word: &'static str,
}

fn restored(days: u16, label: &str) -> String {
    let mut args = FluentArgs::new();
    args.set("days", i64::from(days));
    args.set("label", label.to_owned());
    with_args("account-delete-restore", &args)
}

/// Draws it.
pub fn delete_page(view: &DeletePage) -> String {
    let title = t("account-delete");
    let frame = &view.frame;
    let token = frame
        .person
        .as_ref()
        .map(|person| person.token.clone())
        .unwrap_or_default();
    let head = if view.form.is_flawed() {
        t1("form-title-error", "title", title.as_str())
    } else {
        title.clone()
    };
    page(frame, &head, || {
        let form = FormView::with_token(&view.form, &token);
        let inside = view! {
            <div class="notice" data-kind="alert">
                {shape("alert")}
                <div class="grow">
                    <p><strong>{t("account-delete-lost")}</strong></p>
                    <ul class="account-lost">
                        <li>{t("account-delete-lost-login")}</li>
                        <li>{t("account-delete-lost-notices")}</li>
                        <li>{t("account-delete-lost-access")}</li>
                    </ul>
                    <p>{restored(view.days, &view.town_hall)}</p>
                </div>
            </div>
            <p>{t1("account-delete-kept", "label", view.town_hall.as_str())}</p>
            {form.field(Field::text("mot", t1("account-delete-word", "word", view.word)).required().narrow())}
        };
        let buttons = Buttons::named(t("account-delete-do"))
            .grave()
            .cancel(&frame.at("/compte"));
        view! {
            {heading(title, &[(t("portal-place-account"), frame.at("/compte"))], None)}
            {form.sheet(&frame.at("/compte/supprimer"), buttons, inside.into_any())}
        }
        .into_any()
    })
}

/// The account is gone; `frame` is that of somebody who is not logged in.
pub fn deleted_page(frame: &Frame, days: u16, label: &str) -> String {
    let title = t("account-deleted");
    page(frame, &title.clone(), || {
        view! {
            <h1>{title}</h1>
            <div class="notice" data-kind="done" role="status">{shape("present")}<p class="grow">{t("account-deleted-then")}</p></div>
            <p>{restored(days, label)}</p>
            <p><a class="button" href=frame.at("/")>{t("portal-back-home")}</a></p>
        }
        .into_any()
    })
}
