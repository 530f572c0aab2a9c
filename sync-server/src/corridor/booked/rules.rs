//! Rules of booking and how it is set up.

use chrono::Days;
use shared::booking::{Facts, Severity, check};
use shared::codec::{decode, encode};
use shared::ids::RuleSetId;
use shared::operation::{BookingSettingsRecord, Outcome, Refusal, RuleSetRecord};

use super::{Done, groups, sound};
use crate::corridor::places::known;
use crate::corridor::{CorridorError, Effect, Stage, unchanged};
use crate::rules::carts::settings;
use crate::store::StoreError;

/// How far other rules are looked at.
const AHEAD: Days = Days::new(800);
/// What is said of rules with an error.
const FLAWED: &str = "Ces règles ne peuvent pas être mises en service\u{a0}: elles se contredisent, ou il y manque \
                      quelque chose. Gardez-les en brouillon et corrigez d’abord les erreurs signalées.";
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
        if rules.live {
            flawless(stage, rules)?;
        }
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

/// Refuses rules by which families would be judged wrongly.
fn flawless(stage: &mut Stage<'_>, set: &RuleSetRecord) -> Result<(), CorridorError> {
    let until = set.until.unwrap_or(set.from);
    let last = until.checked_add_days(AHEAD).unwrap_or(until);
    let ground = crate::rules::town(stage.tx, set.from, last)?;
    let documents = settings(stage.tx)?.documents;
    let facts = Facts {
        ground: &ground,
        documents: &documents,
    };
    let flaws = check(set, &ground.sets, &facts);
    if flaws.iter().any(|flaw| flaw.severity() == Severity::Error) {
        return Err(Refusal::Invalid(FLAWED.into()).into());
    }
    Ok(())
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
