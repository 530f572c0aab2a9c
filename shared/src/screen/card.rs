//! A child's card, and children found by name.

use serde::{Deserialize, Serialize};

use super::{BadgeView, Choice, Row};
use crate::day_list::Contact;

/// A child's card on a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The row of the list shown; for a child of another list or site, as it would stand there.
    pub row: Row,
    /// « 7 ans », or the year of birth for a child of another site.
    pub age_label: Option<String>,
    /// Whom to call, in order.
    pub contacts: Vec<Contact>,
    /// Badges in full.
    pub badges: Vec<BadgeView>,
    /// There are health details: they ask for the PIN again.
    pub has_health: bool,
    /// Marks of the day on this child, in order of time, over all its lists.
    pub timeline: Vec<Event>,
    /// The week's reservations, Monday to Sunday, days without any left out.
    pub week: Vec<WeekDay>,
    /// Memos of the day, oldest first.
    pub memos: Vec<Memo>,
    /// Siblings on this list.
    pub siblings: Vec<Choice>,
    /// Sites where the child may be sent for the rest of the day.
    pub other_sites: Vec<Choice>,
}

/// A mark in a child's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The mark.
    pub mark: String,
    /// When it counts: « 8 h 30 ».
    pub at: String,
    /// `HH:MM`, for the field of a correction.
    pub at_field: String,
    /// What happened, worded: « Arrivée », « Absence : maladie », « Heure corrigée : 8 h 10 (oubli) ».
    pub what: String,
    /// Name of the activity.
    pub activity: String,
    /// Who made it; `None` where nobody had said who they are.
    pub author: Option<String>,
    /// « Cette tablette », or the number of another.
    pub device: String,
    /// What became of it.
    pub fate: Fate,
    /// Undone: shown struck out.
    pub undone: bool,
    /// It can still be undone.
    pub can_undo: bool,
    /// Its time can be corrected.
    pub can_correct: bool,
}

/// What became of a tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// On this tablet's disk, without a receipt.
    Waiting,
    /// A receipt of the server covers it.
    Accepted,
    /// It lies off-site too.
    InBackup,
    /// The server keeps it aside for a person.
    Refused,
    /// It contradicts another mark.
    InConflict,
}

/// A day of the week's reservations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekDay {
    /// « lundi 23 novembre ».
    pub label: String,
    /// It is the date shown.
    pub shown: bool,
    /// What is reserved.
    pub lines: Vec<WeekLine>,
}

/// A reservation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekLine {
    /// Name of the activity.
    pub activity: String,
    /// Name of the formula.
    pub formula: Option<String>,
    /// « 8 h – 8 h 30 », « Sortie au musée ».
    pub detail: Option<String>,
}

/// A memo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memo {
    /// Its mark.
    pub mark: String,
    /// « 8 h 30 ».
    pub at: String,
    /// Its words.
    pub text: String,
    /// Who wrote it.
    pub author: Option<String>,
}

/// What a PIN shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "came", content = "with")]
pub enum Health {
    /// The details.
    Shown(String),
    /// The PIN is not the holder's; so many attempts are left.
    Wrong(u32),
    /// Too many wrong ones: the tablet asks who points.
    Locked,
}

/// A child sent to another site for the rest of the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// The list it is sent from.
    pub list: super::ListRef,
    /// The child.
    pub child: String,
    /// Site id.
    pub to: String,
}

/// A child found by name: of another list of the site, or of the town.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Child id.
    pub child: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// « 7 ans » or « né en 2019 ».
    pub age_label: Option<String>,
    /// School and class, as far as known.
    pub place: Option<String>,
    /// Allergy with its emergency line.
    pub allergy: Option<String>,
    /// Number to call first.
    pub phone: Option<String>,
    /// Why it is not on the list shown: « Réservé à la garderie du soir ».
    pub detail: Option<String>,
    /// Child of this site.
    pub of_site: bool,
}
