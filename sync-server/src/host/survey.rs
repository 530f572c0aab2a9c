//! A look at every commune of the host, one after the other, on a thread that leaves the processor to others: a commune
//! whose key or store is wrong is told of soon after the start, while the others are served.

use std::sync::Arc;

use super::{Host, HostError};
use crate::metrics;

/// The lowest claim on the processor that Linux knows.
const LAST_IN_LINE: i32 = 19;

/// What a survey found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surveyed {
    /// Communes that can be served.
    pub sound: usize,
    /// Communes that cannot; each is in the log.
    pub unfit: usize,
}

impl Host {
    /// Opens every commune once, and closes again what nobody uses. Ends early when the host is closed.
    ///
    /// # Errors
    /// [`HostError`] when there is no list to go through.
    pub fn survey(&self) -> Result<Surveyed, HostError> {
        let mut found = Surveyed::default();
        for listed in self.list()? {
            if self.open.is_ending() {
                return Ok(found);
            }
            let was_open = self.open.has(&listed.slug);
            match self.commune(listed.slug.as_str()) {
                Ok(commune) => {
                    found.sound += 1;
                    drop(commune);
                    if !was_open {
                        self.close_unused(&listed.slug);
                    }
                }
                Err(error) => {
                    found.unfit += 1;
                    tracing::error!(commune = %listed.slug, %error, "a commune cannot be served");
                }
            }
            metrics::surveyed(found.sound, found.unfit);
        }
        tracing::info!(
            sound = found.sound,
            unfit = found.unfit,
            "every commune was looked at"
        );
        Ok(found)
    }

    /// Surveys on a thread of its own.
    pub fn survey_behind(self: &Arc<Self>) {
        let host = Arc::clone(self);
        let work = move || {
            // On Linux this is said of the thread alone. Without it the survey is only less modest.
            if let Err(error) = rustix::process::nice(LAST_IN_LINE) {
                tracing::debug!(%error, "the survey runs like everything else");
            }
            if let Err(error) = host.survey() {
                tracing::error!(%error, "the list of communes cannot be read");
            }
        };
        if let Err(error) = std::thread::Builder::new()
            .name("preau-survey".into())
            .spawn(work)
        {
            tracing::error!(%error, "no thread to look at the communes");
        }
    }
}
