//! The parts of a child's card that somebody acts on.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::mark::Reason;
use shared::screen::{Card, Choice, Deed, Health, Transfer};

use super::pin::PinPad;
use crate::board::Board;
use crate::commands;
use crate::filter::{Stand, has_departures, stand};
use crate::parts::Shape;
use crate::words::{self, counted, t, t1};

/// The deeds that make sense now, each with its hook and the key of its words.
fn deeds(standing: Stand, departures: bool) -> Vec<(Deed, &'static str, &'static str)> {
    let come = if departures {
        "tablet-do-in"
    } else {
        "tablet-do-present"
    };
    match standing {
        Stand::Expected | Stand::Away | Stand::Free => {
            let mut deeds = vec![(Deed::In, "do-in", come)];
            if departures {
                deeds.push((Deed::Out, "do-out", "tablet-do-out"));
            }
            deeds.push((Deed::Absent, "do-absent", "tablet-do-absent"));
            deeds
        }
        Stand::Present if departures => vec![
            (Deed::Out, "do-out", "tablet-do-out"),
            (Deed::Absent, "do-absent", "tablet-do-absent"),
        ],
        Stand::Present => vec![(Deed::Absent, "do-absent", "tablet-do-absent")],
        Stand::Left => vec![(Deed::In, "do-in", "tablet-do-back")],
        Stand::Absent => vec![
            (Deed::In, "do-in", come),
            (Deed::Absent, "do-absent", "tablet-do-reason"),
        ],
    }
}

/// What can be noted now.
#[component]
pub(super) fn Deeds(board: Board, card: RwSignal<Option<Card>>) -> impl IntoView {
    let asking = RwSignal::new(false);
    let rest_of_day = RwSignal::new(false);
    let act = move |deed: Deed, reason: Option<Reason>| {
        let child = card.with_untracked(|card| card.as_ref().map(|card| card.row.child.clone()));
        if let Some(line) = child.and_then(|child| board.line(&child)) {
            board.tap(line, deed, reason, rest_of_day.get_untracked());
        }
        asking.set(false);
    };
    let choices = move || {
        let card = card.read();
        let standing = card.as_ref().map(|card| stand(&card.row));
        let deeds = standing.map(|standing| deeds(standing, has_departures(board.mode())));
        let buttons = deeds.into_iter().flatten().map(|(deed, id, key)| {
            let touched = move |_| match deed {
                Deed::Absent => asking.update(|asking| *asking = !*asking),
                Deed::In | Deed::Out => act(deed, None),
            };
            view! { <button class="button" type="button" data-testid=id on:click=touched>{t(key)}</button> }
        });
        buttons.collect_view()
    };
    let reasons = move || {
        asking.get().then(|| {
            let buttons = words::REASONS.map(|(reason, slug)| {
                view! {
                    <button
                        class="button"
                        type="button"
                        data-testid=format!("card-reason-{slug}")
                        on:click=move |_| act(Deed::Absent, Some(reason))
                    >
                        {words::reason(reason)}
                    </button>
                }
            });
            view! {
                <div class="reasons" role="group" aria-label=t("tablet-reasons")>
                    <label class="check">
                        <input
                            type="checkbox"
                            data-testid="card-rest-of-day"
                            prop:checked=rest_of_day
                            on:change=move |ev| rest_of_day.set(event_target_checked(&ev))
                        />
                        <span>{t("tablet-rest-of-day")}</span>
                    </label>
                    <div class="deeds">{buttons}</div>
                </div>
            }
        })
    };
    view! {
        <section class="card-part" aria-label=t("tablet-card-deeds")>
            <div class="deeds">{choices}</div>
            {reasons}
        </section>
    }
}

/// Whom to call, in order.
#[component]
pub(super) fn Contacts(card: RwSignal<Option<Card>>) -> impl IntoView {
    let contacts = Memo::new(move |_| {
        let card = card.read();
        card.as_ref()
            .map(|card| card.contacts.clone())
            .unwrap_or_default()
    });
    let rows = move || {
        let rows = contacts.get().into_iter().map(|contact| {
            let dialled = format!("tel:{}", contact.phone.replace([' ', '.', '\u{a0}'], ""));
            view! {
                <li>
                    <span class="contact-name">{contact.name.clone()}</span>
                    <a
                        class="button call"
                        href=dialled
                        data-testid="call"
                    >
                        <Shape name="phone" />
                        <span class="unseen">{t1("tablet-call", "name", &contact.name)}</span>
                        " "
                        {contact.phone}
                    </a>
                </li>
            }
        });
        rows.collect_view()
    };
    view! {
        <section class="card-part">
            <h3>{t("tablet-card-contacts")}</h3>
            <ul class="contacts" role="list">{rows}</ul>
            <p class="fact" hidden=move || !contacts.read().is_empty()>{t("tablet-card-no-contact")}</p>
        </section>
    }
}

/// What colleagues should know of the child today.
#[component]
pub(super) fn Memos(board: Board, card: RwSignal<Option<Card>>) -> impl IntoView {
    let memos = Memo::new(move |_| {
        let card = card.read();
        card.as_ref().map(|card| card.memos.clone()).unwrap_or_default()
    });
    let text = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let typed = text.read_untracked().trim().to_owned();
        let child = card.with_untracked(|card| card.as_ref().map(|card| card.row.child.clone()));
        let (Some(list), Some(child)) = (board.list(), child) else {
            return;
        };
        if typed.is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = commands::note(list, child, typed).await;
            busy.set(false);
            match answer {
                Ok(_) => {
                    text.set(String::new());
                    trouble.set(None);
                    board.said.set(t("tablet-said-memo"));
                    board.reload();
                }
                Err(refused) if refused.locked => board.staff.refused(),
                Err(refused) => trouble.set(Some(refused.message)),
            }
        });
    };
    view! {
        <section class="card-part">
            <h3>{t("tablet-card-memo")}</h3>
            <ul class="memos" role="list">
                <For each=move || memos.get() key=|memo| memo.mark.clone() let:memo>
                    <li>
                        <span class="memo-text">{memo.text.clone()}</span>
                        <span class="fact">{memo.at.clone()}{memo.author.clone().map(|author| format!(" · {author}"))}</span>
                    </li>
                </For>
            </ul>
            <form class="memo-form" novalidate on:submit=submit aria-busy=move || busy.get().to_string()>
                <label class="unseen" for="memo">{t("tablet-memo-label")}</label>
                <input
                    class="input"
                    id="memo"
                    data-testid="memo"
                    type="text"
                    maxlength="280"
                    autocomplete="off"
                    placeholder=t("tablet-memo-label")
                    prop:value=text
                    on:input=move |ev| text.set(event_target_value(&ev))
                />
                <button class="button" type="submit" data-testid="memo-submit">{t("tablet-memo-submit")}</button>
            </form>
            {move || trouble.get().map(|message| view! { <p class="row-trouble" role="alert"><Shape name="alert" /><span>{message}</span></p> })}
        </section>
    }
}

/// Health details: for the PIN of who holds the tablet, and gone with the page.
#[component]
pub(super) fn HealthDetails(board: Board, child: String) -> impl IntoView {
    let asking = RwSignal::new(false);
    let shown = RwSignal::new(None::<String>);
    let pin = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let submit = Callback::new(move |()| {
        let Some(list) = board.list() else { return };
        if busy.get_untracked() || pin.read_untracked().is_empty() {
            return;
        }
        busy.set(true);
        let (child, typed) = (child.clone(), pin.get_untracked());
        spawn_local(async move {
            let answer = commands::health(list, child, typed).await;
            busy.set(false);
            pin.set(String::new());
            match answer {
                Ok(Health::Shown(details)) => shown.set(Some(details)),
                Ok(Health::Wrong(left)) => trouble.set(Some(counted("tablet-pin-wrong", left as usize))),
                Ok(Health::Locked) => board.staff.refused(),
                Err(refused) if refused.locked => board.staff.refused(),
                Err(refused) => trouble.set(Some(refused.message)),
            }
        });
    });
    let inside = move || match shown.get() {
        Some(details) => view! {
            <p class="health" data-testid="health">{details}</p>
            <button class="button" type="button" on:click=move |_| { shown.set(None); asking.set(false); }>
                {t("tablet-health-hide")}
            </button>
        }
        .into_any(),
        None if asking.get() => {
            let label = t("tablet-health-pin");
            view! { <PinPad pin label submit busy trouble /> }.into_any()
        }
        None => view! {
            <button class="button" type="button" data-testid="health-open" on:click=move |_| asking.set(true)>
                <Shape name="closed" />
                {t("tablet-health-open")}
            </button>
        }
        .into_any(),
    };
    view! {
        <section class="card-part">
            <h3>{t("tablet-card-health")}</h3>
            {inside}
        </section>
    }
}

/// What is reserved this week.
#[component]
pub(super) fn Week(card: RwSignal<Option<Card>>) -> impl IntoView {
    let days = move || {
        let week = card
            .read()
            .as_ref()
            .map(|card| card.week.clone())
            .unwrap_or_default();
        let days = week.into_iter().map(|day| {
            let lines = day.lines.into_iter().map(|line| {
                let more: Vec<String> = [line.formula, line.detail].into_iter().flatten().collect();
                view! {
                    <li>
                        <span class="week-activity">{line.activity}</span>
                        <span class="fact">{more.join(" · ")}</span>
                    </li>
                }
            });
            view! {
                <li class="week-day" aria-current=day.shown.then_some("date")>
                    <span class="week-label">{day.label}</span>
                    <ul role="list">{lines.collect_view()}</ul>
                </li>
            }
        });
        days.collect_view()
    };
    let none = move || card.read().as_ref().is_some_and(|card| card.week.is_empty());
    view! {
        <section class="card-part">
            <h3>{t("tablet-card-week")}</h3>
            <ul class="week" role="list">{days}</ul>
            <p class="fact" hidden=move || !none()>{t("tablet-card-no-week")}</p>
        </section>
    }
}

/// To another site for the rest of the day.
#[component]
pub(super) fn Moves(board: Board, card: RwSignal<Option<Card>>) -> impl IntoView {
    let sites = Memo::new(move |_| {
        let card = card.read();
        card.as_ref()
            .map(|card| card.other_sites.clone())
            .unwrap_or_default()
    });
    let asking = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let go = move |to: Choice| {
        let child = card.with_untracked(|card| card.as_ref().map(|card| card.row.child.clone()));
        let (Some(list), Some(child)) = (board.list(), child) else {
            return;
        };
        asking.set(false);
        spawn_local(async move {
            match commands::transfer(Transfer {
                list,
                child,
                to: to.id,
            })
            .await
            {
                Ok(_) => {
                    board.said.set(t1("tablet-said-moved", "site", &to.name));
                    board.reload();
                }
                Err(refused) if refused.locked => board.staff.refused(),
                Err(refused) => trouble.set(Some(refused.message)),
            }
        });
    };
    view! {
        <section class="card-part" hidden=move || sites.read().is_empty()>
            <h3>{t("tablet-card-move")}</h3>
            <button
                class="button"
                type="button"
                data-testid="move-open"
                aria-expanded=move || asking.get().to_string()
                on:click=move |_| asking.update(|asking| *asking = !*asking)
            >
                <Shape name="left" />
                {t("tablet-move-open")}
            </button>
            <div class="deeds" role="group" aria-label=t("tablet-card-move") hidden=move || !asking.get()>
                <For each=move || sites.get() key=|site| site.id.clone() let:site>
                    <button
                        class="button"
                        type="button"
                        data-testid=format!("move-to-{}", site.id)
                        on:click={ let site = site.clone(); move |_| go(site.clone()) }
                    >
                        {site.name.clone()}
                    </button>
                </For>
            </div>
            {move || trouble.get().map(|message| view! { <p class="row-trouble" role="alert"><Shape name="alert" /><span>{message}</span></p> })}
        </section>
    }
}
