//! The dice of the demo town: the same seed, subject and key always throw the same numbers.
//!
//! Each subject (a child, a household on a date) has dice of its own. A throw added for one thing
//! then changes nothing else, and a child keeps its id whatever the date of the town.

use uuid::Uuid;

/// SplitMix64: sixteen lines, no state but a counter, good enough for names and habits.
pub(super) struct Dice {
    state: u64,
}

const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Dice {
    /// The dice of one subject of one town: `keys` tells it from others of its sort.
    pub(super) fn of(seed: u64, sort: &str, keys: &[u64]) -> Self {
        let named = sort
            .bytes()
            .fold(mix(seed.wrapping_add(GAMMA)), |h, byte| mix(h ^ u64::from(byte)));
        let state = keys.iter().fold(named, |h, key| {
            mix(h.wrapping_mul(GAMMA) ^ mix(key.wrapping_add(1)))
        });
        Self { state }
    }

    /// Sixty-four bits.
    pub(super) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        mix(self.state)
    }

    /// A number from 0 to `n` - 1; 0 if there is none.
    pub(super) fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.next()) * (n as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// True `percent` times in a hundred.
    pub(super) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of a list that is not empty.
    pub(super) fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }

    /// Puts a list in another order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }

    /// An id.
    pub(super) fn uuid(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.next().to_be_bytes());
        bytes[8..].copy_from_slice(&self.next().to_be_bytes());
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

/// The id of one subject of one town.
pub(super) fn id(seed: u64, sort: &str, keys: &[u64]) -> Uuid {
    Dice::of(seed, sort, keys).uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_dice_throw_the_same_numbers_and_others_do_not() {
        let throw = |seed, sort, keys: &[u64]| Dice::of(seed, sort, keys).next();
        assert_eq!(throw(1, "child", &[4]), throw(1, "child", &[4]));
        let others = [
            throw(2, "child", &[4]),
            throw(1, "class", &[4]),
            throw(1, "child", &[5]),
            throw(1, "child", &[]),
        ];
        assert!(others.iter().all(|other| *other != throw(1, "child", &[4])));
    }

    #[test]
    fn a_percentage_is_about_that() {
        let mut dice = Dice::of(7, "test", &[]);
        let hits = (0..10_000).filter(|_| dice.percent(30)).count();
        assert!((2_800..3_200).contains(&hits), "{hits}");
    }

    #[test]
    fn ids_are_of_version_4() {
        assert_eq!(id(1, "child", &[0]).get_version_num(), 4);
    }
}
