//! A long cart: what is alike stands in one line for a child, with its days by month; each day can still be taken out.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::ids::ActivityId;
use shared::money::Cents;

use super::euros;
use super::show::{CartChild, CartDay, CartLine, CartPage, Fate, sign};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// A cart with more lines than this is folded, and so is its recap.
pub(super) const MOST_WHOLE: usize = 40;

/// What days have in common that stand in one line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Alike {
    what: String,
    activity: ActivityId,
    cancels: bool,
    each: Cents,
    brought_by: Option<String>,
}

/// Days that stand in one line: « 2026-11-24 », and in words.
type Days<'a> = Vec<(&'a str, &'a str)>;

/// Whether a cart is so long that one loses one's way in it.
pub(super) fn is_long(view: &CartPage) -> bool {
    view.lines().count() > MOST_WHOLE
}

/// What nothing has to be said about day by day.
fn alike(line: &CartLine) -> Option<Alike> {
    let (cancels, each) = match &line.fate {
        Fate::Book(priced) if priced.surcharge == Cents::ZERO => (false, priced.total),
        Fate::Cancel(Cents::ZERO, Cents::ZERO, None) => (true, Cents::ZERO),
        _ => return None,
    };
    let plain = line.moved.is_none() && line.moves.is_none() && line.held.is_none();
    plain.then(|| Alike {
        what: line.what.clone(),
        activity: line.activity,
        cancels,
        each,
        brought_by: line.brought_by.clone(),
    })
}

/// What is alike in one line each, and the days of what is not.
pub(super) fn parted(view: &CartPage, child: &CartChild) -> (Option<AnyView>, Vec<CartDay>) {
    let mut groups: BTreeMap<Alike, Days<'_>> = BTreeMap::new();
    let mut others: Vec<CartDay> = Vec::new();
    for day in &child.days {
        let mut rest = Vec::new();
        for line in &day.lines {
            match alike(line) {
                Some(alike) => groups.entry(alike).or_default().push((&day.date, &day.label)),
                None => rest.push(line.clone()),
            }
        }
        if !rest.is_empty() {
            others.push(CartDay {
                lines: rest,
                ..day.clone()
            });
        }
    }
    let lines: Vec<_> = groups
        .iter()
        .map(|(alike, days)| group(view, child, alike, days))
        .collect();
    let lines = (!lines.is_empty())
        .then(|| view! { <ul class="cart-lines cart-folded" role="list">{lines}</ul> }.into_any());
    (lines, others)
}

fn group(view: &CartPage, child: &CartChild, alike: &Alike, days: &Days<'_>) -> AnyView {
    let fate = if alike.cancels {
        Fate::Cancel(Cents::ZERO, Cents::ZERO, None)
    } else {
        Fate::Book(shared::operation::Priced {
            base: None,
            surcharge: Cents::ZERO,
            total: alike.each,
        })
    };
    let (shape_of, colour, word) = sign(&fate);
    let total: Cents = days.iter().map(|_| alike.each).sum();
    let count = t1("portal-period-days", "count", days.len());
    let price = match (alike.cancels, total == Cents::ZERO) {
        (true, _) => Some(t("cart-cancel-free")),
        (false, true) => None,
        (false, false) => Some(with(
            "portal-period-price",
            &[("total", &euros(total)), ("each", &euros(alike.each))],
        )),
    };
    let brought = alike
        .brought_by
        .as_deref()
        .map(|name| t1("cart-brought", "name", name));
    let months: Vec<_> = by_month(days)
        .into_iter()
        .map(|(month, days)| one_month(view, child, alike, month, &days))
        .collect();
    let dates = if view.may_change {
        view! {
            <form class="no-print" method="post" action=view.frame.at("/panier/lignes")>
                <input type="hidden" name="jeton" value=view.token() />
                <input type="hidden" name="enfant" value=child.id.to_string() />
                <input type="hidden" name="sorte" value="retrait" />
                <p class="home-quiet">{t("portal-period-cart-tap")}</p>
                {months}
            </form>
        }
        .into_any()
    } else {
        months.into_any()
    };
    view! {
        <li class="day-line cart-line" data-state=colour>
            {shape(shape_of)}
            <span class="day-what">
                <strong>{alike.what.clone()}</strong>" "<span class="cart-word">{word}</span>
            </span>
            <span class="day-state cart-price">{count}{price.map(|price| view! { " · "{price} })}</span>
            {brought.map(|words| view! { <span class="day-note">{words}</span> })}
            <details class="cart-dates"><summary>{t("portal-period-cart-dates")}</summary>{dates}</details>
        </li>
    }
    .into_any()
}

/// The days of each month, in their order: « 2026-11 ».
fn by_month<'a>(days: &Days<'a>) -> Vec<(&'a str, Days<'a>)> {
    let mut months: Vec<(&str, Days<'a>)> = Vec::new();
    for day in days {
        let month = day.0.get(..7).unwrap_or_default();
        match months.last_mut() {
            Some((last, days)) if *last == month => days.push(*day),
            _ => months.push((month, vec![*day])),
        }
    }
    months
}

fn one_month(view: &CartPage, child: &CartChild, alike: &Alike, month: &str, days: &Days<'_>) -> AnyView {
    let name = days
        .first()
        .and_then(|(_, label)| label.rsplit(' ').next())
        .unwrap_or_default();
    let year = month.get(..4).unwrap_or_default();
    let title = format!("{name} {year}");
    let numbers: Vec<_> = days
        .iter()
        .map(|(date, label)| {
            let number = label.split(' ').nth(1).unwrap_or_default().to_owned();
            if !view.may_change {
                return view! { <li>{number}</li> }.into_any();
            }
            let spoken = with(
                "cart-take-out",
                &[("what", &alike.what), ("child", &child.first_name), ("day", label)],
            );
            let line = format!(".{}..{date}.", alike.activity);
            view! { <li><button class="button" name="ligne" value=line aria-label=spoken>{number}</button></li> }
                .into_any()
        })
        .collect();
    view! { <p class="cart-month">{title}</p><ul class="cart-numbers" role="list">{numbers}</ul> }.into_any()
}
