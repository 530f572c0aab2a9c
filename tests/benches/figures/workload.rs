//! A site's day: 200 children, 400 taps and 20 corrections, made on three tablets that do not hear each other.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::digest::SheetRef;
use shared::ids::{DeviceId, MarkId, SiteId, mint};
use shared::mark::{Kind, Mark, pack};
use shared::sheet::Sheet;
use shared::time::UtcMs;
use shared::wire::SheetUp;
use sync_server::clock::random;

use crate::floor::JsonMark;
use crate::town::{EVENING, FINE, child};

/// Tablets of a site.
pub(crate) const TABLETS: usize = 3;
/// Children of a site.
pub(crate) const CHILDREN: usize = 200;
/// Corrections of a site's day.
const CORRECTIONS: usize = 20;
/// Marks of one tablet on one day.
pub(crate) const MARKS: usize = (2 * CHILDREN + CORRECTIONS) / TABLETS;

/// What one tablet made on one day.
pub(crate) struct TabletDay {
    sheet: SheetRef,
    marks: Vec<(MarkId, Mark)>,
}

impl TabletDay {
    /// The marks of the nth tablet of a site, whose device has made `before` marks.
    pub(crate) fn of(sheet: SheetRef, nth: usize, device: DeviceId, before: u64) -> Self {
        let opening = sheet
            .date
            .and_hms_opt(6, 0, 0)
            .expect(FINE)
            .and_utc()
            .timestamp_millis();
        let mut marks: Vec<(MarkId, Mark)> = Vec::with_capacity(MARKS);
        let mut newest: BTreeMap<usize, MarkId> = BTreeMap::new();
        for tap in (0..2 * CHILDREN).filter(|tap| tap % TABLETS == nth) {
            let who = tap % CHILDREN;
            let at = UtcMs(opening + tap as i64 * 20_000);
            let kind = if tap < CHILDREN { Kind::In } else { Kind::Out };
            let id = MarkId(mint(at, random()));
            let after = newest.insert(who, id).into_iter().collect();
            marks.push((
                id,
                mark(kind, who, device, before + marks.len() as u64 + 1, at, after),
            ));
        }
        for nth in 0..MARKS - marks.len() {
            let (replaces, replaced) = marks[nth * 3].clone();
            let at = UtcMs(opening + 9_000_000 + nth as i64 * 1_000);
            let kind = Kind::Correct {
                why: None,
                replaces,
                at: replaced.device_time.plus_ms(-60_000),
            };
            let who = (nth * 3 * TABLETS) % CHILDREN;
            let correction = mark(
                kind,
                who,
                device,
                before + marks.len() as u64 + 1,
                at,
                vec![replaces],
            );
            marks.push((
                MarkId(mint(at, random())),
                Mark {
                    child: replaced.child,
                    ..correction
                },
            ));
        }
        Self { sheet, marks }
    }

    /// As the tablet hands it in: one change per mark, in a packet.
    pub(crate) fn sheet_up(&self) -> SheetUp {
        let mut document = Sheet::new(random());
        for (id, mark) in &self.marks {
            document.put(*id, &pack(mark)).expect(FINE);
        }
        let payload = document.packet_since(&[]);
        SheetUp {
            sheet: self.sheet,
            heads: document.heads(),
            payload,
        }
    }

    /// The ids of its marks.
    pub(crate) fn ids(&self) -> impl Iterator<Item = MarkId> {
        self.marks.iter().map(|(id, _)| *id)
    }

    /// The same marks as documents of CouchDB, one a line.
    pub(crate) fn documents(&self) -> Vec<u8> {
        let mut lines = Vec::new();
        for (id, mark) in &self.marks {
            let mut document = serde_json::to_value(json(self.sheet, *id, mark)).expect(FINE);
            let facts = document.as_object_mut().expect(FINE);
            let id = facts.remove("id").expect(FINE);
            facts.insert("_id".to_owned(), id);
            serde_json::to_writer(&mut lines, &document).expect(FINE);
            lines.push(b'\n');
        }
        lines
    }

    /// The same marks as a JSON array.
    pub(crate) fn json(&self) -> Vec<u8> {
        let marks: Vec<JsonMark> = self
            .marks
            .iter()
            .map(|(id, mark)| json(self.sheet, *id, mark))
            .collect();
        serde_json::to_vec(&marks).expect(FINE)
    }
}

/// The sheet of a site and date.
pub(crate) fn sheet(site: SiteId, date: NaiveDate) -> SheetRef {
    SheetRef { site, date }
}

fn mark(kind: Kind, who: usize, device: DeviceId, device_seq: u64, at: UtcMs, after: Vec<MarkId>) -> Mark {
    Mark {
        kind,
        child: Some(child(who)),
        activity: EVENING,
        formula: None,
        device,
        device_seq,
        device_time: at,
        mono_ms: at.0.unsigned_abs() % 40_000_000,
        boot: 0x5eed_5eed_5eed,
        offset_ms: Some(120),
        staff: None,
        stated: None,
        after,
        clock_doubted: false,
    }
}

fn json(sheet: SheetRef, id: MarkId, mark: &Mark) -> JsonMark {
    let at = match mark.kind {
        Kind::Correct { at, .. } => Some(at.0),
        _ => None,
    };
    JsonMark {
        id: id.to_string(),
        site: sheet.site.to_string(),
        date: sheet.date.to_string(),
        kind: mark.kind_name().to_owned(),
        child: mark.child.expect(FINE).to_string(),
        activity: mark.activity.to_string(),
        device: mark.device.to_string(),
        device_seq: mark.device_seq as i64,
        device_time: mark.device_time.0,
        mono_ms: mark.mono_ms as i64,
        boot: mark.boot as i64,
        offset_ms: mark.offset_ms,
        after: mark.after.first().map(ToString::to_string),
        replaces: mark.replaces().map(|id| id.to_string()),
        at,
    }
}
