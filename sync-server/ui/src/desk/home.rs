//! The first page: today, site by site.

use leptos::prelude::*;
use shared::fold::State;

use super::board::day_notices;
use super::frame::{Bar, Head, page};
use super::places::Place;
use super::rows::{Closing, Tally};
use super::shapes::{of_state, shape};
use super::tabs::{closing_words, plural};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct HomePage {
    /// Who looks.
    pub bar: Bar,
    /// « lundi 23 novembre ».
    pub date_label: String,
    /// Where changes are announced.
    pub events: String,
    /// Requests of families that wait for an answer, and where they are; none for whoever may not answer.
    pub requests: Option<(u64, String)>,
    /// What changes.
    pub town: TownBoard,
}

/// What is fetched again when something changed.
#[derive(Clone, Debug)]
pub struct TownBoard {
    /// Its address.
    pub address: String,
    /// The point of the journal it shows, as `BRANCH:SEQ`.
    pub head: String,
    /// « 16 h 42 ».
    pub as_of: String,
    /// The sites.
    pub sites: Vec<SiteBlock>,
}

/// A site's day.
#[derive(Clone, Debug)]
pub struct SiteBlock {
    /// Its short name.
    pub slug: String,
    /// What is special about its day, in whole sentences.
    pub notices: Vec<String>,
    /// Its name.
    pub name: String,
    /// Address of its day.
    pub address: String,
    /// Its activities of today.
    pub lines: Vec<ActivityLine>,
}

/// An activity's day.
#[derive(Clone, Debug)]
pub struct ActivityLine {
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Address of its list.
    pub address: String,
    /// Its counts.
    pub tally: Tally,
    /// Whether its list is closed.
    pub closing: Closing,
    /// Contradictions on its list.
    pub conflicts: usize,
}

const STATES: [State; 4] = [State::Expected, State::Present, State::Left, State::Absent];

/// Draws the page.
pub fn home(view: &HomePage) -> String {
    let head = Head {
        title: t("desk-home-title"),
        reloads: true,
        scripted: true,
    };
    page(head, &view.bar, || {
        let aside = (view.bar.waiting > 0).then(|| {
            let address = format!("/{}/gestion/quarantaine", view.bar.slug);
            view! {
                <div class="notice" data-kind="care">
                    {shape("alert")}
                    <p class="grow">{t1("desk-home-kept-aside", "count", view.bar.waiting)}</p>
                    <a class="button" href=address>{t("desk-home-kept-aside-see")}</a>
                </div>
            }
        });
        let requests = view
            .requests
            .clone()
            .filter(|(count, _)| *count > 0)
            .map(|(count, address)| {
                view! {
                    <div class="notice">
                        {shape("expected")}
                        <p class="grow">{t1("desk-home-requests", "count", count)}</p>
                        <a class="button" href=address>{t("desk-home-requests-see")}</a>
                    </div>
                }
            });
        let settings = view.bar.places.contains(&Place::Settings);
        let settings = settings.then(|| Place::Settings.address(&view.bar.slug));
        let none = view.town.sites.is_empty().then(|| {
            view! {
                <div class="empty">
                    <p><strong>{t("desk-no-site")}</strong></p>
                    <p>{t("desk-no-site-then")}</p>
                    {settings.map(|address| view! { <p><a class="button" href=address>{t("desk-place-settings")}</a></p> })}
                </div>
            }
        });
        view! {
            <div class="top">
                <h1>{t("desk-home-heading")}<span class="date">{view.date_label.clone()}</span></h1>
            </div>
            {aside}
            {requests}
            {none}
            <p class="notice no-print" data-kind="care" id="stale" role="status" hidden>
                {shape("alert")}<span class="grow">{t("desk-stale")}</span>
            </p>
            <div id="live" data-events=view.events.clone()>{fragment(&view.town)}</div>
        }
        .into_any()
    })
}

/// Draws what changes, alone.
pub fn town_fragment(town: &TownBoard) -> String {
    Owner::new().with(|| fragment(town).to_html())
}

fn fragment(town: &TownBoard) -> impl IntoView + use<> {
    let any = !town.sites.is_empty();
    view! {
        <div id="board" data-address=town.address.clone() data-head=town.head.clone()>
            {any.then(legend)}
            {any.then(|| summary(&town.sites))}
            <p class="as-of">{t1("desk-as-of", "at", town.as_of.as_str())}</p>
        </div>
    }
}

/// What the shapes over the columns say, where there is no room for words there.
fn legend() -> impl IntoView {
    let states: Vec<_> = STATES
        .into_iter()
        .map(|state| view! { <span class="mark">{shape(of_state(state))}{plural(state)}</span> }.into_any())
        .collect();
    view! {
        <p class="legend" aria-hidden="true">
            {states}
            <span class="mark">{shape("unexpected")}{t("desk-count-unexpected")}</span>
        </p>
    }
}

fn summary(sites: &[SiteBlock]) -> AnyView {
    let heads: Vec<_> = STATES
        .into_iter()
        .map(|state| {
            view! {
                <th scope="col" data-state=of_state(state)>
                    <span class="mark">{shape(of_state(state))}<span class="word">{plural(state)}</span></span>
                </th>
            }
            .into_any()
        })
        .collect();
    let blocks: Vec<_> = sites.iter().map(block).collect();
    view! {
        <table class="summary">
            <caption class="unseen">{t("desk-home-caption")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("desk-column-activity")}</th>
                    {heads}
                    <th scope="col">
                        <span class="mark">{shape("unexpected")}<span class="word">{t("desk-count-unexpected")}</span></span>
                    </th>
                </tr>
            </thead>
            {blocks}
        </table>
    }
    .into_any()
}

fn block(site: &SiteBlock) -> AnyView {
    let lines: Vec<_> = site
        .lines
        .iter()
        .map(|activity| line(activity, &site.slug))
        .collect();
    let none = lines.is_empty();
    view! {
        <tbody>
            <tr class="place">
                <th scope="rowgroup" colspan="6">
                    <a id=format!("site-{}", site.slug) href=site.address.clone()>{site.name.clone()}</a>
                </th>
            </tr>
            {(!site.notices.is_empty()).then(|| view! {
                <tr class="special"><td colspan="6">{day_notices(&site.notices)}</td></tr>
            })}
            {lines}
            {none.then(|| view! { <tr><td class="quiet" colspan="6">{t("desk-nothing-today")}</td></tr> })}
        </tbody>
    }
    .into_any()
}

fn line(line: &ActivityLine, site: &str) -> AnyView {
    let tally = line.tally;
    let numbers: Vec<_> = [
        tally.expected,
        tally.present,
        tally.left,
        tally.absent,
        tally.unexpected,
    ]
    .into_iter()
    .map(|count| {
        let zero = (count == 0).then_some("true");
        view! { <td class="number" data-zero=zero>{count}</td> }.into_any()
    })
    .collect();
    let closed = !matches!(line.closing, Closing::Open);
    view! {
        <tr>
            <th scope="row">
                <a id=format!("{site}-{}", line.slug) href=line.address.clone()>{line.name.clone()}</a>
                {closed.then(|| view! { <span class="why">{closing_words(&line.closing)}</span> })}
                {(tally.away > 0).then(|| view! {
                    <span class="why">{t1("desk-line-away", "count", tally.away)}</span>
                })}
                {(tally.free > 0).then(|| view! {
                    <span class="why">{t1("desk-line-free", "count", tally.free)}</span>
                })}
                {(line.conflicts > 0).then(|| view! {
                    <span class="conflict">{shape("alert")}<span>{t("desk-row-conflict")}</span></span>
                })}
            </th>
            {numbers}
        </tr>
    }
    .into_any()
}
