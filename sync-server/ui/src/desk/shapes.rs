//! The shapes that states and signs are told by, before any colour. Drawn once a page, used by name.

use std::sync::LazyLock;

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

/// The drawings, all of them.
pub(crate) fn sprite() -> impl IntoView {
    view! { <svg class="sprite" aria-hidden="true" xmlns="http://www.w3.org/2000/svg" inner_html=&**SYMBOLS></svg> }
}

/// Where those that a page uses will stand: see [`with_drawings`].
pub(crate) fn place_of_drawings() -> impl IntoView {
    view! { <svg class="sprite" aria-hidden="true" xmlns="http://www.w3.org/2000/svg"></svg> }
}

/// They are the same for everybody, for ever.
static SYMBOLS: LazyLock<String> = LazyLock::new(|| {
    let html = Owner::new().with(|| drawings().to_html());
    let inside = html
        .split_once('>')
        .and_then(|(_, inside)| inside.rsplit_once("</svg>"));
    inside.map_or_else(String::new, |(inside, _)| inside.to_owned())
});

fn drawings() -> impl IntoView {
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

/// A page with the drawings that something on it uses.
pub(crate) fn with_drawings(html: &str) -> String {
    const PLACE: &str = " class=\"sprite\">";
    const END: &str = "</symbol>";
    let Some(place) = html.find(PLACE) else {
        return html.to_owned();
    };
    let (before, after) = html.split_at(place + PLACE.len());
    let mut used: Vec<&str> = after
        .match_indices("href=\"#shape-")
        .filter_map(|(at, start)| after.get(at + start.len()..)?.split('"').next())
        .collect();
    used.sort_unstable();
    used.dedup();
    let mut page = String::with_capacity(html.len() + 400 * used.len());
    page.push_str(before);
    for symbol in SYMBOLS.split_inclusive(END) {
        let name = symbol
            .split_once("id=\"shape-")
            .and_then(|(_, rest)| rest.split('"').next());
        if name.is_some_and(|name| used.binary_search(&name).is_ok()) {
            page.push_str(symbol);
        }
    }
    page.push_str(after);
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_carries_the_drawings_that_it_uses_and_no_other() {
        let drawn = |inside: AnyView| {
            Owner::new().with(|| view! { <body>{place_of_drawings()}<main>{inside}</main></body> }.to_html())
        };
        let html = with_drawings(&drawn(
            view! { <p>{shape("roof")}{shape("alert")}{shape("roof")}</p> }.into_any(),
        ));
        assert_eq!(html.matches("<symbol id=").count(), 2, "{html}");
        for name in ["roof", "alert"] {
            assert_eq!(
                html.matches(&format!("<symbol id=\"shape-{name}\"")).count(),
                1,
                "{html}"
            );
        }
        assert!(html.find("<symbol") < html.find("<main"), "{html}");
        assert_eq!(html.matches("</symbol></svg>").count(), 1, "{html}");
        let plain = with_drawings(&drawn(view! { <p>"#shape-roof"</p> }.into_any()));
        assert!(!plain.contains("<symbol"), "words are no drawings: {plain}");
    }

    #[test]
    fn the_desk_has_all_of_them() {
        let html = Owner::new().with(|| sprite().to_html());
        assert_eq!(
            html.matches("<symbol id=").count(),
            SYMBOLS.matches("</symbol>").count()
        );
        assert!(
            html.matches("<symbol").count() > 10 && html.ends_with("</symbol></svg>"),
            "{html}"
        );
    }
}
