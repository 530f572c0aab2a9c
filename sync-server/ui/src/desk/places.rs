//! Where the bar leads.

use crate::words::{t, t1};

/// A part of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Today's boards.
    Today,
    /// Children and their families.
    Children,
    /// Reservations.
    Bookings,
    /// Printed lists.
    Lists,
    /// The calendar and exceptional days.
    Calendar,
    /// Schools, sites, activities, staff, agents.
    Settings,
    /// Tablets.
    Tablets,
    /// What does not agree.
    Discrepancies,
    /// What was kept aside.
    Quarantine,
}

impl Place {
    /// All of them, in the order of the bar.
    pub const ALL: [Self; 9] = [
        Self::Today,
        Self::Discrepancies,
        Self::Children,
        Self::Bookings,
        Self::Lists,
        Self::Calendar,
        Self::Settings,
        Self::Tablets,
        Self::Quarantine,
    ];

    /// The part that a page belongs to, by the first word of its path under `/gestion`.
    pub fn of_page(word: &str) -> Option<Self> {
        Some(match word {
            "" | "jour" => Self::Today,
            "enfants" | "foyers" | "responsables" | "familles" | "import" => Self::Children,
            "reservations" => Self::Bookings,
            "listes" => Self::Lists,
            "calendrier" => Self::Calendar,
            "reglages" | "service" => Self::Settings,
            "tablettes" => Self::Tablets,
            "ecarts" => Self::Discrepancies,
            "quarantaine" => Self::Quarantine,
            _ => return None,
        })
    }

    /// Its address in a commune.
    pub(super) fn address(self, slug: &str) -> String {
        let page = match self {
            Self::Today => "",
            Self::Children => "/enfants",
            Self::Bookings => "/reservations",
            Self::Lists => "/listes",
            Self::Calendar => "/calendrier",
            Self::Settings => "/reglages",
            Self::Tablets => "/tablettes",
            Self::Discrepancies => "/ecarts",
            Self::Quarantine => "/quarantaine",
        };
        format!("/{slug}/gestion{page}")
    }

    /// Its name; `waiting` is what waits in quarantine, `open` how many discrepancies are open.
    pub(super) fn words(self, waiting: u64, open: u64) -> String {
        match self {
            Self::Today => t("desk-place-today"),
            Self::Children => t("desk-place-children"),
            Self::Bookings => t("desk-place-bookings"),
            Self::Lists => t("desk-place-lists"),
            Self::Calendar => t("desk-place-calendar"),
            Self::Settings => t("desk-place-settings"),
            Self::Tablets => t("desk-place-tablets"),
            Self::Discrepancies => t1("desk-place-discrepancies", "count", open),
            Self::Quarantine => t1("desk-place-quarantine", "count", waiting),
        }
    }
}
