//! What stays on the screen for a while after a touch: « Annuler » on the row, and the row itself
//! under a filter it has left.
//!
//! A row never goes while fingers are at work, else those below would slide under the next touch.

use std::time::Duration;

use leptos::prelude::*;

use crate::board::Board;
use crate::line::Line;

/// How long « Annuler » stays on the row.
const UNDO: Duration = Duration::from_secs(10);
/// How long the list must have been left alone before a row may go.
const QUIET: Duration = Duration::from_secs(3);
/// How long a touch counts as the second half of a double tap.
const DOUBLE_TAP: Duration = Duration::from_millis(600);

/// Offers to undo `mark` on the row for a while.
pub(crate) fn offer_undo(board: Board, line: Line, mark: String) {
    line.undo.set(Some(mark.clone()));
    line.kept.set(true);
    set_timeout(
        move || {
            let still = line.undo.read_untracked().as_deref() == Some(&*mark);
            if still {
                line.undo.set(None);
                let_go(board, line);
            }
        },
        UNDO,
    );
}

/// Keeps the row in place for a moment, with nothing to undo.
pub(crate) fn stay(board: Board, line: Line) {
    line.undo.set(None);
    line.kept.set(true);
    let_go(board, line);
}

/// Ignores the second half of a double tap.
pub(crate) fn rest(line: &Line) {
    line.resting.set(true);
    let line = line.clone();
    set_timeout(move || line.resting.set(false), DOUBLE_TAP);
}

/// Lets the row go at the first quiet moment.
fn let_go(board: Board, line: Line) {
    let touches = board.touches();
    set_timeout(
        move || {
            let touched_anew = line.undo.read_untracked().is_some();
            if touched_anew {
                return;
            }
            if board.touches() == touches && !in_use(&line) {
                line.kept.set(false);
            } else {
                let_go(board, line);
            }
        },
        QUIET,
    );
}

/// Something is open under the row, or the keyboard stands on it.
fn in_use(line: &Line) -> bool {
    line.reasons.get_untracked()
        || document()
            .active_element()
            .is_some_and(|focus| on_row(&focus, &line.child))
}

fn on_row(focus: &web_sys::Element, child: &str) -> bool {
    let by_keyboard = focus.matches(":focus-visible").unwrap_or(false);
    let row = focus.closest("li").ok().flatten();
    by_keyboard && row.is_some_and(|row| row.get_attribute("data-child").as_deref() == Some(child))
}
