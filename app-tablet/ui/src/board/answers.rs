//! Taking what the core answers, row by row.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::screen::{Day, Row, Tapped, Trouble};

use super::asks::Asked;
use super::{Board, Offer};
use crate::filter::{Filter, Part};
use crate::line::Line;
use crate::linger;
use crate::order::Sort;
use crate::words::{noted, t};

/// What the core answered.
pub(super) enum Answer {
    /// A whole day.
    Day(Box<Day>),
    /// What a gesture changed.
    Tapped(Box<Tapped>),
}

impl Answer {
    pub(super) fn day(day: Day) -> Self {
        Self::Day(Box::new(day))
    }

    pub(super) fn tapped(tapped: Tapped) -> Self {
        Self::Tapped(Box::new(tapped))
    }
}

impl Board {
    /// Takes an answer; `own` are the rows it is about.
    pub(super) fn answered(self, asked: Asked, own: &[Line], answer: Result<Answer, Trouble>) {
        match answer {
            Ok(answer) => {
                if own.is_empty() {
                    self.trouble.set(None);
                }
                match answer {
                    Answer::Day(day) => self.take(*day, asked, own),
                    Answer::Tapped(tapped) => self.take_tapped(*tapped, asked, own),
                }
                for line in own {
                    linger::rest(line);
                    line.pending.set(false);
                }
                if !own.is_empty() {
                    self.beat.update(|beat| *beat += 1);
                }
            }
            Err(trouble) if trouble.locked => {
                own.iter().for_each(|line| line.pending.set(false));
                self.staff.refused();
            }
            Err(trouble) if trouble.closed => {
                for line in own {
                    line.pending.set(false);
                    line.trouble.set(Some(t("tablet-service-refused")));
                }
                self.said.set(trouble.message.clone());
                self.offer_for_a_while(Offer::Anyway {
                    said: trouble.message,
                });
                // The tablet may have heard of it just now: the banner comes with the day.
                self.turns.update_value(|turns| turns.left_out = true);
            }
            Err(trouble) => match own {
                [line] => {
                    line.pending.set(false);
                    line.trouble.set(Some(trouble.message));
                }
                several => {
                    several.iter().for_each(|line| line.pending.set(false));
                    self.trouble.set(Some(trouble.message));
                }
            },
        }
        self.ended();
    }

    /// A question is answered. What was left out is asked for once nothing is under way.
    pub(super) fn ended(self) {
        self.turns.update_value(|turns| turns.under_way -= 1);
        let again = self
            .turns
            .with_value(|turns| turns.under_way == 0 && turns.left_out);
        if again {
            self.turns.update_value(|turns| turns.left_out = false);
            self.reload();
        }
    }

    fn take(self, mut day: Day, asked: Asked, own: &[Line]) {
        let rows = std::mem::take(&mut day.rows);
        self.take_own(own, &rows);
        if asked.view != self.view.get_value() {
            return;
        }
        let same_list = self
            .day
            .with_untracked(|shown| shown.as_ref().is_some_and(|shown| is_same_list(shown, &day)));
        if same_list {
            self.merge(rows, asked.turn, own);
        } else {
            self.begin_list(&day, rows, asked.turn);
        }
        let newest = self.turns.with_value(|turns| asked.turn >= turns.shown);
        if newest || !same_list {
            self.turns.update_value(|turns| turns.shown = asked.turn);
            if self.day.with_untracked(|shown| shown.as_ref() != Some(&day)) {
                self.day.set(Some(day));
            }
        }
    }

    /// Shows a list from its beginning.
    fn begin_list(self, day: &Day, rows: Vec<Row>, turn: u64) {
        let opening = day
            .activities
            .iter()
            .find(|tab| Some(&tab.id) == day.activity.as_ref())
            .map(Filter::opening);
        self.query.set(String::new());
        self.part.set(Part::Whole);
        self.selecting.set(false);
        self.offer.set(None);
        let by_class = self.sort.get_untracked() == Sort::Class;
        if day.nursery != by_class {
            self.sort.set(if day.nursery { Sort::Class } else { Sort::Name });
        }
        self.filter.set(opening.unwrap_or(Filter::All));
        self.lines
            .set(rows.into_iter().map(|row| self.new_line(turn, row)).collect());
    }

    /// Takes the rows that a gesture changed.
    fn take_tapped(self, tapped: Tapped, asked: Asked, own: &[Line]) {
        self.take_own(own, &tapped.rows);
        let told = |line: &Line| tapped.rows.iter().any(|row| row.child == line.child);
        // The core saw no change where the screen waits for one: they do not agree on what was.
        let mut left_out = !own.iter().all(told);
        if asked.view != self.view.get_value() {
            return;
        }
        let turn = self.turn();
        let mut new = Vec::new();
        for row in tapped.rows {
            match self.line(&row.child) {
                Some(line) if own.iter().any(|own| own.id == line.id) => {}
                Some(line) if is_newer(&line, asked.turn) => {
                    left_out |= *line.row.read_untracked() != row;
                }
                Some(line) => {
                    line.settled.set(turn);
                    line.set(row);
                }
                None => new.push(self.new_line(turn, row)),
            }
        }
        if !new.is_empty() {
            self.lines.update(|lines| lines.extend(new));
        }
        if left_out {
            self.turns.update_value(|turns| turns.left_out = true);
        }
        if self.turns.with_value(|turns| asked.turn >= turns.shown) {
            self.turns.update_value(|turns| turns.shown = asked.turn);
            self.day.update(|day| {
                if let Some(day) = day {
                    day.activities = tapped.activities;
                    day.open_lists = tapped.open_lists;
                    day.link = tapped.link;
                }
            });
        }
    }

    /// Takes what the answer says of the very rows that were touched, and says it aloud.
    fn take_own(self, own: &[Line], rows: &[Row]) {
        let turn = self.turn();
        for line in own {
            line.settled.set(turn);
            if let Some(row) = rows.iter().find(|row| row.child == line.child) {
                line.set(row.clone());
                if own.len() == 1 {
                    self.said.set(noted(row));
                }
            }
        }
    }

    /// Takes what an answer says of the list shown, row by row.
    fn merge(self, rows: Vec<Row>, asked: u64, own: &[Line]) {
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
                Some(line) if own.iter().any(|own| own.id == line.id) => line.clone(),
                Some(line) if is_newer(line, asked) => {
                    left_out |= *line.row.read_untracked() != row;
                    line.clone()
                }
                Some(line) if line.same_card(&row) => {
                    line.settled.set(asked);
                    line.set(row);
                    line.clone()
                }
                Some(_) | None => self.new_line(asked, row),
            })
            .collect();
        // A row that came in with a later gesture is not missing: this answer could not know it.
        let kept: Vec<Line> = shown
            .into_values()
            .filter(|line| !own.iter().any(|own| own.id == line.id))
            .filter(|line| is_newer(line, asked) && !merged.iter().any(|m| m.child == line.child))
            .collect();
        left_out |= !kept.is_empty();
        let merged: Vec<Line> = merged.into_iter().chain(kept).collect();
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

    fn new_line(self, turn: u64, row: Row) -> Line {
        self.turns.update_value(|turns| turns.line += 1);
        Line::new(self.turns.with_value(|turns| turns.line), turn, row)
    }
}

/// Whether a row knows more than an answer asked for at that turn.
fn is_newer(line: &Line, asked: u64) -> bool {
    line.pending.get_untracked() || line.settled.get_untracked() > asked
}

fn is_same_list(one: &Day, other: &Day) -> bool {
    one.site.id == other.site.id && one.date == other.date && one.activity == other.activity
}
