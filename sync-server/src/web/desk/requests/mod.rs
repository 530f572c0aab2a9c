//! What families ask: the queue, one request with its answers, and noting one for a family on the telephone.

mod list;
mod note;
mod thread;

use axum::Router;
use axum::routing::get;
use server_ui::desk::form::{Flaw, FormState};
use server_ui::desk::requests::RequestLine;
use shared::words::{day, hour_or_full};

use crate::commune::Commune;
use crate::record;
use crate::store::{Read, Row, StoreError};
use crate::web::App;

/// Where it is, under `/{slug}/gestion`.
pub(super) const PATH: &str = "/demandes";
/// Longest text, in characters.
const MAX_TEXT: usize = 4_000;

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/gestion/demandes", get(list::show))
        .route(
            "/{slug}/gestion/demandes/nouvelle",
            get(note::show).post(note::submit),
        )
        .route(
            "/{slug}/gestion/demandes/{id}",
            get(thread::show).post(thread::submit),
        )
}

/// How many wait for an answer.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn count_open(tx: &mut dyn Read) -> Result<u64, StoreError> {
    let params = ["open".into(), "".into()];
    let row = tx.first(include_str!("sql/count.sql"), &params)?;
    row.map_or(Ok(0), |row| row.count(0))
}

/// A request as a list shows it, from a row of it.
fn line_of(row: &Row, commune: &Commune, home: &str) -> Result<RequestLine, StoreError> {
    let request = record::request_of(row)?;
    let names = [row.opt(8, Row::text)?, row.opt(9, Row::text)?];
    let changed = request.changed_at;
    Ok(RequestLine {
        address: format!("{home}{PATH}/{}", request.id),
        kind: request.kind,
        state: request.state,
        title: request.title,
        who: names.into_iter().flatten().collect::<Vec<_>>().join(" "),
        child: row.opt(10, Row::text)?,
        day: day(changed.date_in(commune.zone)),
        hour: hour_or_full(changed.time_in(commune.zone)),
    })
}

/// What is said, which must be there.
fn text_of(form: &mut FormState) -> String {
    let text = form.maybe_lines("texte", MAX_TEXT);
    if text.is_none() {
        form.flaw("texte", Flaw::Missing);
    }
    text.unwrap_or_default()
}
