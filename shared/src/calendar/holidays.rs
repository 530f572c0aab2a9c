//! Public holidays by region and year: computed, not copied.
//!
//! Sources. The eleven of every commune: Code du travail, article L3133-1. Bas-Rhin, Haut-Rhin and
//! Moselle: article L3134-13 (ordinance of 16 August 1892), which has Saint-Étienne everywhere but
//! Good Friday only where a Protestant or a shared church stands. Abolition of slavery: law
//! 83-550, decree 83-1003 as amended by decree 2012-553, and article L3422-2. Saint-Martin keeps
//! 28 May since 2019, though that article still says otherwise; 27 May before.
//! Polynésie française: arrival of the Gospel and Good Friday; the Assembly replaced 29 June by
//! 20 November (Matari’i) on 6 May 2025. Nouvelle-Calédonie: 24 September.
//! Wallis-et-Futuna: 28 April and 29 July, found in one secondary source only, which adds 29 June;
//! left out here. Good Friday is customary in Guadeloupe and Martinique, as are Mi-carême and
//! 21 July, but no law makes them public holidays: a commune that closes enters a local period.
//! `docs/calendar.md` says where each was read.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use super::HolidayRegion as Region;
use super::easter::{after_easter, good_friday};

/// A day of the year and its name.
type Fixed = (u32, u32, &'static str);

const EVERYWHERE: [Fixed; 8] = [
    (1, 1, "Jour de l’an"),
    (5, 1, "Fête du Travail"),
    (5, 8, "Victoire de 1945"),
    (7, 14, "Fête nationale"),
    (8, 15, "Assomption"),
    (11, 1, "Toussaint"),
    (11, 11, "Armistice de 1918"),
    (12, 25, "Noël"),
];

const ABOLITION: &str = "Abolition de l’esclavage";

/// The public holidays of a region in a year, oldest first. `good_friday_here` is the commune's
/// switch; it counts in Alsace-Moselle alone.
pub fn public_holidays(region: Region, good_friday_here: bool, year: i32) -> Vec<(NaiveDate, &'static str)> {
    let fixed = EVERYWHERE.iter().chain(own(region, year));
    let mut days: Vec<_> = fixed
        .map(|&(month, day, name)| (NaiveDate::from_ymd_opt(year, month, day), name))
        .chain(moving(region, good_friday_here, year))
        .filter_map(|(date, name)| Some((date?, name)))
        .collect();
    days.sort_by_key(|(date, _)| *date);
    days
}

/// Those that move with Easter.
fn moving(region: Region, good_friday_here: bool, year: i32) -> [(Option<NaiveDate>, &'static str); 4] {
    [
        (after_easter(year, 1), "Lundi de Pâques"),
        (after_easter(year, 39), "Ascension"),
        (after_easter(year, 50), "Lundi de Pentecôte"),
        (
            good_friday(year).filter(|_| has_good_friday(region, good_friday_here)),
            "Vendredi saint",
        ),
    ]
}

/// The months in which those can lie: Easter is between 22 March and 25 April.
const OF_EASTER: RangeInclusive<u32> = 3..=6;

/// The public holiday of a date. Where two meet, as Labour Day and Ascension did in 2008, the one
/// with the fixed date names the day.
pub fn public_holiday(region: Region, good_friday_here: bool, date: NaiveDate) -> Option<&'static str> {
    let mut fixed = EVERYWHERE.iter().chain(own(region, date.year()));
    let named = fixed.find(|(month, day, _)| (*month, *day) == (date.month(), date.day()));
    match named {
        Some((_, _, name)) => Some(name),
        None if OF_EASTER.contains(&date.month()) => moving(region, good_friday_here, date.year())
            .into_iter()
            .find_map(|(day, name)| (day == Some(date)).then_some(name)),
        None => None,
    }
}

fn has_good_friday(region: Region, here: bool) -> bool {
    match region {
        Region::AlsaceMoselle => here,
        Region::Polynesie => true,
        Region::Metropole
        | Region::Guadeloupe
        | Region::Guyane
        | Region::Martinique
        | Region::Mayotte
        | Region::Reunion
        | Region::SaintBarthelemy
        | Region::SaintMartin
        | Region::SaintPierreEtMiquelon
        | Region::NouvelleCaledonie
        | Region::WallisEtFutuna => false,
    }
}

fn own(region: Region, year: i32) -> &'static [Fixed] {
    match region {
        Region::Metropole | Region::SaintPierreEtMiquelon => &[],
        Region::AlsaceMoselle => &[(12, 26, "Saint-Étienne")],
        Region::Guadeloupe => &[(5, 27, ABOLITION)],
        Region::Guyane => &[(6, 10, ABOLITION)],
        Region::Martinique => &[(5, 22, ABOLITION)],
        Region::Mayotte => &[(4, 27, ABOLITION)],
        Region::Reunion => &[(12, 20, ABOLITION)],
        Region::SaintBarthelemy => &[(10, 9, ABOLITION)],
        Region::SaintMartin if year < 2019 => &[(5, 27, ABOLITION)],
        Region::SaintMartin => &[(5, 28, ABOLITION)],
        Region::NouvelleCaledonie => &[(9, 24, "Fête de la citoyenneté")],
        Region::Polynesie if year < 2025 => {
            &[(3, 5, "Arrivée de l’Évangile"), (6, 29, "Fête de l’autonomie")]
        }
        Region::Polynesie => &[(3, 5, "Arrivée de l’Évangile"), (11, 20, "Matari’i")],
        Region::WallisEtFutuna => &[(4, 28, "Saint Pierre Chanel"), (7, 29, "Fête du Territoire")],
    }
}
