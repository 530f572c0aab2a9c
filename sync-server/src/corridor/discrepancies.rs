//! What the town hall decides of discrepancies.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use shared::codec::encode;
use shared::ids::{ActivityId, ChildId, SettlementId, SiteId};
use shared::operation::{Decision, Outcome, Refusal, SettledDiscrepancy, Stated};

use super::{CorridorError, Effect, Stage, bookings, settle};
use crate::discrepancies::{Choice, fits};
use crate::store::Value;

type Done = Result<Effect, CorridorError>;

/// Longest note or reason, in characters.
const LONGEST_NOTE: usize = 2_000;

fn short(words: &str) -> Result<(), Refusal> {
    if words.chars().count() > LONGEST_NOTE {
        return Err(Refusal::Invalid(format!(
            "Ce texte est trop long : {LONGEST_NOTE} caractères au plus."
        )));
    }
    Ok(())
}

fn nobody_or(child: Option<ChildId>) -> Value {
    const NOBODY: &[u8] = &[];
    child.map_or_else(|| NOBODY.into(), Value::from)
}

/// A decision fits the kind, and speaks of the child, the activity and the day that it is about.
fn sound(line: &SettledDiscrepancy) -> Result<(), Refusal> {
    let refused = |words: &str| Err(Refusal::Invalid(words.into()));
    if !fits(line.kind, line.child.is_some()).contains(&Choice::of(&line.decision)) {
        return refused("Cette décision ne convient pas à cet écart.");
    }
    match &line.decision {
        Decision::Ignore if line.note.trim().is_empty() => {
            refused("Dites pourquoi cet écart est laissé ainsi.")
        }
        Decision::Reserve { line: made } => {
            let same = (Some(made.child), made.activity, made.site, made.date)
                == (line.child, line.activity, line.site, line.date);
            if same {
                return Ok(());
            }
            refused("Cette réservation n’est pas celle de l’écart.")
        }
        Decision::Correct {
            stated:
                Stated::Present {
                    from: Some(from),
                    until: Some(until),
                },
        } if until < from => refused("L’heure de départ est avant l’heure d’arrivée."),
        _ => Ok(()),
    }
}

/// One that somebody settled meanwhile is left as they settled it.
pub(super) fn settle_all(stage: &mut Stage<'_>, lines: &[SettledDiscrepancy]) -> Done {
    let (mut changed, mut already) = (0_u32, 0_u32);
    let mut seen = BTreeSet::new();
    for line in lines {
        short(&line.note)?;
        if stage.live() {
            sound(line)?;
        }
        let key: [Value; 6] = [
            line.site.into(),
            line.date.into(),
            line.activity.into(),
            nobody_or(line.child),
            line.kind.as_str().into(),
            line.evidence.into(),
        ];
        let standing = include_str!("../record/settlement/standing.sql");
        if !seen.insert(line.id) || stage.tx.first(standing, &key)?.is_some() {
            already += 1;
            continue;
        }
        follow(stage, line)?;
        let [site, date, activity, child, kind, evidence] = key;
        let params = [
            line.id.into(),
            site,
            date,
            activity,
            child,
            kind,
            evidence,
            line.decision.as_str().into(),
            encode(&line.decision).into(),
            line.note.as_str().into(),
            stage.context.now.into(),
            encode(&stage.operation.actor).into(),
            stage.seq.into(),
        ];
        stage
            .tx
            .execute(include_str!("../record/settlement/put.sql"), &params)?;
        changed += 1;
    }
    let outcome = Outcome::Reserved { changed, already };
    Ok(if changed == 0 {
        Effect::Nothing(outcome)
    } else {
        Effect::Changed(outcome)
    })
}

/// What a decision changes besides. Whoever settles may while reservations are closed to families.
fn follow(stage: &mut Stage<'_>, line: &SettledDiscrepancy) -> Result<(), CorridorError> {
    match &line.decision {
        Decision::Reserve { line } => {
            bookings::put_all(stage, std::slice::from_ref(line))?;
        }
        Decision::Attach { child } => {
            let unknown = line
                .child
                .ok_or_else(|| Refusal::Invalid("Cet écart ne concerne pas un enfant inconnu.".into()))?;
            settle::attach(stage, unknown, *child)?;
        }
        Decision::Confirm | Decision::Correct { .. } | Decision::Justify { .. } | Decision::Ignore => {}
    }
    Ok(())
}

/// A reservation that a decision made ends with it; who an unknown child is, is said again if it was wrong.
pub(super) fn undo(stage: &mut Stage<'_>, settlements: &[SettlementId], reason: &str) -> Done {
    short(reason)?;
    let (mut changed, mut already) = (0_u32, 0_u32);
    for id in settlements {
        let row = stage
            .tx
            .first(include_str!("../record/settlement/get.sql"), &[(*id).into()])?
            .ok_or(Refusal::NotFound("cette décision"))?;
        if !row.is_null(1) {
            already += 1;
            continue;
        }
        let decision: Decision = shared::codec::decode(&row.bytes(0)?)
            .map_err(|error| crate::store::StoreError::Shape(error.to_string()))?;
        if let Decision::Reserve { line } = decision {
            let get = include_str!("../record/reservation/get.sql");
            if stage.tx.first(get, &[line.id.into()])?.is_some() {
                bookings::cancel_all(stage, &[line.id])?;
            }
        }
        let params = [
            (*id).into(),
            stage.context.now.into(),
            encode(&stage.operation.actor).into(),
            reason.into(),
            stage.seq.into(),
        ];
        stage
            .tx
            .execute(include_str!("../record/settlement/undo.sql"), &params)?;
        changed += 1;
    }
    let outcome = Outcome::Reserved { changed, already };
    Ok(if changed == 0 {
        Effect::Nothing(outcome)
    } else {
        Effect::Changed(outcome)
    })
}

/// The session is named by a person, one at a time.
pub(super) fn waive(
    stage: &mut Stage<'_>,
    site: SiteId,
    date: i32,
    activity: ActivityId,
    reason: Option<&str>,
) -> Done {
    let date = NaiveDate::from_num_days_from_ce_opt(date)
        .ok_or_else(|| Refusal::Invalid("Cette date n’existe pas.".into()))?;
    let key: [Value; 3] = [site.into(), date.into(), activity.into()];
    let standing = stage.tx.first(include_str!("../record/waiver/get.sql"), &key)?;
    let Some(reason) = reason else {
        if standing.is_none() {
            return Ok(Effect::Nothing(Outcome::Done));
        }
        stage
            .tx
            .execute(include_str!("../record/waiver/remove.sql"), &key)?;
        return Ok(Effect::Changed(Outcome::Done));
    };
    short(reason)?;
    if stage.live() && reason.trim().is_empty() {
        let said = "Dites pourquoi cette séance est facturée sans attendre.";
        return Err(Refusal::Invalid(said.into()).into());
    }
    if standing.map(|row| row.text(0)).transpose()?.as_deref() == Some(reason) {
        return Ok(Effect::Nothing(Outcome::Done));
    }
    let [site, date, activity] = key;
    let params = [
        site,
        date,
        activity,
        reason.into(),
        stage.context.now.into(),
        encode(&stage.operation.actor).into(),
        stage.seq.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/waiver/put.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}
