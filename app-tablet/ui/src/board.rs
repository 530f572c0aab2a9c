//! The day on the screen: what the core last said, and the only code that asks it for more.
//!
//! Several commands may be under way at once, and each answer carries a whole day. An answer is
//! therefore never taken whole: it may not know of a tap that was answered after it was asked
//! for. Every sending and every answer is a *turn*; a row takes what an answer says of it only if
//! the answer was asked for after the row's own last answer. When something was left out that
//! way, the day is asked for once more as soon as nothing is under way.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::mark::Reason;
use shared::mode::Mode;
use shared::screen::{Ask, Day, Deed, Link, ListRef, Row, Tab, Tap, Trouble};

use crate::filter::Filter;
use crate::line::{Line, Open};
use crate::words::{about, noted, t};
use crate::{commands, linger};

/// The day on the screen. A handle: copies are the same board.
#[derive(Clone, Copy)]
pub(crate) struct Board {
    /// Everything but the rows; `None` before the first answer.
    pub(crate) day: RwSignal<Option<Day>>,
    /// The rows of the list shown.
    pub(crate) lines: RwSignal<Vec<Line>>,
    /// The part of the list shown.
    pub(crate) filter: RwSignal<Filter>,
    /// What is searched for.
    pub(crate) query: RwSignal<String>,
    /// Another list is on its way.
    pub(crate) loading: RwSignal<bool>,
    /// An exchange with the server that somebody asked for is under way.
    pub(crate) syncing: RwSignal<bool>,
    /// A gesture on the whole list is under way.
    pub(crate) closing: RwSignal<bool>,
    /// What went wrong with something that is not one row's.
    pub(crate) trouble: RwSignal<Option<String>>,
    /// What was done last, for those who do not see it.
    pub(crate) said: RwSignal<String>,
    /// Grows with each list shown; an answer for an earlier one is not taken.
    view: StoredValue<u64>,
    turns: StoredValue<Turns>,
    touches: StoredValue<u64>,
}

/// The order of questions and answers.
#[derive(Clone, Copy, Default)]
struct Turns {
    now: u64,
    /// When the answer shown in [`Board::day`] was asked for.
    shown: u64,
    under_way: usize,
    /// An answer knew less than the screen.
    left_out: bool,
    /// The last line made.
    line: u64,
}

/// A question to the core: when it was asked, and about which list.
#[derive(Clone, Copy)]
struct Asked {
    turn: u64,
    view: u64,
}

impl Board {
    /// A board without a day.
    pub(crate) fn new() -> Self {
        Self {
            day: RwSignal::new(None),
            lines: RwSignal::new(Vec::new()),
            filter: RwSignal::new(Filter::All),
            query: RwSignal::new(String::new()),
            loading: RwSignal::new(false),
            syncing: RwSignal::new(false),
            closing: RwSignal::new(false),
            trouble: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            view: StoredValue::new(0),
            turns: StoredValue::new(Turns::default()),
            touches: StoredValue::new(0),
        }
    }

    // --- what is shown -------------------------------------------------------------------------

    /// The tab of the list shown. Follows it.
    pub(crate) fn tab(self) -> Option<Tab> {
        let day = self.day.read();
        let day = day.as_ref()?;
        day.activities
            .iter()
            .find(|tab| Some(&tab.id) == day.activity.as_ref())
            .cloned()
    }

    /// How the list shown is pointed. Follows it.
    pub(crate) fn mode(self) -> Mode {
        self.tab().map(|tab| tab.mode).unwrap_or_default()
    }

    /// How many rows of the list belong to a filter. Follows them.
    pub(crate) fn count(self, filter: Filter) -> usize {
        self.lines
            .read()
            .iter()
            .filter(|line| filter.takes(line.state()))
            .count()
    }

    /// The list shown, as the core is asked for it.
    fn ask(self) -> Ask {
        self.day.with_untracked(|day| match day {
            Some(day) => Ask {
                site: Some(day.site.id.clone()),
                date: Some(day.date.clone()),
                activity: day.activity.clone(),
            },
            None => Ask::default(),
        })
    }

    /// Shows another part of the list, without the rows that only stayed because they were touched.
    pub(crate) fn choose(self, filter: Filter) {
        for line in self.lines.get_untracked() {
            line.kept.set(false);
        }
        self.filter.set(filter);
    }

    /// How often the screen was touched.
    pub(crate) fn touches(self) -> u64 {
        self.touches.get_value()
    }

    /// The screen was touched.
    pub(crate) fn touched(self) {
        self.touches.update_value(|n| *n += 1);
    }

    // --- asking --------------------------------------------------------------------------------

    /// Shows another list of the same site.
    pub(crate) fn show_activity(self, activity: String) {
        self.show(Ask {
            activity: Some(activity),
            ..self.ask()
        });
    }

    /// Shows another date.
    pub(crate) fn show_date(self, date: String) {
        self.show(Ask {
            date: Some(date),
            ..self.ask()
        });
    }

    /// Shows another site on the same date; it has activities of its own.
    pub(crate) fn show_site(self, site: String) {
        self.show(Ask {
            site: Some(site),
            activity: None,
            ..self.ask()
        });
    }

    /// Shows another list. The one on the screen stays until it is there.
    pub(crate) fn show(self, ask: Ask) {
        self.view.update_value(|view| *view += 1);
        self.loading.set(true);
        let asked = self.asking();
        spawn_local(async move {
            let answer = commands::day(ask).await;
            if asked.view == self.view.get_value() {
                self.loading.set(false);
            }
            self.answered(asked, None, answer);
        });
    }

    /// Asks anew for the list shown, for something changed elsewhere.
    pub(crate) fn reload(self) {
        let (asked, ask) = (self.asking(), self.ask());
        spawn_local(async move {
            let answer = commands::day(ask).await;
            self.answered(asked, None, answer);
        });
    }

    /// Makes a mark on a child. The row takes its new state when the core says the mark is safe.
    pub(crate) fn tap(self, line: Line, deed: Deed, reason: Option<Reason>) {
        let Some(list) = self.list() else { return };
        if !begin(&line) {
            return;
        }
        let tap = Tap {
            site: list.site,
            date: list.date,
            activity: list.activity,
            child: line.child.clone(),
            deed,
            reason,
        };
        let asked = self.asking();
        spawn_local(async move {
            let (mark, answer) = match commands::tap(tap).await {
                Ok(tapped) => (Some(tapped.mark), Ok(tapped.day)),
                Err(trouble) => (None, Err(trouble)),
            };
            self.answered(asked, Some(&line), answer);
            if let Some(mark) = mark {
                linger::offer_undo(self, line, mark);
            }
        });
    }

    /// Undoes a mark of a child.
    pub(crate) fn undo(self, line: Line, mark: String) {
        if !begin(&line) {
            return;
        }
        let (asked, ask) = (self.asking(), self.ask());
        spawn_local(async move {
            let answer = commands::undo(mark, ask).await;
            let done = answer.is_ok();
            self.answered(asked, Some(&line), answer);
            if done {
                self.said
                    .set(about("tablet-said-undone", &line.row.read_untracked()));
                linger::stay(self, line);
            }
        });
    }

    /// Closes the list shown.
    pub(crate) fn close_list(self) {
        self.whole_list(commands::close_list, "tablet-said-closed");
    }

    /// Opens the list shown again.
    pub(crate) fn reopen_list(self) {
        self.whole_list(commands::reopen_list, "tablet-said-reopened");
    }

    fn whole_list<F>(self, command: impl FnOnce(ListRef) -> F + 'static, said: &'static str)
    where
        F: Future<Output = Result<Day, Trouble>>,
    {
        let Some(list) = self.list() else { return };
        if self.closing.get_untracked() {
            return;
        }
        self.closing.set(true);
        let asked = self.asking();
        spawn_local(async move {
            let answer = command(list).await;
            self.closing.set(false);
            if answer.is_ok() {
                self.said.set(t(said));
            }
            self.answered(asked, None, answer);
        });
    }

    /// Exchanges with the server at once.
    pub(crate) fn sync_now(self) {
        if self.syncing.get_untracked() {
            return;
        }
        self.syncing.set(true);
        spawn_local(async move {
            match commands::sync_now().await {
                Ok(link) => {
                    self.set_link(link);
                    self.reload();
                }
                Err(trouble) => self.trouble.set(Some(trouble.message)),
            }
            self.syncing.set(false);
        });
    }

    fn list(self) -> Option<ListRef> {
        let ask = self.ask();
        Some(ListRef {
            site: ask.site?,
            date: ask.date?,
            activity: ask.activity?,
        })
    }

    // --- taking answers ------------------------------------------------------------------------

    fn asking(self) -> Asked {
        let turn = self.turn();
        self.turns.update_value(|turns| turns.under_way += 1);
        Asked {
            turn,
            view: self.view.get_value(),
        }
    }

    fn turn(self) -> u64 {
        self.turns.update_value(|turns| turns.now += 1);
        self.turns.with_value(|turns| turns.now)
    }

    /// Takes an answer; `own` is the row it is about.
    fn answered(self, asked: Asked, own: Option<&Line>, answer: Result<Day, Trouble>) {
        self.turns.update_value(|turns| turns.under_way -= 1);
        match answer {
            Ok(day) => {
                if own.is_none() {
                    self.trouble.set(None);
                }
                self.take(day, asked, own);
                if let Some(line) = own {
                    linger::rest(line);
                    line.pending.set(false);
                }
            }
            Err(trouble) => match own {
                Some(line) => {
                    line.pending.set(false);
                    line.trouble.set(Some(trouble.message));
                }
                None => self.trouble.set(Some(trouble.message)),
            },
        }
        let again = self
            .turns
            .with_value(|turns| turns.under_way == 0 && turns.left_out);
        if again {
            self.turns.update_value(|turns| turns.left_out = false);
            self.reload();
        }
    }

    /// Shows a day that did not come from a question of the board: the one after enrolment.
    pub(crate) fn begin_with(self, day: Day) {
        let asked = self.asking();
        self.answered(asked, None, Ok(day));
    }

    fn take(self, mut day: Day, asked: Asked, own: Option<&Line>) {
        let rows = std::mem::take(&mut day.rows);
        if let Some(line) = own {
            self.take_own(line, &rows);
        }
        if asked.view != self.view.get_value() {
            return;
        }
        let same_list = self
            .day
            .with_untracked(|shown| shown.as_ref().is_some_and(|shown| is_same_list(shown, &day)));
        if !same_list {
            self.lines
                .set(rows.into_iter().map(|row| self.new_line(row)).collect());
            self.query.set(String::new());
            let opening = day
                .activities
                .iter()
                .find(|tab| Some(&tab.id) == day.activity.as_ref())
                .map(Filter::opening);
            self.filter.set(opening.unwrap_or(Filter::All));
        } else {
            self.merge(rows, asked.turn, own);
        }
        let newest = self.turns.with_value(|turns| asked.turn >= turns.shown);
        if newest || !same_list {
            self.turns.update_value(|turns| turns.shown = asked.turn);
            if self.day.with_untracked(|shown| shown.as_ref() != Some(&day)) {
                self.day.set(Some(day));
            }
        }
    }

    /// Takes what the answer says of the very row that was touched, and says it aloud.
    fn take_own(self, line: &Line, rows: &[Row]) {
        line.settled.set(self.turn());
        if let Some(row) = rows.iter().find(|row| row.child == line.child) {
            line.set(row.clone());
            self.said.set(noted(row));
        }
    }

    /// Takes what an answer says of the list shown, row by row.
    fn merge(self, rows: Vec<Row>, asked: u64, own: Option<&Line>) {
        let shown: BTreeMap<String, Line> = self
            .lines
            .read_untracked()
            .iter()
            .map(|line| (line.child.clone(), line.clone()))
            .collect();
        let mut left_out = false;
        let merged: Vec<Line> = rows
            .into_iter()
            .map(|row| match shown.get(&row.child) {
                Some(line) if own.is_some_and(|own| own.id == line.id) => line.clone(),
                Some(line) if line.pending.get_untracked() || line.settled.get_untracked() > asked => {
                    left_out = true;
                    line.clone()
                }
                Some(line) if line.same_card(&row) => {
                    line.set(row);
                    line.clone()
                }
                Some(_) | None => self.new_line(row),
            })
            .collect();
        if left_out {
            self.turns.update_value(|turns| turns.left_out = true);
        }
        let same = self
            .lines
            .with_untracked(|lines| lines.iter().map(|l| l.id).eq(merged.iter().map(|l| l.id)));
        if !same {
            self.lines.set(merged);
        }
    }

    fn new_line(self, row: Row) -> Line {
        self.turns.update_value(|turns| turns.line += 1);
        Line::new(self.turns.with_value(|turns| turns.line), row)
    }

    fn set_link(self, link: Link) {
        self.day.update(|day| {
            if let Some(day) = day {
                day.link = link;
            }
        });
    }
}

/// A touch on a row begins; `false` when the row still waits for the answer to an earlier one.
fn begin(line: &Line) -> bool {
    if line.busy() {
        return false;
    }
    line.pending.set(true);
    line.trouble.set(None);
    line.open.set(Open::Nothing);
    true
}

fn is_same_list(one: &Day, other: &Day) -> bool {
    one.site.id == other.site.id && one.date == other.date && one.activity == other.activity
}
