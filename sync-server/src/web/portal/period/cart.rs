//! All that can be, put into the family's cart at once.

use shared::booking::{Ground, Judged, SessionKey, Wanted};
use shared::ids::{CartId, GuardianId, HouseholdId, mint};
use shared::time::UtcMs;
use uuid::Uuid;

use super::fold::taken_of;
use super::plan::{Fate, Step};
use crate::clock::random;
use crate::rules::carts::{self, CartKind, CartLine, Owner};
use crate::rules::holds;
use crate::store::{Read, StoreError, Value, Write};

/// What lies in it already.
pub(super) struct Mine {
    pub(super) id: CartId,
    pub(super) wanted: Vec<Wanted>,
}

/// Whose cart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Of {
    pub(super) guardian: GuardianId,
    pub(super) household: HouseholdId,
}

/// The cart; where there is none, one that nobody has.
pub(super) fn of(tx: &mut dyn Read, of: Of) -> Result<Mine, StoreError> {
    let found = carts::of(tx, Owner::Guardian(of.guardian), of.household)?;
    Ok(match found {
        Some(cart) => Mine {
            id: cart.id,
            wanted: cart.lines.iter().filter_map(CartLine::wanted).collect(),
        },
        None => Mine {
            id: CartId(Uuid::nil()),
            wanted: Vec::new(),
        },
    })
}

/// Puts in what can be, in one go; limited places are held.
pub(super) fn put(
    tx: &mut dyn Write,
    of: Of,
    steps: &[Step],
    ground: &Ground,
    now: UtcMs,
) -> Result<(), StoreError> {
    let (mut lines, judged): (Vec<CartLine>, Vec<Judged>) =
        steps.iter().filter_map(|step| line(step, now)).unzip();
    if lines.is_empty() {
        return Ok(());
    }
    let minutes = carts::settings(tx)?.hold_minutes;
    let ages = carts::Ages::of(tx, of.household, now)?;
    lines = lines.into_iter().map(|line| ages.aged(line)).collect();
    let planned = holds::plan(&lines, &judged, ground, (now, minutes, true));
    for (line, (until, group)) in lines.iter_mut().zip(planned) {
        line.held_until = until;
        line.group = group;
    }
    let fresh = CartId(mint(now, random()));
    let cart = carts::open(tx, Owner::Guardian(of.guardian), of.household, fresh, now)?;
    let rows: Vec<Vec<Value>> = lines.iter().map(|line| row(cart.id, line)).collect();
    tx.execute_many(include_str!("../../../record/cart/put_line.sql"), &rows)?;
    carts::touch(tx, cart.id, now)
}

/// A step as a line with what was judged of it, where it can be.
fn line(step: &Step, now: UtcMs) -> Option<(CartLine, Judged)> {
    let Fate::Judged { wanted, site, judged } = &step.fate else {
        return None;
    };
    let (_, cents, _) = taken_of(judged)?;
    let (kind, about) = match wanted {
        Wanted::Add { replaces, .. } => (CartKind::Add, *replaces),
        Wanted::Cancel { reservation } => (CartKind::Cancel, Some(*reservation)),
    };
    let line = CartLine {
        child: step.wish.child,
        session: SessionKey {
            activity: step.wish.activity,
            site: *site,
            date: step.wish.date,
        },
        kind,
        formula: step.wish.formula,
        group: judged.group.clone(),
        about,
        wish: None,
        shown: Some(cents),
        held_until: None,
        added_at: now,
    };
    Some((line, Judged::clone(judged)))
}

fn row(cart: CartId, line: &CartLine) -> Vec<Value> {
    vec![
        cart.into(),
        line.child.into(),
        line.session.activity.into(),
        line.session.date.into(),
        line.session.site.into(),
        line.kind.as_str().into(),
        line.formula.into(),
        line.group.clone().into(),
        line.about.into(),
        line.wish.into(),
        line.shown.map(|cents| cents.0).into(),
        line.held_until.into(),
        line.added_at.into(),
    ]
}
