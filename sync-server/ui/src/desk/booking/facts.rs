//! What rules ask about a household and its children, and what is owed for its reservations.

use leptos::prelude::*;

use crate::desk::form::{Buttons, Choice, Field, FormState, FormView, Radios, head, heading};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct FactsPage {
    /// Who looks.
    pub bar: Bar,
    /// The household's name.
    pub family: String,
    /// Its grid.
    pub back: String,
    /// Where it lives and what it owes.
    pub facts: FormState,
    /// Where that goes; none where it may not be changed.
    pub facts_action: Option<String>,
    /// Papers, child by child.
    pub children: Vec<ChildPapers>,
    /// Something is owed for these.
    pub owed: Vec<Owed>,
    /// What is ticked among them.
    pub owed_form: FormState,
    /// Where that goes; none where it may not be settled.
    pub owed_action: Option<String>,
}

/// The papers of a child.
#[derive(Clone, Debug)]
pub struct ChildPapers {
    /// Its first name.
    pub name: String,
    /// What stands in the form.
    pub form: FormState,
    /// Where it goes; none where it may not be changed.
    pub action: Option<String>,
    /// The kinds of papers, each with its two fields.
    pub kinds: Vec<PaperKind>,
}

/// A kind of papers of a child.
#[derive(Clone, Debug)]
pub struct PaperKind {
    /// Its name.
    pub name: String,
    /// The field that says that the town hall holds it.
    pub held: String,
    /// The field that says until when it is valid.
    pub until: String,
}

/// A reservation for which something is owed or was waived.
#[derive(Clone, Debug)]
pub struct Owed {
    /// Its id.
    pub id: String,
    /// « Léa, Cantine, lundi 23 novembre ».
    pub what: String,
    /// « Supplément : 3,00 € ».
    pub why: String,
}

/// Draws the page.
pub fn facts_page(view: &FactsPage) -> String {
    let title = t1("desk-booking-facts", "family", view.family.as_str());
    let flawed = if view.facts.is_flawed() {
        &view.facts
    } else {
        &view.owed_form
    };
    page(head(title.clone(), flawed), &view.bar, || {
        let children: Vec<_> = view.children.iter().map(|one| papers(view, one)).collect();
        view! {
            {heading(title, &[(t1("desk-booking-family", "family", view.family.as_str()), view.back.clone())], None)}
            <section class="form-part booking-part"><h2>{t("desk-booking-household")}</h2>{household(view)}</section>
            {children}
            <section class="form-part booking-part"><h2>{t("desk-booking-owed")}</h2>{owed(view)}</section>
        }
        .into_any()
    })
}

fn household(view: &FactsPage) -> AnyView {
    let form = FormView::new(&view.facts, &view.bar);
    let inside = view! {
        {form.field(Field::text("residence", t("desk-booking-residence")).max(5).narrow().hint(t("desk-booking-residence-hint")))}
        {form.field(Field::text("impaye", t("desk-booking-unpaid")).max(14).narrow().hint(t("desk-booking-unpaid-hint")))}
    }
    .into_any();
    match &view.facts_action {
        Some(action) => form.sheet(action, Buttons::save(), inside),
        None => view! {
            <p>{t("desk-booking-residence")}{t("form-colon")}{view.facts.value("residence").to_owned()}</p>
            <p>{t("desk-booking-unpaid")}{t("form-colon")}{view.facts.value("impaye").to_owned()}</p>
        }
        .into_any(),
    }
}

fn papers(view: &FactsPage, child: &ChildPapers) -> AnyView {
    let form = FormView::new(&child.form, &view.bar);
    let fields: Vec<_> = child
        .kinds
        .iter()
        .map(|kind| {
            view! {
                <div class="form-row">
                    {form.tick(&kind.held, kind.name.clone(), None)}
                    {form.field(Field::date(kind.until.clone(), t1("desk-booking-paper-until", "paper", kind.name.as_str())))}
                </div>
            }
            .into_any()
        })
        .collect();
    let none = fields.is_empty();
    view! {
        <section class="form-part booking-part">
            <h2>{t1("desk-booking-papers", "child", child.name.as_str())}</h2>
            {if none {
                view! { <p class="hint">{t("desk-booking-papers-none")}</p> }.into_any()
            } else {
                match &child.action {
                    Some(action) => form.sheet(action, Buttons::save(), fields.into_any()),
                    None => fields.into_any(),
                }
            }}
        </section>
    }
    .into_any()
}

fn owed(view: &FactsPage) -> AnyView {
    if view.owed.is_empty() {
        return view! { <p class="hint">{t("desk-booking-owed-none")}</p> }.into_any();
    }
    let form = FormView::new(&view.owed_form, &view.bar);
    let lines: Vec<_> = view
        .owed
        .iter()
        .map(|one| Choice::new(one.id.clone(), one.what.clone()).explained(one.why.clone()))
        .collect();
    let ways = [
        Choice::new("exonerer", t("desk-booking-settle-waive")),
        Choice::new("payer", t("desk-booking-settle-paid")),
        Choice::new("retablir", t("desk-booking-settle-restore")),
    ];
    let inside = view! {
        {form.checks(crate::desk::form::Checks::new("reservation", t("desk-booking-owed-which"), &lines))}
        {form.radios(Radios::new("comment", t("desk-booking-settle"), &ways))}
        {form.field(Field::text("raison", t("desk-booking-settle-why")).required().max(200))}
    }
    .into_any();
    match &view.owed_action {
        Some(action) => form.sheet(action, Buttons::named(t("desk-booking-settle-do")), inside),
        None => {
            let lines: Vec<_> = view
                .owed
                .iter()
                .map(|one| {
                    view! { <li>{one.what.clone()}<span class="why">{one.why.clone()}</span></li> }.into_any()
                })
                .collect();
            view! { <ul>{lines}</ul> }.into_any()
        }
    }
}
