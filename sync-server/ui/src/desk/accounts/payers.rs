//! Who pays.

use leptos::prelude::*;
use shared::operation::PayerKind;

use super::under;
use crate::desk::form::{
    self, Address, Buttons, Choice, Field, FormState, FormView, Radios, Select, TextArea, filters, heading,
    pager,
};
use crate::desk::frame::{Bar, Head, page};
use crate::words::{t, t1};

/// One payer.
#[derive(Clone, Debug)]
pub struct PayerLine {
    /// Its page.
    pub address: String,
    /// Its name.
    pub name: String,
    /// A person or an organisation.
    pub kind: PayerKind,
    /// It pays no longer.
    pub retired: bool,
    /// Children it pays for, or will.
    pub children: Vec<String>,
}

/// What the list shows.
#[derive(Clone, Debug)]
pub struct PayersPage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// What is asked for.
    pub form: FormState,
    /// The address of this page.
    pub address: Address,
    /// The child that a payer is looked for: name and id.
    pub child: Option<(String, String)>,
    /// The payers of this page.
    pub rows: Vec<PayerLine>,
    /// How many there are in all.
    pub total: usize,
    /// Which page.
    pub page: usize,
    /// Payers on a page.
    pub size: usize,
}

fn kind_words(kind: PayerKind) -> String {
    match kind {
        PayerKind::Person => t("accounts-payer-person"),
        PayerKind::Organisation => t("accounts-payer-organisation"),
    }
}

/// Draws it.
pub fn payers_page(view: &PayersPage) -> String {
    let title = t("accounts-payers");
    page(Head::titled(title.clone()), &view.bar, || {
        let form = FormView::of_filters(&view.form);
        let fields = form.field(Field::search("q", t("accounts-payer-search")));
        let new = match &view.child {
            Some((_, id)) => format!("{}/payeurs/nouveau?enfant={id}", view.home),
            None => format!("{}/payeurs/nouveau", view.home),
        };
        let doing = view! { <a class="button" data-kind="primary" href=new>{t("accounts-payer-new")}</a> };
        let rows: Vec<_> = view.rows.iter().map(line).collect();
        view! {
            {heading(title.clone(), &[under(&view.home)], Some(doing.into_any()))}
            {view.child.clone().map(|(name, _)| view! { <p class="lead">{t1("accounts-payer-for", "name", name)}</p> })}
            {filters(&view.address, &["enfant"], fields)}
            <p class="as-of" role="status">{t1("accounts-payer-count", "count", view.total)}</p>
            {if rows.is_empty() {
                view! { <div class="empty"><p>{t("accounts-payer-none")}</p><p>{t("accounts-payer-none-then")}</p></div> }.into_any()
            } else {
                view! {
                    <table class="records accounts-payers">
                        <caption class="unseen">{title}</caption>
                        <thead><tr>
                            <th scope="col">{t("accounts-payer-name")}</th>
                            <th scope="col">{t("accounts-payer-kind")}</th>
                            <th scope="col">{t("accounts-payer-children")}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                }
                .into_any()
            }}
            {pager(&view.address, view.page, view.size, view.total)}
        }
        .into_any()
    })
}

fn line(line: &PayerLine) -> AnyView {
    view! {
        <tr data-retired=line.retired.then_some("true")>
            <th scope="row"><a href=line.address.clone()>{line.name.clone()}</a></th>
            <td>{kind_words(line.kind)}{line.retired.then(|| view! { <span class="badge">{t("accounts-payer-retired")}</span> })}</td>
            <td>{line.children.join(", ")}</td>
        </tr>
    }
    .into_any()
}

/// What the form of one shows.
#[derive(Clone, Debug)]
pub struct PayerPage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// Where it goes.
    pub action: String,
    /// Where nothing changes.
    pub cancel: String,
    /// What stands in it.
    pub form: FormState,
    /// Its name; `None` for a new one.
    pub name: Option<String>,
    /// The child whose card leads here: name and card.
    pub child: Option<(String, String)>,
    /// Households to choose from.
    pub homes: Vec<Choice>,
    /// Guardians to choose from.
    pub guardians: Vec<Choice>,
    /// Children to choose from.
    pub children: Vec<Choice>,
    /// Rows of periods.
    pub rows: usize,
}

/// Draws it.
pub fn payer_page(view: &PayerPage) -> String {
    let title = view.name.clone().unwrap_or_else(|| t("accounts-payer-new"));
    page(form::head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let kinds = [PayerKind::Person, PayerKind::Organisation]
            .map(|kind| Choice::new(kind.as_str(), kind_words(kind)));
        let rows: Vec<_> = (0..view.rows).map(|row| period(&form, view, row)).collect();
        let inside = view! {
            {form.hidden("numero")}
            {form.hidden("enfant")}
            {form.radios(Radios::new("genre", t("accounts-payer-kind"), &kinds))}
            {form.field(Field::text("nom", t("accounts-payer-name")).required().max(120).hint(t("accounts-payer-name-hint")))}
            {form.select(Select::new("foyer", t("accounts-payer-home"), &view.homes).or_none(t("accounts-payer-home-none")).hint(t("accounts-payer-home-hint")))}
            {form.select(Select::new("responsable", t("accounts-payer-guardian"), &view.guardians).or_none(t("accounts-payer-guardian-none")))}
            {form.field(Field::text("siret", t("accounts-payer-siret")).max(20).narrow().hint(t("accounts-payer-siret-hint")))}
            {form.text_area(TextArea::new("adresse", t("accounts-payer-address"), 4))}
            {form.field(Field::email("courriel", t("accounts-payer-email")).max(254))}
            {form.field(Field::tel("telephone", t("accounts-phone")))}
            <fieldset class="form-part">
                <legend>{t("accounts-payer-children")}</legend>
                <p class="hint">{t("accounts-payer-children-hint")}</p>
                {rows}
                <button class="button" name="ajouter" value="oui">{t("accounts-payer-period-add")}</button>
            </fieldset>
            {view.name.is_some().then(|| form.tick("retire", t("accounts-payer-retire"), Some(t("accounts-payer-retire-hint"))))}
        };
        let mut crumbs = vec![
            under(&view.home),
            (t("accounts-payers"), format!("{}/payeurs", view.home)),
        ];
        crumbs.extend(view.child.clone());
        view! {
            {heading(title, &crumbs, None)}
            {form.sheet(&view.action, Buttons::save().cancel(&view.cancel), inside.into_any())}
        }
        .into_any()
    })
}

fn period(form: &FormView<'_>, view: &PayerPage, row: usize) -> AnyView {
    let nth = row + 1;
    view! {
        <div class="accounts-period" role="group" aria-label=t1("accounts-payer-period", "nth", nth)>
            {form.select(Select::new(format!("enfant-{row}"), t1("accounts-payer-child", "nth", nth), &view.children).or_none(t("accounts-payer-child-none")))}
            {form.field(Field::date(format!("du-{row}"), t("accounts-from")))}
            {form.field(Field::date(format!("au-{row}"), t("accounts-until")))}
        </div>
    }
    .into_any()
}
