//! Files for spreadsheets: what was left out and why, and an empty file to fill in.

use super::columns::Field;
use super::read::Table;
use super::words;

/// The lines with these numbers, as they came, with the reason beside each.
pub fn skipped_csv(table: &Table, reasons: &[(usize, String)]) -> Vec<u8> {
    let mut writer = Writer::new();
    let (line, reason) = words::column_names();
    let own = [line.as_str(), reason.as_str()];
    writer.row(own.into_iter().chain(table.headers.iter().map(String::as_str)));
    for (place, why) in reasons {
        if let Some(line) = table.lines.get(*place) {
            let number = line.number.to_string();
            let own = [number.as_str(), why.as_str()];
            writer.row(own.into_iter().chain(line.cells.iter().map(String::as_str)));
        }
    }
    writer.done()
}

/// An empty file with every column we know, and one line to show how it is filled in.
pub fn model() -> Vec<u8> {
    let mut writer = Writer::new();
    let fields: Vec<Field> = Field::all().collect();
    let headers: Vec<String> = fields.iter().map(|field| words::field_word(*field)).collect();
    writer.row(headers.iter().map(String::as_str));
    let shown = fields.iter().map(|field| match field {
        Field::LastName | Field::One(super::Part::LastName) => "Martin",
        Field::FirstName => "Léa",
        Field::Born => "04/03/2019",
        Field::Reference => "120000000AB",
        Field::One(super::Part::FirstName) => "Claire",
        Field::One(super::Part::Email) => "claire.martin@exemple.fr",
        Field::One(super::Part::Phone) => "06 39 98 00 01",
        _ => "",
    });
    writer.row(shown);
    writer.done()
}

/// Text in UTF-8 with its mark, parted by semicolons: what French spreadsheets open at a click.
struct Writer(String);

impl Writer {
    fn new() -> Self {
        Self("\u{feff}".into())
    }

    fn row<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                self.0.push(';');
            }
            let quoted = harmless(cell).replace('"', "\"\"");
            self.0.push('"');
            self.0.push_str(&quoted);
            self.0.push('"');
        }
        self.0.push_str("\r\n");
    }

    fn done(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::read::{Line, read};
    use super::*;

    #[test]
    fn what_was_left_out_can_be_read_again_and_holds_no_formula() {
        let cells = ["=1+1", "+33 6 39 98 00 01", "dit \"Léo\"; fils", "@x"];
        let table = Table {
            headers: ["Nom", "Téléphone", "Prénom", "x"].map(String::from).to_vec(),
            lines: vec![Line {
                number: 7,
                cells: cells.map(String::from).to_vec(),
            }],
        };
        let bytes = skipped_csv(&table, &[(0, "Date illisible".into())]);
        let text = String::from_utf8(bytes.clone()).unwrap();
        for formula in [";\"=", ";\"+", ";\"@"] {
            assert!(!text.contains(formula), "{text}");
        }
        let again = read(&bytes).unwrap();
        assert_eq!(again.lines[0].cells[2..], cells.map(String::from));
        assert_eq!(
            again.lines[0].cells[..2],
            ["7", "Date illisible"].map(String::from)
        );
    }

    #[test]
    fn every_column_of_the_empty_file_is_recognised() {
        let table = read(&model()).unwrap();
        let mapping = super::super::recognise(&table);
        assert_eq!(mapping.0, Field::all().map(Some).collect::<Vec<_>>());
    }
}
