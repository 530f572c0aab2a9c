//! What opens under a row: what must be known of the child, the less common deeds, and the
//! reasons of an absence.

use leptos::prelude::*;
use shared::fold::State;
use shared::mode::Mode;
use shared::screen::{Deed, Row};

use crate::board::Board;
use crate::filter::has_departures;
use crate::line::{Line, Open};
use crate::parts::Shape;
use crate::parts::row::back_to_row;
use crate::words::{self, about, t};

/// The open part of a row.
#[component]
pub(crate) fn Panel(board: Board, line: Line) -> impl IntoView {
    let row = RwSignal::from(line.row.clone());
    let label = about("tablet-panel-of", &row.read_untracked());
    let facts = move || {
        let row = row.read();
        let school = row
            .school
            .clone()
            .map(|school| view! { <p class="fact">{school}</p> });
        let closing = row
            .absent_by_closing
            .then(|| view! { <p class="fact">{t("tablet-absent-by-closing")}</p> });
        let conflict = row.conflict.then(|| {
            view! { <p class="must-know"><Shape name="alert" /><span>{t("tablet-conflict-then")}</span></p> }
        });
        let must_know = match row.must_know.clone() {
            Some(text) => {
                view! { <p class="must-know"><Shape name="alert" /><span>{text}</span></p> }.into_any()
            }
            None => view! { <p class="fact">{t("tablet-nothing-to-know")}</p> }.into_any(),
        };
        let phone = row.phone.clone().map(|phone| {
            let dialled = format!("tel:{}", phone.replace(' ', ""));
            view! { <p class="fact">{t("tablet-phone")}" "<a href=dialled>{phone}</a></p> }
        });
        view! { {must_know}{conflict}{closing}{school}{phone} }
    };
    let deeds = {
        let line = line.clone();
        move || {
            let deeds = deeds(&row.read(), board.mode());
            deeds
                .into_iter()
                .map(|(deed, key)| deed_button(board, line.clone(), deed, key))
                .collect_view()
        }
    };
    let undo = {
        let line = line.clone();
        move || {
            let mark = row.read().last_mark.clone()?;
            let line = line.clone();
            let id = format!("row-undo-last-{}", line.child);
            Some(view! {
                <button
                    class="button"
                    type="button"
                    data-testid=id
                    on:click=move |ev| {
                        back_to_row(&ev);
                        board.undo(line.clone(), mark.clone());
                    }
                >
                    <Shape name="undo" />
                    {t("tablet-undo-last")}
                </button>
            })
        }
    };
    view! {
        <div class="panel" role="group" aria-label=label>
            <div class="facts">{facts}</div>
            <div class="deeds">{deeds}{undo}</div>
        </div>
    }
}

/// The deeds that make sense now, each with the key of its words.
fn deeds(row: &Row, mode: Mode) -> Vec<(Deed, &'static str)> {
    let departures = has_departures(mode);
    match row.state {
        State::Expected if departures => vec![(Deed::In, "tablet-do-in"), (Deed::Out, "tablet-do-out")],
        State::Expected => vec![(Deed::In, "tablet-do-present")],
        State::Present if departures => {
            vec![(Deed::Out, "tablet-do-out"), (Deed::Absent, "tablet-do-absent")]
        }
        State::Present => vec![(Deed::Absent, "tablet-do-absent")],
        State::Left => vec![(Deed::In, "tablet-do-back")],
        State::Absent if departures => vec![(Deed::In, "tablet-do-in"), (Deed::Absent, "tablet-do-reason")],
        State::Absent => vec![
            (Deed::In, "tablet-do-present"),
            (Deed::Absent, "tablet-do-reason"),
        ],
    }
}

fn deed_button(board: Board, line: Line, deed: Deed, key: &'static str) -> impl IntoView {
    let slug = match deed {
        Deed::In => "in",
        Deed::Out => "out",
        Deed::Absent => "absent",
    };
    let id = format!("row-do-{slug}-{}", line.child);
    let act = move |ev| {
        back_to_row(&ev);
        match deed {
            Deed::Absent => line.open.set(Open::Reasons),
            Deed::In | Deed::Out => board.tap(line.clone(), deed, None),
        }
    };
    view! { <button class="button" type="button" data-testid=id on:click=act>{t(key)}</button> }
}

/// The reasons of an absence; choosing one notes it.
#[component]
pub(crate) fn Reasons(board: Board, line: Line) -> impl IntoView {
    let label = about("tablet-reasons-of", &line.row.read_untracked());
    let give_up = {
        let line = line.clone();
        move |ev| {
            back_to_row(&ev);
            line.open.set(Open::Nothing);
        }
    };
    let choices = words::REASONS.map(|(reason, slug)| {
        let line = line.clone();
        view! {
            <button
                class="button"
                type="button"
                data-testid=format!("reason-{slug}-{}", line.child)
                on:click=move |ev| {
                    back_to_row(&ev);
                    board.tap(line.clone(), Deed::Absent, Some(reason));
                }
            >
                {words::reason(reason)}
            </button>
        }
    });
    view! {
        <div class="panel reasons" role="group" aria-label=label>
            <p class="ask">{t("tablet-reasons")}</p>
            <div class="deeds">
                {choices}
                <button class="button" type="button" data-kind="quiet" on:click=give_up>{t("tablet-give-up")}</button>
            </div>
        </div>
    }
}
