//! What is left of a SQLite file, whatever became of its header and its trees.
//!
//! No page is believed to be what it should be: the form of a journal row is looked for at every
//! place of every page, of the file and of its log. What is found is believed only when its own hash and
//! its commitment prove it, so that no noise is ever taken for an entry.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use shared::codec::Hash32;

use crate::corridor::journal::{Entry, entry_of};
use crate::store::{Row, Value};

/// Serial type of a blob of 16 bytes: the branch and the operation, second and third of a row.
const SIXTEEN_BYTES: u8 = 44;
/// Serial type of a blob of 32 bytes: the commitment, the hash of the entry before, and its own.
const THIRTY_TWO_BYTES: u64 = 76;
/// A row of the journal has that many columns, and later programs may add some.
const FEWEST_COLUMNS: usize = 16;
const MOST_COLUMNS: usize = 40;
/// No row is longer, in bytes.
const LONGEST_ROW: usize = 64 << 20;
/// The sizes a page may have, the likeliest first.
const PAGE_SIZES: [usize; 8] = [4096, 8192, 1024, 2048, 16384, 32768, 65536, 512];
const FILE_MAGIC: &[u8] = b"SQLite format 3\0";
const LOG_HEADER: u64 = 32;
const FRAME_HEADER: u64 = 24;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Carved {
    /// Pages looked at.
    pub(super) pages: u64,
    /// Rows that have the form of an entry and could not be proved.
    pub(super) unproved: u64,
}

/// Where rows are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// In the file and its log.
    Everywhere,
    /// In the log alone, where the file was read otherwise: an engine stops at its first flaw, and says nothing.
    Log,
}

/// Looks through a file and its log, if there is one. `take` gets what was proved, in pieces, with repetitions.
///
/// # Errors
/// Those of `take`, and of files that cannot be read at all.
pub(super) fn carve<E: From<io::Error>>(
    file: &Path,
    log: Option<&Path>,
    look: Look,
    mut take: impl FnMut(Vec<(Entry, Hash32)>) -> Result<(), E>,
) -> Result<Carved, E> {
    let mut sizes = Vec::new();
    let log = log.map(File::open).transpose()?;
    if let Some(log) = &log {
        sizes.extend(log_page_size(log));
    }
    let file = File::open(file)?;
    sizes.extend(page_size(&file));
    sizes.extend(PAGE_SIZES);
    let mut tried: Vec<usize> = Vec::new();
    for size in sizes {
        if tried.contains(&size) {
            continue;
        }
        tried.push(size);
        let pages = Pages::of(&file, log.as_ref(), size)?;
        let mut found = 0;
        let carved = pages.each(look, |entries| {
            found += entries.len();
            take(entries)
        })?;
        if found > 0 {
            return Ok(carved);
        }
    }
    Ok(Carved::default())
}

/// What the header says, where it can be believed.
fn page_size(file: &File) -> Option<usize> {
    let mut head = [0; 100];
    file.read_exact_at(&mut head, 0).ok()?;
    let size = match usize::from(u16::from_be_bytes([head[16], head[17]])) {
        1 => 65536,
        size => size,
    };
    (head.starts_with(FILE_MAGIC) && PAGE_SIZES.contains(&size)).then_some(size)
}

fn log_page_size(log: &File) -> Option<usize> {
    let mut head = [0; 12];
    log.read_exact_at(&mut head, 0).ok()?;
    let size = u32::from_be_bytes([head[8], head[9], head[10], head[11]]) as usize;
    PAGE_SIZES.contains(&size).then_some(size)
}

/// Where one version of a page lies.
#[derive(Clone, Copy)]
enum Place {
    File(u64),
    Log(u64),
}

/// A file's pages, and those of its log.
struct Pages<'f> {
    file: &'f File,
    log: Option<&'f File>,
    size: usize,
    in_file: u64,
    /// Of each page, where its versions lie in the log, the oldest first.
    in_log: BTreeMap<u32, Vec<u64>>,
    /// All frames in their order.
    frames: Vec<u64>,
    bytes: u64,
}

impl<'f> Pages<'f> {
    fn of(file: &'f File, log: Option<&'f File>, size: usize) -> io::Result<Self> {
        let length = file.metadata()?.len();
        let mut pages = Self {
            file,
            log,
            size,
            in_file: length.div_ceil(size as u64),
            in_log: BTreeMap::new(),
            frames: Vec::new(),
            bytes: length,
        };
        let Some(log) = log else { return Ok(pages) };
        let end = log.metadata()?.len();
        pages.bytes += end;
        let mut at = LOG_HEADER;
        let mut waiting = Vec::new();
        let mut salt = None;
        while at + FRAME_HEADER < end {
            let mut head = [0; FRAME_HEADER as usize];
            if log.read_exact_at(&mut head, at).is_err() {
                break;
            }
            let word = |from: usize| {
                u32::from_be_bytes([head[from], head[from + 1], head[from + 2], head[from + 3]])
            };
            // A log is written over from its beginning: what follows is of an earlier time.
            if salt.replace((word(8), word(12))) != Some((word(8), word(12))) {
                waiting.clear();
            }
            let content = at + FRAME_HEADER;
            waiting.push((word(0), content));
            // Frames count from the one on that ends a transaction: the rest was promised to nobody.
            if word(4) != 0 {
                for (number, content) in waiting.drain(..) {
                    pages.in_log.entry(number).or_default().push(content);
                    pages.frames.push(content);
                }
            }
            at = content + size as u64;
        }
        Ok(pages)
    }

    fn each<E: From<io::Error>>(
        &self,
        look: Look,
        mut take: impl FnMut(Vec<(Entry, Hash32)>) -> Result<(), E>,
    ) -> Result<Carved, E> {
        let mut carved = Carved::default();
        let in_file = if look == Look::Log { 0 } else { self.in_file };
        let in_file = (0..in_file).map(|page| Place::File(page * self.size as u64));
        let in_log = self.frames.iter().map(|at| Place::Log(*at));
        for place in in_file.chain(in_log) {
            let page = self.read(place)?;
            carved.pages += 1;
            let mut entries = Vec::new();
            for start in rows(&page) {
                let Some(shape) = Shape::of(&page[start..]) else {
                    continue;
                };
                match self.entry(&shape, &page[start..]) {
                    Some(proved) => entries.push(proved),
                    None => carved.unproved += 1,
                }
            }
            if !entries.is_empty() {
                take(entries)?;
            }
        }
        Ok(carved)
    }

    /// A page; what is missing of it, and what the disk refuses, is zeros.
    fn read(&self, place: Place) -> io::Result<Vec<u8>> {
        let mut page = vec![0; self.size];
        let (from, at) = match (place, self.log) {
            (Place::File(at), _) => (self.file, at),
            (Place::Log(at), Some(log)) => (log, at),
            (Place::Log(_), None) => return Ok(page),
        };
        let mut filled = 0;
        while filled < page.len() {
            match from.read_at(&mut page[filled..], at + filled as u64) {
                Ok(0) => break,
                Ok(n) => filled += n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // A sector that cannot be read hides no other.
                Err(_) => break,
            }
        }
        Ok(page)
    }

    /// The proved entry of a row whose record begins here.
    fn entry(&self, shape: &Shape, record: &[u8]) -> Option<(Entry, Hash32)> {
        let total = shape.bytes();
        let local = local_bytes(total, self.size);
        let payload = if local == total {
            record.get(..total)?.to_vec()
        } else {
            let next = u32::from_be_bytes(record.get(local..local + 4)?.try_into().ok()?);
            let head = record.get(..local)?;
            // As the log has it; else, where a later version took the page's place, as the file has it.
            return [true, false].into_iter().find_map(|with_log| {
                let payload = self.followed(head, next, total, with_log)?;
                proved(shape.values(&payload)?)
            });
        };
        proved(shape.values(&payload)?)
    }

    /// A record's head with what stands on the pages that go on with it.
    fn followed(&self, head: &[u8], mut next: u32, total: usize, with_log: bool) -> Option<Vec<u8>> {
        if total as u64 > self.bytes {
            return None;
        }
        let mut payload = Vec::with_capacity(total);
        payload.extend_from_slice(head);
        while payload.len() < total {
            if next == 0 {
                return None;
            }
            let logged = self.in_log.get(&next).and_then(|versions| versions.last());
            let place = match logged {
                Some(at) if with_log => Place::Log(*at),
                _ => Place::File(u64::from(next - 1) * self.size as u64),
            };
            let page = self.read(place).ok()?;
            let more = (total - payload.len()).min(self.size - 4);
            payload.extend_from_slice(&page[4..4 + more]);
            next = u32::from_be_bytes([page[0], page[1], page[2], page[3]]);
        }
        Some(payload)
    }
}

fn proved(values: Vec<Value>) -> Option<(Entry, Hash32)> {
    let (entry, hash) = entry_of(&Row(values)).ok()?;
    (entry.hash() == hash && entry.keeps_its_word()).then_some((entry, hash))
}

/// Where records may begin that have the form of a journal row: their length of header, a number, two blobs
/// of sixteen bytes.
fn rows(page: &[u8]) -> impl Iterator<Item = usize> {
    let form = |four: &[u8]| {
        matches!(*four, [header, number, SIXTEEN_BYTES, SIXTEEN_BYTES]
            if (FEWEST_COLUMNS as u8 + 1..0x80).contains(&header) && matches!(number, 1..=6 | 8 | 9))
    };
    page.windows(4)
        .enumerate()
        .filter_map(move |(at, four)| form(four).then_some(at))
}

/// How much of a row stands on its own page: the rule of the file format, for pages without reserved bytes.
fn local_bytes(total: usize, page: usize) -> usize {
    let most = page - 35;
    if total <= most {
        return total;
    }
    let least = (page - 12) * 32 / 255 - 23;
    let fitting = least + (total - least) % (page - 4);
    if fitting <= most { fitting } else { least }
}

/// What a record's header says of its columns.
struct Shape {
    header: usize,
    columns: Vec<u64>,
}

impl Shape {
    fn of(record: &[u8]) -> Option<Self> {
        let header = usize::from(*record.first()?);
        let mut at = 1;
        let mut columns = Vec::new();
        while at < header {
            let (number, bytes) = varint(record.get(at..header)?)?;
            at += bytes;
            columns.push(number);
        }
        let shape = Self { header, columns };
        let count = (FEWEST_COLUMNS..=MOST_COLUMNS).contains(&shape.columns.len());
        // Rows of other tables begin alike; none has hashes at these places.
        let hashes = count
            && [12_usize, 14, 15]
                .iter()
                .all(|place| shape.columns[*place] == THIRTY_TWO_BYTES);
        let sound = shape.columns.iter().all(|kind| !matches!(kind, 7 | 10 | 11));
        (at == header && hashes && sound && shape.bytes() <= LONGEST_ROW).then_some(shape)
    }

    fn bytes(&self) -> usize {
        let columns = self.columns.iter().map(|kind| column_bytes(*kind));
        columns.fold(self.header, usize::saturating_add)
    }

    fn values(&self, payload: &[u8]) -> Option<Vec<Value>> {
        let mut at = self.header;
        let mut values = Vec::with_capacity(self.columns.len());
        for kind in &self.columns {
            let bytes = payload.get(at..at + column_bytes(*kind))?;
            at += bytes.len();
            values.push(match kind {
                0 => Value::Null,
                1..=6 => Value::Int(integer(bytes)),
                8 | 9 => Value::Int(i64::from(*kind == 9)),
                kind if kind % 2 == 0 => Value::Bytes(bytes.to_vec()),
                _ => Value::Text(String::from_utf8(bytes.to_vec()).ok()?),
            });
        }
        Some(values)
    }
}

fn column_bytes(kind: u64) -> usize {
    match kind {
        0 | 8 | 9 => 0,
        1..=4 => kind as usize,
        5 => 6,
        6 | 7 => 8,
        10 | 11 => 0,
        kind => usize::try_from((kind - 12) / 2).unwrap_or(usize::MAX),
    }
}

fn integer(bytes: &[u8]) -> i64 {
    let sign = bytes.first().is_some_and(|first| first & 0x80 != 0);
    let start = if sign { -1 } else { 0 };
    bytes
        .iter()
        .fold(start, |sum, byte| (sum << 8) | i64::from(*byte))
}

/// A number as the file format writes it, and how many bytes it takes.
fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut number = 0_u64;
    for at in 0..9 {
        let byte = *bytes.get(at)?;
        if at == 8 {
            return Some((number << 8 | u64::from(byte), 9));
        }
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((number, at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_the_format_writes_them() {
        assert_eq!(varint(&[0x7f]), Some((127, 1)));
        assert_eq!(varint(&[0x81, 0x00]), Some((128, 2)));
        assert_eq!(varint(&[0xff; 9]), Some((u64::MAX, 9)));
        assert_eq!(varint(&[0x81]), None);
        assert_eq!(integer(&[0xff]), -1);
        assert_eq!(integer(&[0x01, 0x00]), 256);
    }

    #[test]
    fn a_row_overflows_by_the_rule_of_the_format() {
        // A page of 4096 bytes holds 4061 bytes of a row at most, and 489 at least.
        assert_eq!(local_bytes(4061, 4096), 4061);
        assert_eq!(local_bytes(4062, 4096), 489);
        assert_eq!(local_bytes(489 + 4092, 4096), 489);
        assert_eq!(local_bytes(489 + 4092 + 100, 4096), 589);
    }
}
