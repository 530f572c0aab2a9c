//! What was decided, as the record has it now.

use std::collections::BTreeMap;

use server_ui::desk::discrepancies::{DecidedLine, DecidedLot, words};
use shared::codec::{decode, encode};
use shared::ids::{ActivityId, AgentId, ChildId, SettlementId, SiteId};
use shared::operation::{Actor, Decision, Stated};
use shared::time::UtcMs;

use super::super::day::{day_of, hour_of};
use super::super::reach::Reach;
use super::asked::Filter;
use super::lines::{kind_of, name_of};
use super::names::Names;
use super::{SIZE, moment};
use crate::commune::Commune;
use crate::record;
use crate::store::{Read, Row, StoreError};

/// Which page, how many lines on one, how many in all.
pub(super) type Pages = (usize, usize, usize);

/// The decisions of a page, those made at once together.
pub(super) fn page(
    tx: &mut dyn Read,
    commune: &Commune,
    names: &Names,
    filter: &Filter,
) -> Result<(Vec<DecidedLot>, Pages), StoreError> {
    let row = tx.first(include_str!("sql/decided_count.sql"), &filter.params())?;
    let total = usize::try_from(row.map_or(Ok(0), |row| row.count(0))?).unwrap_or(usize::MAX);
    let mut filter = filter.clone();
    filter.page = filter.page.min(total.div_ceil(SIZE).max(1));
    let agents: BTreeMap<AgentId, String> = record::agents(tx)?
        .into_iter()
        .map(|(agent, _)| (agent.id, agent.name))
        .collect();
    let params = filter.paged(filter.params());
    let mut lots: Vec<DecidedLot> = Vec::new();
    for row in tx.query(include_str!("sql/decided_page.sql"), &params)? {
        let seq = row.count(9)?;
        if lots.last().is_none_or(|lot| lot.lot != seq) {
            let actor: Actor = decode(&row.bytes(11)?).map_err(|e| StoreError::Shape(e.to_string()))?;
            let by = match actor {
                Actor::Agent(agent) => agents.get(&agent).cloned().unwrap_or_default(),
                _ => String::new(),
            };
            lots.push(DecidedLot {
                lot: seq,
                at: moment(UtcMs(row.int(10)?), commune),
                by,
                decision: row.text(12)?,
                note: row.text(13)?,
                count: standing(tx, seq, filter.reach())?.len() as u64,
                lines: Vec::new(),
            });
        }
        if let Some(lot) = lots.last_mut() {
            lot.lines.push(line(&row, names, commune)?);
        }
    }
    Ok((lots, (filter.page, SIZE, total)))
}

fn line(row: &Row, names: &Names, commune: &Commune) -> Result<DecidedLine, StoreError> {
    let decision: Decision = decode(&row.bytes(6)?).map_err(|e| StoreError::Shape(e.to_string()))?;
    let hour = |at: Option<UtcMs>| at.map(|at| hour_of(at, commune));
    let said = match decision {
        Decision::Correct {
            stated: Stated::Present { from, until },
        } => words::present(hour(from).as_deref(), hour(until).as_deref()),
        Decision::Correct {
            stated: Stated::Absent { reason },
        }
        | Decision::Justify { reason } => words::absent(reason),
        Decision::Reserve { line } => line
            .formula
            .and_then(|formula| names.formula(formula))
            .unwrap_or_default()
            .to_owned(),
        Decision::Confirm | Decision::Attach { .. } | Decision::Ignore => String::new(),
    };
    let unknown = ChildId::from_slice(&row.bytes(3)?).map(|_| server_ui::desk::devices::without_words());
    let (site, activity) = (SiteId(row.uuid(0)?), ActivityId(row.uuid(2)?));
    let day = day_of(row.date(1)?, commune.today());
    Ok(DecidedLine {
        id: SettlementId(row.uuid(5)?).to_string(),
        kind: kind_of(row, 4)?,
        child: name_of(row, 7)?.or(unknown),
        place: format!("{day} · {} · {}", names.site(site), names.activity(activity)),
        said,
    })
}

/// The decisions of an entry that stand, within reach.
pub(super) fn standing(tx: &mut dyn Read, lot: u64, reach: &Reach) -> Result<Vec<SettlementId>, StoreError> {
    let rows = tx.query(include_str!("sql/lot.sql"), &[lot.into()])?;
    within(&rows, reach)
}

/// One decision, where it stands and lies within reach.
pub(super) fn one(
    tx: &mut dyn Read,
    id: SettlementId,
    reach: &Reach,
) -> Result<Vec<SettlementId>, StoreError> {
    let rows = tx.query(include_str!("sql/decision.sql"), &[id.into()])?;
    within(&rows, reach)
}

fn within(rows: &[Row], reach: &Reach) -> Result<Vec<SettlementId>, StoreError> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        if reach.has(SiteId(row.uuid(1)?)) {
            all.push(SettlementId(row.uuid(0)?));
        }
    }
    Ok(all)
}

/// The newest entry by which somebody decided.
pub(super) fn newest(tx: &mut dyn Read, actor: &Actor) -> Result<Option<u64>, StoreError> {
    let row = tx.first(include_str!("sql/newest_lot.sql"), &[encode(actor).into()])?;
    row.map(|row| row.count(0)).transpose()
}

/// How many decisions of an entry its maker may undo here; none where it is not their newest.
pub(super) fn undoable(
    tx: &mut dyn Read,
    lot: u64,
    actor: &Actor,
    reach: &Reach,
) -> Result<Option<u64>, StoreError> {
    if newest(tx, actor)? != Some(lot) {
        return Ok(None);
    }
    let count = standing(tx, lot, reach)?.len() as u64;
    Ok((count > 0).then_some(count))
}
