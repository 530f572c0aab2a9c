//! What all pages of the portal have around them.

use leptos::prelude::*;
use shared::operation::{Capability, Openness, Tab};

use super::done::done_notice;
use crate::desk::shapes::{place_of_drawings, shape, with_drawings};
use crate::words::{t, t1, with};

/// A page's place in the portal: the tabs of families, then those that anybody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The first page.
    Home,
    /// Mes réservations.
    Bookings,
    /// Mes factures.
    Bills,
    /// Mes demandes.
    Requests,
    /// Mon dossier.
    File,
    /// Mon compte.
    Account,
    /// Actualités.
    News,
    /// Menus.
    Menus,
    /// Tarifs.
    Tariffs,
    /// Règlement intérieur.
    Rules,
    /// Aide.
    Help,
}

impl Place {
    const OF_FAMILIES: [Self; 6] = [
        Self::Home,
        Self::Bookings,
        Self::Bills,
        Self::Requests,
        Self::File,
        Self::Account,
    ];
    const OF_ALL: [Self; 5] = [Self::Home, Self::News, Self::Menus, Self::Tariffs, Self::Rules];

    /// Its path under the commune.
    pub fn path(self) -> &'static str {
        match self {
            Self::Home => "",
            Self::Bookings => "/reservations",
            Self::Bills => "/factures",
            Self::Requests => "/demandes",
            Self::File => "/dossier",
            Self::Account => "/compte",
            Self::News => "/actualites",
            Self::Menus => "/menus",
            Self::Tariffs => "/tarifs",
            Self::Rules => "/reglement",
            Self::Help => "/aide",
        }
    }

    /// The tab that a town may leave closed.
    pub fn tab(self) -> Option<Tab> {
        Some(match self {
            Self::Bookings => Tab::Bookings,
            Self::Bills => Tab::Bills,
            Self::Requests => Tab::Requests,
            Self::File => Tab::File,
            Self::News => Tab::News,
            Self::Menus => Tab::Menus,
            Self::Tariffs => Tab::Tariffs,
            Self::Rules => Tab::Rules,
            Self::Home | Self::Account | Self::Help => return None,
        })
    }

    /// Its name.
    pub(super) fn words(self) -> String {
        match self {
            Self::Home => t("portal-place-home"),
            Self::Bookings => t("portal-place-bookings"),
            Self::Bills => t("portal-place-bills"),
            Self::Requests => t("portal-place-requests"),
            Self::File => t("portal-place-file"),
            Self::Account => t("portal-place-account"),
            Self::News => t("portal-place-news"),
            Self::Menus => t("portal-place-menus"),
            Self::Tariffs => t("portal-place-tariffs"),
            Self::Rules => t("portal-place-rules"),
            Self::Help => t("portal-place-help"),
        }
    }
}

/// Who is in.
#[derive(Clone, Debug)]
pub struct Person {
    /// Name as shown.
    pub name: String,
    /// Goes into every form of this session.
    pub token: String,
    /// An agent looks through this guardian's eyes.
    pub seen_by_agent: bool,
}

/// What stands around a page.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The commune's short name.
    pub slug: String,
    /// The commune's name.
    pub commune: String,
    /// The logo's version, and what it says to whoever does not see it.
    pub logo: Option<(i64, String)>,
    /// The town's own colour; ours where there is none.
    pub colours: Option<String>,
    /// Tabs that are not open yet.
    pub unopened_tabs: Vec<Tab>,
    /// Codes on paper are taken.
    pub codes: bool,
    /// The page's place.
    pub here: Option<Place>,
    /// Who is in; nobody before log-in.
    pub person: Option<Person>,
    /// Parts of the service that are not open, and what people are told.
    pub closed: Vec<(Capability, Openness, String)>,
    /// What was done a moment ago: a word of the address.
    pub done: Option<String>,
    /// The page is one of those by which people get in: nothing on it leads there again.
    pub at_door: bool,
}

impl Frame {
    /// A page of this commune: `path` begins with a slash, or is empty.
    pub fn at(&self, path: &str) -> String {
        format!("/{}{path}", self.slug)
    }
}

/// A whole document: `title` is its heading.
pub(super) fn page(frame: &Frame, title: &str, inside: impl FnOnce() -> AnyView) -> String {
    let full = with("portal-title", &[("page", title), ("commune", &frame.commune)]);
    let html = Owner::new().with(|| {
        // The town's colour is a stylesheet of its own: nothing stands inline.
        let colours = frame.colours.as_deref().map(|colour| {
            let href = frame.at(&format!("/couleurs.css?v={}", colour.trim_start_matches('#')));
            view! { <link rel="stylesheet" href=href /> }
        });
        view! {
            <html lang="fr">
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <title>{full}</title>
                    <link rel="icon" href="/static/roof.svg" type="image/svg+xml" />
                    <link rel="stylesheet" href="/static/base.css" />
                    <link rel="stylesheet" href="/static/portal.css" />
                    {colours}
                </head>
                <body class="portal">
                    <a class="skip" href="#page">{t("portal-skip")}</a>
                    {place_of_drawings()}
                    {head(frame)}
                    <main id="page" tabindex="-1">{done_notice(frame.done.as_deref())}{inside()}</main>
                    {foot(frame)}
                </body>
            </html>
        }
        .to_html()
    });
    format!("<!doctype html>\n{}\n", with_drawings(&html))
}

fn head(frame: &Frame) -> AnyView {
    let places: &[Place] = if frame.person.is_some() {
        &Place::OF_FAMILIES
    } else {
        &Place::OF_ALL
    };
    let links: Vec<_> = places
        .iter()
        .map(|place| {
            let current = (frame.here == Some(*place)).then_some("page");
            let href = if *place == Place::Home {
                frame.at("/")
            } else {
                frame.at(place.path())
            };
            view! { <li><a href=href aria-current=current>{place.words()}</a></li> }.into_any()
        })
        .collect();
    let sign = match &frame.logo {
        Some((version, words)) => {
            let src = frame.at(&format!("/logo?v={version}"));
            view! { <img class="portal-logo" src=src alt=words.clone() /> }.into_any()
        }
        None => shape("roof").into_any(),
    };
    let seen_by_agent = frame.person.as_ref().filter(|person| person.seen_by_agent);
    let person = match &frame.person {
        // Whoever looks through a family's eyes leaves by the banner.
        Some(person) if person.seen_by_agent => {
            view! { <p class="portal-who"><span class="name">{person.name.clone()}</span></p> }.into_any()
        }
        Some(person) => view! {
            <form class="portal-who" method="post" action=frame.at("/deconnexion")>
                <input type="hidden" name="jeton" value=person.token.clone() />
                <span class="name">{person.name.clone()}</span>
                <button class="button" data-kind="quiet">{t("portal-log-out")}</button>
            </form>
        }
        .into_any(),
        None if frame.slug.is_empty() || frame.at_door => ().into_any(),
        None => view! { <p class="portal-who"><a class="button" data-kind="primary" href=frame.at("/connexion")>{t("portal-log-in")}</a></p> }.into_any(),
    };
    let as_agent = seen_by_agent.map(|person| {
        view! {
            <form class="notice portal-as no-print" data-kind="care" method="post" action=frame.at("/deconnexion")>
                {shape("alert")}<p class="grow" role="status">{t1("portal-seen-as", "name", person.name.as_str())}</p>
                <input type="hidden" name="jeton" value=person.token.clone() />
                <button class="button">{t("portal-seen-as-end")}</button>
            </form>
        }
    });
    view! {
        <header class="portal-bar">
            <a class="portal-sign" href=frame.at("/")>{sign}<span>{frame.commune.clone()}</span></a>
            <a class="portal-help" href=frame.at(&help_of(frame.here))><span aria-hidden="true">"?"</span><span class="portal-help-word">{t("portal-place-help")}</span></a>
            {person}
            <nav class="portal-places" aria-label=t("portal-places")><ul role="list">{links}</ul></nav>
        </header>
        {as_agent}
    }
    .into_any()
}

/// The part of the help that speaks of a page.
fn help_of(here: Option<Place>) -> String {
    match here {
        Some(Place::Home) => "/aide#accueil".to_owned(),
        Some(Place::Help) | None => "/aide".to_owned(),
        Some(place) => format!("/aide#{}", place.path().trim_start_matches('/')),
    }
}

fn foot(frame: &Frame) -> AnyView {
    let links = [
        ("/situation", t("portal-foot-situation")),
        ("/aide", t("portal-place-help")),
        ("/accessibilite", t("portal-foot-accessibility")),
        ("/mentions-legales", t("portal-foot-legal")),
        ("/conditions", t("portal-foot-conditions")),
        ("/donnees-personnelles", t("portal-foot-privacy")),
    ]
    .map(|(path, words)| view! { <li><a href=frame.at(path)>{words}</a></li> }.into_any());
    // Families have tabs of their own above; what anybody reads stays within their reach.
    let of_all = frame
        .person
        .iter()
        .flat_map(|_| Place::OF_ALL.into_iter().skip(1));
    let of_all =
        of_all.map(|place| view! { <li><a href=frame.at(place.path())>{place.words()}</a></li> }.into_any());
    let links: Vec<_> = of_all.chain(links).collect();
    view! {
        <footer class="portal-foot no-print">
            <nav aria-label=t("portal-foot")><ul role="list">{links}</ul></nav>
        </footer>
    }
    .into_any()
}
