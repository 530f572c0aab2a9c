//! Mon panier: what is about to be booked and cancelled, what became of it, and what is asked and waited for.

mod folded;
mod recap;
mod show;
mod wishes;

pub use recap::{Came, Recap, RecapLine, RecapPage, recap_page, sections};
pub use show::{CartChild, CartDay, CartLine, CartPage, Fate, Leaving, Moved, Shut, Trouble, cart_page};
pub use wishes::{WishKindShown, WishLine, WishPage, WishStands, wishes_page};

use chrono_tz::Tz;
use shared::booking::{Reason, sentence};
use shared::money::Cents;
use shared::operation::Priced;
use shared::words::{FluentArgs, money as euros};

use crate::words::{french, t, t1, with, with_args};

/// Why something cannot be had, what to do, and whom to call.
pub fn reason_words(reason: &Reason, zone: Tz, phone: Option<&str>) -> String {
    sentence(reason, french(), zone, phone)
}

/// An activity with the formula it is taken in.
pub fn with_formula(activity: &str, formula: &str) -> String {
    with("cart-formula", &[("activity", activity), ("formula", formula)])
}

/// Why a line whose price is another than the one shown is not taken.
pub fn price_moved(before: Option<Cents>, now: Cents) -> String {
    match before {
        Some(before) => with(
            "cart-price-was",
            &[("before", &euros(before)), ("now", &euros(now))],
        ),
        None => t1("cart-price-unseen", "now", euros(now)),
    }
}

/// « encore 3 heures », « encore 12 minutes ».
pub fn left_words(ms: i64) -> String {
    let minutes = ms.max(0) / 60_000;
    let mut args = FluentArgs::new();
    if minutes >= 120 {
        args.set("hours", minutes / 60);
        with_args("cart-wish-left-hours", &args)
    } else {
        args.set("minutes", minutes);
        with_args("cart-wish-left-minutes", &args)
    }
}

/// What a price is, and what lateness made of it.
pub(crate) fn price_words(priced: &Priced) -> String {
    let total = euros(priced.total);
    match priced.base {
        None if priced.total == Cents::ZERO => t("cart-price-none"),
        Some(base) if base == priced.total => total,
        Some(base) if base + priced.surcharge == priced.total => with(
            "cart-price-with",
            &[("price", &total), ("surcharge", &euros(priced.surcharge))],
        ),
        Some(base) => with("cart-price-instead", &[("price", &total), ("base", &euros(base))]),
        None => total,
    }
}

/// What lateness made of a price, where it made something of it.
fn late_words(priced: &Priced) -> Option<String> {
    let base = priced.base.filter(|base| *base != priced.total)?;
    Some(if base + priced.surcharge == priced.total {
        t1("cart-late-with", "surcharge", euros(priced.surcharge))
    } else {
        t1("cart-late-instead", "base", euros(base))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lateness_costs_is_said() {
        let of = |base: Option<i64>, surcharge, total| {
            price_words(&Priced {
                base: base.map(Cents),
                surcharge: Cents(surcharge),
                total: Cents(total),
            })
        };
        assert_eq!(of(Some(400), 0, 400), "4,00\u{a0}€");
        assert!(of(Some(400), 300, 700).contains("dont 3,00\u{a0}€"));
        assert!(of(Some(400), 1000, 1000).contains("au lieu de 4,00\u{a0}€"));
        assert!(!of(None, 0, 0).contains('€'));
    }
}
