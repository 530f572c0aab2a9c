//! Text files: UTF-8 with or without a mark, else Windows-1252; parted by `;`, `,` or tabs.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_LINES, Unreadable, cell};

/// How much of a file is looked at to find its separator.
const SAMPLE_LINES: usize = 50;
/// The same in characters.
const SAMPLE_CHARS: usize = 100_000;
/// Longest line, in bytes: as many columns as there may be, each with the longest cell that is kept.
const MAX_LINE: usize = MAX_COLUMNS * MAX_CELL;

pub(super) fn rows(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, Unreadable> {
    let text = decoded(bytes)?;
    if text.lines().any(|line| line.len() > MAX_LINE) {
        return Err(Unreadable::TooManyColumns);
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(&text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let (mut rows, mut all) = (Vec::new(), 0);
    let mut record = csv::StringRecord::new();
    // Lines are counted as a spreadsheet counts them: an empty one is one, a cell of two lines is in one.
    let (mut from, mut breaks, mut inside) = (0, 0, 0);
    // The text is UTF-8 and rows may differ in length: nothing is left to go wrong but the end.
    while reader.read_record(&mut record).map_err(|_| Unreadable::NotText)? {
        let end = usize::try_from(reader.position().byte())
            .unwrap_or(text.len())
            .min(text.len());
        let upto = text.as_bytes()[..end]
            .iter()
            .rposition(|b| !b"\r\n".contains(b))
            .map_or(from, |last| (last + 1).max(from));
        breaks += newlines(&text.as_bytes()[from..upto]);
        inside += record.iter().map(|c| newlines(c.as_bytes())).sum::<usize>();
        from = upto;
        // Excel writes the separator on a line of its own: « sep=; ».
        if rows.is_empty() && record.iter().next().is_some_and(|c| c.starts_with("sep=")) {
            continue;
        }
        let cells: Vec<String> = record.iter().take(MAX_COLUMNS + 1).map(cell).collect();
        all += cells.len();
        rows.push((1 + breaks - inside.min(breaks), cells));
        if all > MAX_CELLS {
            return Err(Unreadable::TooManyLines);
        }
        if rows.len() > MAX_LINES + 1 {
            return Err(Unreadable::TooManyLines);
        }
    }
    Ok(rows)
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.split(|b| *b == b'\n').count() - 1
}

fn decoded(bytes: &[u8]) -> Result<String, Unreadable> {
    let marked = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Some(std::str::from_utf8(rest).map(str::to_owned)),
        [0xff, 0xfe, rest @ ..] => Some(Ok(UTF_16LE.decode_without_bom_handling(rest).0.into_owned())),
        [0xfe, 0xff, rest @ ..] => Some(Ok(UTF_16BE.decode_without_bom_handling(rest).0.into_owned())),
        _ => None,
    };
    let text = match marked {
        Some(Ok(text)) => text,
        Some(Err(_)) => return Err(Unreadable::NotText),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    };
    // Pictures and programs hold bytes that no text does.
    if text.contains('\0') {
        return Err(Unreadable::NotText);
    }
    // A file that ends its lines as old Macs did.
    Ok(if text.contains('\n') {
        text
    } else {
        text.replace('\r', "\n")
    })
}

/// What parts the cells: the candidate that gives the most columns in as many lines as possible.
fn separator(text: &str) -> u8 {
    let head = text.strip_prefix("sep=").and_then(|rest| rest.bytes().next());
    if let Some(told) = head.filter(|b| b";,\t".contains(b)) {
        return told;
    }
    let lines = text.split_inclusive('\n').take(SAMPLE_LINES);
    let sample: String = lines.flat_map(str::chars).take(SAMPLE_CHARS).collect();
    let score = |separator: &u8| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(*separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(sample.as_bytes());
        let widths: Vec<usize> = reader.records().flatten().map(|record| record.len()).collect();
        let header = widths.first().copied().unwrap_or(0);
        let alike = widths.iter().filter(|width| **width == header).count();
        // A separator that never occurs makes every line alike: width counts first.
        (header > 1, alike * header)
    };
    // The last of equals wins: the semicolon is what French spreadsheets write.
    b"\t,;"
        .iter()
        .max_by_key(|separator| score(separator))
        .copied()
        .unwrap_or(b';')
}
