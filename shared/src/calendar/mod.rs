//! The French school year and public holidays, as rules and published dates.

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
