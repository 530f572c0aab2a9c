//! What stands in a cell: dates, telephones, addresses, names, as people write them.

use chrono::{Datelike, Days, NaiveDate};

/// A date of day, month and year, of year, month and day, or a spreadsheet's day number.
pub fn date(text: &str) -> Option<NaiveDate> {
    // « 2019-03-04 00:00:00 »: the hour of a birthday is nobody's business.
    let text = text.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let numbers: Vec<u32> = parts.iter().map_while(|part| number(part)).collect();
    let found = match (parts.as_slice(), numbers.as_slice()) {
        ([year, _, _], [y, m, d]) if year.len() == 4 => NaiveDate::from_ymd_opt(*y as i32, *m, *d),
        ([_, _, year], [d, m, y]) if year.len() == 4 => NaiveDate::from_ymd_opt(*y as i32, *m, *d),
        // « 04/03/19 »: children, so this century.
        ([_, _, year], [d, m, y]) if year.len() == 2 => NaiveDate::from_ymd_opt(2000 + *y as i32, *m, *d),
        ([serial], [days]) if serial.len() == 5 => {
            NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(u64::from(*days)))
        }
        ([all], _) if all.len() == 8 => NaiveDate::from_ymd_opt(
            i32::try_from(number(&all[4..])?).ok()?,
            number(&all[2..4])?,
            number(&all[..2])?,
        ),
        _ => None,
    };
    found.filter(|date| (1900..=2100).contains(&date.year()))
}

fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// A telephone in the one way it is kept: « 06 39 98 12 34 », or with its country when it is not a
/// French one: « +32 470 12 34 56 » as it was written.
pub fn phone(text: &str) -> Option<String> {
    if text
        .chars()
        .any(|c| !c.is_ascii_digit() && !" .-/()+".contains(c))
    {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let abroad = text.trim_start().starts_with('+') || digits.starts_with("00");
    let digits = if abroad {
        digits.strip_prefix("00").unwrap_or(&digits).to_owned()
    } else {
        digits
    };
    let national = match (abroad, digits.strip_prefix("33")) {
        (true, Some(rest)) => rest.strip_prefix('0').unwrap_or(rest).to_owned(),
        (true, None) if (6..=15).contains(&digits.len()) && !digits.starts_with('0') => {
            return Some(format!("+{digits}"));
        }
        (true, None) => return None,
        (false, Some(rest)) if digits.len() == 11 => rest.to_owned(),
        (false, _) => match digits.strip_prefix('0') {
            Some(rest) => rest.to_owned(),
            // A spreadsheet took the number for a number and dropped its zero.
            None => digits,
        },
    };
    if national.len() != 9 || national.starts_with('0') {
        return None;
    }
    let all = format!("0{national}");
    let pairs: Vec<&str> = (0..5).map(|i| &all[2 * i..2 * i + 2]).collect();
    Some(pairs.join(" "))
}

/// An electronic address, in small letters; `None` when no letter would get there.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let (name, host) = text.split_once('@')?;
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.ends_with('.')
            && !part.contains("..")
            && part
                .chars()
                .all(|c| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c))
    };
    let host_fits = host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || ".-".contains(c));
    (plain(name) && plain(host) && host_fits && text.len() <= 254).then_some(text)
}

/// Whether it is written in capitals only.
pub fn shouted(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() > 1 && !text.chars().any(char::is_lowercase)
}

/// A name as it is written in letters: « JEAN-MARIE D’ARC » becomes « Jean-Marie D’Arc »; a name
/// that has small letters already stays as its owner writes it.
pub fn name(text: &str) -> String {
    let text = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('\'', "’");
    if !shouted(&text) {
        return text;
    }
    let mut begins = true;
    text.chars()
        .flat_map(|c| {
            let keep = begins;
            begins = !c.is_alphabetic();
            let small = if keep { None } else { Some(c.to_lowercase()) };
            small.into_iter().flatten().chain(keep.then_some(c))
        })
        .collect()
}

/// A date as it is shown.
pub fn shown(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// A value in the one way it is compared, however somebody typed it.
pub fn plain(text: &str) -> String {
    phone(text)
        .or_else(|| email(text))
        .unwrap_or_else(|| text.trim().to_owned())
}

/// A reference in the one way it is compared: capitals and digits.
pub fn reference(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_and_programs_write_them() {
        let fourth = NaiveDate::from_ymd_opt(2019, 3, 4);
        for text in [
            "04/03/2019",
            "4/3/2019",
            "2019-03-04",
            "2019-03-04 00:00:00",
            "04-03-2019",
            "04.03.19",
            "43528",
            "04032019",
        ] {
            assert_eq!(date(text), fourth, "{text}");
        }
        for text in [
            "",
            "31/02/2019",
            "mars 2019",
            "2019",
            "04/03",
            "99999999",
            "0",
            "4-3",
            "04/03/0219",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn telephones_are_kept_in_one_way() {
        for text in [
            "0639981234",
            "06 39 98 12 34",
            "06.39.98.12.34",
            "+33639981234",
            "+33 (0)6 39 98 12 34",
            "0033639981234",
            "639981234",
            "33639981234",
        ] {
            assert_eq!(phone(text).as_deref(), Some("06 39 98 12 34"), "{text}");
        }
        assert_eq!(phone("+32 470 12 34 56").as_deref(), Some("+32470123456"));
        for text in [
            "",
            "12",
            "06 39 98 12",
            "06 39 98 12 345",
            "appeler mamie",
            "00",
            "0000000000",
        ] {
            assert_eq!(phone(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_that_cannot_be_one_are_told() {
        assert_eq!(
            email(" Lea.Martin@Example.FR ").as_deref(),
            Some("lea.martin@example.fr")
        );
        for text in [
            "",
            "lea",
            "lea@",
            "@example.fr",
            "lea@example",
            "lea martin@example.fr",
            "a@b@c.fr",
            "lea@example..fr",
            ".lea@example.fr",
        ] {
            assert_eq!(email(text), None, "{text}");
        }
    }

    #[test]
    fn names_in_capitals_become_names() {
        assert_eq!(name("JEAN-MARIE  D'ARC"), "Jean-Marie D’Arc");
        assert_eq!(name("ÉLOÏSE"), "Éloïse");
        assert_eq!(name("de La Tour"), "de La Tour");
        assert_eq!(reference(" 12-ab 3c"), "12AB3C");
    }
}
