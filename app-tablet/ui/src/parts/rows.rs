//! The list itself.

use std::collections::BTreeSet;

use leptos::html::Div;
use leptos::prelude::*;
use shared::screen::{Deed, ListSource};

use crate::board::{Board, Page};
use crate::filter::{Filter, has_departures};
use crate::line::Line;
use crate::order::Sort;
use crate::parts::row::RowItem;
use crate::parts::stretches::Stretches;
use crate::words::{counted, t, t1};

/// Rows put on the page at once: as many as a screen shows, and as many again in each frame that
/// follows, so that the first ones of four hundred do not wait for the last.
const AT_ONCE: usize = 24;

impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// The rows, or why there are none.
#[component]
pub(crate) fn Rows(board: Board) -> impl IntoView {
    let list = NodeRef::<Div>::new();
    // Another list, another part of it, another order or another search is read from its top.
    let of_day = Memo::new(move |_| {
        let day = board.day.read();
        day.as_ref()
            .map(|day| (day.site.id.clone(), day.date.clone(), day.activity.clone()))
    });
    Effect::new(move || {
        of_day.track();
        board.filter.track();
        board.part.track();
        board.sort.track();
        board.query.track();
        if let Some(list) = list.get() {
            list.set_scroll_top(0);
        }
    });
    let ordered = Memo::new(move |_| {
        let sort = board.sort.get();
        let mut lines = board.lines.get();
        lines.sort_by_cached_key(|line| sort.key(&line.row.read_untracked(), &line.by_name));
        lines
    });
    let placed = RwSignal::new(AT_ONCE);
    let all = Memo::new(move |_| ordered.read().len());
    Effect::new(move || {
        of_day.track();
        placed.set(AT_ONCE);
    });
    Effect::new(move || {
        if placed.get() < all.get() {
            request_animation_frame(move || placed.update(|placed| *placed += AT_ONCE));
        }
    });
    let on_page = move || {
        let lines = ordered.read();
        lines.iter().take(placed.get()).cloned().collect::<Vec<_>>()
    };
    // A school with children of several schools says which; elsewhere the same word on every row
    // would only be in the way.
    let schools = Memo::new(move |_| {
        let lines = board.lines.read();
        let schools: BTreeSet<Option<String>> = lines
            .iter()
            .map(|line| line.row.read_untracked().school.clone())
            .collect();
        schools.len() > 1
    });
    let busy = move || board.loading.get() || placed.get() < all.get();
    view! {
        <div class="listed">
            <div
                class="rows"
                role="region"
                tabindex="0"
                node_ref=list
                aria-label=t("tablet-children")
                data-sort=move || board.sort.get().slug()
                aria-busy=move || busy().to_string()
            >
                <ul role="list">
                    <For each=on_page key=|line: &Line| line.id let:line>
                        <ClassHead board ordered line=line.clone() />
                        <RowItem board line schools />
                    </For>
                </ul>
                <Nobody board />
            </div>
            <Stretches board ordered list />
        </div>
    }
}

/// The name of a class above its first row, where the list goes by class.
#[component]
fn ClassHead(board: Board, ordered: Memo<Vec<Line>>, line: Line) -> impl IntoView {
    let class = line.row.read_untracked().class.clone();
    let heads = {
        let (class, id) = (class.clone(), line.id);
        Memo::new(move |_| {
            if board.sort.get() != Sort::Class {
                return false;
            }
            let lines = ordered.read();
            let shown = lines
                .iter()
                .find(|line| line.row.read_untracked().class == class && board.shows(line));
            shown.is_some_and(|first| first.id == id)
        })
    };
    move || {
        heads.get().then(|| {
            let name = class.clone().unwrap_or_else(|| t("tablet-no-class"));
            view! { <li class="class-head"><h2>{name}</h2></li> }
        })
    }
}

/// What a touch does, where it does the same on all the rows shown.
pub(super) fn hint(board: Board) -> Option<String> {
    if board.selecting.get() {
        return None;
    }
    let (filter, part) = (board.filter.get(), board.part.read());
    let lines = board.lines.read();
    let rows = lines.iter().map(|line| line.row.read());
    let mut deeds = rows
        .filter(|row| filter.takes(row) && part.takes(row))
        .map(|row| row.next);
    let next = deeds.next()??;
    if !deeds.all(|deed| deed == Some(next)) {
        return None;
    }
    Some(t(match next {
        Deed::In if !has_departures(board.mode()) => "tablet-hint-present",
        Deed::In => "tablet-hint-in",
        Deed::Out => "tablet-hint-out",
        Deed::Absent => "tablet-hint-absent",
    }))
}

/// Stands at the end of the list when no row, or not every row that answers the search, is shown.
#[component]
fn Nobody(board: Board) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let lines = board.lines.read();
        lines.iter().filter(|line| board.shows(line)).count()
    });
    let elsewhere = Memo::new(move |_| {
        let words = board.needles.read();
        if words.is_empty() {
            return 0;
        }
        let lines = board.lines.read();
        let answers = lines.iter().filter(|line| line.matches(&words)).count();
        answers.saturating_sub(shown.get())
    });
    let why = move || (shown.get() == 0 && elsewhere.get() == 0).then(|| why_nobody(board));
    let others = move || {
        (elsewhere.get() > 0).then(|| {
            let everywhere = move |_| {
                board.choose_part(crate::filter::Part::Whole);
                board.choose(Filter::All);
            };
            view! {
                <p>{counted("tablet-search-elsewhere", elsewhere.get())}</p>
                <button class="button" type="button" on:click=everywhere>
                    {t("tablet-search-everywhere")}
                </button>
            }
        })
    };
    let silent = move || shown.get() > 0 && elsewhere.get() == 0;
    view! {
        <div class="nobody" role="status" data-testid="nobody" data-alone=move || (shown.get() == 0).to_string() hidden=silent>
            {why.into_any()}
            {others.into_any()}
        </div>
    }
}

fn why_nobody(board: Board) -> impl IntoView {
    let query = board.query.get();
    let empty = board.lines.read().is_empty();
    let source = board.day.read().as_ref().map(|day| day.list);
    let nothing = board
        .day
        .read()
        .as_ref()
        .is_some_and(|day| day.activities.is_empty());
    let filter = board.filter.get();
    let searched = !query.is_empty();
    let (what, then) = if searched {
        (
            t1("tablet-nobody-found", "query", query.trim()),
            t("tablet-nobody-found-then"),
        )
    } else if empty && source == Some(ListSource::Missing) {
        (t("tablet-nobody-missing"), t("tablet-nobody-missing-then"))
    } else if nothing {
        (
            t("tablet-nobody-no-activity"),
            t("tablet-nobody-no-activity-then"),
        )
    } else if empty {
        (t("tablet-nobody-listed"), t("tablet-nobody-listed-then"))
    } else {
        let (what, then) = filter.nobody();
        (t(what), t(then))
    };
    let in_town = searched.then(|| {
        view! {
            <button
                class="button"
                type="button"
                data-testid="find-searched"
                on:click=move |_| board.open(Page::Find(board.query.get_untracked()))
            >
                {t("tablet-find-in-town")}
            </button>
        }
    });
    view! {
        <p class="what">{what}</p>
        <p>{then}</p>
        {in_town}
    }
}
