//! Marks carried by hand: a file from one tablet to another of the same commune, when no line can
//! be had for long. The marks name nobody; the file is signed by the tablet that wrote it.

use std::collections::BTreeMap;
use std::path::Path;

use minicbor::{Decode, Encode};
use shared::addresses::Addresses;
use shared::codec::{Blob, decode, encode};
use shared::credential::Credential;
use shared::digest::SheetRef;
use shared::sheet::{Sheet, Values, check};
use shared::sign::{Purpose, Signature};
use shared::wire::Payload;

use crate::clock::random;
use crate::document;
use crate::error::ReplicaError;
use crate::salvage;
use crate::sheets::save;
use crate::store::marks::{self, MarkState};
use crate::store::meta::Enrolment;
use crate::sync::{published, take_over};
use crate::tablet::Tablet;

/// The first bytes of an export.
const MAGIC: &[u8] = b"preau-export/1\n";
/// The first bytes of a signed list of addresses.
pub(crate) const ADDRESSES: &[u8] = b"preau-addresses/1\n";

#[derive(Encode, Decode)]
struct Export {
    #[n(0)]
    credential: Credential,
    #[n(1)]
    sheets: Blob,
    #[n(2)]
    signature: Signature,
}

#[derive(Encode, Decode)]
struct Carried {
    #[n(0)]
    sheet: SheetRef,
    #[n(1)]
    payload: Payload,
}

/// What an import brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Imported {
    /// Sheets in the file.
    pub sheets: u64,
    /// Marks this tablet did not have.
    pub marks: u64,
    /// A newer list of addresses was taken over.
    pub addresses: bool,
}

fn sealed(enrolled: &Enrolment, carried: &Vec<Carried>) -> Vec<u8> {
    let sheets = encode(carried);
    let signature = enrolled.key().sign(Purpose::Request, &sheets);
    let export = Export {
        credential: enrolled.credential.clone(),
        sheets: sheets.into(),
        signature,
    };
    [MAGIC, &encode(&export)].concat()
}

impl Tablet {
    /// Everything this tablet holds, as a file to carry.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file.
    pub fn export(&mut self) -> Result<Vec<u8>, ReplicaError> {
        let enrolled = self.enrolled()?.clone();
        self.sheets.refresh(self.db.data_version()?);
        let mut carried = Vec::new();
        for sheet in marks::all_sheets(self.db.reader())? {
            let open = self.sheets.open(self.db.reader(), &sheet)?;
            carried.push(Carried {
                sheet,
                payload: open.document.since(&[], 0),
            });
        }
        Ok(sealed(&enrolled, &carried))
    }

    /// What can be read of a damaged file, as a file to carry; answers how many marks it holds.
    ///
    /// # Errors
    /// [`ReplicaError::Damaged`] when not even the tablet's own title can be read.
    pub fn export_of_damaged(home: &Path) -> Result<(Vec<u8>, usize), ReplicaError> {
        let left = salvage::read(home);
        let enrolled = left
            .enrolment
            .as_ref()
            .ok_or_else(|| ReplicaError::Damaged("rien ne s’en lit".into()))?;
        let mut by_sheet: BTreeMap<SheetRef, Values> = BTreeMap::new();
        for row in &left.marks {
            let values = by_sheet.entry(row.sheet).or_default();
            values.entry(row.id).or_default().insert(row.value.clone());
        }
        let mut carried = Vec::new();
        for (sheet, values) in by_sheet {
            let mut document = Sheet::new(random());
            document.complete(&values)?;
            carried.push(Carried {
                sheet,
                payload: document.since(&[], 0),
            });
        }
        Ok((sealed(enrolled, &carried), left.marks.len()))
    }

    /// Takes in a file: another tablet's marks, which the next exchange hands in, or a signed list
    /// of addresses.
    ///
    /// # Errors
    /// [`ReplicaError::Refused`] when it is of another commune, damaged, or no such file; nothing
    /// changed then.
    pub fn import(&mut self, bytes: &[u8]) -> Result<Imported, ReplicaError> {
        let damaged =
            || ReplicaError::Refused("Ce fichier est endommagé ou n’est pas un export de tablette.".into());
        if let Some(addresses) = published(bytes) {
            return self.trust(&addresses);
        }
        let export: Export = decode(bytes.strip_prefix(MAGIC).ok_or_else(damaged)?).map_err(|_| damaged())?;
        let enrolled = self.enrolled()?.clone();
        if !export.credential.is_of(&enrolled.commune_key) {
            return Err(ReplicaError::Refused(
                "Ce fichier vient d’une tablette d’une autre collectivité.".into(),
            ));
        }
        if !export
            .credential
            .grant
            .key
            .verifies(Purpose::Request, &export.sheets.0, &export.signature)
        {
            return Err(damaged());
        }
        let carried: Vec<Carried> = decode(&export.sheets.0).map_err(|_| damaged())?;
        let mut imported = Imported::default();
        let actor = self.sheets.actor;
        self.sheets.forget_all();
        let tx = self.db.begin()?;
        for one in carried
            .iter()
            .filter(|c| enrolled.sites().contains(&c.sheet.site))
        {
            let checked = check(&one.payload).map_err(|_| damaged())?;
            let rows = marks::of_sheet(&tx, &one.sheet)?;
            let mut document = document::load(&tx, &one.sheet, &rows, actor)?;
            let new = checked.marks.clone();
            document.apply(checked, &[]).map_err(|_| damaged())?;
            save(&tx, &one.sheet, &mut document, actor)?;
            imported.sheets += 1;
            for (id, value, mark) in new {
                let own = mark.device == enrolled.device();
                if marks::insert(
                    &tx,
                    &one.sheet,
                    id,
                    &value,
                    (own, mark.device_seq),
                    MarkState::Pending,
                )? {
                    imported.marks += 1;
                }
            }
        }
        tx.commit()?;
        Ok(imported)
    }

    /// Takes over a list of addresses, where it is newer.
    ///
    /// # Errors
    /// [`ReplicaError::Refused`] when the commune did not sign it; nothing changed then.
    pub(crate) fn trust(&mut self, addresses: &Addresses) -> Result<Imported, ReplicaError> {
        if !addresses.is_of(&self.enrolled()?.commune_key) {
            return Err(ReplicaError::Refused(
                "Cette liste d’adresses n’est pas signée par la collectivité.".into(),
            ));
        }
        let tx = self.db.begin()?;
        let newer = take_over(&tx, addresses)?;
        tx.commit()?;
        Ok(Imported {
            addresses: newer,
            ..Imported::default()
        })
    }
}
