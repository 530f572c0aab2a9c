//! A tab that the town has not opened yet.

use leptos::prelude::*;
use shared::operation::PortalRecord;

use super::defaults::{Contact, contact};
use crate::desk::shapes::shape;
use crate::portal::frame::{Frame, Place, page};
use crate::portal::prose::prose;
use crate::words::t;

/// « Pas encore ouvert », with the town's own words; `None` where the tab is open, or is none.
pub fn unopened_page(frame: &Frame, place: Place, portal: &PortalRecord) -> Option<String> {
    let tab = place.tab()?;
    let unopened = portal.unopened.iter().find(|one| one.tab == tab)?;
    let title = place.words();
    let words = if unopened.text.trim().is_empty() {
        t("page-unopened-then")
    } else {
        unopened.text.clone()
    };
    Some(page(frame, &title.clone(), || {
        view! {
            <h1>{title}</h1>
            <div class="notice pages-unopened">
                {shape("closed")}<p class="grow"><strong>{t("page-unopened")}</strong></p>
            </div>
            {prose(&words)}
            {contact(&Contact::of(portal))}
        }
        .into_any()
    }))
}
