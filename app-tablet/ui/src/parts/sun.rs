//! The sunlight switch: high contrast for a tablet in the yard. It is this screen's own affair
//! and stays with it.

use leptos::prelude::*;
use web_sys::Storage;

use crate::parts::Shape;
use crate::words::t;

const KEY: &str = "preau-light";
const SUN: &str = "sun";

/// Turns high contrast on and off.
#[component]
pub(crate) fn Sun() -> impl IntoView {
    let on = RwSignal::new(kept().is_some_and(|light| light == SUN));
    Effect::new(move || show(on.get()));
    view! {
        <button
            class="button sun"
            type="button"
            data-testid="sun"
            aria-pressed=move || on.get().to_string()
            title=t("tablet-sun")
            on:click=move |_| on.update(|on| *on = !*on)
        >
            <Shape name="sun" />
            <span class="unseen">{t("tablet-sun")}</span>
        </button>
    }
}

fn show(sun: bool) {
    let Some(page) = document().document_element() else {
        return;
    };
    // A window that may not keep the choice shows it all the same.
    let _ = if sun {
        page.set_attribute("data-light", SUN)
    } else {
        page.remove_attribute("data-light")
    };
    if let Some(storage) = storage() {
        let _ = if sun {
            storage.set_item(KEY, SUN)
        } else {
            storage.remove_item(KEY)
        };
    }
}

fn kept() -> Option<String> {
    storage()?.get_item(KEY).ok().flatten()
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
