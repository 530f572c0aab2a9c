//! The order of the rows, and the letters to jump by.

use shared::screen::Row;

/// What the rows are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    /// By last name.
    #[default]
    Name,
    /// By first name.
    First,
    /// By expected arrival.
    Arrival,
    /// By expected departure.
    Departure,
    /// By class, then first name: a nursery school.
    Class,
}

impl Sort {
    /// Those a person chooses from.
    pub(crate) const CHOICES: [Self; 4] = [Self::Name, Self::First, Self::Arrival, Self::Departure];

    /// Its short name.
    pub(crate) fn slug(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::First => "first",
            Self::Arrival => "arrival",
            Self::Departure => "departure",
            Self::Class => "class",
        }
    }

    /// The key of its name on the screen.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Name => "tablet-sort-name",
            Self::First => "tablet-sort-first",
            Self::Arrival => "tablet-sort-arrival",
            Self::Departure => "tablet-sort-departure",
            Self::Class => "tablet-sort-class",
        }
    }

    /// The one of that short name.
    pub(crate) fn of(slug: &str) -> Self {
        let found = Self::CHOICES.into_iter().find(|sort| sort.slug() == slug);
        found.unwrap_or_default()
    }

    /// What a row is sorted by; `by_name` is its place by last name.
    pub(crate) fn key(self, row: &Row, by_name: &str) -> (u16, String, String) {
        let last = by_name.to_owned();
        match self {
            Self::Name => (0, String::new(), last),
            Self::First => (0, row.first_key.clone(), last),
            Self::Arrival => (row.expected_in_minute.unwrap_or(u16::MAX), String::new(), last),
            Self::Departure => (row.expected_out_minute.unwrap_or(u16::MAX), String::new(), last),
            Self::Class => (
                0,
                row.class.clone().unwrap_or_default(),
                format!("{}\u{1}{last}", row.first_key),
            ),
        }
    }

    /// The letter a row stands under; none where the order is not by letters.
    pub(crate) fn letter(self, row: &Row) -> Option<char> {
        let key = match self {
            Self::Name => &row.search_key,
            Self::First => &row.first_key,
            Self::Arrival | Self::Departure | Self::Class => return None,
        };
        key.chars().next().map(|first| first.to_ascii_uppercase())
    }
}

/// Letters to jump by: a stretch of the list each, about as long as the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// « A–C ».
    pub(crate) label: String,
    /// Where it begins: the place of its first row.
    pub(crate) first: usize,
}

/// Below so many rows nobody needs to jump.
const LONG: usize = 25;

/// Cuts a list into stretches by the letters of its rows, which stand in order.
pub(crate) fn stretches(letters: &[Option<char>], most: usize) -> Vec<Stretch> {
    let known: Option<Vec<char>> = letters.iter().copied().collect();
    let Some(letters) = known.filter(|letters| letters.len() > LONG) else {
        return Vec::new();
    };
    let each = letters.len().div_ceil(most).max(1);
    let mut stretches: Vec<(char, char, usize)> = Vec::new();
    for (place, letter) in letters.into_iter().enumerate() {
        match stretches.last_mut() {
            Some((_, last, _)) if *last == letter => {}
            Some((_, last, first)) if place - *first < each => *last = letter,
            _ => stretches.push((letter, letter, place)),
        }
    }
    let worded = stretches.into_iter().map(|(from, to, first)| Stretch {
        label: if from == to {
            from.to_string()
        } else {
            format!("{from}\u{2013}{to}")
        },
        first,
    });
    worded.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_cut_into_stretches_and_a_short_one_is_not() {
        let letters: Vec<Option<char>> = "AAAAAAAABBBBCCCCCCCCCCCCDDDDEZ".chars().map(Some).collect();
        let cut = stretches(&letters, 3);
        let labels: Vec<_> = cut.iter().map(|s| (s.label.as_str(), s.first)).collect();
        assert_eq!(labels, [("A–B", 0), ("C", 12), ("D–Z", 24)]);
        assert!(stretches(&letters[..10], 3).is_empty());
    }
}
