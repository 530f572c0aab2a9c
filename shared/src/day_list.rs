//! What the server tells a tablet, each kind in a signed envelope: the day list of a site and
//! date, the card of a site, the town's roster.
//!
//! These hold names and what staff must know; they never stand in a sheet.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::codec::{Hash32, Minute, date, is_false, maybe_date};
use crate::ids::{ActivityId, ChildId, FormulaId, HouseholdId, SiteId, StaffId};
use crate::mode::Mode;
use crate::slug::Slug;
use crate::text::sort_key;

/// Days before today for which a tablet holds lists.
pub const HORIZON_BACK_DAYS: i64 = 7;
/// Days after today for which a tablet holds lists.
pub const HORIZON_AHEAD_DAYS: i64 = 42;

/// Who is expected at a site on a date, with all that a tablet must know of them off line.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DayList {
    /// The site.
    #[n(0)]
    pub site: SiteId,
    /// The date.
    #[cbor(n(1), with = "date")]
    pub date: NaiveDate,
    /// The activities that take place, in the order of the day.
    #[n(2)]
    pub activities: Vec<ListedActivity>,
    /// Each child expected once, in French order of names.
    #[n(3)]
    pub children: Vec<ListedChild>,
    /// One row per reservation, in order of activity and child.
    #[n(4)]
    pub rows: Vec<ListedRow>,
    /// Children pointed as unknown whom the town hall recognised.
    #[cbor(n(5), skip_if = "Vec::is_empty")]
    pub aliases: Vec<Alias>,
    /// What is special about the day, in whole sentences: a strike, a closure, a public holiday.
    #[cbor(n(6), skip_if = "Vec::is_empty")]
    pub notices: Vec<String>,
}

/// An unknown child and who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Alias {
    /// The id the tablet gave it.
    #[n(0)]
    pub unknown: ChildId,
    /// Who it is.
    #[n(1)]
    pub child: ChildId,
}

/// An activity as a tablet needs it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ListedActivity {
    /// Its id.
    #[n(0)]
    pub id: ActivityId,
    /// Its short name.
    #[n(1)]
    pub slug: Slug,
    /// Its name on screen.
    #[n(2)]
    pub name: String,
    /// How it is pointed.
    #[n(3)]
    pub mode: Mode,
    /// When it opens.
    #[n(4)]
    pub opens: Minute,
    /// When it closes.
    #[n(5)]
    pub closes: Minute,
    /// How it may be taken.
    #[n(6)]
    pub formulas: Vec<ListedFormula>,
}

/// A formula as a tablet needs it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ListedFormula {
    /// Its id.
    #[n(0)]
    pub id: FormulaId,
    /// Its short name.
    #[n(1)]
    pub slug: Slug,
    /// Its name on screen.
    #[n(2)]
    pub name: String,
}

/// A child as a tablet of its site needs it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ListedChild {
    /// Its id.
    #[n(0)]
    pub id: ChildId,
    /// First name.
    #[n(1)]
    pub first_name: String,
    /// Last name.
    #[n(2)]
    pub last_name: String,
    /// Date of birth.
    #[cbor(n(3), with = "date")]
    pub born: NaiveDate,
    /// School, whether ours or not.
    #[n(4)]
    pub school: Option<String>,
    /// Class.
    #[n(5)]
    pub class: Option<String>,
    /// The households it belongs to: siblings leave together.
    #[n(6)]
    pub households: Vec<HouseholdId>,
    /// What is shown on the row.
    #[n(7)]
    pub badges: Vec<Badge>,
    /// What staff must know and do, in an emergency too.
    #[n(8)]
    pub must_know: Option<String>,
    /// Number to call first.
    #[n(9)]
    pub phone: Option<String>,
    /// Whom to call, in order.
    #[cbor(n(10), skip_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// Health details, shown after a PIN only.
    #[n(11)]
    pub health: Option<String>,
    /// Its colour and symbol, where one was chosen ([`crate::symbol`] has one for every child).
    #[n(12)]
    pub symbol: Option<Symbol>,
}

/// Somebody to call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
pub struct Contact {
    /// First and last name.
    #[n(0)]
    pub name: String,
    /// Telephone.
    #[n(1)]
    pub phone: String,
}

/// A colour and a symbol that a child who cannot read knows as its own.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
pub struct Symbol {
    /// 0 to 7 ([`crate::symbol::COLOURS`]).
    #[n(0)]
    pub colour: u8,
    /// 0 to 23 ([`crate::symbol::SHAPES`]).
    #[n(1)]
    pub shape: u8,
}

/// What is shown on a child's row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode)]
pub struct Badge {
    /// Its kind.
    #[n(0)]
    pub kind: BadgeKind,
    /// The words after the kind, such as `arachide` or `sans porc`; may be empty.
    #[n(1)]
    pub text: String,
}

/// Kinds of badges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum BadgeKind {
    /// Projet d'accueil individualisé.
    #[n(0)]
    Pai,
    /// Allergy.
    #[n(1)]
    Allergy,
    /// Diet.
    #[n(2)]
    Diet,
    /// May leave alone.
    #[n(3)]
    LeavesAlone,
    /// Somebody is forbidden to collect the child.
    #[n(4)]
    ForbiddenCollector,
}

/// One reservation of the day.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ListedRow {
    /// The child.
    #[n(0)]
    pub child: ChildId,
    /// The activity.
    #[n(1)]
    pub activity: ActivityId,
    /// The formula.
    #[n(2)]
    pub formula: Option<FormulaId>,
    /// The group it joins.
    #[n(3)]
    pub group: Option<String>,
    /// Canteen service: 1 or 2.
    #[n(4)]
    pub sitting: Option<u8>,
    /// Canteen table.
    #[n(5)]
    pub table: Option<String>,
    /// Expected arrival.
    #[n(6)]
    pub expected_in: Option<Minute>,
    /// Expected departure.
    #[n(7)]
    pub expected_out: Option<Minute>,
    /// Where the child comes from.
    #[n(8)]
    pub comes_from: Option<String>,
    /// Where the child goes to (a bus, another activity).
    #[n(9)]
    pub goes_to: Option<String>,
    /// Why the child is not simply expected.
    #[n(10)]
    pub standing: Option<Standing>,
    /// What to know of the day: « Enseignante absente ».
    #[n(11)]
    pub note: Option<String>,
}

/// Why a child on a list is not simply expected. Closing the list leaves such a row alone.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Standing {
    /// Elsewhere with its class: « Sortie au musée ».
    #[n(0)]
    Away {
        /// Where or why.
        #[n(0)]
        words: String,
        /// A picnic goes with it.
        #[n(1)]
        picnic: bool,
    },
    /// May come: a free session.
    #[n(1)]
    Free,
    /// Comes from another site for the day.
    #[n(2)]
    Guest {
        /// Name of the site it comes from.
        #[n(0)]
        from: String,
    },
}

/// What a tablet must know of a site to point without any list.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SiteCard {
    /// The site.
    #[n(0)]
    pub site: SiteId,
    /// Its short name.
    #[n(1)]
    pub slug: Slug,
    /// Its name.
    #[n(2)]
    pub name: String,
    /// The commune's name.
    #[n(3)]
    pub commune: String,
    /// IANA time zone of the commune.
    #[n(4)]
    pub zone: String,
    /// Everything that can be pointed there, with the weekdays it takes place.
    #[n(5)]
    pub activities: Vec<SiteActivity>,
    /// Who points there.
    #[n(6)]
    pub staff: Vec<SiteStaff>,
    /// Opens the memos of the commune ([`crate::seal`]).
    #[n(7)]
    pub note_key: Hash32,
    /// Lists by class, with colour and symbol.
    #[cbor(n(8), skip_if = "is_false")]
    pub nursery: bool,
    /// The other sites of the commune: a child may be sent there for the day.
    #[cbor(n(9), skip_if = "Vec::is_empty")]
    pub others: Vec<OtherSite>,
}

/// Another site of the commune.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OtherSite {
    /// The site.
    #[n(0)]
    pub site: SiteId,
    /// Its name.
    #[n(1)]
    pub name: String,
}

/// An activity of a site.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SiteActivity {
    /// The activity.
    #[n(0)]
    pub activity: ListedActivity,
    /// Bit 0 is Monday, bit 6 Sunday.
    #[n(1)]
    pub weekdays: u8,
}

/// A member of the staff of a site.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SiteStaff {
    /// Its id.
    #[n(0)]
    pub id: StaffId,
    /// Name as shown to colleagues.
    #[n(1)]
    pub name: String,
    /// Role: directeur, animateur, atsem, restauration, remplacant.
    #[n(2)]
    pub role: String,
    /// Its PIN, Argon2id in PHC form; without one it cannot say who it is.
    #[n(3)]
    pub pin: Option<String>,
    /// Its last day, where it is known.
    #[cbor(n(4), with = "maybe_date", has_nil)]
    pub until: Option<NaiveDate>,
}

/// The rest of the town: enough for an unexpected child, no more.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Roster {
    /// Every child of the town, in French order of names.
    #[n(0)]
    pub children: Vec<RosterChild>,
}

/// A child of another site.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RosterChild {
    /// Its id.
    #[n(0)]
    pub id: ChildId,
    /// First name.
    #[n(1)]
    pub first_name: String,
    /// Last name.
    #[n(2)]
    pub last_name: String,
    /// Year of birth.
    #[n(3)]
    pub birth_year: i32,
    /// School.
    #[n(4)]
    pub school: Option<String>,
    /// Allergy, with what to do in an emergency.
    #[n(5)]
    pub allergy: Option<String>,
    /// Number to call first.
    #[n(6)]
    pub phone: Option<String>,
}

impl DayList {
    /// Takes in children whom another site sent for the day: their rows there for activities that
    /// take place here too. Those listed already stay as they are.
    pub fn take_in(&mut self, from: &Self, from_name: &str, sent: &BTreeSet<ChildId>) {
        let here: BTreeMap<ActivityId, usize> = self
            .activities
            .iter()
            .enumerate()
            .map(|(i, a)| (a.id, i))
            .collect();
        let guests: Vec<ListedRow> = from
            .rows
            .iter()
            .filter(|row| sent.contains(&row.child) && here.contains_key(&row.activity))
            .filter(|row| {
                let listed = |r: &&ListedRow| r.child == row.child && r.activity == row.activity;
                !self.rows.iter().any(|r| listed(&r))
            })
            .map(|row| ListedRow {
                group: None,
                sitting: None,
                table: None,
                comes_from: None,
                standing: Some(Standing::Guest {
                    from: from_name.to_owned(),
                }),
                ..row.clone()
            })
            .collect();
        for guest in guests {
            if self.child(guest.child).is_none() {
                self.children.extend(from.child(guest.child).cloned());
            }
            self.rows.push(guest);
        }
        self.children
            .sort_by_cached_key(|c| (sort_key(&c.last_name, &c.first_name), c.id));
        let order: BTreeMap<ChildId, usize> =
            self.children.iter().enumerate().map(|(i, c)| (c.id, i)).collect();
        self.rows
            .sort_by_key(|row| (here.get(&row.activity).copied(), order.get(&row.child).copied()));
    }

    /// The card of a child on the list.
    pub fn child(&self, id: ChildId) -> Option<&ListedChild> {
        self.children.iter().find(|child| child.id == id)
    }

    /// The activity with this slug.
    pub fn activity(&self, slug: &str) -> Option<&ListedActivity> {
        self.activities.iter().find(|a| a.slug.as_str() == slug)
    }
}
