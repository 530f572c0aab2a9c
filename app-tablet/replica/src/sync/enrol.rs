//! Enrolment by a one-time code.

use shared::codec::{Blob, decode, encode};
use shared::ids::{DeviceId, mint};
use shared::sign::SigningKey;
use shared::wire::{EnrolRequest, EnrolResponse};

use super::transport::{Said, Transport};
use super::{SharedTablet, held};
use crate::clock::random;
use crate::error::ReplicaError;
use crate::prune::KEEP_DAYS;
use crate::store::meta::{self, Enrolment, Met, Pending};
use crate::tablet::Tablet;

/// Enrols the tablet. The id and key are on the disk before the code is used: when the answer is
/// lost, the same code works again from the same tablet.
///
/// # Errors
/// [`ReplicaError`]: the code is wrong, used or old, or nobody answers.
pub async fn enrol(
    tablet: &SharedTablet,
    transport: &Transport,
    server: &str,
    code: &str,
    name: &str,
) -> Result<(), ReplicaError> {
    let server = address(server)?;
    let frame = held(tablet)?.enrolment_frame(code, name)?;
    let answered = transport
        .post(std::slice::from_ref(&server), "/v1/enrol", &frame)
        .await;
    let bytes = answered.map_err(|said| match said {
        Said::Nothing(why) => ReplicaError::NoNetwork(why),
        Said::Later { why, after_s } => ReplicaError::later(why, after_s),
        Said::Refused { word, message } => ReplicaError::said(&word, message),
    })?;
    held(tablet)?.take_enrolment(&bytes, &server)
}

/// An address as it was meant: a scheme is added, a trailing slash dropped.
pub(super) fn address(typed: &str) -> Result<String, ReplicaError> {
    let typed = typed.trim().trim_end_matches('/');
    if typed.is_empty() || typed.contains(char::is_whitespace) {
        return Err(ReplicaError::Refused(
            "Cette adresse de serveur n’en est pas une. Recopiez celle que la mairie vous a donnée.".into(),
        ));
    }
    if typed.starts_with("http://") || typed.starts_with("https://") {
        return Ok(typed.to_owned());
    }
    let host = typed.split([':', '/']).next().unwrap_or_default();
    let here = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok();
    Ok(format!("{}://{typed}", if here { "http" } else { "https" }))
}

impl Tablet {
    /// The frame that asks to be enrolled with a code. It is of the same id and key each time, until
    /// the tablet is enrolled.
    ///
    /// # Errors
    /// [`ReplicaError::AlreadyEnrolled`], or that of the file.
    pub fn enrolment_frame(&mut self, code: &str, name: &str) -> Result<Vec<u8>, ReplicaError> {
        if let Some(enrolled) = &self.enrolment {
            return Err(ReplicaError::AlreadyEnrolled(enrolled.commune_name.clone()));
        }
        let pending = self.pending()?;
        let key = SigningKey::from_seed(&pending.seed.0.as_slice().try_into().unwrap_or([0; 32]));
        let request = EnrolRequest::sign(code.to_owned(), pending.device, name.to_owned(), &key);
        Ok(encode(&request))
    }

    /// Takes in the answer of the server that was asked.
    ///
    /// # Errors
    /// [`ReplicaError::Untrusted`] when it is none of the commune to this tablet.
    pub fn take_enrolment(&mut self, bytes: &[u8], server: &str) -> Result<(), ReplicaError> {
        let response: EnrolResponse = decode(bytes).map_err(|e| ReplicaError::Untrusted(e.to_string()))?;
        self.enrolled_by(response, server)
    }

    fn pending(&self) -> Result<Pending, ReplicaError> {
        if let Some(pending) = meta::pending(self.db.reader())? {
            return Ok(pending);
        }
        let device = DeviceId(mint(self.clock.now().wall, random()));
        let pending = Pending {
            device,
            seed: Blob(random::<32>().to_vec()),
        };
        meta::put_pending(self.db.reader(), &pending)?;
        Ok(pending)
    }

    fn enrolled_by(&mut self, response: EnrolResponse, server: &str) -> Result<(), ReplicaError> {
        let pending = self.pending()?;
        let grant = &response.credential.grant;
        let key = SigningKey::from_seed(&pending.seed.0.as_slice().try_into().unwrap_or([0; 32]));
        let ours = grant.device == pending.device && grant.key == key.public();
        if !ours
            || !response.credential.is_of(&response.commune_key)
            || !response.addresses.is_of(&response.commune_key)
        {
            return Err(ReplicaError::Untrusted("titre de la tablette".into()));
        }
        let enrolment = Enrolment {
            seed: pending.seed,
            credential: response.credential,
            commune_key: response.commune_key,
            commune_name: response.commune_name,
            zone: response.zone,
        };
        let today = response.at.date_in(enrolment.zone());
        let from = today
            .checked_sub_days(chrono::Days::new(KEEP_DAYS))
            .unwrap_or(today);
        let now = self.clock.now();
        let met = Met {
            server_time: Some(response.at),
            mono_ms: now.mono_ms,
            boot: now.boot,
            offset_ms: response.at.0 - now.wall.0,
            clock_stated: self.clock.is_stated(),
            ..Met::nobody(from)
        };
        let tx = self.db.begin()?;
        meta::put_enrolment(&tx, &enrolment)?;
        meta::put_addresses(&tx, &response.addresses)?;
        meta::put_server_typed(&tx, &server.to_owned())?;
        meta::put_met(&tx, &met)?;
        tx.commit()?;
        self.enrolment = Some(enrolment);
        self.met = met;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_understood_however_it_is_typed() {
        assert_eq!(
            address(" preau.example.fr/ ").unwrap(),
            "https://preau.example.fr"
        );
        assert_eq!(address("127.0.0.1:4700").unwrap(), "http://127.0.0.1:4700");
        assert_eq!(address("http://a.example").unwrap(), "http://a.example");
        assert!(address("").is_err());
        assert!(address("a b").is_err());
    }
}
