//! What a family was told.

use leptos::prelude::*;
use shared::operation::NoticeRecord;

use crate::portal::frame::{Frame, page};
use crate::portal::notices::notice_words;
use crate::words::{t, with};

/// One thing that was told.
#[derive(Clone, Debug)]
pub struct FeedLine {
    /// « 2026-11-23 ».
    pub date: String,
    /// « lundi 23 novembre ».
    pub day: String,
    /// « 8 h 30 ».
    pub hour: String,
    /// It was today.
    pub is_today: bool,
    /// What.
    pub notice: NoticeRecord,
}

/// The page.
#[derive(Clone, Debug)]
pub struct FeedPage {
    /// What stands around it.
    pub frame: Frame,
    /// The lines of this page, newest first.
    pub lines: Vec<FeedLine>,
    /// Which page, from 1.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
}

/// Draws it.
pub fn feed_page(view: &FeedPage) -> String {
    let title = t("portal-home-feed");
    page(&view.frame, &title.clone(), || {
        let link = |page: usize, words: String, rel: &'static str| {
            let href = view.frame.at(&format!("/fil?page={page}"));
            view! { <a class="button" rel=rel href=href>{words}</a> }.into_any()
        };
        let newer = (view.page > 1).then(|| link(view.page - 1, t("portal-home-newer"), "prev"));
        let older = (view.page < view.pages).then(|| link(view.page + 1, t("portal-home-older"), "next"));
        let none = view.lines.is_empty();
        view! {
            <h1>{title}</h1>
            {none.then(|| view! { <p class="home-quiet">{t("portal-home-feed-none")}</p> })}
            {feed(&view.frame, &view.lines, "h2")}
            <nav class="home-pager" aria-label=t("portal-home-pages")>{newer}{older}</nav>
        }
        .into_any()
    })
}

/// Draws lines. Under a heading of a section each has one of the next level.
pub(super) fn feed(frame: &Frame, lines: &[FeedLine], level: &'static str) -> AnyView {
    let items: Vec<_> = lines.iter().map(|line| one(frame, line, level)).collect();
    view! { <ol class="home-feed" role="list">{items}</ol> }.into_any()
}

fn one(frame: &Frame, line: &FeedLine, level: &'static str) -> AnyView {
    let words = notice_words(&line.notice);
    let day = if line.is_today {
        t("portal-home-today")
    } else {
        line.day.clone()
    };
    let when = with("portal-home-when", &[("day", &day), ("hour", &line.hour)]);
    let href = frame.at(words.path);
    let title = match level {
        "h2" => view! { <h2><a href=href>{words.title}</a></h2> }.into_any(),
        _ => view! { <h3><a href=href>{words.title}</a></h3> }.into_any(),
    };
    view! {
        <li>
            {title}
            {(!words.text.is_empty()).then(|| view! { <p>{words.text}</p> })}
            <p class="home-when"><time datetime=line.date.clone()>{when}</time></p>
        </li>
    }
    .into_any()
}
