//! Which files may stand twice, and who may be whom: pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::ids::{ChildId, GuardianId, HouseholdId};
use shared::text::search_key;

/// A child as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Child {
    pub(super) id: ChildId,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) born: NaiveDate,
}

/// A guardian as they are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Guardian {
    pub(super) id: GuardianId,
    pub(super) household: HouseholdId,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
}

/// Why two files may be of the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    /// The same name and date of birth.
    NameAndBirth,
    /// The same name.
    Name,
    /// The same e-mail.
    Email,
    /// The same telephone.
    Phone,
}

/// Two files that may be of the same; the smaller id first.
pub(super) type Pairs<T> = BTreeMap<(T, T), BTreeSet<Why>>;

/// A name, whichever way round it was written, accents and hyphens aside.
pub(super) fn name_key(first_name: &str, last_name: &str) -> String {
    let key = search_key(&format!("{last_name} {first_name}"));
    let mut words: Vec<&str> = key.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

/// An e-mail, case aside.
pub(super) fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// The last nine digits of a telephone: with its country or without. `None` for what can be nobody's own.
pub(super) fn phone_key(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let key = digits.get(digits.len().checked_sub(9)?..)?;
    let first = key.chars().next()?;
    (!key.chars().all(|digit| digit == first)).then(|| key.to_owned())
}

/// Pairs of neighbours among those of one key: each that may be double is named, and a number that a whole school
/// has given names a few pairs and not thousands.
fn pair_up<T: Ord + Copy>(pairs: &mut Pairs<T>, same: BTreeMap<String, BTreeSet<T>>, why: Why) {
    for group in same.into_values() {
        let group: Vec<T> = group.into_iter().collect();
        for two in group.windows(2) {
            pairs.entry((two[0], two[1])).or_default().insert(why);
        }
    }
}

/// Children that may stand twice.
pub(super) fn children(all: &[Child]) -> Pairs<ChildId> {
    let mut same: BTreeMap<String, BTreeSet<ChildId>> = BTreeMap::new();
    for child in all {
        let key = format!("{} {}", name_key(&child.first_name, &child.last_name), child.born);
        same.entry(key).or_default().insert(child.id);
    }
    let mut pairs = Pairs::new();
    pair_up(&mut pairs, same, Why::NameAndBirth);
    pairs
}

/// Households that may stand twice: one of their people has the same e-mail or telephone. A name alone is no sign.
pub(super) fn households(all: &[Guardian]) -> Pairs<HouseholdId> {
    let mut emails: BTreeMap<String, BTreeSet<HouseholdId>> = BTreeMap::new();
    let mut phones: BTreeMap<String, BTreeSet<HouseholdId>> = BTreeMap::new();
    let mut names: BTreeMap<String, BTreeSet<HouseholdId>> = BTreeMap::new();
    for one in all {
        if let Some(email) = &one.email {
            emails.entry(email_key(email)).or_default().insert(one.household);
        }
        if let Some(key) = one.phone.as_deref().and_then(phone_key) {
            phones.entry(key).or_default().insert(one.household);
        }
        names
            .entry(name_key(&one.first_name, &one.last_name))
            .or_default()
            .insert(one.household);
    }
    let mut pairs = Pairs::new();
    pair_up(&mut pairs, emails, Why::Email);
    pair_up(&mut pairs, phones, Why::Phone);
    let mut named = Pairs::new();
    pair_up(&mut named, names, Why::Name);
    for (pair, why) in named {
        if let Some(known) = pairs.get_mut(&pair) {
            known.extend(why);
        }
    }
    pairs
}

/// Guardians who may be whoever asks to be known, the likeliest first.
pub(super) fn who(
    all: &[Guardian],
    (first_name, last_name): (&str, &str),
    email: &str,
    phone: Option<&str>,
) -> Vec<(GuardianId, BTreeSet<Why>)> {
    let name = name_key(first_name, last_name);
    let (email, phone) = (email_key(email), phone.and_then(phone_key));
    let mut found: Vec<(GuardianId, BTreeSet<Why>)> = all
        .iter()
        .filter_map(|one| {
            let mut why = BTreeSet::new();
            if name_key(&one.first_name, &one.last_name) == name {
                why.insert(Why::Name);
            }
            if one
                .email
                .as_deref()
                .is_some_and(|other| email_key(other) == email)
            {
                why.insert(Why::Email);
            }
            if phone.is_some() && one.phone.as_deref().and_then(phone_key) == phone {
                why.insert(Why::Phone);
            }
            (!why.is_empty()).then_some((one.id, why))
        })
        .collect();
    found.sort_by_key(|(id, why)| (std::cmp::Reverse(why.len()), *id));
    found.truncate(6);
    found
}

/// Children who may be one that a family names: the same name, or the same day of birth and a part of the name.
pub(super) fn which(all: &[Child], first_name: &str, last_name: &str, born: NaiveDate) -> Vec<ChildId> {
    let name = name_key(first_name, last_name);
    let first = search_key(first_name);
    let mut found: Vec<(bool, ChildId)> = all
        .iter()
        .filter_map(|child| {
            let same_name = name_key(&child.first_name, &child.last_name) == name;
            let same_day = child.born == born;
            let near = same_day && search_key(&child.first_name) == first;
            (same_name || near).then_some((!(same_name && same_day), child.id))
        })
        .collect();
    found.sort_unstable();
    found.truncate(6);
    found.into_iter().map(|(_, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn child(n: u128, first: &str, last: &str, born: &str) -> Child {
        Child {
            id: ChildId(Uuid::from_u128(n)),
            first_name: first.into(),
            last_name: last.into(),
            born: day(born),
        }
    }

    fn guardian(
        n: u128,
        home: u128,
        name: (&str, &str),
        email: Option<&str>,
        phone: Option<&str>,
    ) -> Guardian {
        Guardian {
            id: GuardianId(Uuid::from_u128(n)),
            household: HouseholdId(Uuid::from_u128(home)),
            first_name: name.0.into(),
            last_name: name.1.into(),
            email: email.map(str::to_owned),
            phone: phone.map(str::to_owned),
        }
    }

    #[test]
    fn a_child_entered_twice_is_found_however_its_name_was_written() {
        let all = [
            child(1, "Léa", "Martin-Dupré", "2018-05-04"),
            child(2, "LEA", "DUPRE MARTIN", "2018-05-04"),
            child(3, "Léa", "Martin-Dupré", "2018-05-05"),
            child(4, "Théo", "Martin", "2018-05-04"),
        ];
        let pairs: Vec<_> = children(&all).into_keys().collect();
        assert_eq!(pairs, [(all[0].id, all[1].id)]);
    }

    #[test]
    fn households_are_found_by_an_address_or_a_telephone_and_never_by_a_name() {
        let (a, b, c) = ((1, 10), (2, 11), (3, 12));
        let all = [
            guardian(a.0, a.1, ("Claire", "Martin"), Some("Claire@Exemple.fr"), None),
            guardian(
                b.0,
                b.1,
                ("Claire", "Martin"),
                Some("claire@exemple.fr "),
                Some("06 39 98 12 34"),
            ),
            guardian(c.0, c.1, ("Paul", "Petit"), None, Some("+33 6 39 98 12 34")),
            guardian(4, 13, ("Paul", "Petit"), None, Some("00 00 00 00 00")),
            guardian(5, 14, ("Rita", "Roux"), None, Some("0000000000")),
        ];
        let found = households(&all);
        let home = |n| HouseholdId(Uuid::from_u128(n));
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[&(home(10), home(11))],
            BTreeSet::from([Why::Name, Why::Email])
        );
        assert_eq!(found[&(home(11), home(12))], BTreeSet::from([Why::Phone]));
    }

    #[test]
    fn an_address_that_a_whole_school_gave_names_few_pairs() {
        let all: Vec<_> = (0..200)
            .map(|n| guardian(n, 1000 + n, ("A", "B"), Some("ecole@exemple.fr"), None))
            .collect();
        assert_eq!(households(&all).len(), 199);
    }

    #[test]
    fn whoever_asks_is_recognised_by_what_they_say() {
        let all = [
            guardian(1, 10, ("Claire", "Martin"), Some("claire@exemple.fr"), None),
            guardian(2, 11, ("Claire", "Martin"), None, None),
            guardian(3, 12, ("Rita", "Roux"), None, None),
        ];
        let found = who(&all, ("claire", "MARTIN"), "CLAIRE@exemple.fr", None);
        assert_eq!(
            found.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
            [all[0].id, all[1].id]
        );
        let kids = [
            child(1, "Léa", "Martin", "2018-05-04"),
            child(2, "Léa", "Dupré", "2018-05-04"),
            child(3, "Léa", "Martin", "2017-01-01"),
        ];
        assert_eq!(
            which(&kids, "lea", "martin", day("2018-05-04")),
            [kids[0].id, kids[1].id, kids[2].id]
        );
        assert!(which(&kids, "Tom", "Roux", day("2018-05-04")).is_empty());
    }
}
