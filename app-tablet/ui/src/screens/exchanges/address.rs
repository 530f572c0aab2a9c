//! Another address of the server, given by hand: closed until somebody needs it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Exchanges;
use crate::commands;
use crate::parts::Shape;
use crate::words::t;

/// What became of the address given last.
#[derive(Clone, PartialEq, Eq)]
enum Told {
    Nothing,
    Done(String),
    Trouble(String),
}

/// Asks for the address and says what became of it.
#[component]
pub(super) fn Address(exchanges: Exchanges) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let told = RwSignal::new(Told::Nothing);
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let address = typed.read_untracked().trim().to_owned();
        if address.is_empty() {
            told.set(Told::Trouble(t("tablet-exchanges-address-missing")));
            return;
        }
        told.set(Told::Nothing);
        busy.set(true);
        spawn_local(async move {
            let answer = commands::give_address(address).await;
            // The page may be gone by now, and its handles with it.
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(said) => {
                    told.set(Told::Done(said));
                    exchanges.ask();
                    exchanges.board.reload();
                }
                Err(trouble) if trouble.locked => exchanges.board.staff.refused(),
                Err(trouble) => told.set(Told::Trouble(trouble.message)),
            }
        });
    };
    let answer = move || match told.get() {
        Told::Nothing => None,
        Told::Done(said) => Some(("info", "status", None, said)),
        Told::Trouble(said) => Some(("alert", "alert", Some("alert"), said)),
    };
    view! {
        <details class="address" data-testid="address">
            <summary data-testid="address-open">{t("tablet-exchanges-address-open")}</summary>
            <form novalidate on:submit=submit aria-busy=move || busy.get().to_string()>
                <div class="field">
                    <label for="address-server">{t("tablet-exchanges-address")}</label>
                    <input
                        class="input"
                        id="address-server"
                        data-testid="address-server"
                        type="url"
                        inputmode="url"
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        placeholder="https://preau.ma-ville.fr"
                        aria-describedby="address-hint address-told"
                        prop:value=typed
                        on:input=move |ev| typed.set(event_target_value(&ev))
                    />
                    <p class="hint" id="address-hint">{t("tablet-exchanges-address-hint")}</p>
                </div>
                <div id="address-told" data-testid="address-told">
                    {move || answer().map(|(shape, role, kind, said)| view! {
                        <div class="notice" data-kind=kind role=role>
                            <Shape name=shape />
                            <p class="grow">{said}</p>
                        </div>
                    })}
                </div>
                <button
                    class="button"
                    type="submit"
                    data-testid="address-submit"
                    aria-disabled=move || busy.get().to_string()
                >
                    {move || t(if busy.get() {
                        "tablet-exchanges-address-busy"
                    } else {
                        "tablet-exchanges-address-submit"
                    })}
                </button>
            </form>
        </details>
    }
}
