//! Help, a part for each page: the question mark of a page leads to its own.

use leptos::prelude::*;

use super::defaults::{Contact, contact};
use crate::portal::frame::{Frame, Place, page};
use crate::portal::prose::prose;
use crate::words::t;

fn parts() -> [(&'static str, String, String); 11] {
    [
        ("accueil", Place::Home.words(), t("help-home")),
        ("connexion", t("help-log-in-title"), t("help-log-in")),
        ("reservations", Place::Bookings.words(), t("help-bookings")),
        ("factures", Place::Bills.words(), t("help-bills")),
        ("demandes", Place::Requests.words(), t("help-requests")),
        ("dossier", Place::File.words(), t("help-file")),
        ("compte", Place::Account.words(), t("help-account")),
        ("actualites", Place::News.words(), t("help-news")),
        ("menus", Place::Menus.words(), t("help-menus")),
        ("tarifs", Place::Tariffs.words(), t("help-tariffs")),
        ("reglement", Place::Rules.words(), t("help-rules")),
    ]
}

/// Draws the help: the town's own words first, where it wrote some.
pub fn help_page(frame: &Frame, own: Option<&str>, town: &Contact) -> String {
    let title = t("page-help");
    page(frame, &title.clone(), || {
        let links: Vec<_> = parts()
            .into_iter()
            .map(|(id, words, _)| view! { <li><a href=format!("#{id}")>{words}</a></li> }.into_any())
            .collect();
        let sections: Vec<_> = parts()
            .into_iter()
            .map(|(id, words, text)| {
                view! { <section id=id tabindex="-1"><h2>{words}</h2>{prose(&text)}</section> }.into_any()
            })
            .collect();
        view! {
            <article class="pages-text">
                <h1>{title}</h1>
                {own.map(prose)}
                <nav class="pages-contents no-print" aria-label=t("help-contents")><ul role="list">{links}</ul></nav>
                {sections}
            </article>
            {contact(town)}
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_mark_of_each_page_leads_to_a_part() {
        let ids = parts().map(|(id, ..)| id);
        for place in [
            Place::Bookings,
            Place::Bills,
            Place::Requests,
            Place::File,
            Place::Account,
            Place::News,
            Place::Menus,
            Place::Tariffs,
            Place::Rules,
        ] {
            assert!(ids.contains(&place.path().trim_start_matches('/')), "{place:?}");
        }
        assert!(
            parts()
                .iter()
                .all(|(_, title, text)| !title.is_empty() && text.len() > 40)
        );
    }
}
