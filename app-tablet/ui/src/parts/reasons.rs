//! The reasons of an absence, under the row.

use leptos::prelude::*;
use shared::screen::Deed;

use crate::board::Board;
use crate::line::Line;
use crate::parts::row::back_to_row;
use crate::words::{self, about, t};

/// The reasons of an absence; choosing one notes it.
#[component]
pub(super) fn Reasons(board: Board, line: Line) -> impl IntoView {
    let label = about("tablet-reasons-of", &line.row.read_untracked());
    let rest_of_day = RwSignal::new(false);
    let give_up = {
        let line = line.clone();
        move |ev| {
            back_to_row(&ev);
            line.reasons.set(false);
        }
    };
    let child = line.child.clone();
    let choices = words::REASONS.map(|(reason, slug)| {
        let line = line.clone();
        view! {
            <button
                class="button"
                type="button"
                data-testid=format!("reason-{slug}-{}", line.child)
                on:click=move |ev| {
                    back_to_row(&ev);
                    board.tap(line.clone(), Deed::Absent, Some(reason), rest_of_day.get_untracked());
                }
            >
                {words::reason(reason)}
            </button>
        }
    });
    view! {
        <div class="panel reasons" role="group" aria-label=label>
            <p class="ask">
                <span>{t("tablet-reasons")}</span>
                <label class="check">
                    <input
                        type="checkbox"
                        data-testid=format!("rest-of-day-{child}")
                        prop:checked=rest_of_day
                        on:change=move |ev| rest_of_day.set(event_target_checked(&ev))
                    />
                    <span>{t("tablet-rest-of-day")}</span>
                </label>
            </p>
            <div class="deeds">
                {choices}
                <button class="button" type="button" data-kind="quiet" on:click=give_up>{t("tablet-give-up")}</button>
            </div>
        </div>
    }
}
