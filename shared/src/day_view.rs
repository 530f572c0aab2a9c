//! The day list beside what was pointed: the rows that the tablet, the desk and the tools show.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use crate::codec::Minute;
use crate::day_list::{Badge, Contact, DayList, ListedActivity, ListedChild, ListedRow, Standing, Symbol};
use crate::fold::{Fold, Marks, Presence, State, fold};
use crate::ids::{ActivityId, ChildId, HouseholdId, MarkId, SiteId};
use crate::mark::Reason;
use crate::text::sort_key;
use crate::time::UtcMs;

/// Names of a child that is on no list of the day.
pub type Stranger<'a> = dyn Fn(ChildId) -> Option<Known> + 'a;

/// What is known of a child outside the day's list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// School.
    pub school: Option<String>,
    /// What must be known of it.
    pub must_know: Option<String>,
    /// Number to call first.
    pub phone: Option<String>,
}

/// One child on the list of one activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRow {
    /// The child.
    pub child: ChildId,
    /// First name; empty when nobody knows the child.
    pub first_name: String,
    /// Last name; empty when nobody knows the child.
    pub last_name: String,
    /// The activity.
    pub activity: ActivityId,
    /// Its slug.
    pub activity_slug: String,
    /// Whether a reservation stands.
    pub booked: bool,
    /// What the marks come to.
    pub state: State,
    /// The first arrival.
    pub in_at: Option<UtcMs>,
    /// The last departure.
    pub out_at: Option<UtcMs>,
    /// The stays.
    pub intervals: Vec<(Option<UtcMs>, Option<UtcMs>)>,
    /// Why absent.
    pub reason: Option<Reason>,
    /// Absent because the list was closed.
    pub absent_by_closing: bool,
    /// The newest standing mark: what an undo would undo.
    pub last_mark: Option<MarkId>,
    /// Marks of this child contradict each other.
    pub conflict: bool,
    /// Formula, group and so on, where there is a reservation.
    pub listed: Option<ListedRow>,
    /// Name of the formula.
    pub formula: Option<String>,
    /// Class.
    pub class: Option<String>,
    /// School.
    pub school: Option<String>,
    /// Badges.
    pub badges: Vec<Badge>,
    /// What staff must know.
    pub must_know: Option<String>,
    /// Number to call first.
    pub phone: Option<String>,
    /// Households.
    pub households: Vec<HouseholdId>,
    /// Whom to call.
    pub contacts: Vec<Contact>,
    /// Health details, for after a PIN.
    pub health: Option<String>,
    /// Its colour and symbol.
    pub symbol: Symbol,
    /// Date of birth, for children of the site.
    pub born: Option<chrono::NaiveDate>,
    /// Sent to this site for the rest of the day.
    pub moved_to: Option<SiteId>,
}

impl DayRow {
    /// Why the row is not simply expected, where its list says so.
    pub fn standing(&self) -> Option<&Standing> {
        self.listed.as_ref().and_then(|row| row.standing.as_ref())
    }

    /// Not pointed, and nobody waits for the child: with its class, at another site, or free to
    /// come. Closing the list leaves it alone.
    pub fn is_excused(&self) -> bool {
        let excused = matches!(self.standing(), Some(Standing::Away { .. } | Standing::Free));
        self.state == State::Expected && (excused || self.moved_to.is_some())
    }
}

/// Rows of a list by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Still expected.
    pub expected: usize,
    /// Here.
    pub present: usize,
    /// Gone.
    pub left: usize,
    /// Not coming.
    pub absent: usize,
    /// With their class or at another site: neither expected nor absent.
    pub away: usize,
    /// On the list without being expected: a free session.
    pub free: usize,
}

impl Counts {
    /// Counts the rows of one activity.
    pub fn of<'a>(rows: impl Iterator<Item = &'a DayRow>) -> Self {
        let mut counts = Self::default();
        for row in rows {
            match row.state {
                State::Expected if matches!(row.standing(), Some(Standing::Free)) => counts.free += 1,
                State::Expected if row.is_excused() => counts.away += 1,
                State::Expected => counts.expected += 1,
                State::Present => counts.present += 1,
                State::Left => counts.left += 1,
                State::Absent => counts.absent += 1,
            }
        }
        counts
    }
}

/// All rows of a site's day, by activity in the order of the day, then by name.
pub fn rows(list: &DayList, fold: &Fold, zone: Tz, stranger: &Stranger<'_>) -> Vec<DayRow> {
    let cards: BTreeMap<ChildId, &ListedChild> = list.children.iter().map(|c| (c.id, c)).collect();
    let in_conflict: BTreeSet<MarkId> = fold
        .conflicts
        .iter()
        .flat_map(crate::fold::Conflict::marks)
        .collect();
    let mut rows: Vec<DayRow> = Vec::with_capacity(list.rows.len());
    let mut listed: BTreeSet<(ChildId, ActivityId)> = BTreeSet::new();
    let empty = Presence::default();
    for row in &list.rows {
        listed.insert((row.child, row.activity));
        let presence = fold
            .presences
            .get(&(list.site, row.child, row.activity))
            .unwrap_or(&empty);
        let mut view = row_of(
            row.child,
            row.activity,
            presence,
            list,
            cards.get(&row.child).copied(),
        );
        view.booked = !matches!(row.standing, Some(Standing::Free | Standing::Guest { .. }));
        view.listed = Some(row.clone());
        name_formula(&mut view, list, presence.formula.or(row.formula));
        view.moved_to = moved(fold, list.site, row.child);
        absent_for_the_day(&mut view, fold, list, zone);
        rows.push(view);
    }
    for ((site, child, activity), presence) in &fold.presences {
        let pointed = presence.state() != State::Expected;
        if *site == list.site && pointed && !listed.contains(&(*child, *activity)) {
            let mut view = row_of(*child, *activity, presence, list, cards.get(child).copied());
            if !cards.contains_key(child) {
                introduce(&mut view, stranger(*child));
            }
            name_formula(&mut view, list, presence.formula);
            view.moved_to = moved(fold, list.site, *child);
            rows.push(view);
        }
    }
    for row in &mut rows {
        let own = fold.presences.get(&(list.site, row.child, row.activity));
        row.conflict = own.is_some_and(|p| p.marks.iter().any(|m| in_conflict.contains(m)))
            || fold
                .conflicts
                .iter()
                .any(|c| c.child() == Some(row.child) && involves(c, row));
    }
    let order: BTreeMap<ActivityId, usize> = list
        .activities
        .iter()
        .enumerate()
        .map(|(i, a)| (a.id, i))
        .collect();
    rows.sort_by_cached_key(|row| {
        let place = order.get(&row.activity).copied().unwrap_or(usize::MAX);
        (
            place,
            row.activity,
            sort_key(&row.last_name, &row.first_name),
            row.child,
        )
    });
    rows
}

/// The row of one child that may stand on no list of the activity: how it would stand there.
pub fn row_for(
    list: &DayList,
    fold: &Fold,
    zone: Tz,
    (child, activity): (ChildId, ActivityId),
    stranger: &Stranger<'_>,
) -> DayRow {
    let empty = Presence::default();
    let own = fold.presences.get(&(list.site, child, activity));
    let presence = own.unwrap_or(&empty);
    let card = list.child(child);
    let mut view = row_of(child, activity, presence, list, card);
    if card.is_none() {
        introduce(&mut view, stranger(child));
    }
    name_formula(&mut view, list, presence.formula);
    view.moved_to = moved(fold, list.site, child);
    absent_for_the_day(&mut view, fold, list, zone);
    view
}

/// Whether a conflict about the child is about this row's activity: absences dropped from a
/// presence are no longer among its marks.
fn involves(conflict: &crate::fold::Conflict, row: &DayRow) -> bool {
    use crate::fold::Conflict as C;
    match conflict {
        C::PresentAndAbsent { activity, .. }
        | C::OutBeforeIn { activity, .. }
        | C::TwoSites { activity, .. } => *activity == row.activity,
        C::TwoCorrections { .. } | C::TwoValues { .. } | C::ClockJumped { .. } => false,
    }
}

/// Where the child was sent from this site, unless it was taken in again here.
fn moved(fold: &Fold, site: SiteId, child: ChildId) -> Option<SiteId> {
    fold.transfers
        .get(&child)
        .filter(|transfer| transfer.from == site)
        .map(|transfer| transfer.to)
}

fn row_of(
    child: ChildId,
    activity: ActivityId,
    presence: &Presence,
    list: &DayList,
    card: Option<&ListedChild>,
) -> DayRow {
    let known = |pick: fn(&ListedActivity) -> String| {
        list.activities
            .iter()
            .find(|a| a.id == activity)
            .map(pick)
            .unwrap_or_default()
    };
    DayRow {
        child,
        first_name: card.map(|c| c.first_name.clone()).unwrap_or_default(),
        last_name: card.map(|c| c.last_name.clone()).unwrap_or_default(),
        activity,
        activity_slug: known(|a| a.slug.to_string()),
        booked: false,
        state: presence.state(),
        in_at: presence.in_at(),
        out_at: presence.out_at(),
        intervals: presence.intervals.iter().map(|i| (i.start, i.end)).collect(),
        reason: presence.absence.map(|a| a.reason),
        absent_by_closing: presence.absence.is_some_and(|a| a.by_closing),
        last_mark: presence.marks.last().copied(),
        conflict: false,
        listed: None,
        formula: None,
        class: card.and_then(|c| c.class.clone()),
        school: card.and_then(|c| c.school.clone()),
        badges: card.map(|c| c.badges.clone()).unwrap_or_default(),
        must_know: card.and_then(|c| c.must_know.clone()),
        phone: card.and_then(|c| c.phone.clone()),
        households: card.map(|c| c.households.clone()).unwrap_or_default(),
        contacts: card.map(|c| c.contacts.clone()).unwrap_or_default(),
        health: card.and_then(|c| c.health.clone()),
        symbol: crate::symbol::of(child, card.and_then(|c| c.symbol)),
        born: card.map(|c| c.born),
        moved_to: None,
    }
}

fn introduce(view: &mut DayRow, known: Option<Known>) {
    let Some(known) = known else { return };
    view.first_name = known.first_name;
    view.last_name = known.last_name;
    view.school = known.school;
    view.must_know = known.must_know;
    view.phone = known.phone;
}

fn name_formula(view: &mut DayRow, list: &DayList, formula: Option<crate::ids::FormulaId>) {
    view.formula = formula.and_then(|id| {
        let activity = list.activities.iter().find(|a| a.id == view.activity)?;
        activity
            .formulas
            .iter()
            .find(|f| f.id == id)
            .map(|f| f.name.clone())
    });
}

/// An absence for the rest of the day reaches every list that closes after it was said.
fn absent_for_the_day(view: &mut DayRow, fold: &Fold, list: &DayList, zone: Tz) {
    let Some(absence) = fold.day_absences.get(&view.child) else {
        return;
    };
    let closes = list
        .activities
        .iter()
        .find(|a| a.id == view.activity)
        .map(|a| a.closes);
    let said = Minute::of(absence.from.time_in(zone));
    let today = absence.from.date_in(zone) == list.date;
    if view.state == State::Expected && (!today || closes.is_none_or(|closes| closes > said)) {
        view.state = State::Absent;
        view.reason = Some(absence.reason);
    }
}

/// The modes of a list's activities, as the fold wants them.
pub fn modes(list: &DayList) -> crate::fold::Modes {
    list.activities.iter().map(|a| (a.id, a.mode)).collect()
}

/// Folds the marks of a list's date, with the children recognised since under their own id.
pub fn fold_of(list: &DayList, marks: &Marks) -> Fold {
    let names = list.aliases.iter().map(|a| (a.unknown, a.child)).collect();
    fold(&marks.known_as(&names), &modes(list))
}

/// Those still expected on the list of an activity: what closing it turns.
pub fn still_expected(rows: &[DayRow], activity: ActivityId) -> Vec<ChildId> {
    rows.iter()
        .filter(|r| r.activity == activity && r.state == State::Expected && !r.is_excused())
        .map(|r| r.child)
        .collect()
}
