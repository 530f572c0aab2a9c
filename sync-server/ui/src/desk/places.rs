//! Where the bar leads.

use crate::words::{t, t1};

/// A part of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Today's boards.
    Today,
    /// Children and their families.
    Children,
    /// What families ask.
    Requests,
    /// Accounts of families, payers, files that stand twice.
    Accounts,
    /// Reservations.
    Bookings,
    /// Printed lists.
    Lists,
    /// The calendar and exceptional days.
    Calendar,
    /// Schools, sites, activities, staff, agents.
    Settings,
    /// The families' portal: its settings, texts and menus.
    Portal,
    /// Tablets.
    Tablets,
    /// What does not agree.
    Discrepancies,
    /// What was kept aside.
    Quarantine,
    /// A history that was found again, while something of it is to be settled.
    Merge,
}

impl Place {
    /// All of them, in the order of the bar.
    pub const ALL: [Self; 13] = [
        Self::Today,
        Self::Discrepancies,
        Self::Children,
        Self::Accounts,
        Self::Requests,
        Self::Bookings,
        Self::Lists,
        Self::Calendar,
        Self::Settings,
        Self::Portal,
        Self::Tablets,
        Self::Quarantine,
        Self::Merge,
    ];

    /// The part that a page belongs to, by the first word of its path under `/gestion`.
    pub fn of_page(word: &str) -> Option<Self> {
        Some(match word {
            "" | "jour" => Self::Today,
            "enfants" | "foyers" | "responsables" | "familles" | "import" => Self::Children,
            "demandes" => Self::Requests,
            "comptes" | "payeurs" | "doublons" | "envois" => Self::Accounts,
            "reservations" | "demandes-reservations" | "occupation" | "sans-reservation" => Self::Bookings,
            "listes" => Self::Lists,
            "calendrier" => Self::Calendar,
            "reglages" | "service" | "regles" => Self::Settings,
            "portail" => Self::Portal,
            "tablettes" | "pannes" => Self::Tablets,
            "ecarts" => Self::Discrepancies,
            "quarantaine" => Self::Quarantine,
            "fusion" => Self::Merge,
            _ => return None,
        })
    }

    /// Its address in a commune.
    pub(super) fn address(self, slug: &str) -> String {
        let page = match self {
            Self::Today => "",
            Self::Children => "/enfants",
            Self::Accounts => "/comptes",
            Self::Requests => "/demandes",
            Self::Bookings => "/reservations",
            Self::Lists => "/listes",
            Self::Calendar => "/calendrier",
            Self::Settings => "/reglages",
            Self::Portal => "/portail",
            Self::Tablets => "/tablettes",
            Self::Discrepancies => "/ecarts",
            Self::Quarantine => "/quarantaine",
            Self::Merge => "/fusion",
        };
        format!("/{slug}/gestion{page}")
    }

    /// Its name, with how much waits there.
    pub(super) fn words(self, bar: &super::Bar) -> String {
        match self {
            Self::Today => t("desk-place-today"),
            Self::Children => t("desk-place-children"),
            Self::Accounts => t("accounts-place"),
            Self::Requests => t("desk-place-requests"),
            Self::Bookings => t("desk-place-bookings"),
            Self::Lists => t("desk-place-lists"),
            Self::Calendar => t("desk-place-calendar"),
            Self::Settings => t("desk-place-settings"),
            Self::Portal => t("desk-place-portal"),
            Self::Tablets => t("desk-place-tablets"),
            Self::Discrepancies => t1("desk-place-discrepancies", "count", bar.open),
            Self::Quarantine => t1("desk-place-quarantine", "count", bar.waiting),
            Self::Merge => t1("desk-place-merge", "count", bar.to_settle),
        }
    }
}
