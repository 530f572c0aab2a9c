//! The town hall's dated words on an incident: the list, the form, and taking one off.

use leptos::prelude::*;

use crate::desk::form::{self, Buttons, Field, FormState, FormView, TextArea, heading};
use crate::desk::frame::{Bar, page, token_field};
use crate::desk::shapes::shape;
use crate::words::t;

/// A line of the list.
#[derive(Clone, Debug)]
pub struct IncidentRow {
    /// Its id.
    pub id: String,
    /// A few words.
    pub title: String,
    /// The instant it speaks of.
    pub at: String,
    /// Everything works again.
    pub over: bool,
    /// The version a form must have seen.
    pub version: i64,
}

/// The list, with what can be done where there is an `action`.
pub(super) fn rows(bar: &Bar, rows: &[IncidentRow], action: Option<&str>) -> AnyView {
    if rows.is_empty() {
        return view! { <p>{t("service-incidents-none")}</p> }.into_any();
    }
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            let named = |words: String| {
                view! { {words}<span class="unseen">{t("form-colon")}{row.title.clone()}</span> }
            };
            let (sign, state, words) = if row.over {
                ("present", "present", t("public-over"))
            } else {
                ("alert", "absent", t("service-incident-current"))
            };
            let doing = action.map(|action| {
                let at = format!("{action}/incidents/{}", row.id);
                view! {
                    <div class="service-do no-print">
                        {(!row.over).then(|| view! {
                            <form method="post" action=format!("{at}/termine")>
                                {token_field(&bar.token)}
                                <input type="hidden" name="version" value=row.version.to_string() />
                                <button class="button">{named(t("service-incident-over"))}</button>
                            </form>
                        })}
                        <a class="button" href=at.clone()>{named(t("service-incident-edit"))}</a>
                        <a class="button" data-kind="quiet" href=format!("{at}/retirer")>{named(t("service-incident-remove"))}</a>
                    </div>
                }
            });
            view! {
                <li>
                    <div class="service-line">
                        <strong>{row.title.clone()}</strong>
                        <span class="verdict" data-state=state>{shape(sign)}<span>{words}</span></span>
                        <span class="service-since">{row.at.clone()}</span>
                    </div>
                    {doing}
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="service-rows" role="list">{lines}</ul> }.into_any()
}

/// The form of a post.
#[derive(Clone, Debug)]
pub struct IncidentPage {
    /// Who looks.
    pub bar: Bar,
    /// What stands in it.
    pub form: FormState,
    /// Where it goes.
    pub action: String,
    /// The page it belongs to.
    pub back: String,
    /// It was published already.
    pub exists: bool,
}

/// Draws the form.
pub fn incident_page(view: &IncidentPage) -> String {
    let title = if view.exists {
        t("service-incident-edit-title")
    } else {
        t("service-incident-new")
    };
    page(form::head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let inside = view! {
            {form.hidden("numero")}
            {form.field(Field::text("titre", t("service-incident-title")).required().max(160))}
            {form.text_area(TextArea::new("texte", t("service-incident-text"), 8).hint(t("service-incident-text-hint")))}
            {form.field(Field::date("date", t("service-incident-date")).required())}
            {form.field(Field::time("heure", t("service-incident-hour")).required())}
            {form.tick("termine", t("service-incident-is-over"), Some(t("service-incident-is-over-hint")))}
        };
        let publish = if view.exists {
            t("service-save")
        } else {
            t("service-incident-publish")
        };
        view! {
            {heading(title, &[(t("service-title"), view.back.clone())], None)}
            <p class="lead">{t("service-incident-lead")}</p>
            {form.sheet(&view.action, Buttons::named(publish).cancel(&view.back), inside.into_any())}
        }
        .into_any()
    })
}

/// Taking a post off.
#[derive(Clone, Debug)]
pub struct RemoveIncidentPage {
    /// Who looks.
    pub bar: Bar,
    /// The version seen.
    pub form: FormState,
    /// Where it is sent.
    pub action: String,
    /// The page it belongs to.
    pub back: String,
    /// A few words of the post.
    pub title: String,
}

/// Draws the question.
pub fn remove_incident_page(view: &RemoveIncidentPage) -> String {
    let title = t("service-incident-remove-title");
    page(form::head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let inside = view! {
            <div class="said">
                <p><strong>{view.title.clone()}</strong></p>
                <p>{t("service-incident-remove-said")}</p>
            </div>
        };
        let buttons = Buttons::named(t("service-incident-remove"))
            .grave()
            .cancel(&view.back);
        view! {
            {heading(title, &[(t("service-title"), view.back.clone())], None)}
            {form.sheet(&view.action, buttons, inside.into_any())}
        }
        .into_any()
    })
}
