//! What a person decided of a letter that waits, here and on a server that was lost.

use shared::codec::Hash32;
use shared::ids::{BranchId, LetterId};
use shared::operation::{Body, LetterFate, LetterKind, LetterNote, LetterRecord};
use shared::receipt::Position;
use uuid::Uuid;

use super::{Town, town};
use crate::corridor::{Origin, submit_merged};

const LETTER: LetterId = LetterId(Uuid::from_u128(1));

fn noted(fate: LetterFate) -> Body {
    Body::NoteLetters {
        notes: vec![LetterNote {
            letter: LETTER,
            fate,
            detail: String::new(),
        }],
    }
}

fn fate(town: &Town) -> String {
    let sql = include_str!("../../record/letter/fate.sql");
    let row = town.commune.store.read(|tx| tx.first(sql, &[LETTER.into()]));
    row.unwrap().unwrap().text(0).unwrap()
}

#[test]
fn what_was_let_leave_on_a_lost_server_does_not_leave_here_by_itself() {
    let town = town();
    let letter = LetterRecord {
        id: LETTER,
        kind: LetterKind::NoAccount,
        to: "lea@famille.example".into(),
        guardian: None,
        notice: None,
        batch: None,
        facts: Vec::new(),
    };
    for body in [
        Body::QueueLetters {
            letters: vec![letter],
        },
        noted(LetterFate::Held),
    ] {
        town.commune.submit(town.operation(body)).unwrap();
    }
    let released = town.operation(noted(LetterFate::Queued));
    let now = town.commune.clock.now();
    let origin = Origin {
        at: Position {
            branch: BranchId(Uuid::from_u128(9)),
            seq: 5,
            hash: Hash32([1; 32]),
        },
        received_at: now,
    };
    let merged = released.clone();
    let applied = town
        .commune
        .store
        .write(move |tx| submit_merged(tx, &merged, Hash32([2; 32]), now, origin))
        .unwrap();
    assert_eq!((applied.seq, fate(&town).as_str()), (None, "held"));

    town.commune
        .submit(town.operation(noted(LetterFate::Queued)))
        .unwrap();
    assert_eq!(fate(&town), "queued", "a person lets it leave here");
}
