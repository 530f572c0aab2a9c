//! What the town writes for families, and how its portal is set up.

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use crate::codec::{Blob, date};
use crate::ids::{MenuId, SiteId, TextId};
use crate::time::UtcMs;

/// How the portal is set up.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PortalRecord {
    /// The colour of links and buttons, `#rrggbb`; `None` for ours.
    #[n(0)]
    pub accent: Option<String>,
    /// The first words of the page before log-in.
    #[n(1)]
    pub welcome: String,
    /// The telephone that families call.
    #[n(2)]
    pub phone: Option<String>,
    /// The e-mail that families write to.
    #[n(3)]
    pub email: Option<String>,
    /// Postal address and opening hours, a line each.
    #[n(4)]
    pub hours: Vec<String>,
    /// Tabs that are not open yet, with what is said instead.
    #[n(5)]
    pub unopened: Vec<UnopenedTab>,
    /// Families get in with codes on paper.
    #[n(6)]
    pub codes: bool,
    /// Families that are not known may ask to be.
    #[n(7)]
    pub registration: bool,
    /// FranceConnect is offered.
    #[n(8)]
    pub france_connect: bool,
    /// Families may ask to be told when a child has left.
    #[n(9)]
    pub child_left: bool,
    /// The name that mails come from; the commune's own where it is empty.
    #[n(10)]
    pub sender_name: String,
    /// The address that mails come from; the host's where there is none.
    #[n(11)]
    pub sender: Option<String>,
    /// Where answers go.
    #[n(12)]
    pub reply_to: Option<String>,
    /// How many school years before this one a family's history reaches back; `None`: the one before, until
    /// 1 October.
    #[n(13)]
    pub history_years: Option<u8>,
    /// For how many days the desk can restore an account that its family deleted.
    #[n(14)]
    pub restore_days: u16,
}

impl Default for PortalRecord {
    fn default() -> Self {
        Self {
            accent: None,
            welcome: String::new(),
            phone: None,
            email: None,
            hours: Vec::new(),
            unopened: Vec::new(),
            codes: true,
            registration: false,
            france_connect: false,
            child_left: false,
            sender_name: String::new(),
            sender: None,
            reply_to: None,
            history_years: None,
            restore_days: 30,
        }
    }
}

/// Tabs of the portal that a town may leave closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Tab {
    /// Actualités.
    #[n(0)]
    News,
    /// Menus.
    #[n(1)]
    Menus,
    /// Tarifs.
    #[n(2)]
    Tariffs,
    /// Règlement intérieur.
    #[n(3)]
    Rules,
    /// Mes réservations.
    #[n(4)]
    Bookings,
    /// Mes factures.
    #[n(5)]
    Bills,
    /// Mes demandes.
    #[n(6)]
    Requests,
    /// Mon dossier.
    #[n(7)]
    File,
}

impl Tab {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::News,
        Self::Menus,
        Self::Tariffs,
        Self::Rules,
        Self::Bookings,
        Self::Bills,
        Self::Requests,
        Self::File,
    ];

    /// The word in forms and texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Menus => "menus",
            Self::Tariffs => "tariffs",
            Self::Rules => "rules",
            Self::Bookings => "bookings",
            Self::Bills => "bills",
            Self::Requests => "requests",
            Self::File => "file",
        }
    }

    /// The tab with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// A tab that is not open yet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct UnopenedTab {
    /// Which.
    #[n(0)]
    pub tab: Tab,
    /// What is said instead; ours where it is empty.
    #[n(1)]
    pub text: String,
}

/// The town's logo.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LogoRecord {
    /// `image/png`, `image/jpeg` or `image/webp`.
    #[n(0)]
    pub media_type: String,
    /// The file.
    #[n(1)]
    pub bytes: Blob,
    /// What it says to whoever does not see it.
    #[n(2)]
    pub words: String,
}

/// A text of the town: news, a tariff, the règlement intérieur, legal pages. Text in paragraphs, headings and
/// lists as `docs/portal.md` tells; nothing in it is read as HTML.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TextRecord {
    /// Its id.
    #[n(0)]
    pub id: TextId,
    /// What it is.
    #[n(1)]
    pub kind: TextKind,
    /// Its title.
    #[n(2)]
    pub title: String,
    /// The text.
    #[n(3)]
    pub text: String,
    /// From when it is shown; `None` while it is a draft.
    #[n(4)]
    pub from: Option<UtcMs>,
    /// Until when it is shown.
    #[n(5)]
    pub until: Option<UtcMs>,
    /// Stands first.
    #[n(6)]
    pub pinned: bool,
    /// Families accept it again: of a règlement or conditions, what changed is an edition of its own.
    #[n(7)]
    pub edition: u32,
    /// Sites it is for; all where none is named.
    #[n(8)]
    pub sites: Vec<SiteId>,
}

/// What a text is. Of all but news, one at most is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum TextKind {
    /// News.
    #[n(0)]
    News,
    /// Tariffs.
    #[n(1)]
    Tariffs,
    /// Règlement intérieur, accepted by edition.
    #[n(2)]
    Rules,
    /// Legal notices.
    #[n(3)]
    Legal,
    /// Conditions of use, accepted by edition.
    #[n(4)]
    Conditions,
    /// Accessibility statement.
    #[n(5)]
    Accessibility,
    /// Help.
    #[n(6)]
    Help,
    /// What is done with personal data.
    #[n(7)]
    Privacy,
}

impl TextKind {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::News,
        Self::Tariffs,
        Self::Rules,
        Self::Legal,
        Self::Conditions,
        Self::Accessibility,
        Self::Help,
        Self::Privacy,
    ];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Tariffs => "tariffs",
            Self::Rules => "rules",
            Self::Legal => "legal",
            Self::Conditions => "conditions",
            Self::Accessibility => "accessibility",
            Self::Help => "help",
            Self::Privacy => "privacy",
        }
    }

    /// The kind with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// Whether families accept it.
    pub fn is_accepted(self) -> bool {
        matches!(self, Self::Rules | Self::Conditions)
    }
}

/// A meal of a day.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MenuRecord {
    /// Its id.
    #[n(0)]
    pub id: MenuId,
    /// The day.
    #[cbor(n(1), with = "date")]
    pub date: NaiveDate,
    /// Where it is eaten; everywhere where no site is named.
    #[n(2)]
    pub sites: Vec<SiteId>,
    /// Its dishes in order; none takes the menu away.
    #[n(3)]
    pub dishes: Vec<Dish>,
    /// A word about it.
    #[n(4)]
    pub note: String,
}

/// A dish.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Dish {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// Allergens by their place in annex II of regulation (EU) 1169/2011, 1 to 14.
    #[n(1)]
    pub allergens: Vec<u8>,
    /// Bit 0 organic, 1 local, 2 label of quality, 3 without meat, 4 home-made.
    #[n(2)]
    pub signs: u8,
}
