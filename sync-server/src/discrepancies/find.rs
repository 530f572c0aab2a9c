//! What does not agree on a date: pure, and blind to the order and duplication of marks.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::codec::Hash32;
use shared::day_list::{DayList, Standing};
use shared::day_view::{self, DayRow};
use shared::fold::{Conflict, Fold, History, Marks, State, fold, history};
use shared::ids::{ActivityId, ChildId, MarkId, SiteId};
use shared::mark::{AbsenceScope, Kind};
use shared::operation::DiscrepancyKind as Found;
use shared::time::UtcMs;

use super::evidence::{Booked, Evidence, Showing};
use super::facts::DayFacts;
use super::{LATE_MS, close};

/// Of which kind, where, in which activity, which child.
pub(super) type Key = (Found, SiteId, ActivityId, Option<ChildId>);

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discrepancy {
    /// Of which kind.
    pub kind: Found,
    /// Where.
    pub site: SiteId,
    /// When.
    pub date: NaiveDate,
    /// In which activity.
    pub activity: ActivityId,
    /// Which child; `None` where the list is meant.
    pub child: Option<ChildId>,
    /// Digest of what shows it: a decision holds while it is the same.
    pub digest: Hash32,
    /// What shows it.
    pub evidence: Evidence,
}

/// A session that took place: somebody was expected or pointed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Where.
    pub site: SiteId,
    /// Which activity.
    pub activity: ActivityId,
    /// When it ended, or ends.
    pub ends_at: UtcMs,
    /// How many were booked and not excused.
    pub booked: u64,
    /// How many came.
    pub present: u64,
}

/// A date, judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What does not agree, in order of site, activity, child and kind.
    pub found: Vec<Discrepancy>,
    /// The sessions.
    pub sessions: Vec<Session>,
    /// The rows of each site, as every board shows them.
    pub rows: BTreeMap<SiteId, Vec<DayRow>>,
}

/// What does not agree on a date.
pub fn find(facts: &DayFacts) -> Vec<Discrepancy> {
    judge(facts).found
}

/// Judges a date.
pub fn judge(facts: &DayFacts) -> Judged {
    let marks = facts.marks.known_as(&facts.aliases);
    let fold = fold(&marks, &facts.modes());
    let rows: BTreeMap<SiteId, Vec<DayRow>> = facts
        .lists
        .iter()
        .map(|list| {
            let rows = day_view::rows(list, &fold, facts.zone, &|_| None);
            (list.site, rows)
        })
        .collect();
    let mut search = Search {
        facts,
        fold: &fold,
        history: history(&marks),
        about: About::of(&marks),
        marks: &marks,
        found: BTreeMap::new(),
    };
    let mut sessions = Vec::new();
    for list in &facts.lists {
        let rows = rows.get(&list.site).map(Vec::as_slice).unwrap_or_default();
        sessions.extend(search.site(list, rows));
    }
    search.conflicts();
    search.returned();
    Judged {
        found: search.told(),
        sessions,
        rows,
    }
}

/// Which marks speak of a child, and which replace which.
struct About<'a> {
    of_child: BTreeMap<ChildId, Vec<(MarkId, SiteId, &'a shared::mark::Mark)>>,
    of_list: BTreeMap<(SiteId, ActivityId), BTreeSet<MarkId>>,
    replaced_by: BTreeMap<MarkId, Vec<MarkId>>,
}

impl<'a> About<'a> {
    fn of(marks: &'a Marks) -> Self {
        let mut about = Self {
            of_child: BTreeMap::new(),
            of_list: BTreeMap::new(),
            replaced_by: BTreeMap::new(),
        };
        for (id, site, mark) in marks.iter() {
            if let Some(replaces) = mark.replaces() {
                about.replaced_by.entry(replaces).or_default().push(id);
                continue;
            }
            match (&mark.kind, mark.child) {
                (Kind::Close { .. } | Kind::Reopen, _) => {
                    let list = about.of_list.entry((site, mark.activity)).or_default();
                    list.insert(id);
                }
                (Kind::Note { .. } | Kind::Stranger { .. } | Kind::Welcome { .. }, _) | (_, None) => {}
                (_, Some(child)) => about.of_child.entry(child).or_default().push((id, site, mark)),
            }
        }
        about
    }

    /// The marks with those that correct or undo them.
    fn whole(&self, marks: impl IntoIterator<Item = MarkId>) -> BTreeSet<MarkId> {
        let mut whole = BTreeSet::new();
        let mut todo: Vec<MarkId> = marks.into_iter().collect();
        while let Some(id) = todo.pop() {
            if whole.insert(id) {
                todo.extend(self.replaced_by.get(&id).into_iter().flatten());
            }
        }
        whole
    }

    /// What was pointed of a child on a list, or holds for it from elsewhere.
    fn child(&self, site: SiteId, activity: ActivityId, child: ChildId) -> BTreeSet<MarkId> {
        let all = self.of_child.get(&child).into_iter().flatten();
        let concerns = all.filter(|(_, at, mark)| {
            let rest_of_day = matches!(
                mark.kind,
                Kind::Absent {
                    scope: AbsenceScope::RestOfDay,
                    ..
                }
            );
            let sent = matches!(mark.kind, Kind::Transfer { .. }) && *at == site;
            (*at == site && mark.activity == activity) || rest_of_day || sent
        });
        self.whole(concerns.map(|(id, ..)| *id))
    }

    fn list(&self, site: SiteId, activity: ActivityId) -> BTreeSet<MarkId> {
        self.whole(self.of_list.get(&(site, activity)).into_iter().flatten().copied())
    }
}

struct Search<'a> {
    facts: &'a DayFacts,
    fold: &'a Fold,
    history: History,
    about: About<'a>,
    marks: &'a Marks,
    found: BTreeMap<Key, Showing>,
}

impl Search<'_> {
    fn note(&mut self, key: Key, showing: Showing) {
        self.found.entry(key).or_default().join(showing);
    }

    fn note_child(&mut self, kind: Found, site: SiteId, activity: ActivityId, child: ChildId) {
        let marks = self.about.child(site, activity, child);
        self.note((kind, site, activity, Some(child)), Showing::marks(marks));
    }

    /// The rows of a site, list by list.
    fn site(&mut self, list: &DayList, rows: &[DayRow]) -> Vec<Session> {
        let offered: BTreeSet<ActivityId> = list.activities.iter().map(|a| a.id).collect();
        let mut activities: BTreeSet<ActivityId> = rows.iter().map(|row| row.activity).collect();
        activities.extend(
            self.fold
                .sessions
                .keys()
                .filter(|(site, _)| *site == list.site)
                .map(|(_, activity)| *activity),
        );
        let mut sessions = Vec::new();
        for activity in activities {
            let own: Vec<&DayRow> = rows.iter().filter(|row| row.activity == activity).collect();
            let expected = |row: &&&DayRow| is_expected(row) && !row.is_excused();
            let came = |row: &&&DayRow| matches!(row.state, State::Present | State::Left);
            let booked = own.iter().filter(expected).count();
            let present = own.iter().filter(came).count();
            let closed = self.facts.closed || !offered.contains(&activity);
            let pointed = present > 0 || self.fold.sessions.contains_key(&(list.site, activity));
            if !pointed && (booked == 0 || closed) {
                continue;
            }
            sessions.extend(self.facts.ends_at(activity).map(|ends_at| Session {
                site: list.site,
                activity,
                ends_at,
                booked: booked as u64,
                present: present as u64,
            }));
            self.never_closed(list.site, activity);
            for row in own {
                self.row(list.site, row, closed);
            }
        }
        sessions
    }

    fn never_closed(&mut self, site: SiteId, activity: ActivityId) {
        let state = self.fold.sessions.get(&(site, activity));
        if self.facts.is_over(activity) && state.is_none_or(|state| state.closed.is_none()) {
            let marks = self.about.list(site, activity);
            self.note((Found::NeverClosed, site, activity, None), Showing::marks(marks));
        }
    }

    fn row(&mut self, site: SiteId, row: &DayRow, closed: bool) {
        let (activity, child) = (row.activity, row.child);
        let known = self.facts.known.contains(&child) || row.listed.is_some();
        let came = matches!(row.state, State::Present | State::Left);
        if came && !known {
            self.unknown(site, activity, child);
        } else if came && closed {
            self.note_child(Found::ClosedDay, site, activity, child);
        } else if came && row.listed.is_none() {
            self.note_child(Found::NotBooked, site, activity, child);
            self.by_closing(Found::NotBooked, site, activity, child);
        }
        let waited = row.state == State::Expected && is_expected(&row) && !row.is_excused();
        if waited && !closed && self.facts.is_over(activity) {
            self.note_child(Found::BookedNoMark, site, activity, child);
            let booked = row.listed.as_ref().map(|listed| Booked {
                formula: listed.formula,
                expected_in: listed.expected_in,
                expected_out: listed.expected_out,
                guest: matches!(listed.standing, Some(Standing::Guest { .. })),
            });
            let key = (Found::BookedNoMark, site, activity, Some(child));
            self.note(
                key,
                Showing {
                    booked,
                    ..Showing::default()
                },
            );
        }
        self.stays(site, activity, child);
    }

    /// A child that only the closing of the list made present.
    fn by_closing(&mut self, kind: Found, site: SiteId, activity: ActivityId, child: ChildId) {
        let presence = self.fold.presences.get(&(site, child, activity));
        if let Some(mark) = presence.and_then(|presence| presence.present_by_closing) {
            let marks = BTreeSet::from([mark]);
            self.note((kind, site, activity, Some(child)), Showing::marks(marks));
        }
    }

    fn unknown(&mut self, site: SiteId, activity: ActivityId, child: ChildId) {
        self.note_child(Found::UnknownChild, site, activity, child);
        if let Some((mark, _)) = self.fold.strangers.get(&child) {
            let marks = BTreeSet::from([*mark]);
            let key = (Found::UnknownChild, site, activity, Some(child));
            self.note(key, Showing::marks(marks));
        }
    }

    /// Left too late, or never.
    fn stays(&mut self, site: SiteId, activity: ActivityId, child: ChildId) {
        let Some(presence) = self.fold.presences.get(&(site, child, activity)) else {
            return;
        };
        let (Some(hours), Some(ends)) = (
            self.facts.hours.get(&activity).copied(),
            self.facts.ends_at(activity),
        ) else {
            return;
        };
        let open = presence.intervals.last().is_some_and(|last| last.end.is_none());
        if open && close::has_departures(hours.mode) && self.facts.is_over(activity) {
            self.note_child(Found::NeverLeft, site, activity, child);
        }
        let late = presence.intervals.iter().any(|stay| {
            let tapped = matches!(stay.ended_by, Some(shared::fold::End::Out(_)));
            tapped && stay.end.is_some_and(|end| end > ends.plus_ms(LATE_MS))
        });
        if late {
            self.note_child(Found::AfterClosing, site, activity, child);
            let key = (Found::AfterClosing, site, activity, Some(child));
            self.note(
                key,
                Showing {
                    closes: Some(hours.closes),
                    ..Showing::default()
                },
            );
        }
    }

    /// Marks that contradict each other.
    fn conflicts(&mut self) {
        let fold = self.fold;
        for conflict in &fold.conflicts {
            let kind = match conflict {
                Conflict::PresentAndAbsent { .. } => Found::PresentAndAbsent,
                Conflict::OutBeforeIn { .. } => Found::OutBeforeIn,
                Conflict::TwoSites { .. } => Found::TwoSites,
                Conflict::TwoCorrections { .. } => Found::TwoCorrections,
                Conflict::TwoValues { .. } => Found::TwoValues,
                Conflict::ClockJumped { .. } => Found::ClockJumped,
            };
            // The lists on which it is to be settled, and the marks that show it there.
            let on = match conflict {
                Conflict::PresentAndAbsent { present, .. } => vec![*present],
                Conflict::OutBeforeIn { out, .. } => vec![*out],
                Conflict::TwoSites { a, b, .. } => vec![*a, *b],
                Conflict::TwoCorrections { of, .. } => vec![*of],
                Conflict::TwoValues { mark } => vec![*mark],
                Conflict::ClockJumped { after, .. } => vec![*after],
            };
            let mut shown = self.about.whole(conflict.marks());
            if let Conflict::TwoCorrections { of, .. } = conflict {
                shown.extend(self.about.whole([*of]));
            }
            let whole_row = matches!(
                conflict,
                Conflict::PresentAndAbsent { .. } | Conflict::OutBeforeIn { .. } | Conflict::TwoSites { .. }
            );
            let lists: Vec<_> = on
                .into_iter()
                .filter_map(|id| self.marks.get(id))
                .map(|(site, mark)| (site, mark.activity, mark.child))
                .collect();
            if let (true, Some(child)) = (whole_row, conflict.child()) {
                for (site, activity, _) in &lists {
                    shown.extend(self.about.child(*site, *activity, child));
                }
            }
            for (site, activity, child) in lists {
                self.note((kind, site, activity, child), Showing::marks(shown.clone()));
            }
        }
    }

    /// What other tablets handed back after a loss and no receipt covers.
    fn returned(&mut self) {
        let came_so = |id: &MarkId| {
            let received = self.facts.received.get(id);
            received.is_some_and(|all| all.iter().any(|one| one.returned))
        };
        let of_weight = |kind: &Kind| {
            !matches!(
                kind,
                Kind::Note { .. }
                    | Kind::Stranger { .. }
                    | Kind::Welcome { .. }
                    | Kind::Void { .. }
                    | Kind::Correct { .. }
            )
        };
        let back: Vec<_> = self
            .marks
            .iter()
            .filter(|(id, _, mark)| of_weight(&mark.kind) && came_so(id) && !self.history.undone.contains(id))
            .map(|(id, site, mark)| ((Found::Returned, site, mark.activity, mark.child), id))
            .collect();
        for (key, id) in back {
            let marks = self.about.whole([id]);
            self.note(key, Showing::marks(marks));
        }
    }

    /// Everything found, each once, told in full.
    fn told(self) -> Vec<Discrepancy> {
        let mut found: Vec<Discrepancy> = self
            .found
            .iter()
            .map(|(key, showing)| Discrepancy {
                kind: key.0,
                site: key.1,
                date: self.facts.date,
                activity: key.2,
                child: key.3,
                digest: showing.digest(self.facts, key),
                evidence: showing.told(self.facts, &self.history),
            })
            .collect();
        found.sort_by_key(|one| (one.site, one.activity, one.child, one.kind));
        found
    }
}

/// On the list to come: booked, or sent here for the day.
fn is_expected(row: &&DayRow) -> bool {
    row.listed
        .as_ref()
        .is_some_and(|listed| matches!(listed.standing, None | Some(Standing::Guest { .. })))
}
