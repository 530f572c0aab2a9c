//! The texts of the screens.

use chrono::NaiveDate;
use shared::fold::State;
use shared::mark::{Because, Closing, Reason};
use shared::mode::Mode;
use shared::screen::{Deed, Fate, Link, Row, Tab};
use shared::words::{FluentArgs, FluentValue, Locale, Words};

use crate::filter::{Stand, has_departures, stand};

thread_local! {
    static WORDS: Words = Words::of_tablet(Locale::Fr);
}

/// The text of a key.
pub(crate) fn t(key: &str) -> String {
    WORDS.with(|words| words.t(key))
}

/// The text of a key with values put in.
pub(crate) fn tn(key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in values {
        args.set((*name).to_owned(), value.clone());
    }
    WORDS.with(|words| words.with(key, &args))
}

/// The text of a key that speaks of one thing by its name.
pub(crate) fn t1(key: &str, name: &str, value: &str) -> String {
    tn(key, &[(name, value.into())])
}

/// The text of a key that speaks of a child: `$name` is « Léa Martin », `$of` « de Léa Martin » or
/// « d’Inès Martin ».
pub(crate) fn about(key: &str, row: &Row) -> String {
    of(key, &full_name(row))
}

/// The same of anybody's name.
pub(crate) fn of(key: &str, name: &str) -> String {
    let vowel = shared::text::search_key(name).starts_with(['a', 'e', 'i', 'o', 'u']);
    let of = t1(if vowel { "tablet-of-vowel" } else { "tablet-of" }, "name", name);
    tn(key, &[("name", name.into()), ("of", of.into())])
}

/// The text of a key that counts. `$count` chooses the plural, `$number` is the number as it is
/// written within a sentence, `$Number` at its beginning: a word up to twenty, then digits.
pub(crate) fn counted(key: &str, count: usize) -> String {
    let start = tn("tablet-number-start", &[("count", count.into())]);
    let within = start.to_lowercase();
    tn(
        key,
        &[
            ("count", count.into()),
            ("number", within.into()),
            ("Number", start.into()),
        ],
    )
}

/// « Léa Martin ».
fn full_name(row: &Row) -> String {
    format!("{} {}", row.first_name, row.last_name).trim().to_owned()
}

/// « lundi 23 novembre » for `2026-11-23`.
pub(crate) fn long_date(date: &str) -> String {
    date.parse::<NaiveDate>()
        .map(shared::words::day)
        .unwrap_or_else(|_| date.to_owned())
}

/// The word of where a row stands.
pub(crate) fn state(row: &Row) -> String {
    t(match stand(row) {
        Stand::Expected => "tablet-state-expected",
        Stand::Present => "tablet-state-present",
        Stand::Left => "tablet-state-left",
        Stand::Absent => "tablet-state-absent",
        Stand::Away if row.moved_to.is_some() => "tablet-state-moved",
        Stand::Away => "tablet-state-away",
        Stand::Free => "tablet-state-free",
    })
}

/// The slug of where a row stands, in hooks and shapes.
pub(crate) fn state_slug(stand: Stand) -> &'static str {
    match stand {
        Stand::Expected => "expected",
        Stand::Present => "present",
        Stand::Left => "left",
        Stand::Absent => "absent",
        Stand::Away => "away",
        Stand::Free => "free",
    }
}

/// Reasons for an absence in the order of the screen, with their slugs.
pub(crate) const REASONS: [(Reason, &str); 6] = [
    (Reason::Unjustified, "unjustified"),
    (Reason::Announced, "announced"),
    (Reason::Illness, "illness"),
    (Reason::Family, "family"),
    (Reason::School, "school"),
    (Reason::Other, "other"),
];

/// The words of a reason.
pub(crate) fn reason(reason: Reason) -> String {
    t(match reason {
        Reason::Unjustified => "tablet-reason-unjustified",
        Reason::Announced => "tablet-reason-announced",
        Reason::Illness => "tablet-reason-illness",
        Reason::Family => "tablet-reason-family",
        Reason::School => "tablet-reason-school",
        Reason::Other => "tablet-reason-other",
    })
}

/// What stands under the word of the state: the time it dates from, is expected at, or the reason.
pub(crate) fn state_detail(row: &Row) -> Option<String> {
    match stand(row) {
        Stand::Expected | Stand::Free => row
            .expected_in
            .as_deref()
            .map(|at| t1("tablet-expected-at", "at", at)),
        Stand::Present => row.in_at.as_deref().map(|at| t1("tablet-since", "at", at)),
        Stand::Left => row.out_at.as_deref().map(|at| t1("tablet-at", "at", at)),
        Stand::Absent => row.reason.map(reason),
        Stand::Away => row.moved_to.clone().or_else(|| row.away.clone()),
    }
}

/// What was just noted, for those who do not see the row change.
pub(crate) fn noted(row: &Row) -> String {
    let (key, at) = match row.state {
        State::Present => ("tablet-said-present", row.in_at.as_deref()),
        State::Left => ("tablet-said-left", row.out_at.as_deref()),
        State::Absent => ("tablet-said-absent", None),
        State::Expected => ("tablet-said-expected", None),
    };
    let said = about(key, row);
    match at {
        Some(at) => tn("tablet-said-at", &[("said", said.into()), ("at", at.into())]),
        None => said,
    }
}

/// Whether the server is reached, as a sentence.
pub(crate) fn line(link: &Link) -> String {
    match (link.online, link.waiting, link.since.as_deref()) {
        (true, 0, _) => t("tablet-online"),
        (true, waiting, _) => counted("tablet-online-waiting", waiting),
        (false, _, Some(since)) => t1("tablet-offline-since", "since", since),
        (false, _, None) => t("tablet-offline"),
    }
}

/// What this tablet hands back to a server that came back from a loss, as a sentence.
pub(crate) fn back(link: &Link) -> Option<String> {
    let back = link.back?;
    let marks = (back.marks > 0).then(|| counted("tablet-back-marks", back.marks));
    let lists = (back.lists > 0).then(|| counted("tablet-back-lists", back.lists));
    let what: Vec<String> = marks.into_iter().chain(lists).collect();
    let key = if back.done {
        "tablet-back-done"
    } else {
        "tablet-back"
    };
    (!what.is_empty()).then(|| t1(key, "what", &what.join(", ")))
}

/// What waits for the server while it is not reached, as a sentence.
pub(crate) fn waiting(link: &Link) -> Option<String> {
    (!link.online).then(|| counted("tablet-offline-waiting", link.waiting))
}

/// What closing a list does to those still expected.
pub(crate) fn closing(tab: &Tab, expected: usize) -> String {
    match tab.mode.closing() {
        _ if expected == 0 => t("tablet-close-none"),
        Closing::Absent => counted("tablet-close-absent", expected),
        Closing::Present => counted("tablet-close-present", expected),
    }
}

/// What closing leaves alone, where there is anything.
pub(crate) fn left_alone(tab: &Tab) -> Option<String> {
    let away = (tab.away > 0).then(|| counted("tablet-close-away", tab.away));
    let free = (tab.free > 0).then(|| counted("tablet-close-free", tab.free));
    match (away, free) {
        (Some(away), Some(free)) => Some(format!("{away} {free}")),
        (one, other) => one.or(other),
    }
}

/// What a gesture on several children did: « Douze arrivées notées ».
pub(crate) fn done(deed: Deed, mode: Mode, count: usize) -> String {
    counted(
        match deed {
            Deed::In if has_departures(mode) => "tablet-done-in",
            Deed::In => "tablet-done-present",
            Deed::Out => "tablet-done-out",
            Deed::Absent => "tablet-done-absent",
        },
        count,
    )
}

/// « Léa, Tom et Inès ».
pub(crate) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => t2("tablet-list-and", ("first", &first.join(", ")), ("last", last)),
    }
}

/// The text of a key with two values put in.
pub(crate) fn t2(key: &str, one: (&str, &str), other: (&str, &str)) -> String {
    tn(key, &[(one.0, one.1.into()), (other.0, other.1.into())])
}

/// Reasons for a corrected time in the order of the screen, with their slugs.
pub(crate) const BECAUSE: [(Because, &str); 5] = [
    (Because::Forgotten, "forgotten"),
    (Because::Mistaken, "mistaken"),
    (Because::Family, "family"),
    (Because::Clock, "clock"),
    (Because::Other, "other"),
];

/// The words of why a time is corrected.
pub(crate) fn because(why: Because) -> String {
    t(match why {
        Because::Forgotten => "tablet-because-forgotten",
        Because::Mistaken => "tablet-because-mistaken",
        Because::Family => "tablet-because-family",
        Because::Clock => "tablet-because-clock",
        Because::Other => "tablet-because-other",
    })
}

/// The slug of a fate in hooks and shapes.
pub(crate) fn fate_slug(fate: Fate) -> &'static str {
    match fate {
        Fate::Waiting => "waiting",
        Fate::Accepted => "accepted",
        Fate::InBackup => "in-backup",
        Fate::Refused => "refused",
        Fate::InConflict => "in-conflict",
    }
}

/// The words of a fate.
pub(crate) fn fate(fate: Fate) -> String {
    t(match fate {
        Fate::Waiting => "tablet-exchanges-one-waiting",
        Fate::Accepted => "tablet-exchanges-one-accepted",
        Fate::InBackup => "tablet-exchanges-one-in-backup",
        Fate::Refused => "tablet-exchanges-one-refused",
        Fate::InConflict => "tablet-exchanges-one-in-conflict",
    })
}
