//! News: the list, and one of them.

use leptos::prelude::*;

use crate::portal::frame::{Frame, page};
use crate::portal::prose::{prose, typeset};
use crate::words::{t, t1};

/// A piece of news in the list.
#[derive(Clone, Debug)]
pub struct NewsCard {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// « lundi 23 novembre 2026 ».
    pub day: String,
    /// The same as machines read it.
    pub date: String,
    /// Stands first.
    pub pinned: bool,
    /// Sites it is for; all where none is named.
    pub sites: Vec<String>,
    /// Its first words.
    pub opening: String,
}

/// A piece of news, whole.
#[derive(Clone, Debug)]
pub struct NewsArticle {
    /// What stands in the list.
    pub card: NewsCard,
    /// The text.
    pub text: String,
}

fn about(card: &NewsCard) -> AnyView {
    let sites = (!card.sites.is_empty()).then(|| {
        view! { <span class="badge">{t1("news-for", "sites", card.sites.join(", "))}</span> }
    });
    view! {
        <p class="pages-about">
            <time datetime=card.date.clone()>{card.day.clone()}</time>
            {card.pinned.then(|| view! { <span class="badge">{t("news-pinned")}</span> })}
            {sites}
        </p>
    }
    .into_any()
}

/// Draws the list.
pub fn news_page(frame: &Frame, cards: &[NewsCard]) -> String {
    let title = t("news-title");
    page(frame, &title.clone(), || {
        let items: Vec<_> = cards
            .iter()
            .map(|card| {
                let href = frame.at(&format!("/actualites/{}", card.id));
                view! {
                    <li>
                        <article>
                            <h2><a href=href>{typeset(&card.title)}</a></h2>
                            {about(card)}
                            <p>{card.opening.clone()}</p>
                        </article>
                    </li>
                }
                .into_any()
            })
            .collect();
        view! {
            <h1>{title}</h1>
            {cards.is_empty().then(|| view! { <p>{t("news-none")}</p> })}
            {(!cards.is_empty()).then(|| view! { <ul class="pages-news" role="list">{items}</ul> })}
        }
        .into_any()
    })
}

/// Draws one.
pub fn article_page(frame: &Frame, article: &NewsArticle) -> String {
    page(frame, &article.card.title, || {
        view! {
            <article class="pages-text">
                <h1>{typeset(&article.card.title)}</h1>
                {about(&article.card)}
                {prose(&article.text)}
            </article>
            <p class="no-print"><a class="button" href=frame.at("/actualites")>{t("news-back")}</a></p>
        }
        .into_any()
    })
}
