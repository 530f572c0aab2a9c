//! What a list holds, wherever it is shown.

use shared::day_list::{Badge, Standing};
use shared::mode::Mode;

use crate::desk::rows::badge_words;
use crate::words::{t, t1, with};

/// What a list is parted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartBy {
    /// Groups; where there is none, canteen services.
    #[default]
    Group,
    /// Classes.
    Class,
}

impl PartBy {
    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Group => "groupe",
            Self::Class => "classe",
        }
    }

    /// A canteen service in place of a group.
    pub fn sitting(n: u8) -> String {
        sitting_words(n)
    }
}

/// The list of one activity on one day.
#[derive(Clone, Debug)]
pub struct ListSheet {
    /// The site.
    pub site: String,
    /// « lundi 23 novembre 2026 ».
    pub date: String,
    /// The activity.
    pub activity: String,
    /// « 16 h 30 – 18 h 30 ».
    pub hours: String,
    /// How it is pointed: which boxes there are.
    pub mode: Mode,
    /// What is special about the day.
    pub notices: Vec<String>,
    /// Its groups or classes.
    pub parts: Vec<ListPart>,
}

/// A group or class of a list.
#[derive(Clone, Debug)]
pub struct ListPart {
    /// Its name; `None` for those without.
    pub name: Option<String>,
    /// Its rows, by name.
    pub rows: Vec<ListRow>,
}

/// One child on a list.
#[derive(Clone, Debug, Default)]
pub struct ListRow {
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// Class.
    pub class: Option<String>,
    /// School.
    pub school: Option<String>,
    /// Group.
    pub group: Option<String>,
    /// Formula.
    pub formula: Option<String>,
    /// Canteen service.
    pub sitting: Option<u8>,
    /// Canteen table.
    pub table: Option<String>,
    /// « 8 h 30 ».
    pub expected_in: Option<String>,
    /// « 17 h 45 ».
    pub expected_out: Option<String>,
    /// Where it comes from.
    pub comes_from: Option<String>,
    /// Where it goes to.
    pub goes_to: Option<String>,
    /// Badges.
    pub badges: Vec<Badge>,
    /// What staff must know and do, where the reader may see it.
    pub must_know: Option<String>,
    /// Number to call first.
    pub phone: Option<String>,
    /// Why it is not simply expected.
    pub standing: Option<Standing>,
    /// What to know of the day.
    pub note: Option<String>,
}

impl ListSheet {
    /// How many children are on it.
    pub fn rows(&self) -> impl Iterator<Item = &ListRow> {
        self.parts.iter().flat_map(|part| &part.rows)
    }

    /// How many are expected: those elsewhere for the day and those who are free to come are not.
    pub fn expected(&self) -> usize {
        self.rows().filter(|row| row.is_expected()).count()
    }
}

impl ListPart {
    /// Its name, or what stands in its place.
    pub(super) fn title(&self) -> String {
        self.name.clone().unwrap_or_else(|| t("desk-lists-no-part"))
    }
}

impl ListRow {
    /// Whether somebody waits for the child.
    pub fn is_expected(&self) -> bool {
        !matches!(self.standing, Some(Standing::Away { .. } | Standing::Free))
    }

    /// The badges in words, with whether each stands out.
    pub(super) fn badges_in_words(&self) -> Vec<(String, bool)> {
        self.badges.iter().map(badge_words).collect()
    }

    /// Why it is not simply expected, in words.
    pub(super) fn standing_in_words(&self) -> Option<String> {
        Some(match self.standing.as_ref()? {
            Standing::Away { words, picnic: false } => t1("desk-lists-away", "words", words.as_str()),
            Standing::Away { words, picnic: true } => t1("desk-lists-away-picnic", "words", words.as_str()),
            Standing::Free => t("desk-lists-free"),
            Standing::Guest { from } => t1("desk-lists-guest", "from", from.as_str()),
        })
    }

    /// « 16 h 30 – 18 h 00 »; what is known of it.
    pub(super) fn times(&self) -> Option<String> {
        match (&self.expected_in, &self.expected_out) {
            (Some(from), Some(until)) => {
                Some(with("desk-lists-from-until", &[("from", from), ("until", until)]))
            }
            (Some(from), None) => Some(t1("desk-lists-from", "from", from.as_str())),
            (None, Some(until)) => Some(t1("desk-lists-until", "until", until.as_str())),
            (None, None) => None,
        }
    }

    /// Canteen service and table, in words.
    pub(super) fn seat(&self) -> Vec<String> {
        let sitting = self.sitting.map(sitting_words);
        sitting.into_iter().chain(self.table.clone()).collect()
    }

    /// Where from and where to, in words.
    pub(super) fn ways(&self) -> Vec<String> {
        let from = self
            .comes_from
            .as_deref()
            .map(|place| t1("desk-comes-from", "place", place));
        let to = self
            .goes_to
            .as_deref()
            .map(|place| t1("desk-goes-to", "place", place));
        from.into_iter().chain(to).collect()
    }

    /// Class, or school where there is none.
    pub(super) fn home(&self) -> Option<&str> {
        self.class.as_deref().or(self.school.as_deref())
    }
}

/// « 1er service ».
pub(super) fn sitting_words(n: u8) -> String {
    if n == 1 {
        t("desk-sitting-first")
    } else {
        t1("desk-sitting", "n", n)
    }
}
