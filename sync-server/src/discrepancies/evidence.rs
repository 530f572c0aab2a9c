//! What shows a discrepancy, and the digest by which a decision holds.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};
use shared::codec::{Hash32, Minute, decode, encode};
use shared::ids::{ActivityId, ChildId, DeviceId, FormulaId, MarkId, SiteId};
use shared::mark::{Mark, pack};
use shared::operation::DiscrepancyKind;
use shared::sign::sha256;
use shared::time::UtcMs;

use super::facts::DayFacts;
use crate::store::StoreError;

/// How a mark came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Received {
    /// The tablet that handed it in.
    #[n(0)]
    pub by: DeviceId,
    /// When the server, or the one that was lost, received it.
    #[n(1)]
    pub at: UtcMs,
    /// Handed back by another tablet after a loss, under no receipt.
    #[n(2)]
    pub returned: bool,
}

/// A mark that shows something.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct EvidenceMark {
    /// Its id.
    #[n(0)]
    pub id: MarkId,
    /// Where it was made.
    #[n(1)]
    pub site: SiteId,
    /// What it says.
    #[n(2)]
    pub mark: Mark,
    /// The instant at which it counts.
    #[n(3)]
    pub at: UtcMs,
    /// A later mark says that it never was.
    #[n(4)]
    pub undone: bool,
    /// How it came.
    #[n(5)]
    pub received: Vec<Received>,
}

/// What was booked.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Booked {
    /// How it was to be taken.
    #[n(0)]
    pub formula: Option<FormulaId>,
    /// Expected arrival.
    #[n(1)]
    pub expected_in: Option<Minute>,
    /// Expected departure.
    #[n(2)]
    pub expected_out: Option<Minute>,
    /// The child was sent from another site for the day.
    #[n(3)]
    pub guest: bool,
}

/// What shows a discrepancy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Evidence {
    /// The marks, in the order in which they count.
    #[n(0)]
    pub marks: Vec<EvidenceMark>,
    /// The reservation, where there is one.
    #[n(1)]
    pub booked: Option<Booked>,
    /// When the activity closes, where that is what does not agree.
    #[n(2)]
    pub closes: Option<Minute>,
}

/// Reads what stands in the table.
///
/// # Errors
/// [`StoreError::Shape`]: the bytes are not evidence.
pub fn read_evidence(bytes: &[u8]) -> Result<Evidence, StoreError> {
    decode(bytes).map_err(|error| StoreError::Shape(error.to_string()))
}

/// What the digest is taken over: `docs/formats.md`.
#[derive(Encode)]
struct Digested(
    #[n(0)] &'static str,
    #[n(1)] SiteId,
    #[n(2)] i32,
    #[n(3)] ActivityId,
    #[n(4)] Option<ChildId>,
    #[n(5)] Vec<DigestedMark>,
    #[n(6)] Option<Booked>,
    #[n(7)] Option<Minute>,
);

#[derive(Encode)]
struct DigestedMark(#[n(0)] MarkId, #[n(1)] Vec<Hash32>);

/// Evidence before it is told in full.
#[derive(Clone, Debug, Default)]
pub(super) struct Showing {
    pub(super) marks: BTreeSet<MarkId>,
    pub(super) booked: Option<Booked>,
    pub(super) closes: Option<Minute>,
}

impl Showing {
    pub(super) fn marks(marks: BTreeSet<MarkId>) -> Self {
        Self {
            marks,
            ..Self::default()
        }
    }

    pub(super) fn join(&mut self, other: Self) {
        self.marks.extend(other.marks);
        self.booked = self.booked.take().or(other.booked);
        self.closes = self.closes.or(other.closes);
    }

    /// The digest: of what was made and booked, never of how it came here.
    pub(super) fn digest(&self, facts: &DayFacts, key: &super::find::Key) -> Hash32 {
        use chrono::Datelike;
        let marks = self.marks.iter().map(|id| {
            let mut values: Vec<Hash32> = facts
                .marks
                .values(*id)
                .map(|(site, mark)| sha256(&[site.as_bytes(), &pack(mark)]))
                .collect();
            values.sort_unstable();
            DigestedMark(*id, values)
        });
        let (kind, site, activity, child): (DiscrepancyKind, _, _, _) = *key;
        let digested = Digested(
            kind.as_str(),
            site,
            facts.date.num_days_from_ce(),
            activity,
            child,
            marks.collect(),
            self.booked.clone(),
            self.closes,
        );
        sha256(&[b"preau discrepancy 1", &encode(&digested)])
    }

    /// The evidence, told in full.
    pub(super) fn told(&self, facts: &DayFacts, history: &shared::fold::History) -> Evidence {
        let mut marks: Vec<EvidenceMark> = self
            .marks
            .iter()
            .flat_map(|id| facts.marks.values(*id).map(move |value| (*id, value)))
            .map(|(id, (site, mark))| EvidenceMark {
                id,
                site,
                mark: mark.clone(),
                at: history.times.get(&id).copied().unwrap_or(mark.device_time),
                undone: history.undone.contains(&id),
                received: facts.received.get(&id).cloned().unwrap_or_default(),
            })
            .collect();
        marks.sort_by(|a, b| (a.at, a.id, &a.mark).cmp(&(b.at, b.id, &b.mark)));
        Evidence {
            marks,
            booked: self.booked.clone(),
            closes: self.closes,
        }
    }
}
