//! From the tablet's day to what the screen shows.

use std::collections::BTreeSet;
use std::sync::MutexGuard;

use chrono::NaiveDate;
use chrono_tz::Tz;
use shared::codec::Minute;
use shared::day_list::{Badge, BadgeKind, ListedActivity};
use shared::day_view::{Counts, DayRow};
use shared::digest::SheetRef;
use shared::fold::State;
use shared::ids::{ActivityId, MarkId, SiteId};
use shared::mode::Mode;
use shared::screen::{Ask, BadgeView, Choice, Day, Deed, Row, Tab};
use shared::text::search_key;
use shared::words::{Words, day as day_label, hour};

use super::{Inner, id};
use crate::day::{DayOf, Lists};
use crate::error::ReplicaError;
use crate::store::marks::MarkState;
use crate::tablet::Tablet;

impl Inner {
    pub(super) fn lists(&self) -> Result<MutexGuard<'_, Lists>, ReplicaError> {
        self.lists
            .lock()
            .map_err(|_| ReplicaError::Fault("listes".into()))
    }

    /// The day asked for; what is missing is chosen.
    pub(super) fn day(&self, tablet: &mut Tablet, ask: &Ask) -> Result<Day, ReplicaError> {
        let enrolled = tablet.enrolled()?.clone();
        let cards = tablet.site_cards()?;
        let sites: Vec<Choice> = enrolled
            .sites()
            .iter()
            .map(|site| {
                let card = cards.iter().find(|card| card.site == *site);
                Choice {
                    id: site.to_string(),
                    name: card.map(|c| c.name.clone()).unwrap_or_default(),
                }
            })
            .collect();
        let first = enrolled
            .sites()
            .first()
            .copied()
            .ok_or_else(|| ReplicaError::Fault("aucun site".into()))?;
        let asked = ask.site.as_deref().map(id::<SiteId>).transpose()?;
        let site = asked
            .filter(|site| enrolled.sites().contains(site))
            .unwrap_or(first);
        let today = tablet.today();
        let date = ask
            .date
            .as_deref()
            .map(id::<NaiveDate>)
            .transpose()?
            .unwrap_or(today);
        let day = tablet.day(&mut *self.lists()?, site, date)?;
        let zone = tablet.zone();
        let asked = ask.activity.as_deref().map(id::<ActivityId>).transpose()?;
        let activities = &day.list.activities;
        let now = Minute::of(tablet.now().time_in(zone));
        let chosen = asked
            .filter(|id| activities.iter().any(|a| a.id == *id))
            .or_else(|| of_the_hour(activities, (date == today).then_some(now)));
        let waiting = waiting(tablet, &SheetRef { site, date })?;
        let rows = day.rows.iter().filter(|row| Some(row.activity) == chosen);
        let mode = activities
            .iter()
            .find(|a| Some(a.id) == chosen)
            .map(|a| a.mode)
            .unwrap_or_default();
        let shown = Shown {
            words: &self.words,
            zone,
            mode,
            day: &day,
            waiting,
        };
        Ok(Day {
            commune: enrolled.commune_name.clone(),
            site: sites
                .iter()
                .find(|c| c.id == site.to_string())
                .cloned()
                .unwrap_or_else(|| sites[0].clone()),
            date: date.to_string(),
            date_label: day_label(date),
            today: today.to_string(),
            list: day.source,
            clock_doubted: tablet.clock_doubted(),
            activities: activities.iter().map(|a| shown.tab(a)).collect(),
            activity: chosen.map(|id| id.to_string()),
            rows: rows.map(|row| shown.row(row)).collect(),
            link: self.link(tablet)?,
            sites,
        })
    }
}

/// The activity that is on, or the next one, or the first.
fn of_the_hour(activities: &[ListedActivity], now: Option<Minute>) -> Option<ActivityId> {
    let first = activities.first()?;
    let now = now.unwrap_or(first.opens);
    activities
        .iter()
        .find(|a| now <= a.closes)
        .or(activities.last())
        .map(|a| a.id)
}

/// Marks of a sheet without a receipt.
fn waiting(tablet: &mut Tablet, sheet: &SheetRef) -> Result<BTreeSet<MarkId>, ReplicaError> {
    let (_, states) = tablet.sheets.look(tablet.db.reader(), sheet)?;
    Ok(states
        .iter()
        .filter(|(_, state)| **state == MarkState::Pending)
        .map(|(id, _)| *id)
        .collect())
}

struct Shown<'d> {
    words: &'d Words,
    zone: Tz,
    mode: Mode,
    day: &'d DayOf,
    waiting: BTreeSet<MarkId>,
}

impl Shown<'_> {
    fn tab(&self, activity: &ListedActivity) -> Tab {
        let counts = Counts::of(self.day.rows.iter().filter(|row| row.activity == activity.id));
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
            closed_at: closed.map(|(at, _)| hour(at.time_in(self.zone))),
            reopened: session.is_some_and(|s| s.reopened_by.is_some()),
            hours: format!(
                "{} – {}",
                hour(activity.opens.time()),
                hour(activity.closes.time())
            ),
        }
    }

    fn row(&self, row: &DayRow) -> Row {
        let listed = row.listed.as_ref();
        let at = |at: Option<shared::time::UtcMs>| at.map(|at| hour(at.time_in(self.zone)));
        let minute = |m: Option<Minute>| m.map(|m| hour(m.time()));
        let initial = |name: &str| {
            name.chars()
                .next()
                .map(|c| c.to_uppercase().to_string())
                .unwrap_or_default()
        };
        let presence = self
            .day
            .fold
            .presences
            .get(&(self.day.list.site, row.child, row.activity));
        let unknown = row.first_name.is_empty() && row.last_name.is_empty();
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
            next: next(self.mode, row.state),
            last_mark: row.last_mark.map(|mark| mark.to_string()),
            waiting: presence.is_some_and(|p| p.marks.iter().any(|mark| self.waiting.contains(mark))),
        }
    }
}

/// A badge in the words of staff.
fn worded(words: &Words, badge: &Badge) -> BadgeView {
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

/// What one tap on a row does.
fn next(mode: Mode, state: State) -> Option<Deed> {
    match (mode, state) {
        (Mode::Presence, State::Present) | (Mode::DepartureOnly, State::Left) => None,
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
    fn each_mode_has_its_next_tap() {
        assert_eq!(next(Mode::Presence, State::Expected), Some(Deed::In));
        assert_eq!(next(Mode::Presence, State::Present), None);
        assert_eq!(next(Mode::ArrivalDeparture, State::Present), Some(Deed::Out));
        assert_eq!(next(Mode::ArrivalDeparture, State::Left), Some(Deed::In));
        assert_eq!(next(Mode::DepartureOnly, State::Expected), Some(Deed::Out));
        assert_eq!(next(Mode::DepartureOnly, State::Left), None);
        assert_eq!(next(Mode::ByException, State::Expected), Some(Deed::Absent));
        assert_eq!(next(Mode::ByException, State::Absent), Some(Deed::In));
    }
}
