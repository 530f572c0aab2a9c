//! The page of one cell: the rule in words, what can be had at what price until when, and what can be done.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use leptos::prelude::*;
use shared::booking::{Reason, sentence};
use shared::day_list::Symbol;
use shared::money::Cents;
use shared::words::{day, hour_or_full, money};

use super::bar::{CartBar, bar};
use super::cell::{CellState, instant_words};
use super::{Shut, shut_notice, whom};
use crate::portal::account::{Origin, origin_words};
use crate::portal::frame::{Frame, page};
use crate::portal::home::symbol;
use crate::words::{french, t, t1, with};

/// The page.
#[derive(Clone, Debug)]
pub struct CellPage {
    /// What stands around it.
    pub frame: Frame,
    /// Goes into the forms; none where whoever looks may change nothing.
    pub token: Option<String>,
    /// This very page, where forms come back to.
    pub here: String,
    /// The grid.
    pub grid: String,
    /// What it is about.
    pub cell: CellFacts,
    /// What happened, the oldest first.
    pub history: Vec<HistoryLine>,
    /// The telephone that families call.
    pub phone: Option<String>,
    /// Why nothing can be changed now.
    pub shut: Option<Shut>,
    /// What is in the cart.
    pub cart: Option<CartBar>,
}

/// What the page is about.
#[derive(Clone, Debug)]
pub struct CellFacts {
    /// The child's first name.
    pub first_name: String,
    /// The colour and symbol it knows as its own.
    pub symbol: Symbol,
    /// Which day.
    pub date: NaiveDate,
    /// What.
    pub activity: String,
    /// Where, where it is known.
    pub site: Option<String>,
    /// « 11 h 30 – 13 h 30 », or the hours of the stay.
    pub hours: Option<String>,
    /// How it is taken, where it is booked.
    pub formula: Option<String>,
    /// Where it stands.
    pub state: CellState,
    /// Why, where a rule says so.
    pub reason: Option<Reason>,
    /// The town's clock.
    pub zone: Tz,
    /// What else is to be known: the town's words for its rules.
    pub sentences: Vec<String>,
    /// Until when it can be booked in time.
    pub add_until: Option<NaiveDateTime>,
    /// Until when it can be cancelled in time.
    pub cancel_until: Option<NaiveDateTime>,
    /// What it costs, or was agreed.
    pub price: Option<Cents>,
    /// What can be had.
    pub offers: Vec<Offer>,
    /// What else can be done.
    pub acts: Vec<Act>,
    /// What is posted to have all days like it that are to come in its month.
    pub same_days: Vec<String>,
}

/// Something that happened to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    /// What.
    pub what: Happened,
    /// When, by the town's clock.
    pub at: NaiveDateTime,
    /// Through what, and by whom, where it is known.
    pub by: Option<Origin>,
    /// What the town hall said.
    pub words: Option<String>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// It was booked.
    Booked,
    /// It was cancelled.
    Cancelled,
    /// It was asked for.
    Asked,
    /// Its cancellation was asked for.
    CancelAsked,
    /// The child was put on the waiting list.
    Waited,
    /// A place was offered.
    Offered,
    /// The town hall said yes.
    Accepted,
    /// The town hall said no.
    Refused,
    /// The family no longer wanted it.
    Withdrawn,
    /// It ended by itself.
    Ended,
}

impl Happened {
    fn words(self) -> String {
        match self {
            Self::Booked => t("portal-bookings-happened-booked"),
            Self::Cancelled => t("portal-bookings-happened-cancelled"),
            Self::Asked => t("portal-bookings-happened-asked"),
            Self::CancelAsked => t("portal-bookings-happened-cancel-asked"),
            Self::Waited => t("portal-bookings-happened-waited"),
            Self::Offered => t("portal-bookings-happened-offered"),
            Self::Accepted => t("portal-bookings-happened-accepted"),
            Self::Refused => t("portal-bookings-happened-refused"),
            Self::Withdrawn => t("portal-bookings-happened-withdrawn"),
            Self::Ended => t("portal-bookings-happened-ended"),
        }
    }
}

/// Something that can be had: a formula, or the one way there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The formula's name.
    pub name: Option<String>,
    /// Where it stands.
    pub state: CellState,
    /// What it costs.
    pub price: Option<Cents>,
    /// What it would cost in time, where it costs more now.
    pub usual: Option<Cents>,
    /// Until when.
    pub until: Option<NaiveDateTime>,
    /// Why not, or not straight away.
    pub reason: Option<Reason>,
    /// What is posted to have it.
    pub line: Option<String>,
}

/// What can be done with what stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// What.
    pub kind: ActKind,
    /// What is posted.
    pub line: String,
    /// What is due all the same.
    pub due: Option<Cents>,
}

/// Something that can be done with what stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActKind {
    /// It leaves the cart.
    Remove,
    /// Its cancellation goes into the cart.
    Cancel,
    /// The offered place goes into the cart.
    Take,
}

impl ActKind {
    fn word(self) -> &'static str {
        match self {
            Self::Remove => "retrait",
            Self::Cancel => "annulation",
            Self::Take => "ajout",
        }
    }

    fn words(self) -> String {
        match self {
            Self::Remove => t("portal-bookings-act-remove"),
            Self::Cancel => t("portal-bookings-act-cancel"),
            Self::Take => t("portal-bookings-act-take"),
        }
    }
}

/// Draws it.
pub fn cell_page(view: &CellPage) -> String {
    let title = with(
        "portal-bookings-cell-title",
        &[("activity", &view.cell.activity), ("day", &day(view.cell.date))],
    );
    page(&view.frame, &title.clone(), || {
        let cell = &view.cell;
        let place: Vec<&str> = [&cell.site, &cell.hours, &cell.formula]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let why = view.cell.reason.as_ref().map(|reason| why_words(view, reason));
        let sentences: Vec<_> = why
            .iter()
            .chain(&view.cell.sentences)
            .map(|words| view! { <p>{words.clone()}</p> }.into_any())
            .collect();
        let call = view.cell.reason.as_ref().is_some_and(|reason| reason.call).then(
            || view! { <p class="home-call">{t("portal-bookings-call")}" "{whom(view.phone.as_deref())}</p> },
        );
        view! {
            <link rel="stylesheet" href="/static/portal-bookings.css" />
            <p class="crumb no-print"><a href=view.grid.clone()>{t("portal-bookings-back")}</a></p>
            <h1>{title}</h1>
            <div class="home-child-head">
                {symbol(view.cell.symbol)}
                <div><strong>{view.cell.first_name.clone()}</strong><p class="home-place">{place.join(" · ")}</p></div>
            </div>
            {view.shut.as_ref().map(|shut| shut_notice(shut, &view.frame))}
            <p class=format!("cell-state {}", view.cell.state.sign())>
                <b>{view.cell.state.words()}</b>
                {view.cell.price.map(|price| view! { " "<em>{money(price)}</em> })}
            </p>
            {sentences}
            {call}
            {offers(view)}
            {acts(view)}
            {deadlines(view)}
            {same_days(view)}
            {history(view)}
            {bar(view.cart.as_ref(), &view.frame, view.shut.is_some())}
        }
        .into_any()
    })
}

/// A reason in a sentence; whom to call stands beside it, to be touched.
fn why_words(view: &CellPage, reason: &Reason) -> String {
    let reason = Reason {
        call: false,
        ..reason.clone()
    };
    sentence(&reason, french(), view.cell.zone, None)
}

/// A form of one button.
fn form(view: &CellPage, kind: &'static str, lines: &[String], button: AnyView) -> Option<AnyView> {
    let token = view.token.clone()?;
    let lines: Vec<_> = lines
        .iter()
        .map(|line| view! { <input type="hidden" name="ligne" value=line.clone() /> }.into_any())
        .collect();
    Some(
        view! {
            <form method="post" action=view.frame.at("/panier/lignes")>
                <input type="hidden" name="jeton" value=token />
                <input type="hidden" name="sorte" value=kind />
                <input type="hidden" name="retour" value=view.here.clone() />
                {lines}{button}
            </form>
        }
        .into_any(),
    )
}

fn offers(view: &CellPage) -> Option<AnyView> {
    if view.cell.offers.is_empty() {
        return None;
    }
    let items: Vec<_> = view.cell.offers.iter().map(|one| offer(view, one)).collect();
    Some(
        view! {
            <section aria-labelledby="choix">
                <h2 id="choix">{t("portal-bookings-choice")}</h2>
                <ul class="cell-offers" role="list">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

fn offer(view: &CellPage, one: &Offer) -> AnyView {
    let name = one.name.clone().unwrap_or_else(|| view.cell.activity.clone());
    let until = one
        .until
        .map(|at| t1("portal-bookings-until", "at", instant_words(at, view.cell.date)));
    let usual = one
        .usual
        .map(|usual| t1("portal-bookings-usual", "price", money(usual)));
    let words = match one.state {
        CellState::Full => t("portal-bookings-act-wait"),
        CellState::OnRequest => t("portal-bookings-act-ask"),
        _ => t("portal-bookings-act-add"),
    };
    let button = one.line.clone().and_then(|line| {
        let label = format!("{words}\u{a0}: {name}");
        let button = view! { <button class="button" data-kind="primary" aria-label=label>{words}</button> };
        form(view, "ajout", &[line], button.into_any())
    });
    view! {
        <li class=one.state.sign()>
            <h3>{name}</h3>
            <p><b>{one.state.words()}</b>{until.map(|until| view! { " "<small>{until}</small> })}</p>
            {one.price.map(|price| view! { <p><em>{money(price)}</em>{usual.map(|usual| view! { " "<small>{usual}</small> })}</p> })}
            {one.reason.as_ref().map(|reason| view! { <p class="home-quiet">{why_words(view, reason)}</p> })}
            {button}
        </li>
    }
    .into_any()
}

fn acts(view: &CellPage) -> Vec<AnyView> {
    let one = |act: &Act| {
        let due = act
            .due
            .filter(|due| *due != Cents::ZERO)
            .map(|due| t1("portal-bookings-due", "price", money(due)));
        let button = view! {
            {due.map(|due| view! { <p>{due}</p> })}
            <button class="button">{act.kind.words()}</button>
        };
        form(
            view,
            act.kind.word(),
            std::slice::from_ref(&act.line),
            button.into_any(),
        )
    };
    view.cell.acts.iter().filter_map(one).collect()
}

fn deadlines(view: &CellPage) -> Option<AnyView> {
    let at = |at: Option<NaiveDateTime>, words: String| {
        at.map(|at| {
            view! { <div><dt>{words}</dt><dd>{instant_words(at, view.cell.date)}</dd></div> }.into_any()
        })
    };
    let rows: Vec<_> = [
        at(view.cell.add_until, t("portal-bookings-add-until")),
        at(view.cell.cancel_until, t("portal-bookings-cancel-until")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="limites">
                <h2 id="limites">{t("portal-bookings-deadlines")}</h2>
                <dl class="file-rows">{rows}</dl>
            </section>
        }
        .into_any()
    })
}

fn same_days(view: &CellPage) -> Option<AnyView> {
    let same = Some(&view.cell.same_days).filter(|same| same.len() > 1)?;
    let words = day(view.cell.date);
    let mut words = words.split(' ');
    let (weekday, month) = (words.next().unwrap_or_default(), words.nth(1).unwrap_or_default());
    let count = same.len().to_string();
    let year = view.cell.date.year().to_string();
    let values = [
        ("day", weekday),
        ("month", month),
        ("year", &year),
        ("count", &count),
    ];
    let words = with("portal-bookings-same-days", &values);
    form(
        view,
        "ajout",
        same,
        view! { <button class="button">{words}</button> }.into_any(),
    )
}

fn history(view: &CellPage) -> Option<AnyView> {
    let one = |line: &HistoryLine| {
        let when = with(
            "portal-home-when",
            &[
                ("day", &day(line.at.date())),
                ("hour", &hour_or_full(line.at.time())),
            ],
        );
        let by = line.by.as_ref().map(|by| format!(" · {}", origin_words(by)));
        view! {
            <li><p><strong>{line.what.words()}</strong></p><p class="home-when">{when}{by}</p>
                {line.words.clone().map(|words| view! { <p>{words}</p> })}</li>
        }
        .into_any()
    };
    let lines: Vec<_> = view.history.iter().map(one).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section aria-labelledby="suite">
                <h2 id="suite">{t("portal-bookings-history")}</h2>
                <ul class="home-feed" role="list">{lines}</ul>
            </section>
        }
        .into_any()
    })
}
