//! What the town hall asks on the telephone: which tablet, which server, which version.

use leptos::prelude::*;

use super::Exchanges;
use crate::words::t;

/// The tablet's own facts.
#[component]
pub(super) fn Facts(exchanges: Exchanges) -> impl IntoView {
    let device = exchanges.part(|page| page.device.clone());
    let server = exchanges.part(|page| page.server.clone());
    let version = exchanges.part(|page| page.version.clone());
    let server = move || {
        server
            .get()
            .flatten()
            .unwrap_or_else(|| t("tablet-exchanges-no-server"))
    };
    view! {
        <section class="facts" aria-labelledby="facts-title" data-testid="exchanges-facts">
            <h3 id="facts-title">{t("tablet-exchanges-facts")}</h3>
            <dl>
                <div><dt>{t("tablet-exchanges-device")}</dt><dd class="code">{device}</dd></div>
                <div><dt>{t("tablet-exchanges-server")}</dt><dd>{server}</dd></div>
                <div><dt>{t("tablet-exchanges-version")}</dt><dd>{version}</dd></div>
            </dl>
        </section>
    }
}
