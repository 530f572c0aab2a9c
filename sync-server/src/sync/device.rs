//! Who is asking.

use chrono::Datelike;
use shared::codec::{Blob, encode};
use shared::ids::{DeviceId, SiteId};
use shared::operation::{Actor, Body, Channel};
use shared::sign::{PublicKey, sha256};
use shared::wire::{SheetUp, Signed, SyncRequest};
use shared::withdrawal::{Withdrawal, Withdrawn};

use super::contact::Contact;
use super::{SyncError, aside};
use crate::commune::Commune;
use crate::store::{Read, StoreError};

/// Reason of a quarantine: the tablet was withdrawn.
const WITHDRAWN_DEVICE: &str = "withdrawn_device";

/// A tablet that may speak.
pub(super) struct Device {
    pub(super) id: DeviceId,
    pub(super) sites: Vec<SiteId>,
}

fn known(tx: &mut dyn Read, id: DeviceId) -> Result<Option<(PublicKey, Vec<SiteId>)>, StoreError> {
    let Some(row) = tx.first(include_str!("../record/device/get.sql"), &[id.into()])? else {
        return Ok(None);
    };
    let key = PublicKey::from_slice(&row.bytes(0)?).ok_or_else(|| StoreError::Shape("device key".into()))?;
    let rows = tx.query(include_str!("../record/device/sites.sql"), &[id.into()])?;
    let sites = rows
        .iter()
        .map(|row| row.uuid(0).map(SiteId))
        .collect::<Result<_, _>>()?;
    Ok(Some((key, sites)))
}

fn withdrawn(tx: &mut dyn Read, id: DeviceId) -> Result<bool, StoreError> {
    let params = [Withdrawn::Device.as_str().into(), id.into()];
    Ok(tx
        .first(include_str!("../record/withdrawal/get.sql"), &params)?
        .is_some())
}

/// The tablet that signed a request. One enrolled on a lost branch is known by its credential.
pub(super) fn identify(
    commune: &Commune,
    signed: &Signed,
    request: &SyncRequest,
) -> Result<Device, SyncError> {
    let id = request.device;
    let look = |tx: &mut dyn Read| Ok::<_, StoreError>((known(tx, id)?, withdrawn(tx, id)?));
    let (found, gone) = commune.store.read(look)?;
    let (key, sites) = match found {
        Some(found) => found,
        None => admit(commune, signed, request)?,
    };
    if !signed.is_of(&key) {
        return Err(SyncError::BadSignature);
    }
    if gone {
        keep_late(commune, id, &request.sheets)?;
        let now = commune.clock.now();
        Contact::new(id, now, request.version.as_deref(), request.owed).keep(commune)?;
        return Err(SyncError::Withdrawn);
    }
    Ok(Device { id, sites })
}

/// What a withdrawn tablet still hands in is kept for a person: taps may have been made before it
/// was lost. Nothing of it is stored as a mark.
fn keep_late(commune: &Commune, device: DeviceId, sheets: &[SheetUp]) -> Result<(), SyncError> {
    for up in sheets {
        let payload = encode(up);
        let weight = payload.len();
        if !commune.store.read(|tx| aside::has_room(tx, device, weight))? {
            continue;
        }
        let body = Body::Quarantine {
            device,
            site: up.sheet.site,
            date: up.sheet.date.num_days_from_ce(),
            reason: WITHDRAWN_DEVICE.to_owned(),
            hash: sha256(&[device.as_bytes(), &payload]),
            payload: Blob(payload),
        };
        commune.submit(commune.operation(Actor::Device(device), Channel::Tablet, body))?;
    }
    Ok(())
}

fn admit(
    commune: &Commune,
    signed: &Signed,
    request: &SyncRequest,
) -> Result<(PublicKey, Vec<SiteId>), SyncError> {
    let credential = request.credential.as_ref().ok_or(SyncError::DeviceUnknown)?;
    let grant = &credential.grant;
    let ours = grant.commune == commune.slug && grant.device == request.device;
    if !ours || !credential.is_of(&commune.keys.signing.public()) || !signed.is_of(&grant.key) {
        return Err(SyncError::BadSignature);
    }
    let body = Body::AdmitDevice {
        credential: Blob(encode(credential)),
    };
    commune.submit(commune.operation(Actor::Device(grant.device), Channel::Tablet, body))?;
    Ok((grant.key, grant.sites.clone()))
}

/// Takes over withdrawals that a tablet carries and this store has lost.
pub(super) fn merge_withdrawals(commune: &Commune, carried: Vec<Withdrawal>) -> Result<(), SyncError> {
    let key = commune.keys.signing.public();
    for withdrawal in carried.into_iter().filter(|w| w.is_of(&key)) {
        let body = Body::Withdraw {
            withdrawal: Blob(encode(&withdrawal)),
        };
        commune.submit(commune.operation(Actor::System, Channel::Tablet, body))?;
    }
    Ok(())
}
