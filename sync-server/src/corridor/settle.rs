//! What a person decides: on a payload that was kept aside, on who an unknown child is.

use shared::codec::Hash32;
use shared::digest::SheetRef;
use shared::ids::{ChildId, DeviceId, SiteId};
use shared::operation::{Outcome, Refusal, Settlement};

use super::{CorridorError, Effect, Stage, marks, touch};

type Done = Result<Effect, CorridorError>;

/// The bytes stay whatever is decided.
pub(super) fn quarantine(stage: &mut Stage<'_>, hash: Hash32, settlement: &Settlement) -> Done {
    let row = stage
        .tx
        .first(include_str!("../record/quarantine/get.sql"), &[hash.into()])?
        .ok_or(Refusal::NotFound("cet envoi"))?;
    if stage.live() && !row.is_null(3) {
        let said = "Quelqu’un a déjà décidé de cet envoi. Rechargez la page.";
        return Err(Refusal::Invalid(said.into()).into());
    }
    let device = DeviceId(row.uuid(0)?);
    let sheet = SheetRef {
        site: SiteId(row.uuid(1)?),
        date: row.date(2)?,
    };
    let (word, outcome) = match settlement {
        Settlement::Taken { marks } => {
            let (stored, already) = marks::take(stage, device, &sheet, marks)?;
            ("taken", Outcome::Marks { stored, already })
        }
        Settlement::Left => ("left", Outcome::Done),
    };
    let params = [hash.into(), word.into(), stage.seq.into()];
    stage
        .tx
        .execute(include_str!("../record/quarantine/settle.sql"), &params)?;
    Ok(Effect::Changed(outcome))
}

/// Said again of somebody else, the newer word counts.
pub(super) fn attach(stage: &mut Stage<'_>, unknown: ChildId, child: ChildId) -> Done {
    let version = include_str!("../record/child/version.sql");
    stage
        .tx
        .first(version, &[child.into()])?
        .ok_or(Refusal::NotFound("cet enfant"))?;
    if stage.live() && stage.tx.first(version, &[unknown.into()])?.is_some() {
        return Err(Refusal::Invalid("Cet enfant est déjà connu.".into()).into());
    }
    let before = stage
        .tx
        .first(include_str!("../record/alias/get.sql"), &[unknown.into()])?;
    if before.map(|row| row.uuid(0)).transpose()? == Some(child.0) {
        return Ok(Effect::Nothing(Outcome::Done));
    }
    let params = [unknown.into(), child.into(), stage.seq.into()];
    stage
        .tx
        .execute(include_str!("../record/alias/put.sql"), &params)?;
    let days = stage
        .tx
        .query(include_str!("../record/stranger/days.sql"), &[unknown.into()])?;
    for row in days {
        touch::day(stage, SiteId(row.uuid(0)?), row.date(1)?)?;
    }
    Ok(Effect::Changed(Outcome::Done))
}
