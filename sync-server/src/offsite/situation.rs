//! The public page in the night in which there is no server and no store: written by hand on top of what lies
//! there, with the older words kept.
//!
//! Nothing of it goes into the record, which never reads it back: the next server puts the page anew from what
//! its own record says.

use chrono_tz::Tz;
use server_ui::public::{Part, Post, Shelf, Situation, feed, page};
use shared::ids::IncidentId;
use shared::offsite::Name;
use shared::operation::{Capability, Openness};
use shared::slug::Slug;
use shared::time::UtcMs;
use uuid::Uuid;

use super::{LONGEST_PAGE, MEDIA_TYPES, Target, TargetError};

/// A word to everybody.
#[derive(Clone, Debug)]
pub struct Word {
    /// When it is written.
    pub at: UtcMs,
    /// A few words.
    pub title: String,
    /// The text, in paragraphs.
    pub text: String,
    /// Everything works again.
    pub over: bool,
    /// What is said of the parts of the service that need a server.
    pub closed: String,
}

/// Why a word could not be put there.
#[derive(Debug, thiserror::Error)]
pub enum SituationError {
    /// The target.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// What lies there is no feed of ours: it is not written over.
    #[error(
        "{path} n’est pas un fil écrit par Préau : rien n’a été changé. Mettez ce fichier de côté, puis recommencez."
    )]
    Foreign {
        /// Which object.
        path: String,
    },
}

/// Puts a word on the page and into the feed, above those that are there; answers how many are there now. `id` names
/// the new one for ever; `name` is the commune's where no feed says it.
///
/// # Errors
/// [`SituationError`].
pub fn post(
    target: &Target,
    slug: &Slug,
    name: Option<&str>,
    zone: Tz,
    id: Uuid,
    word: &Word,
) -> Result<usize, SituationError> {
    let path = Name::Feed.path(slug);
    let before = match target.get(&path, LONGEST_PAGE) {
        Err(TargetError::TooLarge { .. }) => return Err(SituationError::Foreign { path }),
        there => there?,
    };
    let known = match before {
        None => Known::default(),
        Some(bytes) => {
            let read = std::str::from_utf8(&bytes).ok().and_then(Known::read);
            read.ok_or(SituationError::Foreign { path })?
        }
    };
    let situation = situation(slug, name, zone, id, word, known);
    let both = [
        (Name::Feed, feed(&situation, Shelf::Apart), MEDIA_TYPES[1]),
        (Name::Page, page(&situation, Shelf::Apart), MEDIA_TYPES[0]),
    ];
    for (name, text, media_type) in both {
        target.put_over_as(&name.path(slug), media_type, text.into_bytes())?;
    }
    Ok(situation.posts.len())
}

fn situation(slug: &Slug, name: Option<&str>, zone: Tz, id: Uuid, word: &Word, known: Known) -> Situation {
    let parts = Capability::ALL.into_iter().map(|capability| {
        // Tablets point without a server.
        let works = word.over || capability == Capability::Attendance;
        Part {
            capability,
            state: if works { Openness::Open } else { Openness::Closed },
            message: if works { String::new() } else { word.closed.clone() },
            since: None,
        }
    });
    let mut posts = vec![Post {
        id: IncidentId(id),
        published_at: word.at,
        updated_at: word.at,
        title: word.title.clone(),
        text: word.text.clone(),
        over: word.over,
    }];
    posts.extend(known.posts);
    Situation {
        slug: slug.to_string(),
        commune: name
            .map(str::to_owned)
            .or(known.commune)
            .unwrap_or_else(|| slug.to_string()),
        zone,
        feed: known.feed.unwrap_or_else(|| {
            Uuid::new_v5(&Uuid::NAMESPACE_DNS, format!("{slug}.situation.preau").as_bytes())
        }),
        since: word.at,
        parts: parts.collect(),
        posts,
    }
}

/// What a feed of ours says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Known {
    commune: Option<String>,
    feed: Option<Uuid>,
    posts: Vec<Post>,
}

impl Known {
    /// Reads a feed as our programs write it; `None` for any other.
    fn read(text: &str) -> Option<Self> {
        let (head, entries) = match text.split_once("<entry>") {
            Some((head, entries)) => (head, entries),
            None => (text, ""),
        };
        if !head.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\"") {
            return None;
        }
        let posts = entries
            .split("<entry>")
            .filter(|entry| !entry.trim().is_empty())
            .map(entry);
        Some(Self {
            commune: Some(element(head, "name")?),
            feed: Some(urn(&element(head, "id")?)?),
            posts: posts.collect::<Option<_>>()?,
        })
    }
}

fn entry(entry: &str) -> Option<Post> {
    let instant = |name| UtcMs::parse(&element(entry, name)?).ok();
    let over = entry.contains("<category term=\"over\"");
    // HTML within XML: escaped twice.
    let html = between(entry, "<content type=\"html\">", "</content>").map(plain)?;
    let mut paragraphs: Vec<String> = html
        .split("</p>")
        .filter_map(|paragraph| paragraph.trim().strip_prefix("<p>"))
        // What says that all is over is drawn again by itself.
        .filter(|paragraph| !paragraph.starts_with("<strong>"))
        .map(|paragraph| plain(&paragraph.replace("<br>", "\n")))
        .collect();
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    Some(Post {
        id: IncidentId(urn(&element(entry, "id")?)?),
        published_at: instant("published")?,
        updated_at: instant("updated")?,
        title: element(entry, "title")?,
        text: paragraphs.join("\n\n"),
        over,
    })
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

fn element(text: &str, name: &str) -> Option<String> {
    between(text, &format!("<{name}>"), &format!("</{name}>")).map(plain)
}

fn urn(text: &str) -> Option<Uuid> {
    text.strip_prefix("urn:uuid:")?.parse().ok()
}

/// What was escaped, as it was.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: UtcMs = UtcMs(1_795_420_800_000);

    fn said(title: &str, text: &str, over: bool) -> Word {
        Word {
            at: AT,
            title: title.into(),
            text: text.into(),
            over,
            closed: "Pas de serveur.".into(),
        }
    }

    #[test]
    fn what_is_written_by_hand_stands_above_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let target = Target::open(&crate::offsite::TargetAddress::Folder(folder.path().into())).unwrap();
        let slug: Slug = "ville".parse().unwrap();
        let zone = chrono_tz::Europe::Paris;
        let put = |n: u128, word: &Word| {
            post(
                &target,
                &slug,
                Some("Ville & <Cie>"),
                zone,
                Uuid::from_u128(n),
                word,
            )
        };
        let first = said(
            "Le « serveur » <brûle> & c’est tout",
            "Un.\nDeux & <trois>.\n\nQuatre.",
            false,
        );
        assert_eq!(put(1, &first).unwrap(), 1);
        assert_eq!(put(2, &said("C’est fini", "Tout marche.", true)).unwrap(), 2);
        let text = std::fs::read_to_string(folder.path().join("ville/public/feed.atom")).unwrap();
        let known = Known::read(&text).unwrap();
        assert_eq!(known.commune.as_deref(), Some("Ville & <Cie>"));
        let told: Vec<_> = known
            .posts
            .iter()
            .map(|post| (post.title.as_str(), post.text.as_str(), post.over))
            .collect();
        assert_eq!(
            told,
            [
                ("C’est fini", "Tout marche.", true),
                (first.title.as_str(), first.text.as_str(), false)
            ]
        );
        let page = std::fs::read_to_string(folder.path().join("ville/public/index.html")).unwrap();
        assert!(page.contains("C’est fini") && page.contains("Quatre.") && !page.contains("<brûle>"));
        assert!(!page.contains("Pas de serveur."), "it is over");
    }

    #[test]
    fn what_another_program_wrote_there_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let target = Target::open(&crate::offsite::TargetAddress::Folder(folder.path().into())).unwrap();
        let slug: Slug = "ville".parse().unwrap();
        let zone = chrono_tz::Europe::Paris;
        for strange in [
            "",
            "<rss/>",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>",
            "\u{1}",
        ] {
            target.put_over("ville/public/feed.atom", strange.into()).unwrap();
            let put = post(
                &target,
                &slug,
                None,
                zone,
                Uuid::from_u128(1),
                &said("A", "B", false),
            );
            assert!(matches!(put, Err(SituationError::Foreign { .. })), "{strange}");
            assert_eq!(
                target.get("ville/public/feed.atom", 100),
                Ok(Some(strange.into()))
            );
            assert_eq!(target.size("ville/public/index.html"), Ok(None));
        }
    }
}
