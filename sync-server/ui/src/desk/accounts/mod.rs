//! Accounts of families, at the desk.

mod account;
mod codes;
mod custody;
mod doubles;
mod list;
mod payers;
mod registrations;
mod sending;

pub use account::{AccountPage, LetterLine, account_page};
pub use codes::{CodeLetter, CodePair, CodesPage, LettersFile, codes_page, letters_file};
pub use custody::{CustodyPage, CustodyWeek, custody_page};
pub use doubles::{
    ComparePage, DoubleKind, DoubleLine, DoublesPage, FileView, WhyDouble, compare_page, doubles_page,
};
pub use list::{AccountRow, ListPage, StateView, list_page};
pub use payers::{PayerLine, PayerPage, PayersPage, payer_page, payers_page};
pub use registrations::{
    AskedChild, KnownGuardian, RegistrationLine, RegistrationPage, RegistrationsPage, registration_page,
    registrations_page,
};
pub use sending::{ActivationsPage, BatchPage, BatchReturn, activations_page, batch_page};

use leptos::prelude::*;
use shared::operation::LetterFate;

use super::shapes::shape;
use crate::words::t;

/// The list that leads here.
fn under(home: &str) -> (String, String) {
    (t("accounts-title"), format!("{home}/comptes"))
}

/// One label with its value.
fn fact(label: String, value: AnyView) -> AnyView {
    view! { <div><dt>{label}</dt><dd>{value}</dd></div> }.into_any()
}

/// A part of a page, with its title.
fn part(id: &'static str, title: String, inside: AnyView) -> AnyView {
    view! {
        <section class="part" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {inside}
        </section>
    }
    .into_any()
}

/// What became of a letter, as shape and word.
fn fate(fate: LetterFate) -> AnyView {
    let (drawn, word) = match fate {
        LetterFate::Queued => ("expected", t("accounts-fate-queued")),
        LetterFate::Sent => ("present", t("accounts-fate-sent")),
        LetterFate::Bounced => ("alert", t("accounts-fate-bounced")),
        LetterFate::GivenUp => ("alert", t("accounts-fate-given-up")),
        LetterFate::Dropped => ("absent", t("accounts-fate-dropped")),
        LetterFate::Held => ("absent", t("accounts-fate-held")),
    };
    view! { <span class="accounts-state" data-shape=drawn>{shape(drawn)}{word}</span> }.into_any()
}

/// A form of one button.
fn deed(token: &str, action: String, words: String, kind: Option<&'static str>) -> AnyView {
    view! {
        <form method="post" action=action class="accounts-deed">
            <input type="hidden" name="jeton" value=token.to_owned() />
            <button class="button" data-kind=kind>{words}</button>
        </form>
    }
    .into_any()
}
