//! The line to the server, in words, and the way to the page of exchanges.

use leptos::prelude::*;

use crate::board::{Board, Page};
use crate::parts::Shape;
use crate::words::{self, t, t1};

/// Whether the tablet reaches the server and what waits for it.
#[component]
pub(crate) fn LinkState(board: Board) -> impl IntoView {
    let link = Memo::new(move |_| board.day.read().as_ref().map(|day| day.link.clone()));
    let online = move || link.read().as_ref().is_some_and(|link| link.online);
    let shape = Signal::derive(move || if online() { "online" } else { "offline" }.to_owned());
    let last_sync = move || {
        let link = link.read();
        let link = link.as_ref().filter(|link| link.online && link.waiting == 0)?;
        link.last_sync
            .as_deref()
            .map(|at| t1("tablet-last-sync", "at", at))
    };
    let open = move |_| {
        if board.page.get_untracked() == Page::Sync {
            board.back();
        } else {
            board.open(Page::Sync);
        }
    };
    view! {
        <div class="link">
            <p role="status" data-testid="link-state" data-online=move || online().to_string()>
                <Shape name=shape />
                <span>
                    <span class="line">{move || link.read().as_ref().map(words::line)}</span>
                    {last_sync}
                    {move || link.read().as_ref().and_then(words::waiting).map(|waiting| format!(" {waiting}"))}
                </span>
            </p>
            <button
                class="button"
                type="button"
                data-testid="sync-open"
                aria-expanded=move || (board.page.get() == Page::Sync).to_string()
                on:click=open
            >
                <Shape name="sync" />
                <span>{t("tablet-exchanges")}</span>
            </button>
        </div>
    }
}
