//! Follows the journal and writes what it tells families.

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::codec::decode;
use shared::ids::{BranchId, LetterId};
use shared::operation::{
    Actor, Body, Channel, LetterFate, LetterKind, LetterNote, LetterRecord, NoticeRecord, PushRecord,
    decode_body,
};
use uuid::Uuid;

use super::booked::recap_of;
use super::choices::about_money;
use super::facts::{Befores, Told, load};
use super::find::{Entry, find};
use crate::commune::Commune;
use crate::corridor::{CorridorError, journal};
use crate::store::{Read, StoreError};

/// Entries read at once.
const PAGE: u64 = 200;
/// Entries after which the place is written down though there was nothing to tell.
const QUIET: u64 = 2_000;
/// What a letter that came back from a loss says of itself.
const RETURNED: &str = "returned";

/// Up to where a process looked through a journal. A hint that saves reads: what counts stands in the record.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen(Option<(BranchId, u64)>);

/// A message for somebody's telephone.
#[derive(Clone, Debug)]
pub struct Buzz {
    /// Where it goes.
    pub to: PushRecord,
    /// What it tells.
    pub notice: NoticeRecord,
}

/// What was found in some entries.
#[derive(Debug, Default)]
struct Found {
    notices: Vec<NoticeRecord>,
    letters: Vec<LetterRecord>,
    held: Vec<LetterId>,
    buzzes: Vec<Buzz>,
}

/// A pass over the journal.
enum Pass {
    /// There is nothing new.
    UpToDate(BranchId, u64),
    /// Entries were looked through.
    Over {
        branch: BranchId,
        /// The place that the record knows.
        cursor: Option<u64>,
        /// After which entry this pass began.
        from: u64,
        until: u64,
        found: Box<Found>,
    },
}

/// Looks through what was written since, and writes what it tells. Answers what goes to telephones, for whoever
/// committed it.
///
/// # Errors
/// [`CorridorError`]; what was not written is found again.
pub fn follow(commune: &Arc<Commune>, seen: &mut Seen) -> Result<Vec<Buzz>, CorridorError> {
    let mut buzzes = Vec::new();
    loop {
        let before = *seen;
        match commune.store.read(|tx| pass(tx, commune, before))? {
            Pass::UpToDate(branch, head) => {
                *seen = Seen(Some((branch, head)));
                return Ok(buzzes);
            }
            Pass::Over {
                branch,
                cursor,
                from,
                until,
                found,
            } => {
                if !found.notices.is_empty() || until - cursor.unwrap_or(from) >= QUIET {
                    match write(commune, cursor, until, *found) {
                        Ok(told) => buzzes.extend(told),
                        Err(CorridorError::Store(StoreError::Unavailable(why))) if why == OVERTAKEN => {
                            // Another process was faster; what it left is looked at anew.
                            *seen = Seen(None);
                            continue;
                        }
                        Err(error) => return Err(error),
                    }
                }
                *seen = Seen(Some((branch, until)));
            }
        }
    }
}

/// Why a pass is not written.
const OVERTAKEN: &str = "another process looked through the journal";

fn pass(tx: &mut dyn Read, commune: &Commune, seen: Seen) -> Result<Pass, StoreError> {
    let branch = journal::current_branch(tx)?;
    let head = journal::head(tx, branch)?.seq;
    if seen.0 == Some((branch, head)) {
        return Ok(Pass::UpToDate(branch, head));
    }
    let cursor = cursor(tx)?;
    let here = seen.0.filter(|(of, _)| *of == branch).map(|(_, seq)| seq);
    let from = match (cursor, here) {
        // Nobody was told anything before: it begins with what is written from now on.
        (None, None) => return Ok(Pass::UpToDate(branch, head)),
        (cursor, here) => cursor.max(here).unwrap_or(head),
    };
    if cursor.is_none() && tx.first(include_str!("sql/anybody.sql"), &[])?.is_none() {
        return Ok(Pass::UpToDate(branch, head));
    }
    let entries = journal::page(tx, from, PAGE)?;
    let Some((last, _)) = entries.last() else {
        return Ok(Pass::UpToDate(branch, head));
    };
    let until = last.header.seq;
    let mut found = Found::default();
    let mut befores = Befores::default();
    let mut once = BTreeSet::new();
    for (entry, _) in &entries {
        let Some(body) = entry.body.as_deref().and_then(|body| decode_body(body).ok()) else {
            continue;
        };
        let header = &entry.header;
        let Some(facts) = load(tx, &mut befores, commune.zone, header, &body)? else {
            continue;
        };
        // What came back from a loss or a merge is old news: a person decides whether it is still sent.
        let returned = header.origin.is_some() || header.branch != branch;
        for notice in find(&Entry { header, body: &body }, &facts) {
            let known = tx
                .first(include_str!("sql/known.sql"), &[notice.id.into()])?
                .is_some();
            if known || !once.insert(notice.id) {
                continue;
            }
            if let Some(told) = facts.told.iter().find(|told| told.guardian == notice.guardian) {
                send(tx, &mut found, told, &notice, returned)?;
            }
            found.notices.push(notice);
        }
    }
    Ok(Pass::Over {
        branch,
        cursor,
        from,
        until,
        found: Box::new(found),
    })
}

/// Through what a notice goes to its guardian.
fn send(
    tx: &mut dyn Read,
    found: &mut Found,
    told: &Told,
    notice: &NoticeRecord,
    returned: bool,
) -> Result<(), StoreError> {
    let choice = told.choices.of(notice.kind);
    if choice.mail {
        let more = told.choices.more.iter().filter(|_| about_money(notice.kind));
        for address in told.address.iter().chain(more) {
            let id = LetterId(Uuid::new_v5(&notice.id.0, address.as_bytes()));
            if tx
                .first(include_str!("sql/letter_known.sql"), &[id.into()])?
                .is_some()
            {
                continue;
            }
            let recap = recap_of(notice);
            found.letters.push(LetterRecord {
                id,
                kind: if recap.is_some() {
                    LetterKind::Booked
                } else {
                    LetterKind::Notice
                },
                to: address.clone(),
                guardian: Some(told.guardian),
                notice: Some(notice.id),
                batch: None,
                facts: recap.unwrap_or_default(),
            });
            if returned {
                found.held.push(id);
            }
        }
    }
    if choice.push && !returned {
        for row in tx.query(include_str!("sql/subscriptions.sql"), &[told.guardian.into()])? {
            let to: PushRecord = decode(&row.bytes(0)?).map_err(|_| StoreError::Shape("push".into()))?;
            found.buzzes.push(Buzz {
                to,
                notice: notice.clone(),
            });
        }
    }
    Ok(())
}

fn cursor<R: Read + ?Sized>(tx: &mut R) -> Result<Option<u64>, StoreError> {
    let row = tx.first(include_str!("../record/notice/cursor.sql"), &[])?;
    row.map(|row| row.count(0)).transpose()
}

/// Writes what was found, if nobody else did: all of it or nothing.
fn write(
    commune: &Commune,
    before: Option<u64>,
    until: u64,
    found: Found,
) -> Result<Vec<Buzz>, CorridorError> {
    let make = |body| commune.operation(Actor::System, Channel::Job, body);
    let mut operations = vec![make(Body::Notify {
        notices: found.notices,
        until: Some(until),
    })];
    if !found.letters.is_empty() {
        operations.push(make(Body::QueueLetters {
            letters: found.letters,
        }));
    }
    if !found.held.is_empty() {
        let notes = found.held.into_iter().map(|letter| LetterNote {
            letter,
            fate: LetterFate::Held,
            detail: RETURNED.to_owned(),
        });
        operations.push(make(Body::NoteLetters {
            notes: notes.collect(),
        }));
    }
    commune.submit_all_if(operations, move |tx| {
        if cursor(tx)? == before {
            Ok(())
        } else {
            Err(StoreError::Unavailable(OVERTAKEN.into()))
        }
    })?;
    Ok(found.buzzes)
}
