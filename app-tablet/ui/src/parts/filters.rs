//! The part of the list to show, and the search.

use leptos::prelude::*;

use crate::board::Board;
use crate::filter::Filter;
use crate::parts::rows::hint;
use crate::parts::{Shape, Sun};
use crate::words::t;

/// Filters with their counts, and the search field.
#[component]
pub(crate) fn Filters(board: Board) -> impl IntoView {
    let search = move |ev| board.query.set(event_target_value(&ev));
    let clear = move |ev: web_sys::KeyboardEvent| {
        if ev.key() == "Escape" {
            board.query.set(String::new());
        }
    };
    view! {
        <div class="tools">
            <div class="filters" role="group" aria-label=t("tablet-filters")>
                {Filter::EVERY.map(|filter| view! { <FilterButton board filter /> })}
            </div>
            <p class="hint">{move || hint(board)}</p>
            <div class="search" role="search">
                <Shape name="search" />
                <input
                    class="input"
                    type="search"
                    data-testid="search"
                    aria-label=t("tablet-search")
                    placeholder=t("tablet-search")
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=board.query
                    on:input=search
                    on:keydown=clear
                />
            </div>
            <Sun />
        </div>
    }
}

#[component]
fn FilterButton(board: Board, filter: Filter) -> impl IntoView {
    let count = Memo::new(move |_| board.count(filter));
    let useful = Memo::new(move |_| filter.fits(board.mode()) || count.get() > 0);
    view! {
        <button
            type="button"
            data-testid=format!("filter-{}", filter.slug())
            data-filter=filter.slug()
            hidden=move || !useful.get()
            aria-pressed=move || (board.filter.get() == filter).to_string()
            on:click=move |_| board.choose(filter)
        >
            <span>{t(filter.name())}</span>
            <span class="count">{count}</span>
        </button>
    }
}
