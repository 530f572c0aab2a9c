//! One turn of a commune: its letters leave one after the other, those that somebody waits for first.
//!
//! Of all processes one has the lease, and each letter is claimed in a transaction before it is handed in: should the
//! process die between the mail server's word and ours, nobody tries it again for a while, and what then leaves again
//! carries the same Message-ID. A mail server that is down costs no letter a try.

use shared::codec::decode;
use shared::ids::LetterId;
use shared::operation::{Actor, Body, Channel, LetterFate, LetterNote, LetterRecord};
use shared::time::UtcMs;

use super::draw::{self, Ground};
use super::office::{Office, Post};
use super::smtp::{Verdict, Wire};
use crate::commune::Commune;
use crate::corridor::{CorridorError, journal};
use crate::jobs::lease::{Holder, Lease, Taken};
use crate::metrics;
use crate::store::{Read, StoreError, Write};

/// The job's name.
const JOB: &str = "letters";
/// How long the lease is asked for, in ms; renewed with each letter.
const LEASE_MS: i64 = 5 * 60 * 1000;
/// Letters of one turn, so that other communes have theirs.
const AT_ONCE: usize = 50;
/// A letter that was tried for so long, in ms, is given up.
const GIVE_UP_MS: i64 = 3 * 24 * 60 * 60 * 1000;
/// How long a letter rests after its first try, second…, in ms; after the last as after the last but one.
const BACKOFF_MS: [i64; 6] = [
    60_000,
    5 * 60_000,
    15 * 60_000,
    30 * 60_000,
    60 * 60_000,
    2 * 60 * 60_000,
];

/// How a turn ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// No letter is due; the next one at that instant, if any waits.
    Rests(Option<UtcMs>),
    /// There are more.
    More,
    /// Another process is at it.
    Theirs,
    /// The mail server cannot be reached or does not let us in.
    Down,
}

/// What waits in a commune.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// How many letters.
    pub letters: u64,
    /// When the oldest was queued.
    pub oldest: Option<UtcMs>,
    /// When the next is due.
    pub next: Option<UtcMs>,
}

/// What waits in a commune, without what is held.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn queue(tx: &mut dyn Read) -> Result<Queue, StoreError> {
    let branch = journal::current_branch(tx)?;
    let Some(row) = tx.first(include_str!("sql/queue.sql"), &[branch.into()])? else {
        return Ok(Queue::default());
    };
    let at = |i| row.opt(i, |row, i| row.int(i).map(UtcMs));
    Ok(Queue {
        letters: row.count(0)?,
        oldest: at(1)?,
        next: at(2)?,
    })
}

/// How long a letter rests after its n-th try, in ms.
fn backoff_ms(tries: i64) -> i64 {
    let at = usize::try_from(tries.saturating_sub(1)).unwrap_or(0);
    BACKOFF_MS[at.min(BACKOFF_MS.len() - 1)]
}

/// A letter that is due.
struct Due {
    letter: LetterRecord,
    since: UtcMs,
    tries: i64,
}

/// Sends what is due. Blocks as long as the mail server takes.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn turn(commune: &Commune, office: &Office, holder: Holder) -> Result<Turn, CorridorError> {
    let now = commune.clock.now();
    let (Some(post), Some(base)) = (office.post(), office.base()) else {
        return Ok(Turn::Rests(None));
    };
    let waits = commune.store.read(queue)?;
    if waits.next.is_none_or(|next| next > now) {
        return Ok(Turn::Rests(waits.next));
    }
    let taken = commune
        .store
        .write(move |tx| Lease::take(tx, JOB, holder, now, LEASE_MS))?;
    let Taken::Ours(lease) = taken else {
        return Ok(Turn::Theirs);
    };
    let turn = Round {
        commune,
        office,
        post,
        base,
        lease: lease.clone(),
    }
    .run();
    let done = commune.clock.now();
    commune.store.write(move |tx| lease.release(tx, Some(done)))?;
    turn
}

struct Round<'a> {
    commune: &'a Commune,
    office: &'a Office,
    post: &'a Post,
    base: &'a str,
    lease: Lease,
}

impl Round<'_> {
    fn run(&mut self) -> Result<Turn, CorridorError> {
        let mut wire = match Wire::open(&self.post.server) {
            Ok(wire) => wire,
            Err(why) => {
                tracing::warn!(why, "the mail server cannot be reached: letters wait");
                metrics::mail_server(false);
                return Ok(Turn::Down);
            }
        };
        metrics::mail_server(true);
        for _ in 0..AT_ONCE {
            if self.office.is_over() {
                break;
            }
            let Some(due) = self.claim()? else {
                wire.close();
                return Ok(Turn::Rests(self.commune.store.read(queue)?.next));
            };
            if !self.one(&mut wire, &due)? {
                metrics::mail_server(false);
                return Ok(Turn::Down);
            }
        }
        wire.close();
        Ok(Turn::More)
    }

    /// The next letter; nobody else tries it for a while, nor we if we die now.
    fn claim(&mut self) -> Result<Option<Due>, StoreError> {
        let now = self.commune.clock.now();
        let mut lease = self.lease.clone();
        let (lease, due) = self.commune.store.write(move |tx| {
            lease.renew(tx, now, LEASE_MS)?;
            let due = due(tx, now)?;
            if let Some(due) = &due {
                let next = now.plus_ms(backoff_ms(due.tries));
                put_try(tx, due.letter.id, due.tries, next, "")?;
            }
            Ok::<_, StoreError>((lease, due))
        })?;
        self.lease = lease;
        Ok(due)
    }

    /// Hands in one letter; `false` when the line is dead.
    fn one(&self, wire: &mut Wire, due: &Due) -> Result<bool, CorridorError> {
        let (commune, letter) = (self.commune, &due.letter);
        let now = commune.clock.now();
        let ground = commune.store.read(|tx| Ground::read(tx, commune.zone, letter))?;
        let drawn = match draw::drawn(commune, self.base, letter, &ground, now) {
            Ok(drawn) => drawn,
            Err(void) => {
                self.note(letter.id, LetterFate::Dropped, void.detail())?;
                return Ok(true);
            }
        };
        let Some((to, bytes)) = draw::message(commune, self.post, letter, &ground.portal, &drawn) else {
            self.note(letter.id, LetterFate::Bounced, "553 5.1.3")?;
            return Ok(true);
        };
        match wire.deliver(&self.post.from, &to, &bytes) {
            Verdict::Taken => self.note(letter.id, LetterFate::Sent, "")?,
            Verdict::Bounced(detail) => self.note(letter.id, LetterFate::Bounced, &detail)?,
            Verdict::Refused(detail) => self.note(letter.id, LetterFate::GivenUp, &detail)?,
            Verdict::Later(detail) if now.0.saturating_sub(due.since.0) >= GIVE_UP_MS => {
                self.note(letter.id, LetterFate::GivenUp, &detail)?;
            }
            Verdict::Later(detail) => {
                metrics::letter("later");
                let (id, tries) = (letter.id, due.tries);
                let next = now.plus_ms(backoff_ms(tries));
                commune
                    .store
                    .write(move |tx| put_try(tx, id, tries, next, &detail))?;
            }
            Verdict::Broken(why) => {
                tracing::warn!(commune = %commune.slug, letter = %letter.id, why, "the line to the mail server broke");
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What the mail server said is so, whoever holds the lease by now.
    fn note(&self, letter: LetterId, fate: LetterFate, detail: &str) -> Result<(), CorridorError> {
        metrics::letter(fate.as_str());
        note(
            self.commune,
            (Actor::System, Channel::Job),
            &[letter],
            fate,
            detail,
        )
    }
}

/// Notes what became of letters, and forgets what they carried.
///
/// # Errors
/// [`CorridorError`]; nothing changed then.
pub fn note(
    commune: &Commune,
    by: (Actor, Channel),
    letters: &[LetterId],
    fate: LetterFate,
    detail: &str,
) -> Result<(), CorridorError> {
    let notes = letters.iter().map(|letter| LetterNote {
        letter: *letter,
        fate,
        detail: detail.to_owned(),
    });
    let body = Body::NoteLetters {
        notes: notes.collect(),
    };
    let letters = letters.to_vec();
    let over = !matches!(fate, LetterFate::Queued | LetterFate::Held);
    commune.submit_all_if(vec![commune.operation(by.0, by.1, body)], move |tx| {
        for letter in letters {
            tx.execute(include_str!("sql/try_drop.sql"), &[letter.into()])?;
            if over {
                tx.execute(include_str!("sql/secret_drop.sql"), &[letter.into()])?;
            }
        }
        Ok(())
    })
}

fn due(tx: &mut dyn Write, now: UtcMs) -> Result<Option<Due>, StoreError> {
    let branch = journal::current_branch(tx)?;
    let row = tx.first(include_str!("sql/due.sql"), &[branch.into(), now.into()])?;
    row.map(|row| {
        Ok(Due {
            letter: decode(&row.bytes(1)?).map_err(|_| StoreError::Shape("letter".into()))?,
            since: UtcMs(row.int(2)?),
            tries: row.int(3)? + 1,
        })
    })
    .transpose()
}

fn put_try(
    tx: &mut dyn Write,
    letter: LetterId,
    tries: i64,
    next: UtcMs,
    detail: &str,
) -> Result<(), StoreError> {
    let params = [letter.into(), tries.into(), next.into(), detail.into()];
    tx.execute(include_str!("sql/try_put.sql"), &params).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_rests_longer_each_time() {
        let rests: Vec<i64> = (1..=8).map(backoff_ms).collect();
        assert!(rests.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!((rests[0], rests[7]), (60_000, 7_200_000));
    }
}
