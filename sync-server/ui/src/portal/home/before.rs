//! The first page of whoever is not in.

use leptos::prelude::*;
use shared::ids::TextId;
use shared::operation::PortalRecord;

use super::{Incident, tel, unusual};
use crate::portal::frame::{Frame, page};
use crate::portal::prose::{prose, typeset};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct DoorPage {
    /// What stands around it.
    pub frame: Frame,
    /// How the portal is set up.
    pub portal: PortalRecord,
    /// An incident that lasts.
    pub incident: Option<Incident>,
    /// The newest news.
    pub news: Vec<NewsLine>,
}

/// A piece of news.
#[derive(Clone, Debug)]
pub struct NewsLine {
    /// Which.
    pub id: TextId,
    /// Its title.
    pub title: String,
    /// Its first words.
    pub opening: String,
    /// « 2026-11-23 ».
    pub date: String,
    /// « lundi 23 novembre ».
    pub day: String,
}

/// Draws it.
pub fn door_page(view: &DoorPage) -> String {
    let frame = &view.frame;
    page(frame, &t("portal-home-door"), || {
        let welcome = if view.portal.welcome.trim().is_empty() {
            view! { <p>{t("portal-home-welcome")}</p> }.into_any()
        } else {
            prose(&view.portal.welcome)
        };
        let news: Vec<_> = view.news.iter().map(|one| news_line(frame, one)).collect();
        let any = !news.is_empty();
        view! {
            <h1>{t1("portal-home-door-title", "commune", frame.commune.as_str())}</h1>
            {unusual(frame, view.incident.as_ref())}
            <div class="home-door">
                <div class="home-welcome">{welcome}</div>
                {ways_in(view)}
            </div>
            {any.then(|| view! {
                <section class="home-happened" aria-labelledby="actualites">
                    <h2 id="actualites">{t("portal-place-news")}</h2>
                    <ol class="home-feed" role="list">{news}</ol>
                    <p><a href=frame.at("/actualites")>{t("portal-home-all-news")}</a></p>
                </section>
            })}
            {reach(&view.portal)}
        }
        .into_any()
    })
}

/// How one gets in: what the town hands out, no more.
fn ways_in(view: &DoorPage) -> AnyView {
    let frame = &view.frame;
    let way = |path: &str, words: String| view! { <li><a href=frame.at(path)>{words}</a></li> }.into_any();
    let more: Vec<_> = [
        Some(way("/mot-de-passe", t("portal-home-way-password"))),
        view.portal
            .codes
            .then(|| way("/codes", t("portal-home-way-codes"))),
        view.portal
            .registration
            .then(|| way("/inscription", t("portal-home-way-registration"))),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        <section class="home-ways" aria-labelledby="entrer">
            <h2 id="entrer">{t("portal-home-ways")}</h2>
            <p><a class="button" data-kind="primary" href=frame.at("/connexion")>{t("portal-log-in")}</a></p>
            <ul role="list">{more}</ul>
        </section>
    }
    .into_any()
}

fn news_line(frame: &Frame, one: &NewsLine) -> AnyView {
    view! {
        <li>
            <h3><a href=frame.at(&format!("/actualites/{}", one.id))>{typeset(&one.title)}</a></h3>
            {(!one.opening.is_empty()).then(|| view! { <p>{one.opening.clone()}</p> })}
            <p class="home-when"><time datetime=one.date.clone()>{one.day.clone()}</time></p>
        </li>
    }
    .into_any()
}

/// How the town hall is reached.
fn reach(portal: &PortalRecord) -> Option<AnyView> {
    if portal.phone.is_none() && portal.email.is_none() && portal.hours.is_empty() {
        return None;
    }
    let hours: Vec<_> = portal
        .hours
        .iter()
        .map(|line| view! { <li>{typeset(line)}</li> }.into_any())
        .collect();
    let email = portal.email.clone().map(|email| {
        let href = format!("mailto:{email}");
        view! { <li><a href=href>{email}</a></li> }
    });
    Some(
        view! {
            <section class="home-reach" aria-labelledby="joindre">
                <h2 id="joindre">{t("portal-home-reach")}</h2>
                <ul role="list">
                    {portal.phone.as_deref().map(|phone| view! { <li>{tel(phone)}</li> })}
                    {email}
                    {hours}
                </ul>
            </section>
        }
        .into_any(),
    )
}
