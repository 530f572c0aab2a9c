//! What stands beside the ground of a grid: the cart, what was pointed, the children's symbols. One query.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use server_ui::portal::bookings::CartBar;
use shared::booking::SessionKey;
use shared::day_list::Symbol;
use shared::fold::Marks;
use shared::ids::{ActivityId, CartId, ChildId, FormulaId, GuardianId, MarkId, SiteId};
use shared::mark::unpack;
use shared::money::Cents;
use shared::time::UtcMs;

use crate::store::{Read, Row, StoreError};

/// A line of the family's cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InCart {
    pub(super) child: ChildId,
    pub(super) session: SessionKey,
    pub(super) formula: Option<FormulaId>,
    /// It cancels what is booked.
    pub(super) cancels: bool,
    /// What was shown when it was put there.
    pub(super) shown: Option<Cents>,
    /// Until when its place is held.
    pub(super) held_until: Option<UtcMs>,
}

/// What was found.
#[derive(Default)]
pub(super) struct Beside {
    /// The family's cart, where it has one.
    pub(super) cart: Option<CartId>,
    /// What is in it.
    pub(super) lines: Vec<InCart>,
    /// What was pointed, day by day. The marks of other children are read with those of the family's, as one list is
    /// one document, and go no further than the fold.
    pub(super) marks: BTreeMap<NaiveDate, Marks>,
    /// Who a child that nobody knew turned out to be.
    pub(super) names: BTreeMap<NaiveDate, BTreeMap<ChildId, ChildId>>,
    symbols: BTreeMap<ChildId, Symbol>,
}

impl Beside {
    /// Reads it: marks and names of dates between two, the rest whatever the dates.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub(super) fn read(
        tx: &mut dyn Read,
        guardian: GuardianId,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Result<Self, StoreError> {
        let mut beside = Self::default();
        let params = [guardian.into(), from.into(), until.into()];
        for row in tx.query(include_str!("sql/beside.sql"), &params)? {
            beside.take(&row)?;
        }
        Ok(beside)
    }

    fn take(&mut self, row: &Row) -> Result<(), StoreError> {
        match row.int(0)? {
            1 => {
                self.cart = Some(CartId(row.uuid(2)?));
                if !row.is_null(3) {
                    self.lines.push(in_cart(row)?);
                }
            }
            2 => {
                let mark = unpack(&row.bytes(10)?).map_err(|e| StoreError::Damaged(e.to_string()))?;
                let (id, site) = (MarkId(row.uuid(2)?), SiteId(row.uuid(3)?));
                self.marks.entry(row.date(1)?).or_default().add(site, id, mark);
            }
            3 => {
                let (unknown, child) = (ChildId(row.uuid(2)?), ChildId(row.uuid(3)?));
                self.names.entry(row.date(1)?).or_default().insert(unknown, child);
            }
            _ => {
                let byte = |i| u8::try_from(row.int(i)?).map_err(|_| StoreError::Shape("symbol".into()));
                let (colour, shape) = (byte(8)?, byte(9)?);
                self.symbols
                    .insert(ChildId(row.uuid(2)?), Symbol { colour, shape });
            }
        }
        Ok(())
    }

    /// The symbol that a child knows as its own.
    pub(super) fn symbol(&self, child: ChildId) -> Symbol {
        shared::symbol::of(child, self.symbols.get(&child).copied())
    }

    /// The line of the cart about an activity of a child on a day.
    pub(super) fn line(&self, child: ChildId, activity: ActivityId, date: NaiveDate) -> Option<&InCart> {
        self.lines.iter().find(|line| {
            line.child == child && line.session.activity == activity && line.session.date == date
        })
    }

    /// The cart in a line.
    pub(super) fn bar(&self, zone: chrono_tz::Tz, now: UtcMs) -> Option<CartBar> {
        let prices: Option<Vec<Cents>> = self.lines.iter().map(|line| line.shown).collect();
        let held = self.lines.iter().filter_map(|line| line.held_until);
        (!self.lines.is_empty()).then(|| CartBar {
            lines: self.lines.len(),
            total: prices.map(|prices| prices.into_iter().sum()),
            held_until: held
                .filter(|until| *until > now)
                .min()
                .map(|until| super::civil(until, zone)),
        })
    }
}

fn in_cart(row: &Row) -> Result<InCart, StoreError> {
    Ok(InCart {
        child: ChildId(row.uuid(3)?),
        session: SessionKey {
            activity: ActivityId(row.uuid(4)?),
            site: SiteId(row.uuid(5)?),
            date: row.date(1)?,
        },
        formula: row.opt(7, Row::uuid)?.map(FormulaId),
        cancels: row.text(6)? == "cancel",
        shown: row.opt(8, Row::int)?.map(Cents),
        held_until: row.opt(9, Row::int)?.map(UtcMs),
    })
}
