//! The one place where this crate reads a clock or draws a random number.

use std::cell::RefCell;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
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
    hands: Option<&'static Hands>,
}

/// Hands that somebody moves, for a world whose time is simulated: no clock of the machine is read.
#[derive(Debug)]
pub struct Hands {
    wall_ms: AtomicI64,
    mono_ms: AtomicU64,
    boot: AtomicU64,
}

impl Hands {
    /// Hands that stand at `start`, as after a fresh start of the tablet.
    pub const fn at(start: UtcMs) -> Self {
        Self {
            wall_ms: AtomicI64::new(start.0),
            mono_ms: AtomicU64::new(1_000),
            boot: AtomicU64::new(1),
        }
    }

    /// So much time passes, in ms.
    pub fn pass(&self, ms: u64) {
        self.wall_ms
            .fetch_add(i64::try_from(ms).unwrap_or(0), Ordering::Relaxed);
        self.mono_ms.fetch_add(ms, Ordering::Relaxed);
    }

    /// Somebody sets the wall clock; the time since the start goes on.
    pub fn set(&self, wall: UtcMs) {
        self.wall_ms.store(wall.0, Ordering::Relaxed);
    }

    /// The tablet is started again; `boot` names this start.
    pub fn start(&self, boot: u64) {
        self.mono_ms.store(1_000, Ordering::Relaxed);
        self.boot.store(boot, Ordering::Relaxed);
    }

    fn now(&self) -> Moment {
        Moment {
            wall: UtcMs(self.wall_ms.load(Ordering::Relaxed)),
            mono_ms: self.mono_ms.load(Ordering::Relaxed),
            boot: self.boot.load(Ordering::Relaxed),
        }
    }
}

impl Clock {
    /// The machine's clocks.
    pub fn system() -> Self {
        Self {
            shift_ms: 0,
            mono_base_ms: 0,
            boot: boot_id(),
            stated: false,
            hands: None,
        }
    }

    /// A clock that reads these hands.
    pub fn of(hands: &'static Hands) -> Self {
        Self {
            shift_ms: 0,
            mono_base_ms: 0,
            boot: 0,
            stated: false,
            hands: Some(hands),
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
            hands: None,
        }
    }

    /// Now.
    pub fn now(&self) -> Moment {
        if let Some(hands) = self.hands {
            let now = hands.now();
            let wall = now.wall.plus_ms(self.shift_ms);
            return Moment { wall, ..now };
        }
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
    #[expect(clippy::expect_used, reason = "no key or id can be made without randomness")]
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
