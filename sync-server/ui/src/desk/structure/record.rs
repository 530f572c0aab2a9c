//! The page of one record, new or not.

use leptos::prelude::*;

use super::{Part, activities, people, places};
use crate::desk::form::{Buttons, Choice, FormState, FormView, head, heading};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct RecordPage {
    /// Who looks.
    pub bar: Bar,
    /// Of which part.
    pub part: Part,
    /// What stands in its form.
    pub form: FormState,
    /// The record, unless it is a new one.
    pub known: Option<Known>,
    /// What can be chosen.
    pub choices: Choices,
}

/// A record that exists.
#[derive(Clone, Debug)]
pub struct Known {
    /// What stands in its address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// No longer offered.
    pub retired: bool,
    /// Its version: what the buttons below the form have seen.
    pub version: i64,
    /// Of staff: whether it has a PIN. Of agents: whether it has chosen a password.
    pub has_secret: bool,
}

/// What can be chosen in the forms.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Schools still offered.
    pub schools: Vec<Choice>,
    /// Sites still offered, within reach.
    pub sites: Vec<Choice>,
    /// Services still offered.
    pub services: Vec<Choice>,
}

/// Draws the page.
pub fn record_page(view: &RecordPage) -> String {
    let part = view.part;
    let title = view
        .known
        .as_ref()
        .map_or_else(|| part.new_words(), |known| known.name.clone());
    let base = part.address(&view.bar.slug);
    page(head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let inside = match part {
            Part::Schools => places::school(&form),
            Part::Sites => places::site(&form, &view.choices),
            Part::Classes => places::class(&form, &view.choices),
            Part::Services => places::service(&form),
            Part::Activities => activities::fields(&form, &view.choices),
            Part::Staff => people::staff(&form, &view.choices),
            Part::Agents => people::agent(&form, &view.choices),
        };
        let inside = view! { {form.hidden("id")}{inside} }.into_any();
        let action = match &view.known {
            Some(known) => format!("{base}/{}", known.id),
            None => format!("{base}/nouveau"),
        };
        let buttons = if part == Part::Agents && view.known.is_none() {
            Buttons::named(t("structure-agent-invite"))
        } else {
            Buttons::save()
        };
        let under = [
            (
                t("structure-title"),
                format!("/{}/gestion/reglages", view.bar.slug),
            ),
            (part.title(), base.clone()),
        ];
        view! {
            {heading(title, &under, None)}
            {view.known.as_ref().filter(|known| known.retired).map(|_| view! {
                <p class="notice" data-kind="care">{t("structure-is-retired")}</p>
            })}
            {form.sheet(&action, buttons.cancel(&base), inside)}
            {view.known.as_ref().map(|known| below(view, known, &base))}
        }
        .into_any()
    })
}

/// What else can be done with a record.
fn below(view: &RecordPage, known: &Known, base: &str) -> AnyView {
    match view.part {
        Part::Staff => people::below_staff(known, base),
        Part::Agents => people::below_agent(view, known, base),
        Part::Schools | Part::Sites | Part::Classes | Part::Services | Part::Activities => {
            retire(view, known, base)
        }
    }
}

/// Taking a record out of what is offered, or back into it: nothing is lost by either.
fn retire(view: &RecordPage, known: &Known, base: &str) -> AnyView {
    let (act, title, said, button) = if known.retired {
        (
            "remettre",
            t("structure-restore-title"),
            t("structure-restore-said"),
            t("structure-restore"),
        )
    } else {
        (
            "retirer",
            t("structure-retire-title"),
            t1("structure-retire-said", "name", known.name.as_str()),
            t("structure-retire"),
        )
    };
    let action = format!("{base}/{}/{act}", known.id);
    small_form(view, known, &action, title, said, button)
}

/// A form that is one button.
pub(super) fn small_form(
    view: &RecordPage,
    known: &Known,
    action: &str,
    title: String,
    said: String,
    button: String,
) -> AnyView {
    view! {
        <section class="further">
            <h2>{title}</h2>
            <p>{said}</p>
            <form method="post" action=action.to_owned()>
                <input type="hidden" name="jeton" value=view.bar.token.clone() />
                <input type="hidden" name="version" value=known.version.to_string() />
                <button class="button">{button}</button>
            </form>
        </section>
    }
    .into_any()
}
