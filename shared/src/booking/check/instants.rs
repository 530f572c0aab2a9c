//! What only dates show: moments that come too late, too early, or that nobody can say.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::{Example, Flaw, LineAt, Table};
use crate::booking::ground::{ChildFacts, Ground, SessionKey};
use crate::booking::moment::{instant, opening};
use crate::booking::when::{fits, on_weekday, speaks_of, takes_place};
use crate::ids::{ChildId, FormulaId, SchoolId};
use crate::operation::{ActivityRecord, Case, Delay, Moment, RuleSetRecord};
use crate::time::UtcMs;

/// For how long sessions are tried: a school year and the holidays after it.
const TRIED_DAYS: u64 = 400;

struct Tried<'a> {
    set: &'a RuleSetRecord,
    ground: &'a Ground,
    child: &'a ChildFacts,
    session: SessionKey,
    formula: Option<FormulaId>,
}

pub(super) fn check(set: &RuleSetRecord, ground: &Ground, flaws: &mut Vec<Flaw>) {
    let cases = || {
        let openings = set.openings.iter().map(|line| &line.case);
        let delays = set.add.iter().chain(&set.cancel).map(|line| &line.case);
        openings.chain(delays)
    };
    let by_site = cases().any(|case: &Case| !case.sites.is_empty());
    let by_formula = cases().any(|case: &Case| !case.formulas.is_empty());
    let children = children(ground);
    let mut found = Vec::new();
    let dates = set.from.iter_days().take_while(|date| {
        let far = set
            .from
            .checked_add_days(Days::new(TRIED_DAYS))
            .is_some_and(|last| *date <= last);
        far && set.until.is_none_or(|until| *date <= until)
    });
    'dates: for date in dates {
        for activity in set.activities.iter().filter_map(|id| ground.activities.get(id)) {
            for (site, formula) in whereabouts(activity, by_site, by_formula) {
                let session = SessionKey {
                    activity: activity.id,
                    site,
                    date,
                };
                for child in &children {
                    match takes_place(&session, child, ground) {
                        Some(true) => {}
                        Some(false) => continue,
                        None => {
                            found.push(Flaw::CalendarEnds(date));
                            break 'dates;
                        }
                    }
                    let tried = Tried {
                        set,
                        ground,
                        child,
                        session,
                        formula,
                    };
                    tried.delays(Table::Add, &set.add, &mut found);
                    tried.delays(Table::Cancel, &set.cancel, &mut found);
                    tried.window(&mut found);
                    tried.examples(flaws);
                }
            }
        }
    }
    once(found, flaws);
}

/// The first of each kind for each line.
fn once(found: Vec<Flaw>, flaws: &mut Vec<Flaw>) {
    let mut told = BTreeSet::new();
    for flaw in found {
        let key = match flaw {
            Flaw::NotComputable { at, .. } => (0, Some(at), 0),
            Flaw::AfterStart { at, .. } => (1, Some(at), 0),
            Flaw::AfterEnd { at, .. } => (2, Some(at), 0),
            Flaw::StageTooEarly { at, stage, .. } => (3, Some(at), stage),
            Flaw::OpensAfterClosing { line, .. } => (4, None, line),
            Flaw::OpensAfterDeadline { line, .. } => (5, None, line),
            _ => (6, None, 0),
        };
        if told.insert(key) {
            flaws.push(flaw);
        }
    }
}

fn whereabouts(
    activity: &ActivityRecord,
    by_site: bool,
    by_formula: bool,
) -> Vec<(crate::ids::SiteId, Option<FormulaId>)> {
    let sites = activity.sites.iter().take(if by_site { usize::MAX } else { 1 });
    let formulas: Vec<Option<FormulaId>> = match (by_formula, activity.formulas.as_slice()) {
        (_, []) => vec![None],
        (true, all) => all.iter().map(|formula| Some(formula.id)).collect(),
        (false, [first, ..]) => vec![Some(first.id)],
    };
    sites
        .flat_map(|site| formulas.iter().map(|formula| (*site, *formula)))
        .collect()
}

/// A child of a school of each rhythm, as nobody else matters to when a moment is.
fn children(ground: &Ground) -> Vec<ChildFacts> {
    let mut rhythms = BTreeSet::new();
    let schools = ground.schools.values().filter(|school| !school.retired);
    let schools = schools.filter(|school| rhythms.insert(school.half_days));
    let mut all: Vec<ChildFacts> = schools.map(|school| child(Some(school.id))).collect();
    if all.is_empty() {
        all.push(child(None));
    }
    all
}

fn child(school: Option<SchoolId>) -> ChildFacts {
    ChildFacts {
        id: ChildId(Uuid::nil()),
        first_name: String::new(),
        born: NaiveDate::default(),
        school,
        class: None,
        levels: Vec::new(),
        left_on: None,
        households: Vec::new(),
        custody: None,
        decides: true,
        documents: Vec::new(),
    }
}

impl Tried<'_> {
    fn at(&self, moment: &Moment) -> Option<UtcMs> {
        instant(moment, &self.session, self.child, self.ground)
    }

    fn line<'d>(&self, delays: &'d [Delay]) -> Option<(usize, &'d Delay)> {
        let speaks = |case| fits(case, &self.session, self.formula, self.child, self.ground);
        delays.iter().enumerate().find(|(_, delay)| speaks(&delay.case))
    }

    fn delays(&self, table: Table, delays: &[Delay], found: &mut Vec<Flaw>) {
        let date = self.session.date;
        let Some((line, delay)) = self.line(delays) else {
            return;
        };
        let at = LineAt {
            table,
            line: line + 1,
        };
        let Some(deadline) = self.at(&delay.until) else {
            return found.push(Flaw::NotComputable { at, date });
        };
        let after = |moment| self.at(&moment).is_some_and(|then| deadline > then);
        // What is fixed whatever the session ends when it begins.
        if !matches!(delay.until, Moment::At { .. } | Moment::End) {
            if after(Moment::End) {
                found.push(Flaw::AfterEnd { at, date });
            } else if after(Moment::Start) {
                found.push(Flaw::AfterStart { at, date });
            }
        }
        let mut before = deadline;
        for (stage, late) in delay.late.iter().enumerate() {
            let Some(until) = self.at(&late.until) else {
                return found.push(Flaw::NotComputable { at, date });
            };
            if until <= before {
                let stage = stage + 1;
                found.push(Flaw::StageTooEarly { at, stage, date });
            }
            before = before.max(until);
        }
    }

    fn window(&self, found: &mut Vec<Flaw>) {
        let (set, date) = (self.set, self.session.date);
        let speaks = |case| speaks_of(case, &self.session, self.child, self.ground);
        let Some((line, window)) = set
            .openings
            .iter()
            .enumerate()
            .find(|(_, line)| speaks(&line.case))
        else {
            return;
        };
        let line = line + 1;
        let table = Table::Openings;
        let from = window
            .from
            .as_ref()
            .map(|from| opening(from, &self.session, self.child, self.ground));
        let until = window.until.as_ref().map(|until| self.at(until));
        if from == Some(None) || until == Some(None) {
            let at = LineAt { table, line };
            return found.push(Flaw::NotComputable { at, date });
        }
        let Some(from) = from.flatten() else {
            return;
        };
        if until.flatten().is_some_and(|until| until < from) {
            found.push(Flaw::OpensAfterClosing { line, date });
        }
        let last = match self.line(&set.add) {
            Some((_, delay)) => {
                let stages = delay.late.iter().map(|late| &late.until);
                stages
                    .chain([&delay.until])
                    .filter_map(|moment| self.at(moment))
                    .max()
            }
            None => self.at(&Moment::Start),
        };
        // A window that is fixed is past for what was before it.
        if last.is_some_and(|last| last < from) && !matches!(window.from, Some(Moment::At { .. })) {
            found.push(Flaw::OpensAfterDeadline { line, date });
        }
    }

    /// Shows each contradiction between delays on the first session where they differ.
    fn examples(&self, flaws: &mut [Flaw]) {
        for flaw in flaws {
            let Flaw::Contradiction {
                at,
                counts,
                example: example @ None,
            } = flaw
            else {
                continue;
            };
            let delays = match at.table {
                Table::Add => &self.set.add,
                Table::Cancel => &self.set.cancel,
                Table::Openings | Table::Conditions | Table::Places | Table::Prices => continue,
            };
            let (Some(line), Some(first)) = (delays.get(at.line - 1), delays.get(*counts - 1)) else {
                continue;
            };
            let speaks = |case: &Case| fits(case, &self.session, self.formula, self.child, self.ground);
            if !on_weekday(line.case.weekdays, self.session.date) || !speaks(&line.case) {
                continue;
            }
            if let (Some(counts), Some(other)) = (self.at(&first.until), self.at(&line.until))
                && counts != other
            {
                *example = Some(Example {
                    date: self.session.date,
                    counts,
                    other,
                });
            }
        }
    }
}
