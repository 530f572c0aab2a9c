//! Réserver en vue période: many days at once. What will be added and what cannot be is shown before anything is put
//! into the cart.

mod copy;
mod form;
mod plan;
mod preview;
mod refused;
mod week;

pub use copy::{CopyPage, copy_page};
pub use form::{ActivityChoice, PeriodPage, Spans, period_page};
pub use plan::{
    Because, DayChange, Difference, Differs, Fold, MonthDays, Refused, RefusedLine, Taken, TakenKind,
    TakenLine, Tally,
};
pub use preview::{PreviewPage, preview_page};
pub use week::{WeekChild, WeekPage, week_page};

use leptos::prelude::*;

use super::frame::Frame;
use crate::words::t;

/// The ways to ask for many days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Period,
    Week,
    Copy,
}

/// Where the ways stand beside each other; the one child that is meant stays meant.
fn ways(frame: &Frame, here: Way, several: bool, child: Option<&str>) -> AnyView {
    let child = child.map(|id| format!("?enfant={id}")).unwrap_or_default();
    let one = |way: Way, path: &str, words: String| {
        let current = (way == here).then_some("page");
        let href = frame.at(&format!("{path}{child}"));
        view! { <li><a class="button" href=href aria-current=current>{words}</a></li> }.into_any()
    };
    let mut items = vec![
        one(
            Way::Period,
            "/reservations/periode",
            t("portal-period-way-period"),
        ),
        one(
            Way::Week,
            "/reservations/periode/semaine",
            t("portal-period-way-week"),
        ),
    ];
    if several {
        items.push(one(
            Way::Copy,
            "/reservations/periode/copie",
            t("portal-period-way-copy"),
        ));
    }
    view! {
        <nav class="span-choice" aria-label=t("portal-period-ways")><ul role="list">{items}</ul></nav>
    }
    .into_any()
}

/// « 17 octobre »: a day without its weekday.
fn short(date: chrono::NaiveDate) -> String {
    let words = shared::words::day(date);
    words
        .split_once(' ')
        .map_or(words.clone(), |(_, rest)| rest.to_owned())
}
