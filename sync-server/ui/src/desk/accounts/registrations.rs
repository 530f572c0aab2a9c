//! Families who ask to be known.

use leptos::prelude::*;

use super::doubles::{WhyDouble, why_words};
use super::{fact, part, under};
use crate::desk::form::{self, Buttons, Choice, FormState, FormView, Radios, Select, TextArea, heading};
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// One family.
#[derive(Clone, Debug)]
pub struct RegistrationLine {
    /// Its page.
    pub address: String,
    /// Who asks.
    pub name: String,
    /// The children.
    pub children: Vec<String>,
    /// The day it came.
    pub at: String,
}

/// What the list shows.
#[derive(Clone, Debug)]
pub struct RegistrationsPage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// The families, the oldest first.
    pub lines: Vec<RegistrationLine>,
}

/// Draws it.
pub fn registrations_page(view: &RegistrationsPage) -> String {
    let title = t("accounts-registrations");
    page(Head::titled(title.clone()), &view.bar, || {
        let rows: Vec<_> = view
            .lines
            .iter()
            .map(|line| {
                view! {
                    <tr>
                        <th scope="row"><a href=line.address.clone()>{line.name.clone()}</a></th>
                        <td>{line.children.join(", ")}</td>
                        <td>{line.at.clone()}</td>
                    </tr>
                }
                .into_any()
            })
            .collect();
        view! {
            {heading(title.clone(), &[under(&view.home)], None)}
            <p class="lead">{t("accounts-registrations-about")}</p>
            {if rows.is_empty() {
                view! { <div class="empty"><p><strong>{t("accounts-registrations-none")}</strong></p><p>{t("accounts-registrations-none-then")}</p></div> }.into_any()
            } else {
                view! {
                    <table class="records accounts-registrations">
                        <caption class="unseen">{title}</caption>
                        <thead><tr>
                            <th scope="col">{t("accounts-registration-who")}</th>
                            <th scope="col">{t("accounts-children")}</th>
                            <th scope="col">{t("accounts-registration-when")}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                }
                .into_any()
            }}
        }
        .into_any()
    })
}

/// Somebody of the record who may be whoever asks.
#[derive(Clone, Debug)]
pub struct KnownGuardian {
    /// What is sent when they are chosen.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their household.
    pub home: String,
    /// Why.
    pub why: Vec<WhyDouble>,
    /// They get in already.
    pub gets_in: bool,
}

/// A child of the family that asks.
#[derive(Clone, Debug)]
pub struct AskedChild {
    /// Its name.
    pub name: String,
    /// « 04/03/2019 ».
    pub born: String,
    /// The school, in the family's words.
    pub school: String,
    /// Files that may be its own: id and words.
    pub files: Vec<(String, String)>,
}

/// What the page of one shows.
#[derive(Clone, Debug)]
pub struct RegistrationPage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// Where the form goes.
    pub action: String,
    /// What stands in it.
    pub form: FormState,
    /// Nobody decided yet.
    pub open: bool,
    /// Who asks.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Telephone.
    pub phone: Option<String>,
    /// What they say.
    pub message: String,
    /// Day and hour.
    pub at: (String, String),
    /// People who may be them.
    pub known: Vec<KnownGuardian>,
    /// Their children.
    pub children: Vec<AskedChild>,
    /// Schools to choose from.
    pub schools: Vec<Choice>,
}

/// Draws it.
pub fn registration_page(view: &RegistrationPage) -> String {
    page(form::head(view.name.clone(), &view.form), &view.bar, || {
        let list = (
            t("accounts-registrations"),
            format!("{}/comptes/inscriptions", view.home),
        );
        let (day, hour) = &view.at;
        let asked = view! {
            <dl class="facts">
                {fact(t("accounts-email"), view! { <span class="accounts-long">{view.email.clone()}</span> }.into_any())}
                {view.phone.clone().map(|phone| fact(t("accounts-phone"), phone.into_any()))}
                {fact(t("accounts-registration-when"), with("accounts-at", &[("day", day), ("hour", hour)]).into_any())}
            </dl>
            {(!view.message.is_empty()).then(|| view! { <p class="prose">{view.message.clone()}</p> })}
        };
        view! {
            {heading(view.name.clone(), &[under(&view.home), list], None)}
            {part("demande", t("accounts-registration-asked"), asked.into_any())}
            {if view.open {
                view! { {accept(view)}{refuse(view)} }.into_any()
            } else {
                view! { <p class="notice">{shape("present")}<span>{t("accounts-registration-over")}</span></p> }.into_any()
            }}
        }
        .into_any()
    })
}

/// What stands in one of the two forms: what is wrong is said beside that one alone.
fn own(view: &RegistrationPage, refusing: bool) -> FormState {
    if view.form.has("refuser") == refusing {
        view.form.clone()
    } else {
        let mut other = view.form.clone();
        if other.is_flawed() {
            other = other
                .pairs()
                .iter()
                .fold(FormState::default(), |form, (name, value)| form.with(name, value));
        }
        other
    }
}

fn accept(view: &RegistrationPage) -> AnyView {
    let own = own(view, false);
    let form = FormView::new(&own, &view.bar);
    let mut people: Vec<Choice> = view
        .known
        .iter()
        .map(|one| {
            let why: Vec<String> = one.why.iter().map(|why| why_words(*why)).collect();
            let label = with(
                "accounts-registration-known",
                &[("name", &one.name), ("home", &one.home)],
            );
            let mut hint = t1("accounts-registration-why", "why", why.join(", "));
            if one.gets_in {
                hint = format!("{hint} {}", t("accounts-registration-gets-in"));
            }
            Choice::new(one.id.clone(), label).explained(hint)
        })
        .collect();
    people.push(
        Choice::new("nouveau", t("accounts-registration-new")).explained(t("accounts-registration-new-hint")),
    );
    let children: Vec<_> = view
        .children
        .iter()
        .enumerate()
        .map(|(row, child)| asked_child(&form, view, row, child))
        .collect();
    let inside = view! {
        {form.radios(Radios::new("qui", t("accounts-registration-is"), &people))}
        {children}
    };
    view! {
        <h2>{t("accounts-registration-accept")}</h2>
        {form.sheet(&view.action, Buttons::named(t("accounts-registration-accept-button")), inside.into_any())}
    }
    .into_any()
}

fn asked_child(form: &FormView<'_>, view: &RegistrationPage, row: usize, child: &AskedChild) -> AnyView {
    let mut files: Vec<Choice> = child
        .files
        .iter()
        .map(|(id, label)| Choice::new(id.clone(), label.clone()))
        .collect();
    files.push(Choice::new("nouveau", t("accounts-registration-child-new")));
    files.push(Choice::new("aucun", t("accounts-registration-child-none")));
    let legend = with(
        "accounts-registration-child",
        &[
            ("name", &child.name),
            ("born", &child.born),
            ("school", &child.school),
        ],
    );
    view! {
        {form.radios(Radios::new(format!("enfant-{row}"), legend, &files))}
        {form.select(
            Select::new(format!("ecole-{row}"), t("accounts-registration-school"), &view.schools)
                .or_none(t("accounts-registration-school-none")),
        )}
    }
    .into_any()
}

fn refuse(view: &RegistrationPage) -> AnyView {
    let own = own(view, true);
    let form = FormView::new(&own, &view.bar);
    let open = own.has("refuser");
    let inside = form.text_area(
        TextArea::new("motif", t("accounts-registration-reason"), 4)
            .required()
            .hint(t("accounts-registration-reason-hint")),
    );
    let buttons = Buttons::named(t("accounts-registration-refuse-button"))
        .grave()
        .sends("refuser", "oui");
    view! {
        <details class="accounts-more" open=open>
            <summary>{t("accounts-registration-refuse")}</summary>
            {form.sheet(&view.action, buttons, inside)}
        </details>
    }
    .into_any()
}
