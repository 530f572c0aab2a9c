//! The page.

use leptos::prelude::*;
use shared::operation::Openness;

use super::text::paragraphs;
use super::{FEED_FILE, Part, Post, Shelf, Situation, anchor};
use crate::desk::service::{part_words, state_words};
use crate::desk::shapes::{shape, sprite};
use crate::words::{t, t1, with};

/// What a page that stands apart is dressed in.
const STYLE: &str = concat!(
    include_str!("../../static/base.css"),
    include_str!("../../static/public.css"),
);

/// Draws the page: whole without a script, and alone where it stands apart.
pub fn page(situation: &Situation, shelf: Shelf<'_>) -> String {
    let title = with(
        "public-title",
        &[("page", &t("public-heading")), ("commune", &situation.commune)],
    );
    let feed = match shelf {
        Shelf::Server { .. } => format!("/{}/situation.atom", situation.slug),
        Shelf::Apart => FEED_FILE.to_owned(),
    };
    let apart = shelf == Shelf::Apart;
    let html = Owner::new().with(|| {
        let dress = if apart {
            view! { <style inner_html=STYLE></style> }.into_any()
        } else {
            view! {
                <link rel="icon" href="/static/roof.svg" type="image/svg+xml" />
                <link rel="stylesheet" href="/static/base.css" />
                <link rel="stylesheet" href="/static/public.css" />
            }
            .into_any()
        };
        view! {
            <html lang="fr">
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <title>{title}</title>
                    {dress}
                    <link rel="alternate" type="application/atom+xml" title=t1("public-feed-title", "commune", situation.commune.as_str()) href=feed.clone() />
                </head>
                <body class="public">
                    {sprite()}
                    <header class="public-sign">{shape("roof")}<span>{situation.commune.clone()}</span></header>
                    <main id="page">{inside(situation, apart)}</main>
                    <footer class="public-foot">
                        <p>{t1("public-updated", "at", situation.moment(situation.updated_at()))}</p>
                        <p><a href=feed>{t("public-follow")}</a></p>
                    </footer>
                </body>
            </html>
        }
        .to_html()
    });
    format!("<!doctype html>\n{html}\n")
}

fn inside(situation: &Situation, apart: bool) -> AnyView {
    let parts: Vec<_> = situation
        .parts
        .iter()
        .map(|part| part_view(situation, part))
        .collect();
    let posts: Vec<_> = situation
        .posts
        .iter()
        .map(|post| post_view(situation, post))
        .collect();
    let all_open = situation.closed().next().is_none();
    let quiet = posts.is_empty();
    view! {
        <h1>{t("public-heading")}</h1>
        {apart.then(|| view! { <p class="public-apart">{t("public-apart")}</p> })}
        <section aria-labelledby="titre-services">
            <h2 id="titre-services">{t("public-parts")}</h2>
            {all_open.then(|| view! { <p class="public-all-open">{shape("present")}<span>{t("public-all-open")}</span></p> })}
            <ul class="public-parts" role="list">{parts}</ul>
        </section>
        <section aria-labelledby="titre-points">
            <h2 id="titre-points">{t("public-posts")}</h2>
            {quiet.then(|| view! { <p>{t("public-none")}</p> })}
            {posts}
        </section>
    }
    .into_any()
}

fn part_view(situation: &Situation, part: &Part) -> AnyView {
    let open = part.state == Openness::Open;
    let (sign, state) = if open {
        ("present", "present")
    } else {
        ("closed", "absent")
    };
    let since = part
        .since
        .filter(|_| !open)
        .map(|at| t1("public-since", "at", situation.moment(at)));
    view! {
        <li class="public-part" data-state=state>
            <p class="public-part-head">
                {shape(sign)}
                <strong>{part_words(part.capability)}</strong>
                <span class="public-state">{state_words(part.state)}</span>
            </p>
            {(!open).then(|| prose(&part.message))}
            {since.map(|since| view! { <p class="public-quiet">{since}</p> })}
        </li>
    }
    .into_any()
}

fn post_view(situation: &Situation, post: &Post) -> AnyView {
    let at = post.published_at.to_string();
    let rewritten = (post.updated_at.0 - post.published_at.0 > 3_600_000)
        .then(|| t1("public-rewritten", "at", situation.moment(post.updated_at)));
    view! {
        <article class="public-post" id=anchor(post)>
            <h3>{post.title.clone()}</h3>
            <p class="public-quiet">
                <time datetime=at>{situation.moment(post.published_at)}</time>
                {rewritten.map(|words| view! { " · "{words} })}
            </p>
            {post.over.then(|| view! { <p class="public-over">{shape("present")}<span>{t("public-over-said")}</span></p> })}
            {prose(&post.text)}
        </article>
    }
    .into_any()
}

/// A text in paragraphs; nothing in it is read as HTML.
fn prose(text: &str) -> AnyView {
    let drawn: Vec<_> = paragraphs(text)
        .into_iter()
        .map(|lines| {
            let lines: Vec<_> = lines
                .into_iter()
                .enumerate()
                .map(|(number, line)| {
                    view! { {(number > 0).then(|| view! { <br /> })}{line.to_owned()} }.into_any()
                })
                .collect();
            view! { <p>{lines}</p> }.into_any()
        })
        .collect();
    drawn.into_any()
}

/// What stands above a page before log-in while an incident lasts: the newest post, and where to read on.
pub fn newest_notice(title: &str, address: &str) -> AnyView {
    view! {
        <div class="notice" data-kind="care" role="status">
            {shape("alert")}
            <p class="grow"><strong>{title.to_owned()}</strong></p>
            <a class="button" href=address.to_owned()>{t("public-read")}</a>
        </div>
    }
    .into_any()
}

/// What is said of it in a line before log-in: the newest post while the incident lasts, else that something
/// is not open; nothing where all is well.
pub fn news(situation: &Situation) -> Option<String> {
    let closed = situation.closed().next().map(|_| t("public-not-all-open"));
    situation.current().map(|post| post.title.clone()).or(closed)
}
