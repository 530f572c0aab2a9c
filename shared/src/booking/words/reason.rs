//! Why something cannot be booked, and what to do.

use chrono_tz::Tz;

use crate::booking::Reason;
use crate::money::Cents;
use crate::operation::Why;
use crate::words::{Words, date_time, day, money};

/// What a refusal says: the reason with its facts, the town's own words for the rule, and whom to call where a call
/// may help. `phone` is the number of the settings, or the portal's.
pub fn sentence(reason: &Reason, words: &Words, zone: Tz, phone: Option<&str>) -> String {
    let mut said = vec![why(reason, words, zone)];
    if let Some(rule) = reason
        .words
        .as_deref()
        .map(str::trim)
        .filter(|rule| !rule.is_empty())
    {
        said.push(words.t1("booking-rule", "words", rule.trim_end_matches('.')));
    }
    if reason.call {
        said.push(match phone.map(str::trim).filter(|phone| !phone.is_empty()) {
            Some(phone) => words.t1("booking-call", "phone", phone.replace(' ', "\u{a0}")),
            None => words.t("booking-call-us"),
        });
    }
    said.join(" ")
}

fn why(reason: &Reason, words: &Words, zone: Tz) -> String {
    let at = |key, without| match reason.at {
        Some(at) => words.t1(key, "at", date_time(at, zone)),
        None => words.t(without),
    };
    let name = |key, without| match reason.name.as_deref() {
        Some(name) => words.t1(key, "name", name),
        None => words.t(without),
    };
    let number = |key, without| match reason.number {
        Some(number) => words.t1(key, "number", number),
        None => words.t(without),
    };
    let cents = |key, without| match reason.number {
        Some(number) => words.t1(key, "money", money(Cents(number))),
        None => words.t(without),
    };
    match reason.why {
        Why::Deadline if reason.call => at("booking-deadline-on-line", "booking-deadline-unknown"),
        Why::Deadline => at("booking-deadline", "booking-deadline-unknown"),
        Why::NotYet => at("booking-not-yet", "booking-not-yet-unknown"),
        Why::WindowClosed => at("booking-window-closed", "booking-window-closed-unknown"),
        Why::Full => number("booking-full-of", "booking-full"),
        Why::Limit => number("booking-limit-of", "booking-limit"),
        Why::Excluded => name("booking-excluded-by", "booking-excluded"),
        Why::Needs => name("booking-needs-this", "booking-needs"),
        Why::Age => words.t("booking-age"),
        Why::School => words.t("booking-school"),
        Why::Class => words.t("booking-class"),
        Why::Residence => words.t("booking-residence"),
        Why::Documents => name("booking-documents-of", "booking-documents"),
        Why::Unpaid => cents("booking-unpaid-of", "booking-unpaid"),
        Why::Closed => name("booking-closed-for", "booking-closed"),
        Why::NotOffered => words.t("booking-not-offered"),
        Why::Left => match reason.date {
            Some(date) => words.t1("booking-left-on", "date", day(date)),
            None => words.t("booking-left"),
        },
        Why::Elsewhere => name("booking-elsewhere-at", "booking-elsewhere"),
        Why::Already => words.t("booking-already"),
        Why::PriceChanged => cents("booking-price-changed-to", "booking-price-changed"),
        Why::NotYours => words.t("booking-not-yours"),
        Why::Past => words.t("booking-past"),
        Why::NotOnLine => words.t("booking-not-on-line"),
        Why::Final => words.t("booking-final"),
        Why::With => name("booking-with-this", "booking-with"),
    }
}
