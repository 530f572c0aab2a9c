//! Today's marks on a child, each with its author, its tablet and its fate; any of them can be
//! undone or put right, at any time of the day.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::mark::Because;
use shared::screen::{Card, Correction, Event};

use crate::board::Board;
use crate::commands;
use crate::parts::Shape;
use crate::words::{self, t, t1};

/// The marks of the day, in order of time.
#[component]
pub(super) fn Timeline(board: Board, card: RwSignal<Option<Card>>) -> impl IntoView {
    let events = Memo::new(move |_| {
        let card = card.read();
        card.as_ref()
            .map(|card| card.timeline.clone())
            .unwrap_or_default()
    });
    let correcting = RwSignal::new(None::<String>);
    let trouble = RwSignal::new(None::<String>);
    let items = move || {
        let items = events.get().into_iter().map(|event| {
            view! { <Item board event correcting trouble /> }
        });
        items.collect_view()
    };
    view! {
        <section class="card-part">
            <h3>{t("tablet-card-timeline")}</h3>
            <ol class="timeline" role="list" data-testid="timeline">{items}</ol>
            <p class="fact" hidden=move || !events.read().is_empty()>{t("tablet-card-no-mark")}</p>
            {move || trouble.get().map(|message| view! { <p class="row-trouble" role="alert"><Shape name="alert" /><span>{message}</span></p> })}
        </section>
    }
}

#[component]
fn Item(
    board: Board,
    event: Event,
    correcting: RwSignal<Option<String>>,
    trouble: RwSignal<Option<String>>,
) -> impl IntoView {
    let mark = event.mark.clone();
    let fate = event.fate;
    let said: Vec<String> = [
        Some(event.activity.clone()),
        event.author.clone(),
        Some(event.device.clone()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let undo = {
        let mark = mark.clone();
        move |_| {
            let (mark, ask) = (mark.clone(), board.ask());
            spawn_local(async move {
                match commands::undo(vec![mark], ask).await {
                    Ok(_) => {
                        trouble.set(None);
                        board.said.set(t("tablet-said-undone-one"));
                        board.reload();
                    }
                    Err(refused) if refused.locked => board.staff.refused(),
                    Err(refused) => trouble.set(Some(refused.message)),
                }
            });
        }
    };
    let undo = event.can_undo.then(|| {
        view! {
            <button
                class="button"
                type="button"
                data-testid=format!("event-undo-{mark}")
                aria-label=t1("tablet-event-undo", "what", &event.what)
                on:click=undo
            >
                <Shape name="undo" />
                {t("tablet-undo")}
            </button>
        }
    });
    let correct = event.can_correct.then(|| {
        let mark = mark.clone();
        view! {
            <button
                class="button"
                type="button"
                data-testid=format!("event-correct-{mark}")
                aria-label=t1("tablet-event-correct", "what", &event.what)
                on:click={
                    let mark = mark.clone();
                    move |_| correcting.set(Some(mark.clone()))
                }
            >
                {t("tablet-correct")}
            </button>
        }
    });
    let form = {
        let (mark, at) = (mark.clone(), event.at_field.clone());
        move || {
            let mine = correcting.read().as_ref() == Some(&mark);
            let (mark, at) = (mark.clone(), at.clone());
            mine.then(|| view! { <CorrectForm board mark at correcting trouble /> })
        }
    };
    view! {
        <li class="event" data-undone=event.undone.then_some("true") data-fate=words::fate_slug(fate) data-testid=format!("event-{mark}")>
            <span class="event-at">{event.at.clone()}</span>
            <span class="event-what">
                <span class="event-deed">{event.what.clone()}</span>
                {event.undone.then(|| view! { <span class="event-undone">{t("tablet-event-undone")}</span> })}
                <span class="fact">{said.join(" · ")}</span>
                <span class="fact fate"><Shape name=words::fate_slug(fate) />{words::fate(fate)}</span>
            </span>
            <span class="event-deeds">{correct}{undo}</span>
            {form}
        </li>
    }
}

/// The right time, and why.
#[component]
fn CorrectForm(
    board: Board,
    mark: String,
    at: String,
    correcting: RwSignal<Option<String>>,
    trouble: RwSignal<Option<String>>,
) -> impl IntoView {
    let time = RwSignal::new(at);
    let why = RwSignal::new("forgotten".to_owned());
    let busy = RwSignal::new(false);
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let Some(at) = read_time(&time.read_untracked()) else {
            trouble.set(Some(t("tablet-correct-unreadable")));
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let chosen = words::BECAUSE
            .into_iter()
            .find(|(_, slug)| *slug == *why.read_untracked());
        let correction = Correction {
            mark: mark.clone(),
            at,
            why: chosen.map_or(Because::Other, |(why, _)| why),
        };
        spawn_local(async move {
            let answer = commands::correct(correction, board.ask()).await;
            busy.set(false);
            match answer {
                Ok(_) => {
                    trouble.set(None);
                    correcting.set(None);
                    board.said.set(t("tablet-said-corrected"));
                    board.reload();
                }
                Err(refused) if refused.locked => board.staff.refused(),
                Err(refused) => trouble.set(Some(refused.message)),
            }
        });
    };
    let options =
        words::BECAUSE.map(|(why, slug)| view! { <option value=slug>{words::because(why)}</option> });
    view! {
        <form class="correct" novalidate on:submit=submit aria-busy=move || busy.get().to_string()>
            <div class="field">
                <label for="correct-at">{t("tablet-correct-at")}</label>
                <input
                    class="input"
                    id="correct-at"
                    data-testid="correct-at"
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    prop:value=time
                    on:input=move |ev| time.set(event_target_value(&ev))
                />
            </div>
            <div class="field">
                <label for="correct-why">{t("tablet-correct-why")}</label>
                <select
                    class="input"
                    id="correct-why"
                    data-testid="correct-why"
                    on:change=move |ev| why.set(event_target_value(&ev))
                >
                    {options}
                </select>
            </div>
            <button class="button" type="submit" data-kind="primary" data-testid="correct-submit">
                {t("tablet-correct-submit")}
            </button>
            <button class="button" type="button" data-kind="quiet" on:click=move |_| correcting.set(None)>
                {t("tablet-give-up")}
            </button>
        </form>
    }
}

/// `HH:MM` out of what people write: « 8:10 », « 8 h 10 », « 8h », « 0810 ».
fn read_time(text: &str) -> Option<String> {
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let (hour, minute) = match parts[..] {
        [hour, minute] => (hour, minute),
        [digits] if digits.len() <= 2 => (digits, "0"),
        [digits] if digits.len() <= 4 => digits.split_at(digits.len() - 2),
        _ => return None,
    };
    let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it() {
        for (written, read) in [
            ("8:10", "08:10"),
            ("8 h 10", "08:10"),
            ("17h", "17:00"),
            ("0810", "08:10"),
        ] {
            assert_eq!(read_time(written).as_deref(), Some(read), "{written}");
        }
        for wrong in ["", "midi", "25:00", "8:75", "1:2:3"] {
            assert_eq!(read_time(wrong), None, "{wrong}");
        }
    }
}
