//! Asking the core for lists.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::screen::{Ask, Day, Link, ListRef, Trouble};

use super::answers::Answer;
use super::{Board, Page};
use crate::commands;
use crate::words::t;

/// A question to the core: when it was asked, and about which list.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub(super) turn: u64,
    pub(super) view: u64,
}

impl Board {
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
        self.page.set(Page::List);
        self.view.update_value(|view| *view += 1);
        self.loading.set(true);
        let asked = self.asking();
        spawn_local(async move {
            let answer = commands::day(ask).await;
            if asked.view == self.view.get_value() {
                self.loading.set(false);
            }
            self.answered(asked, &[], answer.map(Answer::day));
        });
    }

    /// Asks anew for the list shown, for something changed elsewhere.
    pub(crate) fn reload(self) {
        self.beat.update(|beat| *beat += 1);
        // One question at a time: the next waits for the answer to this one.
        if self.turns.with_value(|turns| turns.reloading) {
            self.turns.update_value(|turns| turns.left_out = true);
            return;
        }
        self.turns.update_value(|turns| turns.reloading = true);
        let (asked, ask) = (self.asking(), self.ask());
        spawn_local(async move {
            let answer = commands::day(ask).await;
            self.turns.update_value(|turns| turns.reloading = false);
            self.answered(asked, &[], answer.map(Answer::day));
        });
    }

    /// Shows the day, or asks first who points.
    pub(crate) fn begin(self) {
        spawn_local(async move {
            match self.staff.ask().await {
                Ok(true) => self.show_or_reload(),
                Ok(false) => {}
                Err(trouble) => self.trouble.set(Some(trouble.message)),
            }
        });
    }

    /// Somebody said who they are: the list comes back where it was.
    pub(crate) fn show_or_reload(self) {
        if self.day.with_untracked(Option::is_some) {
            self.reload();
        } else {
            self.show(Ask::default());
        }
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
            self.answered(asked, &[], answer.map(Answer::day));
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
                Err(trouble) => self.troubled(trouble),
            }
            self.syncing.set(false);
        });
    }

    /// Says what went wrong, or asks who points where that is what went wrong.
    pub(crate) fn troubled(self, trouble: Trouble) {
        if trouble.locked {
            self.staff.refused();
        } else {
            self.trouble.set(Some(trouble.message));
        }
    }

    /// Shows a day that did not come from a question of the board: the one after enrolment.
    pub(crate) fn begin_with(self, day: Day) {
        let asked = self.asking();
        self.answered(asked, &[], Ok(Answer::day(day)));
    }

    pub(super) fn asking(self) -> Asked {
        let turn = self.turn();
        self.turns.update_value(|turns| turns.under_way += 1);
        Asked {
            turn,
            view: self.view.get_value(),
        }
    }

    pub(super) fn turn(self) -> u64 {
        self.turns.update_value(|turns| turns.now += 1);
        self.turns.with_value(|turns| turns.now)
    }

    fn set_link(self, link: Link) {
        self.day.update(|day| {
            if let Some(day) = day {
                day.link = link;
            }
        });
    }
}
