//! What a process knows of the mail server: its address, and how this server is called in letters.

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use lettre::Address;
use shared::slug::Slug;

use super::address::SmtpAddress;

/// Where letters are handed in, and who hands them in.
#[derive(Clone, Debug)]
pub struct Post {
    /// The mail server.
    pub server: SmtpAddress,
    /// The sender of every envelope: what comes back comes there.
    pub from: Address,
}

/// The office of a process. Without a mail server letters wait.
#[derive(Debug, Default)]
pub struct Office {
    post: OnceLock<Post>,
    base: OnceLock<String>,
    rung: Mutex<Rung>,
    bell: Condvar,
}

#[derive(Debug, Default)]
struct Rung {
    communes: BTreeSet<Slug>,
    over: bool,
}

impl Office {
    /// Letters leave from here. Said once, at the start.
    pub fn opens(&self, post: Post) {
        let _ = self.post.set(post);
    }

    /// How this server is called in letters: scheme and host, without a slash at the end. Said once, at the start.
    pub fn is_called(&self, base: &str) {
        let _ = self.base.set(base.trim_end_matches('/').to_owned());
    }

    /// Where letters are handed in; nowhere where no mail server is named.
    pub fn post(&self) -> Option<&Post> {
        self.post.get()
    }

    /// How this server is called in letters.
    pub(crate) fn base(&self) -> Option<&str> {
        self.base.get().map(String::as_str)
    }

    /// Something was written in a commune: there may be a letter.
    pub(crate) fn ring(&self, commune: &Slug) {
        self.rung().communes.insert(commune.clone());
        self.bell.notify_all();
    }

    /// It is closed: whoever waits for a letter waits no longer.
    pub fn close(&self) {
        self.rung().over = true;
        self.bell.notify_all();
    }

    pub(super) fn is_over(&self) -> bool {
        self.rung().over
    }

    /// The communes in which something was written, once there is one, or nothing after so long.
    pub(super) fn wait(&self, at_most: Duration) -> BTreeSet<Slug> {
        let waited = self.bell.wait_timeout_while(self.rung(), at_most, |rung| {
            rung.communes.is_empty() && !rung.over
        });
        let (mut rung, _) = waited.unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut rung.communes)
    }

    /// Waits so long, whatever is written, unless it is closed.
    pub(super) fn pause(&self, for_long: Duration) {
        let waited = self
            .bell
            .wait_timeout_while(self.rung(), for_long, |rung| !rung.over);
        drop(waited);
    }

    fn rung(&self) -> MutexGuard<'_, Rung> {
        self.rung.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
