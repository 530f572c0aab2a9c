//! When those who were turned away may come back: spread over the time that the work before them
//! takes, so that they do not return as one. Pure.

/// The longest time that anybody is asked to stay away, in ms: a tablet obeys some minutes at most.
const LONGEST_MS: u64 = 120_000;
/// How far ahead returns are promised, in ms: beyond it they are spread wider, and no further away.
const AHEAD_MS: u64 = LONGEST_MS / 4 * 3;
/// The shortest, in ms.
const SHORTEST_MS: u64 = 1_000;
/// What a backlog is believed to take before one was seen, in ms.
const FIRST_GUESS_MS: u64 = 200;
/// The share that the newest has in the mean is one of so many.
const MEMORY: u64 = 8;

/// What was promised to those who were turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Returns {
    /// The time of the newest return that was promised.
    booked_ms: u64,
    /// What a piece of work takes, by a moving mean.
    work_ms: u64,
}

impl Default for Returns {
    fn default() -> Self {
        Self {
            booked_ms: 0,
            work_ms: FIRST_GUESS_MS,
        }
    }
}

impl Returns {
    /// A piece of work took so long.
    pub(super) fn took(&mut self, ms: u64) {
        self.work_ms = (self.work_ms * (MEMORY - 1) + ms.clamp(1, LONGEST_MS)) / MEMORY;
    }

    /// After how many seconds one more who is turned away may come back, when `waiting` are before
    /// them at so many `places`. `dice` is any number: it scatters a quarter of the time either way.
    pub(super) fn after_s(&mut self, now_ms: u64, waiting: usize, places: usize, dice: u16) -> u64 {
        let each_ms = (self.work_ms / places.max(1) as u64).max(1);
        let line_ms = now_ms + SHORTEST_MS + each_ms.saturating_mul(waiting as u64);
        let last = now_ms + AHEAD_MS;
        self.booked_ms = (self.booked_ms.max(line_ms) + each_ms).min(last);
        let away = self.booked_ms - now_ms;
        // Where the book is full they are spread over half of the longest time.
        let span = if self.booked_ms == last {
            LONGEST_MS / 4
        } else {
            away / 4
        };
        let scattered = away - span + span * 2 * u64::from(dice) / u64::from(u16::MAX);
        scattered.clamp(SHORTEST_MS, LONGEST_MS).div_ceil(1_000)
    }
}
