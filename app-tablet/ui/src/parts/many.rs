//! One gesture on several children: « Toute la classe est là », then the exceptions.

use leptos::prelude::*;
use shared::mark::Reason;
use shared::mode::Mode;
use shared::screen::Deed;

use crate::board::Board;
use crate::filter::{Filter, Part, Stand, has_departures, stand};
use crate::line::Line;
use crate::parts::Shape;
use crate::words::{counted, t, tn};

/// The bar that stands in the place of « Clore la liste » while rows are being chosen.
#[component]
pub(crate) fn Many(board: Board) -> impl IntoView {
    let picked = Memo::new(move |_| {
        let lines = board.lines.read();
        lines.iter().filter(|line| line.picked.get()).count()
    });
    let waited = Memo::new(move |_| board.count(Filter::Expected));
    let can_all_come = move || picked.get() == 0 && waited.get() > 0 && board.mode() != Mode::DepartureOnly;
    let all_here = move || {
        let key = match *board.part.read() {
            Part::Whole => "tablet-many-all-here",
            Part::Group(_) => "tablet-many-group-here",
            Part::Class(_) => "tablet-many-class-here",
        };
        tn(key, &[("count", waited.get().into())])
    };
    let come = move |_: web_sys::MouseEvent| {
        let lines = lines_of(board, |board, line| {
            let row = line.row.read_untracked();
            stand(&row) == Stand::Expected && board.part.read_untracked().takes(&row)
        });
        board.tap_many(lines, Deed::In, None);
    };
    let all = move |_: web_sys::MouseEvent| {
        for line in lines_of(board, |board, line| untrack(|| board.shows(line))) {
            line.picked.set(true);
        }
    };
    let close = move |_: web_sys::MouseEvent| {
        clear(board);
        board.selecting.set(false);
    };
    let act = move |deed: Deed| {
        let lines = lines_of(board, |_, line| line.picked.get_untracked());
        let reason = (deed == Deed::Absent).then_some(Reason::Unjustified);
        board.tap_many(lines, deed, reason);
    };
    let idle = move || (picked.get() == 0 || board.closing.get()).to_string();
    let arrival = move || {
        t(if has_departures(board.mode()) {
            "tablet-do-in"
        } else {
            "tablet-do-present"
        })
    };
    view! {
        <div class="many" role="group" aria-label=t("tablet-many") hidden=move || !board.selecting.get()>
            <p role="status" data-testid="many-count">
                {move || match picked.get() {
                    0 => t("tablet-many-hint"),
                    count => counted("tablet-many-count", count),
                }}
            </p>
            <button
                class="button"
                type="button"
                data-testid="many-all-here"
                hidden=move || !can_all_come()
                on:click=come
            >
                <Shape name="present" />
                {all_here}
            </button>
            <button class="button" type="button" data-testid="many-all" on:click=all>{t("tablet-many-choose-all")}</button>
            <button
                class="button"
                type="button"
                data-testid="many-in"
                hidden=move || board.mode() == Mode::DepartureOnly
                aria-disabled=idle
                on:click=move |_| act(Deed::In)
            >
                {arrival}
            </button>
            <button
                class="button"
                type="button"
                data-testid="many-out"
                hidden=move || !has_departures(board.mode())
                aria-disabled=idle
                on:click=move |_| act(Deed::Out)
            >
                {t("tablet-do-out")}
            </button>
            <button
                class="button"
                type="button"
                data-testid="many-absent"
                aria-disabled=idle
                on:click=move |_| act(Deed::Absent)
            >
                {t("tablet-many-absent")}
            </button>
            <button class="button" type="button" data-kind="quiet" data-testid="many-close" on:click=close>
                {t("tablet-give-up")}
            </button>
        </div>
    }
}

fn lines_of(board: Board, wanted: impl Fn(Board, &Line) -> bool) -> Vec<Line> {
    let lines = board.lines.get_untracked();
    lines.into_iter().filter(|line| wanted(board, line)).collect()
}

/// Chooses nobody.
pub(super) fn clear(board: Board) {
    for line in board.lines.get_untracked() {
        line.picked.set(false);
    }
}
