//! How the portal is set up, with the town's colour in both themes, and its logo.

use leptos::prelude::*;
use shared::operation::Tab;

use super::{Sheet, sheets};
use crate::desk::form::{self, Buttons, Field, FormState, FormView, TextArea, heading};
use crate::desk::frame::{Bar, page, token_field};
use crate::desk::shapes::shape;
use crate::portal::colours::{Shown, shown};
use crate::words::{t, t1, with};

/// The town's logo.
#[derive(Clone, Debug)]
pub struct Logo {
    /// Its address.
    pub src: String,
    /// What it says to whoever does not see it.
    pub words: String,
}

/// The page.
#[derive(Clone, Debug)]
pub struct SettingsPage {
    /// Who looks.
    pub bar: Bar,
    /// What stands in the form.
    pub form: FormState,
    /// The first page of this area, where the form goes.
    pub home: String,
    /// What families see.
    pub public: String,
    /// The colour to show in both themes, `#rrggbb`.
    pub colour: String,
    /// The logo that stands.
    pub logo: Option<Logo>,
    /// The form of a logo.
    pub logo_form: FormState,
}

fn tab_words(tab: Tab) -> String {
    match tab {
        Tab::News => t("portal-place-news"),
        Tab::Menus => t("portal-place-menus"),
        Tab::Tariffs => t("portal-place-tariffs"),
        Tab::Rules => t("portal-place-rules"),
        Tab::Bookings => t("portal-place-bookings"),
        Tab::Bills => t("portal-place-bills"),
        Tab::Requests => t("portal-place-requests"),
        Tab::File => t("portal-place-file"),
    }
}

/// Draws the page.
pub fn settings_page(view: &SettingsPage) -> String {
    let title = t("desk-portal-title");
    let flawed = if view.logo_form.is_flawed() {
        &view.logo_form
    } else {
        &view.form
    };
    page(form::head(title.clone(), flawed), &view.bar, || {
        let doing = view! { <a class="button" href=view.public.clone()>{t("desk-portal-see")}</a> };
        view! {
            {heading(title, &[], Some(doing.into_any()))}
            {sheets(&view.home, Sheet::Settings)}
            {settings(view)}
            {logo(view)}
        }
        .into_any()
    })
}

fn settings(view: &SettingsPage) -> AnyView {
    let form = FormView::new(&view.form, &view.bar);
    let tabs: Vec<_> = Tab::ALL
        .into_iter()
        .map(|tab| {
            let words = tab_words(tab);
            let (open, said) = (
                format!("ouvert_{}", tab.as_str()),
                format!("texte_{}", tab.as_str()),
            );
            view! {
                <div class="portal-tab">
                    {form.tick(&open, words.clone(), None)}
                    {form.field(Field::text(said, t1("desk-portal-tab-said", "tab", words)).max(500))}
                </div>
            }
            .into_any()
        })
        .collect();
    let inside = view! {
        <fieldset class="portal-part">
            <legend>{t("desk-portal-part-contact")}</legend>
            {form.text_area(TextArea::new("accueil", t("desk-portal-welcome"), 4).hint(t("desk-portal-welcome-hint")))}
            {form.field(Field::tel("telephone", t("desk-portal-phone")))}
            {form.field(Field::email("courriel", t("desk-portal-email")))}
            {form.text_area(TextArea::new("horaires", t("desk-portal-hours"), 4).hint(t("desk-portal-hours-hint")))}
        </fieldset>
        <fieldset class="portal-part">
            <legend>{t("desk-portal-part-colour")}</legend>
            {form.field(Field::text("couleur", t("desk-portal-colour")).hint(t("desk-portal-colour-hint")).max(7).narrow())}
            <button class="button" name="apercu" value="oui">{t("desk-portal-colour-try")}</button>
            {preview(view)}
        </fieldset>
        <fieldset class="portal-part">
            <legend>{t("desk-portal-part-in")}</legend>
            {form.tick("codes", t("desk-portal-codes"), Some(t("desk-portal-codes-hint")))}
            {form.tick("inscription", t("desk-portal-registration"), Some(t("desk-portal-registration-hint")))}
            {form.tick("franceconnect", t("desk-portal-france-connect"), Some(t("desk-portal-france-connect-hint")))}
            {form.tick("depart", t("desk-portal-child-left"), Some(t("desk-portal-child-left-hint")))}
        </fieldset>
        <fieldset class="portal-part">
            <legend>{t("desk-portal-part-tabs")}</legend>
            <p class="hint">{t("desk-portal-tabs-hint")}</p>
            {tabs}
        </fieldset>
        <fieldset class="portal-part">
            <legend>{t("desk-portal-part-mail")}</legend>
            {form.field(Field::text("expediteur", t("desk-portal-sender-name")).hint(t("desk-portal-sender-name-hint")).max(120))}
            {form.field(Field::email("adresse_envoi", t("desk-portal-sender")).hint(t("desk-portal-sender-hint")))}
            {form.field(Field::email("reponse", t("desk-portal-reply-to")).hint(t("desk-portal-reply-to-hint")))}
        </fieldset>
        <fieldset class="portal-part">
            <legend>{t("desk-portal-part-accounts")}</legend>
            {form.field(Field::number("historique", t("desk-portal-history"), 0, 10).hint(t("desk-portal-history-hint")))}
            {form.field(Field::number("restauration", t("desk-portal-restore"), 1, 365).hint(t("desk-portal-restore-hint")).required())}
        </fieldset>
    };
    form.sheet(&view.home, Buttons::save(), inside.into_any())
}

/// The colour in both themes, with its contrast, whatever the screen of whoever chooses asks for.
fn preview(view: &SettingsPage) -> Option<AnyView> {
    let themes = shown(&view.colour)?;
    let href = format!(
        "{}/apercu.css?couleur={}",
        view.home,
        view.colour.trim_start_matches('#')
    );
    let titles = [("light", t("desk-portal-light")), ("dark", t("desk-portal-dark"))];
    let parts: Vec<_> = titles
        .into_iter()
        .zip(themes)
        .map(|((theme, title), shown)| sample(theme, title, &shown))
        .collect();
    Some(
        view! {
            <link rel="stylesheet" href=href />
            <div class="portal-previews">{parts}</div>
        }
        .into_any(),
    )
}

fn sample(theme: &'static str, title: String, shown: &Shown) -> AnyView {
    let ratio = format!("{:.1}", (shown.contrast * 10.0).floor() / 10.0).replace('.', ",");
    let said = if shown.adapted {
        with(
            "desk-portal-adapted",
            &[("colour", &shown.accent), ("ratio", &ratio)],
        )
    } else {
        with(
            "desk-portal-kept",
            &[("colour", &shown.accent), ("ratio", &ratio)],
        )
    };
    view! {
        <div class="portal-preview" data-theme=theme>
            <p class="portal-preview-title">{title}</p>
            <p class="portal-preview-words">{t("desk-portal-sample")}" "<span class="portal-preview-link">{t("desk-portal-sample-link")}</span></p>
            <p><span class="button" data-kind="primary">{t("desk-portal-sample-button")}</span></p>
            <p class="portal-preview-said">{shape("present")}<span>{said}</span></p>
        </div>
    }
    .into_any()
}

fn logo(view: &SettingsPage) -> AnyView {
    let form = FormView::new(&view.logo_form, &view.bar);
    let flaw = form.file_flaw("fichier", &t("desk-portal-logo-file"));
    let invalid = flaw.is_some().then_some("true");
    let about = if flaw.is_some() {
        "fichier-aide fichier-erreur"
    } else {
        "fichier-aide"
    };
    let inside = view! {
        <div class="field">
            <label for="fichier">{t("desk-portal-logo-file")}</label>
            <p class="hint" id="fichier-aide">{t("desk-portal-logo-hint")}</p>
            <input
                class="input" type="file" id="fichier" name="fichier" required accept="image/png,image/jpeg,image/webp"
                aria-invalid=invalid aria-describedby=about
            />
            {flaw.map(|flaw| view! {
                <p class="error" id="fichier-erreur">{shape("alert")}<span>{flaw}</span></p>
            })}
        </div>
        {form.field(Field::text("mots", t("desk-portal-logo-words")).hint(t("desk-portal-logo-words-hint")).required().max(120))}
    };
    let now = view.logo.clone().map(|logo| {
        view! {
            <form class="portal-logo-now" method="post" action=format!("{}/logo/retirer", view.home)>
                {token_field(&view.bar.token)}
                <img src=logo.src alt=logo.words />
                <button class="button" data-kind="quiet">{t("desk-portal-logo-remove")}</button>
            </form>
        }
    });
    view! {
        <section class="portal-section" id="logo" aria-labelledby="titre-logo">
            <h2 id="titre-logo">{t("desk-portal-logo")}</h2>
            {now}
            {form.upload(&format!("{}/logo", view.home), Buttons::named(t("desk-portal-logo-send")), inside.into_any())}
        </section>
    }
    .into_any()
}
