//! What the host finds by itself: stores of the commune that were set aside, and what lies off-site.

use super::{SourceError, folder, server};
use crate::commune::Commune;
use crate::host::Host;

/// A place that may hold something lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// What `--from` takes.
    pub from: String,
    /// Whether it is the off-site target rather than a store that was set aside.
    pub offsite: bool,
}

/// What was set aside of this commune on this host, the newest first, then `offsite`, the target it ships to.
/// Blocks: call it on the blocking pool.
///
/// # Errors
/// [`SourceError`] when it cannot be looked for.
pub fn here(host: &Host, commune: &Commune, offsite: Option<&str>) -> Result<Vec<Here>, SourceError> {
    let backend = host.backend();
    let mut names = match (backend.pool(), backend.store_path(&commune.slug)) {
        (Some(pool), _) => server::set_aside(pool, commune.slug.as_str())?,
        (None, Some(own)) => {
            let around = own.parent().unwrap_or(host.data()).to_owned();
            let all = folder::stores(&commune.slug, &around)?.into_iter();
            all.filter(|path| !folder::same_file(path, &own))
                .map(|path| path.display().to_string())
                .collect()
        }
        (None, None) => Vec::new(),
    };
    names.sort();
    names.reverse();
    let set_aside = names.into_iter().map(|from| Here { from, offsite: false });
    let shipped = offsite.map(|from| Here {
        from: from.to_owned(),
        offsite: true,
    });
    Ok(set_aside.chain(shipped).collect())
}
