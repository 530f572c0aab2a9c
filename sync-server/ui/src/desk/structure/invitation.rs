//! An agent's one-time link, shown once; and taking an agent's rights away.

use leptos::prelude::*;

use super::Part;
use crate::desk::form::{Buttons, FormState, FormView, back_link, confirm, head, heading};
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page that shows a link.
#[derive(Clone, Debug)]
pub struct LinkGiven {
    /// Who looks.
    pub bar: Bar,
    /// Whose link.
    pub name: String,
    /// Where it is to be sent.
    pub email: String,
    /// The link, whole.
    pub link: String,
}

/// The page that asks before rights are taken away.
#[derive(Clone, Debug)]
pub struct DismissalPage {
    /// Who looks.
    pub bar: Bar,
    /// What stands in its form.
    pub form: FormState,
    /// What stands in the agent's address.
    pub id: String,
    /// Whose rights.
    pub name: String,
    /// What must be typed.
    pub word: String,
}

fn under(slug: &str) -> Vec<(String, String)> {
    vec![
        (t("structure-title"), format!("/{slug}/gestion/reglages")),
        (t("structure-agents"), Part::Agents.address(slug)),
    ]
}

/// Draws the page that shows a link.
pub fn link_page(view: &LinkGiven) -> String {
    let title = t1("structure-link-given", "name", view.name.as_str());
    page(Head::titled(title.clone()), &view.bar, || {
        view! {
            {heading(title, &under(&view.bar.slug), None)}
            <div class="secret" role="status">
                <p>{t1("structure-link-is", "email", view.email.as_str())}</p>
                <p class="link" id="lien">{view.link.clone()}</p>
            </div>
            <p class="notice" data-kind="care">{shape("alert")}<span class="grow">{t("structure-link-once")}</span></p>
            {back_link(t("structure-link-noted"), &Part::Agents.address(&view.bar.slug))}
        }
        .into_any()
    })
}

/// Draws the page that asks.
pub fn dismissal_page(view: &DismissalPage) -> String {
    let title = t1("structure-dismiss", "name", view.name.as_str());
    page(head(title.clone(), &view.form), &view.bar, || {
        let back = format!("{}/{}", Part::Agents.address(&view.bar.slug), view.id);
        let form = FormView::new(&view.form, &view.bar);
        let said = vec![
            t1("structure-dismiss-now", "name", view.name.as_str()),
            t("structure-dismiss-kept"),
        ];
        let buttons = Buttons::named(t("structure-dismiss-do")).cancel(&back);
        let mut above = under(&view.bar.slug);
        above.push((view.name.clone(), back.clone()));
        view! {
            {heading(title, &above, None)}
            {confirm(&form, &format!("{back}/revoquer"), &view.word, said, buttons)}
        }
        .into_any()
    })
}
