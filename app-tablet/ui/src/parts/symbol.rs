//! What stands for a child: its initials, or the colour and symbol it knows as its own.

use leptos::prelude::*;
use shared::screen::Row;

/// Initials in a disc; at a nursery school the child's symbol on its colour.
#[component]
pub(crate) fn Portrait(#[prop(into)] nursery: Signal<bool>, row: Row) -> impl IntoView {
    let initials = row.initials.clone();
    let symbol = format!("symbols.svg#{}", row.shape);
    let colour = row.colour.clone();
    view! {
        <span
            class="portrait"
            aria-hidden="true"
            data-colour=move || nursery.get().then(|| colour.clone())
        >
            {move || if nursery.get() {
                view! { <svg class="symbol" focusable="false"><use href=symbol.clone() /></svg> }.into_any()
            } else {
                view! { <span>{initials.clone()}</span> }.into_any()
            }}
        </span>
    }
}
