//! One row of the list while it is on the screen: what the core last said of it, and what the
//! person is doing with it.

use std::ops::Deref;
use std::sync::Arc;

use leptos::prelude::*;
use shared::screen::Row;

use crate::filter::{Filter, Part};

/// A row on the screen. Clones are the same row.
#[derive(Clone)]
pub(crate) struct Line(Arc<Inner>);

/// What a [`Line`] holds.
pub(crate) struct Inner {
    /// Unique among all lines ever shown: what `<For>` keys on.
    pub(crate) id: u64,
    /// Child id.
    pub(crate) child: String,
    /// Its place by last name.
    pub(crate) by_name: String,
    /// What the core last said.
    pub(crate) row: ArcRwSignal<Row>,
    /// A command about this child is under way: the row says neither the old nor the new state.
    pub(crate) pending: ArcRwSignal<bool>,
    /// The answer is so young that a second touch belongs to the same double tap.
    pub(crate) resting: ArcRwSignal<bool>,
    /// The mark that « Annuler » on the row undoes, for a few seconds.
    pub(crate) undo: ArcRwSignal<Option<String>>,
    /// The row stays where it is, though its state does not belong to the filter any more.
    pub(crate) kept: ArcRwSignal<bool>,
    /// Chosen with others for one gesture.
    pub(crate) picked: ArcRwSignal<bool>,
    /// What went wrong with the last touch.
    pub(crate) trouble: ArcRwSignal<Option<String>>,
    /// The reasons of an absence are open under the row.
    pub(crate) reasons: ArcRwSignal<bool>,
    /// The turn of the newest answer about this very child.
    pub(crate) settled: ArcRwSignal<u64>,
}

impl Deref for Line {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Line {
    /// A line nobody has touched yet.
    pub(crate) fn new(id: u64, settled: u64, row: Row) -> Self {
        Self(Arc::new(Inner {
            id,
            child: row.child.clone(),
            by_name: shared::text::sort_key(&row.last_name, &row.first_name),
            row: ArcRwSignal::new(row),
            pending: ArcRwSignal::new(false),
            resting: ArcRwSignal::new(false),
            undo: ArcRwSignal::new(None),
            kept: ArcRwSignal::new(false),
            picked: ArcRwSignal::new(false),
            trouble: ArcRwSignal::new(None),
            reasons: ArcRwSignal::new(false),
            settled: ArcRwSignal::new(settled),
        }))
    }

    /// Whether a touch has to wait.
    pub(crate) fn busy(&self) -> bool {
        self.pending.get_untracked() || self.resting.get_untracked()
    }

    /// Takes what the core says now, unless it is what is shown already.
    pub(crate) fn set(&self, row: Row) {
        if *self.row.read_untracked() != row {
            self.row.set(row);
        }
    }

    /// Whether the part of the row that marks do not change is still the same.
    pub(crate) fn same_card(&self, row: &Row) -> bool {
        let mut as_shown = row.clone();
        let shown = self.row.read_untracked();
        as_shown.state = shown.state;
        as_shown.in_at.clone_from(&shown.in_at);
        as_shown.out_at.clone_from(&shown.out_at);
        as_shown.reason = shown.reason;
        as_shown.absent_by_closing = shown.absent_by_closing;
        as_shown.conflict = shown.conflict;
        as_shown.next = shown.next;
        as_shown.last_mark.clone_from(&shown.last_mark);
        as_shown.waiting = shown.waiting;
        as_shown.memo.clone_from(&shown.memo);
        as_shown.moved_to.clone_from(&shown.moved_to);
        as_shown.siblings.clone_from(&shown.siblings);
        as_shown == *shown
    }

    /// Whether the row is shown. Follows all it depends on.
    pub(crate) fn shown(&self, filter: Filter, part: &Part, words: &[String]) -> bool {
        self.belongs(filter) && self.matches(words) && part.takes(&self.row.read())
    }

    /// Whether the row belongs to a filter, or may not vanish just now.
    fn belongs(&self, filter: Filter) -> bool {
        filter.takes(&self.row.read())
            || self.kept.get()
            || self.pending.get()
            || self.trouble.read().is_some()
    }

    /// Whether each word of a search begins one of the row's names.
    pub(crate) fn matches(&self, words: &[String]) -> bool {
        if words.is_empty() {
            return true;
        }
        let row = self.row.read();
        words
            .iter()
            .all(|word| row.search_key.split(' ').any(|part| part.starts_with(&**word)))
    }
}
