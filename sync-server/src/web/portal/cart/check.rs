//! What a cart comes to now.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::booking::{Asked, Ground, Judged, Reason, Sentence, brings, judge};
use shared::ids::{ActivityId, CartId};
use shared::money::Cents;
use shared::operation::{Entrance, LinkKind, Why};
use shared::sign::sha256;
use shared::time::UtcMs;

use super::Whose;
use crate::rules::carts::{self, Cart, CartKind, CartLine, offer_of};
use crate::rules::{Children, Scope, ground};
use crate::store::{Read, StoreError};

/// A cart with what it is judged on.
pub(super) struct Checked {
    pub(super) cart: Cart,
    pub(super) ground: Ground,
}

impl Checked {
    /// The cart of somebody, where something is in it.
    ///
    /// # Errors
    /// [`StoreError`] of the engine, as for all that follow.
    pub(super) fn of(tx: &mut dyn Read, whose: Whose, now: UtcMs) -> Result<Option<Self>, StoreError> {
        let Some(cart) = carts::of(tx, whose.owner(), whose.household)? else {
            return Ok(None);
        };
        let dates = || cart.lines.iter().map(|line| line.session.date);
        let (Some(from), Some(until)) = (dates().min(), dates().max()) else {
            return Ok(None);
        };
        let ground = read(tx, whose, Some(cart.id), (from, until), now)?;
        Ok(Some(Self::over(cart, ground, now)))
    }

    /// What a line gives way to, or cancels, is what stands by now; the offer that it takes is the one that stands. A child
    /// that went to another household is nobody's here any more, and neither are its lines.
    pub(super) fn over(mut cart: Cart, ground: Ground, now: UtcMs) -> Self {
        cart.lines
            .retain(|line| ground.children.contains_key(&line.child));
        for line in &mut cart.lines {
            line.about = stands(&ground, line);
            let adds = line.kind == CartKind::Add;
            line.wish = adds
                .then(|| offer_of(&ground, line.child, line.session, now))
                .flatten();
        }
        Self { cart, ground }
    }

    /// What becomes of each line, all as one whole.
    pub(super) fn judged(&self, now: UtcMs) -> Vec<Judged> {
        let lines: Vec<&CartLine> = self.cart.lines.iter().collect();
        self.judge(&lines, now)
    }

    /// What becomes of some of the lines, as one whole. What came along with a line that is not taken is not taken
    /// either: nobody asked for it alone.
    fn judge(&self, lines: &[&CartLine], now: UtcMs) -> Vec<Judged> {
        let mut orphans: BTreeMap<usize, Judged> = BTreeMap::new();
        loop {
            let (places, left): (Vec<usize>, Vec<&CartLine>) = lines
                .iter()
                .enumerate()
                .filter(|(place, _)| !orphans.contains_key(place))
                .map(|(place, line)| (place, *line))
                .unzip();
            let answers = judged(&left, &self.ground, now);
            let found = orphans_of(&left, &answers, self);
            if found.is_empty() {
                let mut all = orphans;
                all.extend(places.into_iter().zip(answers));
                return all.into_values().collect();
            }
            orphans.extend(found.into_iter().map(|(place, judged)| (places[place], judged)));
        }
    }

    /// What becomes of each line when the cart is validated: one whose price is another than the one shown is not taken,
    /// and the others are judged without it.
    pub(super) fn settled(&self, now: UtcMs) -> Vec<Settled> {
        let mut settled: Vec<Option<Settled>> = self.cart.lines.iter().map(|_| None).collect();
        loop {
            let open = settled.iter().zip(&self.cart.lines).enumerate();
            let (places, lines): (Vec<usize>, Vec<&CartLine>) = open
                .filter(|(_, (known, _))| known.is_none())
                .map(|(place, (_, line))| (place, line))
                .unzip();
            let answers = self.judge(&lines, now);
            let mut moved = false;
            for ((place, line), judged) in places.iter().zip(&lines).zip(&answers) {
                if let Some(price) = price_of(&judged.sentence)
                    && line.shown != Some(price)
                {
                    moved = true;
                    settled[*place] = Some(Settled::Moved(price));
                }
            }
            if !moved {
                for (place, judged) in places.into_iter().zip(answers) {
                    settled[place] = Some(Settled::Judged(judged));
                }
                return settled.into_iter().flatten().collect();
            }
        }
    }
}

/// What becomes of a line when its cart is validated.
#[derive(Clone, Debug)]
pub(super) enum Settled {
    /// This.
    Judged(Judged),
    /// Nothing: its price is this by now, and another one was shown, or none.
    Moved(Cents),
}

/// Reads what lines between two dates are judged on.
///
/// # Errors
/// See [`Checked::of`].
pub(super) fn read(
    tx: &mut dyn Read,
    whose: Whose,
    cart: Option<CartId>,
    (from, until): (NaiveDate, NaiveDate),
    now: UtcMs,
) -> Result<Ground, StoreError> {
    let scope = Scope {
        household: Some(whose.household),
        guardian: Some(whose.guardian),
        children: Children::OfHousehold,
        from,
        until,
        activities: None,
        carts: cart.or(Some(CartId(uuid::Uuid::nil()))),
        now,
    };
    ground(tx, &scope)
}

/// How somebody on the portal asks.
pub(super) fn asked(now: UtcMs) -> Asked {
    Asked {
        now,
        entrance: Entrance::Portal,
        beyond: false,
    }
}

/// What stands in the place of a line.
fn stands(ground: &Ground, line: &CartLine) -> Option<shared::ids::ReservationId> {
    let same = ground.standing.iter().find(|one| {
        one.child == line.child
            && one.session.activity == line.session.activity
            && one.session.date == line.session.date
    });
    match line.kind {
        // It is taken otherwise, or at another site, where that was cancelled in the same cart.
        CartKind::Add => same
            .filter(|one| {
                let moves = line.about == Some(one.id) && one.session.site != line.session.site;
                moves || one.session == line.session && one.formula != line.formula
            })
            .map(|one| one.id),
        CartKind::Cancel => same.map(|one| one.id),
    }
}

/// Lines that would pass though those that brought them would not: by their place among these lines.
fn orphans_of(lines: &[&CartLine], judged: &[Judged], checked: &Checked) -> Vec<(usize, Judged)> {
    let ground = &checked.ground;
    let mut links = ground.sets.iter().flat_map(|set| &set.links);
    if !links.any(|link| link.kind == LinkKind::Brings) {
        return Vec::new();
    }
    let day = |line: &CartLine| (line.child, line.session.date);
    let mut of_day: BTreeMap<_, Vec<&CartLine>> = BTreeMap::new();
    for line in &checked.cart.lines {
        of_day.entry(day(line)).or_default().push(line);
    }
    let passes = |judged: &Judged| !matches!(judged.sentence, Sentence::Refuse(_));
    let passing: BTreeSet<_> = lines
        .iter()
        .zip(judged)
        .filter(|(line, judged)| line.kind == CartKind::Add && passes(judged))
        .map(|(line, _)| (day(line), line.session.activity))
        .collect();
    let goes_on = |key: &(_, _), activity: ActivityId| {
        passing.contains(&(*key, activity))
            || ground
                .standing
                .iter()
                .any(|one| (one.child, one.session.date) == *key && one.session.activity == activity)
    };
    let orphan = |(place, (line, judged)): (usize, (&&CartLine, &Judged))| {
        if line.kind != CartKind::Add || !passes(judged) {
            return None;
        }
        let key = day(line);
        let mut brought_by = of_day.get(&key)?.iter().filter(|other| {
            other.kind == CartKind::Add
                && other.added_at == line.added_at
                && other.session.activity != line.session.activity
                && brings(other.session.activity, key.1, ground).contains(&line.session.activity)
        });
        let first = brought_by.clone().next()?;
        if brought_by.any(|other| goes_on(&key, other.session.activity)) {
            return None;
        }
        let reason = Reason {
            name: ground
                .activities
                .get(&first.session.activity)
                .map(|one| one.name.clone()),
            ..Reason::of(Why::With)
        };
        let refused = Judged {
            sentence: Sentence::Refuse(reason),
            rule: None,
            ..judged.clone()
        };
        Some((place, refused))
    };
    lines.iter().zip(judged).enumerate().filter_map(orphan).collect()
}

fn judged(lines: &[&CartLine], ground: &Ground, now: UtcMs) -> Vec<Judged> {
    let wanted: Vec<_> = lines.iter().filter_map(|line| line.wanted()).collect();
    let mut answers = judge(&wanted, ground, asked(now)).into_iter();
    let nothing = || Judged {
        sentence: Sentence::Refuse(Reason::of(Why::Already)),
        until: None,
        rule: None,
        group: None,
        overruled: Vec::new(),
    };
    lines
        .iter()
        .map(|line| match line.wanted() {
            Some(_) => answers.next().unwrap_or_else(nothing),
            // There is nothing left to cancel.
            None => nothing(),
        })
        .collect()
}

/// What somebody owes by it: the price, or what a cancellation costs; `None` where it does not pass.
pub(super) fn price_of(sentence: &Sentence) -> Option<Cents> {
    match sentence {
        Sentence::Book { priced, .. } | Sentence::Request { priced, .. } | Sentence::Wait { priced, .. } => {
            Some(priced.total)
        }
        Sentence::Cancel { due, .. } | Sentence::RequestCancel { due, .. } => Some(*due),
        Sentence::Refuse(_) => None,
    }
}

/// A word for what a cart shows: another one as soon as a line or a price of it is another.
pub(super) fn shown(lines: &[CartLine]) -> String {
    let mut parts: Vec<String> = lines
        .iter()
        .map(|line| {
            format!(
                "{} {:?} {} {:?} {:?} {:?} {:?}",
                line.child,
                line.session,
                line.kind.as_str(),
                line.formula,
                line.about,
                line.wish,
                line.shown
            )
        })
        .collect();
    parts.sort();
    let mut word = sha256(&[b"cart shown", parts.join("\n").as_bytes()]).hex();
    word.truncate(16);
    word
}
