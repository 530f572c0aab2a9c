//! From the tablet's rows to what the screen shows of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use shared::codec::Minute;
use shared::day_list::{Badge, BadgeKind, ListedActivity, Standing};
use shared::day_view::{Counts, DayRow};
use shared::fold::State;
use shared::ids::{ActivityId, ChildId, HouseholdId, MarkId, SiteId};
use shared::mode::Mode;
use shared::screen::{BadgeView, Deed, Row, Tab};
use shared::symbol::{COLOURS, SHAPES};
use shared::text::search_key;
use shared::time::UtcMs;
use shared::words::{Words, hour};

use crate::day::DayOf;

/// What the rows of a list are shown with.
pub(super) struct View<'d> {
    pub(super) words: &'d Words,
    pub(super) zone: Tz,
    pub(super) day: &'d DayOf,
    /// Marks without a receipt.
    pub(super) waiting: BTreeSet<MarkId>,
    /// The newest memo of each child.
    pub(super) memos: BTreeMap<ChildId, String>,
    /// Names of the commune's sites.
    pub(super) sites: BTreeMap<SiteId, String>,
    /// Children of each household, per activity.
    pub(super) households: BTreeMap<(ActivityId, HouseholdId), Vec<ChildId>>,
}

impl View<'_> {
    pub(super) fn tab(&self, activity: &ListedActivity) -> Tab {
        let rows = || self.day.rows.iter().filter(|row| row.activity == activity.id);
        let counts = Counts::of(rows());
        let session = self.day.fold.sessions.get(&(self.day.list.site, activity.id));
        let closed = session.and_then(|s| s.closed);
        Tab {
            id: activity.id.to_string(),
            slug: activity.slug.to_string(),
            name: activity.name.clone(),
            mode: activity.mode,
            expected: counts.expected,
            present: counts.present,
            left: counts.left,
            absent: counts.absent,
            away: counts.away,
            free: counts.free,
            unexpected: rows().filter(|row| is_unexpected(row)).count(),
            closed_at: closed.map(|(at, _)| hour(at.time_in(self.zone))),
            reopened: session.is_some_and(|s| s.reopened_by.is_some()),
            hours: format!(
                "{} – {}",
                hour(activity.opens.time()),
                hour(activity.closes.time())
            ),
        }
    }

    pub(super) fn row(&self, row: &DayRow) -> Row {
        let listed = row.listed.as_ref();
        let at = |at: Option<UtcMs>| at.map(|at| hour(at.time_in(self.zone)));
        let minute = |m: Option<Minute>| m.map(|m| hour(m.time()));
        let fold = &self.day.fold;
        let presence = fold.presences.get(&(self.day.list.site, row.child, row.activity));
        let mode = self
            .day
            .list
            .activities
            .iter()
            .find(|a| a.id == row.activity)
            .map(|a| a.mode)
            .unwrap_or_default();
        let unknown = row.first_name.is_empty() && row.last_name.is_empty();
        let (away, picnic) = match row.standing() {
            Some(Standing::Away { words, picnic }) => (Some(words.clone()), *picnic),
            _ => (None, false),
        };
        let guest_from = match row.standing() {
            Some(Standing::Guest { from }) => Some(from.clone()),
            _ => None,
        };
        let moved_to = row.moved_to.map(|site| self.site(site));
        Row {
            child: row.child.to_string(),
            first_name: if unknown {
                self.words.t("core-unknown-child")
            } else {
                row.first_name.clone()
            },
            last_name: row.last_name.clone(),
            initials: format!("{}{}", initial(&row.first_name), initial(&row.last_name)),
            search_key: search_key(&format!("{} {}", row.last_name, row.first_name)),
            group: listed.and_then(|l| l.group.clone()),
            class: row.class.clone(),
            school: row.school.clone(),
            formula: row.formula.clone(),
            sitting: listed.and_then(|l| l.sitting),
            table: listed.and_then(|l| l.table.clone()),
            expected_in: minute(listed.and_then(|l| l.expected_in)),
            expected_out: minute(listed.and_then(|l| l.expected_out)),
            comes_from: listed.and_then(|l| l.comes_from.clone()),
            goes_to: listed.and_then(|l| l.goes_to.clone()),
            badges: row.badges.iter().map(|badge| worded(self.words, badge)).collect(),
            must_know: row.must_know.clone(),
            phone: row.phone.clone(),
            booked: row.booked,
            state: row.state,
            in_at: at(row.in_at),
            out_at: at(row.out_at),
            reason: row.reason,
            absent_by_closing: row.absent_by_closing,
            conflict: row.conflict,
            next: next(mode, row),
            last_mark: self.last_mark(row).map(|mark| mark.to_string()),
            waiting: presence.is_some_and(|p| p.marks.iter().any(|mark| self.waiting.contains(mark))),
            age: row.born.and_then(|born| age(born, self.day.list.date)),
            colour: name_of(&COLOURS, row.symbol.colour),
            shape: name_of(&SHAPES, row.symbol.shape),
            first_key: search_key(&row.first_name),
            expected_in_minute: listed.and_then(|l| l.expected_in).map(|m| m.0),
            expected_out_minute: listed.and_then(|l| l.expected_out).map(|m| m.0),
            away,
            picnic,
            free: matches!(row.standing(), Some(Standing::Free)),
            guest_from,
            moved_to,
            note: listed.and_then(|l| l.note.clone()),
            memo: self.memos.get(&row.child).cloned(),
            stranger: fold.strangers.contains_key(&row.child) && row.born.is_none(),
            siblings: self.siblings(row),
        }
    }

    /// What an undo on the row takes away: its newest mark; else what was said of the child
    /// elsewhere that makes the row what it is.
    fn last_mark(&self, row: &DayRow) -> Option<MarkId> {
        let fold = &self.day.fold;
        let sent = fold.transfers.get(&row.child).filter(|_| row.moved_to.is_some());
        let absent = fold.day_absences.get(&row.child);
        row.last_mark
            .filter(|_| sent.is_none())
            .or(sent.map(|transfer| transfer.mark))
            .or(absent
                .filter(|_| row.state == State::Absent && !row.absent_by_closing)
                .map(|absence| absence.mark))
    }

    pub(super) fn site(&self, site: SiteId) -> String {
        self.sites.get(&site).cloned().unwrap_or_default()
    }

    fn siblings(&self, row: &DayRow) -> Vec<String> {
        let of_home = |home: &HouseholdId| self.households.get(&(row.activity, *home));
        let all: BTreeSet<ChildId> = row
            .households
            .iter()
            .filter_map(of_home)
            .flatten()
            .copied()
            .collect();
        all.iter()
            .filter(|child| **child != row.child)
            .map(ToString::to_string)
            .collect()
    }
}

/// The children of each household on each list of a day.
pub(super) fn households(day: &DayOf) -> BTreeMap<(ActivityId, HouseholdId), Vec<ChildId>> {
    let mut all: BTreeMap<(ActivityId, HouseholdId), Vec<ChildId>> = BTreeMap::new();
    for row in &day.rows {
        for home in &row.households {
            all.entry((row.activity, *home)).or_default().push(row.child);
        }
    }
    all
}

/// Here or gone, and on no list.
fn is_unexpected(row: &DayRow) -> bool {
    row.listed.is_none() && matches!(row.state, State::Present | State::Left)
}

fn initial(name: &str) -> String {
    name.chars()
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default()
}

fn name_of(names: &[&str], n: u8) -> String {
    names.get(usize::from(n)).copied().unwrap_or_default().to_owned()
}

/// Whole years on a date.
pub(super) fn age(born: NaiveDate, on: NaiveDate) -> Option<u8> {
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    u8::try_from(on.year() - born.year() - i32::from(!had_birthday)).ok()
}

/// A badge in the words of staff.
pub(super) fn worded(words: &Words, badge: &Badge) -> BadgeView {
    let (kind, bare, worded, alert) = match badge.kind {
        BadgeKind::Pai => (
            "pai",
            words.t("core-badge-pai"),
            words.t1("core-badge-pai-for", "what", badge.text.as_str()),
            true,
        ),
        BadgeKind::Allergy => (
            "allergy",
            words.t("core-badge-allergy"),
            words.t1("core-badge-allergy-to", "what", badge.text.as_str()),
            true,
        ),
        BadgeKind::Diet => ("diet", words.t("core-badge-diet"), capital(&badge.text), false),
        BadgeKind::LeavesAlone => (
            "leaves_alone",
            words.t("core-badge-leaves-alone"),
            words.t1("core-badge-leaves-alone-when", "when", badge.text.as_str()),
            false,
        ),
        BadgeKind::ForbiddenCollector => (
            "forbidden_collector",
            words.t("core-badge-forbidden"),
            words.t1("core-badge-forbidden-to", "who", badge.text.as_str()),
            true,
        ),
    };
    let label = if badge.text.is_empty() { bare } else { worded };
    BadgeView {
        kind: kind.to_owned(),
        label,
        alert,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|c| c.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// What one tap on a row does. Of a child whom nobody awaits, it is always the arrival that is
/// news, but where only departures are pointed.
fn next(mode: Mode, row: &DayRow) -> Option<Deed> {
    match (mode, row.state) {
        (Mode::Presence, State::Present) | (Mode::DepartureOnly, State::Left) => None,
        (Mode::ByException, State::Expected) if row.is_excused() => Some(Deed::In),
        (Mode::DepartureOnly, State::Expected) if row.moved_to.is_some() => Some(Deed::In),
        (Mode::Presence, _) => Some(Deed::In),
        (Mode::ArrivalDeparture, State::Present) | (Mode::DepartureOnly, _) => Some(Deed::Out),
        (Mode::ArrivalDeparture, _) | (Mode::ByException, State::Absent | State::Left) => Some(Deed::In),
        (Mode::ByException, State::Expected | State::Present) => Some(Deed::Absent),
    }
}

#[cfg(test)]
mod tests {
    use shared::words::Locale;

    use super::*;

    #[test]
    fn a_badge_says_what_it_is_and_of_what() {
        let words = Words::of_tablet(Locale::Fr);
        let label = |kind, text: &str| {
            worded(
                &words,
                &Badge {
                    kind,
                    text: text.to_owned(),
                },
            )
            .label
        };
        assert_eq!(label(BadgeKind::Pai, "diabète"), "PAI diabète");
        assert_eq!(label(BadgeKind::Pai, ""), "PAI");
        assert_eq!(label(BadgeKind::Allergy, "arachide"), "Allergie arachide");
        assert_eq!(
            label(BadgeKind::LeavesAlone, "à 17\u{a0}h"),
            "Part seul à 17\u{a0}h"
        );
        assert_eq!(label(BadgeKind::LeavesAlone, ""), "Part seul");
        assert_eq!(label(BadgeKind::Diet, "sans porc"), "Sans porc");
    }

    #[test]
    fn a_birthday_makes_a_child_older_on_the_day() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(age(date("2019-11-23"), date("2026-11-22")), Some(6));
        assert_eq!(age(date("2019-11-23"), date("2026-11-23")), Some(7));
        assert_eq!(age(date("2027-01-01"), date("2026-11-23")), None);
    }
}
