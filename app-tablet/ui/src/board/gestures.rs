//! What a finger does to children: one tap, one tap on several, and the way back.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::mark::Reason;
use shared::screen::{Deed, Row, Tap, TapMany, Tapped, Trouble};

use super::answers::Answer;
use super::{Board, Offer};
use crate::line::Line;
use crate::words::{self, about, t};
use crate::{commands, linger};

impl Board {
    /// Makes a mark on a child. The row takes its new state when the core says the mark is safe.
    pub(crate) fn tap(self, line: Line, deed: Deed, reason: Option<Reason>, rest_of_day: bool) {
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
            rest_of_day,
        };
        let asked = self.asking();
        spawn_local(async move {
            let own = [line];
            let answer = commands::tap(tap).await;
            let mark = answer
                .as_ref()
                .ok()
                .and_then(|tapped| tapped.marks.first().cloned());
            let done = answer.is_ok();
            self.answered(asked, &own, answer.map(Answer::tapped));
            let [line] = own;
            if done {
                self.offer_together(&line, deed);
            }
            if let Some(mark) = mark {
                linger::offer_undo(self, line, mark);
            }
        });
    }

    /// Makes the same mark on several children, in one go.
    pub(crate) fn tap_many(self, lines: Vec<Line>, deed: Deed, reason: Option<Reason>) {
        let Some(list) = self.list() else { return };
        let lines: Vec<Line> = lines.into_iter().filter(begin).collect();
        if lines.is_empty() || self.closing.get_untracked() {
            return;
        }
        self.closing.set(true);
        let many = TapMany {
            list,
            children: lines.iter().map(|line| line.child.clone()).collect(),
            deed,
            reason,
        };
        let asked = self.asking();
        spawn_local(async move {
            let answer = commands::tap_many(many).await;
            self.closing.set(false);
            let marks = answer
                .as_ref()
                .map(|tapped| tapped.marks.clone())
                .unwrap_or_default();
            let done = answer.is_ok();
            self.answered(asked, &lines, answer.map(Answer::tapped));
            if !done {
                return;
            }
            self.selecting.set(false);
            let said = words::done(deed, self.mode(), lines.len());
            self.said.set(said.clone());
            for (line, mark) in lines.into_iter().zip(&marks) {
                line.picked.set(false);
                linger::offer_undo(self, line, mark.clone());
            }
            if marks.len() > 1 {
                self.offer_for_a_while(Offer::Undo { done: said, marks });
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
            let own = [line];
            let answer = commands::undo(vec![mark], ask).await;
            let done = answer.is_ok();
            self.answered(asked, &own, answer.map(Answer::tapped));
            let [line] = own;
            if done {
                self.offer.set(None);
                self.said
                    .set(about("tablet-said-undone", &line.row.read_untracked()));
                linger::stay(self, line);
            }
        });
    }

    /// Points although the town hall wants none, until the end of the day.
    pub(crate) fn point_anyway(self) {
        self.offer.set(None);
        for line in self.lines.get_untracked() {
            line.trouble.set(None);
        }
        let (asked, ask) = (self.asking(), self.ask());
        spawn_local(async move {
            let answer = commands::point_anyway(ask).await;
            if answer.is_ok() {
                self.said.set(t("tablet-said-anyway"));
            }
            self.answered(asked, &[], answer.map(Answer::day));
        });
    }

    /// Undoes the marks of one gesture.
    pub(crate) fn undo_all(self, marks: Vec<String>) {
        if self.closing.get_untracked() {
            return;
        }
        self.closing.set(true);
        self.offer.set(None);
        let (asked, ask) = (self.asking(), self.ask());
        spawn_local(async move {
            let answer = commands::undo(marks, ask).await;
            self.closing.set(false);
            if answer.is_ok() {
                self.said.set(t("tablet-said-undone-all"));
                for line in self.lines.get_untracked() {
                    line.undo.set(None);
                    line.kept.set(false);
                }
            }
            self.answered(asked, &[], answer.map(Answer::tapped));
        });
    }

    /// Adds a child that is not on the list: it arrives. Answers whether it is there.
    pub(crate) async fn add(self, child: String, deed: Deed) -> Result<(), Trouble> {
        let Some(list) = self.list() else { return Ok(()) };
        let tap = Tap {
            site: list.site,
            date: list.date,
            activity: list.activity,
            child,
            deed,
            reason: None,
            rest_of_day: false,
        };
        let asked = self.asking();
        let answer = commands::tap(tap).await;
        self.added(asked, answer)
    }

    /// Adds a child nobody knows.
    pub(crate) async fn add_stranger(self, text: String) -> Result<(), Trouble> {
        let Some(list) = self.list() else { return Ok(()) };
        let asked = self.asking();
        let answer = commands::stranger(list, text).await;
        self.added(asked, answer)
    }

    fn added(self, asked: super::asks::Asked, answer: Result<Tapped, Trouble>) -> Result<(), Trouble> {
        match answer {
            Ok(tapped) => {
                let mark = tapped.marks.first().cloned();
                let is_it = |row: &&Row| row.last_mark.is_some() && row.last_mark == mark;
                let new = tapped.rows.iter().find(is_it).or(tapped.rows.first()).cloned();
                self.answered(asked, &[], Ok(Answer::tapped(tapped)));
                if let (Some(row), Some(mark)) = (new, mark) {
                    self.said.set(words::noted(&row));
                    if let Some(line) = self.line(&row.child) {
                        linger::offer_undo(self, line, mark);
                    }
                }
                Ok(())
            }
            Err(trouble) => {
                // Said on the page that asked; here only the turn ends.
                self.ended();
                if trouble.locked {
                    self.staff.refused();
                }
                Err(trouble)
            }
        }
    }
}

/// A touch on a row begins; `false` when the row still waits for the answer to an earlier one.
fn begin(line: &Line) -> bool {
    if line.busy() {
        return false;
    }
    line.pending.set(true);
    line.trouble.set(None);
    line.reasons.set(false);
    true
}
