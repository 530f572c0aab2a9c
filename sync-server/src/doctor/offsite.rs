//! Where communes are shipped to: whether it is named, answers, and is another place than this disk.

use std::os::unix::fs::MetadataExt;

use super::Notes;
use crate::host::Setup;
use crate::offsite::{Target, TargetAddress};

pub(super) fn look(setup: &Setup, address: Option<&TargetAddress>, notes: &mut Notes) {
    let Some(address) = address else {
        notes.setting("offsite", "aucune");
        notes.info(
            "Aucune destination hors du site n’est donnée à cette commande.",
            "Donnez à « serve » et à « doctor » la même --offsite (ou PREAU_OFFSITE) : sans elle, ce disque porte la seule copie.",
        );
        return;
    };
    notes.setting("offsite", address);
    let looked = Target::open(address).and_then(|target| target.reach());
    if let Err(error) = looked {
        notes.error(
            error.to_string(),
            "Tant qu’elle n’est pas joignable, rien de nouveau n’est sauvegardé ; le serveur reprend seul l’envoi ensuite.",
        );
    }
    let device = |path: &std::path::Path| path.metadata().map(|about| about.dev()).ok();
    if let Some(folder) = address.folder()
        && device(folder).is_some()
        && device(folder) == device(&setup.data)
    {
        notes.warn(
            format!("La destination {address} est sur le même disque que les données."),
            "Choisissez un disque d’un autre lieu, ou un stockage s3:// : un incendie emporterait les deux.",
        );
    }
}
