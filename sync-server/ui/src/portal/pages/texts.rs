//! A text of the town: tariffs, règlement intérieur, legal pages; and its acceptance.

use leptos::prelude::*;
use shared::operation::TextKind;

use super::defaults::{Contact, contact};
use crate::desk::shapes::shape;
use crate::portal::frame::{Frame, page};
use crate::portal::prose::prose;
use crate::words::{t, t1, with};

/// Whether whoever reads accepted the text.
#[derive(Clone, Debug)]
pub enum Accept {
    /// Nobody is in: families accept it once they are.
    LogIn,
    /// It is expected.
    Expected {
        /// The text's id.
        text: String,
        /// The edition that is read.
        edition: u32,
        /// Goes into the form.
        token: String,
    },
    /// It was done on this day.
    Done(String),
}

/// The page.
#[derive(Clone, Debug)]
pub struct TextPage {
    /// What it is.
    pub kind: TextKind,
    /// The town's title; ours where it wrote none.
    pub title: Option<String>,
    /// The text.
    pub text: String,
    /// The edition and since when it stands: « lundi 23 novembre 2026 »; `None` for ours.
    pub since: Option<(u32, String)>,
    /// Whether it is accepted, where families accept it.
    pub accept: Option<Accept>,
    /// What kept an acceptance from being written down.
    pub refused: Option<String>,
    /// How the town hall is reached.
    pub contact: Contact,
    /// The rules of booking that count today, or what they say of prices.
    pub ruled: Vec<Ruled>,
}

/// What the rules of booking of some activities say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruled {
    /// Which activities.
    pub activities: String,
    /// Chapters: a title, where there are several, and a sentence or two a line.
    pub chapters: Vec<(Option<String>, Vec<String>)>,
}

/// What a text is called where the town gave it no title.
pub fn text_title(kind: TextKind) -> String {
    match kind {
        TextKind::News => t("news-title"),
        TextKind::Tariffs => t("page-tariffs"),
        TextKind::Rules => t("page-rules"),
        TextKind::Legal => t("page-legal"),
        TextKind::Conditions => t("page-conditions"),
        TextKind::Accessibility => t("page-accessibility"),
        TextKind::Help => t("page-help"),
        TextKind::Privacy => t("page-privacy"),
    }
}

/// Draws the page.
pub fn text_page(frame: &Frame, view: &TextPage) -> String {
    let title = view.title.clone().unwrap_or_else(|| text_title(view.kind));
    page(frame, &title.clone(), || {
        let since = view.since.as_ref().map(|(edition, day)| {
            let words = if view.kind.is_accepted() {
                with("page-edition", &[("edition", &edition.to_string()), ("day", day)])
            } else {
                t1("page-since", "day", day.as_str())
            };
            view! { <p class="pages-about">{words}</p> }
        });
        let refused = view.refused.clone().map(|words| {
            view! {
                <div class="notice" data-kind="alert" role="alert">{shape("alert")}<p class="grow">{words}</p></div>
            }
        });
        // Our own words end on how to reach the town hall.
        let reach = view.since.is_some().then(|| contact(&view.contact));
        view! {
            {refused}
            <article class="pages-text">
                <h1>{title}</h1>
                {since}
                {prose(&view.text)}
                {(!view.ruled.is_empty()).then(|| ruled(view))}
            </article>
            {view.accept.as_ref().map(|accept| acceptance(frame, view.kind, accept))}
            {reach}
        }
        .into_any()
    })
}

/// The rules that judge bookings, in the words in which they answer.
fn ruled(view: &TextPage) -> AnyView {
    let sets: Vec<_> = view
        .ruled
        .iter()
        .map(|one| {
            let chapters: Vec<_> = one
                .chapters
                .iter()
                .map(|(title, lines)| {
                    let lines: Vec<_> = lines
                        .iter()
                        .map(|line| view! { <li>{line.clone()}</li> }.into_any())
                        .collect();
                    view! {
                        {title.clone().map(|title| view! { <h4>{title}</h4> })}
                        <ul>{lines}</ul>
                    }
                    .into_any()
                })
                .collect();
            view! { <h3>{one.activities.clone()}</h3>{chapters} }.into_any()
        })
        .collect();
    let title = if view.kind == TextKind::Tariffs {
        t("desk-rules-public-prices")
    } else {
        t("desk-rules-title")
    };
    view! { <section><h2>{title}</h2>{sets}</section> }.into_any()
}

fn acceptance(frame: &Frame, kind: TextKind, accept: &Accept) -> AnyView {
    match accept {
        Accept::LogIn => view! { <p class="pages-accept no-print">{t("page-accept-log-in")}</p> }.into_any(),
        Accept::Done(day) => view! {
            <p class="pages-accept">{shape("present")}<span>{t1("page-accepted", "day", day.as_str())}</span></p>
        }
        .into_any(),
        Accept::Expected { text, edition, token } => {
            let path = if kind == TextKind::Conditions {
                "/conditions"
            } else {
                "/reglement"
            };
            view! {
                <form class="pages-accept no-print" method="post" action=frame.at(path)>
                    <input type="hidden" name="jeton" value=token.clone() />
                    <input type="hidden" name="texte" value=text.clone() />
                    <input type="hidden" name="edition" value=edition.to_string() />
                    <p>{t("page-accept-lead")}</p>
                    <button class="button" data-kind="primary">{t("page-accept")}</button>
                </form>
            }
            .into_any()
        }
    }
}
