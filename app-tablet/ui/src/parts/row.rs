//! One child: one touch on the row does what comes next; what is rarer stands beside it.

use leptos::prelude::*;
use shared::mark::Reason;
use shared::mode::Mode;
use shared::screen::{Deed, Row};
use wasm_bindgen::JsCast;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::board::{Board, Page};
use crate::filter::{Stand, has_departures, stand};
use crate::line::Line;
use crate::parts::reasons::Reasons;
use crate::parts::{BadgeMark, Portrait, Shape, meta, ways};
use crate::words::{self, about, t, t1};

/// A row of the list.
#[component]
pub(super) fn RowItem(board: Board, line: Line, schools: Memo<bool>) -> impl IntoView {
    let row = RwSignal::from(line.row.clone());
    let pending = RwSignal::from(line.pending.clone());
    let resting = RwSignal::from(line.resting.clone());
    let reasons = RwSignal::from(line.reasons.clone());
    let trouble = RwSignal::from(line.trouble.clone());
    let undo = RwSignal::from(line.undo.clone());
    let picked = RwSignal::from(line.picked.clone());
    let child = line.child.clone();

    let shown = {
        let line = line.clone();
        Memo::new(move |_| board.shows(&line))
    };
    let standing = Memo::new(move |_| stand(&row.read()));
    let told = move || {
        trouble.get().map(|message| {
            view! {
                <p class="row-trouble" role="alert"><Shape name="alert" /><span>{message}</span></p>
            }
        })
    };
    let place = NodeRef::<leptos::html::Li>::new();
    Effect::new(move || {
        if reasons.get()
            && let Some(row) = place.get()
        {
            request_animation_frame(move || into_view(&row));
        }
    });
    let below = {
        let line = line.clone();
        move || {
            reasons
                .get()
                .then(|| view! { <Reasons board line=line.clone() /> })
        }
    };
    view! {
        <li
            class="row"
            node_ref=place
            data-testid=format!("row-{child}")
            data-child=child
            data-state=move || words::state_slug(standing.get())
            data-pending=move || pending.get().then_some("true")
            data-busy=move || (pending.get() || resting.get()).then_some("true")
            data-fresh=move || undo.read().is_some().then_some("true")
            data-picked=move || picked.get().then_some("true")
            hidden=move || !shown.get()
        >
            <Main board line=line.clone() schools />
            <Beside board line=line.clone() />
            <More board line=line.clone() />
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
fn Main(board: Board, line: Line, schools: Memo<bool>) -> impl IntoView {
    let row = RwSignal::from(line.row.clone());
    let pending = RwSignal::from(line.pending.clone());
    let picked = RwSignal::from(line.picked.clone());
    let touched = {
        let line = line.clone();
        move |_| touch(board, &line)
    };
    let shape = Signal::derive(move || {
        if pending.get() {
            "pending"
        } else {
            words::state_slug(stand(&row.read()))
        }
        .to_owned()
    });
    let word = move || {
        if pending.get() {
            t("tablet-pending")
        } else {
            words::state(&row.read())
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
    let tick = move || {
        board.selecting.get().then(|| {
            view! { <span class="tick" data-on=picked.get().to_string()><Shape name="tick" /></span> }
        })
    };
    let card = row.read_untracked();
    let nursery = Signal::derive(move || board.nursery());
    let sort_first = card.first_name.clone();
    view! {
        <button
            class="row-main"
            type="button"
            data-testid=format!("row-main-{}", line.child)
            aria-busy=move || pending.get().to_string()
            aria-pressed=move || board.selecting.get().then(|| picked.get().to_string())
            on:click=touched
        >
            <span class="disc">
                <Portrait nursery row=card.clone() />
                {waiting}
                {tick}
            </span>
            <span class="who">
                <span class="name">
                    <span class="last">{card.last_name.clone()}</span>
                    " "
                    <span class="first">{sort_first}</span>
                </span>
                <span class="meta">{
                    let card = card.clone();
                    move || meta(&card, schools.get())
                }</span>
                {move || remarks(&row.read())}
            </span>
            <span class="badges">
                {card.badges.iter().cloned().map(|badge| view! { <BadgeMark badge /> }).collect_view()}
                {move || tags(&row.read())}
            </span>
            <span class="ways">{ways(&card).into_iter().map(|way| view! { <span>{way}</span> }).collect_view()}</span>
            <span class="state">
                <Shape name=shape />
                <span class="words">
                    <span class="word">{word}</span>
                    <span class="detail">{detail}</span>
                </span>
            </span>
            <span class="unseen">{move || next(&row.read(), board)}</span>
        </button>
    }
}

/// What the day and the colleagues say of the child: a line each.
fn remarks(row: &Row) -> impl IntoView + use<> {
    let note = row.note.clone().map(|note| {
        view! { <span class="remark"><Shape name="alert" />{note}</span> }
    });
    let memo = row.memo.clone().map(|memo| {
        view! { <span class="remark"><Shape name="memo" />{memo}</span> }
    });
    view! { {note}{memo} }
}

/// What is unusual about the row's place on the list.
fn tags(row: &Row) -> impl IntoView + use<> {
    let standing = stand(row);
    let here = matches!(standing, Stand::Present | Stand::Left);
    let mut tags: Vec<String> = Vec::new();
    if let Some(site) = &row.guest_from {
        tags.push(t1("tablet-tag-guest", "site", site));
    }
    if let Some(site) = row.moved_to.as_ref().filter(|_| standing != Stand::Away) {
        tags.push(t1("tablet-tag-moved", "site", site));
    }
    if let Some(outing) = row.away.as_ref().filter(|_| standing != Stand::Away) {
        tags.push(outing.clone());
    }
    if row.picnic {
        tags.push(t("tablet-tag-picnic"));
    }
    if row.stranger {
        tags.push(t("tablet-tag-stranger"));
    } else if !row.booked && !row.free && row.guest_from.is_none() && here {
        tags.push(t("tablet-not-booked"));
    }
    let conflict = row.conflict.then(|| {
        view! { <span class="badge" data-kind="alert"><Shape name="alert" />{t("tablet-conflict")}</span> }
    });
    let tags = tags
        .into_iter()
        .map(|tag| view! { <span class="badge">{tag}</span> });
    view! { {tags.collect_view()}{conflict} }
}

/// One touch: what comes next. Where nothing does, the card opens.
fn touch(board: Board, line: &Line) {
    if board.selecting.get_untracked() {
        line.picked.update(|picked| *picked = !*picked);
        return;
    }
    if line.busy() {
        return;
    }
    let next = line.row.read_untracked().next;
    match next {
        Some(deed) => board.tap(
            line.clone(),
            deed,
            (deed == Deed::Absent).then_some(Reason::Unjustified),
            false,
        ),
        None => board.open(Page::Card(line.child.clone())),
    }
}

/// « Absent », or for a few seconds after a touch « Annuler ».
#[component]
fn Beside(board: Board, line: Line) -> impl IntoView {
    let row = RwSignal::from(line.row.clone());
    let pending = RwSignal::from(line.pending.clone());
    let undo = RwSignal::from(line.undo.clone());
    let reasons = RwSignal::from(line.reasons.clone());
    let can_be_absent = Memo::new(move |_| {
        let standing = stand(&row.read());
        standing == Stand::Expected || (standing == Stand::Present && board.mode() == Mode::ByException)
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
                            aria-expanded=move || reasons.get().to_string()
                            disabled=move || pending.get()
                            on:click=move |_| line.reasons.update(|open| *open = !*open)
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

/// Opens the child's card.
#[component]
fn More(board: Board, line: Line) -> impl IntoView {
    let label = about("tablet-more-of", &line.row.read_untracked());
    let child = line.child.clone();
    view! {
        <button
            class="button more"
            type="button"
            data-kind="quiet"
            data-testid=format!("row-more-{child}")
            aria-label=label
            on:click=move |_| board.open(Page::Card(child.clone()))
        >
            <Shape name="after" />
        </button>
    }
}

/// What a touch does, for those who cannot see the hint above the list.
fn next(row: &Row, board: Board) -> String {
    if board.selecting.get() {
        return t("tablet-next-choose");
    }
    t(match row.next {
        Some(Deed::In) if !has_departures(board.mode()) => "tablet-next-present",
        Some(Deed::In) => "tablet-next-in",
        Some(Deed::Out) => "tablet-next-out",
        Some(Deed::Absent) => "tablet-next-absent",
        None => "tablet-next-none",
    })
}
