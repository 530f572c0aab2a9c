//! What happens to the lines and to the server, drawn beforehand.

use std::time::Duration;

use system_tests::Dice;

/// One thing that happens, and how long it lasts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Weather {
    /// Nothing.
    Fine,
    /// A tablet's plug is pulled.
    Cut(usize),
    /// All plugs are.
    CutAll,
    /// A tablet's line is bad.
    Spoilt(usize),
    /// The server dies as in a power cut.
    ServerDies,
    /// It dies, and its disk is copied before it starts again.
    BackedUp,
    /// It dies, and starts again from the oldest copy there is, if there is one.
    PutBack,
    /// The target off-site is gone for a while.
    TargetGone,
}

impl Weather {
    /// What comes next over so many tablets, and for how long.
    pub(super) fn drawn(dice: &mut Dice, tablets: usize, ships: bool) -> (Self, Duration) {
        let which = dice.below(tablets);
        let lasts = Duration::from_millis(100 + dice.below(700) as u64);
        let weather = match dice.below(20) {
            0..3 if ships => Self::TargetGone,
            0..5 => Self::Fine,
            5..9 => Self::Cut(which),
            9 => Self::CutAll,
            10..14 => Self::Spoilt(which),
            14..17 => Self::ServerDies,
            17 => Self::BackedUp,
            _ => Self::PutBack,
        };
        (weather, lasts)
    }
}
