//! Getting in.

mod activation;
mod log_in;

use leptos::prelude::*;

pub use activation::{ActivationPage, activation_page};
pub use log_in::{LogInPage, LogInTrouble, log_in_page};

use super::frame::{Frame, page};
use crate::desk::shapes::shape;
use crate::words::t;

/// The page of whoever came over a line that others can read.
#[derive(Clone, Debug)]
pub struct InClear {
    /// What stands around it.
    pub frame: Frame,
}

/// Draws it.
pub fn in_clear(view: &InClear) -> String {
    let title = t("portal-door-in-clear");
    page(&view.frame, &title.clone(), || {
        view! {
            <h1>{title}</h1>
            {alert(t("portal-door-in-clear-then"))}
        }
        .into_any()
    })
}

/// What went wrong, above a form.
fn alert(words: String) -> AnyView {
    view! {
        <div class="notice" data-kind="alert" role="alert">{shape("alert")}<p class="grow">{words}</p></div>
    }
    .into_any()
}
