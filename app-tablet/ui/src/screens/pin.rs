//! The keys of a PIN: for a finger, and for a keyboard as well.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::parts::Shape;
use crate::words::t;

/// No PIN is longer.
const LONGEST: usize = 6;

/// A field that shows dots, and the keys to fill it.
#[component]
pub(super) fn PinPad(
    pin: RwSignal<String>,
    label: String,
    submit: Callback<()>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            // A page that refuses the focus leaves it where it is: no worse than before.
            let _ = field.focus();
        }
    });
    let press = move |digit: char| {
        trouble.set(None);
        pin.update(|pin| {
            if pin.len() < LONGEST {
                pin.push(digit);
            }
        });
    };
    let typed = move |ev| {
        trouble.set(None);
        let digits: String = event_target_value(&ev)
            .chars()
            .filter(char::is_ascii_digit)
            .take(LONGEST)
            .collect();
        pin.set(digits);
    };
    let key = move |digit: char| {
        view! {
            <button class="key" type="button" data-testid=format!("key-{digit}") on:click=move |_| press(digit)>
                {digit.to_string()}
            </button>
        }
    };
    let told = move || {
        trouble.get().map(|message| {
            view! { <p class="pin-trouble" role="alert" data-testid="pin-error"><Shape name="alert" /><span>{message}</span></p> }
        })
    };
    let sent = move |ev: SubmitEvent| {
        ev.prevent_default();
        submit.run(());
    };
    view! {
        <form class="pin" on:submit=sent aria-busy=move || busy.get().to_string() novalidate>
            <label for="pin">{label}</label>
            <input
                class="input"
                id="pin"
                data-testid="pin"
                type="password"
                inputmode="none"
                autocomplete="off"
                aria-describedby="pin-told"
                node_ref=field
                prop:value=pin
                on:input=typed
            />
            <div id="pin-told" class="pin-told">{told}</div>
            <div class="keys">
                {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(key)}
                <button
                    class="key"
                    type="button"
                    data-kind="quiet"
                    data-testid="key-back"
                    aria-label=t("tablet-pin-back")
                    on:click=move |_| pin.update(|pin| { pin.pop(); })
                >
                    <Shape name="back" />
                </button>
                {key('0')}
                <button
                    class="key"
                    type="submit"
                    data-kind="primary"
                    data-testid="key-ok"
                    aria-disabled=move || busy.get().to_string()
                >
                    {t("tablet-pin-ok")}
                </button>
            </div>
        </form>
    }
}
