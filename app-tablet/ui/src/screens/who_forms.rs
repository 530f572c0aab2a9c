//! What only a director may do before the list: unlock somebody, take somebody on for the day.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::screen::{Entry, Person};

use super::pin::PinPad;
use super::who::Aside;
use crate::board::Board;
use crate::commands;
use crate::parts::Shape;
use crate::words::{counted, t, t1};

/// The shortest PIN.
const SHORTEST: usize = 4;

/// Those who may.
fn directors(board: Board) -> Vec<Person> {
    board.staff.crew.with_untracked(|crew| {
        let people = crew
            .iter()
            .flat_map(|crew| &crew.people)
            .filter(|person| person.director && !person.without_pin && !person.locked);
        people.cloned().collect()
    })
}

/// Which director, and the PIN: two fields of both forms.
#[component]
fn Director(people: Vec<Person>, chosen: RwSignal<String>, pin: RwSignal<String>) -> impl IntoView {
    let options = people
        .into_iter()
        .map(|person| view! { <option value=person.id>{person.name}</option> });
    view! {
        <div class="field">
            <label for="director">{t("tablet-director")}</label>
            <select
                class="input"
                id="director"
                data-testid="director"
                on:change=move |ev| chosen.set(event_target_value(&ev))
            >
                {options.collect_view()}
            </select>
        </div>
        <Secret id="director-pin" label=t("tablet-director-pin") value=pin />
    }
}

/// A PIN typed by keyboard.
#[component]
fn Secret(id: &'static str, label: String, value: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                class="input"
                id=id
                data-testid=id
                type="password"
                inputmode="numeric"
                autocomplete="off"
                aria-describedby="who-form-told"
                prop:value=value
                on:input=move |ev| value.set(event_target_value(&ev))
            />
        </div>
    }
}

fn told(trouble: RwSignal<Option<String>>) -> impl IntoView {
    let message = move || {
        trouble.get().map(|message| {
            view! {
                <p class="pin-trouble" role="alert" data-testid="pin-error">
                    <Shape name="alert" /><span>{message}</span>
                </p>
            }
        })
    };
    view! { <div id="who-form-told">{message}</div> }
}

fn give_up(aside: RwSignal<Aside>) -> impl IntoView {
    view! {
        <button class="button" type="button" data-kind="quiet" on:click=move |_| aside.set(Aside::Nobody)>
            {t("tablet-give-up")}
        </button>
    }
}

/// What the core says of a director's PIN, unless all is well.
fn refused(entry: &Entry) -> Option<String> {
    match entry {
        Entry::Right(_) => None,
        Entry::Wrong(left) => Some(counted("tablet-pin-wrong", *left as usize)),
        Entry::Locked => Some(t("tablet-director-locked")),
    }
}

/// A director gives a locked person new attempts.
#[component]
pub(super) fn Unlock(board: Board, aside: RwSignal<Aside>, person: Person) -> impl IntoView {
    let pin = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let title = t1("tablet-unlock-title", "name", &person.name);
    let submit = Callback::new(move |()| {
        if busy.get_untracked() || pin.read_untracked().is_empty() {
            return;
        }
        busy.set(true);
        let (typed, person) = (pin.get_untracked(), person.clone());
        spawn_local(async move {
            let answer = commands::unlock(person.id.clone(), typed).await;
            busy.set(false);
            pin.set(String::new());
            match answer {
                Ok(Entry::Right(crew)) => {
                    board.staff.take(crew);
                    aside.set(Aside::Pin(Person {
                        locked: false,
                        ..person
                    }));
                }
                Ok(other) => trouble.set(refused(&other)),
                Err(refused) => trouble.set(Some(refused.message)),
            }
        });
    });
    view! {
        <h2 class="who-title">{title}</h2>
        <PinPad pin label=t("tablet-director-pin") submit busy trouble />
        {give_up(aside)}
    }
}

/// A director takes somebody on for the day.
#[component]
pub(super) fn Welcome(board: Board, aside: RwSignal<Aside>) -> impl IntoView {
    let people = directors(board);
    let chosen = RwSignal::new(people.first().map(|first| first.id.clone()).unwrap_or_default());
    let pin = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let new_pin = RwSignal::new(String::new());
    let again = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let wrong = move || {
        let digits = new_pin.read_untracked();
        if name.read_untracked().trim().is_empty() {
            Some("tablet-welcome-no-name")
        } else if digits.len() < SHORTEST || !digits.chars().all(|c| c.is_ascii_digit()) {
            Some("tablet-welcome-short")
        } else if *digits != *again.read_untracked() {
            Some("tablet-welcome-differ")
        } else {
            None
        }
    };
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        if let Some(key) = wrong() {
            trouble.set(Some(t(key)));
            return;
        }
        busy.set(true);
        trouble.set(None);
        let (director, typed) = (chosen.get_untracked(), pin.get_untracked());
        let (called, secret) = (name.read_untracked().trim().to_owned(), new_pin.get_untracked());
        spawn_local(async move {
            let entered = commands::enter(director, typed).await;
            let taken = match entered {
                Ok(Entry::Right(_)) => commands::welcome(called.clone(), secret).await,
                other => {
                    busy.set(false);
                    pin.set(String::new());
                    trouble.set(match other {
                        Ok(entry) => refused(&entry),
                        Err(refused) => Some(refused.message),
                    });
                    return;
                }
            };
            // The director only signed for somebody: nobody holds the tablet yet.
            let left = commands::leave().await;
            busy.set(false);
            match taken.and(left) {
                Ok(crew) => {
                    let new = crew.people.iter().find(|one| one.name == called).cloned();
                    board.staff.take(crew);
                    aside.set(new.map_or(Aside::Nobody, Aside::Pin));
                }
                Err(refused) => trouble.set(Some(refused.message)),
            }
        });
    };
    view! {
        <form class="who-form" novalidate on:submit=submit aria-busy=move || busy.get().to_string()>
            <h2>{t("tablet-welcome-title")}</h2>
            <p class="hint">{t("tablet-welcome-lead")}</p>
            <div class="field">
                <label for="welcome-name">{t("tablet-welcome-name")}</label>
                <input
                    class="input"
                    id="welcome-name"
                    data-testid="welcome-name"
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=name
                    on:input=move |ev| name.set(event_target_value(&ev))
                />
            </div>
            <div class="two">
                <Secret id="welcome-pin" label=t("tablet-welcome-pin") value=new_pin />
                <Secret id="welcome-again" label=t("tablet-welcome-again") value=again />
            </div>
            <Director people chosen pin />
            {told(trouble)}
            <div class="deeds">
                <button class="button" type="submit" data-kind="primary" data-testid="welcome-submit">
                    {t("tablet-welcome-submit")}
                </button>
                {give_up(aside)}
            </div>
        </form>
    }
}
