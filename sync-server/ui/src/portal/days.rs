//! Days of a child: shape, word, then colour.

use leptos::prelude::*;

use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// A day, or a run of days of which the same is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayView {
    /// « 2026-11-23 ».
    pub date: String,
    /// « lundi 23 novembre ».
    pub label: String,
    /// The last day of the run.
    pub until: Option<String>,
    /// Today or tomorrow.
    pub nearness: Option<Near>,
    /// What stands on it.
    pub lines: Vec<LineView>,
    /// What is said where nothing does.
    pub said: Option<DaySaid>,
}

/// How near a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Near {
    /// It is today.
    Today,
    /// It is tomorrow.
    Tomorrow,
}

/// Why nothing stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DaySaid {
    /// Nothing was booked yet.
    NothingBooked,
    /// Nothing was booked, and the day is over.
    NothingWasBooked,
    /// A day of rest.
    Rest,
    /// A holiday, by its name.
    Named(String),
    /// The child is with its other household.
    Elsewhere,
}

/// An activity on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView {
    /// Its name.
    pub activity: String,
    /// Hours: those of the activity, or those of the stay.
    pub detail: Option<String>,
    /// How it is taken.
    pub formula: Option<String>,
    /// Where it stands.
    pub state: LineState,
    /// A word of the town hall beside it.
    pub note: Option<String>,
}

/// Where an activity stands for a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineState {
    /// Booked, and still to come.
    Booked,
    /// Booked, and nobody has pointed it.
    Unpointed,
    /// The child is or was there.
    Present,
    /// Absent, with a reason.
    Excused,
    /// Absent, without a reason.
    Unexcused,
    /// There without a reservation.
    NotBooked,
    /// It does not take place.
    Closed,
    /// The child is away with its class.
    Away,
}

impl LineState {
    fn sign(self) -> (&'static str, &'static str, String) {
        match self {
            Self::Booked => ("expected", "expected", t("portal-home-line-booked")),
            Self::Unpointed => ("expected", "expected", t("portal-home-line-unpointed")),
            Self::Present => ("present", "present", t("portal-home-line-present")),
            Self::Excused => ("absent", "absent", t("portal-home-line-excused")),
            Self::Unexcused => ("absent", "absent", t("portal-home-line-unexcused")),
            Self::NotBooked => ("unexpected", "left", t("portal-home-line-not-booked")),
            Self::Closed => ("closed", "absent", t("portal-home-line-closed")),
            Self::Away => ("away", "left", t("portal-home-line-away")),
        }
    }
}

/// Draws days, the first one first.
pub(super) fn days(all: &[DayView]) -> AnyView {
    let items: Vec<_> = all.iter().map(one).collect();
    view! { <ol class="days" role="list">{items}</ol> }.into_any()
}

fn one(day: &DayView) -> AnyView {
    let near = match day.nearness {
        Some(Near::Today) => Some(t("portal-home-today")),
        Some(Near::Tomorrow) => Some(t("portal-home-tomorrow")),
        None => None,
    };
    let label = match &day.until {
        Some(until) => with(
            "portal-home-days",
            &[("from", without_month(&day.label, until)), ("until", until)],
        ),
        None => day.label.clone(),
    };
    let today = (day.nearness == Some(Near::Today)).then_some("date");
    let lines: Vec<_> = day.lines.iter().map(line).collect();
    view! {
        <li class="day" aria-current=today>
            <p class="day-name">
                {near.map(|near| view! { <strong>{near}</strong>" " })}
                <time datetime=day.date.clone()>{label}</time>
            </p>
            {(!lines.is_empty()).then(|| view! { <ul class="day-lines" role="list">{lines}</ul> })}
            {day.said.as_ref().map(|said| view! { <p class="day-said">{said_words(said)}</p> })}
        </li>
    }
    .into_any()
}

/// « vendredi 27 » before « dimanche 29 novembre »: a month is said once.
fn without_month<'a>(from: &'a str, until: &str) -> &'a str {
    match (from.rsplit_once(' '), until.rsplit_once(' ')) {
        (Some((short, month)), Some((_, same))) if month == same => short,
        _ => from,
    }
}

pub(super) fn said_words(said: &DaySaid) -> String {
    match said {
        DaySaid::NothingBooked => t("portal-home-nothing-booked"),
        DaySaid::NothingWasBooked => t("portal-home-nothing-was-booked"),
        DaySaid::Rest => t("portal-home-rest"),
        DaySaid::Named(name) => name.clone(),
        DaySaid::Elsewhere => t("portal-home-elsewhere"),
    }
}

fn line(line: &LineView) -> AnyView {
    let (sign, colour, word) = line.state.sign();
    let formula = line
        .formula
        .as_deref()
        .map(|formula| t1("portal-home-formula", "formula", formula));
    view! {
        <li class="day-line" data-state=colour>
            {shape(sign)}
            <span class="day-what">
                <strong>{line.activity.clone()}</strong>
                {formula.map(|formula| view! { " "{formula} })}
                {line.detail.clone().map(|detail| view! { " "<span class="day-hours">{detail}</span> })}
            </span>
            <span class="day-state">{word}</span>
            {line.note.clone().map(|note| view! { <span class="day-note">{note}</span> })}
        </li>
    }
    .into_any()
}
