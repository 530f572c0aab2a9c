//! « Clore la liste », within reach of the thumb, with what it will do said before.

use leptos::prelude::*;

use crate::board::{Board, Page};
use crate::filter::Filter;
use crate::parts::Shape;
use crate::words::{self, t, t1};

/// Touches choose rows from now on.
fn select(board: Board) {
    super::many::clear(board);
    board.selecting.set(true);
}

/// The bar at the bottom.
#[component]
pub(crate) fn Closing(board: Board) -> impl IntoView {
    let tab = Memo::new(move |_| board.tab());
    let expected = Memo::new(move |_| {
        let lines = board.lines.read();
        lines
            .iter()
            .filter(|line| Filter::Expected.takes(&line.row.read()))
            .count()
    });
    let closed_at = Memo::new(move |_| tab.read().as_ref().and_then(|tab| tab.closed_at.clone()));
    let reopened = Memo::new(move |_| tab.read().as_ref().is_some_and(|tab| tab.reopened));
    let empty = Memo::new(move |_| board.lines.read().is_empty());
    let said = move || match closed_at.get() {
        Some(at) => view! {
            <p class="closed"><Shape name="closed" /><strong>{t1("tablet-closed-at", "at", &at)}</strong></p>
        }
        .into_any(),
        None => {
            let then = tab.read().as_ref().map(|tab| words::closing(tab, expected.get()));
            let alone = tab.read().as_ref().and_then(words::left_alone);
            view! {
                <p>
                    {reopened.get().then(|| view! { <strong class="reopened">{t("tablet-reopened")} " "</strong> })}
                    {then}
                    {alone.map(|alone| format!(" {alone}"))}
                </p>
            }
            .into_any()
        }
    };
    let busy = move || board.closing.get().to_string();
    let button = move || {
        if closed_at.read().is_some() {
            view! {
                <button
                    class="button"
                    type="button"
                    data-testid="reopen-list"
                    aria-disabled=busy
                    on:click=move |_| board.reopen_list()
                >
                    {t("tablet-reopen")}
                </button>
            }
            .into_any()
        } else {
            view! {
                <button
                    class="button"
                    type="button"
                    data-kind="primary"
                    data-testid="close-list"
                    aria-disabled=busy
                    on:click=move |_| board.close_list()
                >
                    {move || t(if reopened.get() { "tablet-close-again" } else { "tablet-close" })}
                </button>
            }
            .into_any()
        }
    };
    view! {
        <footer class="closing" hidden=move || tab.read().is_none() || board.selecting.get()>
            <div role="status" data-testid="list-status">{said}</div>
            <button
                class="button"
                type="button"
                data-testid="many"
                hidden=move || empty.get()
                on:click=move |_| select(board)
            >
                <Shape name="tick" />
                {t("tablet-many")}
            </button>
            <button
                class="button"
                type="button"
                data-testid="find-open"
                on:click=move |_| board.open(Page::Find(String::new()))
            >
                <Shape name="plus" />
                {t("tablet-find-open")}
            </button>
            <div hidden=move || empty.get()>{button}</div>
        </footer>
    }
}
