//! The shapes that states and signs are told by, before any colour. Drawn once a page, used by name.

use leptos::prelude::*;
use shared::fold::State;

/// A shape drawn by [`sprite`].
pub(crate) fn shape(name: &'static str) -> impl IntoView {
    view! {
        <svg class="shape" aria-hidden="true" focusable="false">
            <use href=format!("#shape-{name}")></use>
        </svg>
    }
}

/// The shape of a state.
pub(super) fn of_state(state: State) -> &'static str {
    match state {
        State::Expected => "expected",
        State::Present => "present",
        State::Left => "left",
        State::Absent => "absent",
    }
}

/// The drawings.
pub(crate) fn sprite() -> impl IntoView {
    view! {
        <svg class="sprite" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">
            <symbol id="shape-roof" viewBox="0 0 48 48">
                <path d="M4 22 24 9l20 13" fill="none" stroke="currentColor" stroke-width="4.5" stroke-linecap="round" stroke-linejoin="round"></path>
                <path d="M11 23v15M37 23v15" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round"></path>
                <path d="M4 40h40" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round" opacity=".45"></path>
            </symbol>
            <symbol id="shape-expected" viewBox="0 0 32 32">
                <circle cx="16" cy="16" r="12.5" fill="none" stroke="currentColor" stroke-width="3"></circle>
            </symbol>
            <symbol id="shape-present" viewBox="0 0 32 32">
                <path fill="currentColor" fill-rule="evenodd" d="M16 2a14 14 0 1 0 0 28 14 14 0 0 0 0-28Zm7.7 9.9-9 10.2a1.7 1.7 0 0 1-2.5.1l-4.6-4.6a1.7 1.7 0 0 1 2.4-2.4l3.3 3.3 7.8-8.9a1.7 1.7 0 0 1 2.6 2.3Z"></path>
            </symbol>
            <symbol id="shape-left" viewBox="0 0 32 32">
                <path d="M13 4H5.5v24H13" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"></path>
                <path d="M12 16h15.5M21 9l7 7-7 7" fill="none" stroke="currentColor" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"></path>
            </symbol>
            <symbol id="shape-absent" viewBox="0 0 32 32">
                <path d="M6 16h20" fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round"></path>
            </symbol>
            <symbol id="shape-unexpected" viewBox="0 0 32 32">
                <path d="M16 5v22M5 16h22" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round"></path>
            </symbol>
            <symbol id="shape-alert" viewBox="0 0 32 32">
                <path fill="currentColor" fill-rule="evenodd" d="M13.7 4.3 1.9 25A2.7 2.7 0 0 0 4.2 29h23.6a2.7 2.7 0 0 0 2.3-4L18.3 4.3a2.7 2.7 0 0 0-4.6 0ZM14.3 11h3.4l-.5 9h-2.4l-.5-9Zm1.7 11.4a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6Z"></path>
            </symbol>
            <symbol id="shape-before" viewBox="0 0 32 32">
                <path d="M20 6 10 16l10 10" fill="none" stroke="currentColor" stroke-width="3.6" stroke-linecap="round" stroke-linejoin="round"></path>
            </symbol>
            <symbol id="shape-after" viewBox="0 0 32 32">
                <path d="m12 6 10 10-10 10" fill="none" stroke="currentColor" stroke-width="3.6" stroke-linecap="round" stroke-linejoin="round"></path>
            </symbol>
            <symbol id="shape-up" viewBox="0 0 32 32">
                <path d="M7 20 16 11l9 9" fill="none" stroke="currentColor" stroke-width="3.6" stroke-linecap="round" stroke-linejoin="round"></path>
            </symbol>
            <symbol id="shape-down" viewBox="0 0 32 32">
                <path d="m7 12 9 9 9-9" fill="none" stroke="currentColor" stroke-width="3.6" stroke-linecap="round" stroke-linejoin="round"></path>
            </symbol>
            <symbol id="shape-away" viewBox="0 0 32 32">
                <path d="M4 24V9a3 3 0 0 1 3-3h18a3 3 0 0 1 3 3v15Z" fill="none" stroke="currentColor" stroke-width="3" stroke-linejoin="round"></path>
                <path d="M4 16h24" fill="none" stroke="currentColor" stroke-width="3"></path>
                <circle cx="10" cy="25.5" r="3" fill="currentColor"></circle>
                <circle cx="22" cy="25.5" r="3" fill="currentColor"></circle>
            </symbol>
            <symbol id="shape-free" viewBox="0 0 32 32">
                <circle cx="16" cy="16" r="12.5" fill="none" stroke="currentColor" stroke-width="3" stroke-dasharray="5 4.8"></circle>
            </symbol>
            <symbol id="shape-moved" viewBox="0 0 32 32">
                <path d="M4 11h22M19 4l7 7-7 7M28 22H6M13 15.5 6 22l7 6.500" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"></path>
            </symbol>
            <symbol id="shape-closed" viewBox="0 0 32 32">
                <path fill="currentColor" fill-rule="evenodd" d="M9 13v-3a7 7 0 0 1 14 0v3h1a2.5 2.5 0 0 1 2.5 2.5v11A2.5 2.5 0 0 1 24 29H8a2.5 2.5 0 0 1-2.5-2.5v-11A2.5 2.5 0 0 1 8 13h1Zm3.2 0h7.6v-3a3.8 3.8 0 0 0-7.6 0v3Z"></path>
            </symbol>
        </svg>
    }
}

/// A page without the drawings that nothing on it uses.
pub(crate) fn without_unused(html: &str) -> String {
    const END: &str = "</symbol>";
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, symbol)) = rest.split_once("<symbol id=\"") {
        kept.push_str(before);
        let (inside, after) = symbol.split_once(END).unwrap_or((symbol, ""));
        let name = inside.split('"').next().unwrap_or_default();
        if html.contains(&format!("#{name}\"")) {
            kept.push_str("<symbol id=\"");
            kept.push_str(inside);
            kept.push_str(END);
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_that_nothing_uses_does_not_travel() {
        let html = "<svg><symbol id=\"shape-a\">A</symbol><symbol id=\"shape-b\">B</symbol></svg><use href=\"#shape-b\">";
        assert_eq!(
            without_unused(html),
            "<svg><symbol id=\"shape-b\">B</symbol></svg><use href=\"#shape-b\">"
        );
    }
}
