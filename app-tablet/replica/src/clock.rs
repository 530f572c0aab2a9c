//! The one place where this crate reads a clock or draws a random number.

use std::time::{SystemTime, UNIX_EPOCH};

use shared::time::UtcMs;

/// What the tablet knows of time at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The wall clock.
    pub wall: UtcMs,
    /// Milliseconds since the tablet was started, sleep included; nobody can set it.
    pub mono_ms: u64,
    /// Which start `mono_ms` counts from.
    pub boot: u64,
}

/// A tablet's clocks.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    shift_ms: i64,
    mono_base_ms: u64,
    boot: u64,
    stated: bool,
}

impl Clock {
    /// The machine's clocks.
    pub fn system() -> Self {
        Self {
            shift_ms: 0,
            mono_base_ms: 0,
            boot: boot_id(),
            stated: false,
        }
    }

    /// A clock that stands at `start` now and goes on from there, as after a fresh start of the
    /// tablet; for demos and tests.
    pub fn starting_at(start: UtcMs) -> Self {
        Self {
            shift_ms: start.0 - wall_ms(),
            mono_base_ms: uptime_ms(),
            boot: u64::from_be_bytes(random()),
            stated: true,
        }
    }

    /// Now.
    pub fn now(&self) -> Moment {
        Moment {
            wall: UtcMs(wall_ms() + self.shift_ms),
            mono_ms: uptime_ms().saturating_sub(self.mono_base_ms),
            boot: self.boot,
        }
    }

    /// The same clock some time later, for demos and tests; a negative time sets only its hands back.
    #[must_use]
    pub fn later(self, ms: i64) -> Self {
        Self {
            shift_ms: self.shift_ms + ms,
            mono_base_ms: self.mono_base_ms.saturating_sub(u64::try_from(ms).unwrap_or(0)),
            ..self
        }
    }

    /// Whether somebody stated the time: it is then believed, whatever was learnt in another start.
    pub fn is_stated(&self) -> bool {
        self.stated
    }
}

#[expect(clippy::disallowed_methods, reason = "the sanctioned place")]
fn wall_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn uptime_ms() -> u64 {
    let up = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    u64::try_from(up.tv_sec).unwrap_or(0) * 1_000 + u64::try_from(up.tv_nsec).unwrap_or(0) / 1_000_000
}

/// The kernel's name of this start of the machine; a random one where it has none.
fn boot_id() -> u64 {
    let named = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok();
    let digits = named.map(|text| {
        text.chars()
            .filter(char::is_ascii_hexdigit)
            .take(16)
            .collect::<String>()
    });
    digits
        .and_then(|hex| u64::from_str_radix(&hex, 16).ok())
        .unwrap_or_else(|| u64::from_be_bytes(random()))
}

/// Random bytes of the operating system.
///
/// # Panics
/// When the operating system gives none: nothing safe could be done without.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::expect_used, reason = "no key or id can be made without randomness")]
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
