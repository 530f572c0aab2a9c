//! What is offered at the foot of the list for a while.

use leptos::prelude::*;
use shared::screen::Deed;

use crate::board::{Board, Offer};
use crate::parts::{Anyway, Shape};
use crate::words::{self, t, t1};

/// « Partis ensemble : Léa, Tom et Inès », or to undo a gesture on several children.
#[component]
pub(crate) fn Offered(board: Board) -> impl IntoView {
    let offered = move || {
        board.offer.get().map(|offer| match offer {
            Offer::Together { names, children } => {
                let together = move |_| {
                    board.offer.set(None);
                    let lines = children.iter().filter_map(|child| board.line(child));
                    board.tap_many(lines.collect(), Deed::Out, None);
                };
                view! {
                    <div class="offer" data-testid="together">
                        <p class="grow">{words::of("tablet-together-ask", &names[0])}</p>
                        <button
                            class="button"
                            type="button"
                            data-kind="primary"
                            data-testid="together-do"
                            on:click=together
                        >
                            <Shape name="left" />
                            {t1("tablet-together", "names", &words::list(&names))}
                        </button>
                        <Away board />
                    </div>
                }
                .into_any()
            }
            Offer::Anyway { said } => view! {
                <div class="offer" data-testid="refused">
                    <p class="grow">{said}</p>
                    <Anyway board />
                    <Away board />
                </div>
            }
            .into_any(),
            Offer::Undo { done, marks } => view! {
                <div class="offer" data-testid="done-many">
                    <p class="grow">{done}</p>
                    <button
                        class="button undo"
                        type="button"
                        data-testid="undo-all"
                        on:click=move |_| board.undo_all(marks.clone())
                    >
                        <Shape name="undo" />
                        {t("tablet-undo-all")}
                    </button>
                    <Away board />
                </div>
            }
            .into_any(),
        })
    };
    view! { <div class="offers" role="status">{offered}</div> }
}

#[component]
fn Away(board: Board) -> impl IntoView {
    view! {
        <button
            class="button"
            type="button"
            data-kind="quiet"
            aria-label=t("tablet-give-up")
            on:click=move |_| board.offer.set(None)
        >
            <Shape name="cross" />
        </button>
    }
}
