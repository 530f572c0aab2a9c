//! Mes demandes.

mod list;
mod new;
mod thread;

use axum::Router;
use axum::routing::get;
use server_ui::desk::form::{Flaw, FormState};
use server_ui::portal::requests::RequestRow;
use shared::words::{day, hour_or_full};

use crate::commune::Commune;
use crate::record::{Request, SeenChild};
use crate::web::App;

/// Longest title, in characters.
const MAX_TITLE: usize = 120;
/// Longest text, in characters.
const MAX_TEXT: usize = 4_000;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/demandes", get(list::show))
        .route("/{slug}/demandes/nouvelle", get(new::show).post(new::submit))
        .route("/{slug}/demandes/{id}", get(thread::show).post(thread::submit))
}

/// A request as a list shows it. A child whom its guardian sees no more is not named.
fn row_of(request: Request, children: &[SeenChild], commune: &Commune) -> RequestRow {
    let child = request
        .child
        .and_then(|id| children.iter().find(|child| child.id == id));
    RequestRow {
        id: request.id,
        kind: request.kind,
        child: child.map(|child| child.first_name.clone()),
        title: request.title,
        state: request.state,
        date: request.changed_at.date_in(commune.zone).to_string(),
        moment: (
            day(request.changed_at.date_in(commune.zone)),
            hour_or_full(request.changed_at.time_in(commune.zone)),
        ),
    }
}

/// What is said, which must be there.
fn text_of(form: &mut FormState) -> String {
    let text = form.maybe_lines("texte", MAX_TEXT);
    if text.is_none() {
        form.flaw("texte", Flaw::Missing);
    }
    text.unwrap_or_default()
}
