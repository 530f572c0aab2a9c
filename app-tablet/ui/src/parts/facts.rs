//! What a row says of a child besides its name and state.

use leptos::prelude::*;
use shared::screen::{BadgeView, Row};

use crate::parts::Shape;
use crate::words::{t, t1, tn};

/// A badge in words; one that may hurt the child stands out.
#[component]
pub(crate) fn BadgeMark(badge: BadgeView) -> impl IntoView {
    view! {
        <span class="badge" data-kind=badge.alert.then_some("alert")>
            {badge.alert.then(|| view! { <Shape name="alert" /> })}
            {badge.label}
        </span>
    }
}

/// « 7 ans · CE1 · Bleus · Journée · 1er service, table 4 ».
pub(crate) fn meta(row: &Row, with_school: bool) -> String {
    let sitting = match row.sitting {
        Some(1) => Some(t("tablet-sitting-first")),
        Some(n) => Some(tn("tablet-sitting", &[("n", n.into())])),
        None => None,
    };
    let table = row.table.as_deref().map(|table| {
        // Most towns call their tables that already.
        if shared::text::search_key(table).starts_with("table") {
            table.to_lowercase()
        } else {
            t1("tablet-table", "table", table)
        }
    });
    let place = match (sitting, table) {
        (Some(sitting), Some(table)) => Some(format!("{sitting}, {table}")),
        (one, other) => one.or(other),
    };
    let age = row.age.map(|age| tn("tablet-age", &[("age", age.into())]));
    let school = row.school.clone().filter(|_| with_school);
    [
        age,
        school,
        row.class.clone(),
        row.group.clone(),
        row.formula.clone(),
        place,
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ")
}

/// When and where to the child leaves, and where it comes from: a line each.
pub(crate) fn ways(row: &Row) -> Vec<String> {
    let from = row
        .comes_from
        .as_deref()
        .map(|place| t1("tablet-comes-from", "place", place));
    let at = row
        .expected_out
        .as_deref()
        .map(|at| t1("tablet-leaves-at", "at", at));
    let to = row.goes_to.as_deref().map(|place| match at {
        // Under the hour of leaving it says enough.
        Some(_) => place.to_owned(),
        None => t1("tablet-leaves-for", "place", place),
    });
    [from, at, to].into_iter().flatten().collect()
}
