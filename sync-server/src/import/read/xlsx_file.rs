//! Spreadsheets of Excel and its like, cell by cell: nothing is trusted to be small.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};

use super::{MAX_CELLS, MAX_COLUMNS, MAX_LINES, Unreadable, cell};

/// A spreadsheet may not unpack to more than this, in bytes, whatever it says.
const MAX_UNPACKED: u64 = 96 << 20;
/// Nor may a part that is read as a whole: the texts that cells share, styles.
const MAX_PART: u64 = 32 << 20;
/// Most tags of such a part: the shortest text takes a tag of five bytes, and 24 bytes of memory.
const MAX_TAGS: usize = 2_000_000;
/// Most parts: a program writes a dozen, and one for each sheet.
const MAX_PARTS: usize = 1_000;
/// Most digits of a count that makes the reader set memory aside.
const MAX_DIGITS: usize = 6;

pub(super) fn rows(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, Unreadable> {
    if unpacked_size(bytes).is_none_or(|size| size > MAX_UNPACKED) {
        return Err(Unreadable::Damaged);
    }
    parts_are_bounded(bytes).ok_or(Unreadable::Damaged)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::OtherSpreadsheet)?;
    // The first sheet that says anything: some programs put a blank cover before it.
    let mut rows = Vec::new();
    for name in book.sheet_names() {
        rows = sheet(&mut book, &name)?;
        if rows
            .iter()
            .any(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()))
        {
            break;
        }
    }
    Ok(rows)
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<(usize, Vec<String>)>, Unreadable> {
    let mut reader = book
        .worksheet_cells_reader(name)
        .map_err(|_| Unreadable::Damaged)?;
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    let mut all = 0;
    while let Some(found) = reader.next_cell().map_err(|_| Unreadable::Damaged)? {
        let text = cell(&text_of(found.get_value()));
        if text.is_empty() {
            continue;
        }
        let (row, column) = found.get_position();
        let (number, column) = (row as usize + 1, column as usize);
        if column >= MAX_COLUMNS {
            return Err(Unreadable::TooManyColumns);
        }
        match rows.last() {
            Some((last, _)) if *last == number => {}
            // Cells come in the order of rows; a file where they do not is not one of a program.
            Some((last, _)) if *last > number => return Err(Unreadable::Damaged),
            _ => rows.push((number, Vec::new())),
        }
        if rows.len() > MAX_LINES + 1 {
            return Err(Unreadable::TooManyLines);
        }
        if let Some((_, cells)) = rows.last_mut() {
            if cells.len() <= column {
                all += column + 1 - cells.len();
                if all > MAX_CELLS {
                    return Err(Unreadable::TooManyLines);
                }
                cells.resize(column + 1, String::new());
            }
            cells[column] = text;
        }
    }
    Ok(rows)
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // A telephone number typed as a number is whole; so is a reference.
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => if *yes { "oui" } else { "non" }.to_owned(),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Unpacks every part once, for nothing: the directory of a zip file says of its parts what its maker
/// likes, and the reader of spreadsheets believes what a part says of itself.
fn parts_are_bounded(bytes: &[u8]) -> Option<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    if archive.len() > MAX_PARTS {
        return None;
    }
    let mut left = MAX_UNPACKED;
    for nth in 0..archive.len() {
        let mut part = archive.by_index(nth).ok()?;
        let name = part.name().ok()?.to_ascii_lowercase();
        // Lines of a sheet are read one by one, as they come.
        let streamed = name.contains("worksheets/") && !name.ends_with("sharedstrings.xml");
        let markup = std::path::Path::new(&name)
            .extension()
            .is_some_and(|kind| kind == "xml");
        if streamed || !markup {
            let size = std::io::copy(&mut part.by_ref().take(left + 1), &mut std::io::sink()).ok()?;
            left = left.checked_sub(size)?;
            continue;
        }
        let mut content = Vec::new();
        part.by_ref()
            .take(MAX_PART.min(left) + 1)
            .read_to_end(&mut content)
            .ok()?;
        let size = content.len() as u64;
        left = left.checked_sub(size)?;
        let tags = content.split(|byte| *byte == b'<').count();
        if size > MAX_PART || tags > MAX_TAGS || content.contains(&0) || announces_much(&content) {
            return None;
        }
    }
    Some(())
}

/// Whether a count stands there for which the reader would set more memory aside than there is.
fn announces_much(part: &[u8]) -> bool {
    const COUNT: &[u8] = b"uniqueCount";
    part.windows(COUNT.len()).enumerate().any(|(at, word)| {
        let number = part.get(at + COUNT.len()..).unwrap_or_default();
        let begins = number
            .iter()
            .position(|byte| !b" \t\r\n='\"+".contains(byte))
            .unwrap_or(0);
        let digits = number[begins..].iter().take_while(|byte| byte.is_ascii_digit());
        word == COUNT && digits.count() > MAX_DIGITS
    })
}

/// What the parts of a zip file say they unpack to, from its central directory; `None` when there
/// is none to read, or when a part leaves it open.
fn unpacked_size(bytes: &[u8]) -> Option<u64> {
    const END: &[u8] = b"PK\x05\x06";
    const ENTRY: &[u8] = b"PK\x01\x02";
    let u16_at = |at: usize| Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let u32_at = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let tail = bytes.len().saturating_sub(66_000);
    let end = tail + bytes[tail..].windows(4).rposition(|w| w == END)?;
    let mut at = u32_at(end + 16)? as usize;
    let mut sum = 0_u64;
    for _ in 0..u16_at(end + 10)? {
        if bytes.get(at..at + 4)? != ENTRY {
            return None;
        }
        let size = u32_at(at + 24)?;
        if size == u32::MAX {
            return None;
        }
        sum += u64::from(size);
        at += 46
            + [28, 30, 32]
                .into_iter()
                .map(|field| u16_at(at + field).map(usize::from))
                .sum::<Option<usize>>()?;
    }
    Some(sum)
}
