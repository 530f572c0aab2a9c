//! The French school year and public holidays, as rules and published dates.

mod day;
mod easter;
mod holidays;
#[cfg(test)]
mod tests;
mod vacations;

pub use day::{Calendar, DayKind, SchoolDay};
pub use easter::easter;
pub use holidays::{public_holiday, public_holidays};
pub use vacations::{Vacation, known, vacations};

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Whose school holidays a commune has.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum SchoolZone {
    /// Zone A.
    #[n(0)]
    A,
    /// Zone B.
    #[n(1)]
    B,
    /// Zone C.
    #[n(2)]
    C,
    /// Corse.
    #[n(3)]
    Corse,
    /// Guadeloupe (with Saint-Barthélemy and Saint-Martin).
    #[n(4)]
    Guadeloupe,
    /// Guyane.
    #[n(5)]
    Guyane,
    /// Martinique.
    #[n(6)]
    Martinique,
    /// Mayotte.
    #[n(7)]
    Mayotte,
    /// La Réunion.
    #[n(8)]
    Reunion,
    /// Saint-Pierre-et-Miquelon.
    #[n(9)]
    SaintPierreEtMiquelon,
    /// Nouvelle-Calédonie.
    #[n(10)]
    NouvelleCaledonie,
    /// Polynésie française.
    #[n(11)]
    Polynesie,
    /// Wallis-et-Futuna.
    #[n(12)]
    WallisEtFutuna,
}

/// Whose public holidays a commune has.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum HolidayRegion {
    /// Metropolitan France but Alsace and Moselle.
    #[n(0)]
    Metropole,
    /// Bas-Rhin, Haut-Rhin, Moselle.
    #[n(1)]
    AlsaceMoselle,
    /// Guadeloupe.
    #[n(2)]
    Guadeloupe,
    /// Guyane.
    #[n(3)]
    Guyane,
    /// Martinique.
    #[n(4)]
    Martinique,
    /// Mayotte.
    #[n(5)]
    Mayotte,
    /// La Réunion.
    #[n(6)]
    Reunion,
    /// Saint-Barthélemy.
    #[n(7)]
    SaintBarthelemy,
    /// Saint-Martin.
    #[n(8)]
    SaintMartin,
    /// Saint-Pierre-et-Miquelon.
    #[n(9)]
    SaintPierreEtMiquelon,
    /// Nouvelle-Calédonie.
    #[n(10)]
    NouvelleCaledonie,
    /// Polynésie française.
    #[n(11)]
    Polynesie,
    /// Wallis-et-Futuna.
    #[n(12)]
    WallisEtFutuna,
}

impl SchoolZone {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::A,
        Self::B,
        Self::C,
        Self::Corse,
        Self::Guadeloupe,
        Self::Guyane,
        Self::Martinique,
        Self::Mayotte,
        Self::Reunion,
        Self::SaintPierreEtMiquelon,
        Self::NouvelleCaledonie,
        Self::Polynesie,
        Self::WallisEtFutuna,
    ];

    /// The word forms and tables use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
            Self::C => "c",
            Self::Corse => "corse",
            Self::Guadeloupe => "guadeloupe",
            Self::Guyane => "guyane",
            Self::Martinique => "martinique",
            Self::Mayotte => "mayotte",
            Self::Reunion => "reunion",
            Self::SaintPierreEtMiquelon => "saint_pierre_et_miquelon",
            Self::NouvelleCaledonie => "nouvelle_caledonie",
            Self::Polynesie => "polynesie",
            Self::WallisEtFutuna => "wallis_et_futuna",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// The month in which its school year begins.
    pub fn first_month(self) -> u32 {
        match self {
            Self::Mayotte | Self::Reunion | Self::Polynesie => 8,
            Self::NouvelleCaledonie | Self::WallisEtFutuna => 2,
            Self::A
            | Self::B
            | Self::C
            | Self::Corse
            | Self::Guadeloupe
            | Self::Guyane
            | Self::Martinique
            | Self::SaintPierreEtMiquelon => 9,
        }
    }
}

impl HolidayRegion {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Metropole,
        Self::AlsaceMoselle,
        Self::Guadeloupe,
        Self::Guyane,
        Self::Martinique,
        Self::Mayotte,
        Self::Reunion,
        Self::SaintBarthelemy,
        Self::SaintMartin,
        Self::SaintPierreEtMiquelon,
        Self::NouvelleCaledonie,
        Self::Polynesie,
        Self::WallisEtFutuna,
    ];

    /// The word forms and tables use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Metropole => "metropole",
            Self::AlsaceMoselle => "alsace_moselle",
            Self::Guadeloupe => "guadeloupe",
            Self::Guyane => "guyane",
            Self::Martinique => "martinique",
            Self::Mayotte => "mayotte",
            Self::Reunion => "reunion",
            Self::SaintBarthelemy => "saint_barthelemy",
            Self::SaintMartin => "saint_martin",
            Self::SaintPierreEtMiquelon => "saint_pierre_et_miquelon",
            Self::NouvelleCaledonie => "nouvelle_caledonie",
            Self::Polynesie => "polynesie",
            Self::WallisEtFutuna => "wallis_et_futuna",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}
