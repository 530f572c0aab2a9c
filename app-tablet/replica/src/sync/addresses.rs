//! Where to look for the server. The signed list comes first; what a person gave counts once the commune
//! has signed an answer from there; what was a place before stays a last choice.

use rusqlite::Connection;
use shared::addresses::Addresses;
use shared::codec::decode;
use shared::wire::words;

use super::transport::{Said, Transport};
use super::{Exchange, Handing, SharedTablet, enrol, held};
use crate::error::ReplicaError;
use crate::export::ADDRESSES;
use crate::store::meta::{self, Given};
use crate::tablet::Tablet;

/// Most earlier places that are remembered.
const EARLIER: usize = 8;

/// What became of an address that a person gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// The commune has signed an answer from there: it is tried first.
    Answered,
    /// Nobody answers there yet: it is tried when nobody else does.
    Noted,
}

/// Remembers places where the server was, the newest first.
pub(super) fn keep_earlier(db: &Connection, servers: &[String]) -> Result<(), ReplicaError> {
    let mut all = servers.to_vec();
    for server in meta::earlier(db)?.unwrap_or_default() {
        if !all.contains(&server) {
            all.push(server);
        }
    }
    all.truncate(EARLIER);
    meta::put_earlier(db, &all)
}

/// A signed list as it lies in a static place, or in a file.
pub(crate) fn published(bytes: &[u8]) -> Option<Addresses> {
    decode(bytes.strip_prefix(ADDRESSES).unwrap_or(bytes)).ok()
}

impl Tablet {
    /// The addresses to try, in order.
    pub(crate) fn servers(&self) -> Result<Vec<String>, ReplicaError> {
        let db = self.db.reader();
        let list = meta::addresses(db)?;
        let (at, listed) = list.map_or((None, Vec::new()), |list| {
            (Some(list.places.at), list.places.servers)
        });
        // A list made since it was given knows better.
        let given = meta::given(db)?;
        let (first, later) = match given {
            Some(given) if given.after >= at => (Some(given.server), None),
            given => (None, given.map(|given| given.server)),
        };
        let mut all: Vec<String> = Vec::new();
        let typed = meta::server_typed(db)?;
        let earlier = meta::earlier(db)?.unwrap_or_default();
        let ordered = first
            .into_iter()
            .chain(listed)
            .chain(later)
            .chain(typed)
            .chain(earlier);
        for server in ordered {
            if !all.contains(&server) {
                all.push(server);
            }
        }
        Ok(all)
    }

    /// An address that a person gave and nobody has answered at.
    fn candidate(&self) -> Result<Option<String>, ReplicaError> {
        Ok(meta::candidate(self.db.reader())?.filter(|candidate| !candidate.is_empty()))
    }

    /// The commune has signed an answer from there.
    fn trust_server(&self, server: &str) -> Result<(), ReplicaError> {
        let db = self.db.reader();
        if let Some(given) = meta::given(db)?
            && given.server != server
        {
            keep_earlier(db, &[given.server])?;
        }
        let after = meta::addresses(db)?.map(|list| list.places.at);
        let server = server.to_owned();
        meta::put_given(db, &Given { server, after })?;
        meta::put_candidate(db, &String::new())
    }

    /// Where a newer signed list may lie: the place itself, or in the folder of the commune below it.
    fn places(&self) -> Result<Vec<String>, ReplicaError> {
        let Some(place) = meta::addresses(self.db.reader())?.and_then(|list| list.places.fallback) else {
            return Ok(Vec::new());
        };
        let commune = &self.enrolled()?.credential.grant.commune;
        let below = format!("{}/{commune}/addresses", place.trim_end_matches('/'));
        Ok(if place.ends_with("/addresses") {
            vec![place]
        } else {
            vec![below, place]
        })
    }
}

/// Takes an address that a person gave. It is believed once the commune has signed an answer from there;
/// until then nothing but a greeting goes there, and all others stay.
///
/// # Errors
/// [`ReplicaError::Refused`] when it is no address, or another server answers there: nothing changed then.
pub async fn give(tablet: &SharedTablet, transport: &Transport, typed: &str) -> Result<Trust, ReplicaError> {
    let server = enrol::address(typed)?;
    held(tablet)?.enrolled()?;
    match greet(tablet, transport, &server).await {
        Ok(true) => {
            held(tablet)?.trust_server(&server)?;
            Ok(Trust::Answered)
        }
        Ok(false) => {
            meta::put_candidate(held(tablet)?.db.reader(), &server)?;
            Ok(Trust::Noted)
        }
        Err(error) => Err(error),
    }
}

/// Tries the address that a person gave, now that nobody else answers.
pub(super) async fn try_candidate(
    tablet: &SharedTablet,
    transport: &Transport,
) -> Result<bool, ReplicaError> {
    let candidate = held(tablet)?.candidate()?;
    let Some(server) = candidate else { return Ok(false) };
    let answered = greet(tablet, transport, &server).await.unwrap_or(false);
    if answered {
        held(tablet)?.trust_server(&server)?;
    }
    Ok(answered)
}

/// Whether the commune signs an answer from there, to a request that hands nothing in.
async fn greet(tablet: &SharedTablet, transport: &Transport, server: &str) -> Result<bool, ReplicaError> {
    let mut exchange = Exchange::handing(Handing::Nothing);
    loop {
        let (frame, hints) = {
            let mut tablet = held(tablet)?;
            let frame = exchange.ask(&mut tablet)?;
            (frame, exchange.hints(&tablet)?)
        };
        let alone = [server.to_owned()];
        match transport.post_with(&alone, "/v1/sync", &frame, &hints).await {
            Ok(bytes) if held(tablet)?.believed(&frame, &bytes).is_ok() => return Ok(true),
            Err(Said::Refused { word, .. })
                if word == words::DEVICE_UNKNOWN && exchange.shows_credential() => {}
            Err(Said::Refused { word, .. }) if word == words::WITHDRAWN => {
                return Err(ReplicaError::Withdrawn);
            }
            Ok(_) | Err(Said::Refused { .. }) => {
                return Err(ReplicaError::Refused(
                    "Un autre serveur répond à cette adresse. Vérifiez-la avec la mairie ; rien n’a été changé.".into(),
                ));
            }
            Err(Said::Nothing(_) | Said::Later { .. }) => return Ok(false),
        }
    }
}

/// Where no server answers, looks for a newer signed list of addresses in the place the held list
/// names. Answers whether there was one.
pub(super) async fn find_elsewhere(
    tablet: &SharedTablet,
    transport: &Transport,
) -> Result<bool, ReplicaError> {
    let places = held(tablet)?.places()?;
    for place in places {
        let Ok(bytes) = transport.get(&place).await else {
            continue;
        };
        let Some(list) = published(&bytes) else { continue };
        if held(tablet)?.trust(&list).is_ok_and(|taken| taken.addresses) {
            return Ok(true);
        }
    }
    Ok(false)
}
