//! What the tablet's screens show and ask: the JSON between the window and the tablet's core.

mod card;
mod crew;
mod exchange;

use serde::{Deserialize, Serialize};

pub use card::{Card, Event, Fate, Found, Health, Memo, Transfer, WeekDay, WeekLine};
pub use crew::{Crew, Entry, Person};
pub use exchange::{Contradiction, Correction, MarkFate, Settling, SyncPage};

use crate::fold::State;
use crate::mark::Reason;
use crate::mode::Mode;

/// Where the tablet stands when its window opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// Whether the tablet is enrolled.
    pub enrolled: bool,
    /// The commune's name, once enrolled.
    pub commune: Option<String>,
    /// The address typed last, or the usual one.
    pub server: Option<String>,
}

/// Which list to show; what is missing is chosen by the tablet (its first site, today, the
/// activity of the hour).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Site id.
    pub site: Option<String>,
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Activity id.
    pub activity: Option<String>,
}

/// One site's day on the tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The commune's name.
    pub commune: String,
    /// The site shown.
    pub site: Choice,
    /// The sites of this tablet.
    pub sites: Vec<Choice>,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// « lundi 23 novembre ».
    pub date_label: String,
    /// `YYYY-MM-DD` of today, by the tablet's clock.
    pub today: String,
    /// Where the list comes from.
    pub list: ListSource,
    /// The clock disagrees with the last server time and the time elapsed: which date is it?
    pub clock_doubted: bool,
    /// Tabs.
    pub activities: Vec<Tab>,
    /// Id of the activity shown.
    pub activity: Option<String>,
    /// Rows of the activity shown, by name.
    pub rows: Vec<Row>,
    /// The line to the server.
    pub link: Link,
    /// Who points; `None` where the site has no staff with a PIN.
    pub holder: Option<Person>,
    /// Lists by class, with colour and symbol: a nursery school.
    pub nursery: bool,
    /// What is special about the day, in whole sentences.
    pub notices: Vec<String>,
    /// Lists of the day that are past their hour, have children and are not closed.
    pub open_lists: Vec<Choice>,
    /// Sites of the commune where a child may be sent for the day.
    pub other_sites: Vec<Choice>,
}

/// Something with an id and a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Id.
    pub id: String,
    /// Name on screen.
    pub name: String,
}

/// Where a day's list comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListSource {
    /// Signed by the server for that date.
    Confirmed,
    /// The last same weekday, past the end of the lists held: « liste non confirmée ».
    Unconfirmed,
    /// Signed by the server before it came back from a loss, and newer than what it knows since: « liste
    /// d’avant l’incident ».
    BeforeLoss,
    /// No list at all; children can still be pointed.
    Missing,
}

/// An activity with its counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tab {
    /// Activity id.
    pub id: String,
    /// Slug.
    pub slug: String,
    /// Name on screen.
    pub name: String,
    /// How it is pointed.
    pub mode: Mode,
    /// Still expected.
    pub expected: usize,
    /// Here.
    pub present: usize,
    /// Gone.
    pub left: usize,
    /// Not coming.
    pub absent: usize,
    /// With their class or at another site: neither expected nor absent.
    pub away: usize,
    /// On the list without being expected.
    pub free: usize,
    /// Here or gone without a reservation.
    pub unexpected: usize,
    /// « 8 h 30 » when the list was closed; `None` while open.
    pub closed_at: Option<String>,
    /// Closed, then a child was pointed: visibly open again.
    pub reopened: bool,
    /// « 16 h 30 – 18 h 30 ».
    pub hours: String,
}

/// One child on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Child id.
    pub child: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// « LM ».
    pub initials: String,
    /// Lower case, without accents: compare with [`crate::text::matches`].
    pub search_key: String,
    /// Group.
    pub group: Option<String>,
    /// Class.
    pub class: Option<String>,
    /// School.
    pub school: Option<String>,
    /// Formula.
    pub formula: Option<String>,
    /// Canteen service.
    pub sitting: Option<u8>,
    /// Canteen table.
    pub table: Option<String>,
    /// « 17 h 30 ».
    pub expected_in: Option<String>,
    /// « 17 h 30 ».
    pub expected_out: Option<String>,
    /// Where from.
    pub comes_from: Option<String>,
    /// Where to.
    pub goes_to: Option<String>,
    /// Badges, worded for staff.
    pub badges: Vec<BadgeView>,
    /// What staff must know.
    pub must_know: Option<String>,
    /// Number to call first.
    pub phone: Option<String>,
    /// A reservation stands.
    pub booked: bool,
    /// What the marks come to.
    pub state: State,
    /// « 8 h 30 ».
    pub in_at: Option<String>,
    /// « 17 h 45 ».
    pub out_at: Option<String>,
    /// Why absent.
    pub reason: Option<Reason>,
    /// Absent because the list was closed.
    pub absent_by_closing: bool,
    /// Marks contradict each other.
    pub conflict: bool,
    /// What one tap on the row does next; `None` when a tap has nothing to do.
    pub next: Option<Deed>,
    /// The mark an undo would undo.
    pub last_mark: Option<String>,
    /// A mark of this row has no receipt yet.
    pub waiting: bool,
    /// Age on the date shown, in years.
    pub age: Option<u8>,
    /// Colour it knows as its own: a name of [`crate::symbol::COLOURS`].
    pub colour: String,
    /// Symbol it knows as its own: a name of [`crate::symbol::SHAPES`].
    pub shape: String,
    /// For sorting by first name: lower case, without accents.
    pub first_key: String,
    /// Expected arrival in minutes since midnight, for sorting.
    pub expected_in_minute: Option<u16>,
    /// Expected departure in minutes since midnight, for sorting.
    pub expected_out_minute: Option<u16>,
    /// « Sortie au musée »: elsewhere with its class, neither expected nor absent.
    pub away: Option<String>,
    /// A picnic goes with it.
    pub picnic: bool,
    /// May come: a free session.
    pub free: bool,
    /// Name of the site it comes from for the day.
    pub guest_from: Option<String>,
    /// Name of the site it was sent to for the day.
    pub moved_to: Option<String>,
    /// What to know of the day: « Enseignante absente ».
    pub note: Option<String>,
    /// The newest memo of the day.
    pub memo: Option<String>,
    /// Pointed as unknown; its names are what the animateur wrote.
    pub stranger: bool,
    /// Child ids of the same household on this list.
    pub siblings: Vec<String>,
}

/// A badge worded for staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadgeView {
    /// `pai`, `allergy`, `diet`, `leaves_alone`, `forbidden_collector`.
    pub kind: String,
    /// « PAI », « Allergie arachide », « Sans porc », « Part seul ».
    pub label: String,
    /// Shown in the colour of alerts.
    pub alert: bool,
}

/// What a tap does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// The child arrives.
    In,
    /// The child leaves.
    Out,
    /// The child is absent.
    Absent,
}

/// A tap, as the window asks for it. The date is that of the list shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tap {
    /// Site id.
    pub site: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Activity id.
    pub activity: String,
    /// Child id.
    pub child: String,
    /// What happened.
    pub deed: Deed,
    /// Why, for an absence.
    pub reason: Option<Reason>,
    /// For an absence: the rest of the day too.
    #[serde(default)]
    pub rest_of_day: bool,
}

/// One gesture on several children of a list: « toute la classe est là », « partis ensemble ».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TapMany {
    /// The list.
    pub list: ListRef,
    /// Child ids.
    pub children: Vec<String>,
    /// What happened.
    pub deed: Deed,
    /// Why, for an absence.
    pub reason: Option<Reason>,
}

/// The list a whole-list gesture is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRef {
    /// Site id.
    pub site: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Activity id.
    pub activity: String,
}

/// A gesture that is safe on disk, and what it changed of the list shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tapped {
    /// The marks made, in the order of the children: undo takes them.
    pub marks: Vec<String>,
    /// The rows of the list shown that are not as they were, or are new. Rows that went away are
    /// not told: they go with the next whole day.
    pub rows: Vec<Row>,
    /// The tabs as they stand.
    pub activities: Vec<Tab>,
    /// Lists past their hour and not closed.
    pub open_lists: Vec<Choice>,
    /// The line to the server.
    pub link: Link,
}

/// The line to the server and what waits for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The last attempt reached the server.
    pub online: bool,
    /// « 14 h 02 »: off line since; with the date when it was another day.
    pub since: Option<String>,
    /// Taps without a receipt.
    pub waiting: usize,
    /// Taps the server keeps aside for a person to look at.
    pub quarantined: usize,
    /// Contradictions on this tablet's sheets.
    pub conflicts: usize,
    /// « 14 h 02 »: last exchange; `None` before the first.
    pub last_sync: Option<String>,
    /// The server took this tablet's rights away.
    pub withdrawn: bool,
    /// The server came back from a loss, today or not yet done with.
    #[serde(default)]
    pub back: Option<Back>,
    /// Names are withheld until the town hall has confirmed this tablet.
    #[serde(default)]
    pub withheld: bool,
    /// The town hall wants no pointing now; `None` while it is open.
    #[serde(default)]
    pub attendance: Option<Attendance>,
}

/// The town hall wants no pointing now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Closed; else the list can be looked at.
    pub closed: bool,
    /// What the town hall says.
    pub message: String,
    /// Somebody decided to point all the same, for the rest of the day.
    pub anyway: bool,
}

/// What this tablet hands back to a server that came back from a loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Back {
    /// Marks that the server lacked.
    pub marks: usize,
    /// Day lists that it lacked.
    pub lists: usize,
    /// All of it was handed back.
    pub done: bool,
}

/// Why the tablet's core could not do what was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Nobody has said who points: show the staff.
    #[serde(default)]
    pub locked: bool,
    /// The tablet's file is damaged: offer to keep it aside and to start again from the server.
    #[serde(default)]
    pub damaged: bool,
    /// The town hall wants no pointing now, and nobody decided to point all the same.
    #[serde(default)]
    pub closed: bool,
    /// What happened, what is kept, what to do: a whole sentence in French.
    pub message: String,
}
