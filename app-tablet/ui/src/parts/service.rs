//! The town hall wants no pointing now: what it says, and the way round it for whoever answers for it.

use leptos::prelude::*;
use shared::screen::Attendance;

use crate::board::Board;
use crate::parts::Shape;
use crate::words::{t, t1};

/// What the town hall says, where it wants no pointing. Follows the day.
pub(crate) fn attendance(board: Board) -> Memo<Option<Attendance>> {
    Memo::new(move |_| {
        let day = board.day.read();
        day.as_ref().and_then(|day| day.link.attendance.clone())
    })
}

/// Whether the message stands in place of the list. Follows the day.
pub(crate) fn shut(board: Board) -> Memo<bool> {
    let attendance = attendance(board);
    Memo::new(move |_| {
        let attendance = attendance.read();
        attendance.as_ref().is_some_and(|one| one.closed && !one.anyway)
    })
}

/// Above the list: calm, with the town hall's words.
#[component]
pub(crate) fn ServiceNotice(board: Board) -> impl IntoView {
    let attendance = attendance(board);
    let shut = shut(board);
    let said = move || {
        let one = attendance.get().filter(|_| !shut.get())?;
        let key = match (one.anyway, one.closed) {
            (true, true) => "tablet-service-anyway-closed",
            (true, false) => "tablet-service-anyway-read-only",
            (false, _) => "tablet-service-read-only",
        };
        let doing = (!one.anyway).then(|| view! { <Anyway board /> });
        Some(view! {
            <div class="notice" data-kind="care" role="status" data-testid="notice-service">
                <Shape name="closed" />
                <p class="grow">{t1(key, "message", &one.message)}</p>
                {doing}
            </div>
        })
    };
    view! { {said} }
}

/// In place of the list.
#[component]
pub(crate) fn Shut(board: Board) -> impl IntoView {
    let attendance = attendance(board);
    let message = move || attendance.get().map(|one| one.message).unwrap_or_default();
    view! {
        <main class="shut" data-testid="shut">
            <Shape name="closed" />
            <h2>{t("tablet-service-closed")}</h2>
            <p class="shut-said">{message}</p>
            <p>{t("tablet-service-closed-then")}</p>
            <Anyway board />
        </main>
    }
}

/// « Pointer quand même », until the end of the day.
#[component]
pub(crate) fn Anyway(board: Board) -> impl IntoView {
    view! {
        <button class="button" type="button" data-testid="anyway" on:click=move |_| board.point_anyway()>
            {t("tablet-service-anyway")}
        </button>
    }
}
