//! What became of letters, for whoever asks: the desk's lists, the progress of a batch, and addresses that do not
//! take letters.

use shared::codec::decode;
use shared::ids::{BatchId, GuardianId, LetterId};
use shared::operation::{LetterFate, LetterKind, LetterRecord};
use shared::text::search_key;
use shared::time::UtcMs;

use crate::corridor::journal;
use crate::store::{Read, Row, StoreError};

/// How many letters met each fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// They wait for their turn.
    pub queued: u64,
    /// The mail server took them.
    pub sent: u64,
    /// The address does not take them.
    pub bounced: u64,
    /// They were tried for days in vain.
    pub given_up: u64,
    /// They are not sent.
    pub dropped: u64,
    /// They came back from a loss or a merge and wait for a person.
    pub held: u64,
}

impl Tally {
    /// All of them.
    pub fn all(self) -> u64 {
        self.queued + self.sent + self.bounced + self.given_up + self.dropped + self.held
    }

    /// How many met this fate.
    pub fn of_fate(self, fate: LetterFate) -> u64 {
        match fate {
            LetterFate::Queued => self.queued,
            LetterFate::Sent => self.sent,
            LetterFate::Bounced => self.bounced,
            LetterFate::GivenUp => self.given_up,
            LetterFate::Dropped => self.dropped,
            LetterFate::Held => self.held,
        }
    }

    fn of(rows: &[Row]) -> Result<Self, StoreError> {
        let mut tally = Self::default();
        for row in rows {
            let many = row.count(1)?;
            match LetterFate::named(&row.text(0)?) {
                Some(LetterFate::Queued) => tally.queued += many,
                Some(LetterFate::Sent) => tally.sent += many,
                Some(LetterFate::Bounced) => tally.bounced += many,
                Some(LetterFate::GivenUp) => tally.given_up += many,
                Some(LetterFate::Dropped) => tally.dropped += many,
                Some(LetterFate::Held) => tally.held += many,
                None => return Err(StoreError::Shape("fate".into())),
            }
        }
        Ok(tally)
    }
}

/// How far a batch is. A letter that waits and may not leave by itself counts as held.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn progress(tx: &mut dyn Read, batch: BatchId) -> Result<Tally, StoreError> {
    let branch = journal::current_branch(tx)?;
    Tally::of(&tx.query(
        include_str!("sql/tally_of_batch.sql"),
        &[batch.into(), branch.into()],
    )?)
}

/// All letters of a commune by fate.
///
/// # Errors
/// See [`progress`].
pub fn tally(tx: &mut dyn Read) -> Result<Tally, StoreError> {
    let branch = journal::current_branch(tx)?;
    Tally::of(&tx.query(include_str!("sql/tally.sql"), &[branch.into()])?)
}

/// A letter as the desk shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its id.
    pub id: LetterId,
    /// Of what kind.
    pub kind: LetterKind,
    /// To which address.
    pub to: String,
    /// To whom, where a guardian is meant.
    pub guardian: Option<(GuardianId, String)>,
    /// When it was queued.
    pub queued_at: UtcMs,
    /// What became of it.
    pub fate: LetterFate,
    /// When.
    pub fate_at: Option<UtcMs>,
    /// The mail server's word.
    pub detail: String,
    /// How often it was tried since it last waited.
    pub tries: u64,
}

/// Letters looked through for a search.
const SEARCHED: u64 = 5_000;

/// Letters of one fate, the newest first: `most` of them after `from`.
///
/// # Errors
/// See [`progress`].
pub fn page(tx: &mut dyn Read, fate: LetterFate, from: u64, most: u64) -> Result<Vec<Listed>, StoreError> {
    let branch = journal::current_branch(tx)?;
    let params = [branch.into(), fate.as_str().into(), most.into(), from.into()];
    let rows = tx.query(include_str!("sql/page.sql"), &params)?;
    rows.iter().map(listed).collect()
}

/// Letters of one fate whose address or guardian goes like this, whatever the accents; of the newest few thousand.
///
/// # Errors
/// See [`progress`].
pub fn search(tx: &mut dyn Read, fate: LetterFate, like: &str) -> Result<Vec<Listed>, StoreError> {
    let like = search_key(like);
    let mut found = page(tx, fate, 0, SEARCHED)?;
    found.retain(|letter| {
        let name = letter.guardian.as_ref().map_or("", |(_, name)| name);
        search_key(&letter.to).contains(&like) || search_key(name).contains(&like)
    });
    Ok(found)
}

fn listed(row: &Row) -> Result<Listed, StoreError> {
    let shape = || StoreError::Shape("letter".into());
    let letter: LetterRecord = decode(&row.bytes(0)?).map_err(|_| shape())?;
    let name = match (row.opt(5, Row::text)?, row.opt(6, Row::text)?) {
        (Some(first), Some(last)) => format!("{first} {last}"),
        _ => String::new(),
    };
    Ok(Listed {
        id: letter.id,
        kind: letter.kind,
        to: letter.to,
        guardian: letter.guardian.map(|id| (id, name)),
        queued_at: UtcMs(row.int(1)?),
        fate: LetterFate::named(&row.text(2)?).ok_or_else(shape)?,
        fate_at: row.opt(3, Row::int)?.map(UtcMs),
        detail: row.text(4)?,
        tries: row.count(7)?,
    })
}

/// Those of `letters` that are held: whoever releases or drops in bulk names what was shown.
///
/// # Errors
/// See [`progress`].
pub fn held(tx: &mut dyn Read) -> Result<Vec<LetterId>, StoreError> {
    let branch = journal::current_branch(tx)?;
    let rows = tx.query(include_str!("sql/held.sql"), &[branch.into()])?;
    rows.iter().map(|row| Ok(LetterId(row.uuid(0)?))).collect()
}

/// Whether the newest letter that was answered for at this address came back.
///
/// # Errors
/// See [`progress`].
pub fn bounces(tx: &mut dyn Read, address: &str) -> Result<bool, StoreError> {
    let row = tx.first(include_str!("sql/last_answer.sql"), &[address.into()])?;
    Ok(row.map(|row| row.text(0)).transpose()?.as_deref() == Some(LetterFate::Bounced.as_str()))
}

/// Letters that wait for their turn, without those that are held.
///
/// # Errors
/// See [`progress`].
pub fn waiting(tx: &mut dyn Read) -> Result<Vec<LetterId>, StoreError> {
    let branch = journal::current_branch(tx)?;
    let rows = tx.query(include_str!("sql/waiting.sql"), &[branch.into()])?;
    rows.iter().map(|row| Ok(LetterId(row.uuid(0)?))).collect()
}
