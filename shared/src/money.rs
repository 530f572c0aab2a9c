//! Money: whole cents, never a float.

use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// An amount in euro cents. Sums saturate, far beyond what any town bills.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[serde(transparent)]
#[cbor(transparent)]
pub struct Cents(#[n(0)] pub i64);

impl Cents {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many hundredths of it, rounded half up: a half cent is in the town's favour.
    #[must_use]
    pub fn percent(self, percent: u8) -> Self {
        let exact = i128::from(self.0) * i128::from(percent);
        let rounded = (exact + 50).div_euclid(100);
        Self(i64::try_from(rounded).unwrap_or(i64::MAX))
    }

    /// Reads an amount as people type it: « 4 », « 4,5 », « 4.50 € ». Nothing else, and nothing negative.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text
            .trim()
            .trim_end_matches('€')
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        let (whole, part) = text.split_once([',', '.']).unwrap_or((&text, ""));
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 2 || whole.len() > 12 {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let part: i64 = format!("{part:0<2}").parse().ok()?;
        Some(Self(whole * 100 + part))
    }

    /// As it stands in a form: « 4,50 ».
    pub fn typed(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        format!("{sign}{},{:02}", cents / 100, cents % 100)
    }
}

impl Add for Cents {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Cents {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Cents {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_people_type_it() {
        for (text, cents) in [
            ("4", 400),
            ("4,5", 450),
            (" 4.50 € ", 450),
            ("1 234,56", 123_456),
            ("0,01", 1),
        ] {
            assert_eq!(Cents::parse(text), Some(Cents(cents)), "{text}");
        }
        for text in ["", "-4", "4,567", "4,5,6", "quatre", ",5", "1e3", "9999999999999"] {
            assert_eq!(Cents::parse(text), None, "{text}");
        }
    }

    #[test]
    fn half_a_cent_goes_up() {
        assert_eq!(Cents(333).percent(50), Cents(167));
        assert_eq!(Cents(1000).percent(0), Cents(0));
        assert_eq!(Cents(1001).percent(100), Cents(1001));
    }

    #[test]
    fn what_is_typed_is_read_back() {
        for cents in [0, 1, 10, 99, 100, 123_456] {
            assert_eq!(Cents::parse(&Cents(cents).typed()), Some(Cents(cents)));
        }
    }
}
