//! The feed, in Atom (RFC 4287).

use std::fmt::Write;

use shared::time::UtcMs;

use super::text::{escaped, paragraphs};
use super::{FEED_FILE, PAGE_FILE, Post, Shelf, Situation, anchor};
use crate::desk::service::standing;
use crate::words::{t, t1, with};

/// Draws the feed. A post keeps its id for ever; `updated` moves when it is written again.
pub fn feed(situation: &Situation, shelf: Shelf<'_>) -> String {
    let (itself, page) = match shelf {
        Shelf::Server { origin } => {
            let page = format!("{origin}/{}/situation", situation.slug);
            (format!("{page}.atom"), page)
        }
        Shelf::Apart => (FEED_FILE.to_owned(), PAGE_FILE.to_owned()),
    };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\">\n");
    let title = t1("public-feed-title", "commune", situation.commune.as_str());
    put(&mut out, "  ", "title", &title);
    put(&mut out, "  ", "subtitle", &subtitle(situation));
    put(&mut out, "  ", "id", &situation.feed.urn().to_string());
    put(&mut out, "  ", "updated", &instant(situation.updated_at()));
    let _ = writeln!(
        out,
        "  <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n  <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>",
        escaped(&itself),
        escaped(&page)
    );
    out.push_str("  <author>\n");
    put(&mut out, "    ", "name", &situation.commune);
    out.push_str("  </author>\n");
    put(&mut out, "  ", "generator", &t("app-name"));
    for post in &situation.posts {
        entry(&mut out, post, &page);
    }
    out.push_str("</feed>\n");
    out
}

/// What is not open, in a line.
fn subtitle(situation: &Situation) -> String {
    let closed: Vec<String> = situation
        .closed()
        .map(|part| {
            let standing = standing(part.capability, part.state);
            with(
                "public-part-line",
                &[("standing", &standing), ("message", &part.message)],
            )
        })
        .collect();
    if closed.is_empty() {
        return t("public-all-open");
    }
    closed.join(" ")
}

fn entry(out: &mut String, post: &Post, page: &str) {
    out.push_str("  <entry>\n");
    put(out, "    ", "title", &post.title);
    put(out, "    ", "id", &post.id.0.urn().to_string());
    put(out, "    ", "published", &instant(post.published_at));
    put(out, "    ", "updated", &instant(post.updated_at));
    let _ = writeln!(
        out,
        "    <link rel=\"alternate\" type=\"text/html\" href=\"{}#{}\"/>",
        escaped(page),
        anchor(post)
    );
    if post.over {
        let _ = writeln!(
            out,
            "    <category term=\"over\" label=\"{}\"/>",
            escaped(&t("public-over"))
        );
    }
    let mut html = String::new();
    if post.over {
        let _ = write!(
            html,
            "<p><strong>{}</strong></p>",
            escaped(&t("public-over-said"))
        );
    }
    for lines in paragraphs(&post.text) {
        let lines: Vec<String> = lines.into_iter().map(escaped).collect();
        let _ = write!(html, "<p>{}</p>", lines.join("<br>"));
    }
    // HTML within XML: what was escaped for the one is escaped again for the other.
    let _ = writeln!(
        out,
        "    <content type=\"html\">{}</content>\n  </entry>",
        escaped(&html)
    );
}

fn put(out: &mut String, indent: &str, name: &str, text: &str) {
    let _ = writeln!(out, "{indent}<{name}>{}</{name}>", escaped(text));
}

/// As RFC 3339 writes it; years beyond its four digits are no dates.
fn instant(at: UtcMs) -> String {
    const LAST: UtcMs = UtcMs(253_402_300_799_000);
    at.clamp(UtcMs(0), LAST).to_string()
}
