//! What all pages have around them.

use leptos::prelude::*;

use super::form::{Done, done_notice};
use super::places::Place;
use super::service::{self, Unopened};
use super::shapes::{shape, sprite};
use crate::words::{t, t1, with};

/// The bar above every page of someone who is logged in.
#[derive(Clone, Debug)]
pub struct Bar {
    /// The commune's short name.
    pub slug: String,
    /// The commune's name.
    pub commune: String,
    /// Who is logged in.
    pub agent: String,
    /// Goes into every form of this session.
    pub token: String,
    /// Where whoever looks may go.
    pub places: Vec<Place>,
    /// The place that the page belongs to.
    pub here: Option<Place>,
    /// What was kept aside and waits for a person; none where it may not be seen.
    pub waiting: u64,
    /// Discrepancies of the last weeks that nobody decided; none where they may not be seen.
    pub open: u64,
    /// What of a history that was found again waits for a decision.
    pub to_settle: u64,
    /// What was done a moment ago.
    pub done: Option<Done>,
    /// What everybody is to know of the server before anything else.
    pub banner: Banner,
}

/// What stands above every page while the server is not as usual.
#[derive(Clone, Debug, Default)]
pub struct Banner {
    /// The commune came back from a loss, and nobody signed that off.
    pub recovering: bool,
    /// Off-site copies fail since then: « lundi 23 novembre, 4 h 10 ».
    pub offsite: Option<String>,
    /// Parts of the service that are not open.
    pub unopened: Vec<Unopened>,
    /// Where they stand, and are switched.
    pub service_page: String,
    /// Where a return from a loss is looked at, for whom that may be.
    pub recovery_page: Option<String>,
    /// Whether whoever looks may open what is closed.
    pub may_open: bool,
}

/// What a page says of itself.
pub(super) struct Head {
    pub(super) title: String,
    /// Loads itself again where no script does.
    pub(super) reloads: bool,
    pub(super) scripted: bool,
}

impl Head {
    pub(super) fn titled(title: String) -> Self {
        Self {
            title,
            reloads: false,
            scripted: false,
        }
    }
}

/// A whole document.
pub(super) fn document(head: Head, commune: &str, body: impl FnOnce() -> AnyView) -> String {
    let title = if commune.is_empty() {
        with("desk-title-bare", &[("page", &head.title)])
    } else {
        with("desk-title", &[("page", &head.title), ("commune", commune)])
    };
    let html = Owner::new().with(|| {
        view! {
            <html lang="fr">
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <meta name="robots" content="noindex" />
                    <title>{title}</title>
                    <link rel="icon" href="/static/roof.svg" type="image/svg+xml" />
                    <link rel="stylesheet" href="/static/base.css" />
                    <link rel="stylesheet" href="/static/desk.css" />
                    {head.scripted.then(|| view! { <script src="/static/desk.js" defer></script> })}
                    {head.reloads.then(|| {
                        view! { <noscript><meta http-equiv="refresh" content="60" /></noscript> }
                    })}
                </head>
                <body>
                    <a class="skip" href="#page">{t("desk-skip")}</a>
                    {sprite()}
                    {body()}
                </body>
            </html>
        }
        .to_html()
    });
    format!("<!doctype html>\n{html}\n")
}

/// A page of someone who is logged in.
pub(super) fn page(head: Head, bar: &Bar, inside: impl FnOnce() -> AnyView) -> String {
    document(head, &bar.commune, || {
        view! {
            {bar_view(bar)}
            <main id="page" tabindex="-1">{banner(bar)}{done_notice(bar.done)}{inside()}</main>
        }
        .into_any()
    })
}

/// Loud where copies fail, calm after a loss; silent on the page that tells all of it.
fn banner(bar: &Bar) -> AnyView {
    let Banner {
        recovering,
        offsite,
        unopened,
        service_page,
        recovery_page,
        may_open,
    } = bar.banner.clone();
    let elsewhere = bar.here.is_some();
    view! {
        {offsite.map(|since| view! {
            <div class="notice no-print" data-kind="alert" role="alert">
                {shape("alert")}<p class="grow">{t1("recovery-offsite", "since", since)}</p>
            </div>
        })}
        {(recovering && elsewhere).then(|| view! {
            <div class="notice no-print recovery-banner">
                {shape("roof")}
                <p class="grow">{t("recovery-banner")}</p>
                {recovery_page.map(|address| view! { <a class="button" href=address>{t("recovery-banner-see")}</a> })}
            </div>
        })}
        {service::banner(&unopened, bar.here, &service_page, may_open)}
    }
    .into_any()
}

/// A page of someone who is not: a narrow column under the roof.
pub(super) fn door(title: &str, commune: &str, inside: impl FnOnce() -> AnyView) -> String {
    let name = if commune.is_empty() {
        t("app-name")
    } else {
        commune.to_owned()
    };
    document(Head::titled(title.to_owned()), commune, || {
        view! {
            <main id="page" class="door" tabindex="-1">
                <p class="sign">{shape("roof")}<span>{name}</span></p>
                {inside()}
            </main>
        }
        .into_any()
    })
}

fn bar_view(bar: &Bar) -> impl IntoView {
    let home = format!("/{}/gestion", bar.slug);
    let leave = format!("/{}/gestion/deconnexion", bar.slug);
    let links: Vec<_> = bar
        .places
        .iter()
        .filter(|place| match place {
            Place::Quarantine => bar.waiting > 0,
            Place::Merge => bar.to_settle > 0,
            _ => true,
        })
        .map(|place| {
            let current = (bar.here == Some(*place)).then_some("page");
            view! { <li><a href=place.address(&bar.slug) aria-current=current>{place.words(bar)}</a></li> }
                .into_any()
        })
        .collect();
    view! {
        <header class="bar no-print">
            <a class="sign" href=home>{shape("roof")}<span>{bar.commune.clone()}</span></a>
            <form class="who" method="post" action=leave>
                <input type="hidden" name="jeton" value=bar.token.clone() />
                <span class="name">{bar.agent.clone()}</span>
                <button class="button" data-kind="quiet">{t("desk-log-out")}</button>
            </form>
            <nav class="places" aria-label=t("desk-places")><ul role="list">{links}</ul></nav>
        </header>
    }
}

/// The hidden field that says a form came from our own page.
pub(super) fn token_field(token: &str) -> impl IntoView {
    view! { <input type="hidden" name="jeton" value=token.to_owned() /> }
}

/// A field with its label, its hint and, when it has one, its error.
pub(super) struct Field<'a> {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) kind: &'static str,
    pub(super) autocomplete: &'static str,
    pub(super) value: &'a str,
    pub(super) hint: Option<String>,
    pub(super) error: Option<String>,
    /// Where the reader begins.
    pub(super) first: bool,
}

impl Field<'_> {
    pub(super) fn view(self) -> impl IntoView + use<> {
        let error_id = format!("{}-erreur", self.name);
        let hint_id = format!("{}-aide", self.name);
        let mut described = Vec::new();
        if self.error.is_some() {
            described.push(error_id.clone());
        }
        if self.hint.is_some() {
            described.push(hint_id.clone());
        }
        let described = (!described.is_empty()).then(|| described.join(" "));
        let invalid = self.error.is_some().then_some("true");
        view! {
            <div class="field">
                <label for=self.name>{self.label}</label>
                {self.hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
                <input
                    class="input" id=self.name name=self.name type=self.kind autocomplete=self.autocomplete
                    value=self.value.to_owned() required autofocus=self.first
                    aria-invalid=invalid aria-describedby=described
                />
                {self.error.map(|error| view! {
                    <p class="error" id=error_id>{shape("alert")}<span>{error}</span></p>
                })}
            </div>
        }
    }
}
