//! One child: one touch on the row does what comes next; what is rarer stands beside it.

use leptos::prelude::*;
use shared::fold::State;
use shared::mark::Reason;
use shared::mode::Mode;
use shared::screen::{BadgeView, Deed, Row};
use wasm_bindgen::JsCast;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::board::Board;
use crate::filter::has_departures;
use crate::line::{Line, Open};
use crate::parts::Shape;
use crate::parts::panel::{Panel, Reasons};
use crate::words::{self, about, t, t1, tn};

/// A row of the list.
#[component]
pub(crate) fn RowItem(board: Board, line: Line) -> impl IntoView {
    let row = RwSignal::from(line.row.clone());
    let pending = RwSignal::from(line.pending.clone());
    let resting = RwSignal::from(line.resting.clone());
    let open = RwSignal::from(line.open.clone());
    let trouble = RwSignal::from(line.trouble.clone());
    let undo = RwSignal::from(line.undo.clone());
    let child = line.child.clone();

    let shown = {
        let line = line.clone();
        Memo::new(move |_| line.shown(board.filter.get(), &board.query.read()))
    };
    let state = Memo::new(move |_| row.read().state);
    let told = move || {
        trouble.get().map(|message| {
            view! {
                <p class="row-trouble" role="alert"><Shape name="alert" /><span>{message}</span></p>
            }
        })
    };
    let place = NodeRef::<leptos::html::Li>::new();
    Effect::new(move || {
        if open.get() != Open::Nothing
            && let Some(row) = place.get()
        {
            request_animation_frame(move || into_view(&row));
        }
    });
    let below = {
        let line = line.clone();
        move || match open.get() {
            Open::Nothing => ().into_any(),
            Open::Panel => view! { <Panel board line=line.clone() /> }.into_any(),
            Open::Reasons => view! { <Reasons board line=line.clone() /> }.into_any(),
        }
    };
    view! {
        <li
            class="row"
            node_ref=place
            data-testid=format!("row-{child}")
            data-child=child
            data-state=move || words::state_slug(state.get())
            data-pending=move || pending.get().then_some("true")
            data-busy=move || (pending.get() || resting.get()).then_some("true")
            data-fresh=move || undo.read().is_some().then_some("true")
            hidden=move || !shown.get()
        >
            <Main board line=line.clone() />
            <Beside board line=line.clone() />
            <More line=line.clone() />
            {told}
            {below}
        </li>
    }
}

/// Scrolls no more than it takes to see the whole row.
fn into_view(row: &web_sys::HtmlLiElement) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    row.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Leaves the keyboard on the row when the button it stood on is about to go.
pub(super) fn back_to_row(ev: &web_sys::MouseEvent) {
    let button = ev
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let row = button.and_then(|button| button.closest(".row").ok().flatten());
    let main = row.and_then(|row| row.query_selector(".row-main").ok().flatten());
    if let Some(main) = main.and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A page that refuses the focus leaves it where it is: no worse than before.
        let _ = main.focus();
    }
}

/// The large part of the row.
#[component]
fn Main(board: Board, line: Line) -> impl IntoView {
    let row = RwSignal::from(line.row.clone());
    let pending = RwSignal::from(line.pending.clone());
    let touched = {
        let line = line.clone();
        move |_| touch(board, &line)
    };
    let shape = Signal::derive(move || {
        if pending.get() {
            "pending"
        } else {
            words::state_slug(row.read().state)
        }
        .to_owned()
    });
    let word = move || {
        if pending.get() {
            t("tablet-pending")
        } else {
            words::state(row.read().state)
        }
    };
    let detail = move || {
        if pending.get() {
            None
        } else {
            words::state_detail(&row.read())
        }
    };
    let waiting = move || {
        row.read().waiting.then(|| {
            view! {
                <span class="waiting" title=t("tablet-waiting")>
                    <Shape name="waiting" /><span class="unseen">{t("tablet-waiting")}</span>
                </span>
            }
        })
    };
    let conflict = move || {
        row.read().conflict.then(|| {
            view! { <span class="badge" data-kind="alert"><Shape name="alert" />{t("tablet-conflict")}</span> }
        })
    };
    let card = row.read_untracked();
    view! {
        <button
            class="row-main"
            type="button"
            data-testid=format!("row-main-{}", line.child)
            aria-busy=move || pending.get().to_string()
            on:click=touched
        >
            <span class="disc">
                <span aria-hidden="true">{card.initials.clone()}</span>
                {waiting}
            </span>
            <span class="who">
                <span class="name">
                    <span class="last">{card.last_name.clone()}</span>
                    " "
                    <span class="first">{card.first_name.clone()}</span>
                </span>
                <span class="meta">{meta(&card)}</span>
            </span>
            <span class="badges">
                {card.badges.iter().map(badge).collect_view()}
                {(!card.booked).then(|| view! { <span class="badge">{t("tablet-not-booked")}</span> })}
                {conflict}
            </span>
            <span class="ways">{ways(&card).into_iter().map(|way| view! { <span>{way}</span> }).collect_view()}</span>
            <span class="state">
                <Shape name=shape />
                <span class="words">
                    <span class="word">{word}</span>
                    <span class="detail">{detail}</span>
                </span>
            </span>
            <span class="unseen">{move || next(&row.read(), board.mode())}</span>
        </button>
    }
}

/// One touch: what comes next. Where nothing does, the row opens.
fn touch(board: Board, line: &Line) {
    if line.busy() {
        return;
    }
    let next = line.row.read_untracked().next;
    match next {
        Some(deed) => board.tap(
            line.clone(),
            deed,
            (deed == Deed::Absent).then_some(Reason::Unjustified),
        ),
        None => line.open.update(|open| {
            *open = if *open == Open::Panel {
                Open::Nothing
            } else {
                Open::Panel
            }
        }),
    }
}

/// « Absent », or for a few seconds after a touch « Annuler ».
#[component]
fn Beside(board: Board, line: Line) -> impl IntoView {
    let row = RwSignal::from(line.row.clone());
    let pending = RwSignal::from(line.pending.clone());
    let undo = RwSignal::from(line.undo.clone());
    let open = RwSignal::from(line.open.clone());
    let can_be_absent = Memo::new(move |_| {
        let state = row.read().state;
        state == State::Expected || (state == State::Present && board.mode() == Mode::ByException)
    });
    view! {
        <span class="beside">
            {move || {
                let line = line.clone();
                if let Some(mark) = undo.get() {
                    let id = format!("row-undo-{}", line.child);
                    let undo = move |ev| {
                        back_to_row(&ev);
                        board.undo(line.clone(), mark.clone());
                    };
                    view! {
                        <button
                            class="button undo"
                            type="button"
                            data-testid=id
                            aria-label=about("tablet-undo-of", &row.read_untracked())
                            on:click=undo
                        >
                            <Shape name="undo" />
                            {t("tablet-undo")}
                        </button>
                    }
                    .into_any()
                } else if can_be_absent.get() {
                    view! {
                        <button
                            class="button"
                            type="button"
                            data-testid=format!("row-absent-{}", line.child)
                            aria-label=about("tablet-absent-of", &row.read_untracked())
                            aria-expanded=move || (open.get() == Open::Reasons).to_string()
                            disabled=move || pending.get()
                            on:click=move |_| toggle(&line, Open::Reasons)
                        >
                            {t("tablet-absent")}
                        </button>
                    }
                    .into_any()
                } else {
                    ().into_any()
                }
            }}
        </span>
    }
}

/// Opens what must be known of the child and the less common deeds.
#[component]
fn More(line: Line) -> impl IntoView {
    let open = RwSignal::from(line.open.clone());
    let label = about("tablet-more-of", &line.row.read_untracked());
    let child = line.child.clone();
    view! {
        <button
            class="button more"
            type="button"
            data-kind="quiet"
            data-testid=format!("row-more-{child}")
            aria-label=label
            aria-expanded=move || (open.get() == Open::Panel).to_string()
            on:click=move |_| toggle(&line, Open::Panel)
        >
            <Shape name="more" />
        </button>
    }
}

fn toggle(line: &Line, what: Open) {
    line.open
        .update(|open| *open = if *open == what { Open::Nothing } else { what });
}

fn badge(badge: &BadgeView) -> impl IntoView + use<> {
    let alert = badge.alert;
    view! {
        <span class="badge" data-kind=alert.then_some("alert")>
            {alert.then(|| view! { <Shape name="alert" /> })}
            {badge.label.clone()}
        </span>
    }
}

/// « CE1 · Bleus · Journée · 1er service, table 4 ».
fn meta(row: &Row) -> String {
    let sitting = match row.sitting {
        Some(1) => Some(t("tablet-sitting-first")),
        Some(n) => Some(tn("tablet-sitting", &[("n", n.into())])),
        None => None,
    };
    let table = row
        .table
        .as_deref()
        .map(|table| t1("tablet-table", "table", table));
    let place = match (sitting, table) {
        (Some(sitting), Some(table)) => Some(format!("{sitting}, {table}")),
        (one, other) => one.or(other),
    };
    [row.class.clone(), row.group.clone(), row.formula.clone(), place]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// When and where to the child leaves, and where it comes from: a line each.
fn ways(row: &Row) -> Vec<String> {
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

/// What a touch does, for those who cannot see the hint above the list.
fn next(row: &Row, mode: Mode) -> String {
    t(match row.next {
        Some(Deed::In) if !has_departures(mode) => "tablet-next-present",
        Some(Deed::In) => "tablet-next-in",
        Some(Deed::Out) => "tablet-next-out",
        Some(Deed::Absent) => "tablet-next-absent",
        None => "tablet-next-none",
    })
}
