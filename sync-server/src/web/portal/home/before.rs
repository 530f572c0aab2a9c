//! The first page of whoever is not in.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::portal::Place;
use server_ui::portal::home::{DoorPage, Incident, NewsLine, door_page};
use shared::words::day;

use super::super::family::Guest;
use super::super::reply::{PortalError, page};
use crate::record;
use crate::store::StoreError;

/// How much news is shown.
const NEWS: usize = 3;

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let frame = guest.frame(Some(Place::Home));
    let portal = guest.ground.portal.clone();
    let news_open = guest.is_open(Place::News);
    let view = guest.visit.app.look(&guest.visit.slug, move |commune| {
        let now = commune.clock.now();
        commune.store.read(|tx| {
            let incident = record::incidents(tx)?
                .into_iter()
                .next()
                .map(|((post, _), _)| post)
                .filter(|post| !post.over)
                .map(|post| Incident { title: post.title });
            let news = if news_open {
                record::news(tx, now)?
            } else {
                Vec::new()
            };
            let news = news.into_iter().take(NEWS).filter_map(|one| {
                let date = one.text.from?.date_in(commune.zone);
                Some(NewsLine {
                    id: one.text.id,
                    title: one.text.title,
                    opening: server_ui::portal::opening(&one.text.text, 160),
                    date: date.to_string(),
                    day: day(date),
                })
            });
            Ok::<_, StoreError>(DoorPage {
                news: news.collect(),
                incident,
                portal,
                frame,
            })
        })
    });
    Ok(page(StatusCode::OK, door_page(&view.await?)))
}
