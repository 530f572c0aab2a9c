//! Lines that never count, lines that contradict each other, sessions that no line speaks of.

use std::collections::{BTreeMap, BTreeSet};

use super::{Flaw, LineAt, Table};
use crate::booking::ground::Ground;
use crate::ids::{ActivityId, FormulaId, SiteId};
use crate::operation::{Case, Payment, RuleSetRecord, Season};

/// Sessions that no line can tell apart, but by their dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Atom {
    activity: ActivityId,
    site: SiteId,
    formula: Option<FormulaId>,
    weekday: u8,
    part: Part,
}

/// A part of the school year; these do not overlap as seasons do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    School,
    FirstDayBack,
    Holidays,
}

const PARTS: [Part; 3] = [Part::School, Part::FirstDayBack, Part::Holidays];

impl Atom {
    fn fits(&self, case: &Case) -> bool {
        let season = match case.season {
            Season::Any => true,
            Season::School => self.part != Part::Holidays,
            Season::Holidays => self.part == Part::Holidays,
            Season::FirstDayBack => self.part == Part::FirstDayBack,
        };
        season
            && case.weekdays >> self.weekday & 1 == 1
            && (case.sites.is_empty() || case.sites.contains(&self.site))
            && (case.activities.is_empty() || case.activities.contains(&self.activity))
            && (case.formulas.is_empty() || self.formula.is_some_and(|one| case.formulas.contains(&one)))
    }

    /// As it is, in whatever formula.
    fn is_there(&self, case: &Case) -> bool {
        let any = Case {
            formulas: Vec::new(),
            ..case.clone()
        };
        self.fits(&any)
    }
}

/// A line as far as tables are concerned.
struct Line<'a> {
    case: &'a Case,
    /// Which lines before may keep it from counting at all.
    covers: Box<dyn Fn(usize) -> bool + 'a>,
    /// Which lines say the same.
    same: Box<dyn Fn(usize) -> bool + 'a>,
}

pub(super) fn check(set: &RuleSetRecord, ground: &Ground, flaws: &mut Vec<Flaw>) {
    let all = atoms(set, ground);
    let offered: Vec<Atom> = all.iter().copied().filter(|atom| is_offered(set, atom)).collect();
    never_offered(&all, &offered, flaws);
    let whole = |_| true;
    let (add, cancel, prices, places) = (&set.add, &set.cancel, &set.prices, &set.places);
    let delays = [(Table::Add, add), (Table::Cancel, cancel)];
    for (table, delays) in delays {
        let lines: Vec<Line<'_>> = delays
            .iter()
            .map(|delay| Line {
                case: &delay.case,
                covers: Box::new(whole),
                same: Box::new(|other| {
                    let other = &delays[other];
                    (&other.until, &other.late, other.strict) == (&delay.until, &delay.late, delay.strict)
                }),
            })
            .collect();
        order(table, &lines, &offered, flaws);
        holes(table, &lines, &offered, set, flaws);
    }
    let openings = &set.openings;
    let lines: Vec<Line<'_>> = openings
        .iter()
        .map(|line| Line {
            case: &line.case,
            covers: Box::new(whole),
            same: Box::new(|other| {
                let other = &openings[other];
                (other.from, other.until) == (line.from, line.until)
            }),
        })
        .collect();
    order(Table::Openings, &lines, &offered, flaws);
    let lines: Vec<Line<'_>> = prices
        .iter()
        .map(|line| Line {
            case: &line.case,
            covers: Box::new(whole),
            same: Box::new(|other| prices[other].cents == line.cents),
        })
        .collect();
    order(Table::Prices, &lines, &offered, flaws);
    holes(Table::Prices, &lines, &offered, set, flaws);
    let lines: Vec<Line<'_>> = places
        .iter()
        .map(|line| Line {
            case: &line.case,
            covers: Box::new(|before| {
                let before = &places[before];
                before.group == line.group
                    && before
                        .from
                        .is_none_or(|from| line.from.is_some_and(|own| from <= own))
                    && before
                        .until
                        .is_none_or(|until| line.until.is_some_and(|own| own <= until))
            }),
            same: Box::new(|other| places[other].places == line.places),
        })
        .collect();
    order(Table::Places, &lines, &offered, flaws);
}

/// All sessions that may be told apart, whether the set leaves room for them or not.
fn atoms(set: &RuleSetRecord, ground: &Ground) -> Vec<Atom> {
    let mut all = Vec::new();
    let activities = set.activities.iter().filter_map(|id| ground.activities.get(id));
    for activity in activities.filter(|activity| !activity.retired) {
        let formulas: Vec<Option<FormulaId>> = if activity.formulas.is_empty() {
            vec![None]
        } else {
            activity.formulas.iter().map(|formula| Some(formula.id)).collect()
        };
        for site in &activity.sites {
            for formula in &formulas {
                for weekday in (0..7).filter(|day| activity.weekdays >> day & 1 == 1) {
                    all.extend(PARTS.map(|part| Atom {
                        activity: activity.id,
                        site: *site,
                        formula: *formula,
                        weekday,
                        part,
                    }));
                }
            }
        }
    }
    all
}

/// Whether the set leaves room for sessions: as `held_in_holidays` and `held_in_school` say of a date.
fn is_offered(set: &RuleSetRecord, atom: &Atom) -> bool {
    if atom.part == Part::Holidays {
        let openings = set.openings.iter().map(|line| &line.case);
        let places = set.places.iter().map(|line| &line.case);
        let prices = set.prices.iter().map(|line| &line.case);
        let mut all = openings.chain(places).chain(prices);
        return all.any(|case| case.season == Season::Holidays && atom.is_there(case));
    }
    let open = set.openings.is_empty() || set.openings.iter().any(|line| atom.is_there(&line.case));
    let prices: Vec<&Case> = set
        .prices
        .iter()
        .map(|line| &line.case)
        .filter(|case| case.activities.is_empty() || case.activities.contains(&atom.activity))
        .filter(|case| case.sites.is_empty() || case.sites.contains(&atom.site))
        .collect();
    open && (prices.is_empty() || prices.iter().any(|case| case.season != Season::Holidays))
}

fn never_offered(all: &[Atom], offered: &[Atom], flaws: &mut Vec<Flaw>) {
    let days = |atoms: &[Atom]| {
        let mut days: BTreeMap<ActivityId, u8> = BTreeMap::new();
        for atom in atoms {
            *days.entry(atom.activity).or_default() |= 1 << atom.weekday;
        }
        days
    };
    let offered = days(offered);
    for (activity, weekdays) in days(all) {
        let weekdays = weekdays & !offered.get(&activity).copied().unwrap_or(0);
        if weekdays != 0 {
            flaws.push(Flaw::NeverOffered { activity, weekdays });
        }
    }
}

/// Lines that never count, and lines that contradict each other.
fn order(table: Table, lines: &[Line<'_>], offered: &[Atom], flaws: &mut Vec<Flaw>) {
    let speaks: Vec<BTreeSet<&Atom>> = lines
        .iter()
        .map(|line| offered.iter().filter(|atom| atom.fits(line.case)).collect())
        .collect();
    for (at, line) in lines.iter().enumerate() {
        let (own, here) = (&speaks[at], LineAt { table, line: at + 1 });
        if own.is_empty() {
            flaws.push(Flaw::SpeaksOfNothing(here));
            continue;
        }
        let before: Vec<usize> = (0..at).filter(|one| (line.covers)(*one)).collect();
        let whole = |one: &&usize| own.is_subset(&speaks[**one]);
        if let Some(one) = before.iter().find(whole) {
            let counts = one + 1;
            flaws.push(if (line.same)(*one) {
                Flaw::Needless { at: here, counts }
            } else {
                Flaw::Contradiction {
                    at: here,
                    counts,
                    example: None,
                }
            });
            continue;
        }
        if own
            .iter()
            .all(|atom| before.iter().any(|one| speaks[*one].contains(atom)))
        {
            flaws.push(Flaw::NeverReached(here));
            continue;
        }
        let across = before.iter().find(|one| {
            let other = &speaks[**one];
            // The first day back is an exception to any other line, and is meant to be.
            let exception = lines[**one].case.season == Season::FirstDayBack;
            !exception && !other.is_subset(own) && !other.is_disjoint(own) && !(line.same)(**one)
        });
        flaws.extend(across.map(|one| Flaw::Overlap {
            at: here,
            counts: one + 1,
        }));
    }
}

/// Sessions that no line of a table speaks of, where the table says anything at all.
fn holes(table: Table, lines: &[Line<'_>], offered: &[Atom], set: &RuleSetRecord, flaws: &mut Vec<Flaw>) {
    if lines.is_empty() {
        return;
    }
    let at_booking = matches!(set.payment, Payment::AtBooking { .. });
    for activity in &set.activities {
        let of_it: Vec<&Atom> = offered.iter().filter(|atom| atom.activity == *activity).collect();
        let bare = |atom: &&&Atom| !lines.iter().any(|line| atom.fits(line.case));
        // The weekdays that lack a line, by part of the year, site and formula.
        let mut lacking: BTreeMap<Part, BTreeMap<(SiteId, Option<FormulaId>), u8>> = BTreeMap::new();
        for atom in &of_it {
            let days = lacking.entry(atom.part).or_default();
            *days.entry((atom.site, atom.formula)).or_default() |= u8::from(bare(&atom)) << atom.weekday;
        }
        for (season, days) in seasons(lacking) {
            let rows = told_together(&days);
            for (site, formula, weekdays) in rows.into_iter().filter(|(.., weekdays)| *weekdays != 0) {
                flaws.push(Flaw::Uncovered {
                    table,
                    activity: *activity,
                    site,
                    formula,
                    weekdays,
                    season,
                    at_booking,
                });
            }
        }
    }
}

/// Weekdays by site and formula, told for all sites, all formulas or both where they are the same.
fn told_together(
    days: &BTreeMap<(SiteId, Option<FormulaId>), u8>,
) -> Vec<(Option<SiteId>, Option<FormulaId>, u8)> {
    let tellings = [
        |_: &(SiteId, Option<FormulaId>)| (None, None),
        |key: &(SiteId, Option<FormulaId>)| (None, key.1),
        |key: &(SiteId, Option<FormulaId>)| (Some(key.0), None),
        |key: &(SiteId, Option<FormulaId>)| (Some(key.0), key.1),
    ];
    for telling in tellings {
        let mut told: BTreeMap<_, BTreeSet<u8>> = BTreeMap::new();
        for (key, weekdays) in days {
            told.entry(telling(key)).or_default().insert(*weekdays);
        }
        if told.values().all(|one| one.len() == 1) {
            let rows = told.into_iter();
            return rows
                .filter_map(|((site, formula), one)| Some((site, formula, one.first().copied()?)))
                .collect();
        }
    }
    Vec::new()
}

/// Parts of the school year that lack the same, told together.
fn seasons<T: PartialEq>(mut lacking: BTreeMap<Part, T>) -> Vec<(Season, T)> {
    let back = lacking.remove(&Part::FirstDayBack);
    let school = lacking.remove(&Part::School);
    let holidays = lacking.remove(&Part::Holidays);
    let mut said = Vec::new();
    match (school, back) {
        (Some(school), Some(back)) if school == back => match holidays {
            Some(holidays) if holidays == school => said.push((Season::Any, school)),
            holidays => {
                said.push((Season::School, school));
                said.extend(holidays.map(|one| (Season::Holidays, one)));
            }
        },
        (school, back) => {
            said.extend(school.map(|one| (Season::School, one)));
            said.extend(back.map(|one| (Season::FirstDayBack, one)));
            said.extend(holidays.map(|one| (Season::Holidays, one)));
        }
    }
    said
}
