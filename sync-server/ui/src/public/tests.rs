//! One situation, drawn both ways.

use shared::ids::IncidentId;
use shared::operation::{Capability, Openness};
use shared::time::UtcMs;
use uuid::Uuid;

use super::*;

fn at(text: &str) -> UtcMs {
    UtcMs::parse(text).unwrap()
}

fn post(number: u128, title: &str, text: &str) -> Post {
    Post {
        id: IncidentId(Uuid::from_u128(number)),
        published_at: at("2026-11-24T17:00:00Z"),
        updated_at: at("2026-11-24T17:00:00Z"),
        title: title.into(),
        text: text.into(),
        over: false,
    }
}

fn situation() -> Situation {
    let mut parts: Vec<Part> = Capability::ALL
        .into_iter()
        .map(|capability| Part {
            capability,
            state: Openness::Open,
            message: String::new(),
            since: None,
        })
        .collect();
    parts[2].state = Openness::Closed;
    parts[2].message = "Appelez l’accueil <au 04 65 71 00 00> & réservez.".into();
    parts[2].since = Some(at("2026-11-24T16:30:00Z"));
    Situation {
        slug: "ville".into(),
        commune: "Saint-Épain & Cie".into(),
        zone: chrono_tz::Europe::Paris,
        feed: Uuid::from_u128(7),
        since: at("2026-09-01T00:00:00Z"),
        parts,
        posts: vec![post(
            1,
            "Point de situation du 24 novembre à 18 h",
            "La cantine est <b>ouverte</b>.\nLa garderie aussi.\n\nProchain point demain.",
        )],
    }
}

#[test]
fn the_page_says_what_is_closed_and_why() {
    let html = page(
        &situation(),
        Shelf::Server {
            origin: "https://preau.exemple.fr",
        },
    );
    assert!(
        html.contains("Appelez l’accueil &lt;au 04 65 71 00 00&gt; &amp; réservez."),
        "{html}"
    );
    assert!(
        html.contains("La cantine est &lt;b&gt;ouverte&lt;/b&gt;."),
        "{html}"
    );
    assert!(html.contains("mardi 24 novembre 2026 à 18\u{a0}h"), "{html}");
    assert!(html.contains("href=\"/ville/situation.atom\""));
    assert!(!html.contains("<script") && !html.contains("<style"));
    assert!(!html.contains("hors du serveur"));
}

#[test]
fn a_page_apart_stands_alone() {
    let html = page(&situation(), Shelf::Apart);
    assert!(html.contains("<style>") && html.contains("--paper"));
    assert!(html.contains("href=\"feed.atom\"") && html.contains("hors du serveur"));
    for elsewhere in ["/static/", "src=", "/ville/", "http://", "https://"] {
        let found: Vec<_> = html.match_indices(elsewhere).collect();
        // The namespace of the drawings is a name, not an address that is fetched.
        let fetched = found
            .iter()
            .filter(|(at, _)| !html[*at..].starts_with("http://www.w3.org/2000/svg"));
        assert_eq!(fetched.count(), 0, "{elsewhere}");
    }
}

#[test]
fn the_same_situation_gives_the_same_bytes() {
    for shelf in [Shelf::Apart, Shelf::Server { origin: "http://x" }] {
        assert_eq!(page(&situation(), shelf), page(&situation(), shelf));
        assert_eq!(feed(&situation(), shelf), feed(&situation(), shelf));
    }
}

#[test]
fn a_post_written_again_keeps_its_id_and_moves_the_feed() {
    let before = situation();
    let mut after = situation();
    after.posts[0].text = "La garderie ferme.".into();
    after.posts[0].updated_at = at("2026-11-25T07:00:00Z");
    let (old, new) = (feed(&before, Shelf::Apart), feed(&after, Shelf::Apart));
    let id = "<id>urn:uuid:00000000-0000-0000-0000-000000000001</id>";
    assert!(old.contains(id) && new.contains(id));
    assert!(old.contains("<updated>2026-11-24T17:00:00.000Z</updated>"));
    assert_eq!(
        new.matches("<updated>2026-11-25T07:00:00.000Z</updated>").count(),
        2
    );
    assert!(new.contains("<published>2026-11-24T17:00:00.000Z</published>"));
}

#[test]
fn what_is_over_is_said_and_is_no_longer_current() {
    let mut one = situation();
    assert!(one.current().is_some());
    one.posts[0].over = true;
    assert!(one.current().is_none());
    assert!(page(&one, Shelf::Apart).contains("Incident terminé"));
    assert!(feed(&one, Shelf::Apart).contains("<category term=\"over\""));
}

#[test]
fn an_empty_line_ends_a_paragraph() {
    assert_eq!(paragraphs("a\n b \n\n\n c\r\n"), [vec!["a", "b"], vec!["c"]]);
    assert!(paragraphs(" \n\n").is_empty());
}
