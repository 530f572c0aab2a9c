//! Who holds the tablet, with « Changer » one touch away.

use leptos::prelude::*;

use crate::board::Board;
use crate::words::t;

/// Nothing where nobody on the site has a PIN.
#[component]
pub(crate) fn Holder(board: Board) -> impl IntoView {
    let holder = Memo::new(move |_| board.staff.holder());
    move || {
        holder.get().map(|person| {
            view! {
                <button
                    class="button holder"
                    type="button"
                    data-testid="change"
                    on:click=move |_| board.staff.lock()
                >
                    <span class="disc" aria-hidden="true">{person.initials.clone()}</span>
                    <span class="holder-words">
                        <span class="holder-name" data-testid="holder">{person.name.clone()}</span>
                        " "
                        <span class="holder-change">{t("tablet-change")}</span>
                    </span>
                </button>
            }
        })
    }
}
