//! The list itself: names left, times right, state as shape, word and colour.

use leptos::prelude::*;
use shared::day_list::{Badge, BadgeKind};
use shared::fold::State;
use shared::mark::Reason;

use super::shapes::{of_state, shape};
use crate::words::{t, t1};

/// One child on the list of one activity.
#[derive(Clone, Debug)]
pub struct BoardRow {
    /// Last name; empty when nobody knows the child.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// The end of the child's id: what is left to go by when nobody knows it.
    pub id_end: String,
    /// Class, group, formula: what is known of its day.
    pub details: Vec<String>,
    /// Canteen service.
    pub sitting: Option<u8>,
    /// Canteen table.
    pub table: Option<String>,
    /// Where it comes from.
    pub comes_from: Option<String>,
    /// Where it goes to.
    pub goes_to: Option<String>,
    /// Badges.
    pub badges: Vec<Badge>,
    /// What the marks come to.
    pub state: State,
    /// Why absent.
    pub reason: Option<Reason>,
    /// Absent because the list was closed.
    pub by_closing: bool,
    /// « 8 h 30 ».
    pub in_at: Option<String>,
    /// « 17 h 45 ».
    pub out_at: Option<String>,
    /// « 8 h 30 »: expected, where nothing was pointed yet.
    pub in_expected: Option<String>,
    /// « 17 h 45 ».
    pub out_expected: Option<String>,
    /// Every stay as « 8 h 30 – 9 h 00 », when there are several.
    pub stays: Vec<String>,
    /// Its marks contradict each other.
    pub conflict: bool,
}

/// Rows by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Still expected.
    pub expected: usize,
    /// Here.
    pub present: usize,
    /// Gone.
    pub left: usize,
    /// Not coming.
    pub absent: usize,
    /// Pointed without a reservation; counted among the others too.
    pub unexpected: usize,
}

/// Whether a list is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Closing {
    /// Never closed.
    #[default]
    Open,
    /// Closed at this hour.
    Closed(String),
    /// Closed at this hour, then pointed again.
    Reopened(String),
}

/// The word of a state.
fn state_word(state: State) -> String {
    match state {
        State::Expected => t("desk-state-expected"),
        State::Present => t("desk-state-present"),
        State::Left => t("desk-state-left"),
        State::Absent => t("desk-state-absent"),
    }
}

fn reason_word(reason: Reason) -> String {
    match reason {
        Reason::Unjustified => t("desk-reason-unjustified"),
        Reason::Announced => t("desk-reason-announced"),
        Reason::Illness => t("desk-reason-illness"),
        Reason::Family => t("desk-reason-family"),
        Reason::School => t("desk-reason-school"),
        Reason::Other => t("desk-reason-other"),
    }
}

/// A badge's words, and whether it stands in the colour of alerts.
pub(super) fn badge_words(badge: &Badge) -> (String, bool) {
    let text = badge.text.as_str();
    let (bare, full, alert) = match badge.kind {
        BadgeKind::Pai => (t("desk-badge-pai"), t1("desk-badge-pai-of", "text", text), true),
        BadgeKind::Allergy => (
            t("desk-badge-allergy"),
            t1("desk-badge-allergy-of", "text", text),
            false,
        ),
        BadgeKind::Diet => (
            t("desk-badge-diet"),
            t1("desk-badge-diet-of", "text", text),
            false,
        ),
        BadgeKind::LeavesAlone => (
            t("desk-badge-alone"),
            t1("desk-badge-alone-of", "text", text),
            false,
        ),
        BadgeKind::ForbiddenCollector => (
            t("desk-badge-collector"),
            t1("desk-badge-collector-of", "text", text),
            true,
        ),
    };
    (if text.is_empty() { bare } else { full }, alert)
}

/// The table. Columns of times that nobody has are left out.
pub(super) fn table(
    caption: String,
    expected: &[BoardRow],
    unexpected: &[BoardRow],
) -> impl IntoView + use<> {
    let all = || expected.iter().chain(unexpected);
    let arrivals = all().any(|row| row.in_at.is_some() || row.in_expected.is_some());
    let departures = all().any(|row| row.out_at.is_some() || row.out_expected.is_some());
    let columns = 4 + usize::from(arrivals) + usize::from(departures);
    let listed: Vec<_> = expected
        .iter()
        .map(|row| line(row, arrivals, departures))
        .collect();
    let others: Vec<_> = unexpected
        .iter()
        .map(|row| line(row, arrivals, departures))
        .collect();
    let others = (!others.is_empty()).then(|| {
        let title = t1("desk-unexpected", "count", unexpected.len());
        view! {
            <tbody>
                <tr class="part"><th colspan=columns.to_string() scope="rowgroup">{title}</th></tr>
                {others}
            </tbody>
        }
    });
    view! {
        <table class="list">
            <caption class="unseen">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("desk-column-name")}</th>
                    <th scope="col" class="wide details-column">{t("desk-column-details")}</th>
                    <th scope="col" class="wide">{t("desk-column-badges")}</th>
                    <th scope="col">{t("desk-column-state")}</th>
                    {arrivals.then(|| view! { <th scope="col" class="time">{t("desk-column-in")}</th> })}
                    {departures.then(|| view! { <th scope="col" class="time">{t("desk-column-out")}</th> })}
                </tr>
            </thead>
            <tbody>{listed}</tbody>
            {others}
        </table>
    }
}

fn line(row: &BoardRow, arrivals: bool, departures: bool) -> AnyView {
    let narrow = view! { <span class="narrow details">{details(row)}</span> };
    let small = (!row.badges.is_empty()).then(|| view! { <span class="narrow badges">{badges(row)}</span> });
    view! {
        <tr data-state=of_state(row.state)>
            <th scope="row" class="name">{name(row)}{narrow}{small}</th>
            <td class="wide details">{details(row)}</td>
            <td class="wide"><span class="badges">{badges(row)}</span></td>
            <td class="state">{state_cell(row)}</td>
            {arrivals.then(|| time(row.in_at.as_deref(), row.in_expected.as_deref()))}
            {departures.then(|| time(row.out_at.as_deref(), row.out_expected.as_deref()))}
        </tr>
    }
    .into_any()
}

fn name(row: &BoardRow) -> AnyView {
    if row.last_name.is_empty() && row.first_name.is_empty() {
        return view! { <span class="nobody">{t1("desk-child-unknown", "id", row.id_end.as_str())}</span> }
            .into_any();
    }
    view! { <span class="last">{row.last_name.clone()}</span>" "<span class="first">{row.first_name.clone()}</span> }
        .into_any()
}

/// What is known of its day; a line breaks between facts only.
fn details(row: &BoardRow) -> Vec<AnyView> {
    let mut all = row.details.clone();
    all.extend(row.sitting.map(|n| {
        if n == 1 {
            t("desk-sitting-first")
        } else {
            t1("desk-sitting", "n", n)
        }
    }));
    all.extend(row.table.clone());
    all.extend(
        row.comes_from
            .as_deref()
            .map(|place| t1("desk-comes-from", "place", place)),
    );
    all.extend(
        row.goes_to
            .as_deref()
            .map(|place| t1("desk-goes-to", "place", place)),
    );
    let last = all.len().saturating_sub(1);
    let fact = |(i, mut fact): (usize, String)| {
        if i < last {
            fact.push_str(" ·");
        }
        view! { <span class="fact">{fact}</span>" " }.into_any()
    };
    all.into_iter().enumerate().map(fact).collect()
}

fn badges(row: &BoardRow) -> Vec<AnyView> {
    row.badges
        .iter()
        .map(|badge| {
            let (words, alert) = badge_words(badge);
            view! {
                <span class="badge" data-kind=alert.then_some("alert")>
                    {alert.then(|| shape("alert"))}{words}
                </span>
            }
            .into_any()
        })
        .collect()
}

fn state_cell(row: &BoardRow) -> impl IntoView + use<> {
    let why = row.reason.filter(|_| row.state == State::Absent).map(|reason| {
        let word = reason_word(reason);
        if row.by_closing {
            t1("desk-by-closing", "reason", word)
        } else {
            word
        }
    });
    let stays = (row.stays.len() > 1).then(|| row.stays.join(", "));
    view! {
        <span class="mark">{shape(of_state(row.state))}<span class="word">{state_word(row.state)}</span></span>
        {why.map(|why| view! { <span class="why">{why}</span> })}
        {stays.map(|stays| view! { <span class="why">{stays}</span> })}
        {row.conflict.then(|| view! {
            <span class="conflict">{shape("alert")}<span>{t("desk-row-conflict")}</span></span>
        })}
    }
}

fn time(at: Option<&str>, expected: Option<&str>) -> AnyView {
    match (at, expected) {
        (Some(at), _) => view! { <td class="time">{at.to_owned()}</td> }.into_any(),
        (None, Some(expected)) => {
            view! { <td class="time planned">{t1("desk-planned", "at", expected)}</td> }.into_any()
        }
        (None, None) => view! { <td class="time"></td> }.into_any(),
    }
}
