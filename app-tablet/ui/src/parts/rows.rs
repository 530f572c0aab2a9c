//! The list itself.

use leptos::html::Div;
use leptos::prelude::*;
use shared::screen::{Deed, ListSource};

use crate::board::Board;
use crate::filter::{Filter, has_departures};
use crate::line::Line;
use crate::parts::row::RowItem;
use crate::words::{counted, t, t1};

/// The rows, or why there are none.
#[component]
pub(crate) fn Rows(board: Board) -> impl IntoView {
    let list = NodeRef::<Div>::new();
    // Another list, another part of it or another search is read from its top.
    let what = Memo::new(move |_| {
        let day = board.day.read();
        let of_day = day
            .as_ref()
            .map(|day| (day.site.id.clone(), day.date.clone(), day.activity.clone()));
        (of_day, board.filter.get(), board.query.get())
    });
    Effect::new(move || {
        what.track();
        if let Some(list) = list.get() {
            list.set_scroll_top(0);
        }
    });
    view! {
        <div
            class="rows"
            role="region"
            tabindex="0"
            node_ref=list
            aria-label=t("tablet-children")
            aria-busy=move || board.loading.get().to_string()
        >
            <ul role="list">
                <For each=move || board.lines.get() key=|line: &Line| line.id let:line>
                    <RowItem board line />
                </For>
            </ul>
            <Nobody board />
        </div>
    }
}

/// What a touch does, where it does the same on all the rows shown.
pub(super) fn hint(board: Board) -> Option<String> {
    let filter = board.filter.get();
    let lines = board.lines.read();
    let mut deeds = lines
        .iter()
        .filter(|line| filter.takes(line.state()))
        .map(|line| line.row.read().next);
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
        let (filter, query) = (board.filter.get(), board.query.read());
        board
            .lines
            .read()
            .iter()
            .filter(|line| line.shown(filter, &query))
            .count()
    });
    let elsewhere = Memo::new(move |_| {
        let query = board.query.read();
        if query.is_empty() {
            return 0;
        }
        board
            .lines
            .read()
            .iter()
            .filter(|line| line.matches(&query))
            .count()
            .saturating_sub(shown.get())
    });
    let why = move || (shown.get() == 0 && elsewhere.get() == 0).then(|| why_nobody(board));
    let others = move || {
        (elsewhere.get() > 0).then(|| {
            view! {
                <p>{counted("tablet-search-elsewhere", elsewhere.get())}</p>
                <button class="button" type="button" on:click=move |_| board.choose(Filter::All)>
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
    let (what, then) = if !query.is_empty() {
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
    view! {
        <p class="what">{what}</p>
        <p>{then}</p>
    }
}
