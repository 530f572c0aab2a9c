//! A child's card: who it is, whom to call, what happened today, what is reserved this week.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::screen::Card;

use super::card_parts::{Contacts, Deeds, HealthDetails, Memos, Moves, Week};
use super::timeline::Timeline;
use crate::board::{Board, Page};
use crate::commands;
use crate::parts::{BadgeMark, Portrait, Shape, meta, ways};
use crate::words::{self, t};

/// The card of a child, in the place of the list.
#[component]
pub(super) fn CardPage(board: Board, child: String) -> impl IntoView {
    let card = RwSignal::new(None::<Card>);
    let trouble = RwSignal::new(None::<String>);
    let asked = StoredValue::new(0_u64);
    Effect::new({
        let child = child.clone();
        move || {
            // Asked anew whenever the core may know more.
            board.beat.track();
            let Some(list) = board.list() else { return };
            let child = child.clone();
            asked.update_value(|asked| *asked += 1);
            let this = asked.get_value();
            spawn_local(async move {
                let answer = commands::card(list, child).await;
                if asked.get_value() != this {
                    return;
                }
                match answer {
                    Ok(told) => {
                        trouble.set(None);
                        if card.with_untracked(|known| known.as_ref() != Some(&told)) {
                            card.set(Some(told));
                        }
                    }
                    Err(refused) if refused.locked => board.staff.refused(),
                    Err(refused) => trouble.set(Some(refused.message)),
                }
            });
        }
    });
    let back = NodeRef::<leptos::html::Button>::new();
    Effect::new(move || {
        if let Some(back) = back.get() {
            // A page that refuses the focus leaves it where it is: no worse than before.
            let _ = back.focus();
        }
    });
    let told = move || {
        trouble.get().map(|message| {
            view! {
                <div class="notice" data-kind="alert" role="alert"><Shape name="alert" /><p class="grow">{message}</p></div>
            }
        })
    };
    // The parts that hold what a person is typing are made once; the rest follows what the core says.
    let known = Memo::new(move |_| card.read().is_some());
    view! {
        <main class="page card-page" data-testid="card">
            <div class="page-bar">
                <button
                    class="button"
                    type="button"
                    data-testid="back"
                    node_ref=back
                    on:click=move |_| board.back()
                >
                    <Shape name="before" />
                    {t("tablet-back")}
                </button>
                <div class="page-title">{move || card.get().map(|card| view! { <Head board card /> })}</div>
            </div>
            {told}
            <p class="page-wait" role="status" hidden=move || known.get() || trouble.read().is_some()>
                {t("tablet-opening-card")}
            </p>
            <div class="card-columns" hidden=move || !known.get()>
                <div class="card-column">
                    {move || card.get().map(|card| view! { <Facts card /> })}
                    <Deeds board card />
                    <Contacts card />
                    <Memos board card />
                    {
                        let child = child.clone();
                        move || {
                            let has = card.read().as_ref().is_some_and(|card| card.has_health);
                            let child = child.clone();
                            has.then(|| view! { <HealthDetails board child /> })
                        }
                    }
                    <Moves board card />
                </div>
                <div class="card-column">
                    <Timeline board card />
                    <Week card />
                    <Siblings board card />
                </div>
            </div>
        </main>
    }
}

/// Name, age, class, and where the child stands.
#[component]
fn Head(board: Board, card: Card) -> impl IntoView {
    let row = card.row;
    let nursery = Signal::derive(move || board.nursery());
    let standing = crate::filter::stand(&row);
    view! {
        <span class="disc"><Portrait nursery row=row.clone() /></span>
        <div class="who">
            <h2 class="name">
                <span class="last">{row.last_name.clone()}</span>
                " "
                <span class="first">{row.first_name.clone()}</span>
            </h2>
            <p class="meta">{card.age_label.clone().into_iter().chain(Some(meta(&shared::screen::Row { age: None, ..row.clone() }, true))).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")}</p>
        </div>
        <p class="state" data-state=words::state_slug(standing) data-testid="card-state">
            <Shape name=words::state_slug(standing) />
            <span class="words">
                <span class="word">{words::state(&row)}</span>
                <span class="detail">{words::state_detail(&row)}</span>
            </span>
        </p>
    }
}

/// What must be known before anything else.
#[component]
fn Facts(card: Card) -> impl IntoView {
    let row = card.row;
    let must_know = row.must_know.clone().map(|text| {
        view! { <p class="must-know"><Shape name="alert" /><span>{text}</span></p> }
    });
    let conflict = row.conflict.then(|| {
        view! { <p class="must-know"><Shape name="alert" /><span>{t("tablet-conflict-then")}</span></p> }
    });
    let closing = row
        .absent_by_closing
        .then(|| view! { <p class="fact">{t("tablet-absent-by-closing")}</p> });
    let note = row.note.clone().map(|note| view! { <p class="fact">{note}</p> });
    let ways = ways(&row);
    let ways = (!ways.is_empty()).then(|| view! { <p class="fact">{ways.join(" · ")}</p> });
    let nothing = card.badges.is_empty() && row.must_know.is_none();
    view! {
        <section class="card-part facts" aria-label=t("tablet-card-facts")>
            <p class="badges">{card.badges.into_iter().map(|badge| view! { <BadgeMark badge /> }).collect_view()}</p>
            {must_know}
            {conflict}
            {nothing.then(|| view! { <p class="fact">{t("tablet-nothing-to-know")}</p> })}
            {note}
            {closing}
            {ways}
        </section>
    }
}

/// Brothers and sisters on the list: their cards, one touch away.
#[component]
fn Siblings(board: Board, card: RwSignal<Option<Card>>) -> impl IntoView {
    let siblings = Memo::new(move |_| {
        let card = card.read();
        card.as_ref()
            .map(|card| card.siblings.clone())
            .unwrap_or_default()
    });
    view! {
        <section class="card-part" hidden=move || siblings.read().is_empty()>
            <h3>{t("tablet-card-siblings")}</h3>
            <div class="deeds">
                <For each=move || siblings.get() key=|choice| choice.id.clone() let:choice>
                    <button
                        class="button"
                        type="button"
                        data-testid=format!("sibling-{}", choice.id)
                        on:click=move |_| board.open(Page::Card(choice.id.clone()))
                    >
                        {choice.name.clone()}
                    </button>
                </For>
            </div>
        </section>
    }
}
