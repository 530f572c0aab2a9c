//! The tablets of the town.

use leptos::prelude::*;

use crate::desk::form::heading;
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct TabletsPage {
    /// Who looks.
    pub bar: Bar,
    /// Those in use first.
    pub tablets: Vec<TabletLine>,
}

/// A tablet.
#[derive(Clone, Debug)]
pub struct TabletLine {
    /// Its name; empty when it has none.
    pub name: String,
    /// The end of its id.
    pub end: String,
    /// Names of its sites.
    pub sites: String,
    /// « lundi 23 novembre ».
    pub since: String,
    /// « aujourd’hui, 16 h 42 »; `None` before its first exchange.
    pub contact: Option<String>,
    /// Version of its program.
    pub version: Option<String>,
    /// Taps it still holds.
    pub owed: Owed,
    /// When it was withdrawn.
    pub withdrawn: Option<String>,
    /// Address of the page that withdraws it.
    pub revoke: String,
}

/// Taps a tablet still holds, as it said at its last exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owed {
    /// It did not say.
    Unknown,
    /// None.
    None,
    /// So many.
    Some(u64),
}

/// Draws the page.
pub fn tablets_page(view: &TabletsPage) -> String {
    page(Head::titled(t("devices-title")), &view.bar, || {
        let give = format!("/{}/gestion/tablettes/code", view.bar.slug);
        let outages = format!("/{}/gestion/pannes", view.bar.slug);
        let doing = view! {
            <a class="button" href=outages>{t("outages-title")}</a>
            <a class="button" data-kind="primary" href=give>{t("devices-add")}</a>
        };
        let (gone, used): (Vec<_>, Vec<_>) = view.tablets.iter().partition(|t| t.withdrawn.is_some());
        let used: Vec<_> = used.into_iter().map(row).collect();
        let gone: Vec<_> = gone.into_iter().map(row).collect();
        let none = used.is_empty();
        view! {
            {heading(t("devices-title"), &[], Some(doing.into_any()))}
            {if none {
                view! {
                    <div class="empty"><p><strong>{t("devices-none")}</strong></p><p>{t("devices-none-then")}</p></div>
                }
                .into_any()
            } else {
                table(t("devices-title"), used)
            }}
            {(!gone.is_empty()).then(|| view! {
                <h2 class="gone-title">{t("devices-gone")}</h2>
                {table(t("devices-gone"), gone)}
            })}
            <p class="quiet">{t("devices-owed-hint")}</p>
        }
        .into_any()
    })
}

fn table(caption: String, rows: Vec<AnyView>) -> AnyView {
    view! {
        <div class="scrolls">
            <table class="list tablets">
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t("devices-column-tablet")}</th>
                        <th scope="col">{t("devices-column-sites")}</th>
                        <th scope="col">{t("devices-column-contact")}</th>
                        <th scope="col">{t("devices-column-owed")}</th>
                        <th scope="col" class="wide">{t("devices-column-version")}</th>
                        <th scope="col"><span class="unseen">{t("devices-column-do")}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(tablet: &TabletLine) -> AnyView {
    let name = name_of(&tablet.name, &tablet.end);
    let owed = match tablet.owed {
        Owed::Unknown => view! { <span class="quiet-word">{t("devices-owed-unknown")}</span> }.into_any(),
        Owed::None => view! {
            <span class="owed" data-state="present">{shape("present")}{t("devices-owed-none")}</span>
        }
        .into_any(),
        Owed::Some(count) => view! {
            <span class="owed" data-state="absent">{shape("alert")}{t1("devices-owed", "count", count)}</span>
        }
        .into_any(),
    };
    let last = match &tablet.withdrawn {
        Some(at) => view! { <span class="gone">{shape("absent")}{t1("devices-withdrawn", "at", at.as_str())}</span> }
            .into_any(),
        None => view! {
            <a class="button" href=tablet.revoke.clone() aria-label=t1("devices-revoke-of", "tablet", name.as_str())>
                {t("devices-revoke")}
            </a>
        }
        .into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="name">
                <strong>{name.clone()}</strong>
                <span class="details">{t1("devices-since", "date", tablet.since.as_str())}</span>
            </th>
            <td>{tablet.sites.clone()}</td>
            <td>{tablet.contact.clone().unwrap_or_else(|| t("devices-never"))}</td>
            <td>{owed}</td>
            <td class="wide">{tablet.version.clone().unwrap_or_else(|| "–".to_owned())}</td>
            <td class="doing">{last}</td>
        </tr>
    }
    .into_any()
}

/// A tablet's name, or what tells it from the others.
pub(in crate::desk) fn name_of(name: &str, end: &str) -> String {
    if name.is_empty() {
        t1("desk-aside-tablet-unnamed", "id", end)
    } else {
        name.to_owned()
    }
}
