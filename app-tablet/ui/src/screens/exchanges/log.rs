//! The taps of this tablet, each with what became of it.

use leptos::prelude::*;
use shared::screen::{Fate, MarkFate, SyncPage};

use super::{Exchanges, fates};
use crate::parts::Shape;
use crate::words::{counted, t};

/// The counts, which choose what is shown, and the taps.
#[component]
pub(super) fn Log(exchanges: Exchanges) -> impl IntoView {
    let chosen = RwSignal::new(None::<Fate>);
    let marks = exchanges.part(|page| page.marks.clone());
    let shown = Memo::new(move |_| {
        let marks = marks.get().unwrap_or_default();
        match chosen.get() {
            None => marks,
            Some(fate) => marks.into_iter().filter(|mark| mark.fate == fate).collect(),
        }
    });
    let listed = move || {
        if shown.read().is_empty() {
            return empty(chosen.get()).into_any();
        }
        view! {
            <ol role="list" class="taps" data-testid="taps">
                <For each=move || shown.get() key=|mark| (mark.mark.clone(), fates::slug(mark.fate), mark.at.clone()) let:mark>
                    <Tap mark />
                </For>
            </ol>
        }
        .into_any()
    };
    let left_out = move || {
        let all = exchanges
            .page
            .read()
            .as_ref()
            .map_or(0, |page| total(page, chosen.get()));
        let shown = shown.read().len();
        (shown > 0 && all > shown)
            .then(|| view! { <p class="hint">{counted("tablet-exchanges-newest", shown)}</p> })
    };
    view! {
        <section class="log" aria-labelledby="log-title">
            <h3 id="log-title">{t("tablet-exchanges-log")}</h3>
            <div class="filters" role="group" aria-label=t("tablet-exchanges-filters")>
                <FateButton exchanges chosen fate=None />
                {fates::FATES.map(|fate| view! { <FateButton exchanges chosen fate=Some(fate) /> })}
            </div>
            {listed}
            {left_out}
        </section>
    }
}

/// How many taps a filter is about, those too old to be listed included.
fn total(page: &SyncPage, fate: Option<Fate>) -> usize {
    match fate {
        Some(fate) => fates::count(page, fate),
        None => page.link.waiting + page.link.quarantined + page.accepted + page.in_backup,
    }
}

#[component]
fn FateButton(exchanges: Exchanges, chosen: RwSignal<Option<Fate>>, fate: Option<Fate>) -> impl IntoView {
    let count = Memo::new(move |_| exchanges.page.read().as_ref().map_or(0, |page| total(page, fate)));
    let slug = fate.map_or("all", fates::slug);
    view! {
        <button
            type="button"
            data-testid=format!("fate-{slug}")
            data-fate=slug
            data-none=move || (count.get() == 0).then_some("true")
            aria-pressed=move || (chosen.get() == fate).to_string()
            on:click=move |_| chosen.set(fate)
        >
            {fate.map(|fate| view! { <Shape name=fates::slug(fate) /> })}
            <span>{t(fate.map_or("tablet-exchanges-all", |fate| fates::names(fate).0))}</span>
            <span class="count">{count}</span>
        </button>
    }
}

#[component]
fn Tap(mark: MarkFate) -> impl IntoView {
    let (slug, (_, name)) = (fates::slug(mark.fate), fates::names(mark.fate));
    view! {
        <li data-testid=format!("tap-{}", mark.mark) data-fate=slug>
            <span class="when">
                <span class="at">{mark.at}</span>
                " "
                <span class="on">{mark.day}</span>
            </span>
            <span class="whom">{mark.who}</span>
            <span class="what"><span>{mark.what}</span> " " <span class="activity">{mark.activity}</span></span>
            <span class="fate"><Shape name=slug /><span>{t(name)}</span></span>
        </li>
    }
}

/// Nothing to list: what that means and what to do.
fn empty(fate: Option<Fate>) -> impl IntoView {
    let (said, then) = fate.map_or(
        ("tablet-exchanges-no-tap", "tablet-exchanges-no-tap-then"),
        fates::none,
    );
    view! {
        <div class="empty" data-testid="taps-none">
            <p><strong>{t(said)}</strong></p>
            <p>{t(then)}</p>
        </div>
    }
}
