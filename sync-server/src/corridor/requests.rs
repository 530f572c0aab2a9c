//! What families ask of the town hall.

use shared::codec::encode;
use shared::ids::{RegistrationId, RequestId};
use shared::operation::{
    Actor, Outcome, Refusal, RegistrationFate, RegistrationRecord, RequestRecord, RequestState,
};

use super::accounts::{own, standing};
use super::{CorridorError, Effect, Stage, checks};
use crate::record;
use crate::store::Value;

type Done = Result<Effect, CorridorError>;

/// Longest text, in characters.
const LONGEST: usize = 4_000;
/// Most requests of a guardian that may wait for an answer at a time.
const MANY_OPEN: i64 = 20;
/// Most children of one registration.
const MANY_CHILDREN: usize = 12;

fn invalid(what: &str) -> CorridorError {
    Refusal::Invalid(what.to_owned()).into()
}

fn words(text: &str) -> Result<(), CorridorError> {
    if text.trim().is_empty() {
        return Err(invalid("Écrivez votre message."));
    }
    if text.chars().count() > LONGEST {
        return Err(invalid("Ce texte est trop long : 4 000 caractères au plus."));
    }
    Ok(())
}

pub(super) fn register(stage: &mut Stage<'_>, asked: &RegistrationRecord) -> Done {
    let version = include_str!("../record/registration/version.sql");
    if stage.tx.first(version, &[asked.id.into()])?.is_some() {
        return Ok(Effect::Nothing(Outcome::Done));
    }
    if stage.live() {
        checks::named(&asked.last_name)?;
        checks::named(&asked.first_name)?;
        if asked.children.is_empty() || asked.children.len() > MANY_CHILDREN {
            return Err(invalid("Indiquez au moins un enfant, et douze au plus."));
        }
        for child in &asked.children {
            checks::named(&child.last_name)?;
            checks::named(&child.first_name)?;
        }
        if asked.message.chars().count() > LONGEST {
            return Err(invalid("Ce texte est trop long : 4 000 caractères au plus."));
        }
    }
    let params = [
        asked.id.into(),
        encode(asked).into(),
        stage.context.now.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/registration/put.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn settle_registration(
    stage: &mut Stage<'_>,
    id: RegistrationId,
    fate: &RegistrationFate,
) -> Done {
    let row = stage
        .tx
        .first(include_str!("../record/registration/state.sql"), &[id.into()])?
        .ok_or(Refusal::NotFound("cette demande d’inscription"))?;
    if stage.live() && row.text(0)? != "open" {
        return Err(Refusal::Changed { version: row.int(1)? }.into());
    }
    let (state, reason, guardian) = match fate {
        RegistrationFate::Accepted { guardian } => {
            own(stage, *guardian)?;
            ("accepted", Value::Null, Value::from(*guardian))
        }
        RegistrationFate::Refused { reason } => ("refused", reason.as_str().into(), Value::Null),
    };
    let params = [
        id.into(),
        state.into(),
        stage.context.now.into(),
        reason,
        guardian,
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/registration/settle.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

pub(super) fn send(stage: &mut Stage<'_>, asked: &RequestRecord) -> Done {
    standing(stage, asked.guardian)?;
    if stage.live() {
        words(&asked.text)?;
    }
    let row = stage
        .tx
        .first(include_str!("../record/request/get.sql"), &[asked.id.into()])?;
    match row {
        Some(row) => {
            if row.uuid(0)? != asked.guardian.0 {
                return Err(Refusal::NotFound("cette demande").into());
            }
            // A form that was sent twice says it once.
            if stage.live() && is_last_line(stage, asked.id, &asked.text)? {
                return Ok(Effect::Nothing(Outcome::Version(row.int(2)?)));
            }
            if stage.live() && !matches!(stage.operation.actor, Actor::Guardian(_)) {
                return Err(Refusal::Forbidden.into());
            }
            state(stage, asked.id, RequestState::Open)?;
        }
        None => {
            if stage.live() {
                checks::named(&asked.title)?;
                may_ask(stage, asked)?;
            }
            let params = [
                asked.id.into(),
                asked.guardian.into(),
                asked.kind.as_str().into(),
                asked.child.into(),
                asked.title.as_str().into(),
                stage.context.now.into(),
                stage.version().into(),
            ];
            stage
                .tx
                .execute(include_str!("../record/request/put.sql"), &params)?;
        }
    }
    line(stage, asked.id, &asked.text)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

/// A child that a request is about is one that its guardian sees, and nobody floods the town hall.
fn may_ask(stage: &mut Stage<'_>, asked: &RequestRecord) -> Result<(), CorridorError> {
    if let Some(child) = asked.child
        && record::child_seen(stage.tx, asked.guardian, child)?.is_none()
    {
        return Err(Refusal::NotFound("cet enfant").into());
    }
    if matches!(stage.operation.actor, Actor::Guardian(_)) {
        let sql = include_str!("../record/request/count_open.sql");
        let open = stage.tx.first(sql, &[asked.guardian.into()])?;
        if open.map_or(Ok(0), |row| row.int(0))? >= MANY_OPEN {
            return Err(invalid(
                "Vingt de vos demandes attendent déjà une réponse. Complétez l’une d’elles, ou appelez-nous.",
            ));
        }
    }
    Ok(())
}

pub(super) fn answer(stage: &mut Stage<'_>, request: RequestId, to: RequestState, text: &str) -> Done {
    let row = stage
        .tx
        .first(include_str!("../record/request/get.sql"), &[request.into()])?
        .ok_or(Refusal::NotFound("cette demande"))?;
    if stage.live() {
        if !matches!(stage.operation.actor, Actor::Agent(_)) {
            return Err(Refusal::Forbidden.into());
        }
        let version = row.int(2)?;
        if stage.operation.seen.is_some_and(|seen| seen != version) {
            return Err(Refusal::Changed { version }.into());
        }
        words(text)?;
        if to == RequestState::Open {
            return Err(invalid("Dites où en est la demande."));
        }
    }
    state(stage, request, to)?;
    line(stage, request, text)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

/// Whether the newest word of a request is this one, of whoever asks now.
fn is_last_line(stage: &mut Stage<'_>, request: RequestId, text: &str) -> Result<bool, CorridorError> {
    let sql = include_str!("../record/request/newest_line.sql");
    let Some(row) = stage.tx.first(sql, &[request.into()])? else {
        return Ok(false);
    };
    Ok(row.bytes(0)?[..] == encode(&stage.operation.actor)[..] && row.text(1)? == text)
}

fn state(stage: &mut Stage<'_>, request: RequestId, to: RequestState) -> Result<(), CorridorError> {
    let params = [
        request.into(),
        to.as_str().into(),
        stage.context.now.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/request/set_state.sql"), &params)?;
    Ok(())
}

fn line(stage: &mut Stage<'_>, request: RequestId, text: &str) -> Result<(), CorridorError> {
    let last = stage
        .tx
        .first(include_str!("../record/request/last_line.sql"), &[request.into()])?;
    let last = last.map_or(Ok(0), |row| row.int(0))?;
    let params = [
        request.into(),
        (last + 1).into(),
        stage.context.now.into(),
        encode(&stage.operation.actor).into(),
        text.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/request/add_line.sql"), &params)?;
    Ok(())
}
