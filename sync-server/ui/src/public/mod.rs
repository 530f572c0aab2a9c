//! What may be read before anybody logs in: what is open and what is not, and the town hall's dated
//! words on an incident, as a page and as an Atom feed.
//!
//! Pure: the same [`Situation`] gives the same bytes, whichever hour it is. The server answers with them;
//! whoever puts them off-site calls the same two functions with [`Shelf::Apart`], and the page then stands
//! alone, with its style inside, beside `feed.atom`.

mod feed;
mod page;
mod text;

use chrono_tz::Tz;
use shared::ids::IncidentId;
use shared::operation::{Capability, Openness};
use shared::time::UtcMs;
use shared::words::{day, hour_or_full};
use uuid::Uuid;

pub use feed::feed;
pub use page::{newest_notice, news, page};
pub use text::paragraphs;

/// Name of the feed beside a page that stands apart.
pub const FEED_FILE: &str = "feed.atom";
/// Name of the page beside it.
pub const PAGE_FILE: &str = "index.html";

/// All that is public of a commune.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situation {
    /// The commune's short name.
    pub slug: String,
    /// The commune's name.
    pub commune: String,
    /// Its time zone.
    pub zone: Tz,
    /// Names the feed for ever, wherever it lies.
    pub feed: Uuid,
    /// When there was first anything to say: the founding, as the record has it.
    pub since: UtcMs,
    /// Every part of the service.
    pub parts: Vec<Part>,
    /// The posts that stand, newest first.
    pub posts: Vec<Post>,
}

/// A part of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub capability: Capability,
    /// How far it is open.
    pub state: Openness,
    /// What people are told while it is not.
    pub message: String,
    /// Since when; `None` where it was never switched.
    pub since: Option<UtcMs>,
}

/// « Point de situation du … ».
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Its id.
    pub id: IncidentId,
    /// The instant it speaks of.
    pub published_at: UtcMs,
    /// When it was last written.
    pub updated_at: UtcMs,
    /// A few words.
    pub title: String,
    /// The text, in paragraphs.
    pub text: String,
    /// Everything works again.
    pub over: bool,
}

/// Where the page and the feed lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf<'a> {
    /// On the server, called by this scheme and host.
    Server {
        /// « <https://preau.exemple.fr> », without a slash at the end.
        origin: &'a str,
    },
    /// In a folder of files that any web server can show: [`PAGE_FILE`] and [`FEED_FILE`].
    Apart,
}

impl Situation {
    /// When anything of it last changed.
    pub fn updated_at(&self) -> UtcMs {
        let parts = self.parts.iter().filter_map(|part| part.since);
        let posts = self.posts.iter().map(|post| post.updated_at);
        parts.chain(posts).max().unwrap_or(self.since)
    }

    /// The parts that are not open.
    pub fn closed(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| part.state != Openness::Open)
    }

    /// The newest post, where it does not say that all is over.
    pub fn current(&self) -> Option<&Post> {
        self.posts.first().filter(|post| !post.over)
    }

    /// « mardi 24 novembre 2026 à 18 h ».
    fn moment(&self, at: UtcMs) -> String {
        use chrono::Datelike;
        let date = at.date_in(self.zone);
        let hour = hour_or_full(at.time_in(self.zone));
        crate::words::with(
            "public-moment",
            &[
                ("day", &day(date)),
                ("year", &date.year().to_string()),
                ("hour", &hour),
            ],
        )
    }
}

/// The address of a post within the page.
fn anchor(post: &Post) -> String {
    format!("point-{}", post.id)
}

#[cfg(test)]
mod tests;
