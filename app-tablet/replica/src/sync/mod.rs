//! The way to the server. Planning a request and taking in an answer are synchronous work on the
//! file; only [`transport`] waits for the network. Nothing is kept between trips that a crash
//! could lose: sending again is harmless.

mod absorb;
mod enrol;
mod request;
pub mod transport;

use std::sync::{Arc, Mutex, MutexGuard};

use shared::codec::{decode, encode};
use shared::wire::{Signed, SignedAnswer, SyncResponse, words};

pub use enrol::enrol;
pub use request::Wants;

use crate::error::ReplicaError;
use crate::store::meta;
use crate::tablet::Tablet;
use transport::{Said, Transport};

/// Trips of one attempt at most: a year of sheets fits.
const TRIPS: u32 = 60;

/// What one attempt did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Outcome {
    /// Requests that were answered.
    pub round_trips: u32,
    /// Bytes of request bodies.
    pub bytes_up: u64,
    /// Bytes of answers.
    pub bytes_down: u64,
    /// Own marks that got a receipt.
    pub accepted: u64,
    /// Marks of other tablets that came.
    pub received: u64,
    /// Own marks the server set aside.
    pub quarantined: u64,
    /// Lists, cards or the roster came, or another branch: what was opened is out of date.
    #[serde(skip)]
    pub lists: bool,
}

/// The tablet as several tasks share it.
pub type SharedTablet = Arc<Mutex<Tablet>>;

pub(crate) fn held(tablet: &SharedTablet) -> Result<MutexGuard<'_, Tablet>, ReplicaError> {
    tablet
        .lock()
        .map_err(|_| ReplicaError::Fault("un fil d’exécution s’est arrêté ; redémarrez la tablette".into()))
}

/// One attempt: trips until nothing is left to say, or an error. What was accepted before an
/// error stays accepted.
///
/// # Errors
/// [`ReplicaError::NoNetwork`] when nobody answers, or what the server refused.
pub async fn run(tablet: &SharedTablet, transport: &Transport) -> Result<Outcome, ReplicaError> {
    let mut outcome = Outcome::default();
    let mut wants = Wants::default();
    let mut moved = false;
    for _ in 0..TRIPS {
        let (servers, frame, plan) = {
            let mut tablet = held(tablet)?;
            let (request, plan) = tablet.plan(&wants)?;
            let frame = encode(&Signed::new(&request, &tablet.enrolled()?.key()));
            (tablet.servers()?, frame, plan)
        };
        outcome.bytes_up += frame.len() as u64;
        let bytes = match transport.post(&servers, "/v1/sync", &frame).await {
            Ok(bytes) => bytes,
            Err(Said::Refused { word, .. }) if word == words::DEVICE_UNKNOWN && !wants.credential => {
                outcome.round_trips += 1;
                wants.credential = true;
                continue;
            }
            Err(Said::Nothing(why)) if !moved && find_elsewhere(tablet, transport).await? => {
                tracing::info!(why, "a newer list of addresses was found where nothing answered");
                moved = true;
                continue;
            }
            Err(said) => return Err(refused(tablet, said)?),
        };
        outcome.round_trips += 1;
        outcome.bytes_down += bytes.len() as u64;
        let response = held(tablet)?.believed(&frame, &bytes)?;
        match held(tablet)?.absorb(response, &plan, &mut outcome)? {
            Some(next) => wants = next,
            None => return Ok(outcome),
        }
    }
    Err(ReplicaError::NoNetwork(
        "l’échange n’en finit pas ; il reprendra".into(),
    ))
}

/// Where no server answers, looks for a newer signed list of addresses in the place the held list
/// names. Answers whether there was one.
async fn find_elsewhere(tablet: &SharedTablet, transport: &Transport) -> Result<bool, ReplicaError> {
    let place = {
        let tablet = held(tablet)?;
        meta::addresses(tablet.db.reader())?.and_then(|a| a.places.fallback)
    };
    let Some(place) = place else { return Ok(false) };
    let Ok(bytes) = transport.get(&place).await else {
        return Ok(false);
    };
    let taken = held(tablet)?.import(&bytes);
    Ok(taken.is_ok_and(|imported| imported.addresses))
}

/// Remembers that the tablet was withdrawn; turns what was said into an error.
fn refused(tablet: &SharedTablet, said: Said) -> Result<ReplicaError, ReplicaError> {
    let error = match said {
        Said::Nothing(why) => return Ok(ReplicaError::NoNetwork(why)),
        Said::Refused { word, message } => ReplicaError::said(&word, message),
    };
    if matches!(error, ReplicaError::Withdrawn) {
        let mut tablet = held(tablet)?;
        tablet.met.withdrawn = true;
        meta::put_met(tablet.db.reader(), &tablet.met)?;
    }
    Ok(error)
}

impl Tablet {
    /// The response in an answer to this frame, if the commune signed it.
    fn believed(&self, frame: &[u8], bytes: &[u8]) -> Result<SyncResponse, ReplicaError> {
        let untrusted = |what: &str| ReplicaError::Untrusted(what.to_owned());
        let answer: SignedAnswer = decode(bytes).map_err(|_| untrusted("réponse illisible"))?;
        if !answer.is_of(frame, &self.enrolled()?.commune_key) {
            return Err(untrusted("signature"));
        }
        decode(&answer.response.0).map_err(|e| untrusted(&e.to_string()))
    }

    /// The addresses to try, in order.
    pub(crate) fn servers(&self) -> Result<Vec<String>, ReplicaError> {
        let listed = meta::addresses(self.db.reader())?
            .map(|a| a.places.servers)
            .unwrap_or_default();
        let typed = meta::server_typed(self.db.reader())?;
        let mut all: Vec<String> = listed;
        if let Some(typed) = typed
            && !all.contains(&typed)
        {
            all.push(typed);
        }
        Ok(all)
    }
}
