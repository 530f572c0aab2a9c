//! A list as a file that spreadsheets open: UTF-8 with a byte order mark, semicolons, one line a
//! child.

use super::row::{ListPart, ListRow, ListSheet};
use crate::words::t;

/// The file.
pub fn spreadsheet(sheets: &[ListSheet]) -> String {
    let heads = [
        t("desk-filter-site"),
        t("desk-filter-date"),
        t("desk-lists-activity"),
        t("desk-lists-last-name"),
        t("desk-lists-first-name"),
        t("desk-lists-class"),
        t("desk-lists-school"),
        t("desk-lists-group"),
        t("desk-lists-seat"),
        t("desk-lists-formula"),
        t("desk-lists-in"),
        t("desk-lists-out"),
        t("desk-lists-comes-from"),
        t("desk-lists-goes-to"),
        t("desk-column-badges"),
        t("desk-lists-phone"),
        t("desk-lists-standing"),
    ];
    let mut file = String::from('\u{feff}');
    line(&mut file, &heads);
    for sheet in sheets {
        for ListPart { rows, .. } in &sheet.parts {
            for row in rows {
                line(&mut file, &cells(sheet, row));
            }
        }
    }
    file
}

fn cells(sheet: &ListSheet, row: &ListRow) -> [String; 17] {
    let badges = row.badges_in_words().into_iter().map(|(words, _)| words);
    let to_know: Vec<String> = badges.chain(row.must_know.clone()).collect();
    let standing: Vec<String> = row
        .standing_in_words()
        .into_iter()
        .chain(row.note.clone())
        .collect();
    let maybe = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        sheet.site.clone(),
        sheet.date.clone(),
        sheet.activity.clone(),
        row.last_name.clone(),
        row.first_name.clone(),
        maybe(&row.class),
        maybe(&row.school),
        maybe(&row.group),
        row.seat().join(", "),
        maybe(&row.formula),
        maybe(&row.expected_in),
        maybe(&row.expected_out),
        maybe(&row.comes_from),
        maybe(&row.goes_to),
        to_know.join(", "),
        maybe(&row.phone),
        standing.join(", "),
    ]
}

/// A line of a file for French spreadsheets: every cell quoted, parted by semicolons.
pub(in crate::desk) fn line(file: &mut String, cells: &[String]) {
    for (i, text) in cells.iter().enumerate() {
        if i > 0 {
            file.push(';');
        }
        file.push('"');
        // A spreadsheet would run a cell that begins so: an apostrophe makes it text.
        if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
            file.push('\'');
        }
        file.push_str(&text.replace('"', "\"\""));
        file.push('"');
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use shared::mode::Mode;

    use super::*;

    fn sheet(row: ListRow) -> ListSheet {
        ListSheet {
            site: "École Jaurès".into(),
            date: "lundi 23 novembre".into(),
            activity: "Cantine".into(),
            hours: String::new(),
            mode: Mode::Presence,
            notices: Vec::new(),
            parts: vec![ListPart {
                name: None,
                rows: vec![row],
            }],
        }
    }

    #[test]
    fn a_name_is_never_run_as_a_formula() {
        for hostile in ["=1+1", "+33", "-2", "@cmd", "\t=1", "\r=1"] {
            let row = ListRow {
                last_name: hostile.into(),
                ..ListRow::default()
            };
            let file = spreadsheet(&[sheet(row)]);
            assert!(file.contains(&format!("\"'{hostile}\"")), "{file}");
        }
    }

    #[test]
    fn quotes_and_semicolons_stay_in_their_cell() {
        let row = ListRow {
            last_name: "O’Brien; \"fils\"".into(),
            ..ListRow::default()
        };
        let file = spreadsheet(&[sheet(row)]);
        assert!(file.starts_with('\u{feff}'));
        assert!(file.contains(";\"O’Brien; \"\"fils\"\"\";"), "{file}");
        assert_eq!(file.lines().count(), 2);
        assert!(file.ends_with("\r\n"));
    }
}
