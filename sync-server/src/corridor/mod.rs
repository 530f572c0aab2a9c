//! The one corridor for every write: an operation comes in, its outcome and its journal row go
//! out in the same transaction.
//!
//! `apply` reads the record, the operation and the [`Context`], nothing else: no clock, no
//! randomness, no ephemera. Modes: *live* (all rules) and *recorded* (what was accepted once is
//! written; admission was decided then).

mod accounts;
mod agents;
mod booked;
mod bookings;
mod checks;
mod closures;
mod days;
mod devices;
mod discrepancies;
mod doubles;
mod families;
mod follow;
mod incidents;
pub mod journal;
mod marks;
mod merge;
mod notices;
mod payers;
mod places;
mod portal;
mod recovery;
pub mod replay;
mod requests;
mod settle;
mod texts;
mod touch;

pub(crate) use marks::held_among;
pub(crate) use recovery::is_later;

use shared::codec::{Hash32, encode};
use shared::ids::BranchId;
use shared::journal::commitment;
use shared::operation::{Actor, Body, Operation, Outcome, Refusal};
use shared::receipt::Position;
use shared::time::UtcMs;

use crate::store::{StoreError, Write};

/// How an operation is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// All rules hold.
    Live,
    /// Deadlines, rights and capacity were judged when it was first accepted.
    Recorded,
}

/// What an operation is judged by, besides the record.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// Server clock when it was received.
    pub now: UtcMs,
    /// How it is judged.
    pub mode: Mode,
}

/// What became of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The answer.
    pub outcome: Outcome,
    /// Number of its journal entry; `None` when there was nothing new to write.
    pub seq: Option<u64>,
}

/// Why an operation has no outcome.
#[derive(Debug, thiserror::Error)]
pub enum CorridorError {
    /// It was refused; nothing changed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store failed; nothing changed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A journal entry cannot be replayed as it was recorded.
    #[error("journal entry {seq}: {why}")]
    Replay {
        /// Its number.
        seq: u64,
        /// What differs.
        why: String,
    },
}

/// What applying did.
enum Effect {
    Changed(Outcome),
    Nothing(Outcome),
}

/// What the steps of `apply` work with.
struct Stage<'t> {
    tx: &'t mut dyn Write,
    seq: u64,
    branch: BranchId,
    context: Context,
    operation: &'t Operation,
    /// It comes from a lost history.
    merged: bool,
}

impl Stage<'_> {
    /// The version that what is written now gets.
    fn version(&self) -> i64 {
        i64::try_from(self.seq).unwrap_or(i64::MAX)
    }

    fn live(&self) -> bool {
        self.context.mode == Mode::Live
    }
}

/// Applies an operation once and journals it. `salt` is 32 random bytes drawn by the caller.
///
/// # Errors
/// [`CorridorError`]; the caller's transaction must then be undone.
pub fn submit(
    tx: &mut dyn Write,
    operation: &Operation,
    salt: Hash32,
    context: Context,
) -> Result<Applied, CorridorError> {
    put(tx, operation, salt, context, None)
}

/// Where an operation that is merged comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its entry in the lost history.
    pub at: Position,
    /// When the lost server had received it: it is judged by that.
    pub received_at: UtcMs,
}

/// Writes an operation of a lost history as it was accepted then: what admits it was decided there, and
/// whether the record of today lets it in is for the caller to judge, in the same transaction.
///
/// # Errors
/// [`CorridorError`]; the caller's transaction must then be undone.
pub fn submit_merged(
    tx: &mut dyn Write,
    operation: &Operation,
    salt: Hash32,
    now: UtcMs,
    origin: Origin,
) -> Result<Applied, CorridorError> {
    let context = Context {
        now,
        mode: Mode::Recorded,
    };
    put(tx, operation, salt, context, Some(origin))
}

fn put(
    tx: &mut dyn Write,
    operation: &Operation,
    salt: Hash32,
    context: Context,
    origin: Option<Origin>,
) -> Result<Applied, CorridorError> {
    let body = encode(&operation.body);
    if let Some(earlier) = journal::find(tx, operation.id)? {
        return if earlier.actor == operation.actor && earlier.body.as_deref() == Some(&body[..]) {
            Ok(Applied {
                outcome: earlier.outcome,
                seq: None,
            })
        } else {
            Err(Refusal::IdReused.into())
        };
    }
    let branch = journal::current_branch(tx)?;
    let head = journal::head(tx, branch)?;
    let mut stage = Stage {
        tx,
        seq: head.seq + 1,
        branch,
        context: Context {
            now: origin.map_or(context.now, |origin| origin.received_at),
            ..context
        },
        operation,
        merged: origin.is_some(),
    };
    let outcome = match apply(&mut stage)? {
        Effect::Nothing(outcome) => return Ok(Applied { outcome, seq: None }),
        Effect::Changed(outcome) => outcome,
    };
    let encoded = encode(&outcome);
    let entry = journal::Entry {
        header: shared::journal::Header {
            version: shared::journal::ENTRY_VERSION,
            branch,
            seq: head.seq + 1,
            received_at: context.now,
            operation: operation.id,
            at: operation.at,
            actor: operation.actor,
            channel: operation.channel,
            kind: operation.body.kind().to_owned(),
            origin: origin.map(|origin| origin.at),
            commitment: commitment(&salt, &body, &encoded),
            seen: operation.seen,
            first_received_at: origin.map(|origin| origin.received_at),
        },
        salt: Some(salt),
        body: Some(body),
        outcome: encoded,
        previous: head.hash,
    };
    merge::applied(&mut stage, &entry.header)?;
    journal::append(stage.tx, &entry)?;
    Ok(Applied {
        outcome,
        seq: Some(head.seq + 1),
    })
}

fn apply(stage: &mut Stage<'_>) -> Result<Effect, CorridorError> {
    let operation = stage.operation;
    if stage.live() && matches!(operation.actor, Actor::Guardian(_)) && !portal::families_may(&operation.body)
    {
        return Err(Refusal::Forbidden.into());
    }
    match &operation.body {
        Body::FoundCommune {
            slug,
            name,
            zone,
            label,
        } => places::found(stage, slug, name, zone, label),
        Body::PutSchool { school } => places::put_school(stage, school),
        Body::PutSite { site } => places::put_site(stage, site),
        Body::PutClass { class } => places::put_class(stage, class),
        Body::PutService { service } => places::put_service(stage, service),
        Body::PutActivity { activity } => places::put_activity(stage, activity),
        Body::PutStaff { staff } => places::put_staff(stage, staff),
        Body::PutHousehold { household } => families::put_household(stage, household),
        Body::PutChild { child } => families::put_child(stage, child),
        Body::SetGuardianLogin {
            guardian,
            login,
            phc,
            token,
        } => accounts::set_login(stage, *guardian, login, phc, *token),
        Body::Reserve { lines } => bookings::reserve(stage, lines),
        Body::CancelReservations { reservations } => bookings::cancel(stage, reservations),
        Body::PutAgent { agent } => agents::put(stage, agent),
        Body::IssueAgentLink {
            agent,
            token,
            expires_at,
        } => agents::issue_link(stage, *agent, *token, *expires_at),
        Body::SetAgentPassword { agent, phc, token } => agents::set_password(stage, *agent, phc, *token),
        Body::AgentLoggedIn { agent } => agents::logged_in(stage, *agent),
        Body::IssueTabletCode {
            code,
            sites,
            expires_at,
        } => devices::issue_code(stage, *code, sites, *expires_at),
        Body::EnrolDevice {
            code,
            device,
            key,
            name,
        } => devices::enrol(stage, *code, *device, key, name),
        Body::AdmitDevice { credential } => devices::admit(stage, &credential.0),
        Body::Withdraw { withdrawal } => devices::withdraw(stage, &withdrawal.0),
        Body::PublishAddresses { addresses } => devices::publish(stage, &addresses.0),
        Body::ReceiveMarks {
            device,
            site,
            date,
            marks,
        } => marks::receive(stage, *device, *site, *date, marks),
        Body::Quarantine {
            device,
            site,
            date,
            reason,
            hash,
            payload,
        } => {
            let sheet = marks::sheet_ref(*site, *date)?;
            marks::quarantine(stage, *device, sheet, reason, *hash, &payload.0)
        }
        Body::SetStaffPin { staff, phc } => places::set_pin(stage, *staff, phc.as_deref()),
        Body::PutCalendar { calendar } => days::put_calendar(stage, calendar),
        Body::PutExceptionalDay { day } => days::put(stage, day),
        Body::RemoveExceptionalDay { day } => days::remove(stage, *day),
        Body::SettleQuarantine { hash, settlement } => settle::quarantine(stage, *hash, settlement),
        Body::AttachChild { unknown, child } => settle::attach(stage, *unknown, *child),
        Body::BeginRecovery {
            cause,
            source,
            restored_to,
            withdrawals_read,
        } => recovery::begin(stage, *cause, source, *restored_to, *withdrawals_read),
        Body::SetCapability {
            capability,
            state,
            message,
        } => recovery::set_capability(stage, *capability, *state, message),
        Body::ReceiveEnvelopes { device, envelopes } => recovery::receive(stage, *device, envelopes),
        Body::TakeBackReservations { lines } => recovery::take_back(stage, lines),
        Body::ConfirmAfterLoss { kind, subject } => recovery::confirm(stage, *kind, subject.0),
        Body::WaiveDevice { device, reason } => recovery::waive(stage, *device, reason),
        Body::SignOffRecovery { branch, note } => recovery::sign_off(stage, *branch, note),
        Body::RenameCommune { name, zone, label } => places::rename(stage, name, zone, label),
        Body::BeginMerge { source, end, entries } => merge::begin(stage, source, end, *entries),
        Body::NoteLost { lost } => merge::note(stage, lost),
        Body::SettleLost { lost, choice, note } => merge::settle(stage, lost, *choice, note),
        Body::PostIncident { post } => incidents::post(stage, post),
        Body::RemoveIncident { post } => incidents::remove(stage, *post),
        Body::PutOutage { outage } => incidents::put_outage(stage, outage),
        Body::SettleDiscrepancies { lines } => discrepancies::settle_all(stage, lines),
        Body::UndoSettlements { settlements, reason } => discrepancies::undo(stage, settlements, reason),
        Body::WaiveSession {
            site,
            date,
            activity,
            reason,
        } => discrepancies::waive(stage, *site, *date, *activity, reason.as_deref()),
        Body::PutRules { .. }
        | Body::RemoveRules { .. }
        | Body::PutBookingSettings { .. }
        | Body::Book { .. }
        | Body::DecideWishes { .. }
        | Body::WithdrawWishes { .. }
        | Body::OfferPlaces { .. }
        | Body::EndWishes { .. }
        | Body::SettleBookings { .. }
        | Body::EndUnpaid { .. }
        | Body::PutHouseholdFacts { .. }
        | Body::PutDocuments { .. } => booked::apply(stage, &operation.body),
        body => portal::apply(stage, body),
    }
}

/// Checks that a thing is at the version the actor saw, or new when the actor saw none.
fn unchanged(stage: &mut Stage<'_>, version_sql: &str, id: crate::store::Value) -> Result<(), CorridorError> {
    let found = stage
        .tx
        .first(version_sql, &[id])?
        .map(|row| row.int(0))
        .transpose()?;
    match (found, stage.operation.seen) {
        _ if !stage.live() => Ok(()),
        (None, None) => Ok(()),
        (Some(version), Some(seen)) if version == seen => Ok(()),
        (Some(version), _) => Err(Refusal::Changed { version }.into()),
        (None, Some(_)) => Err(Refusal::NotFound("cette fiche").into()),
    }
}

#[cfg(test)]
mod tests;
