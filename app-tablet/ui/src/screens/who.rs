//! « Qui êtes-vous ? »: nothing of the day is shown before somebody says so.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::screen::{Entry, Person};

use super::pin::PinPad;
use super::who_forms::{Unlock, Welcome};
use crate::board::Board;
use crate::commands;
use crate::parts::{Shape, Sun};
use crate::words::{counted, t, t1};

/// What stands beside the staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Aside {
    /// Nothing yet: a name is to be touched.
    Nobody,
    /// The PIN of a person.
    Pin(Person),
    /// A director unlocks a person.
    Unlock(Person),
    /// A director takes somebody on.
    Welcome,
}

/// The staff, and the PIN of the one who holds the tablet now.
#[component]
pub(super) fn Who(board: Board) -> impl IntoView {
    let staff = board.staff;
    let aside = RwSignal::new(Aside::Nobody);
    let people = Memo::new(move |_| {
        let crew = staff.crew.read();
        crew.as_ref().map(|crew| crew.people.clone()).unwrap_or_default()
    });
    let sites = Memo::new(move |_| {
        let crew = staff.crew.read();
        crew.as_ref()
            .map(|crew| crew.sites.join(", "))
            .unwrap_or_default()
    });
    let directed = Memo::new(move |_| people.read().iter().any(|person| person.director));
    let beside = move || match aside.get() {
        Aside::Nobody => view! { <p class="who-hint">{t("tablet-who-hint")}</p> }.into_any(),
        Aside::Pin(person) => view! { <Enter board aside person /> }.into_any(),
        Aside::Unlock(person) => view! { <Unlock board aside person /> }.into_any(),
        Aside::Welcome => view! { <Welcome board aside /> }.into_any(),
    };
    view! {
        <div
            class="whose"
            data-testid="who"
            on:pointerdown=move |_| staff.touched()
            on:keydown=move |_| staff.touched()
        >
            <header class="who-bar">
                <Shape name="roof" />
                <div>
                    <h1>{t("tablet-who-title")}</h1>
                    <p>{sites}</p>
                </div>
                <Sun />
            </header>
            <main class="who-main" data-chosen=move || (aside.get() != Aside::Nobody).then_some("true")>
                <div class="staff" role="region" tabindex="0" aria-label=t("tablet-who-staff")>
                    <ul role="list">
                        <For each=move || people.get() key=|person| (person.id.clone(), person.locked, person.without_pin) let:person>
                            <Tile aside person />
                        </For>
                    </ul>
                    <Show when=move || people.read().is_empty()>
                        <p class="who-hint">{t("tablet-who-nobody")}</p>
                    </Show>
                    <Show when=move || directed.get()>
                        <button
                            class="button take-on"
                            type="button"
                            data-testid="welcome-open"
                            on:click=move |_| aside.set(Aside::Welcome)
                        >
                            <Shape name="plus" />
                            {t("tablet-welcome-open")}
                        </button>
                    </Show>
                </div>
                <section class="who-aside" aria-live="off">{beside}</section>
            </main>
        </div>
    }
}

/// A member of the staff.
#[component]
fn Tile(aside: RwSignal<Aside>, person: Person) -> impl IntoView {
    let id = person.id.clone();
    let current = move || match aside.get() {
        Aside::Pin(chosen) | Aside::Unlock(chosen) => chosen.id == id,
        Aside::Nobody | Aside::Welcome => false,
    };
    let state = if person.locked {
        Some(("closed", "tablet-who-locked"))
    } else if person.without_pin {
        Some(("alert", "tablet-who-without-pin"))
    } else {
        None
    };
    let state = state.map(|(shape, key)| {
        view! { <span class="badge" data-kind="care"><Shape name=shape />{t(key)}</span> }
    });
    let touched = {
        let person = person.clone();
        move |_| aside.set(Aside::Pin(person.clone()))
    };
    view! {
        <li>
            <button
                class="person"
                type="button"
                data-testid=format!("person-{}", person.id)
                data-role=person.role
                aria-pressed=move || current().to_string()
                on:click=touched
            >
                <span class="disc" aria-hidden="true">{person.initials}</span>
                <span class="person-words">
                    <span class="person-name">{person.name}</span>
                    <span class="person-role">{person.role_label}</span>
                    {state}
                </span>
            </button>
        </li>
    }
}

/// The PIN of the person touched.
#[component]
fn Enter(board: Board, aside: RwSignal<Aside>, person: Person) -> impl IntoView {
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let locked = RwSignal::new(person.locked);
    let pin = RwSignal::new(String::new());
    let id = person.id.clone();
    let submit = Callback::new(move |()| {
        if busy.get_untracked() || pin.read_untracked().is_empty() {
            return;
        }
        busy.set(true);
        let (id, typed) = (id.clone(), pin.get_untracked());
        spawn_local(async move {
            let answer = commands::enter(id, typed).await;
            busy.set(false);
            pin.set(String::new());
            match answer {
                Ok(Entry::Right(crew)) => {
                    board.staff.take(crew);
                    board.show_or_reload();
                }
                Ok(Entry::Wrong(left)) => {
                    trouble.set(Some(counted("tablet-pin-wrong", left as usize)));
                }
                Ok(Entry::Locked) => {
                    locked.set(true);
                    board.staff.refused();
                }
                Err(refused) => trouble.set(Some(refused.message)),
            }
        });
    });
    let without = person.without_pin;
    let named = person.name.clone();
    let whole = move || {
        if without {
            return view! { <p class="who-told">{t("tablet-who-without-pin-then")}</p> }.into_any();
        }
        if locked.get() {
            let person = person.clone();
            return view! {
                <div class="notice" data-kind="alert" role="alert" data-testid="pin-locked">
                    <Shape name="closed" />
                    <p class="grow">{t1("tablet-pin-locked", "name", &person.name)}</p>
                </div>
                <button
                    class="button"
                    data-kind="primary"
                    type="button"
                    data-testid="unlock-open"
                    on:click=move |_| aside.set(Aside::Unlock(person.clone()))
                >
                    {t("tablet-unlock-open")}
                </button>
            }
            .into_any();
        }
        let label = t1("tablet-pin-label", "name", &named);
        view! { <PinPad pin label submit busy trouble /> }.into_any()
    };
    whole
}
