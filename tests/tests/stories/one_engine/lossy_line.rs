//! A line that loses, repeats, delays and swaps whole messages for weeks. A protocol that remembers
//! what it sent is stuck for ever after that, sheet by sheet; one that says each time where it stands
//! is not.

use system_tests::{Dice, Proxy, Trouble};
use tablet_replica::ReplicaError;

use crate::one_process::{CHILDREN, Hand, Kept, Line, scratch, set_up, site};

const SITES: usize = 10;
const DAYS: u32 = 4;
const TABLETS: usize = 3;
const ROUNDS: usize = 30;

/// What happens to the next exchange: in seven of ten nothing.
fn drawn(dice: &mut Dice, answers: &[Vec<u8>]) -> Trouble {
    match dice.below(20) {
        0 | 1 => Trouble::LoseRequest,
        2 | 3 => Trouble::LoseAnswer,
        4 => Trouble::Twice,
        5 if !answers.is_empty() => Trouble::Body(dice.pick(answers).clone()),
        5 => Trouble::Late,
        _ => Trouble::None,
    }
}

#[test]
fn no_sheet_is_stuck_when_a_lossy_line_heals() {
    let mut dice = Dice::of(9);
    let folder = scratch();
    let kept = Kept::in_files();
    kept.found();
    let server = kept.open(0);
    server.desk(set_up(SITES as u128));
    let sites: Vec<_> = (0..SITES as u128).map(site).collect();
    let line = Line::new();
    let tablets: Vec<(Hand, Proxy)> = (0..TABLETS)
        .map(|n| {
            let proxy = Proxy::to(&server.address);
            let hand = Hand::on(&folder.path().join(format!("t{n}")), 0);
            let hand = hand.enrol(&proxy.url(), &server.code(&sites), &line);
            hand.exchange(&line).expect("a sound line");
            (hand, proxy)
        })
        .collect();
    let mut taps = 0;
    let mut lost = 0;
    let mut answers: Vec<Vec<Vec<u8>>> = vec![Vec::new(); TABLETS];
    for _ in 0..ROUNDS {
        for (n, (hand, proxy)) in tablets.iter().enumerate() {
            for _ in 0..3 {
                let day = u32::try_from(dice.below(DAYS as usize)).unwrap_or(0);
                hand.tap(sites[dice.below(SITES)], dice.below(CHILDREN), day);
                taps += 1;
            }
            // Several, for exchanges of several trips.
            for _ in 0..3 {
                proxy.next(drawn(&mut dice, &answers[n]));
            }
            let said = hand.exchange(&line);
            proxy.calm();
            match said {
                Ok(outcome) => assert_eq!(outcome.quarantined, 0, "{outcome:?}"),
                Err(ReplicaError::NoNetwork(_) | ReplicaError::Untrusted(_)) => lost += 1,
                Err(error) => panic!("no line explains this: {error}"),
            }
            let seen = proxy.take_seen().into_iter().map(|seen| seen.down);
            answers[n].extend(seen.filter(|down| !down.is_empty()));
        }
    }
    assert!(
        lost > ROUNDS * TABLETS / 10,
        "the line was bad: {lost} exchanges failed"
    );
    for _ in 0..2 {
        for (hand, _) in &tablets {
            let outcome = hand.exchange(&line).expect("a line that healed");
            assert!(outcome.round_trips <= 2, "{outcome:?}");
        }
    }
    let (stored, digests) = server.marks();
    assert_eq!(stored.len(), taps);
    assert!(digests.len() > SITES * DAYS as usize / 2, "many sheets");
    for (hand, _) in &tablets {
        let stuck: Vec<_> = digests
            .iter()
            .filter(|(sheet, digest)| hand.sheets().get(sheet) != Some(digest))
            .collect();
        assert!(
            stuck.is_empty(),
            "{} of {} sheets are stuck",
            stuck.len(),
            digests.len()
        );
        assert_eq!(hand.status().counts.pending, 0);
    }
    assert_eq!(server.verified(), taps);
}
