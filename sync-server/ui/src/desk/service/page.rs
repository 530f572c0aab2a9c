//! The page: every part, the posts on incidents, and who switched what when.

use leptos::prelude::*;
use shared::operation::{Capability, Openness};

use super::incidents::{IncidentRow, rows};
use super::names::standing;
use super::part::{PartCard, part_card};
use crate::desk::form::heading;
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct ServicePage {
    /// Who looks.
    pub bar: Bar,
    /// Where forms go, for whoever may switch.
    pub action: Option<String>,
    /// What anybody reads before logging in.
    pub public: String,
    /// Every part.
    pub parts: Vec<PartCard>,
    /// The posts that stand, newest first.
    pub incidents: Vec<IncidentRow>,
    /// Every switch, newest first.
    pub switches: Vec<SwitchRow>,
    /// Older switches that are not shown.
    pub more: bool,
}

/// One switch.
#[derive(Clone, Debug)]
pub struct SwitchRow {
    /// When.
    pub at: String,
    /// Which part.
    pub capability: Capability,
    /// How far it was opened.
    pub state: Openness,
    /// What people were told.
    pub message: String,
    /// By whom.
    pub by: String,
    /// A return from a loss closed it.
    pub recovery: bool,
}

/// Draws the page.
pub fn service_page(view: &ServicePage) -> String {
    let flawed = view.parts.iter().any(|part| part.form.is_flawed());
    let title = if flawed {
        t1("form-title-error", "title", t("service-title"))
    } else {
        t("service-title")
    };
    page(Head::titled(title), &view.bar, || {
        let doing = view! { <a class="button" href=view.public.clone()>{t("service-public")}</a> };
        let parts: Vec<_> = view
            .parts
            .iter()
            .map(|part| part_card(&view.bar, part, view.action.as_deref(), "service"))
            .collect();
        view! {
            {heading(t("service-title"), &[], Some(doing.into_any()))}
            <p class="lead">{t("service-lead")}</p>
            <section class="service-section" id="services" aria-labelledby="titre-services">
                <h2 id="titre-services">{t("service-parts")}</h2>
                <div class="service-parts">{parts}</div>
            </section>
            <section class="service-section" id="points" aria-labelledby="titre-points">
                <div class="service-head">
                    <h2 id="titre-points">{t("service-incidents")}</h2>
                    {view.action.as_ref().map(|action| view! {
                        <a class="button no-print" data-kind="primary" href=format!("{action}/incidents/nouveau")>{t("service-incident-new")}</a>
                    })}
                </div>
                <p class="lead">{t("service-incidents-lead")}</p>
                {rows(&view.bar, &view.incidents, view.action.as_deref())}
            </section>
            <section class="service-section" id="historique" aria-labelledby="titre-historique">
                <h2 id="titre-historique">{t("service-history")}</h2>
                {history(view)}
            </section>
        }
        .into_any()
    })
}

fn history(view: &ServicePage) -> AnyView {
    if view.switches.is_empty() {
        return view! { <p>{t("service-history-none")}</p> }.into_any();
    }
    let rows: Vec<_> = view
        .switches
        .iter()
        .map(|row| {
            let (sign, state) = match row.state {
                Openness::Open => ("present", "present"),
                Openness::ReadOnly | Openness::Closed => ("closed", "absent"),
            };
            let by = if row.recovery {
                t("service-by-recovery")
            } else {
                row.by.clone()
            };
            view! {
                <tr>
                    <th scope="row">{row.at.clone()}</th>
                    <td>
                        <span class="verdict" data-state=state>
                            {shape(sign)}<span>{standing(row.capability, row.state)}</span>
                        </span>
                    </td>
                    <td class="service-said">{row.message.clone()}</td>
                    <td>{by}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <table class="records service-history">
            <caption class="unseen">{t("service-history")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("service-column-at")}</th>
                    <th scope="col">{t("service-column-what")}</th>
                    <th scope="col">{t("service-column-message")}</th>
                    <th scope="col">{t("service-column-by")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {view.more.then(|| view! { <p class="service-since">{t("service-history-more")}</p> })}
    }
    .into_any()
}
