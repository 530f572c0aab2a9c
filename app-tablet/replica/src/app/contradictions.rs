//! Contradictions: each told in one sentence, with the choices that settle it. A choice is one
//! more mark made with both sides in view; where one mark cannot say it, several in one
//! transaction.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::day_list::DayList;
use shared::digest::SheetRef;
use shared::fold::{Conflict, Fold, Marks, history};
use shared::ids::{ActivityId, ChildId, MarkId, SiteId};
use shared::mark::{Because, Kind, Mark};
use shared::mode::Mode;
use shared::screen::{Choice, Contradiction};
use shared::time::UtcMs;
use shared::words::{day as day_label, hour};

use super::Inner;
use super::said::{Makers, say};
use crate::day::known;
use crate::error::ReplicaError;
use crate::point::{Draft, Target};
use crate::tablet::Tablet;

/// How long before a departure a forgotten arrival is put where the list opened later, in ms.
const BEFORE_MS: i64 = 60_000;

/// A choice and the marks it makes.
pub(super) struct Way {
    pub(super) id: String,
    name: String,
    pub(super) drafts: Vec<Draft>,
}

/// A contradiction with its ways out.
pub(super) struct Open {
    sentence: String,
    who: Option<String>,
    place: String,
    pub(super) ways: Vec<Way>,
}

impl Open {
    pub(super) fn shown(&self) -> Contradiction {
        Contradiction {
            sentence: self.sentence.clone(),
            who: self.who.clone(),
            place: self.place.clone(),
            choices: self
                .ways
                .iter()
                .map(|way| Choice {
                    id: way.id.clone(),
                    name: way.name.clone(),
                })
                .collect(),
        }
    }
}

/// All that is needed to speak of one date.
struct Telling<'i> {
    inner: &'i Inner,
    date: NaiveDate,
    zone: chrono_tz::Tz,
    fold: std::sync::Arc<Fold>,
    /// Under the ids of today: a child recognised since has one name.
    marks: Marks,
    /// As they were made: what is undone or repeated keeps its child's id.
    made: Marks,
    times: BTreeMap<MarkId, UtcMs>,
    makers: Makers,
    names: BTreeMap<ChildId, String>,
    activities: BTreeMap<ActivityId, String>,
    sites: BTreeMap<SiteId, String>,
    lists: Vec<std::sync::Arc<DayList>>,
    modes: shared::fold::Modes,
}

impl Inner {
    /// Every contradiction on this tablet's sheets, newest date first.
    pub(super) fn contradictions(&self, tablet: &mut Tablet) -> Result<Vec<Open>, ReplicaError> {
        let mut by_date: BTreeMap<NaiveDate, Vec<Conflict>> = BTreeMap::new();
        for (date, conflict) in tablet.conflicts()? {
            by_date.entry(date).or_default().push(conflict);
        }
        let counted = by_date.iter().map(|(date, all)| (*date, all.len()));
        self.count_conflicts(counted.collect());
        let mut all = Vec::new();
        for (date, conflicts) in by_date.into_iter().rev() {
            let telling = self.telling(tablet, date)?;
            all.extend(conflicts.iter().map(|conflict| telling.open(conflict)));
        }
        Ok(all)
    }

    fn telling(&self, tablet: &mut Tablet, date: NaiveDate) -> Result<Telling<'_>, ReplicaError> {
        let fold = tablet.fold_of_date(&mut *self.lists()?, date)?;
        let makers = self.makers(tablet, &fold)?;
        let activities = self.activity_names(tablet)?;
        let made = tablet.marks_of_date(date)?;
        let names = self.child_names(tablet, date, &fold, &made)?;
        let mut opened = self.lists()?;
        let (aliases, modes) = tablet.names_and_modes(&mut opened, date)?;
        let mut lists = Vec::new();
        for site in tablet.enrolled()?.sites() {
            lists.push(tablet.list_of(&mut opened, &SheetRef { site: *site, date })?.0);
        }
        let marks = made.known_as(&aliases);
        Ok(Telling {
            inner: self,
            date,
            zone: tablet.zone(),
            times: history(&marks).times,
            marks,
            made,
            makers,
            names,
            activities,
            sites: {
                let cards = tablet.cards(&mut opened)?;
                super::shown::site_names(&cards)
            },
            lists,
            modes,
            fold,
        })
    }

    /// First and last names of the children that marks of a date speak of.
    pub(super) fn child_names(
        &self,
        tablet: &mut Tablet,
        date: NaiveDate,
        fold: &Fold,
        marks: &Marks,
    ) -> Result<BTreeMap<ChildId, String>, ReplicaError> {
        let mut lists = self.lists()?;
        let described = tablet.described(&mut lists, fold)?;
        let town = tablet.town(&mut lists)?;
        let mut days = Vec::new();
        let mut aliases = BTreeMap::new();
        for site in tablet.enrolled()?.sites().to_vec() {
            let (list, _) = tablet.list_of(&mut lists, &SheetRef { site, date })?;
            aliases.extend(list.aliases.iter().map(|alias| (alias.unknown, alias.child)));
            days.push(list);
        }
        let called = |child: ChildId| {
            let child = aliases.get(&child).copied().unwrap_or(child);
            let listed = days.iter().find_map(|list| list.child(child));
            let (first, last) = match (listed, known(&town, &described, child)) {
                (Some(child), _) => (child.first_name.clone(), child.last_name.clone()),
                (None, Some(known)) => (known.first_name, known.last_name),
                (None, None) => (self.words.t("core-unknown-child"), String::new()),
            };
            format!("{first} {last}").trim().to_owned()
        };
        let children = marks.iter().filter_map(|(_, _, mark)| mark.child);
        Ok(children.map(|child| (child, called(child))).collect())
    }
}

impl Telling<'_> {
    fn open(&self, conflict: &Conflict) -> Open {
        let marks = conflict.marks();
        let about = marks.iter().find_map(|id| self.marks.get(*id));
        let child = conflict
            .child()
            .or_else(|| about.and_then(|(_, mark)| mark.child));
        let activity = match conflict {
            Conflict::PresentAndAbsent { activity, .. } => Some(*activity),
            _ => about.map(|(_, mark)| mark.activity),
        };
        let who = child.map(|child| self.name(child));
        let place = match activity.and_then(|activity| self.activities.get(&activity)) {
            Some(name) => format!("{name}, {}", day_label(self.date)),
            None => day_label(self.date),
        };
        let subject = match &who {
            Some(who) => format!("{who}, {place}"),
            None => place.clone(),
        };
        let (said, ways) = match conflict {
            Conflict::PresentAndAbsent { present, absent, .. } => self.here_or_not(*present, *absent),
            Conflict::OutBeforeIn { out, .. } => self.never_arrived(*out),
            Conflict::TwoSites { a, b, .. } => self.at_two_sites(*a, *b),
            Conflict::TwoCorrections { of, a, b, .. } => self.corrected_twice(*of, *a, *b),
            Conflict::TwoValues { mark } => self.two_values(*mark),
            Conflict::ClockJumped { before, after, .. } => self.clock_jumped(*before, *after),
        };
        let ids: Vec<String> = marks.iter().map(ToString::to_string).collect();
        let prefix = format!("{}/{}", conflict.kind(), ids.join("+"));
        Open {
            sentence: self.say("core-conflict", &[("subject", &subject), ("said", &said)]),
            who,
            place,
            ways: ways
                .into_iter()
                .map(|(word, name, drafts)| Way {
                    id: format!("{prefix}/{word}"),
                    name,
                    drafts: drafts
                        .into_iter()
                        .map(|draft| draft.seeing(marks.clone()))
                        .collect(),
                })
                .collect(),
        }
    }

    fn say(&self, key: &str, facts: &[(&str, &str)]) -> String {
        say(&self.inner.words, key, facts)
    }

    fn name(&self, child: ChildId) -> String {
        let unknown = || self.inner.words.t("core-unknown-child");
        self.names.get(&child).cloned().unwrap_or_else(unknown)
    }

    fn at(&self, mark: MarkId) -> UtcMs {
        self.times.get(&mark).copied().unwrap_or_default()
    }

    fn hour(&self, at: UtcMs) -> String {
        hour(at.time_in(self.zone))
    }

    /// « la tablette 3F2A (Nadia Benali) ».
    fn maker(&self, id: MarkId) -> String {
        let mark = self.made.get(id).map(|(_, mark)| mark);
        mark.map(|mark| self.makers.in_sentence(&self.inner.words, mark))
            .unwrap_or_default()
    }

    /// « une arrivée ».
    fn deed(&self, mark: &Mark) -> String {
        let words = &self.inner.words;
        match mark.kind {
            Kind::In => words.t("core-deed-in"),
            Kind::Out => words.t("core-deed-out"),
            Kind::Absent { .. } => words.t("core-deed-absent"),
            Kind::Close { .. } => words.t("core-deed-close"),
            Kind::Reopen => words.t("core-deed-reopen"),
            Kind::Transfer { .. } => words.t("core-deed-transfer"),
            Kind::Correct { .. }
            | Kind::Void { .. }
            | Kind::Note { .. }
            | Kind::Welcome { .. }
            | Kind::Stranger { .. } => words.t("core-deed-other"),
        }
    }

    fn site(&self, site: SiteId) -> String {
        self.sites.get(&site).cloned().unwrap_or_default()
    }

    fn target(&self, site: SiteId, activity: ActivityId) -> Target {
        Target {
            site,
            date: self.date,
            activity,
        }
    }

    /// The mark that undoes another.
    fn undo(&self, mark: MarkId) -> Option<Draft> {
        let (site, of) = self.made.get(mark)?;
        let kind = Kind::Void { replaces: mark };
        Some(Draft::new(self.target(site, of.activity), of.child, kind))
    }

    /// The mark that corrects the time of another.
    fn correct(&self, mark: MarkId, at: UtcMs, why: Option<Because>) -> Option<Draft> {
        let (site, of) = self.made.get(mark)?;
        let kind = Kind::Correct {
            replaces: mark,
            at,
            why,
        };
        Some(Draft::new(self.target(site, of.activity), of.child, kind))
    }

    fn here_or_not(&self, present: MarkId, absent: MarkId) -> (String, Vec<Choices>) {
        let (Some((site, p)), Some((_, a))) = (self.made.get(present), self.made.get(absent)) else {
            return nothing();
        };
        let said = self.say(
            "core-conflict-present-absent",
            &[
                ("here", &self.maker(present)),
                ("what", &self.deed(p)),
                ("at", &self.hour(self.at(present))),
                ("there", &self.maker(absent)),
                ("then", &self.hour(self.at(absent))),
            ],
        );
        let target = self.target(site, p.activity);
        // The same again at the same time, now with the absence in view.
        let here = Draft::new(target, p.child, p.kind.clone()).stated(Some(self.at(present)));
        let not = Draft::new(target, p.child, a.kind.clone());
        let ways = vec![
            (
                "present",
                self.inner
                    .words
                    .t1("core-settle-present", "at", self.hour(self.at(present))),
                vec![here.formula(p.formula)],
            ),
            ("absent", self.inner.words.t("core-settle-absent"), vec![not]),
        ];
        (said, ways)
    }

    fn never_arrived(&self, out: MarkId) -> (String, Vec<Choices>) {
        let Some((site, mark)) = self.made.get(out) else {
            return nothing();
        };
        let left = self.at(out);
        let said = self.say(
            "core-conflict-out-before-in",
            &[("here", &self.maker(out)), ("at", &self.hour(left))],
        );
        let opens = self
            .lists
            .iter()
            .filter(|list| list.site == site)
            .flat_map(|list| &list.activities)
            .find(|a| a.id == mark.activity)
            .map(|a| UtcMs::at_civil(self.date, a.opens.time(), self.zone));
        let before = left.plus_ms(-BEFORE_MS);
        let arrived = opens.map_or(before, |opens| opens.min(before));
        let arrival =
            Draft::new(self.target(site, mark.activity), mark.child, Kind::In).stated(Some(arrived));
        let words = &self.inner.words;
        let ways = vec![
            (
                "arrived",
                words.t1("core-settle-arrived", "at", self.hour(arrived)),
                vec![arrival],
            ),
            (
                "undo",
                words.t("core-settle-undo-out"),
                self.undo(out).into_iter().collect(),
            ),
        ];
        (said, ways)
    }

    fn at_two_sites(&self, a: MarkId, b: MarkId) -> (String, Vec<Choices>) {
        let (Some((here, first)), Some((there, second))) = (self.marks.get(a), self.marks.get(b)) else {
            return nothing();
        };
        let Some(child) = first.child else {
            return nothing();
        };
        let (mine, theirs) = ((here, child, first.activity), (there, child, second.activity));
        let said = self.say(
            "core-conflict-two-sites",
            &[
                ("site", &self.site(here)),
                ("at", &self.hour(self.at(a))),
                ("here", &self.maker(a)),
                ("other", &self.site(there)),
                ("then", &self.hour(self.at(b))),
                ("there", &self.maker(b)),
            ],
        );
        let words = &self.inner.words;
        let mut ways = vec![
            (
                "first",
                words.t1("core-settle-only-at", "site", self.site(here)),
                self.undo_stay(theirs),
            ),
            (
                "second",
                words.t1("core-settle-only-at", "site", self.site(there)),
                self.undo_stay(mine),
            ),
        ];
        let came = self.at(b);
        let goes = self.modes.get(&first.activity) != Some(&Mode::Presence);
        if goes && came > self.at(a) {
            let departure = Draft::new(
                self.target(here, first.activity),
                self.made.get(a).and_then(|(_, mark)| mark.child),
                Kind::Out,
            );
            let facts = [("site", self.site(here)), ("at", self.hour(came))];
            let facts: Vec<(&str, &str)> = facts.iter().map(|(k, v)| (*k, v.as_str())).collect();
            ways.insert(
                0,
                (
                    "moved",
                    self.say("core-settle-left", &facts),
                    vec![departure.stated(Some(came))],
                ),
            );
        }
        (said, ways)
    }

    /// Undoes all that was pointed of a child on one list of one site.
    fn undo_stay(&self, stay: (SiteId, ChildId, ActivityId)) -> Vec<Draft> {
        let marks = self
            .fold
            .presences
            .get(&stay)
            .map(|presence| presence.marks.clone());
        let of_stay = |id: &MarkId| {
            let moves = |(site, mark): (SiteId, &Mark)| {
                site == stay.0 && mark.activity == stay.2 && matches!(mark.kind, Kind::In | Kind::Out)
            };
            self.made.get(*id).is_some_and(moves)
        };
        let marks = marks.unwrap_or_default().into_iter().filter(of_stay);
        marks.filter_map(|id| self.undo(id)).collect()
    }

    fn corrected_twice(&self, of: MarkId, a: MarkId, b: MarkId) -> (String, Vec<Choices>) {
        let correction = |id: MarkId| match self.made.get(id).map(|(_, mark)| &mark.kind) {
            Some(Kind::Correct { at, why, .. }) => Some((*at, *why)),
            _ => None,
        };
        let (Some(one), Some(two)) = (correction(a), correction(b)) else {
            return nothing();
        };
        let Some((_, mark)) = self.made.get(of) else {
            return nothing();
        };
        let said = self.say(
            "core-conflict-two-corrections",
            &[
                ("what", &self.deed(mark)),
                ("here", &self.maker(a)),
                ("at", &self.hour(one.0)),
                ("there", &self.maker(b)),
                ("then", &self.hour(two.0)),
            ],
        );
        // Without a child nobody's view is known: the other correction is undone instead.
        let settle = |(at, why): (UtcMs, Option<Because>), other: MarkId| match mark.child {
            Some(_) => self.correct(of, at, why),
            None => self.undo(other),
        };
        let time = |at| self.inner.words.t1("core-settle-time", "at", self.hour(at));
        let ways = vec![
            ("first", time(one.0), settle(one, b).into_iter().collect()),
            ("second", time(two.0), settle(two, a).into_iter().collect()),
        ];
        (said, ways)
    }

    fn two_values(&self, mark: MarkId) -> (String, Vec<Choices>) {
        let values: Vec<(SiteId, &Mark)> = self.made.values(mark).collect();
        let time = |mark: &Mark| {
            let measured = mark.device_time.plus_ms(mark.offset_ms.unwrap_or(0));
            mark.stated.unwrap_or(measured)
        };
        let told = |(_, mark): &(SiteId, &Mark)| {
            let facts = [("what", self.deed(mark)), ("at", self.hour(time(mark)))];
            let facts: Vec<(&str, &str)> = facts.iter().map(|(k, v)| (*k, v.as_str())).collect();
            self.say("core-deed-at", &facts)
        };
        let all: Vec<String> = values.iter().map(told).collect();
        let said = self.say("core-conflict-two-values", &[("values", &all.join(" ; "))]);
        let words = ["first", "second", "third", "fourth"];
        let mut ways = Vec::new();
        for ((word, value), told) in words.into_iter().zip(&values).zip(&all) {
            let (site, of) = value;
            if !matches!(of.kind, Kind::In | Kind::Out | Kind::Absent { .. }) {
                continue;
            }
            let again = Draft::new(self.target(*site, of.activity), of.child, of.kind.clone())
                .formula(of.formula)
                .stated(Some(time(of)));
            let name = self.inner.words.t1("core-settle-keep", "what", told.as_str());
            ways.push((word, name, self.undo(mark).into_iter().chain([again]).collect()));
        }
        let neither = self.inner.words.t("core-settle-undo");
        ways.push(("undo", neither, self.undo(mark).into_iter().collect()));
        (said, ways)
    }

    fn clock_jumped(&self, before: MarkId, after: MarkId) -> (String, Vec<Choices>) {
        let (Some((_, b)), Some((_, a))) = (self.made.get(before), self.made.get(after)) else {
            return nothing();
        };
        let at = self.at(after);
        let said = self.say(
            "core-conflict-clock",
            &[
                ("here", &self.maker(after)),
                ("what", &self.deed(a)),
                ("at", &self.hour(at)),
            ],
        );
        let time = |at| self.inner.words.t1("core-settle-time", "at", self.hour(at));
        let stated = |at| {
            self.correct(after, at, Some(Because::Clock))
                .into_iter()
                .collect::<Vec<_>>()
        };
        let mut ways = vec![("kept", time(at), stated(at))];
        // The time that passed by the clock nobody can set.
        let passed = i64::try_from(a.mono_ms).unwrap_or(0) - i64::try_from(b.mono_ms).unwrap_or(0);
        let measured = self.at(before).plus_ms(passed);
        if before != after && a.boot == b.boot && self.hour(measured) != self.hour(at) {
            ways.push(("measured", time(measured), stated(measured)));
        }
        let neither = self.inner.words.t("core-settle-undo");
        ways.push(("undo", neither, self.undo(after).into_iter().collect()));
        (said, ways)
    }
}

/// The word of a choice in its id, its name, its marks.
type Choices = (&'static str, String, Vec<Draft>);

/// A contradiction whose marks are not here: nothing can be said or done.
fn nothing() -> (String, Vec<Choices>) {
    (String::new(), Vec::new())
}
