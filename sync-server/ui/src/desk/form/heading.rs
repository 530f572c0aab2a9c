//! The head of a page: where it stands, what it is, what can be done with the whole of it.

use leptos::prelude::*;

use super::state::FormState;
use crate::desk::frame::Head;
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// What a page with a form says of itself: the title names an error first, for those who listen.
pub(in crate::desk) fn head(title: String, state: &FormState) -> Head {
    Head::titled(if state.is_flawed() {
        t1("form-title-error", "title", title.as_str())
    } else {
        title
    })
}

/// The title, under the pages that lead to it; `doing` holds links and buttons beside it.
pub fn heading(title: String, under: &[(String, String)], doing: Option<AnyView>) -> impl IntoView + use<> {
    let crumbs: Vec<_> = under
        .iter()
        .map(|(label, address)| {
            view! { <li><a href=address.clone()>{label.clone()}</a>{shape("after")}</li> }.into_any()
        })
        .collect();
    view! {
        {(!crumbs.is_empty()).then(|| view! {
            <nav class="crumbs no-print" aria-label=t("form-crumbs")><ol role="list">{crumbs}</ol></nav>
        })}
        <div class="top">
            <h1>{title}</h1>
            {doing.map(|doing| view! { <div class="doing no-print">{doing}</div> })}
        </div>
    }
}

/// A link back, at the foot of a page that is only read.
pub fn back_link(label: String, address: &str) -> impl IntoView + use<> {
    view! { <p class="no-print"><a class="button" href=address.to_owned()>{label}</a></p> }
}
