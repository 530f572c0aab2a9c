//! How many passwords are hashed at once.

use tokio::sync::{Semaphore, SemaphorePermit};

use super::WebError;

/// Longest password looked at, in characters.
pub(super) const MAX_CHARS: usize = 200;

/// Each hash takes 19 MiB, and a rush must not take the machine's memory.
static PLACES: Semaphore = Semaphore::const_new(4);

/// Waits for a place to hash in; it is free again when the answer is dropped.
///
/// # Errors
/// [`WebError::Fault`] never, as long as nobody closes the semaphore.
pub(super) async fn place() -> Result<SemaphorePermit<'static>, WebError> {
    PLACES
        .acquire()
        .await
        .map_err(|error| WebError::Fault(error.to_string()))
}
