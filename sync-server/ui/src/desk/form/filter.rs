//! Filters above a list: a form that is sent in the address, so that a list can be kept and shared.

use leptos::prelude::*;

use super::address::Address;
use crate::words::t;

/// The bar. `fields` are the controls, drawn by a [`super::FormView`] over what the address asks
/// for; `kept` are the names that the bar carries along unseen, such as the order of the list.
pub fn filters(address: &Address, kept: &[&str], fields: AnyView) -> AnyView {
    let hidden: Vec<_> = kept
        .iter()
        .filter(|name| !address.value(name).is_empty())
        .map(|name| {
            let value = address.value(name).to_owned();
            view! { <input type="hidden" name=(*name).to_owned() value=value /> }.into_any()
        })
        .collect();
    let filtered = address
        .pairs()
        .iter()
        .any(|(name, _)| !kept.contains(&name.as_str()));
    let all = address.path().to_owned();
    view! {
        <form class="filters no-print" method="get" action=address.path().to_owned() role="search">
            {hidden}
            {fields}
            <button class="button">{t("desk-filter-show")}</button>
            {filtered.then(|| view! { <a class="button" data-kind="quiet" href=all>{t("form-filter-all")}</a> })}
        </form>
    }
    .into_any()
}
