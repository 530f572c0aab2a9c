//! The day of a site: the list beside what was pointed, live.

use leptos::prelude::*;

use super::conflicts::{Contradiction, conflicts};
use super::frame::{Bar, Head, page};
use super::rows::{BoardRow, Closing, Tally, table};
use super::shapes::shape;
use super::tabs::{Tab, closed_by_words, counts, tabs};
use crate::words::{t, t1, with};

/// Something that can be chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What the address says.
    pub slug: String,
    /// What people read.
    pub name: String,
}

/// The page.
#[derive(Clone, Debug)]
pub struct BoardPage {
    /// Who looks.
    pub bar: Bar,
    /// All sites.
    pub sites: Vec<Choice>,
    /// The site shown.
    pub site: Choice,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// « lundi 23 novembre 2026 ».
    pub date_label: String,
    /// Address of the day before.
    pub before: String,
    /// Address of today, when another day is shown.
    pub today: Option<String>,
    /// Address of the day after.
    pub after: String,
    /// Where changes are announced.
    pub events: String,
    /// What changes.
    pub board: Board,
}

/// What is fetched again when something changed.
#[derive(Clone, Debug)]
pub struct Board {
    /// Its address, whole.
    pub address: String,
    /// The point of the journal it shows, as `BRANCH:SEQ`.
    pub head: String,
    /// « 16 h 42 ».
    pub as_of: String,
    /// What is special about the day, in whole sentences.
    pub notices: Vec<String>,
    /// The activities of the day.
    pub tabs: Vec<Tab>,
    /// The list shown; `None` when the activity asked for does not take place.
    pub listing: Option<Listing>,
}

/// The list of one activity.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The activity.
    pub activity: String,
    /// Its short name.
    pub slug: String,
    /// « 16 h 30 – 18 h 30 ».
    pub hours: String,
    /// Whether it is closed.
    pub closing: Closing,
    /// Who closed it.
    pub closed_by: Option<String>,
    /// Its counts.
    pub tally: Tally,
    /// Contradictions.
    pub conflicts: Vec<Contradiction>,
    /// Where what does not agree on this list is decided.
    pub decide: String,
    /// Those with a reservation, by name.
    pub expected: Vec<BoardRow>,
    /// Those without, by name.
    pub unexpected: Vec<BoardRow>,
}

/// Draws the page.
pub fn board_page(view: &BoardPage) -> String {
    let title = with(
        "desk-board-title",
        &[("site", &view.site.name), ("date", &view.date_label)],
    );
    let head = Head {
        title,
        reloads: true,
        scripted: true,
    };
    page(head, &view.bar, || {
        view! {
            <div class="top">
                <h1>{view.site.name.clone()}<span class="date">{view.date_label.clone()}</span></h1>
                {days(view)}
            </div>
            {filters(view)}
            <p class="notice no-print" data-kind="care" id="stale" role="status" hidden>
                {shape("alert")}<span class="grow">{t("desk-stale")}</span>
            </p>
            <div id="live" data-events=view.events.clone()>{fragment(&view.board)}</div>
        }
        .into_any()
    })
}

/// Draws what changes, alone.
pub fn board_fragment(board: &Board) -> String {
    Owner::new().with(|| fragment(board).to_html())
}

fn days(view: &BoardPage) -> impl IntoView + use<> {
    view! {
        <nav class="days no-print" aria-label=t("desk-days")>
            <a class="button" href=view.before.clone()>{shape("before")}<span class="unseen">{t("desk-day-before")}</span></a>
            {view.today.clone().map(|today| view! { <a class="button" href=today>{t("desk-day-today")}</a> })}
            <a class="button" href=view.after.clone()>{shape("after")}<span class="unseen">{t("desk-day-after")}</span></a>
            <button class="button" type="button" data-print hidden>{t("desk-print")}</button>
        </nav>
    }
}

fn filters(view: &BoardPage) -> impl IntoView + use<> {
    let options: Vec<_> = view
        .sites
        .iter()
        .map(|site| {
            let chosen = site.slug == view.site.slug;
            view! { <option value=site.slug.clone() selected=chosen>{site.name.clone()}</option> }.into_any()
        })
        .collect();
    let activity = view.board.listing.as_ref().map(|listing| listing.slug.clone());
    view! {
        <form class="filters no-print" method="get" action=format!("/{}/gestion/jour", view.bar.slug)>
            <div class="field">
                <label for="site">{t("desk-filter-site")}</label>
                <select class="input" id="site" name="site">{options}</select>
            </div>
            <div class="field">
                <label for="date">{t("desk-filter-date")}</label>
                <input class="input" id="date" name="date" type="date" value=view.date.clone() required />
            </div>
            {activity.map(|activity| view! { <input type="hidden" name="activite" value=activity /> })}
            <button class="button">{t("desk-filter-show")}</button>
        </form>
    }
}

fn fragment(board: &Board) -> impl IntoView + use<> {
    let nothing_today = board.tabs.is_empty();
    let body = match &board.listing {
        Some(listing) => list(listing, &board.as_of),
        None if nothing_today => empty(t("desk-nothing-today"), t("desk-nothing-today-then")),
        None => empty(t("desk-not-today"), t("desk-not-today-then")),
    };
    view! {
        <div id="board" data-address=board.address.clone() data-head=board.head.clone()>
            {day_notices(&board.notices)}
            {(!nothing_today).then(|| tabs(&board.tabs))}
            {body}
        </div>
    }
}

/// What is special about a day: a strike, a closure, a public holiday.
pub(super) fn day_notices(notices: &[String]) -> Vec<AnyView> {
    notices
        .iter()
        .map(|notice| {
            view! { <p class="notice day-notice" data-kind="care">{shape("alert")}<span class="grow">{notice.clone()}</span></p> }
                .into_any()
        })
        .collect()
}

fn list(listing: &Listing, as_of: &str) -> AnyView {
    let closing = closed_by_words(&listing.closing, listing.closed_by.as_deref());
    let closed = matches!(listing.closing, Closing::Closed(_));
    let rows = if listing.expected.is_empty() && listing.unexpected.is_empty() {
        empty(t("desk-nobody"), t("desk-nobody-then"))
    } else {
        let caption = t1("desk-caption", "activity", listing.activity.as_str());
        table(caption, &listing.expected, &listing.unexpected).into_any()
    };
    view! {
        <section class="sheet" aria-labelledby="activite">
            <header>
                <h2 id="activite">{listing.activity.clone()}<span class="hours">{listing.hours.clone()}</span></h2>
                {counts(listing.tally)}
                <p class="closing">{closed.then(|| shape("closed"))}<span>{closing}</span></p>
            </header>
            {conflicts(&listing.conflicts, &listing.decide)}
            {rows}
            <p class="as-of">{t1("desk-as-of", "at", as_of)}</p>
        </section>
    }
    .into_any()
}

fn empty(said: String, then: String) -> AnyView {
    view! { <div class="empty"><p><strong>{said}</strong></p><p>{then}</p></div> }.into_any()
}
