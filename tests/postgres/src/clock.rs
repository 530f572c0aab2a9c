//! The one place where this crate reads a clock or waits.

use std::time::{Duration, Instant};

/// How long anything may take before a test gives up: a busy machine is no failure.
const PATIENCE: Duration = Duration::from_mins(1);

/// Looks again and again until `look` finds something.
///
/// # Panics
/// When it finds nothing in a minute; `what` names what was waited for.
#[expect(clippy::disallowed_methods, reason = "the sanctioned place")]
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "waited a minute in vain for {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
