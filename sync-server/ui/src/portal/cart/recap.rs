//! What became of a cart: the page that is printed, and the same for a letter.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use shared::money::Cents;
use shared::operation::Priced;
use shared::words::day;

use super::folded::MOST_WHOLE;
use super::{euros, price_words};
use crate::desk::shapes::shape;
use crate::portal::frame::{Frame, page};
use crate::portal::home::tel;
use crate::words::{t, t1, with};

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// Booked.
    Added(Priced),
    /// Booked in place of another formula.
    Changed(Priced),
    /// Cancelled: what is due all the same, and what was paid and is credited.
    Removed(Cents, Cents),
    /// Asked for.
    Requested(Priced),
    /// A cancellation is asked for; what is due if the answer is yes.
    CancelRequested(Cents),
    /// It waits, as the how many-th by now where it still does.
    Waiting(Option<u32>, Priced),
    /// Nothing was changed; the sentence that was shown.
    Refused(String),
}

impl Came {
    /// In the order of the page.
    fn place(&self) -> usize {
        match self {
            Self::Added(_) => 0,
            Self::Changed(_) => 1,
            Self::Removed(..) => 2,
            Self::Requested(_) => 3,
            Self::CancelRequested(_) => 4,
            Self::Waiting(..) => 5,
            Self::Refused(_) => 6,
        }
    }
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecapLine {
    /// First name.
    pub child: String,
    /// The activity, with its formula where one was chosen.
    pub what: String,
    /// When.
    pub date: NaiveDate,
    /// What became of it.
    pub came: Came,
    /// « lundi 23 novembre à 18 h »: until when it is to be paid.
    pub pay_until: Option<String>,
}

/// What became of a cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recap {
    /// Its lines.
    pub lines: Vec<RecapLine>,
    /// « lundi 23 novembre 2026 à 8 h 30 ».
    pub when: String,
    /// The town hall booked it for the family.
    pub by_town: bool,
    /// Why the town hall went beyond its rules, where it did.
    pub beyond: Option<String>,
}

impl Recap {
    /// What is due for what was booked and for what was cancelled too late.
    pub fn total(&self) -> Cents {
        let due = self.lines.iter().map(|line| match &line.came {
            Came::Added(priced) | Came::Changed(priced) => priced.total,
            Came::Removed(due, _) => *due,
            _ => Cents::ZERO,
        });
        due.sum()
    }

    /// Whether anything was refused.
    pub fn is_partly_refused(&self) -> bool {
        self.lines
            .iter()
            .any(|line| matches!(line.came, Came::Refused(_)))
    }
}

/// A heading and its lines, as text: in a letter, and on the page.
pub fn sections(recap: &Recap) -> Vec<(String, Vec<String>)> {
    let headings = [
        t("cart-recap-added"),
        t("cart-recap-changed"),
        t("cart-recap-removed"),
        t("cart-recap-requested"),
        t("cart-recap-cancel-requested"),
        t("cart-recap-waiting"),
        t("cart-recap-refused"),
    ];
    let of = |(place, heading): (usize, String)| {
        let lines = recap.lines.iter().filter(|line| line.came.place() == place);
        let lines: Vec<String> = if recap.lines.len() > MOST_WHOLE {
            folded(lines)
        } else {
            lines.map(line_words).collect()
        };
        (!lines.is_empty()).then_some((heading, lines))
    };
    headings.into_iter().enumerate().filter_map(of).collect()
}

/// Lines that are alike but for their day, in one: how many, at what price each, and the days by month.
fn folded<'a>(lines: impl Iterator<Item = &'a RecapLine>) -> Vec<String> {
    let mut groups: Vec<(Vec<String>, Vec<&RecapLine>)> = Vec::new();
    let mut places: BTreeMap<(&str, &str, Vec<String>), usize> = BTreeMap::new();
    for line in lines {
        let tail = tail(line);
        let place = *places
            .entry((&line.child, &line.what, tail.clone()))
            .or_insert_with(|| {
                groups.push((tail, Vec::new()));
                groups.len() - 1
            });
        groups[place].1.push(line);
    }
    groups
        .into_iter()
        .map(|(tail, lines)| match lines.as_slice() {
            [one] => line_words(one),
            lines => group_words(&tail, lines),
        })
        .collect()
}

fn group_words(tail: &[String], lines: &[&RecapLine]) -> String {
    let count = t1("portal-period-days", "count", lines.len());
    let mut words: Vec<String> = lines.first().map(|line| head(line, &count)).into_iter().collect();
    let is_price = lines.iter().all(|line| match &line.came {
        Came::Added(priced) | Came::Changed(priced) => priced.total != Cents::ZERO,
        _ => false,
    });
    match tail {
        [price] if is_price => words.push(t1("portal-period-each", "price", price.as_str())),
        tail => words.extend(tail.iter().cloned()),
    }
    let mut months: BTreeMap<(i32, u32), Vec<NaiveDate>> = BTreeMap::new();
    for line in lines {
        let month = (line.date.year(), line.date.month());
        months.entry(month).or_default().push(line.date);
    }
    let month = |((year, _), dates): ((i32, u32), Vec<NaiveDate>)| {
        let named = dates.first().map(|date| day(*date)).unwrap_or_default();
        let name = named.rsplit(' ').next().unwrap_or_default();
        let days: Vec<String> = dates.iter().map(|date| date.day().to_string()).collect();
        format!("{name} {year}{}{}", t("form-colon"), days.join(", "))
    };
    words.extend(months.into_iter().map(month));
    words.join(" · ")
}

fn head(line: &RecapLine, day: &str) -> String {
    with(
        "cart-recap-line",
        &[("child", line.child.as_str()), ("what", &line.what), ("day", day)],
    )
}

fn line_words(line: &RecapLine) -> String {
    let words: Vec<String> = [head(line, &day(line.date))]
        .into_iter()
        .chain(tail(line))
        .collect();
    words.join(" · ")
}

/// What is said of a line beside whose it is, of what and when.
fn tail(line: &RecapLine) -> Vec<String> {
    let mut words = Vec::new();
    match &line.came {
        Came::Added(priced) | Came::Changed(priced) | Came::Requested(priced) => {
            words.push(price_words(priced));
        }
        Came::Waiting(rank, priced) => {
            words.extend(rank.map(|rank| t1("cart-recap-rank", "rank", rank)));
            words.push(price_words(priced));
        }
        Came::Removed(due, credited) => {
            words.push(cost_words(*due));
            if *credited != Cents::ZERO {
                words.push(t1("cart-credited", "price", euros(*credited)));
            }
        }
        Came::CancelRequested(due) => words.push(cost_words(*due)),
        Came::Refused(why) => words.push(why.clone()),
    }
    words.extend(
        line.pay_until
            .as_deref()
            .map(|until| t1("cart-pay-until", "until", until)),
    );
    words
}

/// What a cancellation costs.
pub(super) fn cost_words(due: Cents) -> String {
    if due == Cents::ZERO {
        t("cart-cancel-free")
    } else {
        t1("cart-cancel-costs", "price", euros(due))
    }
}

/// The page.
#[derive(Clone, Debug)]
pub struct RecapPage {
    /// What stands around it.
    pub frame: Frame,
    /// What became of the cart.
    pub recap: Recap,
    /// Where a letter of it goes.
    pub address: Option<String>,
    /// Whom to call.
    pub phone: Option<String>,
}

/// Draws it.
pub fn recap_page(view: &RecapPage) -> String {
    let title = t("cart-recap");
    let frame = &view.frame;
    page(frame, &title.clone(), || {
        let recap = &view.recap;
        let refused = recap.is_partly_refused();
        let all_refused = recap
            .lines
            .iter()
            .all(|line| matches!(line.came, Came::Refused(_)));
        let (sign, kind, said) = if all_refused {
            ("alert", "care", t("cart-recap-nothing"))
        } else if refused {
            ("alert", "care", t("cart-recap-partly"))
        } else {
            ("present", "done", t("cart-recap-all"))
        };
        let parts: Vec<_> = sections(recap)
            .into_iter()
            .map(|(heading, lines)| {
                let lines: Vec<_> = lines
                    .into_iter()
                    .map(|line| view! { <li>{line}</li> }.into_any())
                    .collect();
                view! { <section class="recap-part"><h2>{heading}</h2><ul>{lines}</ul></section> }.into_any()
            })
            .collect();
        let by = if recap.by_town {
            t1("cart-recap-by-town", "when", recap.when.as_str())
        } else {
            t1("cart-recap-by-web", "when", recap.when.as_str())
        };
        view! {
            <p class="crumb no-print"><a href=frame.at("/reservations")>{t("portal-place-bookings")}</a></p>
            <h1>{title}</h1>
            <p class="home-quiet">{by}</p>
            <div class="notice" data-kind=kind role="status">{shape(sign)}<p class="grow">{said}</p></div>
            {recap.beyond.is_some().then(|| view! { <p>{t("cart-recap-beyond")}</p> })}
            {parts}
            <p class="cart-total"><span>{t("cart-total-due")}</span>" "<strong>{euros(recap.total())}</strong></p>
            {refused.then(|| view! {
                <p>{t("cart-recap-call")}" "{match &view.phone { Some(phone) => tel(phone), None => t("portal-home-the-town-hall").into_any() }}</p>
            })}
            {view.address.as_deref().map(|to| view! { <p class="home-quiet no-print">{t1("cart-recap-mailed", "address", to)}</p> })}
            <p class="buttons no-print">
                <a class="button" data-kind="primary" href=frame.at("/reservations")>{t("cart-to-grid")}</a>
                {refused.then(|| view! { <a class="button" href=frame.at("/panier")>{t("cart-to-cart")}</a> })}
                <a class="button" href=frame.at("/reservations/demandes")>{t("cart-to-wishes")}</a>
            </p>
        }
        .into_any()
    })
}
