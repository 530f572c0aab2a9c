//! Words of choices and spans that the pages are made up of.

use shared::words::FluentArgs;

use crate::words::{t, t1, with, with_args};

/// Nothing is reserved.
pub fn none() -> String {
    t("bookings-none")
}

/// Reserved, where there is no formula to name.
pub fn booked() -> String {
    t("bookings-booked")
}

/// Everyone keeps what it has.
pub fn unchanged() -> String {
    t("bookings-unchanged")
}

/// What stands is cancelled.
pub fn free() -> String {
    t("bookings-free")
}

/// Each child where it usually goes.
pub fn usual_site() -> String {
    t("bookings-usual-site-one")
}

/// The ways to look at reservations: week, month, period.
pub fn ways() -> [String; 3] {
    [
        t("bookings-way-week"),
        t("bookings-way-month"),
        t("bookings-way-period"),
    ]
}

/// « Semaine du lundi 23 novembre ».
pub fn week_of(day: &str) -> String {
    t1("bookings-week-of", "day", day)
}

/// « Cantine, Panier PAI », as a choice of a period.
pub fn with_formula(activity: &str, formula: &str) -> String {
    with(
        "bookings-with-formula",
        &[("activity", activity), ("formula", formula)],
    )
}

/// « Martin Léa, Sortie au musée ».
pub fn note_of(day: &str, note: &str) -> String {
    with("bookings-note", &[("day", day), ("note", note)])
}

/// How late booking is, with what it costs then.
pub fn late(price: &str) -> String {
    t1("bookings-rules-late", "price", price)
}

/// What a late cancellation costs.
pub fn late_cancel(due: &str) -> String {
    t1("bookings-rules-late-cancel", "due", due)
}

/// No place is left by the rules.
pub fn full() -> String {
    t("bookings-rules-full")
}

/// « Martin Léa, 3 jours ».
pub fn on_days(name: &str, count: usize) -> String {
    let mut args = FluentArgs::new();
    args.set("name", name.to_owned());
    args.set("count", count);
    with_args("bookings-rules-days", &args)
}

/// How many children a date stands for, in a class.
pub fn of_children(day: &str, count: usize) -> String {
    with(
        "bookings-of-children",
        &[("day", day), ("count", &count.to_string())],
    )
}
