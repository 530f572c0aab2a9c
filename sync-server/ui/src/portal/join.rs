//! A family that is not known asks to be.

use leptos::prelude::*;

use super::frame::{Frame, page};
use crate::desk::form::{Buttons, Field, FormState, FormView, TextArea};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// Asking to be known.
#[derive(Clone, Debug)]
pub struct JoinPage {
    /// What stands around it.
    pub frame: Frame,
    /// What stands in the form.
    pub form: FormState,
    /// Goes into the form.
    pub token: String,
    /// How many children have fields.
    pub children: usize,
    /// How many may.
    pub most: usize,
    /// What the town hall is called.
    pub town_hall: String,
}

/// The name of a child's field; children are counted from 1.
pub fn child_field(child: usize, what: &str) -> String {
    format!("enfant{child}_{what}")
}

/// Draws it.
pub fn join_page(view: &JoinPage) -> String {
    let title = t("join-title");
    let frame = &view.frame;
    let head = if view.form.is_flawed() {
        t1("form-title-error", "title", title.as_str())
    } else {
        title.clone()
    };
    page(frame, &head, || {
        let form = FormView::with_token(&view.form, &view.token);
        let you = view! {
            <div class="form-row">
                {form.field(Field::text("prenom", t("join-first-name")).required().max(80).autocomplete("given-name"))}
                {form.field(Field::text("nom", t("join-last-name")).required().max(80).autocomplete("family-name"))}
            </div>
            {form.field(Field::email("email", t("join-email")).hint(t("join-email-hint")).required().max(254).autocomplete("email"))}
            {form.field(Field::tel("telephone", t("join-phone")).max(30).autocomplete("tel"))}
        };
        let children: Vec<_> = (1..=view.children)
            .map(|child| {
                let field = |what: &str| child_field(child, what);
                view! {
                    <fieldset class="join-child">
                        <legend>{t1("join-child", "number", child)}</legend>
                        <div class="form-row">
                            {form.field(Field::text(field("prenom"), t("join-child-first-name")).required().max(80))}
                            {form.field(Field::text(field("nom"), t("join-child-last-name")).required().max(80))}
                        </div>
                        {form.field(Field::date(field("ne"), t("join-child-born")).required())}
                        {form.field(Field::text(field("ecole"), t("join-child-school")).max(120))}
                    </fieldset>
                }
                .into_any()
            })
            .collect();
        let more = (view.children < view.most).then(|| {
            view! { <p><button class="button" name="ajouter" value="enfant">{t("join-add-child")}</button></p> }
        });
        let count = view.children.to_string();
        let inside = view! {
            <input type="hidden" name="enfants" value=count />
            {you}
            {children}
            {more}
            {form.text_area(TextArea::new("message", t("join-message"), 4))}
            <p class="hint">{t1("join-then", "label", view.town_hall.as_str())}</p>
        };
        view! {
            <h1>{title}</h1>
            <p>{t("join-lead")}</p>
            {form.sheet(&frame.at("/inscription"), Buttons::named(t("join-send")).cancel(&frame.at("/")), inside.into_any())}
        }
        .into_any()
    })
}

/// It was received.
pub fn joined_page(frame: &Frame, label: &str) -> String {
    let title = t("join-received");
    page(frame, &title.clone(), || {
        view! {
            <h1>{title}</h1>
            <div class="notice" data-kind="done" role="status">{shape("present")}<p class="grow">{t("join-received-then")}</p></div>
            <p>{t1("join-received-next", "label", label)}</p>
            <p><a class="button" href=frame.at("/")>{t("portal-back-home")}</a></p>
        }
        .into_any()
    })
}
