//! `/{slug}/actualites`.

use axum::response::Response;
use server_ui::portal::pages::{NewsArticle, NewsCard, article_page, news_page};
use server_ui::portal::{Place, Said, opening};
use shared::ids::TextId;
use shared::operation::TextKind;

use super::{day_of, kept, names_of, unopened};
use crate::commune::Commune;
use crate::record::{self, TownText};
use crate::store::{Read, StoreError};
use crate::web::portal::family::Guest;
use crate::web::portal::reply::PortalError;

/// First words of a piece of news in the list, in characters.
const OPENING: usize = 240;

fn card(tx: &mut dyn Read, commune: &Commune, one: &TownText) -> Result<NewsCard, StoreError> {
    let from = one.text.from.unwrap_or(one.written_at);
    Ok(NewsCard {
        id: one.text.id.to_string(),
        title: one.text.title.clone(),
        day: day_of(from, commune),
        date: from.date_in(commune.zone).to_string(),
        pinned: one.text.pinned,
        sites: names_of(tx, &one.text.sites)?,
        opening: opening(&one.text.text, OPENING),
    })
}

pub(super) async fn list(guest: Guest) -> Result<Response, PortalError> {
    if let Some(page) = unopened(&guest, Place::News) {
        return Ok(page);
    }
    let cards = guest.visit.app.with(&guest.visit.slug, |commune| {
        let now = commune.clock.now();
        commune.store.read(|tx| {
            let mut cards = Vec::new();
            for one in record::news(tx, now)? {
                cards.push(card(tx, commune, &one)?);
            }
            Ok::<_, StoreError>(cards)
        })
    });
    let cards = cards.await?;
    let html = news_page(&guest.frame(Some(Place::News)), &cards);
    Ok(kept::page(&guest, html))
}

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    if let Some(page) = unopened(&guest, Place::News) {
        return Ok(page);
    }
    let id = TextId(guest.uuid("id")?);
    let article = guest.visit.app.with(&guest.visit.slug, move |commune| {
        let now = commune.clock.now();
        commune.store.read(|tx| {
            let found = record::text(tx, id)?;
            // A draft, and what is over, answer like what does not exist.
            let Some(one) = found.filter(|one| one.text.kind == TextKind::News && one.is_shown(now)) else {
                return Ok(None);
            };
            let card = card(tx, commune, &one)?;
            Ok::<_, StoreError>(Some(NewsArticle {
                card,
                text: one.text.text,
            }))
        })
    });
    let Some(article) = article.await? else {
        return Err(guest.said(Said::PageUnknown));
    };
    let html = article_page(&guest.frame(Some(Place::News)), &article);
    Ok(kept::page(&guest, html))
}
