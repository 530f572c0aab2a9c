//! Reading and filling in what lines of several tables have in common.

use server_ui::desk::form::{Choice, Flaw, FormState};
use server_ui::desk::rules::{Choices, CostKind, MomentKind, STAGES_MOST, Word};
use shared::codec::Minute;
use shared::ids::{ActivityId, FormulaId, SiteId};
use shared::money::Cents;
use shared::operation::{Case, Cost, Count, Counted, Entrance, Late, Moment, Season, Verdict, Way};
use uuid::Uuid;

/// Longest sentence of the town's own.
pub(super) const WORDS_MOST: usize = 300;
/// Farthest that a moment lies before a session.
const NUMBER_MOST: i64 = 9_999;
/// The most that anything costs, in cents.
const CENTS_MOST: i64 = 10_000_000;
const ALL_DAYS: u8 = 0x7f;

/// As browsers send it.
pub(super) fn clock(at: Minute) -> String {
    at.time().format("%H:%M").to_string()
}

/// One of what can be chosen.
pub(super) fn offered<T>(choices: &[Choice], word: &str, make: impl Fn(Uuid) -> T) -> Option<T> {
    choices
        .iter()
        .any(|choice| choice.value == word)
        .then(|| word.parse().ok().map(make))
        .flatten()
}

/// An amount that may be left out.
pub(super) fn maybe_cents(form: &mut FormState, name: &str) -> Option<Cents> {
    let text = form.value(name).trim().to_owned();
    if text.is_empty() {
        return None;
    }
    let cents = Cents::parse(&text).filter(|cents| cents.0 <= CENTS_MOST);
    if cents.is_none() {
        form.flaw(name, Flaw::Said("desk-rules-not-an-amount"));
    }
    cents
}

/// An amount that must be there.
pub(super) fn cents(form: &mut FormState, name: &str) -> Cents {
    let before = form.flaws().len();
    maybe_cents(form, name).unwrap_or_else(|| {
        if form.flaws().len() == before {
            form.flaw(name, Flaw::Missing);
        }
        Cents::ZERO
    })
}

pub(super) fn fill_case(form: FormState, case: &Case) -> FormState {
    form.with_weekdays("jours", case.weekdays)
        .with("saison", case.season.word())
        .with_all("activites", case.activities.iter().map(ToString::to_string))
        .with_all("formules", case.formulas.iter().map(ToString::to_string))
        .with_all("sites", case.sites.iter().map(ToString::to_string))
}

pub(super) fn read_case(form: &mut FormState, choices: &Choices) -> Case {
    Case {
        weekdays: form.weekdays("jours"),
        season: form.choice("saison", Season::Any, Word::parse),
        sites: form.choices("sites", |word| offered(&choices.sites, word, SiteId)),
        formulas: form.choices("formules", |word| offered(&choices.formulas, word, FormulaId)),
        activities: form.choices("activites", |word| offered(&choices.activities, word, ActivityId)),
    }
}

/// The fields of an instant.
pub(super) fn fill_moment(form: FormState, prefix: &str, moment: Option<Moment>) -> FormState {
    let named = |part: &str| format!("{prefix}-{part}");
    let Some(moment) = moment else { return form };
    let kind = kind_of(moment);
    let form = form.with(named("quoi"), kind.word());
    let counted = |form: FormState, count: Count| {
        form.with(named("compte"), count.days.word())
            .with_weekdays(&named("sauf"), count.skipped)
    };
    match moment {
        Moment::Hours { hours, count } => counted(form, count).with(named("nombre"), hours.to_string()),
        Moment::Days { days, count, at } | Moment::Period { days, count, at } => counted(form, count)
            .with(named("nombre"), days.to_string())
            .with(named("heure"), clock(at)),
        Moment::Weekday {
            weekday,
            weeks,
            count,
            at,
        } => counted(form, count)
            .with(named("semaine"), weekday.to_string())
            .with(named("nombre"), weeks.to_string())
            .with(named("heure"), clock(at)),
        Moment::DayOfMonth {
            day,
            months,
            count,
            at,
        } => counted(form, count)
            .with(named("jour"), day.to_string())
            .with(named("nombre"), months.to_string())
            .with(named("heure"), clock(at)),
        Moment::LastSchoolDay { at } => form.with(named("heure"), clock(at)),
        Moment::Week { hours } => form.with(named("nombre"), hours.to_string()),
        Moment::At { date, second } => form.with(named("date"), date.to_string()).with(
            named("heure"),
            clock(Minute::new((second / 3_600) as u16, (second / 60 % 60) as u16)),
        ),
        Moment::Start | Moment::End => form,
    }
}

const fn kind_of(moment: Moment) -> MomentKind {
    match moment {
        Moment::Hours { .. } => MomentKind::Hours,
        Moment::Days { .. } => MomentKind::Days,
        Moment::Weekday { .. } => MomentKind::Weekday,
        Moment::DayOfMonth { .. } => MomentKind::DayOfMonth,
        Moment::LastSchoolDay { .. } => MomentKind::LastSchoolDay,
        Moment::Week { .. } => MomentKind::Week,
        Moment::Period { .. } => MomentKind::Period,
        Moment::At { .. } => MomentKind::At,
        Moment::Start => MomentKind::Start,
        Moment::End => MomentKind::End,
    }
}

/// An instant that may be left out.
pub(super) fn maybe_moment(form: &mut FormState, prefix: &str) -> Option<Moment> {
    let named = |part: &str| format!("{prefix}-{part}");
    let kind = form.maybe_choice(&named("quoi"), MomentKind::parse)?;
    let number = |form: &mut FormState, least, most| form.number(&named("nombre"), least, most);
    let at = |form: &mut FormState| form.time(&named("heure"));
    let count = |form: &mut FormState| Count {
        days: form
            .maybe_choice(&named("compte"), Counted::parse)
            .unwrap_or(Counted::Calendar),
        skipped: skipped(form, &named("sauf")),
    };
    Some(match kind {
        MomentKind::Hours => Moment::Hours {
            hours: small(number(form, 0, NUMBER_MOST)),
            count: count(form),
        },
        MomentKind::Days => Moment::Days {
            days: small(number(form, 0, 999)),
            count: count(form),
            at: at(form),
        },
        MomentKind::Weekday => Moment::Weekday {
            weekday: form.choice(&named("semaine"), 0, |word| {
                word.parse::<u8>().ok().filter(|day| *day < 7)
            }),
            weeks: small(number(form, 0, 52)),
            count: count(form),
            at: at(form),
        },
        MomentKind::DayOfMonth => Moment::DayOfMonth {
            day: small(form.number(&named("jour"), 1, 31)),
            months: small(number(form, 0, 24)),
            count: count(form),
            at: at(form),
        },
        MomentKind::LastSchoolDay => Moment::LastSchoolDay { at: at(form) },
        MomentKind::Week => Moment::Week {
            hours: small(number(form, 0, NUMBER_MOST)),
        },
        MomentKind::Period => Moment::Period {
            days: small(number(form, 0, 999)),
            count: count(form),
            at: at(form),
        },
        MomentKind::At => Moment::At {
            date: form.date(&named("date")),
            second: u32::from(at(form).0) * 60,
        },
        MomentKind::Start => Moment::Start,
        MomentKind::End => Moment::End,
    })
}

/// An instant that must be there.
pub(super) fn moment(form: &mut FormState, prefix: &str) -> Moment {
    let name = format!("{prefix}-quoi");
    maybe_moment(form, prefix).unwrap_or_else(|| {
        if form.value(&name).is_empty() {
            form.flaw(&name, Flaw::NoneChosen);
        }
        Moment::Start
    })
}

/// Weekdays of which none may be ticked.
fn skipped(form: &mut FormState, name: &str) -> u8 {
    let days = form.choices(name, |word| word.parse::<u8>().ok().filter(|day| *day < 7));
    let all = days.into_iter().fold(0, |all, day| all | 1 << day);
    if all == ALL_DAYS {
        form.flaw(name, Flaw::Said("desk-rules-all-skipped"));
    }
    all
}

fn small<T: TryFrom<i64> + Default>(number: i64) -> T {
    T::try_from(number).unwrap_or_default()
}

/// What becomes of something late, by where it comes in; what is refused is not filled in.
pub(super) fn fill_ways(form: FormState, prefix: &str, ways: &[Way]) -> FormState {
    ways.iter().fold(form, |form, way| {
        let named = |part: &str| format!("{prefix}-{}-{part}", Word::word(way.entrance));
        let (kind, amount) = match way.cost {
            Cost::Free => (CostKind::Free, None),
            Cost::Replaces(cents) => (CostKind::Replaces, Some(cents.typed())),
            Cost::Adds(cents) => (CostKind::Adds, Some(cents.typed())),
            Cost::Full => (CostKind::Full, None),
            Cost::Part(percent) => (CostKind::Part, Some(percent.to_string())),
            Cost::Due(cents) => (CostKind::Due, Some(cents.typed())),
        };
        form.with(named("suite"), way.verdict.word())
            .with(named("cout"), kind.word())
            .with_maybe(named("montant"), amount)
            .with_maybe(
                named("certificat"),
                way.excused_within_days.map(|days| days.to_string()),
            )
    })
}

pub(super) fn read_ways(form: &mut FormState, prefix: &str) -> Vec<Way> {
    let mut ways = Vec::new();
    for entrance in Entrance::ALL {
        let named = |part: &str| format!("{prefix}-{}-{part}", Word::word(entrance));
        let verdict = form.maybe_choice(&named("suite"), Verdict::parse);
        let kind = form.maybe_choice(&named("cout"), CostKind::parse);
        let amount = named("montant");
        let cost = match kind.unwrap_or(CostKind::Free) {
            CostKind::Free => Cost::Free,
            CostKind::Replaces => Cost::Replaces(cents(form, &amount)),
            CostKind::Adds => Cost::Adds(cents(form, &amount)),
            CostKind::Full => Cost::Full,
            CostKind::Part => Cost::Part(small(percent(form, &amount))),
            CostKind::Due => Cost::Due(cents(form, &amount)),
        };
        let excused = form.maybe_number(&named("certificat"), 1, 365);
        match verdict {
            Some(verdict) if verdict != Verdict::Refuse => ways.push(Way {
                entrance,
                verdict,
                cost,
                excused_within_days: excused.map(small),
            }),
            _ => {}
        }
    }
    ways
}

/// « 50 » or « 50 % ».
fn percent(form: &mut FormState, name: &str) -> i64 {
    let typed = form.value(name).trim_end_matches(['%', ' ', '\u{a0}']).to_owned();
    form.set(name, typed);
    form.number(name, 0, 100)
}

pub(super) fn fill_stages(form: FormState, late: &[Late]) -> FormState {
    let form = form.with("etapes", late.len().to_string());
    late.iter().enumerate().fold(form, |form, (n, late)| {
        let prefix = format!("etape-{n}");
        fill_ways(fill_moment(form, &prefix, Some(late.until)), &prefix, &late.ways)
    })
}

pub(super) fn read_stages(form: &mut FormState) -> Vec<Late> {
    (0..stages(form))
        .map(|n| {
            let prefix = format!("etape-{n}");
            Late {
                until: moment(form, &prefix),
                ways: read_ways(form, &prefix),
            }
        })
        .collect()
}

fn stages(form: &FormState) -> usize {
    STAGES_MOST.min(form.value("etapes").parse().unwrap_or(0))
}

/// A button that asks for one stage more or less instead of sending the form.
pub(super) fn reshaped(form: &mut FormState) -> bool {
    let asked = form.value("faire").to_owned();
    let count = stages(form);
    if asked == "etape" && count < STAGES_MOST {
        form.set("etapes", (count + 1).to_string());
        return true;
    }
    let Some(gone) = asked.strip_prefix("sans-").and_then(|n| n.parse::<usize>().ok()) else {
        return false;
    };
    let kept: Vec<(String, String)> = form
        .pairs()
        .iter()
        .filter_map(|(name, value)| Some((renamed(name, gone)?, value.clone())))
        .collect();
    let (token, seen) = (form.token().to_owned(), form.seen());
    let fresh = [
        ("jeton".to_owned(), token),
        (
            "version".to_owned(),
            seen.map(|seen| seen.to_string()).unwrap_or_default(),
        ),
    ];
    *form = FormState::read(kept.into_iter().chain(fresh).collect());
    form.set("etapes", count.saturating_sub(1).to_string());
    true
}

/// The name of a field once a stage is gone; none where it goes with it.
fn renamed(name: &str, gone: usize) -> Option<String> {
    let Some((n, rest)) = name.strip_prefix("etape-").and_then(|rest| rest.split_once('-')) else {
        return Some(name.to_owned());
    };
    let n: usize = n.parse().ok()?;
    match n.cmp(&gone) {
        std::cmp::Ordering::Less => Some(name.to_owned()),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(format!("etape-{}-{rest}", n - 1)),
    }
}
