//! Files: snapshots, and lists of children that somebody uploads.

use rust_xlsxwriter::Workbook;
use shared::codec::{Hash32, Unreadable, decode, encode};
use shared::envelope::{deflate, inflate};
use shared::snapshot::{
    CHUNK_BYTES, Cell, Class, Head, Manifest, Opener, Part, SEALED_BYTES, Sealer, TableStart,
};
use sync_server::import::{self, MAX_LINES};

use super::Target;
use crate::mutate::Kind;
use crate::seeds::{AT, encoded, position};

/// Law: nothing inflates beyond the limit it was given.
pub(super) const DEFLATED: Target = Target {
    name: "deflated",
    kind: Kind::Bytes,
    seeds: || {
        vec![
            deflate(b""),
            deflate(&[0; 70_000]),
            deflate(&(0..=255).collect::<Vec<u8>>()),
        ]
    },
    run: |bytes| {
        for limit in [0, 100, 50_000] {
            if let Ok(out) = inflate(bytes, limit) {
                assert!(out.len() as u64 <= limit);
                assert_eq!(inflate(&deflate(&out), limit), Ok(out));
            }
        }
    },
};

/// Law: a head that is read is written the same.
pub(super) const SNAPSHOT_HEAD: Target = Target {
    name: "snapshot_head",
    kind: Kind::Bytes,
    seeds: || vec![head().to_bytes()],
    run: |bytes| {
        let mut rest = bytes.iter().copied();
        if let Ok((head, read)) = Head::read(|| Ok::<_, Unreadable>(rest.next())) {
            assert!(bytes.starts_with(&read));
            assert_eq!(decode(&encode(&head)), Ok(head));
        }
    },
};

/// Law: as for frames.
pub(super) const SNAPSHOT_PART: Target = Target {
    name: "snapshot_part",
    kind: Kind::Cbor,
    seeds: || {
        let manifest = Manifest {
            commune: "ville".parse().expect("a slug"),
            name: "Ville".into(),
            zone: "Europe/Paris".into(),
            at: position(),
            schema: 7,
            made_at: AT,
            program: "0.1.0".into(),
        };
        let start = TableStart {
            name: "mark".into(),
            class: Class::Record,
            columns: vec!["id".into(), "value".into()],
        };
        let row = vec![
            Cell::Null,
            Cell::Text("é".into()),
            Cell::Int(-3),
            Cell::Bytes(vec![0; 30]),
        ];
        encoded(&[
            Part::Manifest(manifest),
            Part::Start(start),
            Part::Rows(vec![row; 4]),
        ])
    },
    run: super::frames::canonical::<Part>,
};

/// Law: nothing opens but what was sealed, in its place.
pub(super) const SNAPSHOT_STREAM: Target = Target {
    name: "snapshot_stream",
    kind: Kind::Bytes,
    seeds: || vec![stream(b"le contenu"), stream(b"")],
    run: |bytes| {
        let key = Hash32([7; 32]);
        let mut opener = Opener::new(&key, &head(), &head().to_bytes());
        if let Ok(opened) = opener.open(&bytes[..bytes.len().min(SEALED_BYTES)], true) {
            assert!(opened.len() <= CHUNK_BYTES);
            assert_eq!(stream(&opened), bytes);
            opener.open(bytes, true).expect_err("nothing follows the last");
        }
    },
};

/// Law: a table has as many cells in each line as it has headers, no more lines than the limit, and
/// can be laid beside the record's columns.
pub(super) const TABLE: Target = Target {
    name: "table",
    kind: Kind::Bytes,
    seeds: || {
        let semicolons = "Nom;Prénom;Né le;Classe\nMARTIN;Léa;04/03/2019;CP A\nPETIT;Tom;2018-01-09;CE1\n";
        let commas = "\u{feff}sep=,\n\"Nom, usuel\",Prénom enfant,Prénom enfant\n\"A\nB\",Léa,Tom\n";
        let utf16: Vec<u8> = [0xfe_ff]
            .into_iter()
            .chain("Nom\tPrénom\r\nÉ\tZ\r\n".encode_utf16())
            .flat_map(u16::to_be_bytes)
            .collect();
        vec![
            semicolons.into(),
            commas.into(),
            b"Nom;Pr\xe9nom\nX;Y\n".to_vec(),
            utf16,
            workbook(),
        ]
    },
    run: |bytes| {
        let Ok(table) = import::read(bytes) else { return };
        assert!(!table.lines.is_empty() && table.lines.len() <= MAX_LINES);
        for line in &table.lines {
            assert_eq!(line.cells.len(), table.headers.len());
            assert!(line.cells.iter().all(|cell| cell.chars().count() <= 2_000));
        }
        let _ = import::recognise(&table);
        assert_eq!(import::read(bytes), Ok(table), "it reads the same again");
    },
};

fn head() -> Head {
    Head::new(
        "ville".parse().expect("a slug"),
        &Hash32([7; 32]),
        Hash32([8; 32]),
    )
}

fn stream(content: &[u8]) -> Vec<u8> {
    let mut sealer = Sealer::new(&Hash32([7; 32]), &head());
    sealer.seal(content, true).expect("a chunk")
}

pub(crate) fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let created = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 11, 23).expect("a date");
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&created));
    let sheet = book.add_worksheet();
    for (row, cells) in [["Nom", "Prénom"], ["MARTIN", "Léa"], ["PETIT", "Tom"]]
        .iter()
        .enumerate()
    {
        for (column, text) in cells.iter().enumerate() {
            let (row, column) = (
                u32::try_from(row).expect("few"),
                u16::try_from(column).expect("few"),
            );
            sheet.write_string(row, column, *text).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}
