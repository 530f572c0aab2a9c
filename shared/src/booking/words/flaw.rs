//! Contradictions and holes in words.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::Said;
use super::moment::dated;
use crate::booking::check::{Example, Flaw, LineAt, Table};
use crate::ids::ActivityId;
use crate::operation::Case;
use crate::words::{FluentValue, date_time};

impl Said<'_> {
    /// What is wrong with rules, and where.
    pub fn flaw(&self, flaw: &Flaw, zone: Tz) -> String {
        match flaw {
            Flaw::NoActivity => self.t("booking-flaw-no-activity"),
            Flaw::UnknownActivity(activity) => self.of("booking-flaw-unknown-activity", *activity),
            Flaw::EndsBeforeItBegins => self.t("booking-flaw-ends-before"),
            Flaw::SameStart { other, activity } => self.with(
                "booking-flaw-same-start",
                [
                    ("activity", self.activities(&[*activity]).into()),
                    ("other", other.as_str().into()),
                ],
            ),
            Flaw::NoCalendar => self.t("booking-flaw-no-calendar"),
            Flaw::CalendarEnds(date) => {
                self.with("booking-flaw-calendar-ends", [("date", dated(*date).into())])
            }
            Flaw::NoDelay(table) => {
                self.with("booking-flaw-no-delay", [("table", self.table(*table).into())])
            }
            Flaw::NoPrice { at_booking: true } => self.t("booking-flaw-no-price-at-booking"),
            Flaw::NoPrice { at_booking: false } => self.t("booking-flaw-no-price"),
            Flaw::Uncovered {
                table,
                activity,
                site,
                formula,
                weekdays,
                season,
                ..
            } => {
                let case = Case {
                    weekdays: *weekdays,
                    season: *season,
                    sites: site.iter().copied().collect(),
                    formulas: formula.iter().copied().collect(),
                    activities: vec![*activity],
                };
                let table = capital(self.table(*table));
                self.with(
                    "booking-flaw-uncovered",
                    [
                        ("table", table.into()),
                        ("sessions", self.case_or_all(&case).into()),
                    ],
                )
            }
            Flaw::NeverOffered { activity, weekdays } => self.with(
                "booking-flaw-never-offered",
                [
                    ("activity", self.activities(&[*activity]).into()),
                    ("weekdays", self.weekdays(*weekdays).into()),
                ],
            ),
            Flaw::SpeaksOfNothing(at) => self.at("booking-flaw-speaks-of-nothing", *at),
            Flaw::Contradiction {
                at,
                counts,
                example: None,
            } => self.counts("booking-flaw-contradiction", *at, *counts),
            Flaw::Contradiction {
                at,
                counts,
                example: Some(example),
            } => self.differ(*at, *counts, example, zone),
            Flaw::Overlap { at, counts } => self.counts("booking-flaw-overlap", *at, *counts),
            Flaw::Needless { at, counts } => self.counts("booking-flaw-needless", *at, *counts),
            Flaw::NeverReached(at) => self.at("booking-flaw-never-reached", *at),
            Flaw::NotComputable { at, date } => self.on_date("booking-flaw-not-computable", *at, *date),
            Flaw::AfterStart { at, date } => self.on_date("booking-flaw-after-start", *at, *date),
            Flaw::AfterEnd { at, date } => self.on_date("booking-flaw-after-end", *at, *date),
            Flaw::StageTooEarly { at, stage, date } => self.with(
                "booking-flaw-stage-too-early",
                [
                    ("line", self.line(*at).into()),
                    ("stage", (*stage).into()),
                    ("date", dated(*date).into()),
                ],
            ),
            Flaw::StageOpensAgain { at, stage, entrance } => self.with(
                "booking-flaw-stage-opens-again",
                [
                    ("line", self.line(*at).into()),
                    ("stage", (*stage).into()),
                    ("entrance", self.entrance(*entrance).into()),
                ],
            ),
            Flaw::StageTwice { at, stage, entrance } => self.with(
                "booking-flaw-stage-twice",
                [
                    ("line", self.line(*at).into()),
                    ("stage", (*stage).into()),
                    ("entrance", self.entrance(*entrance).into()),
                ],
            ),
            Flaw::OpensAfterClosing { line, date } => self.with(
                "booking-flaw-opens-after-closing",
                [("line", (*line).into()), ("date", dated(*date).into())],
            ),
            Flaw::OpensAfterDeadline { line, date } => self.with(
                "booking-flaw-opens-after-deadline",
                [("line", (*line).into()), ("date", dated(*date).into())],
            ),
            Flaw::WrongCost { at, stage } => self.with(
                "booking-flaw-wrong-cost",
                [("line", self.line(*at).into()), ("stage", (*stage).into())],
            ),
            Flaw::GroupWithoutPlaces(name) => self.name("booking-flaw-group-without-places", name),
            Flaw::UnknownGroup { line, name } => self.with(
                "booking-flaw-unknown-group",
                [("line", (*line).into()), ("name", name.as_str().into())],
            ),
            Flaw::GroupTwice(name) => self.name("booking-flaw-group-twice", name),
            Flaw::NobodyMeets(line) => self.numbered("booking-flaw-nobody-meets", *line),
            Flaw::UnknownDocument { line, kind } => self.with(
                "booking-flaw-unknown-document",
                [("line", (*line).into()), ("kind", kind.as_str().into())],
            ),
            Flaw::LinkToItself(line) => self.numbered("booking-flaw-link-to-itself", *line),
            Flaw::LinkElsewhere(line) => self.numbered("booking-flaw-link-elsewhere", *line),
            Flaw::LinkCycle(activity) => self.of("booking-flaw-link-cycle", *activity),
            Flaw::LinkContradiction { activity, other } => self.with(
                "booking-flaw-link-contradiction",
                [
                    ("activity", self.activities(&[*activity]).into()),
                    ("other", self.activities(&[*other]).into()),
                ],
            ),
            Flaw::LimitTwice { line, counts } => self.with(
                "booking-flaw-limit-twice",
                [("line", (*line).into()), ("counts", (*counts).into())],
            ),
            Flaw::LimitOfNone(line) => self.numbered("booking-flaw-limit-of-none", *line),
            Flaw::NoTimeToTake => self.t("booking-flaw-no-time-to-take"),
            Flaw::NoTimeToPay => self.t("booking-flaw-no-time-to-pay"),
        }
    }

    /// What a table is called: « délais pour réserver ».
    pub fn table(&self, table: Table) -> String {
        self.t(match table {
            Table::Openings => "booking-table-openings",
            Table::Add => "booking-table-add",
            Table::Cancel => "booking-table-cancel",
            Table::Conditions => "booking-table-conditions",
            Table::Places => "booking-table-places",
            Table::Prices => "booking-table-prices",
        })
    }

    /// « Délais pour réserver, ligne 2 ».
    fn line(&self, at: LineAt) -> String {
        let table = capital(self.table(at.table));
        self.with(
            "booking-flaw-line",
            [("table", table.into()), ("line", at.line.into())],
        )
    }

    fn differ(&self, at: LineAt, counts: usize, example: &Example, zone: Tz) -> String {
        self.with(
            "booking-flaw-contradiction-example",
            [
                ("line", self.line(at).into()),
                ("counts", counts.into()),
                ("date", dated(example.date).into()),
                ("first", date_time(example.counts, zone).into()),
                ("other", date_time(example.other, zone).into()),
            ],
        )
    }

    fn at(&self, key: &str, at: LineAt) -> String {
        self.with(key, [("line", self.line(at).into())])
    }

    fn counts(&self, key: &str, at: LineAt, counts: usize) -> String {
        self.with(key, [("line", self.line(at).into()), ("counts", counts.into())])
    }

    fn on_date(&self, key: &str, at: LineAt, date: NaiveDate) -> String {
        self.with(
            key,
            [("line", self.line(at).into()), ("date", dated(date).into())],
        )
    }

    fn of(&self, key: &str, activity: ActivityId) -> String {
        self.with(key, [("activity", self.activities(&[activity]).into())])
    }

    fn numbered(&self, key: &str, line: usize) -> String {
        self.with(key, [("line", FluentValue::from(line))])
    }

    fn name(&self, key: &str, name: &str) -> String {
        self.with(key, [("name", name.into())])
    }
}

/// The first letter large.
fn capital(text: String) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    }
}
