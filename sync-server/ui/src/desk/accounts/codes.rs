//! Codes on paper: the form that asks for them, and the file of letters.

use leptos::prelude::*;

use super::under;
use crate::desk::form::{self, Buttons, Choice, Field, FormState, FormView, Select, heading};
use crate::desk::frame::{Bar, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// What the form shows.
#[derive(Clone, Debug)]
pub struct CodesPage {
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
    /// Letters of what is chosen.
    pub letters: usize,
    /// Children they are for.
    pub children: usize,
    /// The town lets families in with codes.
    pub open: bool,
}

/// Draws it.
pub fn codes_page(view: &CodesPage) -> String {
    let title = t("accounts-codes");
    page(form::head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let chosen: Vec<_> = view
            .form
            .all("qui")
            .into_iter()
            .map(|id| view! { <input type="hidden" name="qui" value=id.to_owned() /> }.into_any())
            .collect();
        let narrowed = chosen.is_empty();
        let inside = view! {
            {chosen}
            {narrowed.then(|| view! {
                {form.select(Select::new("ecole", t("families-school"), &view.schools).or_none(t("families-all-schools")))}
                {form.select(Select::new("classe", t("families-class"), &view.classes).or_none(t("families-all-classes")))}
                {form.tick("tous", t("accounts-codes-all"), Some(t("accounts-codes-all-hint")))}
            })}
            {form.field(Field::number("jours", t("accounts-codes-days"), 7, 400))}
            <p class="accounts-count" role="status">{with("accounts-codes-count", &[
                ("letters", &view.letters.to_string()), ("children", &view.children.to_string()),
            ])}</p>
            {narrowed.then(|| view! { <button class="button" name="compter" value="oui">{t("accounts-codes-recount")}</button> })}
        };
        let action = format!("{}/comptes/codes", view.home);
        let buttons = Buttons::named(t("accounts-codes-print")).cancel(&format!("{}/comptes", view.home));
        view! {
            {heading(title, &[under(&view.home)], None)}
            <p class="lead">{t("accounts-codes-about")}</p>
            {(!view.open).then(|| view! {
                <div class="notice" data-kind="care">{shape("alert")}<p class="grow">{t("accounts-codes-closed")}</p></div>
            })}
            <div class="notice" data-kind="care">{shape("alert")}<p class="grow">{t("accounts-codes-once")}</p></div>
            {form.sheet(&action, buttons, inside.into_any())}
        }
        .into_any()
    })
}

/// A child's code.
#[derive(Clone)]
pub struct CodePair {
    /// Whose.
    pub child: String,
    /// Its class.
    pub class: Option<String>,
    /// As it is printed.
    pub code: String,
}

/// A household's letter. It is never logged.
#[derive(Clone)]
pub struct CodeLetter {
    /// The household.
    pub home: String,
    /// Its guardians.
    pub people: Vec<String>,
    /// The payer's code.
    pub payer: String,
    /// Its children's codes.
    pub pairs: Vec<CodePair>,
}

/// A file of letters.
#[derive(Clone)]
pub struct LettersFile {
    /// The town's name.
    pub commune: String,
    /// Where codes are typed.
    pub place: String,
    /// « mardi 23 mars 2027 ».
    pub until: String,
    /// The day it was made.
    pub printed: String,
    /// The telephone that families call.
    pub phone: Option<String>,
    /// The letters.
    pub letters: Vec<CodeLetter>,
}

const STYLE: &str = include_str!("../../../static/code-letters.css");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Draws the file: whole in itself, a letter a page.
pub fn letters_file(file: &LettersFile) -> String {
    let html = Owner::new().with(|| {
        let letters: Vec<_> = file.letters.iter().map(|one| letter(file, one)).collect();
        view! {
            <html lang="fr">
                <head>
                    <meta charset="utf-8" />
                    <meta http-equiv="Content-Security-Policy" content=POLICY />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light" />
                    <meta name="robots" content="noindex" />
                    <title>{t1("accounts-letter-title", "commune", file.commune.as_str())}</title>
                    <style inner_html=STYLE></style>
                </head>
                <body>
                    <p class="screen-only">{t1("accounts-letter-print", "count", file.letters.len())}</p>
                    <main>{letters}</main>
                </body>
            </html>
        }
        .to_html()
    });
    format!("<!doctype html>\n{html}\n")
}

fn letter(file: &LettersFile, letter: &CodeLetter) -> AnyView {
    let rows: Vec<_> = letter
        .pairs
        .iter()
        .map(|pair| {
            view! {
                <tr>
                    <th scope="row">{pair.child.clone()}{pair.class.clone().map(|class| view! { <span class="class">{class}</span> })}</th>
                    <td class="code">{pair.code.clone()}</td>
                    <td class="code">{letter.payer.clone()}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let help = match &file.phone {
        Some(phone) => t1("accounts-letter-help", "phone", phone.as_str()),
        None => t("accounts-letter-help-bare"),
    };
    view! {
        <article class="letter">
            <header>
                <p class="town">{file.commune.clone()}</p>
                <p class="day">{file.printed.clone()}</p>
            </header>
            <p class="to"><strong>{letter.home.clone()}</strong><span>{letter.people.join(", ")}</span></p>
            <h1>{t("accounts-letter-heading")}</h1>
            <p>{t("accounts-letter-about")}</p>
            <table>
                <thead><tr>
                    <th scope="col">{t("accounts-letter-child")}</th>
                    <th scope="col">{t("accounts-letter-child-code")}</th>
                    <th scope="col">{t("accounts-letter-payer-code")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <ol>
                <li>{t("accounts-letter-step-open")}<span class="place">{file.place.clone()}</span></li>
                <li>{t("accounts-letter-step-type")}</li>
                <li>{t("accounts-letter-step-email")}</li>
                <li>{t("accounts-letter-step-password")}</li>
            </ol>
            <p class="until">{t1("accounts-letter-until", "day", file.until.as_str())}</p>
            <footer>
                <p>{t("accounts-letter-keep")}</p>
                <p>{help}</p>
            </footer>
        </article>
    }
    .into_any()
}
