//! One commune's turn: look at the target if that is due, ship what waits, note how far it is there.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use shared::offsite::Name;
use shared::receipt::Position;
use shared::time::UtcMs;

use super::failure::Failure;
use super::queue::Turn;
use super::{beside, fork, history, lists, piece, public, snapshots, survey};
use crate::commune::Commune;
use crate::jobs::lease::{self, Holder, LONGEST_MS, Lease, Taken};
use crate::metrics;
use crate::offsite::{Progress, Target, TargetError};
use crate::store::{Read, StoreError};

/// The job whose lease a shipper holds.
pub(super) const JOB: &str = "ship";
/// For so long it is held at a time, in ms; between turns too, so that a busy commune costs one small
/// write a turn. So long nobody ships after a process died.
const LEASE_MS: i64 = 15_000;
/// For so long while a snapshot is on its way, in ms.
const SNAPSHOT_LEASE_MS: i64 = 120_000;
/// How often segments are put while a snapshot is on its way.
const BESIDE: Duration = Duration::from_secs(2);
/// So many segments are put in one turn; then others have theirs.
const SEGMENTS: usize = 16;
/// A commune whose whole journal is to be shipped, and longer than this, begins with a snapshot.
pub(super) const LONG: u64 = 20_000;
/// The target is looked at again after so long, in ms.
const LOOK_AGAIN_MS: i64 = 60 * 60 * 1000;
/// What stands in the row of a commune that fails is renewed so often, in ms.
const NOTE_MS: i64 = 60_000;

/// With what a process ships.
pub(super) struct Means {
    /// Where to.
    pub(super) target: Target,
    /// For how long what is there is kept, in ms.
    pub(super) keep_ms: i64,
    /// A commune of which nothing is there, and whose journal is longer, begins with a snapshot.
    pub(super) long: u64,
    /// Where snapshots lie on their way.
    pub(super) passing: PathBuf,
    /// Who asks for leases.
    pub(super) holder: Holder,
    /// The process is about to stop: what waits is shipped, nothing else is begun.
    pub(super) stopping: AtomicBool,
    /// Printable lists and what is public are put too.
    pub(super) beside: bool,
}

/// What a process found out of a commune, and need not ask again.
#[derive(Debug, Default)]
pub(super) struct Known {
    lease: Option<Lease>,
    looked_at: Option<UtcMs>,
    /// The farthest place that was off-site: a store that says less went back in time.
    reached: u64,
    withdrawn_at: Option<u64>,
    addresses_at: u64,
    spoilt: u64,
    lists: lists::Known,
    public: public::Known,
    noted: Option<(String, UtcMs)>,
    told_behind: bool,
}

#[cfg(test)]
impl Known {
    /// As if the target had never been looked at.
    pub(super) fn looked_at_never(&mut self) {
        self.looked_at = None;
    }
}

struct State {
    progress: Progress,
    head: Position,
    withdrawn_at: u64,
    addresses: Option<(u64, Vec<u8>)>,
    /// The entry that last changed what lists are made of.
    lists: u64,
    held: Option<lease::Held>,
}

/// One turn. Never holds the writer of a commune while the target is asked.
pub(super) fn turn(commune: &Arc<Commune>, means: &Means, known: &mut Known) -> Turn {
    let ended = run(commune, means, known);
    let now = commune.clock.now();
    match ended {
        Ok(turn) => {
            tell_behind(commune, known, now, false);
            turn
        }
        Err(Failure::Target(TargetError::Stopped)) => Turn::Failed,
        Err(failure) => {
            if let Failure::Store(StoreError::Moved) = failure {
                return Turn::Gone;
            }
            let by_target = matches!(failure, Failure::Target(_) | Failure::Spoilt { .. });
            metrics::offsite_failed(by_target);
            let text = failure.to_string();
            let is_new = known
                .noted
                .as_ref()
                .is_none_or(|(noted, at)| *noted != text || is_past(*at, NOTE_MS, now));
            if is_new {
                tracing::error!(commune = %commune.slug, error = %text, "nothing could be put off-site; it is tried again");
                if let Err(error) = note(commune, means, known, &text, now) {
                    tracing::warn!(commune = %commune.slug, %error, "that it could not is not noted");
                }
                known.noted = Some((text, now));
            }
            // Whatever happened there, the target is looked at before it is believed again.
            known.looked_at = None;
            tell_behind(commune, known, now, true);
            Turn::Failed
        }
    }
}

fn run(commune: &Arc<Commune>, means: &Means, known: &mut Known) -> Result<Turn, Failure> {
    let now = commune.clock.now();
    let mut state = commune.store.read(|tx| state(tx, means))?;
    let stopping = means.stopping.load(Ordering::Relaxed);
    let looked = known.looked_at.is_some_and(|at| !is_past(at, LOOK_AGAIN_MS, now))
        && state.progress.seq() >= known.reached
        && state.progress.at.is_some();
    let rests = looked
        && state.progress.error.is_none()
        && state.progress.at.is_some_and(|at| at.seq == state.head.seq)
        && known.withdrawn_at == Some(state.withdrawn_at)
        && state
            .addresses
            .as_ref()
            .is_none_or(|(seq, _)| *seq == known.addresses_at)
        && (stopping || !snapshots::is_due(commune, &state.progress, &state.head, now))
        && (is_theirs(means, state.held, now) || !beside_is_due(commune, means, known, &state, now));
    if rests {
        return Ok(Turn::Rests);
    }
    if let Some(until) = take(commune, means, known, state.held, now)? {
        return Ok(Turn::Theirs(until));
    }
    if !looked {
        look(commune, means, known, &mut state)?;
    }
    if known.withdrawn_at != Some(state.withdrawn_at) {
        let digest = beside::ship_withdrawals(commune, &means.target, state.progress.withdrawals)?;
        if state.progress.withdrawals != Some(digest) {
            state.progress.withdrawals = Some(digest);
            state.progress.verified_at = Some(commune.clock.now());
            save(commune, known, &mut state.progress)?;
        }
        known.withdrawn_at = Some(state.withdrawn_at);
    }
    if let Some((seq, encoded)) = &state.addresses
        && *seq != known.addresses_at
    {
        beside::ship_addresses(commune, &means.target, encoded)?;
        known.addresses_at = *seq;
    }
    let waiting = state.head.seq.saturating_sub(state.progress.seq());
    let from_nothing = state.progress.snapshot.is_none() && waiting > means.long;
    if !from_nothing {
        put_waiting(commune, means, known, &mut state)?;
        if state.progress.seq() < state.head.seq {
            return Ok(Turn::Goes);
        }
    }
    if !stopping && snapshots::is_due(commune, &state.progress, &state.head, now) {
        hold(commune, known, SNAPSHOT_LEASE_MS)?;
        let sent = send_beside(commune, means, known, &mut state, !from_nothing)?;
        let manifest = &sent.contents.manifest;
        state.progress.snapshot = Some((manifest.at.seq, manifest.made_at));
        state.progress.verified_at = Some(commune.clock.now());
        state.progress.oldest_at = state.progress.oldest_at.or(Some(manifest.made_at));
        if manifest.at.seq > state.progress.seq() {
            state.progress.at = commune.store.read(|tx| history::place(tx, manifest.at.seq))?;
        }
        save(commune, known, &mut state.progress)?;
        // If this process dies from here on, another goes on soon.
        hold(commune, known, LEASE_MS)?;
        let (strange, oldest_at) = snapshots::retain(commune, &means.target, means.keep_ms, now)?;
        state.progress.strange = strange + known.spoilt;
        state.progress.oldest_at = oldest_at;
        save(commune, known, &mut state.progress)?;
        return Ok(Turn::Goes);
    }
    if state.progress.error.is_some() {
        save(commune, known, &mut state.progress)?;
    }
    if beside_is_due(commune, means, known, &state, now) && put_beside(commune, means, known, &state)? {
        return Ok(Turn::Goes);
    }
    Ok(Turn::Rests)
}

/// Whether another process ships: what lies beside the journal is its care too.
fn is_theirs(means: &Means, held: Option<lease::Held>, now: UtcMs) -> bool {
    held.is_some_and(|held| held.holder != means.holder && held.until > now)
}

fn beside_is_due(commune: &Commune, means: &Means, known: &Known, state: &State, now: UtcMs) -> bool {
    means.beside
        && (known.public.is_due(state.head.seq)
            || lists::is_due(&known.lists, state.lists, commune.today(), now))
}

/// Puts what lies beside the journal; answers whether there is more. What does not go through is tried again
/// later: the journal is off-site, and is not held up for it.
fn put_beside(
    commune: &Arc<Commune>,
    means: &Means,
    known: &mut Known,
    state: &State,
) -> Result<bool, Failure> {
    let now = commune.clock.now();
    if known
        .lease
        .as_ref()
        .is_some_and(|lease| lease.until().0 < now.plus_ms(LEASE_MS / 2).0)
    {
        hold(commune, known, LEASE_MS)?;
    }
    let Some(lease) = known.lease.clone() else {
        return Ok(false);
    };
    let (target, head) = (&means.target, state.head.seq);
    let mut more = Ok(false);
    if known.public.is_due(head) {
        let put = public::ship(commune, target, &lease, &mut known.public, head);
        more = forgiven(commune, put.map(|()| false));
    }
    if more.is_ok() && lists::is_due(&known.lists, state.lists, commune.today(), now) {
        let put = lists::ship(commune, target, &lease, &mut known.lists, state.lists);
        more = forgiven(commune, put);
    }
    more
}

/// What of it ends the turn: that the process stops, or that the store does not answer.
fn forgiven(commune: &Commune, put: Result<bool, Failure>) -> Result<bool, Failure> {
    match put {
        Err(failure @ (Failure::Target(TargetError::Stopped) | Failure::Store(_))) => Err(failure),
        Err(failure) => {
            tracing::error!(
                commune = %commune.slug, %failure,
                "a printable list or the public page is not off-site; it is tried again"
            );
            metrics::list_failed();
            Ok(false)
        }
        put => put,
    }
}

/// Puts what waited when the turn began; what comes meanwhile has the next turn, with more beside it.
fn put_waiting(
    commune: &Arc<Commune>,
    means: &Means,
    known: &mut Known,
    state: &mut State,
) -> Result<(), Failure> {
    for _ in 0..SEGMENTS {
        if state.progress.seq() >= state.head.seq {
            break;
        }
        let (last, spoilt) = piece::put_next(commune, &means.target, state.progress.seq())?;
        let Some(last) = last else { break };
        state.progress.strange += spoilt;
        state.progress.at = Some(last);
        state.progress.verified_at = Some(commune.clock.now());
        save(commune, known, &mut state.progress)?;
    }
    Ok(())
}

/// Makes and puts a snapshot on a thread of its own: a large one on a slow line takes its time, and what
/// is written meanwhile (`with_segments`) goes on being put.
fn send_beside(
    commune: &Arc<Commune>,
    means: &Means,
    known: &mut Known,
    state: &mut State,
    with_segments: bool,
) -> Result<snapshots::Sent, Failure> {
    std::thread::scope(|scope| {
        let (done, sent) = channel();
        scope.spawn(move || {
            // Whoever waits is there until this ends.
            let _ = done.send(snapshots::send(commune, &means.target, &means.passing));
        });
        let mut goes = with_segments;
        loop {
            match sent.recv_timeout(BESIDE) {
                Ok(sent) => return sent,
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(StoreError::Unavailable("the snapshot did not finish".into()).into());
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            let now = commune.clock.now();
            if known
                .lease
                .as_ref()
                .is_some_and(|lease| lease.until().0 < now.plus_ms(SNAPSHOT_LEASE_MS / 2).0)
            {
                hold(commune, known, SNAPSHOT_LEASE_MS)?;
            }
            if goes {
                state.head = commune.store.read(history::newest)?;
                if let Err(failure) = put_waiting(commune, means, known, state) {
                    tracing::warn!(commune = %commune.slug, %failure, "segments wait until the snapshot is put");
                    goes = false;
                }
            }
        }
    })
}

fn state(tx: &mut dyn Read, means: &Means) -> Result<State, StoreError> {
    let shown = means.target.to_string();
    let progress = Progress::read(tx)?.filter(|progress| progress.target == shown);
    let mut progress = progress.unwrap_or_else(|| Progress::towards(&shown));
    // What the row says of a history that is not this one says nothing.
    if let Some(at) = progress.at
        && !history::holds(tx, &at)?
    {
        progress.at = None;
        progress.snapshot = None;
    }
    Ok(State {
        head: history::newest(tx)?,
        withdrawn_at: beside::withdrawn_at(tx)?,
        addresses: beside::addresses(tx)?,
        lists: lists::changed_at(tx)?,
        held: lease::held(tx, JOB)?,
        progress,
    })
}

/// Looks at the target, and begins a new branch where it knows more of ours than we do.
fn look(commune: &Arc<Commune>, means: &Means, known: &mut Known, state: &mut State) -> Result<(), Failure> {
    let now = commune.clock.now();
    let found = survey::look(commune, &means.target, &state.progress)?;
    if let Some(unknown) = found.unknown
        && let Some(lease) = &known.lease
    {
        fork::fork(commune, &means.target, lease, unknown)?;
    }
    known.spoilt = found.strange;
    known.reached = found.covered.map_or(0, |at| at.seq);
    let before = state.progress.clone();
    let progress = &mut state.progress;
    progress.at = found.covered;
    progress.snapshot = found.snapshot;
    progress.oldest_at = found.oldest_at;
    progress.strange = found.strange;
    if let Some(digest) = progress.withdrawals
        && means
            .target
            .size(&Name::withdrawals(&digest).path(&commune.slug))?
            .is_none()
    {
        progress.withdrawals = None;
    }
    if *progress != before || progress.error.is_some() || found.unknown.is_some() {
        save(commune, known, progress)?;
    }
    known.looked_at = Some(now);
    state.head = commune.store.read(history::newest)?;
    state.withdrawn_at = commune.store.read(beside::withdrawn_at)?;
    // What the target holds beside the journal is looked at again too.
    known.withdrawn_at = None;
    known.addresses_at = 0;
    known.lists.doubt();
    known.public.doubt();
    Ok(())
}

/// The lease: ours already, or taken now. Answers until when another process has it.
fn take(
    commune: &Arc<Commune>,
    means: &Means,
    known: &mut Known,
    held: Option<lease::Held>,
    now: UtcMs,
) -> Result<Option<UtcMs>, Failure> {
    let ours = known.lease.as_ref().zip(held).is_some_and(|(lease, held)| {
        held.holder == means.holder
            && held.token == lease.token()
            && held.until.0 > now.plus_ms(LEASE_MS / 4).0
    });
    if ours {
        return Ok(None);
    }
    if let Some(lease) = known.lease.take()
        && held.is_some_and(|held| held.token == lease.token())
    {
        let mut lease = lease;
        known.lease = Some(commune.store.write(move |tx| {
            lease.renew(tx, now, LEASE_MS)?;
            Ok::<_, StoreError>(lease)
        })?);
        return Ok(None);
    }
    if let Some(held) = held
        && held.until > now
        && held.until.0.saturating_sub(now.0) <= LONGEST_MS
    {
        return Ok(Some(held.until));
    }
    let holder = means.holder;
    let taken = commune
        .store
        .write(move |tx| Lease::take(tx, JOB, holder, now, LEASE_MS))?;
    match taken {
        Taken::Ours(lease) => {
            known.lease = Some(lease);
            Ok(None)
        }
        Taken::Theirs(held) => Ok(Some(held.until)),
    }
}

/// Holds the lease for longer.
fn hold(commune: &Arc<Commune>, known: &mut Known, for_ms: i64) -> Result<(), Failure> {
    let now = commune.clock.now();
    if let Some(mut lease) = known.lease.clone() {
        known.lease = Some(commune.store.write(move |tx| {
            lease.renew(tx, now, for_ms)?;
            Ok::<_, StoreError>(lease)
        })?);
    }
    Ok(())
}

/// Notes how far the target is: one small write, if the lease is still ours.
fn save(commune: &Arc<Commune>, known: &mut Known, progress: &mut Progress) -> Result<(), Failure> {
    let now = commune.clock.now();
    progress.tried_at = Some(now);
    progress.failing_since = None;
    progress.error = None;
    known.noted = None;
    known.reached = progress.seq();
    let Some(mut lease) = known.lease.clone() else {
        return Ok(());
    };
    let row = progress.clone();
    known.lease = Some(commune.store.write(move |tx| {
        lease.hold(tx)?;
        if lease.until().0 < now.plus_ms(LEASE_MS / 2).0 {
            lease.renew(tx, now, LEASE_MS)?;
        }
        row.write(tx)?;
        Ok::<_, StoreError>(lease)
    })?);
    metrics::offsite_reached();
    Ok(())
}

/// Notes why nothing could be put there. What was proved before stands.
fn note(
    commune: &Arc<Commune>,
    means: &Means,
    known: &Known,
    text: &str,
    now: UtcMs,
) -> Result<(), StoreError> {
    let Some(lease) = known.lease.clone() else {
        return Ok(());
    };
    let (shown, text) = (means.target.to_string(), text.to_owned());
    commune.store.write(move |tx| {
        lease.hold(tx)?;
        let mut progress = Progress::read(tx)?.unwrap_or_default();
        if progress.target != shown {
            progress = Progress::towards(&shown);
        }
        progress.tried_at = Some(now);
        progress.failing_since = progress.failing_since.or(Some(now));
        progress.error = Some(text);
        progress.write(tx)
    })
}

/// Gives the lease back, so that another process goes on at once.
pub(super) fn leave(commune: &Arc<Commune>, known: &mut Known) {
    let Some(lease) = known.lease.take() else { return };
    let now = commune.clock.now();
    if let Err(error) = commune.store.write(move |tx| lease.release(tx, Some(now))) {
        tracing::debug!(commune = %commune.slug, %error, "the lease ends by itself");
    }
}

/// Tells since when the oldest entry waits, of a commune in trouble only.
fn tell_behind(commune: &Arc<Commune>, known: &mut Known, now: UtcMs, failed: bool) {
    if !failed && !known.told_behind {
        return;
    }
    let seconds = if failed {
        let since = commune.store.read(|tx| {
            let seq = Progress::read(tx)?.map_or(0, |progress| progress.seq());
            let row = tx.first(include_str!("../sql/waiting_since.sql"), &[seq.into()])?;
            row.map(|row| row.int(0)).transpose()
        });
        let since = since.ok().flatten().unwrap_or(now.0);
        Duration::from_millis(now.0.saturating_sub(since).max(0) as u64).as_secs_f64()
    } else {
        0.0
    };
    metrics::offsite_behind(commune.slug.as_str(), seconds);
    known.told_behind = failed;
}

pub(super) fn is_past(at: UtcMs, ms: i64, now: UtcMs) -> bool {
    now.0.saturating_sub(at.0).saturating_abs() >= ms
}
