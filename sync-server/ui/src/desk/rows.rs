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
    /// Why it is not simply expected.
    pub standing: Option<RowStanding>,
    /// What to know of its day: « Enseignante absente ».
    pub note: Option<String>,
    /// Of a child nobody knows: what it is called or looks like.
    pub described: Option<String>,
}

/// Why a child is not simply expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowStanding {
    /// With its class: where, and whether a picnic goes with it.
    Away(String, bool),
    /// May come.
    Free,
    /// Comes from this site for the day.
    Guest(String),
    /// Was sent to this site.
    Moved(String),
}

impl BoardRow {
    /// Not pointed, and nobody waits for it.
    fn is_aside(&self) -> bool {
        let aside = matches!(
            self.standing,
            Some(RowStanding::Away(..) | RowStanding::Free | RowStanding::Moved(_))
        );
        self.state == State::Expected && aside
    }

    /// The shape that its state is told by.
    fn shape(&self) -> &'static str {
        match &self.standing {
            Some(RowStanding::Away(..)) if self.is_aside() => "away",
            Some(RowStanding::Free) if self.is_aside() => "free",
            Some(RowStanding::Moved(_)) if self.is_aside() => "moved",
            _ => of_state(self.state),
        }
    }

    /// The word of its state, and what follows it.
    fn state_words(&self) -> (String, Option<String>) {
        let usual = || state_word(self.state);
        match &self.standing {
            Some(RowStanding::Away(place, picnic)) if self.is_aside() => {
                let place = if *picnic {
                    t1("desk-away-picnic", "place", place.as_str())
                } else {
                    place.clone()
                };
                (t("desk-state-away"), Some(place))
            }
            Some(RowStanding::Free) if self.is_aside() => (t("desk-state-free"), None),
            Some(RowStanding::Moved(site)) if self.is_aside() => {
                (t1("desk-moved-to", "site", site.as_str()), None)
            }
            Some(RowStanding::Moved(site)) => (usual(), Some(t1("desk-moved-to", "site", site.as_str()))),
            Some(RowStanding::Guest(site)) => (usual(), Some(t1("desk-guest-from", "site", site.as_str()))),
            Some(RowStanding::Away(..) | RowStanding::Free) | None => (usual(), None),
        }
    }
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
    /// With their class or at another site: neither expected nor absent.
    pub away: usize,
    /// On the list without being expected.
    pub free: usize,
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
        <tr data-state=row.shape()>
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
        let said = match &row.described {
            Some(described) => t1("desk-child-described", "described", described.as_str()),
            None => t1("desk-child-unknown", "id", row.id_end.as_str()),
        };
        return view! { <span class="nobody">{said}</span> }.into_any();
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
    all.extend(row.note.clone());
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
    let (word, where_to) = row.state_words();
    view! {
        <span class="mark">{shape(row.shape())}<span class="word">{word}</span></span>
        {where_to.map(|words| view! { <span class="why">{words}</span> })}
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
