//! Whether everything has arrived, and what to do where it has not.

use leptos::prelude::*;
use shared::screen::{Link, SyncPage};

use super::Exchanges;
use crate::parts::Shape;
use crate::words::{self, counted, t, t1};

/// The line: one sentence, what is kept, what to do, and the button that tries it now.
#[component]
pub(super) fn LinePart(exchanges: Exchanges) -> impl IntoView {
    let board = exchanges.board;
    let page = exchanges.page;
    let of =
        move |part: fn(&SyncPage) -> Option<String>| Memo::new(move |_| page.read().as_ref().and_then(part));
    let stand = Memo::new(move |_| page.read().as_ref().map(Stand::of));
    let lead = of(|page| Some(Stand::of(page).lead(&page.link)));
    let then = of(|page| Some(Stand::of(page).then(&page.link)));
    let last = of(|page| {
        let at = page.link.last_sync.as_deref();
        Some(at.map_or_else(
            || t("tablet-exchanges-never"),
            |at| t1("tablet-exchanges-last", "at", at),
        ))
    });
    let refused = of(|page| {
        let refused = page.link.quarantined;
        (refused > 0).then(|| counted("tablet-quarantined", refused))
    });
    let back = of(|page| words::back(&page.link));
    let withheld = of(|page| page.link.withheld.then(|| t("tablet-withheld")));
    let clock = of(|page| page.clock.clone());
    let shape = Signal::derive(move || stand.get().map_or("sync", Stand::shape).to_owned());
    let syncing = move || board.syncing.get();
    view! {
        <section
            class="stand"
            data-stand=move || stand.get().map(Stand::slug)
            data-testid="exchanges-line"
            aria-label=t("tablet-exchanges-line")
        >
            <Shape name=shape />
            <div role="status">
                <p class="lead">{lead}</p>
                <p>{then} " " {last}</p>
                {move || refused.get().map(|refused| view! { <p class="refused"><Shape name="refused" />{refused}</p> })}
                {move || back.get().map(|back| view! {
                    <p data-testid="exchanges-back-from-loss">{back}</p>
                })}
                {move || withheld.get().map(|said| view! { <p>{said}</p> })}
                {move || clock.get().map(|clock| view! {
                    <p class="clock" data-testid="exchanges-clock"><Shape name="clock" />{clock}</p>
                })}
            </div>
            <button
                class="button"
                data-kind="primary"
                type="button"
                data-testid="exchanges-sync"
                aria-disabled=move || syncing().to_string()
                on:click=move |_| board.sync_now()
            >
                <Shape name="sync" />
                {move || t(if syncing() { "tablet-syncing" } else { "tablet-exchanges-sync" })}
            </button>
        </section>
    }
}

/// How the tablet stands with its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    /// All has arrived.
    Whole,
    /// Taps are on their way.
    Sending,
    /// The server is not reached.
    Off,
    /// The commune took the tablet's rights away.
    Withdrawn,
}

impl Stand {
    fn of(page: &SyncPage) -> Self {
        match &page.link {
            link if link.withdrawn => Self::Withdrawn,
            link if !link.online => Self::Off,
            link if link.waiting > 0 => Self::Sending,
            _ => Self::Whole,
        }
    }

    fn slug(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Sending => "sending",
            Self::Off => "off",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn shape(self) -> &'static str {
        match self {
            Self::Whole => "online",
            Self::Sending => "waiting",
            Self::Off => "offline",
            Self::Withdrawn => "alert",
        }
    }

    /// Whether everything has arrived.
    fn lead(self, link: &Link) -> String {
        match self {
            Self::Whole => t("tablet-exchanges-whole"),
            Self::Withdrawn => t("tablet-exchanges-withdrawn"),
            Self::Sending => words::line(link),
            Self::Off => match words::waiting(link) {
                Some(waiting) => format!("{} {waiting}", words::line(link)),
                None => words::line(link),
            },
        }
    }

    /// What to do.
    fn then(self, link: &Link) -> String {
        match self {
            Self::Whole => format!("{}.", words::line(link)),
            Self::Sending => t("tablet-exchanges-then-sending"),
            Self::Off => t("tablet-exchanges-then-off"),
            Self::Withdrawn => counted("tablet-exchanges-then-withdrawn", link.waiting),
        }
    }
}
