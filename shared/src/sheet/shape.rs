//! What a chunk of the document library announces, read before the library is let near it.
//!
//! The library inflates without bound, and unrolls a run of a thousand million operations that
//! takes nine bytes. So the columns of a stranger's chunk are walked here first, run by run and
//! without unrolling any: what is deflated, or announces more than a sheet can hold, goes no further.

use super::Fault;

/// Most rows of one column, over all chunks of a payload: changes, operations, actors, what they
/// stand on. The fullest day of the largest site, ten times over.
pub const MAX_ROWS: u64 = 100_000;
/// Most text that the columns of a payload unroll to, in bytes: keys of 22 characters each.
pub const MAX_TEXT: u64 = 4 << 20;
/// Highest number of an operation or place in a sequence. The library counts in 32 bits: a change
/// near their end would leave no number for the next tap.
pub const MAX_COUNTER: u64 = (u32::MAX / 2) as u64;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const HASH: usize = 32;
/// More columns than any version of the library writes.
const MAX_COLUMNS: u64 = 64;

/// What the chunks of one payload may still announce.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    rows: u64,
    text: u64,
}

impl Room {
    /// All of it.
    pub(super) const fn new() -> Self {
        Self {
            rows: MAX_ROWS,
            text: MAX_TEXT,
        }
    }

    /// Takes up what a document announces: one document chunk, then changes that wait for others.
    pub(super) fn document(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let mut rest = Bytes(bytes);
        let (kind, data) = rest.chunk()?;
        match kind {
            0 => self.document_chunk(data)?,
            1 => self.change_chunk(data)?,
            _ => return Err(Fault::Damaged),
        }
        while !rest.0.is_empty() {
            let (1, data) = rest.chunk()? else {
                return Err(Fault::Damaged);
            };
            self.change_chunk(data)?;
        }
        Ok(())
    }

    /// Takes up what a single change announces.
    pub(super) fn change(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let mut rest = Bytes(bytes);
        match rest.chunk()? {
            (1, data) if rest.0.is_empty() => self.change_chunk(data),
            _ => Err(Fault::Damaged),
        }
    }

    fn document_chunk(&mut self, data: &[u8]) -> Result<(), Fault> {
        let mut rest = Bytes(data);
        let mut most = rest.actors()?;
        let heads = rest.unsigned()?;
        rest.take(heads.checked_mul(HASH as u64).ok_or(Fault::Damaged)?)?;
        let changes = rest.columns()?;
        let operations = rest.columns()?;
        for columns in [changes, operations] {
            most = most.max(self.columns(&mut rest, &columns)?);
        }
        self.fill(most.max(heads))
    }

    fn change_chunk(&mut self, data: &[u8]) -> Result<(), Fault> {
        let mut rest = Bytes(data);
        let deps = rest.unsigned()?;
        rest.take(deps.checked_mul(HASH as u64).ok_or(Fault::Damaged)?)?;
        rest.prefixed()?;
        let (seq, start_op) = (rest.unsigned()?, rest.unsigned()?);
        if seq > MAX_COUNTER || start_op > MAX_COUNTER {
            return Err(Fault::ForbiddenChange);
        }
        rest.signed()?;
        rest.prefixed()?;
        let others = rest.actors()?;
        let columns = rest.columns()?;
        let most = self.columns(&mut rest, &columns)?;
        // A change that announces nothing is one all the same.
        self.fill(most.max(others).max(deps).max(1))
    }

    fn fill(&mut self, rows: u64) -> Result<(), Fault> {
        self.rows = self.rows.checked_sub(rows).ok_or(Fault::TooLarge)?;
        Ok(())
    }

    /// Walks columns; the longest of them, in rows.
    fn columns(&mut self, rest: &mut Bytes<'_>, columns: &[(u64, u64)]) -> Result<u64, Fault> {
        let mut most = 0;
        for (specification, length) in columns {
            let (rows, text) = walk(specification & 7, Bytes(rest.take(*length)?))?;
            most = most.max(rows);
            self.text = self.text.checked_sub(text).ok_or(Fault::TooLarge)?;
        }
        Ok(most)
    }
}

/// Rows of a column and the bytes of text they unroll to.
fn walk(kind: u64, mut rest: Bytes<'_>) -> Result<(u64, u64), Fault> {
    // Groups, actors, integers, differences, flags, text, lengths of values, values.
    const GROUP: u64 = 0;
    const DELTA: u64 = 3;
    const FLAG: u64 = 4;
    const TEXT: u64 = 5;
    const VALUE: u64 = 7;
    let (mut rows, mut text, mut members) = (0_u64, 0_u64, 0_u64);
    while kind != VALUE && !rest.0.is_empty() {
        if kind == FLAG {
            rows = rows.saturating_add(rest.unsigned()?);
            continue;
        }
        let run = rest.signed()?;
        let (times, numbers) = match run {
            0 => {
                rows = rows.saturating_add(rest.unsigned()?);
                continue;
            }
            1.. => (run.unsigned_abs(), 1),
            ..0 => (1, run.unsigned_abs()),
        };
        rows = rows.saturating_add(times.saturating_mul(numbers));
        if rows > MAX_ROWS {
            return Err(Fault::TooLarge);
        }
        for _ in 0..numbers {
            match kind {
                TEXT => text = text.saturating_add(times.saturating_mul(rest.prefixed()?.len() as u64)),
                DELTA => drop(rest.signed()?),
                GROUP => members = members.saturating_add(times.saturating_mul(rest.unsigned()?)),
                _ => drop(rest.unsigned()?),
            }
        }
    }
    Ok((rows.max(members), text))
}

/// Bytes being read from the front.
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, length: u64) -> Result<&'b [u8], Fault> {
        let length = usize::try_from(length).map_err(|_| Fault::Damaged)?;
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Fault::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Fault> {
        self.take(1)?.first().copied().ok_or(Fault::Damaged)
    }

    fn unsigned(&mut self) -> Result<u64, Fault> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Fault::Damaged)
    }

    fn signed(&mut self) -> Result<i64, Fault> {
        let mut number = 0_i64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let negative = shift + 7 < 64 && byte & 0x40 != 0;
                return Ok(if negative {
                    number | (-1 << (shift + 7))
                } else {
                    number
                });
            }
        }
        Err(Fault::Damaged)
    }

    fn prefixed(&mut self) -> Result<&'b [u8], Fault> {
        let length = self.unsigned()?;
        self.take(length)
    }

    fn actors(&mut self) -> Result<u64, Fault> {
        let count = self.unsigned()?;
        for _ in 0..count {
            self.prefixed()?;
        }
        Ok(count)
    }

    /// Specification and length of each column; none of them deflated.
    fn columns(&mut self) -> Result<Vec<(u64, u64)>, Fault> {
        const DEFLATED: u64 = 8;
        let count = self.unsigned()?;
        if count > MAX_COLUMNS {
            return Err(Fault::Damaged);
        }
        (0..count)
            .map(|_| match (self.unsigned()?, self.unsigned()?) {
                (specification, _) if specification & DEFLATED != 0 => Err(Fault::ForbiddenChange),
                column => Ok(column),
            })
            .collect()
    }

    /// The next chunk: its type and its data.
    fn chunk(&mut self) -> Result<(u8, &'b [u8]), Fault> {
        if self.take(4)? != MAGIC {
            return Err(Fault::Damaged);
        }
        self.take(4)?;
        let kind = self.byte()?;
        Ok((kind, self.prefixed()?))
    }
}
