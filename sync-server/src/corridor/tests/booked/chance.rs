//! Whatever families, the town hall and time do, in whatever order: no session has more children than places, and no
//! place is held by nobody.

use proptest::prelude::*;
use shared::booking::Wanted;
use shared::operation::Decided;

use super::ground::{Booked, DAY_MS, MINUTE_MS, RULES, add, by_itself, day, group, home_of, places, rules};

#[derive(Clone, Debug)]
enum Deed {
    Hold(u128, u64),
    Validate(u128),
    Book(u128, u64),
    Cancel(u128, u64),
    Pass(i64),
    Jobs,
    Rules(u32, bool),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let one = prop_oneof![
        4 => (1_u128..5, 0_u64..2).prop_map(|(n, day)| Deed::Hold(n, day)),
        3 => (1_u128..5).prop_map(Deed::Validate),
        3 => (1_u128..5, 0_u64..2).prop_map(|(n, day)| Deed::Book(n, day)),
        3 => (1_u128..5, 0_u64..2).prop_map(|(n, day)| Deed::Cancel(n, day)),
        2 => (1_i64..40).prop_map(Deed::Pass),
        3 => Just(Deed::Jobs),
        1 => (1_u32..3, any::<bool>()).prop_map(|(places, groups)| Deed::Rules(places, groups)),
    ];
    prop::collection::vec(one, 1..30)
}

const TAKEN: &str =
    "select cast(count(*) as bigint) from reservation where cancelled_at is null and date = ?1";
const OFFERED: &str =
    "select cast(count(*) as bigint) from wish where state = 'offered' and offered_until > ?2 and date = ?1";
const HELD: &str = "select cast(count(*) as bigint) from cart_line where held_until > ?2 and date = ?1";

/// Who has a place, is offered one, and holds one.
fn counts(town: &Booked, n: u64) -> [i64; 3] {
    let (date, now) = (day(n), town.now());
    town.read(|tx| {
        let mut of = |sql: &str, timed: bool| {
            let mut params = vec![date.into()];
            if timed {
                params.push(now.into());
            }
            tx.query(sql, &params)?[0].int(0)
        };
        Ok([of(TAKEN, false)?, of(OFFERED, true)?, of(HELD, true)?])
    })
}

fn has_cart(town: &Booked, n: u128) -> bool {
    let sql = "select id from cart where household = ?1";
    town.read(|tx| tx.first(sql, &[home_of(n).into()])).is_some()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn no_sequence_oversells_or_leaks_a_hold(deeds in deeds()) {
        let town = Booked::new();
        let mut capacity = 2_i64;
        for deed in deeds {
            let before = [0, 1].map(|n| counts(&town, n));
            match deed {
                Deed::Hold(n, on) => drop(town.holds(n, day(on))),
                Deed::Validate(n) => drop(town.validates(n)),
                // A family has one cart: what lies in it is booked by it.
                Deed::Book(n, _) if has_cart(&town, n) => drop(town.validates(n)),
                Deed::Book(n, on) => drop(town.books(n, &[add(n, day(on))])),
                Deed::Cancel(n, on) => {
                    if let Some(reservation) = town.standing(n, day(on)) {
                        let done = town.books(n, &[Wanted::Cancel { reservation }]);
                        let gone = matches!(done[0], Decided::Cancelled { .. });
                        prop_assert!(gone, "{:?}", done);
                    }
                }
                Deed::Pass(minutes) => town.hands.pass(minutes * MINUTE_MS),
                Deed::Jobs => by_itself(&town),
                Deed::Rules(most, groups) => {
                    let mut set = rules();
                    prop_assert_eq!(set.id, RULES);
                    set.places = vec![places(None, most)];
                    if groups {
                        set.groups = vec![group("CP"), group("CM2")];
                        set.places.push(places(Some("CP"), 1));
                    }
                    town.rule(set);
                    capacity = i64::from(most);
                }
            }
            for on in [0, 1] {
                let [taken, offered, held] = counts(&town, on);
                let was: i64 = before[usize::try_from(on).unwrap()].iter().sum();
                // Fewer places by a change of rules take nothing away; they let nobody in either.
                prop_assert!(
                    taken + offered + held <= capacity.max(was),
                    "day {}: {} taken, {} offered, {} held of {}", on, taken, offered, held, capacity
                );
            }
        }
        // Time goes by: whatever was held or offered is free again.
        town.hands.pass(DAY_MS);
        by_itself(&town);
        for on in [0, 1] {
            let [_, _, held] = counts(&town, on);
            prop_assert_eq!(held, 0);
        }
        prop_assert_eq!(town.number("select cast(count(*) as bigint) from cart_line where held_until is not null"), 0);
        town.is_the_same_again();
    }
}
