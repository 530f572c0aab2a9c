//! The words of kinds, decisions and what shows them.

use shared::mark::Reason;
use shared::operation::DiscrepancyKind as Kind;

use crate::desk::form::Choice;
use crate::words::{t, t1, with};

/// What a kind is called in a list of kinds.
pub fn kind(kind: Kind) -> String {
    match kind {
        Kind::NeverClosed => t("discrepancy-kind-never-closed"),
        Kind::BookedNoMark => t("discrepancy-kind-booked-no-mark"),
        Kind::NotBooked => t("discrepancy-kind-not-booked"),
        Kind::PresentAndAbsent => t("discrepancy-kind-present-and-absent"),
        Kind::OutBeforeIn => t("discrepancy-kind-out-before-in"),
        Kind::NeverLeft => t("discrepancy-kind-never-left"),
        Kind::TwoSites => t("discrepancy-kind-two-sites"),
        Kind::AfterClosing => t("discrepancy-kind-after-closing"),
        Kind::ClockJumped => t("discrepancy-kind-clock-jumped"),
        Kind::ClosedDay => t("discrepancy-kind-closed-day"),
        Kind::UnknownChild => t("discrepancy-kind-unknown-child"),
        Kind::Returned => t("discrepancy-kind-returned"),
        Kind::TwoCorrections => t("discrepancy-kind-two-corrections"),
        Kind::TwoValues => t("discrepancy-kind-two-values"),
    }
}

/// The shape beside it.
pub(super) fn shape_of(kind: Kind) -> &'static str {
    match kind {
        Kind::NeverClosed | Kind::ClosedDay => "closed",
        Kind::BookedNoMark => "expected",
        Kind::NotBooked => "unexpected",
        Kind::OutBeforeIn | Kind::NeverLeft | Kind::AfterClosing => "left",
        Kind::TwoSites | Kind::Returned => "moved",
        Kind::UnknownChild => "free",
        Kind::PresentAndAbsent | Kind::ClockJumped | Kind::TwoCorrections | Kind::TwoValues => "alert",
    }
}

/// A decision, as a button of the bar that decides several; `word` is that of the record.
pub fn decision(word: &str) -> String {
    match word {
        "confirm" => t("discrepancy-decision-confirm"),
        "reserve" => t("discrepancy-decision-reserve"),
        "justify" => t("discrepancy-decision-justify"),
        "correct" => t("discrepancy-decision-correct"),
        "attach" => t("discrepancy-decision-attach"),
        _ => t("discrepancy-decision-ignore"),
    }
}

/// What a decision does to a kind, as a button on its own line.
pub fn quick(kind: Kind, word: &str) -> String {
    match (kind, word) {
        (Kind::BookedNoMark, "confirm") => t("discrepancy-quick-absent"),
        (Kind::NotBooked | Kind::ClosedDay, "confirm") => t("discrepancy-quick-present"),
        (Kind::NeverClosed, "confirm") => t("discrepancy-quick-over"),
        _ => decision(word),
    }
}

/// What was decided, in the past.
pub fn done(word: &str) -> String {
    match word {
        "confirm" => t("discrepancy-done-confirm"),
        "reserve" => t("discrepancy-done-reserve"),
        "justify" => t("discrepancy-done-justify"),
        "correct" => t("discrepancy-done-correct"),
        "attach" => t("discrepancy-done-attach"),
        _ => t("discrepancy-done-ignore"),
    }
}

/// The reasons of an absence, to choose from.
pub fn reasons() -> Vec<Choice> {
    [
        ("unjustified", t("desk-reason-unjustified")),
        ("announced", t("desk-reason-announced")),
        ("illness", t("desk-reason-illness")),
        ("family", t("desk-reason-family")),
        ("school", t("desk-reason-school")),
        ("other", t("desk-reason-other")),
    ]
    .into_iter()
    .map(|(value, label)| Choice::new(value, label))
    .collect()
}

/// The reason of this word.
pub fn reason_named(word: &str) -> Option<Reason> {
    Some(match word {
        "unjustified" => Reason::Unjustified,
        "announced" => Reason::Announced,
        "illness" => Reason::Illness,
        "family" => Reason::Family,
        "school" => Reason::School,
        "other" => Reason::Other,
        _ => return None,
    })
}

/// The word of a reason.
pub fn reason(reason: Reason) -> String {
    match reason {
        Reason::Unjustified => t("desk-reason-unjustified"),
        Reason::Announced => t("desk-reason-announced"),
        Reason::Illness => t("desk-reason-illness"),
        Reason::Family => t("desk-reason-family"),
        Reason::School => t("desk-reason-school"),
        Reason::Other => t("desk-reason-other"),
    }
}

/// A child that was present, from and until an hour where they are known.
pub fn present(from: Option<&str>, until: Option<&str>) -> String {
    match (from, until) {
        (Some(from), Some(until)) => with(
            "discrepancy-stated-from-until",
            &[("from", from), ("until", until)],
        ),
        (Some(from), None) => t1("discrepancy-stated-from", "from", from),
        (None, Some(until)) => t1("discrepancy-stated-until", "until", until),
        (None, None) => t("discrepancy-stated-present"),
    }
}

/// A child that was absent.
pub fn absent(reason_of: Reason) -> String {
    t1("discrepancy-stated-absent", "reason", reason(reason_of))
}

/// What was booked: formula and hours, where they are known.
pub fn booked(formula: Option<&str>, from: Option<&str>, until: Option<&str>, guest: bool) -> String {
    let parts = [
        Some(if guest {
            t("discrepancy-booked-guest")
        } else {
            t("discrepancy-booked")
        }),
        formula.map(str::to_owned),
        from.map(|at| t1("discrepancy-booked-from", "at", at)),
        until.map(|at| t1("discrepancy-booked-until", "at", at)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// When an activity closed.
pub fn closes(at: &str) -> String {
    t1("discrepancy-closes", "at", at)
}

/// What is to be known of a mark besides.
pub fn aside_undone() -> String {
    t("discrepancy-mark-undone")
}

/// A person said the hour.
pub fn aside_stated() -> String {
    t("discrepancy-mark-stated")
}

/// The tablet's clock was doubted.
pub fn aside_doubted(clock: &str) -> String {
    t1("discrepancy-mark-doubted", "clock", clock)
}

/// Another tablet handed it back after a loss.
pub fn aside_returned(tablet: &str) -> String {
    t1("discrepancy-mark-returned", "tablet", tablet)
}

/// At another site than the one of the list.
pub fn aside_elsewhere(site: &str, activity: &str) -> String {
    with(
        "discrepancy-mark-elsewhere",
        &[("site", site), ("activity", activity)],
    )
}

/// A tablet that owes taps.
pub fn owes(tablet: &str, count: u64) -> String {
    let mut args = shared::words::FluentArgs::new();
    args.set("tablet", tablet);
    args.set("count", count);
    crate::words::with_args("discrepancy-owed-taps", &args)
}

/// A tablet that was not heard of since the session's end.
pub fn not_heard(tablet: &str, since: Option<&str>) -> String {
    match since {
        Some(since) => with("discrepancy-owed-silent", &[("tablet", tablet), ("since", since)]),
        None => t1("discrepancy-owed-never", "tablet", tablet),
    }
}

/// A tablet that is still compared after a loss.
pub fn after_loss(tablet: &str) -> String {
    t1("discrepancy-owed-loss", "tablet", tablet)
}

/// The free session of a strike, which no list of activities names.
pub fn minimum_service() -> String {
    t("discrepancy-minimum-service")
}

/// The decision does not fit so many of those chosen.
pub fn does_not_fit(count: usize, all: usize) -> String {
    let mut args = shared::words::FluentArgs::new();
    args.set("count", count);
    args.set("all", all);
    crate::words::with_args("discrepancy-does-not-fit", &args)
}

/// More than one decision can hold.
pub fn too_many(most: usize) -> String {
    t1("discrepancy-too-many", "most", most)
}

/// Nothing was ticked.
pub fn nothing_chosen() -> String {
    t("discrepancy-nothing-chosen")
}

/// What was shown is not what is there.
pub fn moved() -> String {
    t("discrepancy-moved")
}

/// The view of what is open.
pub fn view_open(count: usize) -> String {
    t1("discrepancy-view-open", "count", super::rows::spaced(count))
}

/// The view of what was decided.
pub fn view_decided() -> String {
    t("discrepancy-view-decided")
}

/// The view of the sessions.
pub fn view_sessions() -> String {
    t("discrepancy-sessions")
}
