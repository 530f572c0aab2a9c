//! « Clore la liste », within reach of the thumb, with what it will do said before.

use leptos::prelude::*;

use crate::board::Board;
use crate::filter::Filter;
use crate::parts::Shape;
use crate::words::{self, t, t1};

/// The bar at the bottom.
#[component]
pub(crate) fn Closing(board: Board) -> impl IntoView {
    let tab = Memo::new(move |_| board.tab());
    let expected = Memo::new(move |_| board.count(Filter::Expected));
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
            view! {
                <p>
                    {reopened.get().then(|| view! { <strong class="reopened">{t("tablet-reopened")} " "</strong> })}
                    {then}
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
        <footer class="closing" hidden=move || tab.read().is_none() || empty.get()>
            <div role="status" data-testid="list-status">{said}</div>
            {button}
        </footer>
    }
}
