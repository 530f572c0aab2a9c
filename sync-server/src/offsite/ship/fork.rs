//! The target knows entries of our branch that we do not hold: this store went back in time, or a copy of
//! it lives elsewhere. From here on it writes a branch of its own, in recovery, so that both histories stay.

use shared::ids::BranchId;
use shared::operation::{Cause, Channel};
use shared::receipt::Position;

use super::beside;
use super::failure::Failure;
use crate::clock::random;
use crate::commune::Commune;
use crate::corridor::{CorridorError, journal};
use crate::jobs::lease::Lease;
use crate::metrics;
use crate::offsite::Target;
use crate::restore::{Beginning, begin};
use crate::store::Row;
use shared::time::UtcMs;

/// Begins the branch, with what was withdrawn meanwhile.
pub(super) fn fork(
    commune: &Commune,
    target: &Target,
    lease: &Lease,
    unknown: Position,
) -> Result<(), Failure> {
    let (withdrawn, whole) = beside::withdrawn_there(commune, target)?;
    let withdrawn = withdrawn.all().iter().copied().collect();
    let now = commune.clock.now();
    let (lease, source) = (lease.clone(), target.to_string());
    let branch = BranchId(uuid::Builder::from_random_bytes(random()).into_uuid());
    let slug = commune.slug.clone();
    let head = commune.store.write(move |tx| {
        lease.hold(tx)?;
        let newest = tx.first(include_str!("../../jobs/sql/last_write.sql"), &[])?;
        let restored_to = newest.map(|row| Row::int(&row, 0)).transpose()?.map(UtcMs);
        let at = journal::fork_branch(tx, branch, now)?;
        tracing::error!(
            commune = %slug, ours = at.seq, theirs = unknown.seq, %branch,
            "OFF-SITE IS MORE OF THIS HISTORY THAN HERE: this store went back in time, or a copy of it lives \
             elsewhere; a new branch begins, in recovery"
        );
        let beginning = Beginning {
            cause: Cause::SetBack,
            source,
            restored_to,
            withdrawals_read: whole,
            channel: Channel::Job,
            now,
        };
        begin(tx, &beginning, &withdrawn)?;
        journal::head(tx, branch).map_err(CorridorError::from)
    })?;
    metrics::branch_forked();
    commune.announce(head);
    Ok(())
}
