//! The page in place of another while a part of the service is not open, with what was sent, if anything was.

use leptos::prelude::*;

use super::banner::Unopened;
use super::names::{effect, standing};
use crate::desk::form::heading;
use crate::desk::frame::{Bar, Head, page, token_field};
use crate::desk::login::KeptForm;
use crate::desk::shapes::shape;
use crate::words::t;

/// The page.
#[derive(Clone, Debug)]
pub struct ClosedPage {
    /// Who looks.
    pub bar: Bar,
    /// What is not open.
    pub part: Unopened,
    /// Where all of it stands.
    pub service: String,
    /// A form that was sent, and is handed back.
    pub kept: Option<KeptForm>,
}

/// Draws the page.
pub fn closed_page(view: &ClosedPage) -> String {
    let title = standing(view.part.capability, view.part.state);
    page(Head::titled(title.clone()), &view.bar, || {
        let lines: Vec<_> = view
            .part
            .message
            .lines()
            .map(|line| view! { <p>{line.to_owned()}</p> }.into_any())
            .collect();
        view! {
            {heading(title, &[], None)}
            <div class="notice" data-kind="care" role="alert">
                {shape("closed")}<div class="grow">{lines}</div>
            </div>
            <p class="lead">{effect(view.part.capability, view.part.state)}</p>
            {view.kept.as_ref().map(|kept| again(view, kept))}
            <p class="no-print"><a class="button" href=view.service.clone()>{t("service-banner-see")}</a></p>
        }
        .into_any()
    })
}

/// What was typed is neither saved nor lost: it is sent again from here.
fn again(view: &ClosedPage, kept: &KeptForm) -> AnyView {
    let hidden: Vec<_> = kept
        .pairs
        .iter()
        .map(|(name, value)| {
            view! { <input type="hidden" name=name.clone() value=value.clone() /> }.into_any()
        })
        .collect();
    view! {
        <form class="service-again no-print" method="post" action=kept.address.clone()>
            {token_field(&view.bar.token)}
            {hidden}
            <p>{t("service-kept")}</p>
            <button class="button" data-kind="primary">{t("service-kept-again")}</button>
        </form>
    }
    .into_any()
}
