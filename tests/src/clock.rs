//! The one place where the tests read a clock or wait.

use std::time::{Duration, Instant};

/// How long anything may take before a test gives up: a busy machine is no failure.
const PATIENCE: Duration = Duration::from_mins(1);

/// A stopwatch.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts it.
    #[expect(clippy::disallowed_methods, reason = "the sanctioned place")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Looks again and again until `look` finds something.
///
/// # Panics
/// When it finds nothing in a minute; `what` names what was waited for.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let watch = Stopwatch::start();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(watch.elapsed() < PATIENCE, "waited a minute in vain for {what}");
        pause(Duration::from_millis(2));
    }
}

/// Lets time pass: for a test whose subject is *when* something happens, such as a power cut.
#[expect(clippy::disallowed_methods, reason = "the sanctioned place")]
pub fn pause(time: Duration) {
    std::thread::sleep(time);
}
