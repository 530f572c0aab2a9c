//! Rules of booking and how it is set up.

use shared::codec::{decode, encode};
use shared::ids::RuleSetId;
use shared::operation::{BookingSettingsRecord, Outcome, Refusal, RuleSetRecord};

use super::{Done, groups, sound};
use crate::corridor::places::known;
use crate::corridor::{CorridorError, Effect, Stage, unchanged};
use crate::store::StoreError;

/// The one row of the settings.
const ONLY: i64 = 1;

pub(super) fn put(stage: &mut Stage<'_>, rules: &RuleSetRecord) -> Done {
    unchanged(
        stage,
        include_str!("../../record/rules/version.sql"),
        rules.id.into(),
    )?;
    if stage.live() {
        sound::rules(rules)?;
    }
    let before = before(stage, rules.id)?;
    for activity in &rules.activities {
        let version = include_str!("../../record/activity/version.sql");
        known(stage, version, (*activity).into(), "cette activité")?;
    }
    let version = stage.version();
    let params = [
        rules.id.into(),
        rules.name.clone().into(),
        rules.from.into(),
        i64::from(rules.live).into(),
        encode(rules).into(),
        version.into(),
    ];
    stage
        .tx
        .execute(include_str!("../../record/rules/put.sql"), &params)?;
    groups::of_rules(stage, before.as_ref(), Some(rules))?;
    Ok(Effect::Changed(Outcome::Version(version)))
}

/// The set as it was.
fn before(stage: &mut Stage<'_>, id: RuleSetId) -> Result<Option<RuleSetRecord>, CorridorError> {
    let row = stage
        .tx
        .first(include_str!("../../record/rules/get.sql"), &[id.into()])?;
    let Some(row) = row else { return Ok(None) };
    let set = decode(&row.bytes(0)?).map_err(|error| StoreError::Shape(error.to_string()))?;
    Ok(Some(set))
}

pub(super) fn remove(stage: &mut Stage<'_>, rules: RuleSetId) -> Done {
    let version = include_str!("../../record/rules/version.sql");
    let before = before(stage, rules)?;
    let row = stage.tx.first(version, &[rules.into()])?;
    let found = row.ok_or(Refusal::NotFound("ces règles"))?.int(0)?;
    if stage.live() && stage.operation.seen.is_some_and(|seen| seen != found) {
        return Err(Refusal::Changed { version: found }.into());
    }
    stage
        .tx
        .execute(include_str!("../../record/rules/remove.sql"), &[rules.into()])?;
    groups::of_rules(stage, before.as_ref(), None)?;
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn put_settings(stage: &mut Stage<'_>, settings: &BookingSettingsRecord) -> Done {
    unchanged(
        stage,
        include_str!("../../record/rules/settings_version.sql"),
        ONLY.into(),
    )?;
    if stage.live() {
        sound::settings(settings)?;
    }
    let version = stage.version();
    stage.tx.execute(
        include_str!("../../record/rules/put_settings.sql"),
        &[encode(settings).into(), version.into()],
    )?;
    Ok(Effect::Changed(Outcome::Version(version)))
}
