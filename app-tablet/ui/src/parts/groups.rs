//! Groups and classes with their totals, and the order of the rows.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::board::Board;
use crate::filter::Part;
use crate::order::Sort;
use crate::words::t;

/// Only where there is something to choose between.
#[component]
pub(crate) fn Groups(board: Board) -> impl IntoView {
    let parts = Memo::new(move |_| {
        let lines = board.lines.read();
        let mut classes: Vec<Part> = Vec::new();
        let mut groups: Vec<Part> = Vec::new();
        for line in lines.iter() {
            let row = line.row.read();
            groups.extend(row.group.clone().map(Part::Group));
            classes.extend(row.class.clone().map(Part::Class));
        }
        for parts in [&mut groups, &mut classes] {
            parts.sort();
            parts.dedup();
            if parts.len() < 2 {
                parts.clear();
            }
        }
        groups.into_iter().chain(classes).collect::<Vec<_>>()
    });
    // Totals by group or class of the rows that the filter shows, all counted in one go.
    let totals = Memo::new(move |_| {
        let filter = board.filter.get();
        let mut totals: BTreeMap<Part, usize> = BTreeMap::new();
        for line in board.lines.read().iter() {
            let row = line.row.read();
            if filter.takes(&row) {
                for part in [
                    Some(Part::Whole),
                    row.group.clone().map(Part::Group),
                    row.class.clone().map(Part::Class),
                ]
                .into_iter()
                .flatten()
                {
                    *totals.entry(part).or_default() += 1;
                }
            }
        }
        totals
    });
    let many = Memo::new(move |_| board.lines.read().len() > 7);
    view! {
        <div class="groups" hidden=move || parts.read().is_empty() && !many.get()>
            <Order board />
            <div class="chips" role="group" aria-label=t("tablet-groups") hidden=move || parts.read().is_empty()>
                <Chip board part=Part::Whole totals />
                <For each=move || parts.get() key=Part::clone let:part>
                    <Chip board part totals />
                </For>
            </div>
        </div>
    }
}

#[component]
fn Chip(board: Board, part: Part, totals: Memo<BTreeMap<Part, usize>>) -> impl IntoView {
    let name = match &part {
        Part::Whole => t("tablet-groups-all"),
        Part::Group(name) | Part::Class(name) => name.clone(),
    };
    let kind = match &part {
        Part::Whole => "whole",
        Part::Group(_) => "group",
        Part::Class(_) => "class",
    };
    let count = {
        let part = part.clone();
        Memo::new(move |_| {
            let totals = totals.read();
            totals.get(&part).copied().unwrap_or_default()
        })
    };
    let current = {
        let part = part.clone();
        move || (*board.part.read() == part).to_string()
    };
    view! {
        <button
            type="button"
            data-testid=format!("part-{kind}")
            data-part=name.clone()
            aria-pressed=current
            on:click=move |_| board.choose_part(part.clone())
        >
            <span>{name.clone()}</span>
            " "
            <span class="count">{count}</span>
        </button>
    }
}

/// The order of the rows.
#[component]
fn Order(board: Board) -> impl IntoView {
    let choices = move || {
        let nursery = board.nursery();
        let first = nursery.then_some(Sort::Class);
        let options = first.into_iter().chain(Sort::CHOICES).map(|sort| {
            view! {
                <option value=sort.slug() selected=move || board.sort.get() == sort>{t(sort.name())}</option>
            }
        });
        options.collect_view()
    };
    view! {
        <label class="order">
            <span>{t("tablet-sort")}</span>
            <select
                class="input"
                data-testid="sort"
                on:change=move |ev| {
                    let chosen = event_target_value(&ev);
                    let sort = if chosen == Sort::Class.slug() { Sort::Class } else { Sort::of(&chosen) };
                    board.sort.set(sort);
                }
            >
                {choices}
            </select>
        </label>
    }
}
