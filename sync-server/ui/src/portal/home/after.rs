//! The first page of a family.

use leptos::prelude::*;
use shared::day_list::Symbol;
use shared::ids::ChildId;

use super::expected::{Expected, expected};
use super::feed::{FeedLine, feed};
use super::{Incident, symbol, tel, unusual};
use crate::portal::days::{DayView, days};
use crate::portal::frame::{Frame, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct HomePage {
    /// What stands around it.
    pub frame: Frame,
    /// Who is in.
    pub first_name: String,
    /// What is expected.
    pub expected: Vec<Expected>,
    /// An incident that lasts.
    pub incident: Option<Incident>,
    /// The children, the eldest first.
    pub children: Vec<ChildPanel>,
    /// The newest of what happened.
    pub notices: Vec<FeedLine>,
    /// The telephone that families call.
    pub phone: Option<String>,
    /// Reservations can be looked at.
    pub bookings_open: bool,
    /// Families book something themselves.
    pub on_line: bool,
    /// Whoever looks may book now.
    pub may_book: bool,
    /// Whoever looks may ask something of the town hall.
    pub requests_open: bool,
    /// Children and what happened can be looked at.
    pub families_open: bool,
}

/// A child and its next days.
#[derive(Clone, Debug)]
pub struct ChildPanel {
    /// Which.
    pub id: ChildId,
    /// First name.
    pub first_name: String,
    /// The colour and symbol it knows as its own.
    pub symbol: Symbol,
    /// Its school.
    pub school: Option<String>,
    /// Its class.
    pub class: Option<String>,
    /// Its next days; `None` while they cannot be looked at.
    pub days: Option<Vec<DayView>>,
}

/// Draws it.
pub fn home_page(view: &HomePage) -> String {
    page(&view.frame, &t("portal-place-home"), || {
        let panels: Vec<_> = view.children.iter().map(|child| panel(view, child)).collect();
        let none = panels.is_empty() && view.families_open;
        let happened = (!view.notices.is_empty()).then(|| feed(&view.frame, &view.notices, "h3"));
        let quiet = view.notices.is_empty() && view.families_open;
        view! {
            <h1>{t1("portal-home-hello", "name", view.first_name.as_str())}</h1>
            {unusual(&view.frame, view.incident.as_ref())}
            {expected(&view.expected, &view.frame, view.requests_open)}
            <div class="home-children">
                {panels}
                {none.then(|| view! {
                    <div class="empty"><p><strong>{t("portal-home-no-child")}</strong></p><p>{t("portal-home-no-child-then")}</p></div>
                })}
            </div>
            {(!view.on_line).then(|| view! {
                <p class="home-call">
                    {t("portal-home-book-by-phone")}" "
                    {match &view.phone { Some(phone) => tel(phone), None => t("portal-home-the-town-hall").into_any() }}
                </p>
            })}
            {view.families_open.then(|| view! {
                <section class="home-happened" aria-labelledby="fil">
                    <h2 id="fil">{t("portal-home-feed")}</h2>
                    {happened}
                    {quiet.then(|| view! { <p class="home-quiet">{t("portal-home-feed-none")}</p> })}
                    {(!view.notices.is_empty()).then(|| view! { <p><a href=view.frame.at("/fil")>{t("portal-home-all-feed")}</a></p> })}
                </section>
            })}
        }
        .into_any()
    })
}

fn panel(view: &HomePage, child: &ChildPanel) -> AnyView {
    let place: Vec<&str> = [&child.class, &child.school]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let title = format!("enfant-{}", child.id);
    let labelled = title.clone();
    let more = view.bookings_open.then(|| {
        let href = view.frame.at(&format!("/reservations?enfant={}", child.id));
        let book = (view.on_line && view.may_book).then(|| {
            let href = view
                .frame
                .at(&format!("/reservations?vue=mois&enfant={}", child.id));
            let words = t1("portal-bookings-book-for", "name", child.first_name.as_str());
            view! { <a class="button" data-kind="primary" href=href>{words}</a> }
        });
        view! {
            <p class="home-more">
                {book}
                <a href=href>{t1("portal-home-all-days", "name", child.first_name.as_str())}</a>
            </p>
        }
    });
    view! {
        <section class="home-child" aria-labelledby=labelled>
            <div class="home-child-head">
                {symbol(child.symbol)}
                <div>
                    <h2 id=title>{child.first_name.clone()}</h2>
                    {(!place.is_empty()).then(|| view! { <p class="home-place">{place.join(" · ")}</p> })}
                </div>
            </div>
            {child.days.as_deref().map(days)}
            {child.days.is_none().then(|| view! { <p class="home-quiet">{t("portal-home-days-shut")}</p> })}
            {more}
        </section>
    }
    .into_any()
}
