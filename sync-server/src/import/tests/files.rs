//! Files as programs write them.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::*;

fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let table = read(bytes).unwrap();
    let lines = table.lines.into_iter().map(|line| line.cells);
    [table.headers].into_iter().chain(lines).collect()
}

#[test]
fn encodings_and_separators_are_found_out() {
    let wanted = [["Nom", "Prénom"], ["Lefèvre", "Éloïse"]].map(|row| row.map(String::from).to_vec());
    let text = "Nom;Prénom\r\nLefèvre;Éloïse\r\n";
    let windows: Vec<u8> = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    assert!(std::str::from_utf8(&windows).is_err());
    let utf16: Vec<u8> = [0xfe_ff_u16]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        windows,
        utf16,
        text.replace(';', ",").into_bytes(),
        text.replace(';', "\t").into_bytes(),
        text.replace("\r\n", "\r").into_bytes(),
        format!("sep=;\n{text}").into_bytes(),
        b"\"Nom\";\"Pr\xc3\xa9nom\"\n\n\"Lef\xc3\xa8vre\";\"\xc3\x89lo\xc3\xafse\"\n;\n".to_vec(),
    ] {
        assert_eq!(cells(&bytes), wanted, "{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn lines_are_counted_as_a_spreadsheet_does() {
    let table = read(b"Nom;Note\n\nA;\"sur\ndeux\"\nB;x\n\n\nC;y").unwrap();
    let numbers: Vec<usize> = table.lines.iter().map(|line| line.number).collect();
    assert_eq!(numbers, [3, 4, 7]);
    assert_eq!(table.lines[0].cells[1], "sur deux");
}

#[test]
fn a_workbook_is_read_with_its_dates_and_numbers() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Couverture").unwrap();
    let sheet = book.add_worksheet();
    for (column, header) in ["Nom", "Date de naissance", "Téléphone"].into_iter().enumerate() {
        sheet.write(1, column as u16, header).unwrap();
    }
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let born = ExcelDateTime::from_ymd(2019, 3, 4).unwrap();
    sheet.write(2, 0, "Œuvray").unwrap();
    sheet.write_with_format(2, 1, &born, &date).unwrap();
    sheet.write(2, 2, 639_981_234).unwrap();
    sheet.write(4, 0, "Noël").unwrap();
    sheet.write(4, 1, 43_528).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let table = read(&bytes).unwrap();
    assert_eq!(table.headers, ["Nom", "Date de naissance", "Téléphone"]);
    assert_eq!(table.lines[0].cells, ["Œuvray", "2019-03-04", "639981234"]);
    assert_eq!(
        table.lines.iter().map(|line| line.number).collect::<Vec<_>>(),
        [3, 5]
    );
    for text in [&table.lines[0].cells[1], &table.lines[1].cells[1]] {
        assert_eq!(values::date(text), Some(day("2019-03-04")));
    }
}

#[test]
fn what_is_no_table_is_said_to_be_none() {
    assert_eq!(read(b""), Err(Unreadable::Empty));
    assert_eq!(read(b"\n;;\n;;\n"), Err(Unreadable::Empty));
    assert_eq!(read("Nom;Prénom\n".as_bytes()), Err(Unreadable::NoLines));
    assert_eq!(read(b"\x89PNG\r\n\x1a\n\0\0\0"), Err(Unreadable::NotText));
    assert_eq!(
        read(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1]),
        Err(Unreadable::OtherSpreadsheet)
    );
    assert_eq!(read(b"PK\x03\x04 and no more"), Err(Unreadable::Damaged));
    let wide = format!("{}\nx", "a;".repeat(300));
    assert_eq!(
        read(wide.replace('x', &"1;".repeat(300)).as_bytes()),
        Err(Unreadable::TooManyColumns)
    );
    let long = "n\n".repeat(MAX_LINES + 2);
    assert_eq!(read(long.as_bytes()), Err(Unreadable::TooManyLines));
}

#[test]
fn a_workbook_cut_short_anywhere_is_no_table_and_no_panic() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Nom").unwrap();
    sheet.write(1, 0, "Martin").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    for end in (4..bytes.len()).step_by(97) {
        assert!(read(&bytes[..end]).is_err());
    }
}

#[test]
fn a_guardian_with_three_children_gives_three_lines() {
    let file = "Nom responsable;Prénom responsable;Nom de famille enfant;Prénom enfant;Nom de famille enfant;Prénom enfant;\
                Nom de famille enfant;Prénom enfant\nDURAND;Anne;DURAND;Tom;DURAND;Zoé;;\nROY;Luc;ROY;Eva;;;;\n";
    let table = read(file.as_bytes()).unwrap();
    assert_eq!(
        table.headers,
        [
            "Nom responsable",
            "Prénom responsable",
            "Nom de famille enfant",
            "Prénom enfant"
        ]
    );
    let said: Vec<(usize, &str)> = table
        .lines
        .iter()
        .map(|l| (l.number, l.cells[3].as_str()))
        .collect();
    assert_eq!(said, [(2, "Tom"), (2, "Zoé"), (3, "Eva")]);
}
