//! The one place where this crate reads a clock or draws a random number.

use std::cell::RefCell;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use shared::time::UtcMs;

/// What time it is: the system's, or one that started elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    shift_ms: i64,
    hands: Option<&'static Hands>,
}

/// Hands that somebody moves, for a world whose time is simulated: no clock of the machine is read.
#[derive(Debug)]
pub struct Hands(AtomicI64);

impl Hands {
    /// Hands that stand at `start`.
    pub const fn at(start: UtcMs) -> Self {
        Self(AtomicI64::new(start.0))
    }

    /// So much time passes, in ms; a negative time sets them back.
    pub fn pass(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }

    /// Somebody sets the clock.
    pub fn set(&self, now: UtcMs) {
        self.0.store(now.0, Ordering::Relaxed);
    }
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self {
            shift_ms: 0,
            hands: None,
        }
    }

    /// A clock that reads these hands.
    pub fn of(hands: &'static Hands) -> Self {
        Self {
            shift_ms: 0,
            hands: Some(hands),
        }
    }

    /// A clock that stands at `start` now and goes on from there, for demos and tests.
    pub fn starting_at(start: UtcMs) -> Self {
        Self {
            shift_ms: start.0 - system_ms(),
            hands: None,
        }
    }

    /// The current instant.
    pub fn now(&self) -> UtcMs {
        let base_ms = self
            .hands
            .map_or_else(system_ms, |hands| hands.0.load(Ordering::Relaxed));
        UtcMs(base_ms + self.shift_ms)
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

thread_local! {
    static SOURCE: RefCell<Option<Source>> = const { RefCell::new(None) };
}

/// Where random bytes come from instead of the operating system.
pub type Source = Box<dyn FnMut(&mut [u8])>;

/// While it lives, the random bytes of this thread come from a source of one's own.
pub struct Drawn(Option<Source>);

impl Drop for Drawn {
    fn drop(&mut self) {
        let before = self.0.take();
        SOURCE.with_borrow_mut(|source| *source = before);
    }
}

/// Lets this thread draw from a source of one's own, until what is answered is dropped. Only for
/// simulated worlds, whose story must repeat: ids can be foreseen then, and so can keys.
pub fn draw_from(source: Source) -> Drawn {
    Drawn(SOURCE.with_borrow_mut(|held| held.replace(source)))
}

/// Random bytes of the operating system.
///
/// # Panics
/// When the operating system gives none: nothing safe could be done without.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let drawn = SOURCE.with_borrow_mut(|source| source.as_mut().map(|source| source(&mut bytes)));
    if drawn.is_some() {
        return bytes;
    }
    #[expect(
        clippy::expect_used,
        reason = "no key, id or token can be made without randomness"
    )]
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
