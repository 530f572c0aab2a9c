//! Which rows of a list are shown: by where they stand, and by group or class.

use shared::fold::State;
use shared::mode::Mode;
use shared::screen::{Row, Tab};

/// A part of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    /// Not pointed yet, and waited for.
    Expected,
    /// Here.
    Present,
    /// Gone.
    Left,
    /// Not coming.
    Absent,
    /// With their class or at another site.
    Away,
    /// May come: nobody waits for them.
    Free,
    /// Everyone.
    All,
}

impl Filter {
    /// All of them, in the order of the screen.
    pub(crate) const EVERY: [Self; 7] = [
        Self::Expected,
        Self::Present,
        Self::Left,
        Self::Absent,
        Self::Away,
        Self::Free,
        Self::All,
    ];

    /// Its short name in hooks.
    pub(crate) fn slug(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Present => "present",
            Self::Left => "left",
            Self::Absent => "absent",
            Self::Away => "away",
            Self::Free => "free",
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
            Self::Away => "tablet-filter-away",
            Self::Free => "tablet-filter-free",
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
            Self::Away | Self::Free | Self::All => ("tablet-nobody-all", "tablet-nobody-all-then"),
        }
    }

    /// Whether a row belongs to it.
    pub(crate) fn takes(self, row: &Row) -> bool {
        match self {
            Self::Expected => stand(row) == Stand::Expected,
            Self::Present => row.state == State::Present,
            Self::Left => row.state == State::Left,
            Self::Absent => row.state == State::Absent,
            Self::Away => stand(row) == Stand::Away,
            Self::Free => stand(row) == Stand::Free,
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

    /// Whether it makes sense for a mode even while nobody belongs to it: nobody leaves the
    /// canteen by a tap, and most days nobody is away.
    pub(crate) fn fits(self, mode: Mode) -> bool {
        match self {
            Self::Left => has_departures(mode),
            Self::Away | Self::Free => false,
            Self::Expected | Self::Present | Self::Absent | Self::All => true,
        }
    }
}

/// Where a row stands on the screen: its state, and for one nobody pointed whether it is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// Waited for.
    Expected,
    /// Here.
    Present,
    /// Gone.
    Left,
    /// Not coming.
    Absent,
    /// With its class or at another site.
    Away,
    /// May come.
    Free,
}

/// Where a row stands.
pub(crate) fn stand(row: &Row) -> Stand {
    match row.state {
        State::Expected if row.free => Stand::Free,
        State::Expected if row.away.is_some() || row.moved_to.is_some() => Stand::Away,
        State::Expected => Stand::Expected,
        State::Present => Stand::Present,
        State::Left => Stand::Left,
        State::Absent => Stand::Absent,
    }
}

/// Whether departures are pointed: then an `in` is an arrival, else a presence.
pub(crate) fn has_departures(mode: Mode) -> bool {
    match mode {
        Mode::ArrivalDeparture | Mode::DepartureOnly => true,
        Mode::Presence | Mode::ByException => false,
    }
}

/// The group or class shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Part {
    /// Everyone.
    #[default]
    Whole,
    /// A group.
    Group(String),
    /// A class.
    Class(String),
}

impl Part {
    /// Whether a row belongs to it.
    pub(crate) fn takes(&self, row: &Row) -> bool {
        match self {
            Self::Whole => true,
            Self::Group(name) => row.group.as_ref() == Some(name),
            Self::Class(name) => row.class.as_ref() == Some(name),
        }
    }
}
