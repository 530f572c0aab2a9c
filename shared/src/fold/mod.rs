//! From marks to presences: pure, and blind to the order, duplication and split of its input.
//!
//! Steps: one value per id ([`Marks`]), voids and corrections ([`resolve`]), effective times
//! ([`time_line`]), then each child's day in order of time ([`child_day`]) and each list
//! ([`session`]). Contradictions become [`Conflict`]s and keep both sides.

mod ancestry;
mod child_day;
mod conflict;
mod presence;
mod resolve;
mod session;
mod time_line;
mod two_sites;

use std::collections::{BTreeMap, BTreeSet};

pub use ancestry::frontier;
pub use conflict::Conflict;
pub use presence::{Absence, DayAbsence, DayTransfer, End, Interval, Presence, State};
pub use session::SessionState;
pub use time_line::CLOCK_JUMP_MS;

use crate::ids::{ActivityId, ChildId, MarkId, SiteId, StaffId};
use crate::mark::{Kind, Mark};
use crate::mode::Mode;
use crate::time::UtcMs;

/// The pointing mode of each activity. An activity missing here counts as arrival and departure.
pub type Modes = BTreeMap<ActivityId, Mode>;

/// Every value known of every mark of one date, with the site of its sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(BTreeMap<MarkId, BTreeSet<(SiteId, Mark)>>);

impl Marks {
    /// Adds one value; adding it again changes nothing.
    pub fn add(&mut self, site: SiteId, id: MarkId, mark: Mark) {
        self.0.entry(id).or_default().insert((site, mark));
    }

    /// Takes in all of `other`.
    pub fn merge(&mut self, other: Self) {
        for (id, values) in other.0 {
            self.0.entry(id).or_default().extend(values);
        }
    }

    /// The value that counts for each id (the smallest, where there are several).
    pub fn iter(&self) -> impl Iterator<Item = (MarkId, SiteId, &Mark)> {
        self.0
            .iter()
            .filter_map(|(id, values)| values.first().map(|(site, mark)| (*id, *site, mark)))
    }

    /// The value that counts for one id.
    pub fn get(&self, id: MarkId) -> Option<(SiteId, &Mark)> {
        self.0
            .get(&id)
            .and_then(|values| values.first())
            .map(|(site, mark)| (*site, mark))
    }

    /// All values of one id: more than one where two tablets were made from one image.
    pub fn values(&self, id: MarkId) -> impl Iterator<Item = (SiteId, &Mark)> {
        self.0
            .get(&id)
            .into_iter()
            .flatten()
            .map(|(site, mark)| (*site, mark))
    }

    /// How many distinct ids.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no mark at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same marks with some children under another id: those pointed as unknown and
    /// recognised since.
    #[must_use]
    pub fn known_as(&self, names: &BTreeMap<ChildId, ChildId>) -> Self {
        if names.is_empty() {
            return self.clone();
        }
        let name = |child: ChildId| names.get(&child).copied().unwrap_or(child);
        let renamed = self.0.iter().map(|(id, values)| {
            let values = values.iter().map(|(site, mark)| {
                let mut mark = mark.clone();
                mark.child = mark.child.map(name);
                if let Kind::Close { children, .. } = &mut mark.kind {
                    for child in children.iter_mut() {
                        *child = name(*child);
                    }
                }
                (*site, mark)
            });
            (*id, values.collect())
        });
        Self(renamed.collect())
    }

    fn with_two_values(&self) -> impl Iterator<Item = MarkId> {
        self.0
            .iter()
            .filter(|(_, values)| values.len() > 1)
            .map(|(id, _)| *id)
    }
}

impl FromIterator<(SiteId, MarkId, Mark)> for Marks {
    fn from_iter<I: IntoIterator<Item = (SiteId, MarkId, Mark)>>(marks: I) -> Self {
        let mut all = Self::default();
        for (site, id, mark) in marks {
            all.add(site, id, mark);
        }
        all
    }
}

/// What the marks of one date come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fold {
    /// Per site, child and activity; a child with no entry has not been pointed.
    pub presences: BTreeMap<(SiteId, ChildId, ActivityId), Presence>,
    /// Children absent for the rest of the day.
    pub day_absences: BTreeMap<ChildId, DayAbsence>,
    /// Per site and activity: open, closed, reopened.
    pub sessions: BTreeMap<(SiteId, ActivityId), SessionState>,
    /// Contradictions that one more mark or operation must settle.
    pub conflicts: BTreeSet<Conflict>,
    /// Memos, sealed, oldest first, per child.
    pub notes: BTreeMap<ChildId, Vec<(MarkId, Vec<u8>)>>,
    /// Children sent to another site for the rest of the day: the newest word counts.
    pub transfers: BTreeMap<ChildId, DayTransfer>,
    /// Children nobody knew, with what they are called or look like, sealed.
    pub strangers: BTreeMap<ChildId, (MarkId, Vec<u8>)>,
    /// Staff taken on for the day: the sealed [`crate::mark::Substitute`].
    pub substitutes: BTreeMap<StaffId, (MarkId, Vec<u8>)>,
}

/// Folds the marks of one date.
pub fn fold(marks: &Marks, modes: &Modes) -> Fold {
    let mut out = Fold::default();
    let undone = resolve::undone(marks);
    let doubled = marks.with_two_values().filter(|mark| !undone.contains(mark));
    out.conflicts
        .extend(doubled.map(|mark| Conflict::TwoValues { mark }));
    let mut jumps = BTreeSet::new();
    let times = time_line::effective_times(marks, &mut jumps);
    let corrected = resolve::corrections(marks, &undone, &mut out.conflicts);
    // Whoever undoes a mark or says its time settles what the clock left open.
    jumps.retain(|jump| {
        let Conflict::ClockJumped { after, .. } = jump else {
            return true;
        };
        !undone.contains(after) && !corrected.contains_key(after)
    });
    out.conflicts.append(&mut jumps);
    let acts = resolve::acts(marks, &times, &undone, &corrected);
    let seen = ancestry::Ancestry::of(marks);
    child_day::fold_children(&acts, &seen, modes, &mut out);
    for act in &acts {
        if let Kind::Welcome { staff, sealed } = &act.mark.kind {
            out.substitutes
                .entry(*staff)
                .or_insert_with(|| (act.id, sealed.0.clone()));
        }
    }
    session::fold_sessions(&acts, &mut out);
    two_sites::find(modes, &mut out);
    out
}

/// When each mark of a date counts, and which never were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The instant at which each mark counts, corrections applied.
    pub times: BTreeMap<MarkId, UtcMs>,
    /// Marks that a standing void names.
    pub undone: BTreeSet<MarkId>,
}

/// The history of the marks of one date: what a time line of a child shows.
pub fn history(marks: &Marks) -> History {
    let mut found = BTreeSet::new();
    let mut times = time_line::effective_times(marks, &mut found);
    let undone = resolve::undone(marks);
    times.extend(resolve::corrections(marks, &undone, &mut found));
    History { times, undone }
}

#[cfg(test)]
mod tests;
