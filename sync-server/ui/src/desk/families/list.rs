//! The list: whoever is on the telephone says a name, a number or an address.

use leptos::prelude::*;
use shared::day_list::Badge;

use super::badge_view;
use crate::desk::form::{Address, Choice, Field, FormState, FormView, Select, filters, heading, pager};
use crate::desk::frame::{Bar, Head, page};
use crate::words::{t, t1};

/// One child.
#[derive(Clone, Debug)]
pub struct ChildRow {
    /// Where its card is.
    pub address: String,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// « 04/03/2019 ».
    pub born: String,
    /// Whole years.
    pub age: u32,
    /// School and class.
    pub places: Vec<String>,
    /// Badges, without their words where these are nobody's business.
    pub badges: Vec<Badge>,
    /// Guardians: name, telephone, e-mail.
    pub guardians: Vec<(String, Option<String>, Option<String>)>,
    /// The day it left, where it has.
    pub left: Option<String>,
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
    /// Sites to choose from.
    pub sites: Vec<Choice>,
    /// The children of this page.
    pub rows: Vec<ChildRow>,
    /// How many there are in all.
    pub total: usize,
    /// Which page.
    pub page: usize,
    /// Children on a page.
    pub size: usize,
    /// Whoever looks may change children.
    pub edits: bool,
    /// Whoever looks may import files.
    pub imports: bool,
}

/// Draws it.
pub fn list_page(view: &ListPage) -> String {
    page(Head::titled(t("families-title")), &view.bar, || {
        let form = FormView::of_filters(&view.form);
        let fields = view! {
            {form.field(Field::search("q", t("families-search")))}
            {form.select(Select::new("ecole", t("families-school"), &view.schools).or_none(t("families-all-schools")))}
            {form.select(Select::new("classe", t("families-class"), &view.classes).or_none(t("families-all-classes")))}
            {form.select(Select::new("site", t("families-site"), &view.sites).or_none(t("families-all-sites")))}
            {form.tick("partis", t("families-with-left"), None)}
        };
        let new = format!("{}/enfants/nouveau", view.home);
        let import = format!("{}/import", view.home);
        let doing = view! {
            {view.imports.then(|| view! { <a class="button" href=import>{t("families-import")}</a> })}
            {view.edits.then(|| view! { <a class="button" data-kind="primary" href=new>{t("families-new")}</a> })}
        };
        let rows: Vec<_> = view.rows.iter().map(row).collect();
        view! {
            {heading(t("families-title"), &[], Some(doing.into_any()))}
            {filters(&view.address, &[], fields.into_any())}
            <p class="as-of" role="status">{t1("families-count", "count", view.total)}</p>
            {if view.rows.is_empty() {
                view! { <div class="empty"><p>{t("families-none")}</p><p>{t("families-none-then")}</p></div> }.into_any()
            } else {
                view! {
                    <section class="sheet whole">
                        <table class="list children">
                            <thead>
                                <tr>
                                    <th scope="col">{t("families-child")}</th>
                                    <th scope="col" class="wide">{t("families-place")}</th>
                                    <th scope="col" class="wide">{t("families-guardians")}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </section>
                }
                .into_any()
            }}
            {pager(&view.address, view.page, view.size, view.total)}
        }
        .into_any()
    })
}

fn row(row: &ChildRow) -> AnyView {
    let badges: Vec<_> = row.badges.iter().map(badge_view).collect();
    let guardians = |class: &'static str| {
        let items: Vec<_> = row
            .guardians
            .iter()
            .map(|(name, phone, email)| {
                let said = [phone.clone(), email.clone()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>();
                view! { <li>{name.clone()}" "<span class="details">{said.join(" · ")}</span></li> }.into_any()
            })
            .collect();
        view! { <ul class=class role="list">{items}</ul> }.into_any()
    };
    let places = row.places.join(", ");
    view! {
        <tr>
            <th scope="row" class="name">
                <a href=row.address.clone()>
                    <span class="last">{row.last_name.clone()}</span>" "<span class="first">{row.first_name.clone()}</span>
                </a>
                <span class="why">{row.born.clone()}" – "{t1("families-years", "count", row.age)}</span>
                {row.left.clone().map(|left| view! { <span class="badge">{t1("families-left", "date", left)}</span> })}
                {(!badges.is_empty()).then(|| view! { <span class="badges">{badges}</span> })}
                <span class="narrow details">{places.clone()}</span>
                {guardians("narrow people")}
            </th>
            <td class="wide details">{places.clone()}</td>
            <td class="wide">{guardians("people")}</td>
        </tr>
    }
    .into_any()
}
