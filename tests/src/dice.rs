//! Chance that can be played again: a test prints its seed when it fails.

use std::fmt;

/// A small generator of numbers (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice {
    seed: u64,
    state: u64,
}

impl Dice {
    /// Those of a seed, or of `PREAU_SEED` where it is set, and speaks up if the test fails.
    pub fn of(seed: u64) -> Told {
        #[expect(clippy::disallowed_methods, reason = "read once, where the test starts")]
        let stated = std::env::var("PREAU_SEED")
            .ok()
            .and_then(|text| text.parse().ok());
        let seed = stated.unwrap_or(seed);
        Told(Self { seed, state: seed })
    }

    /// Those of a seed, whatever the environment says.
    pub fn from_seed(seed: u64) -> Self {
        Self { seed, state: seed }
    }

    /// Fills bytes.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let number = self.number().to_le_bytes();
            chunk.copy_from_slice(&number[..chunk.len()]);
        }
    }

    /// Dice of their own for the `n`th of several threads.
    #[must_use]
    pub fn split(&mut self, n: u64) -> Self {
        let seed = self.number() ^ n;
        Self { seed, state: seed }
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.number() % (end.max(1) as u64)).unwrap_or(0)
    }

    /// One of several.
    ///
    /// # Panics
    /// When there are none.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| u8::try_from(self.number() & 0xff).unwrap_or(0))
    }
}

/// Dice that say their seed when the test that holds them fails.
pub struct Told(Dice);

impl std::ops::Deref for Told {
    type Target = Dice;

    fn deref(&self) -> &Dice {
        &self.0
    }
}

impl std::ops::DerefMut for Told {
    fn deref_mut(&mut self) -> &mut Dice {
        &mut self.0
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Drop for Told {
    #[expect(
        clippy::print_stderr,
        reason = "the seed belongs to the report of a failed test"
    )]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("to play this again: PREAU_SEED={}", self.0.seed);
        }
    }
}
