//! Same marks in any order, duplication or split: same fold.

use proptest::prelude::*;
use proptest::sample::Index;

use super::scribe::*;
use crate::fold::{Marks, fold};
use crate::ids::{MarkId, SiteId};
use crate::mark::{AbsenceScope, Closing, Kind, Mark, Reason};

#[derive(Clone, Debug)]
enum Deed {
    In,
    Out,
    Absent(bool),
    Close,
    Reopen,
    Correct(Index, i64),
    Void(Index),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => Just(Deed::In),
        3 => Just(Deed::Out),
        1 => any::<bool>().prop_map(Deed::Absent),
        1 => Just(Deed::Close),
        1 => Just(Deed::Reopen),
        1 => (any::<Index>(), -60..60i64).prop_map(|(i, m)| Deed::Correct(i, m)),
        1 => any::<Index>().prop_map(Deed::Void),
    ]
}

type Step = (usize, usize, usize, i64, bool, Deed);

fn step() -> impl Strategy<Value = Step> {
    (
        0..3usize,
        0..2usize,
        0..4usize,
        0..600i64,
        prop::bool::weighted(0.2),
        deed(),
    )
}

/// What up to three tablets at two sites write, some of it having seen the others.
fn written(steps: &[Step]) -> Vec<(SiteId, MarkId, Mark)> {
    let mut tablets = [Tablet::new(1), Tablet::new(2), Tablet::new(3)];
    tablets[2].site = THERE;
    for (who, child, activity, minutes, meet, deed) in steps {
        let child = [LEA, TOM][*child];
        let activity = [CANTEEN, EVENING, STUDY, NAP][*activity];
        if *meet {
            let [a, b, c] = &mut tablets;
            a.meet(b);
            b.meet(c);
        }
        let known: Vec<MarkId> = tablets[*who].marks.iter().map(|(id, _, _)| id).collect();
        let pick = |i: &Index| (!known.is_empty()).then(|| *i.get(&known));
        let kind = match deed {
            Deed::In => Some(Kind::In),
            Deed::Out => Some(Kind::Out),
            Deed::Absent(day) => Some(Kind::Absent {
                scope: if *day {
                    AbsenceScope::RestOfDay
                } else {
                    AbsenceScope::Session
                },
                reason: Reason::Other,
            }),
            Deed::Close => Some(Kind::Close {
                turned: Closing::Absent,
                children: vec![LEA, TOM],
            }),
            Deed::Reopen => Some(Kind::Reopen),
            Deed::Correct(i, m) => pick(i).map(|replaces| Kind::Correct {
                why: None,
                replaces,
                at: at(*m),
            }),
            Deed::Void(i) => pick(i).map(|replaces| Kind::Void { replaces }),
        };
        let Some(kind) = kind else { continue };
        let subject = (!matches!(kind, Kind::Close { .. } | Kind::Reopen)).then_some(child);
        tablets[*who].tap(*minutes, activity, subject, kind);
    }
    tablets
        .iter()
        .flat_map(|t| {
            t.marks
                .iter()
                .map(|(id, site, mark)| (site, id, mark.clone()))
                .collect::<Vec<_>>()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_duplication_and_split_folds_alike(
        (steps, shuffled, cut) in prop::collection::vec(step(), 1..40).prop_flat_map(|steps| {
            let all = written(&steps);
            let twice: Vec<_> = all.iter().cloned().chain(all.iter().cloned()).collect();
            let n = twice.len();
            (Just(steps), Just(twice).prop_shuffle(), 0..=n)
        })
    ) {
        let expected = fold(&written(&steps).into_iter().collect(), &modes());
        let whole: Marks = shuffled.iter().cloned().collect();
        prop_assert_eq!(&fold(&whole, &modes()), &expected);
        let (left, right) = shuffled.split_at(cut);
        let mut met: Marks = right.iter().cloned().collect();
        met.merge(left.iter().cloned().collect());
        prop_assert_eq!(&fold(&met, &modes()), &expected);
    }

    #[test]
    fn stays_are_in_order_and_a_child_is_in_one_state(steps in prop::collection::vec(step(), 1..40)) {
        let folded = fold(&written(&steps).into_iter().collect(), &modes());
        for presence in folded.presences.values() {
            for pair in presence.intervals.windows(2) {
                prop_assert!(pair[0].end.is_some(), "only the last stay is open");
                prop_assert!(pair[0].end <= pair[1].start || pair[1].start.is_none());
            }
            if presence.absence.is_some_and(|a| !a.by_closing) {
                prop_assert!(presence.marks.len() > 1 || presence.intervals.is_empty());
            }
        }
    }
}
