//! A return from a loss: how it begins, what is closed meanwhile, what tablets hand back, whom a
//! person vouches for, and the word that it is over.

use std::collections::BTreeSet;

use shared::codec::{Blob, decode, encode};
use shared::envelope::{Envelope, Header, Scope};
use shared::ids::{BranchId, DeviceId, ReservationId};
use shared::operation::{Capability, Cause, Openness, Outcome, Refusal, TakenBack};
use shared::time::UtcMs;
use shared::withdrawal::Withdrawn;

use super::{CorridorError, Effect, Stage, bookings, touch};
use crate::store::Row;

type Done = Result<Effect, CorridorError>;

/// What people are told until somebody says it better.
const CLOSED_AFTER_A_LOSS: &str =
    "Ce service est fermé le temps de vérifier ce qui est revenu après l’incident. La mairie le rouvrira.";
/// Longest reason, note or message, in characters.
const LONGEST_WORDS: usize = 2_000;

/// Once for each branch.
pub(super) fn begin(
    stage: &mut Stage<'_>,
    cause: Cause,
    source: &str,
    restored_to: Option<UtcMs>,
    withdrawals_read: bool,
) -> Done {
    let branch = stage.branch;
    if recovery(stage, branch)?.is_some() {
        return Ok(Effect::Nothing(Outcome::Done));
    }
    let params = [
        branch.into(),
        cause.as_str().into(),
        source.into(),
        restored_to.into(),
        stage.context.now.into(),
        stage.seq.into(),
        withdrawals_read.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/recovery/put.sql"), &params)?;
    for capability in [Capability::Reservation, Capability::Payment] {
        put_capability(stage, capability, Openness::Closed, CLOSED_AFTER_A_LOSS)?;
    }
    Ok(Effect::Changed(Outcome::Done))
}

fn recovery(stage: &mut Stage<'_>, branch: BranchId) -> Result<Option<Row>, CorridorError> {
    let sql = include_str!("../record/recovery/get.sql");
    Ok(stage.tx.first(sql, &[branch.into()])?)
}

/// The branch that began with the newest loss. The branch written now may be a later one: a change of
/// database server forks too, and makes nobody more trustworthy.
fn newest(stage: &mut Stage<'_>) -> Result<Option<BranchId>, CorridorError> {
    let row = stage
        .tx
        .first(include_str!("../record/recovery/newest.sql"), &[])?;
    Ok(row.map(|row| row.uuid(0)).transpose()?.map(BranchId))
}

/// Refuses what a closed part of the service does not do; asked of what is admitted now only.
pub(super) fn open(stage: &mut Stage<'_>, capability: Capability) -> Result<(), CorridorError> {
    if !stage.live() {
        return Ok(());
    }
    let sql = include_str!("../record/capability/get.sql");
    let Some(row) = stage.tx.first(sql, &[capability.as_str().into()])? else {
        return Ok(());
    };
    if Openness::named(&row.text(0)?) == Some(Openness::Open) {
        return Ok(());
    }
    Err(Refusal::Closed(row.text(1)?).into())
}

pub(super) fn set_capability(
    stage: &mut Stage<'_>,
    capability: Capability,
    state: Openness,
    message: &str,
) -> Done {
    short(message)?;
    if stage.live() && state != Openness::Open && message.trim().is_empty() {
        let said = "Dites aux familles pourquoi c’est fermé et ce qu’elles peuvent faire.";
        return Err(Refusal::Invalid(said.into()).into());
    }
    let sql = include_str!("../record/capability/get.sql");
    let row = stage.tx.first(sql, &[capability.as_str().into()])?;
    let (was, said, version) = match row {
        Some(row) => (row.text(0)?, row.text(1)?, Some(row.int(3)?)),
        None => (Openness::Open.as_str().into(), String::new(), None),
    };
    if was == state.as_str() && said == message {
        return Ok(Effect::Nothing(Outcome::Version(version.unwrap_or(0))));
    }
    match (version, stage.operation.seen) {
        (Some(version), seen) if stage.live() && seen != Some(version) => {
            return Err(Refusal::Changed { version }.into());
        }
        _ => {}
    }
    put_capability(stage, capability, state, message)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

fn put_capability(
    stage: &mut Stage<'_>,
    capability: Capability,
    state: Openness,
    message: &str,
) -> Result<(), CorridorError> {
    let params = [
        capability.as_str().into(),
        state.as_str().into(),
        message.into(),
        stage.context.now.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/capability/put.sql"), &params)?;
    let params = [
        stage.seq.into(),
        capability.as_str().into(),
        state.as_str().into(),
        message.into(),
        stage.context.now.into(),
        encode(&stage.operation.actor).into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/capability/put_switch.sql"), &params)?;
    Ok(())
}

/// Whether signed data says of its branch what was said there later than the same content that is kept.
pub(crate) fn is_later(kept: &Row, header: &Header) -> bool {
    kept.uuid(1).ok() == Some(header.branch.0) && kept.count(2).is_ok_and(|seq| seq < header.seq)
}

/// Each is kept once, whoever hands it back.
pub(super) fn receive(stage: &mut Stage<'_>, device: DeviceId, envelopes: &[Blob]) -> Done {
    let mut new = BTreeSet::new();
    let mut stored = 0_u32;
    for encoded in envelopes {
        let envelope: Envelope =
            decode(&encoded.0).map_err(|_| Refusal::Invalid("Une liste rendue est illisible.".into()))?;
        let header = envelope.header;
        let exists = include_str!("../record/returned/exists.sql");
        let kept = stage.tx.first(exists, &[header.hash.into()])?;
        if !new.insert(header.hash) || kept.as_ref().is_some_and(|row| !is_later(row, &header)) {
            continue;
        }
        if kept.is_some() {
            // The same content as before, with another in between: it is the newest word again.
            let params = [
                header.hash.into(),
                header.seq.into(),
                encoded.0.clone().into(),
                stage.seq.into(),
            ];
            stage
                .tx
                .execute(include_str!("../record/returned/later.sql"), &params)?;
            stored += 1;
            continue;
        }
        let nowhere: &[u8] = &[];
        let (kind, site, date) = match header.scope {
            Scope::DayList { site, date } => ("day_list", site.into(), date.into()),
            Scope::Site { site } => ("site", site.into(), "".into()),
            Scope::Roster => ("roster", nowhere.into(), "".into()),
        };
        let params = [
            header.hash.into(),
            kind.into(),
            site,
            date,
            header.branch.into(),
            header.seq.into(),
            device.into(),
            stage.context.now.into(),
            encoded.0.clone().into(),
            stage.seq.into(),
        ];
        stage
            .tx
            .execute(include_str!("../record/returned/put.sql"), &params)?;
        stored += 1;
    }
    let outcome = Outcome::Envelopes {
        stored,
        already: u32::try_from(envelopes.len())
            .unwrap_or(u32::MAX)
            .saturating_sub(stored),
    };
    Ok(if stored == 0 {
        Effect::Nothing(outcome)
    } else {
        Effect::Changed(outcome)
    })
}

/// What the lists prove is written whether reservations are open or not; what stands so already is
/// left as it is.
pub(super) fn take_back(stage: &mut Stage<'_>, lines: &[TakenBack]) -> Done {
    let mut known = BTreeSet::new();
    for line in lines {
        let proof = line.proof();
        let exists = include_str!("../record/returned/exists.sql");
        if known.insert(proof) && stage.tx.first(exists, &[proof.into()])?.is_none() {
            return Err(Refusal::NotFound("la liste qui prouve cette réservation").into());
        }
    }
    let stale = overtaken(stage, lines)?;
    let (mut changed, mut already) = (0_u32, u32::try_from(stale.len()).unwrap_or(u32::MAX));
    let mut count = |effect: Effect| {
        if let Effect::Changed(Outcome::Reserved {
            changed: c,
            already: a,
        })
        | Effect::Nothing(Outcome::Reserved {
            changed: c,
            already: a,
        }) = effect
        {
            changed += c;
            already += a;
        }
    };
    let ended: Vec<_> = lines
        .iter()
        .filter_map(|line| match line {
            TakenBack::Cancelled { reservation, .. } | TakenBack::Changed { reservation, .. } => {
                Some(*reservation)
            }
            TakenBack::Made { .. } => None,
        })
        .collect();
    count(bookings::cancel_all(stage, &ended)?);
    let made: Vec<_> = lines
        .iter()
        .filter_map(|line| match line {
            TakenBack::Made { line, .. } => Some(line.clone()),
            TakenBack::Changed {
                reservation, line, ..
            } => (!stale.contains(reservation)).then(|| line.clone()),
            TakenBack::Cancelled { .. } => None,
        })
        .collect();
    count(bookings::put_all(stage, &made)?);
    let outcome = Outcome::Reserved { changed, already };
    Ok(if changed == 0 {
        Effect::Nothing(outcome)
    } else {
        Effect::Changed(outcome)
    })
}

/// Reservations to be changed that ended meanwhile: whoever ended one decided later than the list.
fn overtaken(stage: &mut Stage<'_>, lines: &[TakenBack]) -> Result<BTreeSet<ReservationId>, CorridorError> {
    let mut ended = BTreeSet::new();
    for line in lines {
        let TakenBack::Changed {
            reservation, line, ..
        } = line
        else {
            continue;
        };
        let sql = include_str!("../record/reservation/subject.sql");
        let row = stage
            .tx
            .first(sql, &[(*reservation).into()])?
            .ok_or(Refusal::NotFound("cette réservation"))?;
        let same = row.uuid(0)? == line.child.0
            && row.uuid(1)? == line.activity.0
            && row.uuid(2)? == line.site.0
            && row.date(3)? == line.date;
        if !same {
            let said = "Une réservation ne change ni d’enfant, ni d’activité, ni de site, ni de jour.";
            return Err(Refusal::Invalid(said.into()).into());
        }
        if !row.is_null(4) {
            ended.insert(*reservation);
        }
    }
    Ok(ended)
}

pub(super) fn confirm(stage: &mut Stage<'_>, kind: Withdrawn, subject: [u8; 16]) -> Done {
    if stage.live() {
        let gone = include_str!("../record/withdrawal/get.sql");
        let key = [kind.as_str().into(), subject[..].into()];
        if stage.tx.first(gone, &key)?.is_some() {
            return Err(Refusal::Withdrawn.into());
        }
    }
    Ok(if vouch(stage, kind, subject)? {
        Effect::Changed(Outcome::Done)
    } else {
        Effect::Nothing(Outcome::Done)
    })
}

/// Notes that somebody is vouched for since the newest loss, if there was any. Whether that is new.
pub(super) fn vouch(
    stage: &mut Stage<'_>,
    kind: Withdrawn,
    subject: [u8; 16],
) -> Result<bool, CorridorError> {
    let Some(branch) = newest(stage)? else {
        return Ok(false);
    };
    let key = [branch.into(), kind.as_str().into(), subject[..].into()];
    let sql = include_str!("../record/recovery/is_confirmed.sql");
    if stage.tx.first(sql, &key)?.is_some() {
        return Ok(false);
    }
    let params = [
        branch.into(),
        kind.as_str().into(),
        subject[..].into(),
        stage.seq.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/recovery/confirm.sql"), &params)?;
    Ok(true)
}

pub(super) fn waive(stage: &mut Stage<'_>, device: DeviceId, reason: &str) -> Done {
    short(reason)?;
    let branch = newest(stage)?.ok_or(Refusal::NotFound("un retour après incident"))?;
    let known = include_str!("../record/device/get.sql");
    stage
        .tx
        .first(known, &[device.into()])?
        .ok_or(Refusal::NotFound("cette tablette"))?;
    if stage.live() && reason.trim().is_empty() {
        let said = "Dites pourquoi cette tablette n’est plus attendue : perdue, cassée, effacée…";
        return Err(Refusal::Invalid(said.into()).into());
    }
    let sql = include_str!("../record/recovery/is_waived.sql");
    if stage.tx.first(sql, &[branch.into(), device.into()])?.is_some() {
        return Ok(Effect::Nothing(Outcome::Done));
    }
    let params = [branch.into(), device.into(), reason.into(), stage.seq.into()];
    stage
        .tx
        .execute(include_str!("../record/recovery/waive.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}

/// Tablets that still show lists from before the loss show those of the record from now on.
pub(super) fn sign_off(stage: &mut Stage<'_>, branch: BranchId, note: &str) -> Done {
    short(note)?;
    let row = recovery(stage, branch)?.ok_or(Refusal::NotFound("ce retour après incident"))?;
    let version = row.int(10)?;
    if !row.is_null(7) {
        return Ok(Effect::Nothing(Outcome::Version(version)));
    }
    if stage.live() && stage.operation.seen != Some(version) {
        return Err(Refusal::Changed { version }.into());
    }
    let params = [
        branch.into(),
        stage.context.now.into(),
        encode(&stage.operation.actor).into(),
        note.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/recovery/sign_off.sql"), &params)?;
    touch::all_days(stage)?;
    touch::sites(stage)?;
    touch::roster(stage)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

fn short(words: &str) -> Result<(), Refusal> {
    if words.chars().count() > LONGEST_WORDS {
        return Err(Refusal::Invalid(format!(
            "Ce texte est trop long : {LONGEST_WORDS} caractères au plus."
        )));
    }
    Ok(())
}
