//! A sign or the shape of a state, from the drawings in `index.html`.

use leptos::prelude::*;

/// Draws `#shape-NAME`. It always stands beside words and says nothing itself.
#[component]
pub(crate) fn Shape(#[prop(into)] name: Signal<String>) -> impl IntoView {
    view! {
        <svg class="shape" aria-hidden="true" focusable="false">
            <use href=move || format!("#shape-{}", name.read()) />
        </svg>
    }
}
