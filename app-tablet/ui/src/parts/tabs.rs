//! The activities of the day, with who is still expected and who is here.

use leptos::prelude::*;
use shared::screen::Tab;

use crate::board::Board;
use crate::filter::has_departures;
use crate::parts::Shape;
use crate::words::{counted, t, t1};

/// One button per activity.
#[component]
pub(crate) fn Tabs(board: Board) -> impl IntoView {
    let ids = Memo::new(move |_| {
        let day = board.day.read();
        day.as_ref()
            .map(|day| {
                day.activities
                    .iter()
                    .map(|tab| tab.id.clone())
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default()
    });
    view! {
        <nav class="tabs" aria-label=t("tablet-activities")>
            <ul role="list">
                <For each=move || ids.get() key=String::clone let:id>
                    <TabButton board=board id=id />
                </For>
            </ul>
        </nav>
    }
}

#[component]
fn TabButton(board: Board, id: String) -> impl IntoView {
    let tab = {
        let id = id.clone();
        Memo::new(move |_| {
            let day = board.day.read();
            day.as_ref()
                .and_then(|day| day.activities.iter().find(|tab| tab.id == id).cloned())
        })
    };
    let current = {
        let id = id.clone();
        Memo::new(move |_| {
            board
                .day
                .read()
                .as_ref()
                .is_some_and(|day| day.activity.as_ref() == Some(&id))
        })
    };
    let of = move |part: fn(&Tab) -> String| move || tab.read().as_ref().map(part);
    let closed = move || {
        let at = tab.read().as_ref().and_then(|tab| tab.closed_at.clone())?;
        Some(
            view! { <span class="closed"><Shape name="closed" />{t1("tablet-tab-closed", "at", &at)}</span> },
        )
    };
    // Past its hour and still open: said quietly, where one touch leads there.
    let unclosed = Memo::new(move |_| {
        let day = board.day.read();
        let id = tab.read().as_ref().map(|tab| tab.id.clone());
        day.as_ref()
            .is_some_and(|day| day.open_lists.iter().any(|list| Some(&list.id) == id.as_ref()))
    });
    let unclosed = move || {
        unclosed.get().then(|| {
            view! { <span class="unclosed" data-testid="unclosed"><Shape name="open" />{t("tablet-tab-unclosed")}</span> }
        })
    };
    let parts = move || {
        let parts = tab.read().as_ref().map(counts).unwrap_or_default();
        parts
            .into_iter()
            .map(|part| view! { <span class="part">{part}</span> " " })
            .collect_view()
    };
    view! {
        <li>
            <button
                type="button"
                data-testid=of(|tab| format!("tab-{}", tab.slug))
                aria-current=move || current.get().then_some("true")
                on:click=move |_| board.show_activity(id.clone())
            >
                <span class="title">
                    <span class="activity">{of(|tab| tab.name.clone())}</span>
                    " "
                    <span class="hours">{of(|tab| tab.hours.clone())}</span>
                </span>
                <span class="counts">{parts}{unclosed}{closed}</span>
            </button>
        </li>
    }
}

/// « 12 attendus », « 18 présents »: what is left to do first.
fn counts(tab: &Tab) -> Vec<String> {
    let mut parts = Vec::new();
    if tab.expected + tab.present + tab.left + tab.absent + tab.away + tab.free == 0 {
        return vec![t("tablet-tab-none")];
    }
    if tab.expected > 0 {
        parts.push(counted("tablet-tab-expected", tab.expected));
    }
    if tab.present > 0 || tab.expected == 0 {
        parts.push(counted("tablet-tab-present", tab.present));
    }
    if tab.unexpected > 0 {
        parts.push(counted("tablet-tab-unexpected", tab.unexpected));
    }
    if tab.away > 0 {
        parts.push(counted("tablet-tab-away", tab.away));
    }
    // A closed tab says since when instead: three things would take a line more, and move the list below.
    if tab.left > 0 && tab.expected == 0 && tab.closed_at.is_none() && has_departures(tab.mode) {
        parts.push(counted("tablet-tab-left", tab.left));
    }
    parts
}
