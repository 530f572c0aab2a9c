//! The one place where this crate reads a clock or draws a random number.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use shared::time::UtcMs;

/// What time it is: the system's, or one that started elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    shift_ms: i64,
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self { shift_ms: 0 }
    }

    /// A clock that stands at `start` now and goes on from there, for demos and tests.
    pub fn starting_at(start: UtcMs) -> Self {
        Self {
            shift_ms: start.0 - system_ms(),
        }
    }

    /// The current instant.
    pub fn now(&self) -> UtcMs {
        UtcMs(system_ms() + self.shift_ms)
    }
}

#[expect(clippy::disallowed_methods, reason = "the sanctioned place")]
fn system_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// A stopwatch for metrics.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts it.
    #[expect(clippy::disallowed_methods, reason = "the sanctioned place")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Seconds since the start.
    pub fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// Seconds of processor time that this process has used.
pub fn processor_seconds() -> f64 {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    used.tv_sec as f64 + used.tv_nsec as f64 / 1e9
}

/// Random bytes of the operating system.
///
/// # Panics
/// When the operating system gives none: nothing safe could be done without.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(
        clippy::expect_used,
        reason = "no key, id or token can be made without randomness"
    )]
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
