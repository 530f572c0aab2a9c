//! One tablet: its file, its clock, its open sheets.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use chrono_tz::Tz;
use shared::ids::{BranchId, MarkId, mint};
use shared::screen::Back;
use shared::time::UtcMs;

use crate::clock::{Clock, Moment, random};
use crate::crew::Holder;
use crate::error::ReplicaError;
use crate::sheets::OpenSheets;
use crate::store::Db;
use crate::store::meta::{self, Enrolment, Met};

/// How far the wall clock may stand from where it should, in ms, before the tablet asks.
const DOUBT_MS: i64 = 120_000;

/// A tablet.
pub struct Tablet {
    pub(crate) home: PathBuf,
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) sheets: OpenSheets,
    pub(crate) enrolment: Option<Enrolment>,
    pub(crate) met: Met,
    /// Who holds the tablet: in memory only, so that a start of the program asks again.
    pub(crate) holder: Option<Holder>,
    /// Points although attendance is closed, as long as the program runs.
    pub(crate) anyway_once: bool,
}

impl Tablet {
    /// Opens the tablet of a home folder, making it where there is none.
    ///
    /// # Errors
    /// [`ReplicaError`] when its file cannot be used.
    pub fn open(home: &Path, clock: Clock) -> Result<Self, ReplicaError> {
        let db = Db::open(home)?;
        let enrolment = meta::enrolment(db.reader())?;
        let today = clock.now().wall.date_in(chrono_tz::Europe::Paris);
        let met = meta::met(db.reader())?.unwrap_or_else(|| Met::nobody(today));
        let seen = db.data_version()?;
        Ok(Self {
            home: home.to_owned(),
            db,
            clock,
            sheets: OpenSheets::new(random(), seen),
            enrolment,
            met,
            holder: None,
            anyway_once: false,
        })
    }

    /// The enrolment.
    ///
    /// # Errors
    /// [`ReplicaError::NotEnrolled`].
    pub fn enrolled(&self) -> Result<&Enrolment, ReplicaError> {
        self.enrolment.as_ref().ok_or(ReplicaError::NotEnrolled)
    }

    /// What is known of the server.
    pub fn met(&self) -> &Met {
        &self.met
    }

    /// The commune's zone; Paris before enrolment.
    pub fn zone(&self) -> Tz {
        self.enrolment
            .as_ref()
            .map_or(chrono_tz::Europe::Paris, Enrolment::zone)
    }

    /// What is to be said of a server that came back from a loss: while something is left to hand back,
    /// and for the rest of that day.
    pub fn back(&self) -> Option<Back> {
        let back = self.met.back?;
        let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let said = Back {
            marks: count(back.marks + back.marks_owed),
            lists: count(back.lists + back.lists_owed),
            done: !back.open,
        };
        let today = back.open || back.at.date_in(self.zone()) == self.today();
        (today && said.marks + said.lists > 0).then_some(said)
    }

    /// The branch of the newest answer.
    pub(crate) fn branch(&self) -> Option<BranchId> {
        self.met.branch
    }

    /// Estimated server time minus wall clock, in ms. What was learnt while the clock was stated
    /// holds for that start only, and a stated clock believes nothing learnt in another start.
    pub(crate) fn offset_ms(&self, now: Moment) -> Option<i64> {
        let met = &self.met;
        let same_start = met.boot == now.boot;
        met.server_time
            .filter(|_| same_start || !(met.clock_stated || self.clock.is_stated()))?;
        Some(met.offset_ms)
    }

    /// The best estimate of the time.
    pub fn now(&self) -> UtcMs {
        let now = self.clock.now();
        now.wall.plus_ms(self.offset_ms(now).unwrap_or(0))
    }

    /// Today, in the commune's zone.
    pub fn today(&self) -> NaiveDate {
        self.now().date_in(self.zone())
    }

    /// The clock disagrees with the last server time and the time elapsed since: it must not be
    /// guessed which date it is.
    pub fn clock_doubted(&self) -> bool {
        self.doubts(self.clock.now())
    }

    pub(crate) fn doubts(&self, now: Moment) -> bool {
        let (Some(server), Some(offset)) = (self.met.server_time, self.offset_ms(now)) else {
            return false;
        };
        if self.clock.is_stated() {
            return false;
        }
        let here = now.wall.plus_ms(offset).0;
        if self.met.boot == now.boot {
            let elapsed = i64::try_from(now.mono_ms.saturating_sub(self.met.mono_ms)).unwrap_or(0);
            (here - server.0 - elapsed).abs() > DOUBT_MS
        } else {
            here < server.0 - DOUBT_MS
        }
    }

    /// Lets its file grow by so many pages at most, or as it likes: a full disk, tried out.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file.
    pub fn limit_disk(&self, pages: Option<u32>) -> Result<(), ReplicaError> {
        self.db.limit(pages)
    }

    /// A fresh mark id.
    pub(crate) fn new_mark_id(&self) -> MarkId {
        MarkId(mint(self.clock.now().wall, random()))
    }
}
