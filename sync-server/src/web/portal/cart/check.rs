//! What a cart comes to now.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::booking::{Asked, Ground, Judged, Reason, Sentence, Wanted, brings, judge};
use shared::ids::{ActivityId, CartId, ReservationId};
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
    /// What leaving the other site costs, for lines that move and where it costs something.
    leaving: BTreeMap<ReservationId, Leaving>,
}

/// What it costs to leave the site where something is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leaving {
    /// What is due all the same.
    pub(super) due: Cents,
    /// What was paid is credited.
    pub(super) credited: Cents,
    /// It is due no longer with a certificate within so many days.
    pub(super) excused_within_days: Option<u16>,
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
        let moves = cart.lines.iter();
        let leaving = moves.filter_map(|line| leaving(&ground, line, now)).collect();
        Self {
            cart,
            ground,
            leaving,
        }
    }

    /// What leaving the other site costs, where a line moves and that is not free: then it is a cancellation and a
    /// reservation, and neither without the other.
    pub(super) fn leaving(&self, line: &CartLine) -> Option<Leaving> {
        let about = line.about.filter(|_| line.kind == CartKind::Add)?;
        self.leaving.get(&about).copied()
    }

    /// What somebody owes by a line: the price, or what a cancellation costs; `None` where it does not pass.
    pub(super) fn price_of(&self, line: &CartLine, sentence: &Sentence) -> Option<Cents> {
        let left = self.leaving(line).map_or(Cents::ZERO, |leaving| leaving.due);
        price_of(sentence).map(|price| price + left)
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
            let answers = judged(&left, self, now);
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
                if let Some(price) = self.price_of(line, &judged.sentence)
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
fn stands(ground: &Ground, line: &CartLine) -> Option<ReservationId> {
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

/// A move as a cancellation and a reservation.
fn apart(line: &CartLine) -> Option<[Wanted; 2]> {
    let reservation = line.about.filter(|_| line.kind == CartKind::Add)?;
    let there = Wanted::Add {
        child: line.child,
        session: line.session,
        formula: line.formula,
        replaces: None,
        wish: line.wish,
    };
    Some([Wanted::Cancel { reservation }, there])
}

/// What leaving costs, for a line that moves and where it costs something.
fn leaving(ground: &Ground, line: &CartLine, now: UtcMs) -> Option<(ReservationId, Leaving)> {
    let id = line.about?;
    let standing = ground.standing.iter().find(|one| one.id == id)?;
    let both = apart(line).filter(|_| standing.session.site != line.session.site)?;
    match judge(&both, ground, asked(now)).first()?.sentence {
        Sentence::Cancel {
            due,
            credited,
            excused_within_days,
        } if due > Cents::ZERO => Some((
            id,
            Leaving {
                due,
                credited,
                excused_within_days,
            },
        )),
        _ => None,
    }
}

fn nothing() -> Judged {
    Judged {
        sentence: Sentence::Refuse(Reason::of(Why::Already)),
        until: None,
        rule: None,
        group: None,
        overruled: Vec::new(),
    }
}

/// Judges lines as one whole. Who cannot go to the other site stays where it is, and the others are judged without it.
fn judged(lines: &[&CartLine], checked: &Checked, now: UtcMs) -> Vec<Judged> {
    let mut stay: BTreeMap<usize, Judged> = BTreeMap::new();
    loop {
        let open = || {
            lines
                .iter()
                .enumerate()
                .filter(|(place, _)| !stay.contains_key(place))
        };
        let wanted: Vec<Wanted> = open()
            .flat_map(|(_, line)| match checked.leaving(line) {
                Some(_) => apart(line).into_iter().flatten().collect(),
                None => Vec::from_iter(line.wanted()),
            })
            .collect();
        let mut answers = judge(&wanted, &checked.ground, asked(now)).into_iter();
        let mut all = stay.clone();
        let mut kept_back = BTreeMap::new();
        for (place, line) in open() {
            if checked.leaving(line).is_none() {
                // There may be nothing left to cancel.
                let answer = line.wanted().and_then(|_| answers.next());
                all.insert(place, answer.unwrap_or_else(nothing));
                continue;
            }
            let left = answers.next().map(|left| left.sentence);
            let there = answers
                .next()
                .filter(|_| matches!(left, Some(Sentence::Cancel { .. })));
            match there {
                Some(there) if matches!(there.sentence, Sentence::Book { .. }) => {
                    all.insert(place, there);
                }
                there => {
                    kept_back.insert(place, stays(line, there, checked, now));
                }
            }
        }
        if kept_back.is_empty() {
            return all.into_values().collect();
        }
        stay.extend(kept_back);
    }
}

/// Why a line cannot move: it is refused there, or its place cannot be given up for a mere request.
fn stays(line: &CartLine, there: Option<Judged>, checked: &Checked, now: UtcMs) -> Judged {
    let refused = |judged: &Judged| matches!(judged.sentence, Sentence::Refuse(_));
    let plain = || {
        let wanted: Vec<Wanted> = line.wanted().into_iter().collect();
        judge(&wanted, &checked.ground, asked(now)).pop()
    };
    let said = there.filter(refused).or_else(plain).filter(refused);
    said.unwrap_or_else(nothing)
}

/// What is due by it alone.
fn price_of(sentence: &Sentence) -> Option<Cents> {
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
