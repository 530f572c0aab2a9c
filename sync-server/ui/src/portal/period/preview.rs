//! What will be added and what cannot be, before anything is put into the cart.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use shared::money::Cents;
use shared::words::money;

use super::super::frame::{Frame, page};
use super::plan::{DayChange, Difference, Differs, MonthDays, Refused, Taken, TakenKind, TakenLine, Tally};
use super::refused::{of_whom, refused};
use super::short;
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// The page.
#[derive(Clone, Debug)]
pub struct PreviewPage {
    /// What stands around it.
    pub frame: Frame,
    /// The first day and the last.
    pub dates: (NaiveDate, NaiveDate),
    /// How many of each kind.
    pub tally: Tally,
    /// Where one way of being taken is left out, or taken back.
    pub turns: BTreeMap<TakenKind, String>,
    /// What can be.
    pub taken: Vec<Taken>,
    /// What cannot be.
    pub refused: Vec<Refused>,
    /// What days lose, where a typical week replaces what stands.
    pub changes: Vec<DayChange>,
    /// What is not the same for the child that is copied to.
    pub differences: Vec<Difference>,
    /// What was asked for: it is sent again.
    pub asked: Vec<(String, String)>,
    /// The months of the span: « 2026-11 ».
    pub months: Vec<String>,
    /// Where the form can be changed.
    pub back: String,
    /// The telephone that families call.
    pub phone: Option<String>,
}

/// Draws it.
pub fn preview_page(view: &PreviewPage) -> String {
    let title = t("portal-period-preview-title");
    let frame = &view.frame;
    page(frame, &title.clone(), || {
        let taken: Vec<_> = view.taken.iter().map(taken).collect();
        let (from, until) = view.dates;
        let span = with(
            "portal-home-days",
            &[("from", &long(from)), ("until", &long(until))],
        );
        let none = view.tally.taken() == 0;
        view! {
            <p class="crumb"><a href=view.back.clone()>{t("portal-period-change")}</a></p>
            <h1>{title}</h1>
            <p class="home-quiet">{span}</p>
            {summary(&view.tally, &view.turns)}
            {(!none).then(|| send(view))}
            {(!view.taken.is_empty()).then(|| view! {
                <section class="period-part" aria-labelledby="possible">
                    <h2 id="possible">{t("portal-period-possible")}</h2>
                    {taken}
                </section>
            })}
            {changes(&view.changes)}
            {differences(&view.differences)}
            {(!view.refused.is_empty()).then(|| view! {
                <section class="period-part" aria-labelledby="impossible">
                    <h2 id="impossible">{t("portal-period-impossible")}</h2>
                    {refused(&view.refused, view.phone.as_deref())}
                </section>
            })}
            <p><a class="button" data-kind="quiet" href=view.back.clone()>{t("portal-period-change")}</a></p>
            <script src="/static/portal-period.js" defer></script>
        }
        .into_any()
    })
}

/// « 1er septembre 2026 ».
fn long(date: NaiveDate) -> String {
    format!("{} {}", short(date), date.year())
}

/// How many of each kind, a line each; what is late, asked for or waited for can be left out there.
fn summary(tally: &Tally, turns: &BTreeMap<TakenKind, String>) -> AnyView {
    let line = |sign: &'static str, state: &'static str, words: String, turn: Option<AnyView>| {
        view! { <li data-state=state>{shape(sign)}<span>{words}</span>{turn}</li> }.into_any()
    };
    let counted = |count: usize, sign, state, key: &str| {
        (count > 0).then(|| line(sign, state, t1(key, "count", count), None))
    };
    let leave = |kind: TakenKind| {
        let href = turns.get(&kind)?.clone();
        let label = with(
            "portal-period-leave-out-of",
            &[
                ("leave", &t("portal-period-leave-out")),
                ("kind", &kind_words(kind)),
            ],
        );
        Some(
            view! { <a class="button" href=href aria-label=label>{t("portal-period-leave-out")}</a> }
                .into_any(),
        )
    };
    let mut lines = Vec::new();
    if tally.booked > 0 {
        let words = t1("portal-period-sum-booked", "count", tally.booked);
        let words = with(
            "portal-period-sum-total",
            &[("booked", &words), ("total", &money(tally.total))],
        );
        lines.push(line("present", "present", words, None));
    }
    if tally.late > 0 {
        let words = t1("portal-period-sum-late", "count", tally.late);
        let words = if tally.surcharge == Cents::ZERO {
            words
        } else {
            with(
                "portal-period-sum-surcharge",
                &[("late", &words), ("surcharge", &money(tally.surcharge))],
            )
        };
        lines.push(line("alert", "absent", words, leave(TakenKind::Late)));
    }
    let asked = [
        (
            tally.requested,
            "portal-period-sum-requested",
            TakenKind::Requested,
        ),
        (tally.waiting, "portal-period-sum-waiting", TakenKind::Waiting),
    ];
    for (count, key, kind) in asked.into_iter().filter(|(count, ..)| *count > 0) {
        lines.push(line("expected", "expected", t1(key, "count", count), leave(kind)));
    }
    if tally.cancelled > 0 {
        let words = t1("portal-period-sum-cancelled", "count", tally.cancelled);
        let words = if tally.due == Cents::ZERO {
            words
        } else {
            with(
                "portal-period-sum-due",
                &[("cancelled", &words), ("due", &money(tally.due))],
            )
        };
        lines.push(line("left", "left", words, None));
    }
    lines.extend(tally.left_out.iter().map(|(kind, count)| {
        let words = match kind {
            TakenKind::Late => t1("portal-period-left-late", "count", *count),
            TakenKind::Requested => t1("portal-period-left-requested", "count", *count),
            _ => t1("portal-period-left-waiting", "count", *count),
        };
        let turn = turns.get(kind).map(|href| {
            let label = with(
                "portal-period-leave-out-of",
                &[
                    ("leave", &t("portal-period-take-back")),
                    ("kind", &kind_words(*kind)),
                ],
            );
            view! { <a class="button" href=href.clone() aria-label=label>{t("portal-period-take-back")}</a> }
                .into_any()
        });
        line("absent", "expected", words, turn)
    }));
    lines.extend(counted(
        tally.already,
        "present",
        "expected",
        "portal-period-sum-already",
    ));
    lines.extend(counted(
        tally.in_cart,
        "present",
        "expected",
        "portal-period-sum-in-cart",
    ));
    lines.extend(counted(
        tally.refused,
        "absent",
        "absent",
        "portal-period-sum-refused",
    ));
    if tally.taken() == 0 {
        lines.push(line("absent", "absent", t("portal-period-sum-nothing"), None));
    }
    view! { <ul class="period-sum" role="list">{lines}</ul> }.into_any()
}

/// What becomes of what can be.
fn kind_words(kind: TakenKind) -> String {
    match kind {
        TakenKind::Booked => t("portal-period-kind-booked"),
        TakenKind::Late => t("portal-period-kind-late"),
        TakenKind::Requested => t("portal-period-kind-requested"),
        TakenKind::Waiting => t("portal-period-kind-waiting"),
        TakenKind::Cancelled => t("portal-period-kind-cancelled"),
        TakenKind::CancelRequested => t("portal-period-kind-cancel-requested"),
    }
}

/// Everything that can be goes into the cart. With scripts a month at a time, so that one sees how far it is.
fn send(view: &PreviewPage) -> AnyView {
    let frame = &view.frame;
    let token = frame.person.as_ref().map(|person| person.token.clone());
    let hidden: Vec<_> = view
        .asked
        .iter()
        .map(|(name, value)| {
            view! { <input type="hidden" name=name.clone() value=value.clone() /> }.into_any()
        })
        .collect();
    let cart = frame.at("/panier");
    view! {
        <form
            class="period-send" method="post" action=frame.at("/reservations/periode/apercu")
            data-months=view.months.join(" ") data-then=cart
        >
            <input type="hidden" name="jeton" value=token.unwrap_or_default() />
            {hidden}
            <div class="buttons">
                <button class="button" data-kind="primary">{t1("portal-period-send", "count", view.tally.taken())}</button>
            </div>
            <p class="home-quiet">{t("portal-period-send-then")}</p>
            <p class="period-progress" role="status" hidden>
                <label for="avancement">{t("portal-period-sending")}</label>" "
                <progress id="avancement" value="0" max=view.months.len().to_string()></progress>
            </p>
        </form>
    }
    .into_any()
}

fn taken(taken: &Taken) -> AnyView {
    let words = kind_words(taken.kind);
    let lines: Vec<_> = taken
        .lines
        .iter()
        .map(|line| taken_line(line, taken.kind))
        .collect();
    view! { <h3>{words}</h3><ul class="period-taken" role="list">{lines}</ul> }.into_any()
}

fn taken_line(line: &TakenLine, kind: TakenKind) -> AnyView {
    let whom = of_whom(&(line.child.clone(), line.activity.clone()));
    let whom = match &line.formula {
        Some(formula) => format!(
            "{whom} {}",
            t1("portal-home-formula", "formula", formula.as_str())
        ),
        None => whom,
    };
    let count = t1("portal-period-days", "count", line.count);
    let gone = matches!(kind, TakenKind::Cancelled | TakenKind::CancelRequested);
    let price = match line.each {
        _ if gone && line.total == Cents::ZERO => None,
        Some(each) if line.count > 1 && !gone => Some(with(
            "portal-period-price",
            &[("total", &money(line.total)), ("each", &money(each))],
        )),
        _ => Some(money(line.total)),
    };
    let months: Vec<_> = line.months.iter().map(month).collect();
    view! {
        <li>
            <p><strong>{whom}</strong>" "<span class="period-count">{count}</span>
                {price.map(|price| view! { " · "<span class="period-price">{price}</span> })}</p>
            <details><summary>{t("portal-period-which")}</summary><ul role="list">{months}</ul></details>
        </li>
    }
    .into_any()
}

/// « novembre 2026 : 3, 10, 17, 24 ».
fn month(month: &MonthDays) -> AnyView {
    let words = shared::words::day(month.first);
    let name = words.split(' ').next_back().unwrap_or_default().to_owned();
    let days: Vec<String> = month.days.iter().map(u32::to_string).collect();
    let days = days.join(", ");
    let name = format!("{name} {}", month.first.year());
    view! { <li>{name}{t("form-colon")}{days}</li> }.into_any()
}

fn changes(days: &[DayChange]) -> Option<AnyView> {
    if days.is_empty() {
        return None;
    }
    let list = |all: &[(String, String)]| all.iter().map(of_whom).collect::<Vec<_>>().join(", ");
    let items: Vec<_> = days
        .iter()
        .map(|day| {
            let away = t1("portal-period-away", "list", list(&day.away));
            let new = (!day.new.is_empty()).then(|| t1("portal-period-new", "list", list(&day.new)));
            view! { <li><strong>{shared::words::day(day.date)}</strong>{t("form-colon")}{away}{new.map(|new| format!(" {new}"))}</li> }
                .into_any()
        })
        .collect();
    Some(
        view! {
            <section class="period-part" aria-labelledby="remplacees">
                <h2 id="remplacees">{t("portal-period-changes")}</h2>
                <ul role="list">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

fn differences(all: &[Difference]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let items: Vec<_> = all
        .iter()
        .map(|one| {
            let (there, here) = match &one.differs {
                Differs::Site(there, here) => (there.clone(), here.clone()),
                Differs::Price(there, here) => (money(*there), money(*here)),
            };
            let words = with("portal-period-differs", &[("here", &here), ("there", &there)]);
            view! { <li><strong>{one.activity.clone()}</strong>{t("form-colon")}{words}</li> }.into_any()
        })
        .collect();
    Some(
        view! {
            <section class="period-part" aria-labelledby="differences">
                <h2 id="differences">{t("portal-period-differences")}</h2>
                <ul role="list">{items}</ul>
            </section>
        }
        .into_any(),
    )
}
