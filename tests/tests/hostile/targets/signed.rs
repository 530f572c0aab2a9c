//! What the commune signs. Law: what holds under its key is what it signed, and nothing else.

use minicbor::{Decode, Encode};
use shared::addresses::{Addresses, Places};
use shared::codec::{decode, encode};
use shared::credential::{Credential, Grant};
use shared::day_list::{Roster, RosterChild};
use shared::envelope::{Envelope, MAX_CONTENT, Scope};
use shared::ids::{ChildId, DeviceId};
use shared::receipt::Receipt;
use shared::sign::PublicKey;
use shared::withdrawal::{Withdrawal, Withdrawn};

use super::Target;
use super::frames::canonical;
use crate::mutate::Kind;
use crate::seeds::{AT, encoded, key, position, receipt, sheet_ref, uuid};

pub(super) const RECEIPT: Target = Target {
    name: "receipt",
    kind: Kind::Cbor,
    seeds: || encoded(&[receipt()]),
    run: |bytes| only_what_was_signed(bytes, &receipt(), Receipt::is_of),
};

pub(super) const CREDENTIAL: Target = Target {
    name: "credential",
    kind: Kind::Cbor,
    seeds: || encoded(&[credential()]),
    run: |bytes| only_what_was_signed(bytes, &credential(), Credential::is_of),
};

pub(super) const WITHDRAWAL: Target = Target {
    name: "withdrawal",
    kind: Kind::Cbor,
    seeds: || encoded(&[withdrawal()]),
    run: |bytes| only_what_was_signed(bytes, &withdrawal(), Withdrawal::is_of),
};

pub(super) const ADDRESSES: Target = Target {
    name: "addresses",
    kind: Kind::Cbor,
    seeds: || encoded(&[addresses()]),
    run: |bytes| only_what_was_signed(bytes, &addresses(), Addresses::is_of),
};

pub(super) const ENVELOPE: Target = Target {
    name: "envelope",
    kind: Kind::Cbor,
    seeds: || encoded(&[envelope()]),
    run: |bytes| {
        canonical::<Envelope>(bytes);
        let Ok(read) = decode::<Envelope>(bytes) else {
            return;
        };
        if let Ok(opened) = read.open::<Roster>(&key().public()) {
            assert_eq!(read, envelope());
            assert_eq!(opened, roster());
        }
        // What is not opened may be inflated by nobody; by us it would be bounded.
        let inflated = shared::envelope::inflate(&read.packed.0, MAX_CONTENT);
        assert!(inflated.is_ok_and(|out| out.len() as u64 <= MAX_CONTENT) || read != envelope());
    },
};

fn only_what_was_signed<T>(bytes: &[u8], signed: &T, holds: fn(&T, &PublicKey) -> bool)
where
    T: for<'b> Decode<'b, ()> + Encode<()> + PartialEq + std::fmt::Debug,
{
    canonical::<T>(bytes);
    if let Ok(read) = decode::<T>(bytes)
        && holds(&read, &key().public())
    {
        assert_eq!(encode(&read), encode(signed));
    }
}

fn credential() -> Credential {
    let grant = Grant {
        commune: "ville".parse().expect("a slug"),
        device: DeviceId(uuid(3)),
        key: key().public(),
        sites: vec![sheet_ref().site],
        since: AT,
    };
    Credential::sign(grant, &key())
}

fn withdrawal() -> Withdrawal {
    Withdrawal::sign(Withdrawn::Device, uuid(3), AT, &key())
}

fn addresses() -> Addresses {
    let places = Places {
        commune: "ville".parse().expect("a slug"),
        at: AT,
        servers: vec!["https://preau.example.fr".into()],
        fallback: Some("https://ailleurs.example.fr/ville".into()),
    };
    Addresses::sign(places, &key())
}

fn envelope() -> Envelope {
    Envelope::seal(Scope::Roster, position().branch, 12, &roster(), &key())
}

fn roster() -> Roster {
    let child = |n| RosterChild {
        id: ChildId(uuid(n)),
        first_name: "Léa".into(),
        last_name: "Martin".into(),
        birth_year: 2020,
        school: None,
        allergy: None,
        phone: None,
    };
    Roster {
        children: (0..30).map(child).collect(),
    }
}
