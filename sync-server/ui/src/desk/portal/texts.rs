//! The town's texts: the list, the form with a preview, and taking one off.

use leptos::prelude::*;
use shared::operation::TextKind;

use super::{Sheet, sheets};
use crate::desk::form::{
    self, Buttons, Checks, Choice, Field, FormState, FormView, Radios, TextArea, heading,
};
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::portal::pages::text_title;
use crate::portal::prose::prose;
use crate::words::{t, t1};

/// How far a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextState {
    /// Families see it.
    Shown,
    /// They will.
    Planned,
    /// Nobody asked for it to be shown.
    Draft,
    /// Its time is over, or a newer one took its place.
    Over,
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct TextRow {
    /// Its page.
    pub address: String,
    /// What it is.
    pub kind: TextKind,
    /// Its title.
    pub title: String,
    /// How far it is.
    pub state: TextState,
    /// From when until when: « lundi 23 novembre 2026, 8 h ».
    pub when: String,
    /// The edition, where families accept it.
    pub edition: Option<u32>,
    /// How many accepted that edition.
    pub accepted: Option<u64>,
}

/// The list.
#[derive(Clone, Debug)]
pub struct TextsPage {
    /// Who looks.
    pub bar: Bar,
    /// The first page of this area.
    pub home: String,
    /// Its lines.
    pub rows: Vec<TextRow>,
}

/// What a kind is called.
pub fn kind_words(kind: TextKind) -> String {
    match kind {
        TextKind::Accessibility => t("desk-portal-kind-accessibility"),
        other => text_title(other),
    }
}

fn state_view(state: TextState) -> AnyView {
    let (sign, of, words) = match state {
        TextState::Shown => ("present", "present", t("desk-portal-state-shown")),
        TextState::Planned => ("expected", "expected", t("desk-portal-state-planned")),
        TextState::Draft => ("expected", "expected", t("desk-portal-state-draft")),
        TextState::Over => ("absent", "absent", t("desk-portal-state-over")),
    };
    view! { <span class="verdict" data-state=of>{shape(sign)}<span>{words}</span></span> }.into_any()
}

/// Draws the list.
pub fn texts_page(view: &TextsPage) -> String {
    page(Head::titled(t("desk-portal-texts")), &view.bar, || {
        let new = |kind: TextKind| format!("{}/textes/nouveau?genre={}", view.home, kind.as_str());
        let news = view! { <a class="button" data-kind="primary" href=new(TextKind::News)>{t("desk-portal-news-new")}</a> };
        let sections: Vec<_> = TextKind::ALL
            .into_iter()
            .map(|kind| {
                let rows: Vec<_> = view.rows.iter().filter(|row| row.kind == kind).map(row).collect();
                let id = format!("genre-{}", kind.as_str());
                let none = rows.is_empty().then(|| {
                    let words = match kind {
                        TextKind::News => t("desk-portal-news-none"),
                        _ => t("desk-portal-text-ours"),
                    };
                    view! { <p>{words}</p> }
                });
                let write = (kind != TextKind::News).then(|| {
                    view! {
                        <a class="button" href=new(kind)>{t("desk-portal-text-new")}
                            <span class="unseen">{t("form-colon")}{kind_words(kind)}</span></a>
                    }
                });
                view! {
                    <section class="portal-section" aria-labelledby=id.clone()>
                        <div class="portal-head"><h2 id=id.clone()>{kind_words(kind)}</h2>{write}</div>
                        {none}
                        {(!rows.is_empty()).then(|| view! { <ul class="portal-rows" role="list">{rows}</ul> })}
                    </section>
                }
                .into_any()
            })
            .collect();
        view! {
            {heading(t("desk-portal-texts"), &[(t("desk-portal-title"), view.home.clone())], Some(news.into_any()))}
            {sheets(&view.home, Sheet::Texts)}
            {sections}
        }
        .into_any()
    })
}

fn row(row: &TextRow) -> AnyView {
    let accepted = row
        .accepted
        .map(|count| t1("desk-portal-accepted", "count", count));
    let edition = row
        .edition
        .map(|edition| t1("desk-portal-edition", "edition", edition));
    view! {
        <li>
            <a class="portal-row-title" href=row.address.clone()>{row.title.clone()}</a>
            {state_view(row.state)}
            <span class="portal-since">{row.when.clone()}</span>
            {edition.map(|words| view! { <span class="portal-since">{words}</span> })}
            {accepted.map(|words| view! { <span class="portal-since">{words}</span> })}
        </li>
    }
    .into_any()
}

/// The form of a text.
#[derive(Clone, Debug)]
pub struct TextForm {
    /// Who looks.
    pub bar: Bar,
    /// What stands in it.
    pub form: FormState,
    /// The first page of this area.
    pub home: String,
    /// Where it goes.
    pub action: String,
    /// What it is.
    pub kind: TextKind,
    /// It stands already, at this edition.
    pub edition: Option<u32>,
    /// Where it is taken off, once it stands.
    pub removal: Option<String>,
    /// Sites to choose among.
    pub sites: Vec<Choice>,
    /// The text as families will see it.
    pub preview: Option<(String, String)>,
}

/// Draws the form.
pub fn form_page(view: &TextForm) -> String {
    let title = kind_words(view.kind);
    page(form::head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let states = [
            Choice::new("publie", t("desk-portal-publish")),
            Choice::new("brouillon", t("desk-portal-draft")),
        ];
        let of_news = (view.kind == TextKind::News).then(|| {
            view! {
                {form.tick("epingle", t("desk-portal-pin"), Some(t("desk-portal-pin-hint")))}
                {form.checks(Checks::new("sites", t("desk-portal-sites"), &view.sites).hint(t("desk-portal-sites-hint")))}
            }
        });
        let again = view.edition.filter(|_| view.kind.is_accepted()).map(|edition| {
            let hint = t1("desk-portal-again-hint", "edition", edition);
            form.tick("nouvelle_edition", t("desk-portal-again"), Some(hint))
        });
        let inside = view! {
            {form.hidden("numero")}
            {form.field(Field::text("titre", t("desk-portal-text-title")).required().max(120))}
            {form.text_area(TextArea::new("texte", t("desk-portal-text-words"), 16).hint(t("desk-portal-text-hint")).required())}
            <button class="button" name="apercu" value="oui">{t("desk-portal-preview")}</button>
            {form.radios(Radios::new("etat", t("desk-portal-state"), &states))}
            <fieldset class="portal-part">
                <legend>{t("desk-portal-when")}</legend>
                <p class="hint">{t("desk-portal-when-hint")}</p>
                <div class="portal-when">
                    {form.field(Field::date("debut_date", t("desk-portal-from-date")))}
                    {form.field(Field::time("debut_heure", t("desk-portal-from-time")))}
                    {form.field(Field::date("fin_date", t("desk-portal-until-date")))}
                    {form.field(Field::time("fin_heure", t("desk-portal-until-time")))}
                </div>
            </fieldset>
            {of_news}
            {again}
        };
        let back = format!("{}/textes", view.home);
        let under = [
            (t("desk-portal-title"), view.home.clone()),
            (t("desk-portal-texts"), back.clone()),
        ];
        let doing = view.removal.clone().map(|address| {
            view! { <a class="button" data-kind="quiet" href=address>{t("desk-portal-remove")}</a> }
                .into_any()
        });
        let drawn = view.preview.as_ref().map(|(title, text)| {
            view! {
                <section class="portal-drawn" aria-labelledby="apercu-titre">
                    <h2 id="apercu-titre">{t("desk-portal-preview-title")}</h2>
                    <p class="hint">{t("desk-portal-preview-hint")}</p>
                    <article><p class="portal-drawn-title">{title.clone()}</p>{prose(text)}</article>
                </section>
            }
        });
        view! {
            {heading(title, &under, doing)}
            {drawn}
            {form.sheet(&view.action, Buttons::save().cancel(&back), inside.into_any())}
        }
        .into_any()
    })
}

/// Taking a text off.
#[derive(Clone, Debug)]
pub struct RemoveTextPage {
    /// Who looks.
    pub bar: Bar,
    /// The version seen.
    pub form: FormState,
    /// Where it is sent.
    pub action: String,
    /// The page it belongs to.
    pub back: String,
    /// Its title.
    pub title: String,
}

/// Draws the question.
pub fn remove_page(view: &RemoveTextPage) -> String {
    let title = t("desk-portal-remove-title");
    page(form::head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let inside = view! {
            <div class="said">
                <p><strong>{view.title.clone()}</strong></p>
                <p>{t("desk-portal-remove-said")}</p>
            </div>
        };
        let buttons = Buttons::named(t("desk-portal-remove")).grave().cancel(&view.back);
        view! {
            {heading(title, &[(t("desk-portal-texts"), view.back.clone())], None)}
            {form.sheet(&view.action, buttons, inside.into_any())}
        }
        .into_any()
    })
}
