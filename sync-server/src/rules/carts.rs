//! Carts: what somebody gathers for a household until it is validated.
//!
//! A cart is ephemera. Its id becomes that of the operation it turns into, so that a second post finds the first in
//! the journal; a new cart has a new id. A guardian, or an agent for a family, has one cart for each household.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::booking::{Ground, GroupName, SessionKey, Wanted, WishKind, WishState};
use shared::codec::decode;
use shared::ids::{
    ActivityId, AgentId, CartId, ChildId, FormulaId, GuardianId, HouseholdId, ReservationId, SiteId, WishId,
};
use shared::money::Cents;
use shared::operation::BookingSettingsRecord;
use shared::time::UtcMs;
use uuid::Uuid;

use super::holds::remembered_ms;
use super::shape;
use crate::store::{Read, Row, StoreError, Value, Write};

/// How long a limited place is held where the town says nothing, in minutes.
const HOLD_MINUTES: u32 = 20;

/// Whose cart it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A guardian.
    Guardian(GuardianId),
    /// An agent who books for a family.
    Agent(AgentId),
}

impl Owner {
    fn id(self) -> Uuid {
        match self {
            Self::Guardian(id) => id.0,
            Self::Agent(id) => id.0,
        }
    }
}

/// A cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cart {
    /// Its id, and that of the operation it becomes.
    pub id: CartId,
    /// For which household.
    pub household: HouseholdId,
    /// When somebody worked on it.
    pub changed_at: UtcMs,
    /// What is in it, by date.
    pub lines: Vec<CartLine>,
}

/// What a line asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CartKind {
    /// A reservation; `about` is the one that gives way to it.
    Add,
    /// No reservation any more; `about` is the one.
    Cancel,
}

impl CartKind {
    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Cancel => "cancel",
        }
    }
}

/// A line of a cart; there is one for a child, an activity and a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CartLine {
    /// For whom.
    pub child: ChildId,
    /// Of what.
    pub session: SessionKey,
    /// What is asked.
    pub kind: CartKind,
    /// How it is taken.
    pub formula: Option<FormulaId>,
    /// The group whose place it takes.
    pub group: Option<GroupName>,
    /// The reservation that is cancelled, or gives way.
    pub about: Option<ReservationId>,
    /// The wish whose offer is taken.
    pub wish: Option<WishId>,
    /// What was shown: the price, or what the cancellation costs.
    pub shown: Option<Cents>,
    /// A limited place is held until then.
    pub held_until: Option<UtcMs>,
    /// Since when it is in the cart.
    pub added_at: UtcMs,
}

impl CartLine {
    /// As it is judged; `None` for a cancellation that names no reservation.
    pub fn wanted(&self) -> Option<Wanted> {
        match self.kind {
            CartKind::Add => Some(Wanted::Add {
                child: self.child,
                session: self.session,
                formula: self.formula,
                replaces: self.about,
                wish: self.wish,
            }),
            CartKind::Cancel => self.about.map(|reservation| Wanted::Cancel { reservation }),
        }
    }

    /// Whether another line is about the same child, activity and day: a cart has one.
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        let key = |line: &Self| (line.child, line.session.activity, line.session.date);
        key(self) == key(other)
    }

    /// It, put where another one of the same child, activity and day lies. A cancellation at one site and a reservation
    /// at another are one line: the reservation, to which the other gives way. A hold is as old as the line that it began
    /// with, however often that is put in again.
    #[must_use]
    pub fn in_place_of(self, before: &Self) -> Self {
        let elsewhere = self.session.site != before.session.site;
        match (before.kind, self.kind) {
            (CartKind::Cancel, CartKind::Add) if elsewhere => Self {
                about: before.about,
                ..self
            },
            (CartKind::Add, CartKind::Cancel) if elsewhere => Self {
                about: self.about,
                ..before.clone()
            },
            (kind, same) if kind == same && !elsewhere => Self {
                about: self.about.or(before.about),
                held_until: before.held_until,
                added_at: before.added_at,
                ..self
            },
            _ => self,
        }
    }

    fn key(&self, cart: CartId) -> [Value; 4] {
        [
            cart.into(),
            self.child.into(),
            self.session.activity.into(),
            self.session.date.into(),
        ]
    }
}

/// The wish of a child to which a place of a session is offered now: whoever books that session takes this place, and no
/// second one.
pub fn offer_of(ground: &Ground, child: ChildId, session: SessionKey, now: UtcMs) -> Option<WishId> {
    let offered = ground.wishes.iter().find(|wish| {
        wish.child == child
            && wish.session == session
            && wish.kind == WishKind::Wait
            && wish.state == WishState::Offered
            && wish.offered_until.is_some_and(|until| until > now)
    });
    offered.map(|wish| wish.id)
}

/// How families book here, with what counts where the town said nothing.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn settings(tx: &mut dyn Read) -> Result<BookingSettingsRecord, StoreError> {
    match tx.first(include_str!("../record/rules/settings.sql"), &[])? {
        Some(row) => decode(&row.bytes(0)?).map_err(|error| StoreError::Shape(error.to_string())),
        None => Ok(BookingSettingsRecord {
            hold_minutes: HOLD_MINUTES,
            phone: None,
            documents: Vec::new(),
        }),
    }
}

/// The cart of somebody for a household, where there is one. One query.
///
/// # Errors
/// See [`settings`].
pub fn of(tx: &mut dyn Read, owner: Owner, household: HouseholdId) -> Result<Option<Cart>, StoreError> {
    let params = [owner.id().into(), household.into()];
    cart(&tx.query(include_str!("../record/cart/of.sql"), &params)?)
}

/// The cart of an id, if it is this owner's.
///
/// # Errors
/// See [`settings`].
pub fn get(tx: &mut dyn Read, owner: Owner, id: CartId) -> Result<Option<Cart>, StoreError> {
    let params = [id.into(), owner.id().into()];
    cart(&tx.query(include_str!("../record/cart/get.sql"), &params)?)
}

/// The cart of somebody for a household: theirs, or a new one under a fresh id.
///
/// # Errors
/// See [`settings`].
pub fn open(
    tx: &mut dyn Write,
    owner: Owner,
    household: HouseholdId,
    fresh: CartId,
    now: UtcMs,
) -> Result<Cart, StoreError> {
    let params = [fresh.into(), owner.id().into(), household.into(), now.into()];
    tx.execute(include_str!("../record/cart/open.sql"), &params)?;
    of(tx, owner, household)?.ok_or_else(|| shape("a cart that was just opened"))
}

/// Puts a line into a cart, instead of the one for the same child, activity and date.
///
/// # Errors
/// See [`settings`].
pub fn put_line(tx: &mut dyn Write, cart: CartId, line: &CartLine, now: UtcMs) -> Result<(), StoreError> {
    let rest: [Value; 9] = [
        line.session.site.into(),
        line.kind.as_str().into(),
        line.formula.into(),
        line.group.clone().into(),
        line.about.into(),
        line.wish.into(),
        line.shown.map(|cents| cents.0).into(),
        line.held_until.into(),
        line.added_at.into(),
    ];
    let params: Vec<Value> = line.key(cart).into_iter().chain(rest).collect();
    tx.execute(include_str!("../record/cart/put_line.sql"), &params)?;
    touch(tx, cart, now)
}

/// Takes a line out of a cart, and gives its place back; whether there was one. When a reservation was put in is
/// remembered: put in again it is no younger.
///
/// # Errors
/// See [`settings`].
pub fn drop_line(
    tx: &mut dyn Write,
    cart: CartId,
    (child, activity, date): (ChildId, ActivityId, NaiveDate),
    now: UtcMs,
) -> Result<bool, StoreError> {
    let params = [cart.into(), child.into(), activity.into(), date.into()];
    let gone = tx.execute(include_str!("../record/cart/take_out.sql"), &params)?
        + tx.execute(include_str!("../record/cart/drop_line.sql"), &params)?;
    touch(tx, cart, now)?;
    Ok(gone > 0)
}

/// Takes all lines out of a cart, as [`drop_line`] takes one.
///
/// # Errors
/// See [`settings`].
pub fn empty(tx: &mut dyn Write, cart: CartId, now: UtcMs) -> Result<(), StoreError> {
    tx.execute(include_str!("../record/cart/empty.sql"), &[cart.into()])?;
    tx.execute(
        include_str!("../record/cart/drop_cancellations.sql"),
        &[cart.into()],
    )?;
    touch(tx, cart, now)
}

/// What was taken out of a cart, as far as it is remembered.
#[derive(Clone, Debug)]
pub struct TakenOut(Vec<[Value; 5]>);

impl TakenOut {
    /// Of a cart that is about to end.
    ///
    /// # Errors
    /// See [`settings`].
    pub fn of(tx: &mut dyn Read, cart: CartId) -> Result<Self, StoreError> {
        let rows = tx.query(include_str!("../record/cart/taken_out.sql"), &[cart.into()])?;
        let one = |row: &Row| {
            Ok([
                row.uuid(0)?.into(),
                row.uuid(1)?.into(),
                row.date(2)?.into(),
                row.uuid(3)?.into(),
                row.int(4)?.into(),
            ])
        };
        rows.iter().map(one).collect::<Result<_, StoreError>>().map(Self)
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The cart that follows knows it.
    ///
    /// # Errors
    /// See [`settings`].
    pub fn remember(self, tx: &mut dyn Write, cart: CartId) -> Result<(), StoreError> {
        let rows: Vec<Vec<Value>> = self
            .0
            .into_iter()
            .map(|rest| std::iter::once(cart.into()).chain(rest).collect())
            .collect();
        tx.execute_many(include_str!("../record/cart/remember.sql"), &rows)?;
        Ok(())
    }
}

/// Since when the carts of a household know of a child, an activity and a date.
#[derive(Clone, Debug)]
pub struct Ages(BTreeMap<(ChildId, ActivityId, NaiveDate), UtcMs>);

impl Ages {
    /// As far back as it is remembered.
    ///
    /// # Errors
    /// See [`settings`].
    pub fn of(tx: &mut dyn Read, household: HouseholdId, now: UtcMs) -> Result<Self, StoreError> {
        let since = now.plus_ms(-remembered_ms(settings(tx)?.hold_minutes));
        let params = [household.into(), since.into()];
        let rows = tx.query(include_str!("../record/cart/ages.sql"), &params)?;
        let one = |row: &Row| {
            let key = (ChildId(row.uuid(0)?), ActivityId(row.uuid(1)?), row.date(2)?);
            Ok((key, UtcMs(row.int(3)?)))
        };
        rows.iter().map(one).collect::<Result<_, StoreError>>().map(Self)
    }

    /// A line that is put in again is as old as the first one was, at whatever site and in whatever formula, and in
    /// whoever’s cart of the household.
    #[must_use]
    pub fn aged(&self, line: CartLine) -> CartLine {
        let key = (line.child, line.session.activity, line.session.date);
        let first = self.0.get(&key).filter(|_| line.kind == CartKind::Add);
        CartLine {
            added_at: first.map_or(line.added_at, |first| line.added_at.min(*first)),
            ..line
        }
    }
}

/// Somebody worked on it: it is kept on.
///
/// # Errors
/// See [`settings`].
pub fn touch(tx: &mut dyn Write, cart: CartId, now: UtcMs) -> Result<(), StoreError> {
    tx.execute(
        include_str!("../record/cart/touch.sql"),
        &[cart.into(), now.into()],
    )?;
    Ok(())
}

/// The cart is gone with all its lines and holds; the next one has another id.
///
/// # Errors
/// See [`settings`].
pub fn clear(tx: &mut dyn Write, cart: CartId) -> Result<(), StoreError> {
    tx.execute(include_str!("../record/cart/clear.sql"), &[cart.into()])?;
    Ok(())
}

/// Holds the places of a cart's lines as planned by [`super::holds::plan`], one answer for each line; a line that
/// gets none gives its place back.
///
/// # Errors
/// See [`settings`].
pub fn hold(
    tx: &mut dyn Write,
    cart: &mut Cart,
    planned: &[(Option<UtcMs>, Option<GroupName>)],
) -> Result<(), StoreError> {
    let id = cart.id;
    for (line, (until, group)) in cart.lines.iter_mut().zip(planned) {
        if (line.held_until, &line.group) == (*until, group) {
            continue;
        }
        let params: Vec<Value> = line
            .key(id)
            .into_iter()
            .chain([(*until).into(), group.clone().into()])
            .collect();
        tx.execute(include_str!("../record/cart/hold.sql"), &params)?;
        line.held_until = *until;
        line.group.clone_from(group);
    }
    Ok(())
}

fn cart(rows: &[Row]) -> Result<Option<Cart>, StoreError> {
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let lines = rows.iter().filter(|row| !row.is_null(3)).map(line);
    Ok(Some(Cart {
        id: CartId(first.uuid(0)?),
        household: HouseholdId(first.uuid(1)?),
        changed_at: UtcMs(first.int(2)?),
        lines: lines.collect::<Result<_, _>>()?,
    }))
}

fn line(row: &Row) -> Result<CartLine, StoreError> {
    Ok(CartLine {
        child: ChildId(row.uuid(3)?),
        session: SessionKey {
            activity: ActivityId(row.uuid(4)?),
            site: SiteId(row.uuid(6)?),
            date: row.date(5)?,
        },
        kind: if row.text(7)? == CartKind::Add.as_str() {
            CartKind::Add
        } else {
            CartKind::Cancel
        },
        formula: row.opt(8, Row::uuid)?.map(FormulaId),
        group: row.opt(9, Row::text)?,
        about: row.opt(10, Row::uuid)?.map(ReservationId),
        wish: row.opt(11, Row::uuid)?.map(WishId),
        shown: row.opt(12, Row::int)?.map(Cents),
        held_until: row.opt(13, Row::int)?.map(UtcMs),
        added_at: UtcMs(row.int(14)?),
    })
}
