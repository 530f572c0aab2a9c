//! The weeks a household has got used to; brothers and sisters share them.

use shared::codec::Minute;

use super::activities::Wednesday;
use super::dice::Dice;
use super::families::ACCOUNTS;

/// The bits of Monday, Tuesday, Thursday and Friday.
const DAYS: [u8; 4] = [1, 2, 8, 16];

/// A typical week of a household; masks have bit 0 for Monday.
pub(super) struct Habit {
    pub(super) canteen: u8,
    pub(super) morning: u8,
    pub(super) evening: u8,
    pub(super) wednesday: Option<Wednesday>,
    pub(super) arrival: Minute,
    /// When the children are collected, by weekday.
    pub(super) collected: [Minute; 5],
    pub(super) bus: bool,
}

/// The habit of the n-th household; `only_wednesdays` if its children come on no school day.
pub(super) fn habit(seed: u64, home: usize, only_wednesdays: bool) -> Habit {
    let mut dice = Dice::of(seed, "habit", &[home as u64]);
    let canteen = match dice.below(100) {
        _ if home < ACCOUNTS => 0b11011,
        0..65 => 0b11011,
        65..80 => days(&mut dice, 3),
        80..90 => days(&mut dice, 1),
        _ => 0,
    };
    let some = |dice: &mut Dice, percent| {
        let (comes, n) = (dice.percent(percent), 2 + dice.below(4));
        if comes { days(dice, n.min(4)) } else { 0 }
    };
    let morning = some(&mut dice, 36);
    let evening = some(&mut dice, 50);
    let wednesday = (dice.percent(20) || only_wednesdays).then(|| match dice.below(20) {
        0..12 => Wednesday::Day,
        12..15 => Wednesday::MorningMeal,
        15..18 => Wednesday::Morning,
        _ => Wednesday::Afternoon,
    });
    let usual = dice.below(6);
    let collected = [0; 5].map(|_: usize| {
        let quarters = if dice.percent(75) { usual } else { dice.below(7) };
        Minute(Minute::new(17, 0).0 + 15 * quarters as u16)
    });
    let arrival = Minute(Minute::new(7, 30).0 + 5 * dice.below(10) as u16);
    Habit {
        canteen,
        morning,
        evening,
        wednesday,
        arrival,
        collected,
        bus: dice.percent(6),
    }
}

/// So many of the four school days.
fn days(dice: &mut Dice, n: usize) -> u8 {
    let mut all = DAYS;
    dice.shuffle(&mut all);
    all.iter().take(n).sum()
}
