//! Giving a member of the staff its PIN. It is shown once, on the page that answers.

use leptos::prelude::*;

use super::Part;
use crate::desk::form::{Buttons, Field, FormState, FormView, back_link, head, heading};
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page that asks.
#[derive(Clone, Debug)]
pub struct CodePage {
    /// Who looks.
    pub bar: Bar,
    /// What stands in its form.
    pub form: FormState,
    /// What stands in the member's address.
    pub id: String,
    /// Whose PIN.
    pub name: String,
    /// Whether there is one.
    pub has_code: bool,
}

/// The page that answers.
#[derive(Clone, Debug)]
pub struct CodeGiven {
    /// Who looks.
    pub bar: Bar,
    /// What stands in the member's address.
    pub id: String,
    /// Whose PIN.
    pub name: String,
    /// The PIN.
    pub code: String,
}

fn under(slug: &str, id: &str, name: &str) -> [(String, String); 3] {
    let base = Part::Staff.address(slug);
    [
        (t("structure-title"), format!("/{slug}/gestion/reglages")),
        (t("structure-staff"), base.clone()),
        (name.to_owned(), format!("{base}/{id}")),
    ]
}

/// Draws the page that asks.
pub fn code_page(view: &CodePage) -> String {
    let title = t1("structure-code-of", "name", view.name.as_str());
    page(head(title.clone(), &view.form), &view.bar, || {
        let back = format!("{}/{}", Part::Staff.address(&view.bar.slug), view.id);
        let action = format!("{back}/code");
        let form = FormView::new(&view.form, &view.bar);
        let field = Field::text("code", t("structure-code-wanted"))
            .narrow()
            .max(6)
            .hint(t("structure-code-wanted-hint"));
        let inside = view! {
            <p>{t("structure-code-said")}</p>
            {view.has_code.then(|| view! { <p>{t("structure-code-replaces")}</p> })}
            {form.field(field)}
        };
        let remove = view.has_code.then(|| {
            view! {
                <section class="further">
                    <h2>{t("structure-code-remove-title")}</h2>
                    <p>{t1("structure-code-remove-said", "name", view.name.as_str())}</p>
                    <form method="post" action=format!("{action}/enlever")>
                        <input type="hidden" name="jeton" value=view.bar.token.clone() />
                        <button class="button">{t("structure-code-remove")}</button>
                    </form>
                </section>
            }
        });
        view! {
            {heading(title, &under(&view.bar.slug, &view.id, &view.name), None)}
            {form.sheet(&action, Buttons::named(t("structure-code-make")).cancel(&back), inside.into_any())}
            {remove}
        }
        .into_any()
    })
}

/// Draws the page that answers.
pub fn code_given_page(view: &CodeGiven) -> String {
    let title = t1("structure-code-given", "name", view.name.as_str());
    page(Head::titled(title.clone()), &view.bar, || {
        let back = format!("{}/{}", Part::Staff.address(&view.bar.slug), view.id);
        view! {
            {heading(title, &under(&view.bar.slug, &view.id, &view.name), None)}
            <div class="secret" role="status">
                <p>{t("structure-code-is")}</p>
                <p class="code" id="code">{view.code.clone()}</p>
            </div>
            <p class="notice" data-kind="care">{shape("alert")}<span class="grow">{t("structure-code-once")}</span></p>
            {back_link(t("structure-code-noted"), &back)}
        }
        .into_any()
    })
}
