//! How children usually come: group, table and hours, as in their newest reservation of an activity at a site.

use std::collections::{BTreeMap, BTreeSet};

use shared::codec::Minute;
use shared::ids::{ActivityId, ChildId, FormulaId, SiteId};
use shared::operation::ReservationLine;

use crate::store::{Read, Row, StoreError};

/// How a child comes to an activity at a site.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Habit {
    formula: Option<FormulaId>,
    group: Option<String>,
    sitting: Option<u8>,
    table: Option<String>,
    expected_in: Option<Minute>,
    expected_out: Option<Minute>,
    comes_from: Option<String>,
    goes_to: Option<String>,
}

/// How some children usually come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usual(BTreeMap<(ChildId, ActivityId, SiteId), Habit>);

impl Usual {
    /// Reads it: one query for each child.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub fn read<R: Read + ?Sized>(tx: &mut R, children: &BTreeSet<ChildId>) -> Result<Self, StoreError> {
        let sql = include_str!("../record/reservation/newest_of_child.sql");
        let mut all = BTreeMap::new();
        for child in children {
            for row in tx.query(sql, &[(*child).into()])? {
                let key = (*child, ActivityId(row.uuid(0)?), SiteId(row.uuid(1)?));
                let habit = Habit {
                    group: row.opt(3, Row::text)?,
                    sitting: row.opt(4, Row::int)?.and_then(|n| u8::try_from(n).ok()),
                    table: row.opt(5, Row::text)?,
                    expected_in: row.opt(6, Row::minute)?,
                    expected_out: row.opt(7, Row::minute)?,
                    comes_from: row.opt(8, Row::text)?,
                    goes_to: row.opt(9, Row::text)?,
                    formula: row.opt(10, Row::uuid)?.map(FormulaId),
                };
                all.entry(key).or_insert(habit);
            }
        }
        Ok(Self(all))
    }

    /// Gives a reservation what nobody said of it. Hours are those of its formula: another one has others.
    pub fn complete(&self, line: &mut ReservationLine) {
        let Some(habit) = self.0.get(&(line.child, line.activity, line.site)) else {
            return;
        };
        let or = |said: &mut Option<String>, usual: &Option<String>| {
            if said.is_none() {
                said.clone_from(usual);
            }
        };
        or(&mut line.group, &habit.group);
        or(&mut line.table, &habit.table);
        or(&mut line.comes_from, &habit.comes_from);
        or(&mut line.goes_to, &habit.goes_to);
        line.sitting = line.sitting.or(habit.sitting);
        if line.formula == habit.formula {
            line.expected_in = line.expected_in.or(habit.expected_in);
            line.expected_out = line.expected_out.or(habit.expected_out);
        }
    }
}
