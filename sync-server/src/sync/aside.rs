//! How much one tablet may have set aside.

use shared::ids::DeviceId;

use crate::store::{Read, StoreError};

/// Most that is kept of one tablet and that nobody has settled yet, in bytes: a thousand days of a
/// large site. Beyond it the bytes of a payload are no longer kept here, whoever sends them: their
/// readable marks are stored as ever, and the tablet keeps the branch it was told to set aside.
pub const MAX_ASIDE: u64 = 64 << 20;

/// Whether there is room for so many bytes more.
pub(super) fn has_room<R: Read + ?Sized>(
    tx: &mut R,
    device: DeviceId,
    bytes: usize,
) -> Result<bool, StoreError> {
    let row = tx.first(include_str!("../record/quarantine/weight.sql"), &[device.into()])?;
    let held = row.map(|row| row.count(0)).transpose()?.unwrap_or(0);
    let room = held.saturating_add(bytes as u64) <= MAX_ASIDE;
    if !room {
        tracing::error!(%device, held, "too much of this tablet is set aside: settle it at the desk");
    }
    Ok(room)
}
