//! What everybody may read, off-site: the page and the feed on how the service stands, in clear, replaced when
//! they changed.

use server_ui::public::{Shelf, feed, page};
use shared::codec::Hash32;
use shared::offsite::Name;
use shared::sign::sha256;

use super::failure::Failure;
use super::piece::read_back;
use crate::commune::Commune;
use crate::jobs::lease::Lease;
use crate::metrics;
use crate::offsite::{Target, TargetError};
use crate::store::StoreError;
use crate::web;

/// The media types of the page and of the feed.
pub(crate) const MEDIA_TYPES: [&str; 2] = ["text/html; charset=utf-8", "application/atom+xml; charset=utf-8"];
/// A page that is longer is none of ours, in bytes.
pub(crate) const LONGEST_PAGE: u64 = 4 << 20;

/// What a process found out of a commune's page.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Up to which entry the record was looked at.
    at: Option<u64>,
    /// What lies there, once it was read there.
    there: Option<Hash32>,
}

impl Known {
    /// The target is to be asked again what lies there.
    pub(super) fn doubt(&mut self) {
        *self = Self::default();
    }

    /// Whether the record moved since it was looked at. Reads nothing.
    pub(super) fn is_due(&self, head: u64) -> bool {
        self.at != Some(head)
    }
}

/// Puts page and feed, unless these very ones lie there.
pub(super) fn ship(
    commune: &Commune,
    target: &Target,
    lease: &Lease,
    known: &mut Known,
    head: u64,
) -> Result<(), Failure> {
    let situation = commune.store.read(|tx| web::public::situation(tx, commune))?;
    let both = [
        (Name::Page, page(&situation, Shelf::Apart)),
        (Name::Feed, feed(&situation, Shelf::Apart)),
    ];
    let digest = sha256(&[both[0].1.as_bytes(), b"\0", both[1].1.as_bytes()]);
    if known.there != Some(digest) {
        for ((name, text), media_type) in both.into_iter().zip(MEDIA_TYPES) {
            let path = name.path(&commune.slug);
            let there = match target.get(&path, LONGEST_PAGE) {
                Err(TargetError::TooLarge { .. }) => None,
                there => there?,
            };
            if there.as_deref() == Some(text.as_bytes()) {
                continue;
            }
            target.put_over_as(&path, media_type, text.clone().into_bytes())?;
            if read_back(target, &path)? != text.as_bytes() {
                return Err(Failure::spoilt(&path, "un autre que celui envoyé"));
            }
            metrics::shipped_public();
        }
        note(commune, lease, digest)?;
        known.there = Some(digest);
    }
    known.at = Some(head);
    Ok(())
}

/// What was last put, for whoever asks the store alone.
fn note(commune: &Commune, lease: &Lease, digest: Hash32) -> Result<(), StoreError> {
    let noted = commune.store.read(|tx| {
        let row = tx.first(include_str!("../sql/public_get.sql"), &[])?;
        row.map(|row| row.opt(0, crate::store::Row::hash)).transpose()
    })?;
    if noted.flatten() == Some(digest) {
        return Ok(());
    }
    let lease = lease.clone();
    commune.store.write(move |tx| {
        lease.hold(tx)?;
        tx.execute(include_str!("../sql/public_put.sql"), &[digest.into()])?;
        Ok(())
    })
}
