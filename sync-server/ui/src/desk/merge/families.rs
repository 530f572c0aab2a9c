//! Families who are to be told: what the merge reserved or cancelled for them.

use leptos::prelude::*;

use crate::desk::form::heading;
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct FamiliesPage {
    /// Who looks.
    pub bar: Bar,
    /// The page of all merges.
    pub back: String,
    /// By child.
    pub children: Vec<TellChild>,
    /// How many lines were left out.
    pub left: u64,
}

/// A child whose family is to be told.
#[derive(Clone, Debug)]
pub struct TellChild {
    /// The name.
    pub name: String,
    /// Its page.
    pub address: String,
    /// What changed, by date.
    pub lines: Vec<TellLine>,
}

/// A reservation that the merge made or cancelled.
#[derive(Clone, Debug)]
pub struct TellLine {
    /// « lundi 23 novembre ».
    pub date: String,
    /// The activity.
    pub activity: String,
    /// Made rather than cancelled.
    pub made: bool,
}

/// Draws it.
pub fn families_page(view: &FamiliesPage) -> String {
    let head = Head {
        scripted: true,
        ..Head::titled(t("merge-families"))
    };
    page(head, &view.bar, || {
        let under = [(t("merge-title"), view.back.clone())];
        let doing =
            view! { <button class="button" type="button" data-print hidden>{t("recovery-print")}</button> };
        let children: Vec<_> = view.children.iter().map(child).collect();
        view! {
            {heading(t("merge-families"), &under, Some(doing.into_any()))}
            <p class="lead">{t("merge-families-lead")}" "{t("merge-families-mail")}</p>
            {if children.is_empty() {
                view! { <div class="empty"><p><strong>{t("merge-families-none")}</strong></p></div> }.into_any()
            } else {
                view! { <ul class="merge-rows merge-tell" role="list">{children}</ul> }.into_any()
            }}
            {(view.left > 0).then(|| view! { <p class="quiet">{t1("merge-families-more", "count", view.left)}</p> })}
        }
        .into_any()
    })
}

fn child(child: &TellChild) -> AnyView {
    let lines: Vec<_> = child
        .lines
        .iter()
        .map(|line| {
            let (sign, words) = if line.made {
                ("unexpected", t("merge-tell-made"))
            } else {
                ("absent", t("merge-tell-cancelled"))
            };
            view! {
                <li>{shape(sign)}<span>{words}</span><span>{line.activity.clone()}</span><span>{line.date.clone()}</span></li>
            }
            .into_any()
        })
        .collect();
    view! {
        <li>
            <a href=child.address.clone()><strong>{child.name.clone()}</strong></a>
            <ul class="merge-tell-lines" role="list">{lines}</ul>
        </li>
    }
    .into_any()
}
