//! Lists: order in the header, pages at the foot, both by plain links.

use leptos::prelude::*;

use super::address::Address;
use crate::desk::shapes::shape;
use crate::words::{t, with};

/// A column of a list.
pub struct Column {
    label: String,
    /// What `tri` asks for.
    key: Option<&'static str>,
    class: Option<&'static str>,
}

impl Column {
    /// A column that the list cannot be ordered by.
    pub fn plain(label: String) -> Self {
        Self {
            label,
            key: None,
            class: None,
        }
    }

    /// A column that the list can be ordered by: `tri=KEY`, and `tri=-KEY` backwards.
    pub fn sorted(label: String, key: &'static str) -> Self {
        Self {
            label,
            key: Some(key),
            class: None,
        }
    }

    /// Numbers stand right.
    pub fn number(mut self) -> Self {
        self.class = Some("number");
        self
    }

    /// Not shown on a telephone.
    pub fn wide(mut self) -> Self {
        self.class = Some("wide");
        self
    }
}

/// The header of a list. `address` is that of the page shown; `otherwise` the order it has when
/// none is asked for.
pub fn sorted_head(columns: Vec<Column>, address: &Address, otherwise: &str) -> impl IntoView + use<> {
    let asked = address.value("tri").to_owned();
    let order = if asked.is_empty() {
        otherwise.to_owned()
    } else {
        asked
    };
    let (by, down) = order
        .strip_prefix('-')
        .map_or((order.as_str(), false), |by| (by, true));
    let heads: Vec<_> = columns
        .into_iter()
        .map(|column| {
            let Some(key) = column.key else {
                return view! { <th scope="col" class=column.class>{column.label}</th> }.into_any();
            };
            let current = key == by;
            let sort = current.then_some(if down { "descending" } else { "ascending" });
            let next = if current && !down {
                format!("-{key}")
            } else {
                key.to_owned()
            };
            let link = address.without("page").with("tri", next).to_string();
            let arrow = current.then(|| shape(if down { "down" } else { "up" }));
            view! {
                <th scope="col" class=column.class aria-sort=sort><a href=link>{column.label}{arrow}</a></th>
            }
            .into_any()
        })
        .collect();
    view! { <thead><tr>{heads}</tr></thead> }
}

/// Pages of a long list: `page` from 1 on, `size` lines on each.
pub fn pager(address: &Address, page: usize, size: usize, total: usize) -> Option<AnyView> {
    let last = total.div_ceil(size.max(1)).max(1);
    if last == 1 {
        return None;
    }
    let to = |page: usize| {
        let asked = if page == 1 {
            String::new()
        } else {
            page.to_string()
        };
        address.with("page", asked).to_string()
    };
    let here = with(
        "form-page-of",
        &[
            ("page", &page.to_string()),
            ("last", &last.to_string()),
            ("total", &total.to_string()),
        ],
    );
    Some(
        view! {
            <nav class="pager no-print" aria-label=t("form-pages")>
                {(page > 1).then(|| view! { <a class="button" rel="prev" href=to(page - 1)>{shape("before")}{t("form-page-before")}</a> })}
                <span>{here}</span>
                {(page < last).then(|| view! { <a class="button" rel="next" href=to(page + 1)>{t("form-page-after")}{shape("after")}</a> })}
            </nav>
        }
        .into_any(),
    )
}
