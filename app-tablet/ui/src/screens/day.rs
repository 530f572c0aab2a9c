//! The day's list.

use leptos::prelude::*;

use super::card::CardPage;
use super::exchanges::ExchangesPage;
use super::find::FindPage;
use super::who::Who;
use crate::board::{Board, Page};
use crate::parts::{
    Closing, Dates, Filters, Groups, Holder, LinkState, Many, Notices, Offered, Rows, Shape, Shut, Tabs, shut,
};
use crate::words::t;

/// A site's day: where and when, which activity, who, and closing it. While nobody has said who
/// they are, the question stands in its place; the list comes back where it was.
#[component]
pub(crate) fn DayScreen(board: Board) -> impl IntoView {
    let locked = board.staff.locked;
    let known = Memo::new(move |_| board.staff.crew.read().is_some());
    let ready = Memo::new(move |_| board.day.read().is_some());
    let open = Memo::new(move |_| !locked.get() && known.get());
    let page = Memo::new(move |_| board.page.get());
    let listed = Memo::new(move |_| page.get() == Page::List);
    let shut = shut(board);
    let barred = Memo::new(move |_| shut.get() && page.get() != Page::Sync);
    let mode = move || board.mode().as_str();
    let instead = move || match page.get() {
        Page::List => ().into_any(),
        Page::Card(child) => view! { <CardPage board child /> }.into_any(),
        Page::Find(query) => view! { <FindPage board query /> }.into_any(),
        Page::Sync => view! { <ExchangesPage board /> }.into_any(),
    };
    view! {
        <div
            class="day"
            data-mode=mode
            data-nursery=move || board.nursery().then_some("true")
            hidden=move || locked.get()
            on:pointerdown=move |_| board.touched()
            on:keydown=move |_| board.touched()
        >
            <header class="bar" hidden=move || !ready.get() || !open.get()>
                <Place board />
                <Dates board />
                <LinkState board />
                <Holder board />
            </header>
            <Notices board />
            <Show when=move || open.get() && !barred.get()>
                <Tabs board />
            </Show>
            <Show when=move || ready.get() && open.get() && barred.get()>
                <Shut board />
            </Show>
            <main class="list" hidden=move || !ready.get() || !listed.get() || !open.get() || barred.get()>
                <Filters board />
                <Groups board />
                <Rows board />
                <Offered board />
                <Many board />
                <Closing board />
            </main>
            <Show when=move || open.get() && !barred.get()>{instead}</Show>
            <p
                class="opening"
                role="status"
                hidden=move || (ready.get() && open.get()) || board.trouble.read().is_some()
            >
                {t("tablet-opening")}
            </p>
            <p class="unseen" role="status" aria-live="polite" data-testid="said">{board.said}</p>
        </div>
        <Show when=move || locked.get()>
            <Who board />
        </Show>
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
