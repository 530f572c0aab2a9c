//! Mon panier: what is about to be booked and cancelled, what became of it, and what is asked and waited for.

mod recap;
mod show;
mod wishes;

pub use recap::{Came, Recap, RecapLine, RecapPage, recap_page, sections};
pub use show::{CartChild, CartDay, CartLine, CartPage, Fate, Moved, Shut, Trouble, cart_page};
pub use wishes::{WishKindShown, WishLine, WishPage, WishStands, wishes_page};

use chrono_tz::Tz;
use shared::booking::{Reason, sentence};
use shared::money::Cents;
use shared::operation::Priced;
use shared::words::money as euros;

use crate::words::{french, t, with};

/// Why something cannot be had, what to do, and whom to call.
pub fn reason_words(reason: &Reason, zone: Tz, phone: Option<&str>) -> String {
    sentence(reason, french(), zone, phone)
}

/// An activity with the formula it is taken in.
pub fn with_formula(activity: &str, formula: &str) -> String {
    with("cart-formula", &[("activity", activity), ("formula", formula)])
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
