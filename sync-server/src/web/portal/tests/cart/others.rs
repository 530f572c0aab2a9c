//! A child of two households: each books its own days.

use axum::http::StatusCode;

use super::super::ground::{CLAIRE, MARTIN, PAUL, PETIT, TOM, at};
use super::{CANTEEN, CART, THURSDAY, add, booked, cart, rules, said, standing, town, validate};

/// In the week after, Tom is with the Petits.
const THURSDAY_AFTER: &str = "2026-12-03";

#[test]
fn each_household_books_the_days_that_the_child_is_with_it() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, TOM, THURSDAY);
    add(&mut claire, TOM, THURSDAY_AFTER);
    let words = said(&claire.get(CART));
    assert!(words.contains("ne peut pas être pris"), "{words}");
    booked(&mut claire);
    assert_eq!(standing(&towns, CANTEEN, THURSDAY).len(), 1);
    assert!(standing(&towns, CANTEEN, THURSDAY_AFTER).is_empty());
    assert_eq!(cart(&towns, CLAIRE, MARTIN).len(), 1);
    let mut paul = towns.family(PAUL, at("12:00"));
    assert!(cart(&towns, PAUL, PETIT).is_empty(), "a cart is of one household");
    add(&mut paul, TOM, THURSDAY_AFTER);
    assert_eq!(validate(&mut paul).status, StatusCode::SEE_OTHER);
    assert_eq!(standing(&towns, CANTEEN, THURSDAY_AFTER).len(), 1);
}
