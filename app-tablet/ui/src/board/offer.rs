//! What is offered at the foot of the list for a while: to undo a gesture on several children, or
//! to let brothers and sisters leave together.

use std::time::Duration;

use leptos::prelude::*;
use shared::mode::Mode;
use shared::screen::Deed;

use super::Board;
use crate::filter::{Stand, stand};
use crate::line::Line;

/// How long it stands there.
const WHILE: Duration = Duration::from_secs(10);

/// An offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Offer {
    /// Brothers and sisters of a child that left are still here.
    Together {
        /// First names of all of them, the one that left first.
        names: Vec<String>,
        /// Those still here.
        children: Vec<String>,
    },
    /// A touch was refused, for the town hall wants no pointing.
    Anyway {
        /// What the core said.
        said: String,
    },
    /// A gesture on several children can be undone.
    Undo {
        /// What was done.
        done: String,
        /// The marks made.
        marks: Vec<String>,
    },
}

impl Board {
    /// Offers something for a while, in place of what was offered before.
    pub(super) fn offer_for_a_while(self, offer: Offer) {
        self.turns.update_value(|turns| turns.offer += 1);
        let this = self.turns.with_value(|turns| turns.offer);
        self.offer.set(Some(offer));
        set_timeout(
            move || {
                if self.turns.with_value(|turns| turns.offer) == this {
                    self.offer.set(None);
                }
            },
            WHILE,
        );
    }

    /// Offers to let the brothers and sisters of a child leave with it.
    pub(super) fn offer_together(self, line: &Line, deed: Deed) {
        if deed != Deed::Out {
            return;
        }
        let row = line.row.read_untracked();
        let waits = match self.tab().map(|tab| tab.mode) {
            Some(Mode::DepartureOnly) => Stand::Expected,
            _ => Stand::Present,
        };
        let here: Vec<Line> = row
            .siblings
            .iter()
            .filter_map(|child| self.line(child))
            .filter(|sibling| {
                let standing = stand(&sibling.row.read_untracked());
                standing == waits || standing == Stand::Present
            })
            .collect();
        if here.is_empty() {
            return;
        }
        let first = |line: &Line| line.row.read_untracked().first_name.clone();
        self.offer_for_a_while(Offer::Together {
            names: std::iter::once(row.first_name.clone())
                .chain(here.iter().map(first))
                .collect(),
            children: here.iter().map(|line| line.child.clone()).collect(),
        });
    }
}
