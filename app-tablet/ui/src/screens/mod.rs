//! The screens: opening, enrolment, who points, the day and what opens in its place.

mod card;
mod card_parts;
mod day;
mod enrol;
mod exchanges;
mod find;
mod pin;
mod timeline;
mod who;
mod who_forms;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::screen::Start;

use crate::board::Board;
use crate::words::t;
use crate::{bridge, commands};

/// Which screen is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    /// The core has not answered yet.
    Opening,
    /// The core could not open the tablet's data; its words.
    Failed(String),
    /// The tablet belongs to no commune yet.
    Enrolment(Start),
    /// A day's list, behind the question who points.
    Day,
}

/// The whole window.
#[component]
pub(crate) fn App() -> impl IntoView {
    let board = Board::new();
    let screen = RwSignal::new(Screen::Opening);
    open(board, screen);
    board.staff.watch();
    bridge::listen("changed", move || {
        if screen.get_untracked() == Screen::Day && !board.staff.locked.get_untracked() {
            board.reload();
        }
    });
    move || {
        match screen.get() {
        Screen::Opening => view! { <p class="opening" role="status">{t("tablet-opening")}</p> }.into_any(),
        Screen::Failed(message) => view! {
            <main class="opening">
                <p role="alert">{message}</p>
                <button class="button" data-kind="primary" type="button" on:click=move |_| open(board, screen)>
                    {t("tablet-retry")}
                </button>
            </main>
        }
        .into_any(),
        Screen::Enrolment(start) => view! { <enrol::Enrolment board screen start /> }.into_any(),
        Screen::Day => view! { <day::DayScreen board /> }.into_any(),
    }
    }
}

/// Asks where the tablet stands and shows the screen that follows.
fn open(board: Board, screen: RwSignal<Screen>) {
    spawn_local(async move {
        match commands::start().await {
            Ok(start) if start.enrolled => {
                board.begin();
                screen.set(Screen::Day);
            }
            Ok(start) => screen.set(Screen::Enrolment(start)),
            Err(trouble) => screen.set(Screen::Failed(trouble.message)),
        }
    });
}
