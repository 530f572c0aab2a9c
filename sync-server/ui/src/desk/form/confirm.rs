//! What cannot be undone asks for a word to be typed.

use leptos::prelude::*;

use super::fields::Field;
use super::view::{Buttons, FormView};
use crate::words::t1;

/// A form whose one field `mot` must hold `word` ([`super::FormState::word`]); `said` tells what
/// will happen and what stays.
pub fn confirm(
    form: &FormView<'_>,
    action: &str,
    word: &str,
    said: Vec<String>,
    buttons: Buttons,
) -> AnyView {
    let said: Vec<_> = said
        .into_iter()
        .map(|line| view! { <p>{line}</p> }.into_any())
        .collect();
    let inside = view! {
        <div class="said">{said}</div>
        {form.field(Field::text("mot", t1("form-type-word", "word", word)).required().narrow())}
    };
    form.sheet(action, buttons.grave(), inside.into_any())
}
