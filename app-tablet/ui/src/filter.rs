//! Which rows of a list are shown.

use shared::fold::State;
use shared::mode::Mode;
use shared::screen::Tab;

/// A part of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    /// Not pointed yet.
    Expected,
    /// Here.
    Present,
    /// Gone.
    Left,
    /// Not coming.
    Absent,
    /// Everyone.
    All,
}

impl Filter {
    /// All of them, in the order of the screen.
    pub(crate) const EVERY: [Self; 5] = [Self::Expected, Self::Present, Self::Left, Self::Absent, Self::All];

    /// Its short name in hooks.
    pub(crate) fn slug(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Present => "present",
            Self::Left => "left",
            Self::Absent => "absent",
            Self::All => "all",
        }
    }

    /// The key of its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Expected => "tablet-filter-expected",
            Self::Present => "tablet-filter-present",
            Self::Left => "tablet-filter-left",
            Self::Absent => "tablet-filter-absent",
            Self::All => "tablet-filter-all",
        }
    }

    /// The keys of what is said when nobody belongs to it, and of what follows from that.
    pub(crate) fn nobody(self) -> (&'static str, &'static str) {
        match self {
            Self::Expected => ("tablet-nobody-expected", "tablet-nobody-expected-then"),
            Self::Present => ("tablet-nobody-present", "tablet-nobody-present-then"),
            Self::Left => ("tablet-nobody-left", "tablet-nobody-left-then"),
            Self::Absent => ("tablet-nobody-absent", "tablet-nobody-absent-then"),
            Self::All => ("tablet-nobody-all", "tablet-nobody-all-then"),
        }
    }

    /// Whether a row in that state belongs to it.
    pub(crate) fn takes(self, state: State) -> bool {
        match self {
            Self::Expected => state == State::Expected,
            Self::Present => state == State::Present,
            Self::Left => state == State::Left,
            Self::Absent => state == State::Absent,
            Self::All => true,
        }
    }

    /// The part to open a list on: what is left to do.
    pub(crate) fn opening(tab: &Tab) -> Self {
        if tab.expected > 0 {
            Self::Expected
        } else if has_departures(tab.mode) && tab.present > 0 {
            Self::Present
        } else {
            Self::All
        }
    }

    /// Whether it makes sense for a mode: nobody leaves the canteen by a tap.
    pub(crate) fn fits(self, mode: Mode) -> bool {
        self != Self::Left || has_departures(mode)
    }
}

/// Whether departures are pointed: then an `in` is an arrival, else a presence.
pub(crate) fn has_departures(mode: Mode) -> bool {
    match mode {
        Mode::ArrivalDeparture | Mode::DepartureOnly => true,
        Mode::Presence | Mode::ByException => false,
    }
}
