//! One guardian's account.

use leptos::prelude::*;
use shared::operation::{LetterFate, LetterKind};

use super::list::{StateView, state};
use super::{deed, fact, fate, part, under};
use crate::desk::form::{self, Buttons, Field, FormState, FormView, confirm, heading};
use crate::desk::frame::{Bar, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// A letter that was mailed.
#[derive(Clone, Debug)]
pub struct LetterLine {
    /// Of what kind.
    pub kind: LetterKind,
    /// Where to.
    pub to: String,
    /// Day and hour.
    pub when: (String, String),
    /// What became of it.
    pub fate: LetterFate,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct AccountPage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// What stands in its forms.
    pub form: FormState,
    /// The guardian.
    pub id: String,
    /// First and last name.
    pub name: String,
    /// The household: name and id.
    pub household: (String, String),
    /// Its children: name and id.
    pub children: Vec<(String, String)>,
    /// Login.
    pub login: Option<String>,
    /// Contact e-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// How far it got.
    pub state: StateView,
    /// It was deleted and can come back.
    pub restorable: bool,
    /// The contact e-mail takes nothing.
    pub bounced: bool,
    /// There is a second factor.
    pub second_factor: bool,
    /// Sessions that stand.
    pub sessions: u64,
    /// The newest page of those: day and hour.
    pub seen: Option<(String, String)>,
    /// Too many wrong passwords: locked until this hour.
    pub locked: Option<String>,
    /// The newest letters.
    pub letters: Vec<LetterLine>,
}

impl AccountPage {
    fn at(&self, deed: &str) -> String {
        format!("{}/comptes/{}/{deed}", self.home, self.id)
    }

    fn is_deleted(&self) -> bool {
        matches!(self.state, StateView::Deleted(_))
    }
}

/// Draws it.
pub fn account_page(view: &AccountPage) -> String {
    page(form::head(view.name.clone(), &view.form), &view.bar, || {
        let see =
            (!view.is_deleted()).then(|| deed(&view.bar.token, view.at("voir"), t("accounts-see"), None));
        view! {
            {heading(view.name.clone(), &[under(&view.home)], see)}
            {troubles(view)}
            <div class="card accounts-card">
                {identity(view)}
                {getting_in(view)}
                {letters(view)}
                {(view.login.is_some() && !view.is_deleted()).then(|| ending(view))}
            </div>
        }
        .into_any()
    })
}

/// What the buttons of this page were refused for: they have no field of their own.
fn troubles(view: &AccountPage) -> AnyView {
    let buttons = ["activation", "reinitialiser", "restaurer", "voir"];
    let said: Vec<_> = view
        .form
        .flaws()
        .iter()
        .filter(|(name, _)| buttons.contains(&name.as_str()))
        .map(|(_, flaw)| view! { <p>{flaw.words()}</p> }.into_any())
        .collect();
    if said.is_empty() {
        return ().into_any();
    }
    view! {
        <div class="notice" data-kind="alert" role="alert" id="erreurs" tabindex="-1" autofocus>
            {shape("alert")}<div class="grow">{said}</div>
        </div>
    }
    .into_any()
}

fn identity(view: &AccountPage) -> AnyView {
    let (home, id) = view.household.clone();
    let children: Vec<_> = view
        .children
        .iter()
        .map(|(name, id)| {
            let card = format!("{}/enfants/{id}", view.home);
            view! { <li><a href=card>{name.clone()}</a></li> }.into_any()
        })
        .collect();
    let nothing = || t("families-nothing");
    let inside = view! {
        <dl class="facts">
            {fact(t("accounts-household"), view! { <a href=format!("{}/foyers/{id}", view.home)>{home}</a> }.into_any())}
            {fact(t("accounts-children"), if children.is_empty() {
                nothing().into_any()
            } else {
                view! { <ul class="people" role="list">{children}</ul> }.into_any()
            })}
            {fact(t("accounts-contact"), view.email.clone().unwrap_or_else(nothing).into_any())}
            {fact(t("accounts-phone"), view.phone.clone().unwrap_or_else(nothing).into_any())}
        </dl>
        {view.bounced.then(|| view! {
            <p class="notice" data-kind="alert">{shape("alert")}<span>{t("accounts-bounced-then")}</span></p>
        })}
    };
    part("personne", t("accounts-person"), inside.into_any())
}

fn getting_in(view: &AccountPage) -> AnyView {
    let token = &view.bar.token;
    let login = view.login.clone().unwrap_or_else(|| t("accounts-login-none"));
    let sessions = match &view.seen {
        Some((day, hour)) => with(
            "accounts-sessions-seen",
            &[
                ("count", &view.sessions.to_string()),
                ("day", day),
                ("hour", hour),
            ],
        ),
        None => t("accounts-sessions-none"),
    };
    let stands = view.login.is_some() && !view.is_deleted();
    let inside = view! {
        <dl class="facts">
            {fact(t("accounts-state"), state(&view.state))}
            {fact(t("accounts-login"), view! { <span class="accounts-long">{login}</span> }.into_any())}
            {stands.then(|| fact(t("accounts-factor"), if view.second_factor { t("accounts-factor-on") } else { t("accounts-factor-off") }.into_any()))}
            {stands.then(|| fact(t("accounts-sessions"), sessions.into_any()))}
        </dl>
        {view.locked.clone().map(|hour| view! {
            <p class="notice" data-kind="care">{shape("closed")}<span>{t1("accounts-locked", "hour", hour)}</span></p>
        })}
        <div class="buttons accounts-deeds">
            {(view.login.is_none()).then(|| deed(token, view.at("activation"), t("accounts-activation-send"), Some("primary")))}
            {view.restorable.then(|| deed(token, view.at("restaurer"), t("accounts-restore"), Some("primary")))}
            {stands.then(|| deed(token, view.at("mot-de-passe"), t("accounts-reset-send"), None))}
            {view.locked.is_some().then(|| deed(token, view.at("debloquer"), t("accounts-unlock"), None))}
            {(view.sessions > 0).then(|| deed(token, view.at("sessions"), t("accounts-sessions-end"), None))}
        </div>
        {stands.then(|| changing(view))}
    };
    part("acces", t("accounts-access"), inside.into_any())
}

/// What stands in one of several forms: what is wrong is said beside that one alone.
fn own(view: &AccountPage, field: &str) -> FormState {
    let flawed = view.form.flaws().iter().any(|(name, _)| name == field);
    if flawed {
        view.form.clone()
    } else {
        FormState::default()
    }
}

fn changing(view: &AccountPage) -> AnyView {
    let own = own(view, "identifiant");
    let form = FormView::new(&own, &view.bar);
    let inside = form.field(
        Field::email("identifiant", t("accounts-login-new"))
            .required()
            .max(254)
            .hint(t("accounts-login-new-hint")),
    );
    view! {
        <details class="accounts-more" open=own.is_flawed()>
            <summary>{t("accounts-login-change")}</summary>
            {form.sheet(&view.at("identifiant"), Buttons::named(t("accounts-login-send")), inside)}
        </details>
    }
    .into_any()
}

fn letters(view: &AccountPage) -> AnyView {
    let lines: Vec<_> = view
        .letters
        .iter()
        .map(|line| {
            let (day, hour) = &line.when;
            let said = with(
                "accounts-letter-line",
                &[("day", day), ("hour", hour), ("to", &line.to)],
            );
            view! {
                <li>
                    <span class="who-name">{kind(line.kind)}</span>
                    <span class="details accounts-long">{said}</span>
                    {fate(line.fate)}
                </li>
            }
            .into_any()
        })
        .collect();
    let inside = if lines.is_empty() {
        view! { <p class="quiet">{t("accounts-letters-none")}</p> }.into_any()
    } else {
        view! { <ul class="people accounts-letters" role="list">{lines}</ul> }.into_any()
    };
    part("courriers", t("accounts-letters"), inside)
}

fn kind(kind: LetterKind) -> String {
    match kind {
        LetterKind::Notice => t("accounts-kind-notice"),
        LetterKind::Activation => t("accounts-kind-activation"),
        LetterKind::Reset => t("accounts-kind-reset"),
        LetterKind::Login => t("accounts-kind-login"),
        LetterKind::Contact => t("accounts-kind-contact"),
        LetterKind::NoAccount => t("accounts-kind-no-account"),
        LetterKind::Registered => t("accounts-kind-registered"),
        LetterKind::RegistrationRefused => t("accounts-kind-refused"),
        LetterKind::Codes => t("accounts-kind-codes"),
        LetterKind::Deleted => t("accounts-kind-deleted"),
        LetterKind::Agent => t("accounts-kind-agent"),
        LetterKind::Booked => t("accounts-kind-booked"),
    }
}

fn ending(view: &AccountPage) -> AnyView {
    let own = own(view, "mot");
    let form = FormView::new(&own, &view.bar);
    let said = vec![t("accounts-delete-said"), t("accounts-delete-stays")];
    let buttons = Buttons::named(t("accounts-delete"));
    let inside = view! {
        <details class="accounts-more" open=own.is_flawed()>
            <summary>{t("accounts-delete-open")}</summary>
            {confirm(&form, &view.at("supprimer"), "SUPPRIMER", said, buttons)}
        </details>
    };
    part("fin", t("accounts-end"), inside.into_any())
}
