//! Whether a destination can take a commune, looked at before anything is made there.

use super::RelocateError;
use crate::host::Setup;
use crate::store::{Options, Pool, StoreAddress};

/// Looks whether a destination answers, holds every letter, and may be built upon.
///
/// # Errors
/// [`RelocateError::Store`] when it does not answer, [`RelocateError::Ground`] with what to do.
pub fn examine(setup: &Setup) -> Result<(), RelocateError> {
    let url = match &setup.store {
        StoreAddress::Folder(_) => return Ok(()),
        StoreAddress::Postgres(url) => url,
    };
    let pool = Pool::new(&Options {
        url: url.secret().to_owned(),
        authorities: setup.authorities.clone(),
        connections: 1,
    })?;
    let (encoding, may_create) = pool.ground()?;
    if encoding != "UTF8" {
        return Err(RelocateError::Ground(format!(
            "La base {url} est en {encoding}, qui ne sait pas écrire tous les noms : créez-la en UTF8. Rien n’a \
             changé."
        )));
    }
    if !may_create {
        return Err(RelocateError::Ground(format!(
            "Le compte de {url} n’a pas le droit de créer des schémas : accordez CREATE sur la base. Rien n’a \
             changé."
        )));
    }
    Ok(())
}
