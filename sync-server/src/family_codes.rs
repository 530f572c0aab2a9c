//! Codes on paper: one of a child, one of the payer's side that it opens, each of eight signs (35 bits and a check).
//!
//! The alphabet is Crockford's base 32: no I, L, O or U, and what is read for them is understood. The last sign checks
//! the others over GF(32): every wrong sign and every two signs that changed places are noticed before anything is
//! looked up. A child's code and a payer's differ by what their check is added to, so that two codes typed into each
//! other's fields are known for what they are. Only the SHA-256 of a pair is ever kept (docs/formats.md).

use shared::codec::Hash32;
use shared::sign::sha256;

const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Signs of a code, its check among them.
const CHARS: usize = 8;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// « Code enfant ».
    Child,
    /// « Code payeur ».
    Payer,
}

impl Kind {
    /// What a check of this kind is added to.
    fn salt(self) -> u8 {
        match self {
            Self::Child => 0b0_0110,
            Self::Payer => 0b1_0101,
        }
    }
}

/// Why a text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misread {
    /// Not eight signs.
    Length,
    /// A sign that stands in no code.
    Sign,
    /// A sign is wrong, or two changed places.
    Check,
    /// It is a code of the other kind.
    OtherKind,
}

/// A code in its normal form: eight signs in capitals, nothing between them. It is never logged and never stored.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Code(String);

impl Code {
    /// A code of 35 of these 40 random bits.
    pub(crate) fn of(kind: Kind, random: [u8; 5]) -> Self {
        let bits = random
            .iter()
            .fold(0_u64, |all, byte| (all << 8) | u64::from(*byte));
        let mut values: Vec<u8> = (0..CHARS - 1)
            .map(|place| u8::try_from((bits >> (5 * place)) & 31).unwrap_or_default())
            .collect();
        values.push(check(kind, &values));
        Self(
            values
                .iter()
                .map(|value| char::from(SIGNS[usize::from(*value)]))
                .collect(),
        )
    }

    /// Reads a code as people type it: in any case, with spaces and hyphens, O for 0, I and L for 1.
    pub(crate) fn read(kind: Kind, text: &str) -> Result<Self, Misread> {
        let values = values_of(text)?;
        if values.len() != CHARS {
            return Err(Misread::Length);
        }
        let (signs, last) = values.split_at(CHARS - 1);
        let fits = |kind| last == [check(kind, signs)];
        let other = match kind {
            Kind::Child => Kind::Payer,
            Kind::Payer => Kind::Child,
        };
        match (fits(kind), fits(other)) {
            (true, _) => Ok(Self(
                values
                    .iter()
                    .map(|value| char::from(SIGNS[usize::from(*value)]))
                    .collect(),
            )),
            (false, true) => Err(Misread::OtherKind),
            (false, false) => Err(Misread::Check),
        }
    }

    /// As it is printed: two groups of four.
    pub(crate) fn shown(&self) -> String {
        let (first, second) = self.0.split_at(CHARS / 2);
        format!("{first}-{second}")
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(…)")
    }
}

/// Reads a pair, in whichever order it was typed.
pub(crate) fn read_pair(
    child: &str,
    payer: &str,
) -> Result<(Code, Code), (Option<Misread>, Option<Misread>)> {
    let straight = (Code::read(Kind::Child, child), Code::read(Kind::Payer, payer));
    match straight {
        (Ok(child), Ok(payer)) => Ok((child, payer)),
        (Err(Misread::OtherKind), Err(Misread::OtherKind)) => {
            match (Code::read(Kind::Child, payer), Code::read(Kind::Payer, child)) {
                (Ok(child), Ok(payer)) => Ok((child, payer)),
                (first, second) => Err((second.err(), first.err())),
            }
        }
        (first, second) => Err((first.err(), second.err())),
    }
}

/// What is kept of a pair.
pub(crate) fn pair(slug: &str, child: &Code, payer: &Code) -> Hash32 {
    sha256(&[
        b"preau family code",
        slug.as_bytes(),
        child.0.as_bytes(),
        payer.0.as_bytes(),
    ])
}

fn values_of(text: &str) -> Result<Vec<u8>, Misread> {
    // A text that is far too long is not worth reading.
    let signs = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '–' | '—' | '.' | '_'));
    signs
        .take(CHARS + 1)
        .map(|sign| {
            let sign = match sign.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                sign => sign,
            };
            let place = SIGNS.iter().position(|one| char::from(*one) == sign);
            place
                .and_then(|place| u8::try_from(place).ok())
                .ok_or(Misread::Sign)
        })
        .collect()
}

/// The sum of all values, each times another power of x, over GF(32) = GF(2)[x] / (x⁵ + x² + 1). All weights differ and
/// none is nothing or one, so that one wrong sign, and two signs that changed places, give another sum.
fn check(kind: Kind, values: &[u8]) -> u8 {
    let sum = values.iter().fold(0, |sum, value| times_x(sum ^ value));
    sum ^ kind.salt()
}

fn times_x(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0b10_0000 == 0 {
        shifted
    } else {
        (shifted ^ 0b10_0101) & 0b1_1111
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some_codes(kind: Kind) -> impl Iterator<Item = Code> {
        (0_u8..40).map(move |n| Code::of(kind, sha256(&[&[n]]).0[..5].try_into().unwrap()))
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Code::of(Kind::Child, [0, 0, 0, 0, 0]);
        assert_eq!(code.shown(), "0000-0006");
        for typed in ["0000-0006", "oOo0 0006", " 0000–0006 ", "OOOO.OOO6"] {
            assert_eq!(Code::read(Kind::Child, typed), Ok(code.clone()), "{typed}");
        }
        assert_eq!(Code::read(Kind::Child, "0000-000"), Err(Misread::Length));
        assert_eq!(Code::read(Kind::Child, ""), Err(Misread::Length));
        assert_eq!(Code::read(Kind::Child, "0000-00066"), Err(Misread::Length));
        assert_eq!(Code::read(Kind::Child, "0000-000é"), Err(Misread::Sign));
        assert_eq!(Code::read(Kind::Child, "0000-000U"), Err(Misread::Sign));
    }

    #[test]
    fn every_wrong_sign_and_every_change_of_places_is_noticed() {
        for code in some_codes(Kind::Payer) {
            let signs: Vec<u8> = code.0.bytes().collect();
            for place in 0..CHARS {
                for sign in SIGNS.iter().filter(|sign| **sign != signs[place]) {
                    let mut wrong = signs.clone();
                    wrong[place] = *sign;
                    let wrong = String::from_utf8(wrong).unwrap();
                    assert_ne!(Code::read(Kind::Payer, &wrong).ok().as_ref(), Some(&code));
                    assert!(Code::read(Kind::Payer, &wrong).is_err(), "{wrong} for {}", code.0);
                }
                for other in place + 1..CHARS {
                    let mut wrong = signs.clone();
                    wrong.swap(place, other);
                    if wrong != signs {
                        let wrong = String::from_utf8(wrong).unwrap();
                        assert!(Code::read(Kind::Payer, &wrong).is_err(), "{wrong} for {}", code.0);
                    }
                }
            }
        }
    }

    #[test]
    fn a_pair_is_read_in_either_order_and_each_error_stands_beside_its_field() {
        for (child, payer) in some_codes(Kind::Child).zip(some_codes(Kind::Payer)) {
            let both = Ok((child.clone(), payer.clone()));
            assert_eq!(read_pair(&child.shown(), &payer.shown()), both);
            assert_eq!(read_pair(&payer.shown(), &child.shown()), both);
            assert_eq!(
                read_pair(&child.shown(), &child.shown()),
                Err((None, Some(Misread::OtherKind)))
            );
            assert_eq!(read_pair(&child.shown(), "x"), Err((None, Some(Misread::Length))));
        }
    }

    #[test]
    fn a_pair_opens_one_town() {
        let child = Code::of(Kind::Child, [1; 5]);
        let payer = Code::of(Kind::Payer, [2; 5]);
        assert_eq!(pair("valmont", &child, &payer), pair("valmont", &child, &payer));
        assert_ne!(pair("valmont", &child, &payer), pair("ailleurs", &child, &payer));
        assert_ne!(
            pair("valmont", &child, &payer),
            pair("valmont", &child, &Code::of(Kind::Payer, [3; 5]))
        );
    }

    #[test]
    fn a_code_never_stands_in_a_log() {
        assert_eq!(format!("{:?}", Code::of(Kind::Child, [7; 5])), "Code(…)");
    }
}
