//! Writes marks as tablets would, for the tests.

use uuid::Uuid;

use crate::fold::{Fold, Marks, Modes, Presence, fold, frontier};
use crate::ids::{ActivityId, ChildId, DeviceId, MarkId, SiteId};
use crate::mark::{Kind, Mark};
use crate::mode::Mode;
use crate::time::UtcMs;

pub(super) const CANTEEN: ActivityId = ActivityId(Uuid::from_u128(1));
pub(super) const EVENING: ActivityId = ActivityId(Uuid::from_u128(2));
pub(super) const STUDY: ActivityId = ActivityId(Uuid::from_u128(3));
pub(super) const NAP: ActivityId = ActivityId(Uuid::from_u128(4));
pub(super) const HERE: SiteId = SiteId(Uuid::from_u128(10));
pub(super) const THERE: SiteId = SiteId(Uuid::from_u128(11));
pub(super) const LEA: ChildId = ChildId(Uuid::from_u128(20));
pub(super) const TOM: ChildId = ChildId(Uuid::from_u128(21));

pub(super) fn modes() -> Modes {
    Modes::from([
        (CANTEEN, Mode::Presence),
        (EVENING, Mode::ArrivalDeparture),
        (STUDY, Mode::DepartureOnly),
        (NAP, Mode::ByException),
    ])
}

/// A minute of the day as an instant.
pub(super) fn at(minutes: i64) -> UtcMs {
    UtcMs(1_795_420_800_000 + minutes * 60_000)
}

/// One tablet with its own view of the marks.
#[derive(Clone)]
pub(super) struct Tablet {
    pub(super) marks: Marks,
    pub(super) site: SiteId,
    pub(super) offset_ms: Option<i64>,
    pub(super) clock_error_ms: i64,
    device: DeviceId,
    seq: u64,
}

impl Tablet {
    pub(super) fn new(n: u128) -> Self {
        Self {
            marks: Marks::default(),
            site: HERE,
            offset_ms: Some(0),
            clock_error_ms: 0,
            device: DeviceId(Uuid::from_u128(100 + n)),
            seq: 0,
        }
    }

    pub(super) fn tap(
        &mut self,
        minutes: i64,
        activity: ActivityId,
        child: Option<ChildId>,
        kind: Kind,
    ) -> MarkId {
        self.stated(minutes, None, activity, child, kind)
    }

    pub(super) fn stated(
        &mut self,
        minutes: i64,
        stated: Option<i64>,
        activity: ActivityId,
        child: Option<ChildId>,
        kind: Kind,
    ) -> MarkId {
        self.seq += 1;
        let id = MarkId(Uuid::from_u128(
            (self.device.0.as_u128() << 64) | u128::from(self.seq),
        ));
        let mark = Mark {
            kind,
            child,
            activity,
            formula: None,
            device: self.device,
            device_seq: self.seq,
            device_time: at(minutes).plus_ms(self.clock_error_ms),
            mono_ms: u64::try_from(minutes * 60_000).unwrap(),
            boot: 1,
            offset_ms: self.offset_ms,
            staff: None,
            stated: stated.map(at),
            after: child
                .map(|c| frontier(&self.marks, c, activity))
                .unwrap_or_default(),
            clock_doubted: false,
        };
        self.marks.add(self.site, id, mark);
        id
    }

    pub(super) fn child_in(&mut self, minutes: i64, activity: ActivityId, child: ChildId) -> MarkId {
        self.tap(minutes, activity, Some(child), Kind::In)
    }

    pub(super) fn child_out(&mut self, minutes: i64, activity: ActivityId, child: ChildId) -> MarkId {
        self.tap(minutes, activity, Some(child), Kind::Out)
    }

    pub(super) fn meet(&mut self, other: &mut Self) {
        self.marks.merge(other.marks.clone());
        other.marks = self.marks.clone();
    }

    pub(super) fn fold(&self) -> Fold {
        fold(&self.marks, &modes())
    }

    pub(super) fn presence(&self, activity: ActivityId, child: ChildId) -> Presence {
        self.fold()
            .presences
            .get(&(self.site, child, activity))
            .cloned()
            .unwrap_or_default()
    }
}
