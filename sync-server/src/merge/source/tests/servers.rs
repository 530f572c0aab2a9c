//! Schemas of a database server.

use super::*;

/// A town of a database server goes back to yesterday where it stands.
fn set_aside() -> (Machine, Vec<Hash32>, String) {
    let machine = Machine::on(Kind::Postgres, START).with_town();
    let offsite = Offsite::new();
    machine.schools(1..=4);
    offsite.put("hier.snapshot", &snapshot(&machine));
    let fork = machine.head().seq;
    machine.schools(5..=9);
    let entries = machine.commune().store.read(|tx| journal::page(tx, fork, 1_000));
    let lost = entries.unwrap().into_iter().map(|(_, hash)| hash).collect();
    machine.close();
    let from = offsite.file("hier.snapshot").display().to_string();
    let restored = machine.restored(&crate::restore::Asked {
        from,
        ..offsite.asked()
    });
    (machine, lost, restored.set_aside.expect("a schema"))
}

#[test]
fn a_schema_that_was_set_aside_is_read_by_its_name_or_its_address() {
    let (machine, lost, schema) = set_aside();
    let commune = machine.commune();
    let url = match &machine.host.setup().store {
        crate::store::StoreAddress::Postgres(url) => url.secret().to_owned(),
        crate::store::StoreAddress::Folder(_) => panic!("a database"),
    };
    for from in [schema.clone(), url.clone(), format!("{url}#{schema}")] {
        let found = read(&machine.host, &commune, &Asked { from, key: None }).unwrap();
        assert_eq!(hashes(&found), lost);
        assert_eq!(found.lost.problems, Vec::<String>::new());
    }
    let here = crate::merge::source::here(&machine.host, &commune, None).unwrap();
    assert_eq!(here.len(), 1);
    assert_eq!(here[0].from, schema);
    for from in ["avant_ville_1".to_owned(), format!("{url}#avant_ville_1")] {
        let refused = read(&machine.host, &commune, &Asked { from, key: None });
        assert!(
            matches!(
                refused,
                Err(SourceError::Nothing { .. } | SourceError::Unusable { .. })
            ),
            "{refused:?}"
        );
    }
}
