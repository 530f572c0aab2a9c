//! Enrolment: an address and a code, once in a tablet's life.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::screen::Start;

use crate::board::Board;
use crate::commands;
use crate::parts::{Shape, Sun};
use crate::screens::Screen;
use crate::words::t;

/// Asks for the address of the server and the code that the commune gave.
#[component]
pub(crate) fn Enrolment(board: Board, screen: RwSignal<Screen>, start: Start) -> impl IntoView {
    let server = RwSignal::new(start.server.unwrap_or_default());
    let code = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let (server, code) = (
            server.read_untracked().trim().to_owned(),
            bare_code(&code.read_untracked()),
        );
        if server.is_empty() || code.is_empty() {
            trouble.set(Some(t("tablet-enrol-incomplete")));
            return;
        }
        trouble.set(None);
        busy.set(true);
        spawn_local(async move {
            match commands::enrol(server, code).await {
                Ok(day) => {
                    board.begin_with(day);
                    board.begin();
                    screen.set(Screen::Day);
                }
                Err(refused) if refused.locked => {
                    board.begin();
                    screen.set(Screen::Day);
                }
                Err(refused) => {
                    busy.set(false);
                    trouble.set(Some(refused.message));
                }
            }
        });
    };
    let told = move || {
        trouble.get().map(|message| {
            view! {
                <div class="notice" id="enrol-error" data-kind="alert" role="alert" data-testid="enrol-error">
                    <Shape name="alert" />
                    <p class="grow">{message}</p>
                </div>
            }
        })
    };
    view! {
        <main class="enrolment">
            <div class="yard"><Shape name="roof" /></div>
            <h1>{t("tablet-enrol-title")}</h1>
            <p class="lead">{t("tablet-enrol-lead")}</p>
            <form novalidate on:submit=submit aria-busy=move || busy.get().to_string()>
                <div class="field">
                    <label for="enrol-server">{t("tablet-enrol-server")}</label>
                    <input
                        class="input"
                        id="enrol-server"
                        data-testid="enrol-server"
                        type="url"
                        inputmode="url"
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        placeholder="https://preau.ma-ville.fr"
                        aria-describedby="enrol-error"
                        prop:value=server
                        on:input=move |ev| server.set(event_target_value(&ev))
                    />
                </div>
                <div class="field">
                    <label for="enrol-code">{t("tablet-enrol-code")}</label>
                    <input
                        class="input code"
                        id="enrol-code"
                        data-testid="enrol-code"
                        type="text"
                        autocomplete="off"
                        autocapitalize="characters"
                        spellcheck="false"
                        placeholder="demo-7KQ4-M2XP-9TRD"
                        aria-describedby="enrol-code-hint enrol-error"
                        prop:value=code
                        on:input=move |ev| code.set(event_target_value(&ev))
                    />
                    <p class="hint" id="enrol-code-hint">{t("tablet-enrol-code-hint")}</p>
                </div>
                {told}
                <button
                    class="button"
                    data-kind="primary"
                    type="submit"
                    data-testid="enrol-submit"
                    aria-disabled=move || busy.get().to_string()
                >
                    {move || t(if busy.get() { "tablet-enrol-busy" } else { "tablet-enrol-submit" })}
                </button>
            </form>
            <Sun />
        </main>
    }
}

/// The code without the spaces that people put between its groups.
fn bare_code(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace()).collect()
}
