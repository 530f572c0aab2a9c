//! Letters to jump by, beside a long list.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::board::Board;
use crate::line::Line;
use crate::order::{Stretch, stretches};
use crate::words::{t, t1};

/// As many as a tablet on its side has room for.
const MOST: usize = 7;

/// The buttons; none beside a short list.
#[component]
pub(super) fn Stretches(board: Board, ordered: Memo<Vec<Line>>, list: NodeRef<Div>) -> impl IntoView {
    let cut = Memo::new(move |_| {
        let (sort, part) = (board.sort.get(), board.part.read());
        let lines = ordered.read();
        let rows = lines.iter().map(|line| line.row.read());
        let letters: Vec<Option<char>> = rows
            .filter(|row| part.takes(row))
            .map(|row| sort.letter(&row))
            .collect();
        stretches(&letters, MOST)
    });
    let jump = move |first: usize| {
        let part = board.part.get_untracked();
        let lines = ordered.get_untracked();
        let rest = lines
            .iter()
            .filter(|line| part.takes(&line.row.read_untracked()))
            .skip(first);
        let shown = rest.into_iter().find(|line| untrack(|| board.shows(line)));
        if let (Some(list), Some(line)) = (list.get_untracked(), shown) {
            let row = list
                .query_selector(&format!("[data-child=\"{}\"]", line.child))
                .ok()
                .flatten();
            if let Some(row) = row.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
                row.scroll_into_view_with_bool(true);
            }
        }
    };
    view! {
        <nav class="letters" aria-label=t("tablet-letters") hidden=move || cut.read().is_empty()>
            <For each=move || cut.get() key=|stretch: &Stretch| (stretch.label.clone(), stretch.first) let:stretch>
                <button
                    type="button"
                    data-testid=format!("letters-{}", stretch.label)
                    aria-label=t1("tablet-letters-at", "letters", &stretch.label)
                    on:click=move |_| jump(stretch.first)
                >
                    {stretch.label.clone()}
                </button>
            </For>
        </nav>
    }
}
