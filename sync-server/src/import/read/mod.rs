//! Files become tables of text, whatever program wrote them.

use shared::text::search_key;

mod csv_file;
mod xlsx_file;

/// Largest file that is read, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Most lines of one file, without its header.
pub const MAX_LINES: usize = 40_000;
/// Most columns of one file.
const MAX_COLUMNS: usize = 200;
/// Most cells of one file, empty ones between others included: each weighs 24 bytes before it says anything.
const MAX_CELLS: usize = 2_000_000;
/// Longest cell that is kept, in characters: beyond it nothing is a name any more.
const MAX_CELL: usize = 2_000;

/// A file as a table of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What stands above the columns.
    pub headers: Vec<String>,
    /// The lines below, those that are wholly empty left out.
    pub lines: Vec<Line>,
}

/// One line of a table; it has as many cells as there are headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, as a spreadsheet counts: the header is line 1.
    pub number: usize,
    /// Its cells, without blanks around them.
    pub cells: Vec<String>,
}

/// Why a file is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing in it.
    Empty,
    /// Headers, and no line below.
    NoLines,
    /// More lines than [`MAX_LINES`].
    TooManyLines,
    /// More columns than any list of children has.
    TooManyColumns,
    /// A spreadsheet of a kind that is not read: xls, ods, numbers.
    OtherSpreadsheet,
    /// A spreadsheet that is damaged, locked by a password, or unpacks to far more than it weighs.
    Damaged,
    /// Neither text nor a spreadsheet.
    NotText,
}

/// Reads a file by what it holds; its name does not matter.
///
/// # Errors
/// [`Unreadable`]: what a person can do about it.
pub fn read(bytes: &[u8]) -> Result<Table, Unreadable> {
    const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
    let rows = if bytes.starts_with(b"PK\x03\x04") {
        xlsx_file::rows(bytes)?
    } else if bytes.starts_with(COMPOUND) {
        // Old Excel, or a new one behind a password.
        return Err(Unreadable::OtherSpreadsheet);
    } else {
        csv_file::rows(bytes)?
    };
    table(rows)
}

/// The first line that says anything is the header; columns that say nothing anywhere go.
fn table(rows: Vec<(usize, Vec<String>)>) -> Result<Table, Unreadable> {
    let said = |cells: &[String]| cells.iter().any(|cell| !cell.is_empty());
    let mut rows = rows.into_iter().filter(|(_, cells)| said(cells));
    let (_, mut headers) = rows.next().ok_or(Unreadable::Empty)?;
    let mut lines: Vec<Line> = rows.map(|(number, cells)| Line { number, cells }).collect();
    if lines.is_empty() {
        return Err(Unreadable::NoLines);
    }
    if lines.len() > MAX_LINES {
        return Err(Unreadable::TooManyLines);
    }
    let last_said = |cells: &Vec<String>| cells.iter().rposition(|c| !c.is_empty()).map_or(0, |i| i + 1);
    let width = lines
        .iter()
        .map(|line| last_said(&line.cells))
        .chain([last_said(&headers)])
        .max()
        .unwrap_or(0);
    if width > MAX_COLUMNS {
        return Err(Unreadable::TooManyColumns);
    }
    if width.saturating_mul(lines.len()) > MAX_CELLS {
        return Err(Unreadable::TooManyLines);
    }
    headers.resize(width, String::new());
    for line in &mut lines {
        line.cells.resize(width, String::new());
    }
    unfolded(Table { headers, lines })
}

/// Lists of guardians name several children on one line, in columns that repeat: « Prénom enfant »,
/// « Prénom enfant ». Such a line becomes as many lines as it names children.
fn unfolded(table: Table) -> Result<Table, Unreadable> {
    let keys: Vec<String> = table.headers.iter().map(|header| search_key(header)).collect();
    let nth = |column: usize| keys[..column].iter().filter(|key| **key == keys[column]).count();
    let repeats = |column: usize| {
        let child = keys[column].contains("enfant") || keys[column].contains("eleve");
        child && keys.iter().filter(|key| **key == keys[column]).count() > 1
    };
    let groups = (0..keys.len())
        .filter(|c| repeats(*c))
        .map(|c| nth(c) + 1)
        .max()
        .unwrap_or(1);
    if groups == 1 {
        return Ok(table);
    }
    // The columns of each child: those said once, then its own of those that repeat.
    let once: Vec<usize> = (0..keys.len()).filter(|c| !repeats(*c)).collect();
    let first: Vec<usize> = (0..keys.len()).filter(|c| repeats(*c) && nth(*c) == 0).collect();
    let of_group = |group: usize| -> Vec<Option<usize>> {
        let own = |column: &usize| (0..keys.len()).find(|c| keys[*c] == keys[*column] && nth(*c) == group);
        first.iter().map(own).collect()
    };
    let picked: Vec<Vec<Option<usize>>> = (0..groups).map(of_group).collect();
    let lines = table.lines.iter().flat_map(|line| {
        let own = |columns: &Vec<Option<usize>>| -> Vec<String> {
            let cell = |column: &Option<usize>| column.map(|c| line.cells[c].clone()).unwrap_or_default();
            columns.iter().map(cell).collect()
        };
        let mut children: Vec<Vec<String>> = picked.iter().map(own).collect();
        let all = children.clone();
        children.retain(|cells| cells.iter().any(|cell| !cell.is_empty()));
        // A line that names no child is shown all the same, to be refused with a reason.
        if children.is_empty() {
            children = all.into_iter().take(1).collect();
        }
        let shared: Vec<String> = once.iter().map(|c| line.cells[*c].clone()).collect();
        let line_of = move |child: Vec<String>| Line {
            number: line.number,
            cells: shared.iter().cloned().chain(child).collect(),
        };
        children.into_iter().map(line_of)
    });
    let width = once.len() + first.len();
    let most = MAX_LINES.min(MAX_CELLS / width.max(1));
    let lines: Vec<Line> = lines.take(most + 1).collect();
    if lines.len() > most {
        return Err(Unreadable::TooManyLines);
    }
    Ok(Table {
        headers: once
            .iter()
            .chain(&first)
            .map(|c| table.headers[*c].clone())
            .collect(),
        lines,
    })
}

/// A cell without blanks around it, no-break ones included, and without what no screen shows.
fn cell(text: &str) -> String {
    let shown = text.chars().map(|c| match c {
        '\u{a0}' | '\u{202f}' | '\t' | '\r' | '\n' => ' ',
        c => c,
    });
    let shown: String = shown
        .filter(|c| !c.is_control() && *c != '\u{feff}' && *c != '\u{200b}')
        .take(MAX_CELL)
        .collect();
    let shown = shown.trim();
    // What a careful program puts before a cell that would be a formula: ours does.
    let bare = shown
        .strip_prefix('\'')
        .filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    bare.unwrap_or(shown).to_owned()
}
