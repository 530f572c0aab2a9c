//! Snapshots: they are kept for years, and the newest program must read the oldest.

use super::{AT, golden, position};
use crate::codec::{Hash32, Unreadable, encode};
use crate::sign::sha256;
use crate::snapshot::{
    Cell, Class, Head, Manifest, Opener, Part, Sealer, TableDigest, TableStart, WholeDigest,
};

const SHIPPING: Hash32 = Hash32([9; 32]);

fn head() -> Head {
    Head::new("ville".parse().expect("a slug"), &SHIPPING, Hash32([10; 32]))
}

fn manifest() -> Manifest {
    Manifest {
        commune: "ville".parse().expect("a slug"),
        name: "Ville".into(),
        zone: "Europe/Paris".into(),
        at: position(),
        schema: 6,
        made_at: AT,
        program: "0.1.0".into(),
    }
}

fn start() -> TableStart {
    TableStart {
        name: "touched".into(),
        class: Class::Derived,
        columns: ["kind", "site", "date", "seq"].map(String::from).to_vec(),
    }
}

fn row() -> Vec<Cell> {
    vec![
        Cell::Text("day".into()),
        Cell::Bytes(vec![5; 16]),
        Cell::Null,
        Cell::Int(-500),
    ]
}

#[test]
fn snapshot_parts() {
    golden(
        &Part::Manifest(manifest()),
        "8200876576696c6c656556696c6c656c4575726f70652f50617269738350010101010101010101010101010101011903e858200202020202020202020202020202020202020202020202020202020202020202061b000001a2076b440065302e312e30",
    );
    golden(
        &Part::Start(start()),
        "82018367746f75636865640184646b696e646473697465646461746563736571",
    );
    golden(
        &Part::Rows(vec![row()]),
        "82028184636461795005050505050505050505050505050505f63901f3",
    );
    let mut digest = TableDigest::of(&start().name, &start().columns);
    digest.row(&encode(&row()));
    let end = digest.finish();
    golden(
        &Part::End(end),
        "820382015820821a35eb45f2f3cf6c3afdb3ba343c83bede793f45eabc17dc3054521cd01284",
    );
    let mut whole = WholeDigest::of(&manifest());
    whole.table(&start().name, &end);
    golden(
        &Part::Totals(whole.finish()),
        "820483010158203fbfb896eeca99745c868c820128a34a202d1f71035bfa22b1a09289d8db4e52",
    );
}

#[test]
fn snapshot_bytes() {
    let mut bytes = head().to_bytes();
    let from = bytes.len();
    let content = encode(&Part::Manifest(manifest()));
    bytes.extend(Sealer::new(&SHIPPING, &head()).seal(&content, true).unwrap());
    assert!(bytes.starts_with(b"preau-snapshot/1\n"));
    assert_eq!(
        data_encoding::HEXLOWER.encode(&bytes[17..from]),
        "0032836576696c6c6548b8d87671a7c5556158200a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"
    );
    assert_eq!(
        sha256(&[&bytes]).hex(),
        "70f26deea2a7ab0ae2d940b278dd61a17bce58bd18c031d837221b0b843300b3"
    );

    let mut rest = bytes.iter().copied();
    let (head, read) = Head::read(|| Ok::<_, Unreadable>(rest.next())).unwrap();
    assert!(head.is_sealed_with(&SHIPPING) && !head.is_sealed_with(&Hash32([8; 32])));
    let opened = Opener::new(&SHIPPING, &head, &read).open(&bytes[from..], true);
    assert_eq!(opened, Ok(content));
}
