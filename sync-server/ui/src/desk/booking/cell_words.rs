//! The short texts of grids, lists and files.

use shared::operation::Priced;
use shared::words::money;

use crate::words::{t, t1, with};

/// « Semaine », « Mois ».
pub fn ways() -> [String; 2] {
    [t("desk-booking-week"), t("desk-booking-month")]
}

/// Requests, and waiting lists.
pub fn queues() -> [String; 2] {
    [t("desk-booking-requests"), t("desk-booking-waiting")]
}

/// How full sessions are.
pub fn occupation() -> String {
    t("desk-booking-occupation")
}

/// Who has not booked.
pub fn without() -> String {
    t("desk-booking-without")
}

/// « semaine du lundi 23 novembre ».
pub fn week_of(day: &str) -> String {
    t1("desk-booking-week-of", "day", day)
}

/// « du lundi 23 au dimanche 29 novembre ».
pub fn span(from: &str, until: &str) -> String {
    with("desk-booking-span", &[("from", from), ("until", until)])
}

/// A way to book: its formula, its price, and whether the town hall decides.
pub fn choice(formula: Option<&str>, price: Option<&str>, request: bool) -> String {
    let verb = t(if request {
        "desk-booking-do-ask"
    } else {
        "desk-booking-do-add"
    });
    let parts = [Some(verb.as_str()), formula, price];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A price in a few words, with what it would have been in time.
pub fn price(priced: &Priced) -> String {
    let total = money(priced.total);
    match priced.base.filter(|base| *base != priced.total) {
        Some(base) => with(
            "desk-booking-price-instead",
            &[("price", &total), ("base", &money(base))],
        ),
        None => total,
    }
}

/// Cancelling, and what it costs.
pub fn cancel(due: Option<&str>) -> String {
    match due {
        Some(due) => t1("desk-booking-do-cancel-due", "due", due),
        None => t("desk-booking-do-cancel"),
    }
}

/// Until when.
pub fn until(at: &str) -> String {
    t1("desk-booking-until-at", "at", at)
}

/// Since when.
pub fn since(at: &str) -> String {
    t1("desk-booking-since", "at", at)
}

/// It can be booked.
pub fn bookable() -> String {
    t("desk-booking-cell-bookable")
}

/// It is booked.
pub fn booked() -> String {
    t("desk-booking-cell-booked")
}

/// It is booked and rules do not let go of it.
pub fn fixed() -> String {
    t("desk-booking-cell-fixed")
}

/// Rules do not allow it.
pub fn not_bookable() -> String {
    t("desk-booking-cell-none")
}

/// It was asked for.
pub fn asked() -> String {
    t("desk-booking-cell-asked")
}

/// Nothing takes place that day.
pub fn not_offered() -> String {
    t("desk-booking-cell-not-offered")
}

/// A cancellation was asked for.
pub fn cancel_asked() -> String {
    t("desk-booking-cell-cancel-asked")
}

/// The town hall said no.
pub fn refused() -> String {
    t("desk-booking-cell-refused")
}

/// It waits as the how many-th, or a place is offered.
pub fn waiting(rank: Option<u32>) -> String {
    match rank {
        Some(rank) => t1("desk-booking-cell-waiting", "rank", rank),
        None => t("desk-booking-cell-offered"),
    }
}

/// No place is left; one would wait as the how many-th.
pub fn full(rank: u32) -> String {
    t1("desk-booking-cell-full", "rank", rank)
}

/// Nothing takes place.
pub fn closed() -> String {
    t("desk-booking-cell-closed")
}

/// It is booked at another site.
pub fn elsewhere() -> String {
    t("desk-booking-cell-elsewhere")
}

/// The other household booked it.
pub fn other() -> String {
    t("desk-booking-cell-other")
}

/// How a family came in.
pub fn by(desk: bool) -> String {
    t(if desk {
        "desk-booking-came-desk"
    } else {
        "desk-booking-came-phone"
    })
}

/// Telephone, desk.
pub fn entrances() -> [String; 2] {
    [t("desk-booking-by-phone"), t("desk-booking-by-desk")]
}

/// When and by whom it was entered.
pub fn recap_entered(when: &str, agent: &str) -> String {
    with("desk-booking-recap-entered", &[("when", when), ("agent", agent)])
}

/// Who went beyond the rules, and why.
pub fn recap_beyond(agent: &str, why: &str) -> String {
    with("desk-booking-recap-beyond", &[("agent", agent), ("why", why)])
}

/// What the rule says that somebody went beyond.
pub fn recap_rule(rule: &str) -> String {
    t1("desk-booking-recap-rule", "rule", rule)
}

/// Who waived what a line costs beside its price, and why.
pub fn recap_waived(agent: &str, why: &str) -> String {
    with("desk-booking-recap-waived", &[("agent", agent), ("why", why)])
}

/// What a cancellation costs, and what is given back.
pub fn recap_cancelled(due: Option<&str>, credited: Option<&str>) -> String {
    match (due, credited) {
        (Some(due), _) => t1("desk-booking-recap-due", "due", due),
        (None, Some(credited)) => t1("desk-booking-recap-credited", "credited", credited),
        (None, None) => t("desk-booking-recap-free"),
    }
}

/// What would still be due.
pub fn waived_to(cents: &str) -> String {
    t1("desk-booking-waived-to", "cents", cents)
}

/// What all of it costs.
pub fn total(total: &str) -> String {
    t1("desk-booking-total", "total", total)
}

/// It will be booked.
pub fn will_book(price: Option<&str>) -> String {
    match price {
        Some(price) => t1("desk-booking-will-book-at", "price", price),
        None => t("desk-booking-will-book"),
    }
}

/// It will be cancelled.
pub fn will_cancel(due: Option<&str>, credited: Option<&str>) -> String {
    match (due, credited) {
        (Some(due), _) => t1("desk-booking-will-cancel-due", "due", due),
        (None, Some(credited)) => t1("desk-booking-will-cancel-credited", "credited", credited),
        (None, None) => t("desk-booking-will-cancel"),
    }
}

/// It will be asked for, for this reason.
pub fn will_ask(why: &str) -> String {
    t1("desk-booking-will-ask", "why", why)
}

/// It will wait.
pub fn will_wait(rank: u32) -> String {
    t1("desk-booking-will-wait", "rank", rank)
}

/// A surcharge, or what a late cancellation costs.
pub fn surcharge(cents: &str) -> String {
    t1("desk-booking-surcharge", "cents", cents)
}

/// What a cancellation costs.
pub fn owed_cancelled(cents: &str) -> String {
    t1("desk-booking-owed-cancelled", "cents", cents)
}

/// What is to be paid at booking.
pub fn owed_to_pay(cents: &str) -> String {
    t1("desk-booking-owed-to-pay", "cents", cents)
}

/// It was waived.
pub fn owed_waived() -> String {
    t("desk-booking-owed-waived")
}

/// « 48 places prises sur 50 ».
pub fn places(taken: u32, places: Option<u32>) -> String {
    match places {
        Some(places) => with(
            "desk-booking-places-of",
            &[("taken", &taken.to_string()), ("places", &places.to_string())],
        ),
        None => t1("desk-booking-places-taken", "taken", taken),
    }
}

/// « n° 2 ».
pub fn rank(rank: u32) -> String {
    t1("desk-booking-rank", "rank", rank)
}

/// The columns of the file of occupancy.
pub fn occupation_columns() -> Vec<String> {
    vec![
        t("desk-booking-date"),
        t("desk-booking-activity"),
        t("desk-booking-site"),
        t("desk-booking-group"),
        t("desk-booking-count-places"),
        t("desk-booking-count-taken"),
        t("desk-booking-count-held"),
        t("desk-booking-count-left"),
        t("desk-booking-count-waiting"),
    ]
}

/// The columns of the file of children who have not booked.
pub fn without_columns() -> Vec<String> {
    vec![
        t("desk-booking-child"),
        t("desk-booking-class"),
        t("desk-booking-school-name"),
    ]
}
