//! The date of the list: the day before, the day after, today.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;

use crate::board::Board;
use crate::parts::Shape;
use crate::words::t;

/// Leafs through the dates.
#[component]
pub(crate) fn Dates(board: Board) -> impl IntoView {
    let label = Memo::new(move |_| board.day.read().as_ref().map(|day| day.date_label.clone()));
    let today = Memo::new(move |_| board.day.read().as_ref().is_none_or(|day| day.date == day.today));
    let go = move |to: fn(NaiveDate) -> Option<NaiveDate>| {
        let shown = board
            .day
            .with_untracked(|day| day.as_ref().map(|day| day.date.clone()));
        let date = shown.and_then(|date| date.parse::<NaiveDate>().ok()).and_then(to);
        if let Some(date) = date {
            board.show_date(date.to_string());
        }
    };
    let go_today = move |_| {
        let today = board
            .day
            .with_untracked(|day| day.as_ref().map(|day| day.today.clone()));
        if let Some(today) = today {
            board.show_date(today);
        }
    };
    view! {
        <nav class="dates" aria-label=t("tablet-dates")>
            <button
                class="button"
                type="button"
                data-testid="date-prev"
                aria-label=t("tablet-date-before")
                on:click=move |_| go(|date| date.checked_sub_days(Days::new(1)))
            >
                <Shape name="before" />
            </button>
            <p class="date" data-testid="date" aria-live="polite">{label}</p>
            <button
                class="button"
                type="button"
                data-testid="date-next"
                aria-label=t("tablet-date-after")
                on:click=move |_| go(|date| date.checked_add_days(Days::new(1)))
            >
                <Shape name="after" />
            </button>
            <button
                class="button"
                type="button"
                data-testid="date-today"
                data-kind=move || (!today.get()).then_some("primary")
                aria-disabled=move || today.get().to_string()
                on:click=go_today
            >
                {t("tablet-date-today")}
            </button>
        </nav>
    }
}
