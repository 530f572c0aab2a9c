//! The day's list.

use leptos::prelude::*;

use crate::board::Board;
use crate::parts::{Closing, Dates, Filters, LinkState, Notices, Rows, Shape, Tabs};
use crate::words::t;

/// A site's day: where and when, which activity, who, and closing it.
#[component]
pub(crate) fn DayScreen(board: Board) -> impl IntoView {
    let ready = Memo::new(move |_| board.day.read().is_some());
    let mode = move || board.mode().as_str();
    view! {
        <div
            class="day"
            data-mode=mode
            on:pointerdown=move |_| board.touched()
            on:keydown=move |_| board.touched()
        >
            <header class="bar" hidden=move || !ready.get()>
                <Place board />
                <Dates board />
                <LinkState board />
            </header>
            <Notices board />
            <Tabs board />
            <main class="list" hidden=move || !ready.get()>
                <Filters board />
                <Rows board />
            </main>
            <p class="opening" role="status" hidden=move || ready.get() || board.trouble.read().is_some()>
                {t("tablet-opening")}
            </p>
            <Closing board />
            <p class="unseen" role="status" aria-live="polite" data-testid="said">{board.said}</p>
        </div>
    }
}

/// The commune and the site; a choice where the tablet serves several.
#[component]
fn Place(board: Board) -> impl IntoView {
    let day = move |of: fn(&shared::screen::Day) -> String| {
        Memo::new(move |_| board.day.read().as_ref().map(of).unwrap_or_default())
    };
    let commune = day(|day| day.commune.clone());
    let site = day(|day| day.site.name.clone());
    let site_id = day(|day| day.site.id.clone());
    let sites = Memo::new(move |_| {
        board
            .day
            .read()
            .as_ref()
            .map(|day| day.sites.clone())
            .unwrap_or_default()
    });
    let name = move || {
        if sites.read().len() < 2 {
            return view! { <h1>{site}</h1> }.into_any();
        }
        let options = sites.get().into_iter().map(|choice| {
            let id = choice.id.clone();
            view! { <option value=choice.id selected=move || *site_id.read() == id>{choice.name}</option> }
        });
        view! {
            <h1 class="unseen">{site}</h1>
            <select
                class="input"
                aria-label=t("tablet-site")
                data-testid="site"
                on:change=move |ev| board.show_site(event_target_value(&ev))
            >
                {options.collect_view()}
            </select>
        }
        .into_any()
    };
    view! {
        <div class="place">
            <Shape name="roof" />
            <div>
                {name}
                <p class="commune">{commune}</p>
            </div>
        </div>
    }
}
