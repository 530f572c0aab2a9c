//! Contradictions, each in one sentence, with what settles it.

use leptos::prelude::*;
use shared::screen::{Choice, Contradiction};
use wasm_bindgen::JsCast;

use super::Exchanges;
use crate::parts::Shape;
use crate::words::{counted, t};

/// Where the keyboard goes once a contradiction is settled.
const PLACES: &str = ".contradictions .choices button, .exchanges h2";

/// What two marks disagree about; nothing on most days.
#[component]
pub(super) fn Contradictions(exchanges: Exchanges) -> impl IntoView {
    let all = exchanges.part(|page| page.contradictions.clone());
    let count = Memo::new(move |_| all.read().as_ref().map_or(0, Vec::len));
    let settled_here = Memo::new(move |_| {
        let all = all.read();
        all.iter().flatten().any(|one| !one.choices.is_empty())
    });
    view! {
        <Show when=move || { count.get() > 0 }>
            <section class="contradictions" aria-labelledby="contradictions-title" data-testid="contradictions">
                <h3 id="contradictions-title">
                    <Shape name="alert" />
                    {move || counted("tablet-exchanges-contradictions", count.get())}
                </h3>
                <Show when=move || settled_here.get()>
                    <p class="hint">{t("tablet-exchanges-settling")}</p>
                </Show>
                <ul role="list">
                    {move || all.get().unwrap_or_default().into_iter()
                        .map(|one| view! { <One exchanges one /> })
                        .collect_view()}
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn One(exchanges: Exchanges, one: Contradiction) -> impl IntoView {
    let Contradiction {
        sentence,
        who,
        place,
        choices,
    } = one;
    let whole = who
        .as_deref()
        .map_or_else(|| place.clone(), |who| format!("{who}, {place}"));
    let nothing = choices.is_empty();
    view! {
        <li data-testid="contradiction">
            <p class="about">
                {who.map(|who| view! { <strong>{who}</strong> " " })}
                <span class="place">{place}</span>
            </p>
            <p class="sentence">{sentence}</p>
            <div class="choices" role="group" aria-label=whole>
                {choices.into_iter().map(|choice| view! { <ChoiceButton exchanges choice /> }).collect_view()}
                {nothing.then(|| view! { <p class="hint">{t("tablet-exchanges-elsewhere")}</p> })}
            </div>
        </li>
    }
}

#[component]
fn ChoiceButton(exchanges: Exchanges, choice: Choice) -> impl IntoView {
    let id = choice.id.clone();
    let name = choice.name.clone();
    let mine = Memo::new(move |_| exchanges.settling.read().as_ref() == Some(&id));
    view! {
        <button
            class="button"
            type="button"
            data-testid="settle"
            data-choice=choice.id.clone()
            aria-disabled=move || exchanges.settling.read().is_some().to_string()
            on:click=move |_| exchanges.settle(choice.clone())
        >
            {move || if mine.get() { t("tablet-pending") } else { name.clone() }}
        </button>
    }
}

/// Leads the keyboard on to the next contradiction, or to the head of the page when none is left:
/// the button it stood on is about to go.
pub(super) fn go_on() {
    request_animation_frame(|| {
        let next = document().query_selector(PLACES).ok().flatten();
        if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A page that refuses the focus leaves it where it is: no worse than before.
            let _ = next.focus();
        }
    });
}
