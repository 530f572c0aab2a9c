//! Activation mails for many, and how far they got.

use leptos::prelude::*;
use shared::operation::LetterFate;

use super::{fact, fate, under};
use crate::desk::form::{self, Buttons, Choice, FormState, FormView, Select, heading};
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// What the form shows.
#[derive(Clone, Debug)]
pub struct ActivationsPage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// What stands in it.
    pub form: FormState,
    /// Schools to choose from.
    pub schools: Vec<Choice>,
    /// Classes to choose from.
    pub classes: Vec<Choice>,
    /// Guardians who were sent nothing.
    pub fresh: usize,
    /// Those who have not opened their link.
    pub asked: usize,
    /// Those without an e-mail that takes letters.
    pub without: usize,
}

/// Draws it.
pub fn activations_page(view: &ActivationsPage) -> String {
    let title = t("accounts-activations");
    page(form::head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let codes = format!("{}/comptes/codes", view.home);
        let inside = view! {
            {form.select(Select::new("ecole", t("families-school"), &view.schools).or_none(t("families-all-schools")))}
            {form.select(Select::new("classe", t("families-class"), &view.classes).or_none(t("families-all-classes")))}
            {form.tick("encore", t("accounts-activations-again"), Some(t("accounts-activations-again-hint")))}
        };
        let action = format!("{}/comptes/activations", view.home);
        view! {
            {heading(title, &[under(&view.home)], None)}
            <p class="lead">{t("accounts-activations-about")}</p>
            <dl class="facts accounts-counts">
                {fact(t("accounts-activations-fresh"), view.fresh.into_any())}
                {fact(t("accounts-activations-asked"), view.asked.into_any())}
                {fact(t("accounts-activations-without"), view.without.into_any())}
            </dl>
            {(view.without > 0).then(|| view! { <p><a href=codes>{t("accounts-activations-codes")}</a></p> })}
            {form.sheet(&action, Buttons::named(t("accounts-activations-send")).cancel(&format!("{}/comptes", view.home)), inside.into_any())}
        }
        .into_any()
    })
}

/// A letter that did not arrive.
#[derive(Clone, Debug)]
pub struct BatchReturn {
    /// Whose.
    pub name: String,
    /// Where it went.
    pub email: String,
    /// What became of it.
    pub fate: LetterFate,
    /// The account's page.
    pub address: String,
}

/// What the page of a batch shows.
#[derive(Clone, Debug)]
pub struct BatchPage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// Who was meant, so that what is left can go on.
    pub form: FormState,
    /// This page.
    pub address: String,
    /// People who have no letter yet.
    pub to_come: usize,
    /// Letters that a mail server took.
    pub sent: u64,
    /// Letters that wait for their turn.
    pub waiting: u64,
    /// Letters that wait for a person.
    pub held: u64,
    /// Letters that did not arrive.
    pub failed: u64,
    /// Those, with their people.
    pub returns: Vec<BatchReturn>,
}

/// Draws it.
pub fn batch_page(view: &BatchPage) -> String {
    let title = t("accounts-batch");
    let head = Head {
        scripted: view.waiting > 0,
        ..Head::titled(title.clone())
    };
    page(head, &view.bar, || {
        let all = view.sent + view.waiting + view.held + view.failed;
        let done = all - view.waiting;
        let returns: Vec<_> = view.returns.iter().map(returned).collect();
        let letters = format!("{}/envois", view.home);
        view! {
            {heading(title, &[under(&view.home)], None)}
            {if view.waiting > 0 {
                view! {
                    <div class="notice" role="status" id="again" data-again="5000">
                        {shape("left")}<p class="grow">{t1("accounts-batch-going", "count", view.waiting)}</p>
                    </div>
                    <progress class="accounts-progress" max=all.max(1) value=done aria-label=t("accounts-batch")></progress>
                    <p class="no-print"><a class="button" href=view.address.clone()>{t("accounts-batch-look")}</a></p>
                }
                .into_any()
            } else {
                view! {
                    <div class="notice" data-kind="done" role="status">{shape("present")}<p class="grow">{t("accounts-batch-over")}</p></div>
                }
                .into_any()
            }}
            <dl class="facts accounts-counts">
                {fact(t("accounts-batch-sent"), view.sent.into_any())}
                {fact(t("accounts-batch-waiting"), view.waiting.into_any())}
                {fact(t("accounts-batch-failed"), view.failed.into_any())}
                {(view.held > 0).then(|| fact(t("accounts-batch-held"), view! { <a href=letters>{view.held}</a> }.into_any()))}
            </dl>
            {(view.to_come > 0).then(|| going_on(view))}
            {(!returns.is_empty()).then(|| view! {
                <h2>{t("accounts-batch-returns")}</h2>
                <p>{t("accounts-batch-returns-then")}</p>
                <table class="records accounts-returns">
                    <caption class="unseen">{t("accounts-batch-returns")}</caption>
                    <thead><tr>
                        <th scope="col">{t("accounts-guardian")}</th>
                        <th scope="col">{t("accounts-email")}</th>
                        <th scope="col">{t("accounts-state")}</th>
                    </tr></thead>
                    <tbody>{returns}</tbody>
                </table>
            })}
        }
        .into_any()
    })
}

/// The process stopped between two transactions: the rest is sent on.
fn going_on(view: &BatchPage) -> AnyView {
    let hidden: Vec<_> = view
        .form
        .pairs()
        .iter()
        .filter(|(name, _)| name != "tous")
        .map(|(name, value)| {
            view! { <input type="hidden" name=name.clone() value=value.clone() /> }.into_any()
        })
        .collect();
    let action = format!("{}/comptes/activations", view.home);
    view! {
        <form method="post" action=action class="notice" data-kind="care">
            {shape("alert")}
            <input type="hidden" name="jeton" value=view.bar.token.clone() />
            {hidden}
            <p class="grow">{t1("accounts-batch-left", "count", view.to_come)}</p>
            <button class="button">{t("accounts-batch-go-on")}</button>
        </form>
    }
    .into_any()
}

fn returned(one: &BatchReturn) -> AnyView {
    view! {
        <tr>
            <th scope="row"><a href=one.address.clone()>{one.name.clone()}</a></th>
            <td class="accounts-long">{one.email.clone()}</td>
            <td>{fate(one.fate)}</td>
        </tr>
    }
    .into_any()
}
