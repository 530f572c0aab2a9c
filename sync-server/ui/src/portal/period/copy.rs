//! What one child has, for a brother or a sister.

use leptos::prelude::*;

use super::super::frame::{Frame, page};
use super::form::{Spans, spans};
use super::{Way, ways};
use crate::desk::form::{Choice, FormState, FormView, Select};
use crate::words::t;

/// The page.
#[derive(Clone, Debug)]
pub struct CopyPage {
    /// What stands around it.
    pub frame: Frame,
    /// What stands in the form.
    pub form: FormState,
    /// The children.
    pub children: Vec<Choice>,
    /// The one that is meant.
    pub chosen: Option<String>,
    /// Spans that are one tap away.
    pub spans: Spans,
}

/// Draws it.
pub fn copy_page(view: &CopyPage) -> String {
    let title = t("portal-period-copy-title");
    let frame = &view.frame;
    page(frame, &title.clone(), || {
        let form = FormView::of_filters(&view.form);
        let several = view.children.len() > 1;
        let fields = several.then(|| {
            view! {
                <form class="form period-form" method="get" action=frame.at("/reservations/periode/apercu")>
                    <input type="hidden" name="vue" value="copie" />
                    {form.select(Select::new("de", t("portal-period-copy-from"), &view.children))}
                    {form.select(Select::new("vers", t("portal-period-copy-to"), &view.children))}
                    {spans(&form, view.spans)}
                </form>
            }
        });
        view! {
            <p class="crumb"><a href=frame.at("/reservations")>{t("portal-place-bookings")}</a></p>
            <h1>{title}</h1>
            {ways(frame, Way::Copy, true, view.chosen.as_deref())}
            <p class="home-quiet">{t("portal-period-copy-said")}</p>
            {form.summary()}
            {fields}
            {(!several).then(|| view! { <p class="home-quiet">{t("portal-period-copy-alone")}</p> })}
        }
        .into_any()
    })
}
