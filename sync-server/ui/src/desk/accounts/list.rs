//! The list of guardians with the state of their accounts.

use leptos::prelude::*;

use crate::desk::form::{Address, Choice, Field, FormState, FormView, Select, filters, heading, pager};
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// How far somebody got, with days in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StateView {
    /// Nothing was sent.
    None,
    /// A link was mailed then.
    Asked(String),
    /// What was mailed came back.
    Bounced,
    /// Gets in since then, where that is known.
    Active(Option<String>),
    /// Deleted; can be restored until then.
    Deleted(String),
}

/// The state as shape and words.
pub(super) fn state(state: &StateView) -> AnyView {
    let (drawn, words) = match state {
        StateView::None => ("free", t("accounts-state-none")),
        StateView::Asked(day) => ("expected", t1("accounts-state-asked", "day", day.as_str())),
        StateView::Bounced => ("alert", t("accounts-state-bounced")),
        StateView::Active(Some(day)) => ("present", t1("accounts-state-active", "day", day.as_str())),
        StateView::Active(None) => ("present", t("accounts-state-active-long")),
        StateView::Deleted(day) => ("absent", t1("accounts-state-deleted", "day", day.as_str())),
    };
    view! { <span class="accounts-state" data-shape=drawn>{shape(drawn)}<span>{words}</span></span> }
        .into_any()
}

/// One guardian.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// What is sent when it is chosen.
    pub id: String,
    /// Its page.
    pub address: String,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// Its household.
    pub home: String,
    /// Contact e-mail.
    pub email: Option<String>,
    /// Names of the household's children.
    pub children: Vec<String>,
    /// How far it got.
    pub state: StateView,
    /// Its e-mail takes nothing.
    pub bounced: bool,
    /// Codes on paper were given to its household then.
    pub codes: Option<String>,
}

/// What the list shows.
#[derive(Clone, Debug)]
pub struct ListPage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// What is asked for.
    pub form: FormState,
    /// The address of this page.
    pub address: Address,
    /// Schools to choose from.
    pub schools: Vec<Choice>,
    /// Classes to choose from.
    pub classes: Vec<Choice>,
    /// Guardians of this page.
    pub rows: Vec<AccountRow>,
    /// How many there are in all.
    pub total: usize,
    /// Which page.
    pub page: usize,
    /// Guardians on a page.
    pub size: usize,
    /// Families who ask to be known.
    pub waiting: usize,
}

/// Draws it.
pub fn list_page(view: &ListPage) -> String {
    page(Head::titled(t("accounts-title")), &view.bar, || {
        let form = FormView::of_filters(&view.form);
        let states = [
            Choice::new("aucun", t("accounts-filter-none")),
            Choice::new("envoye", t("accounts-filter-asked")),
            Choice::new("actif", t("accounts-filter-active")),
            Choice::new("supprime", t("accounts-filter-deleted")),
            Choice::new("rejete", t("accounts-filter-bounced")),
            Choice::new("sans-adresse", t("accounts-filter-no-email")),
        ];
        let fields = view! {
            {form.field(Field::search("q", t("accounts-search")))}
            {form.select(Select::new("ecole", t("families-school"), &view.schools).or_none(t("families-all-schools")))}
            {form.select(Select::new("classe", t("families-class"), &view.classes).or_none(t("families-all-classes")))}
            {form.select(Select::new("etat", t("accounts-state"), &states).or_none(t("accounts-all-states")))}
        };
        let to = |path: &str| format!("{}{path}", view.home);
        let doing = view! {
            <a class="button" href=to("/comptes/codes")>{t("accounts-to-codes")}</a>
            <a class="button" data-kind="primary" href=to("/comptes/activations")>{t("accounts-to-activations")}</a>
        };
        view! {
            {heading(t("accounts-title"), &[], Some(doing.into_any()))}
            <ul class="accounts-ways no-print" role="list">
                <li><a href=to("/comptes/inscriptions")>{t1("accounts-to-registrations", "count", view.waiting)}</a></li>
                <li><a href=to("/payeurs")>{t("accounts-to-payers")}</a></li>
                <li><a href=to("/doublons")>{t("accounts-to-doubles")}</a></li>
                <li><a href=to("/envois")>{t("letters-title")}</a></li>
            </ul>
            {filters(&view.address, &[], fields.into_any())}
            <p class="as-of" role="status">{t1("accounts-count", "count", view.total)}</p>
            {if view.rows.is_empty() {
                view! { <div class="empty"><p>{t("accounts-nobody")}</p><p>{t("accounts-nobody-then")}</p></div> }.into_any()
            } else {
                table(view)
            }}
            {pager(&view.address, view.page, view.size, view.total)}
        }
        .into_any()
    })
}

fn table(view: &ListPage) -> AnyView {
    let rows: Vec<_> = view.rows.iter().map(row).collect();
    let to = |path: &str| format!("{}{path}", view.home);
    view! {
        <form method="post" action=to("/comptes/activations")>
            <input type="hidden" name="jeton" value=view.bar.token.clone() />
            <section class="sheet whole">
                <table class="list accounts">
                    <caption class="unseen">{t("accounts-title")}</caption>
                    <thead>
                        <tr>
                            <th scope="col" class="accounts-pick"><span class="unseen">{t("accounts-pick")}</span></th>
                            <th scope="col">{t("accounts-guardian")}</th>
                            <th scope="col">{t("accounts-state")}</th>
                            <th scope="col" class="wide">{t("accounts-email")}</th>
                            <th scope="col" class="wide">{t("accounts-children")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
            <div class="buttons no-print accounts-chosen">
                <button class="button">{t("accounts-chosen-activations")}</button>
                <button class="button" formaction=to("/comptes/codes")>{t("accounts-chosen-codes")}</button>
            </div>
            <p class="hint no-print">{t("accounts-chosen-hint")}</p>
        </form>
    }
    .into_any()
}

fn row(row: &AccountRow) -> AnyView {
    let name = format!("{} {}", row.first_name, row.last_name);
    let email = row.email.clone().unwrap_or_else(|| t("accounts-no-email-short"));
    let pick = t1("accounts-pick-one", "name", name.trim());
    let bounced = row.bounced && !matches!(row.state, StateView::Bounced);
    view! {
        <tr>
            <td class="accounts-pick">
                <label class="accounts-tick"><input type="checkbox" name="qui" value=row.id.clone() /><span class="unseen">{pick}</span></label>
            </td>
            <th scope="row" class="name">
                <a href=row.address.clone()>
                    <span class="last">{row.last_name.clone()}</span>" "<span class="first">{row.first_name.clone()}</span>
                </a>
                <span class="why">{row.home.clone()}</span>
                <span class="narrow details">{email.clone()}</span>
                <span class="narrow details">{row.children.join(", ")}</span>
            </th>
            <td>
                {state(&row.state)}
                {bounced.then(|| view! { <span class="accounts-state" data-shape="alert">{shape("alert")}<span>{t("accounts-bounced-since")}</span></span> })}
                {row.codes.clone().map(|day| view! { <span class="details">{t1("accounts-codes-given", "day", day)}</span> })}
            </td>
            <td class="wide details">{email}</td>
            <td class="wide details">{row.children.join(", ")}</td>
        </tr>
    }
    .into_any()
}
