//! Logins, passwords and telephone numbers that belong to nobody.

use std::collections::BTreeSet;

use shared::text::search_key;

use super::dice::Dice;
use super::names::WORDS;

/// Gives each person an address of their own, in a domain that no mail can reach.
#[derive(Default)]
pub(super) struct Addresses {
    taken: BTreeSet<String>,
}

impl Addresses {
    pub(super) fn of(&mut self, first_name: &str, last_name: &str) -> String {
        let part = |name: &str| search_key(name).replace(' ', "-");
        let name = format!("{}.{}", part(first_name), part(last_name));
        let mut address = format!("{name}@demo.example");
        let mut again = 2;
        while !self.taken.insert(address.clone()) {
            address = format!("{name}{again}@demo.example");
            again += 1;
        }
        address
    }
}

/// A password that can be read aloud: three words and a number.
pub(super) fn password(dice: &mut Dice) -> String {
    let mut word = || dice.pick(WORDS);
    let words = [word(), word(), word()].join("-");
    format!("{words}-{}", 10 + dice.below(90))
}

/// The n-th mobile number of the range reserved for fiction; the first ten thousand differ.
pub(super) fn mobile(n: usize) -> String {
    let digits = (n * 7919 + 1234) % 10_000;
    format!("06 39 98 {:02} {:02}", digits / 100, digits % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namesakes_have_different_addresses() {
        let mut addresses = Addresses::default();
        assert_eq!(
            addresses.of("Anne-Sophie", "Noël"),
            "anne-sophie.noel@demo.example"
        );
        assert_eq!(
            addresses.of("Anne-Sophie", "Noël"),
            "anne-sophie.noel2@demo.example"
        );
    }

    #[test]
    fn passwords_are_long_enough() {
        for n in 0..500 {
            let password = password(&mut Dice::of(1, "password", &[n]));
            assert!(
                password.len() >= 12 && password.split('-').count() == 4,
                "{password}"
            );
        }
    }

    #[test]
    fn telephones_differ() {
        let all: BTreeSet<String> = (0..10_000).map(mobile).collect();
        assert_eq!(all.len(), 10_000);
    }
}
