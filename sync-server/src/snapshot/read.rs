//! Reads a snapshot, and believes nothing before it is proved.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Read as Input};

use shared::codec::{Hash32, decode, encode};
use shared::ids::BranchId;
use shared::offsite::BranchBirth;
use shared::receipt::Position;
use shared::snapshot::{
    Cell, Head, LONGEST_PART, Manifest, Opener, Part, SEALED_BYTES, TableDigest, TableEnd, TableStart,
    WholeDigest,
};
use shared::time::UtcMs;

use super::{Contents, SnapshotError, value};
use crate::store::{Row, Value};

/// Who takes in what is read, part after part. A part handed over is authentic; that it is whole is
/// known at the end.
pub trait Taker {
    /// What the snapshot is of.
    ///
    /// # Errors
    /// Those of the taker, as for all that follow.
    fn manifest(&mut self, manifest: &Manifest) -> Result<(), SnapshotError>;

    /// A table begins.
    ///
    /// # Errors
    /// See [`Taker::manifest`].
    fn start(&mut self, table: &TableStart) -> Result<(), SnapshotError>;

    /// Rows of that table.
    ///
    /// # Errors
    /// See [`Taker::manifest`].
    fn rows(&mut self, rows: Vec<Vec<Cell>>) -> Result<(), SnapshotError>;

    /// The table ended, as it was said to.
    ///
    /// # Errors
    /// See [`Taker::manifest`].
    fn end(&mut self, end: &TableEnd) -> Result<(), SnapshotError>;
}

struct Nobody;

impl Taker for Nobody {
    fn manifest(&mut self, _: &Manifest) -> Result<(), SnapshotError> {
        Ok(())
    }

    fn start(&mut self, _: &TableStart) -> Result<(), SnapshotError> {
        Ok(())
    }

    fn rows(&mut self, _: Vec<Vec<Cell>>) -> Result<(), SnapshotError> {
        Ok(())
    }

    fn end(&mut self, _: &TableEnd) -> Result<(), SnapshotError> {
        Ok(())
    }
}

/// Reads a snapshot to its end and proves it, without a store.
///
/// # Errors
/// [`SnapshotError`]: it is damaged, of a newer format, or of another key.
pub fn check(input: impl Input, shipping: &Hash32) -> Result<Contents, SnapshotError> {
    read(input, shipping, &mut Nobody)
}

/// What stands at the beginning of a snapshot in clear: whose it is, and which key opens it. Nothing
/// of it is proved.
///
/// # Errors
/// [`SnapshotError`] when this is no snapshot, or one of a newer format.
pub fn head(mut input: impl Input) -> Result<Head, SnapshotError> {
    read_head(&mut input).map(|(head, _)| head)
}

fn read_head(input: &mut impl Input) -> Result<(Head, Vec<u8>), SnapshotError> {
    Head::read(|| {
        let byte = up_to(input, 1)?;
        Ok::<_, SnapshotError>(byte.first().copied())
    })
}

/// What a snapshot is of, and the branches of its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// What it is of.
    pub manifest: Manifest,
    /// How its branches began.
    pub branches: Vec<BranchBirth>,
}

/// Reads the beginning of a snapshot. It is authentic; that the rest is whole is not known.
///
/// # Errors
/// [`SnapshotError`]: it is damaged, of a newer format, or of another key.
pub fn beginning(input: impl Input, shipping: &Hash32) -> Result<Beginning, SnapshotError> {
    let mut content = Content::open(input, shipping)?;
    let manifest = content.manifest()?;
    let Some(Part::Start(start)) = content.part()? else {
        return Err(damaged("its parts are out of order"));
    };
    let mut branches = Vec::new();
    while start.name == "branch"
        && let Some(Part::Rows(rows)) = content.part()?
    {
        for row in rows {
            branches.push(birth(&start, &row)?);
        }
    }
    Ok(Beginning { manifest, branches })
}

/// A row of the table `branch`.
///
/// # Errors
/// [`SnapshotError::Damaged`] for a row that is none.
pub fn birth(start: &TableStart, row: &[Cell]) -> Result<BranchBirth, SnapshotError> {
    let of = |name: &str| {
        let place = start.columns.iter().position(|column| column == name);
        let cell = place.and_then(|place| row.get(place)).cloned();
        Row(vec![cell.map_or(Value::Null, value)])
    };
    let parent = match of("parent").opt(0, Row::uuid)? {
        None => None,
        Some(parent) => Some(Position {
            branch: BranchId(parent),
            seq: of("fork_seq").count(0)?,
            hash: of("fork_hash").hash(0)?,
        }),
    };
    Ok(BranchBirth {
        id: BranchId(of("id").uuid(0)?),
        parent,
        born_at: UtcMs(of("born_at").int(0)?),
    })
}

/// Reads a snapshot to its end and proves it; `taker` gets its parts as they come.
///
/// # Errors
/// [`SnapshotError`], and those of the taker.
pub fn read(input: impl Input, shipping: &Hash32, taker: &mut dyn Taker) -> Result<Contents, SnapshotError> {
    let mut content = Content::open(input, shipping)?;
    let manifest = content.manifest()?;
    taker.manifest(&manifest)?;
    let mut whole = WholeDigest::of(&manifest);
    let mut tables: Vec<(String, TableEnd)> = Vec::new();
    let mut seen = BTreeSet::new();
    loop {
        match content.part()? {
            Some(Part::Start(start)) => {
                if !seen.insert(start.name.clone()) {
                    return Err(damaged(&format!("table {} comes twice", start.name)));
                }
                taker.start(&start)?;
                let end = table(&mut content, &start, taker)?;
                whole.table(&start.name, &end);
                tables.push((start.name, end));
            }
            Some(Part::Totals(totals)) => {
                if whole.finish() != totals {
                    return Err(damaged("its totals do not agree with its tables"));
                }
                if content.part()?.is_some() {
                    return Err(damaged("something follows its end"));
                }
                return Ok(Contents {
                    manifest,
                    tables,
                    totals,
                });
            }
            Some(Part::Manifest(_) | Part::Rows(_) | Part::End(_)) | None => {
                return Err(damaged("its parts are out of order"));
            }
        }
    }
}

fn table<R: Input>(
    content: &mut Content<R>,
    start: &TableStart,
    taker: &mut dyn Taker,
) -> Result<TableEnd, SnapshotError> {
    let mut digest = TableDigest::of(&start.name, &start.columns);
    loop {
        match content.part()? {
            Some(Part::Rows(rows)) => {
                for row in &rows {
                    if row.len() != start.columns.len() {
                        return Err(damaged(&format!(
                            "a row of table {} is too short or too long",
                            start.name
                        )));
                    }
                    digest.row(&encode(row));
                }
                taker.rows(rows)?;
            }
            Some(Part::End(end)) => {
                if digest.finish() != end {
                    return Err(damaged(&format!(
                        "the rows of table {} are not those that were written",
                        start.name
                    )));
                }
                taker.end(&end)?;
                return Ok(end);
            }
            Some(Part::Manifest(_) | Part::Start(_) | Part::Totals(_)) | None => {
                return Err(damaged("its parts are out of order"));
            }
        }
    }
}

fn damaged(why: &str) -> SnapshotError {
    SnapshotError::Damaged(why.to_owned())
}

/// The content of a snapshot, opened chunk by chunk.
struct Content<R> {
    input: R,
    head: Head,
    opener: Opener,
    /// The next chunk, sealed: whether it is the last shows when nothing follows it.
    ahead: Vec<u8>,
    open: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl<R: Input> Content<R> {
    fn open(mut input: R, shipping: &Hash32) -> Result<Self, SnapshotError> {
        let (head, head_bytes) = read_head(&mut input)?;
        if !head.is_sealed_with(shipping) {
            return Err(SnapshotError::Key(head.commune));
        }
        let ahead = up_to(&mut input, SEALED_BYTES)?;
        Ok(Self {
            opener: Opener::new(shipping, &head, &head_bytes),
            input,
            head,
            ahead,
            open: Vec::new(),
            taken: 0,
            ended: false,
        })
    }

    fn manifest(&mut self) -> Result<Manifest, SnapshotError> {
        let Some(Part::Manifest(manifest)) = self.part()? else {
            return Err(damaged("it does not begin with a manifest"));
        };
        if manifest.commune != self.head.commune {
            return Err(damaged("head and manifest name two communes"));
        }
        Ok(manifest)
    }

    /// The next part; none at the end.
    fn part(&mut self) -> Result<Option<Part>, SnapshotError> {
        if !self.fill(1)? {
            return Ok(None);
        }
        let length = self.bytes(4)?;
        let length = length.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        if length > LONGEST_PART {
            return Err(damaged("a part is too long"));
        }
        let bytes = self.bytes(length)?;
        Ok(Some(decode(&bytes)?))
    }

    fn bytes(&mut self, count: usize) -> Result<Vec<u8>, SnapshotError> {
        if !self.fill(count)? {
            return Err(damaged("its end is missing"));
        }
        let from = self.taken;
        self.taken += count;
        Ok(self.open[from..self.taken].to_vec())
    }

    /// Opens chunks until so many bytes can be taken; false when the content ends before.
    fn fill(&mut self, count: usize) -> Result<bool, SnapshotError> {
        while self.open.len() - self.taken < count {
            if self.ended {
                return Ok(false);
            }
            let next = up_to(&mut self.input, SEALED_BYTES)?;
            let sealed = std::mem::replace(&mut self.ahead, next);
            self.ended = self.ahead.is_empty();
            let chunk = self.opener.open(&sealed, self.ended)?;
            self.open.drain(..self.taken);
            self.taken = 0;
            self.open.extend(chunk);
        }
        Ok(true)
    }
}

/// As many bytes, or what is left.
fn up_to(input: &mut impl Input, count: usize) -> Result<Vec<u8>, SnapshotError> {
    let mut bytes = vec![0; count];
    let mut filled = 0;
    while filled < count {
        match input.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}
