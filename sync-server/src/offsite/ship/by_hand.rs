//! Shipping turn by turn, without a thread of its own: for whoever holds time in its hand.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::queue::Turn;
use super::snapshots::passing_folder;
use super::turn::{Known, LONG, Means, turn};
use crate::commune::Commune;
use crate::jobs::lease::Holder;
use crate::offsite::Target;

/// One process that ships one commune.
pub struct ByHand {
    means: Means,
    known: Known,
}

impl ByHand {
    /// A process that begins: it knows nothing, and holds no lease. What is off-site is kept for `keep_ms`;
    /// `data` is the data folder.
    ///
    /// # Errors
    /// When there is no folder for snapshots on their way.
    pub fn begin(target: Target, keep_ms: i64, data: &Path) -> std::io::Result<Self> {
        Ok(Self {
            means: Means {
                target,
                keep_ms,
                passing: passing_folder(data)?,
                holder: Holder::drawn(),
                long: LONG,
                stopping: AtomicBool::new(false),
                beside: false,
            },
            known: Known::default(),
        })
    }

    /// One turn; answers whether more waits that could be shipped at once.
    pub fn turn(&mut self, commune: &Arc<Commune>) -> bool {
        turn(commune, &self.means, &mut self.known) == Turn::Goes
    }
}
