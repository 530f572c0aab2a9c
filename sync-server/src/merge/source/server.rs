//! Schemas of a database server: a commune's own on another server, and those set aside.

use std::sync::Arc;

use super::sieve::Sieve;
use super::{Ground, SourceError, chain};
use crate::store::{self, Options, Pool, StoreAddress, StoreError, hide_password};

/// Connections to a server that is only read.
const CONNECTIONS: usize = 2;

/// Reads the schema that stands behind a `#`, else the commune's own and all that were set aside.
pub(super) fn read(
    ground: &Ground<'_>,
    from: &str,
    sieve: &mut Sieve<'_>,
    problems: &mut Vec<String>,
) -> Result<(), SourceError> {
    let (url, named) = match from.rsplit_once('#') {
        Some((url, schema)) if !schema.contains('@') => (url, Some(schema)),
        _ => (from, None),
    };
    let pool = Pool::new(&Options {
        url: url.to_owned(),
        authorities: ground.host.setup().authorities.clone(),
        connections: CONNECTIONS,
    })?;
    let schemas = match named {
        Some(schema) => vec![schema.to_owned()],
        None => all(&pool, ground.slug.as_str())?,
    };
    if schemas.is_empty() {
        return Err(SourceError::Nothing {
            from: hide_password(url),
            slug: ground.slug.clone(),
        });
    }
    let mut read = 0;
    for schema in schemas {
        match one(&pool, &schema, sieve) {
            Ok(()) => read += 1,
            Err(SourceError::Store(StoreError::Moved)) => {
                problems.push(format!(
                    "Il n’y a pas de stockage de Préau dans le schéma {schema}."
                ));
            }
            Err(SourceError::Store(error @ StoreError::Unavailable(_))) => return Err(error.into()),
            Err(error) => problems.push(format!("{schema} : {error}")),
        }
    }
    if read == 0 {
        return Err(SourceError::Unusable {
            from: hide_password(url),
            problems: std::mem::take(problems),
        });
    }
    Ok(())
}

/// A commune's schema and those set aside from it.
fn all(pool: &Arc<Pool>, slug: &str) -> Result<Vec<String>, SourceError> {
    let own = format!("commune_{slug}");
    let mut schemas = store::schemas(pool, &own)?;
    schemas.retain(|schema| *schema == own);
    schemas.extend(set_aside(pool, slug)?);
    Ok(schemas)
}

/// Those that a restore set aside: their names end with a stamp of digits.
pub(super) fn set_aside(pool: &Arc<Pool>, slug: &str) -> Result<Vec<String>, SourceError> {
    let mut found = Vec::new();
    for word in ["avant", "moved", "unfinished"] {
        let beginning = format!("{word}_{slug}_");
        let names = store::schemas(pool, &beginning)?.into_iter();
        found.extend(names.filter(|name| {
            let stamp = &name[beginning.len()..];
            !stamp.is_empty() && stamp.bytes().all(|byte| byte.is_ascii_digit())
        }));
    }
    Ok(found)
}

/// One schema of this server.
pub(super) fn one(pool: &Arc<Pool>, schema: &str, sieve: &mut Sieve<'_>) -> Result<(), SourceError> {
    if !store::has_schema(pool, schema)? {
        return Err(StoreError::Moved.into());
    }
    // What is not as it should be was told to the sieve; a server's own checks stand for the rest.
    store::look(pool, schema, |tx| chain::read(tx, sieve))?;
    Ok(())
}

/// Whether a text is the address of a database server.
pub(super) fn is_address(from: &str) -> bool {
    from.parse::<StoreAddress>()
        .is_ok_and(|address| matches!(address, StoreAddress::Postgres(_)))
}
