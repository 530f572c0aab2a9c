//! A tablet with a genuine key that says what no tablet of ours would. The server keeps what it
//! cannot take, with its bytes, keeps every mark it could read, and goes on.

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjType, ROOT, ScalarValue};
use shared::codec::{Blob, Hash32, decode, encode};
use shared::digest::SheetRef;
use shared::envelope::deflate;
use shared::ids::{ActivityId, ChildId, MarkId, SiteId};
use shared::mark::{Mark, pack};
use shared::sheet::Sheet;
use shared::sign::SigningKey;
use shared::wire::{Payload, Signed, SyncResponse, Verdict};
use system_tests::device::{Device, mark_id, post};
use system_tests::record::{kept_aside, server_marks, tablet_marks};
use system_tests::tablet::text;
use system_tests::town::MONDAY;
use system_tests::{Dice, Server, Tablet, Town};

struct Scene {
    town: Town,
    server: Server,
    /// An honest tablet of the same school.
    honest: Tablet,
    forger: Device,
    child: ChildId,
    activity: ActivityId,
    sheet: SheetRef,
}

impl Scene {
    fn new(dice: &mut Dice) -> Self {
        let town = Town::new();
        let server = town.server();
        let honest = town.tablet("honest", &server.url(), &["jules-ferry"]);
        let forger = Device::enrol(server.address(), &town.code(&["jules-ferry"]), dice);
        let row = honest
            .list(MONDAY)
            .into_iter()
            .find(|row| row["activity"] == "cantine")
            .expect("a meal");
        let child = text(&row["child"]).parse().expect("an id");
        // What an honest tap says of the activity, so does the forger.
        let tap = honest.in_(text(&row["child"]), "cantine").parse().expect("an id");
        let (values, _) = &tablet_marks(&honest)[&tap];
        let activity = shared::mark::unpack(values.first().expect("a value"))
            .expect("a mark")
            .activity;
        honest.sync();
        let sheet = SheetRef {
            site: forger.site(),
            date: MONDAY.parse().expect("a date"),
        };
        Self {
            town,
            server,
            honest,
            forger,
            child,
            activity,
            sheet,
        }
    }

    fn arrival(&mut self) -> Mark {
        self.forger.arrival(self.child, self.activity)
    }

    fn hand_in(&self, heads: Vec<Hash32>, payload: Payload) -> Verdict {
        let answer = self
            .forger
            .hand_in(self.server.address(), self.sheet, heads, payload);
        verdict(&answer)
    }

    /// The server holds these marks too, the honest tablet gets them, and both agree.
    fn goes_on(&self, kept: &[MarkId]) {
        self.honest.sync();
        let stored = server_marks(&self.town);
        let held = tablet_marks(&self.honest);
        for id in kept {
            assert!(stored.contains_key(id), "a readable mark was lost");
        }
        let held: system_tests::record::Marks =
            held.into_iter().map(|(id, (values, _))| (id, values)).collect();
        assert_eq!(held, stored);
        let child = self.honest.expected(MONDAY, "cantine").remove(0);
        self.honest.in_(&child, "cantine");
        assert_eq!(self.honest.sync()["accepted"], 1);
        self.town.verify();
    }
}

fn verdict(answer: &SyncResponse) -> Verdict {
    answer
        .taken
        .first()
        .expect("a verdict on the sheet")
        .verdict
        .clone()
}

fn quarantined(reason: &str) -> Verdict {
    Verdict::Quarantined {
        reason: reason.to_owned(),
        refused: Vec::new(),
    }
}

/// A change of a document of its own that puts one mark.
fn change(dice: &mut Dice, id: MarkId, packed: &[u8]) -> (Vec<u8>, Vec<Hash32>) {
    let mut sheet = Sheet::new(dice.bytes());
    let bytes = sheet.put(id, packed).expect("a put").expect("a new mark");
    (bytes, sheet.heads())
}

fn changes(all: &[&Vec<u8>]) -> Payload {
    Payload::Changes(all.iter().map(|bytes| Blob((*bytes).clone())).collect())
}

/// The single changes of a document made without our sheet.
fn raw(mut doc: AutoCommit) -> (Payload, Vec<Hash32>) {
    let heads = doc.get_heads().iter().map(|head| Hash32(head.0)).collect();
    let all = doc
        .get_changes(&[])
        .iter()
        .map(|change| Blob(change.raw_bytes().to_vec()))
        .collect();
    (Payload::Changes(all), heads)
}

mod changes;
mod senders;
