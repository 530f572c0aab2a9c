//! Where communes are shipped to: whether it is named, answers, and is another place than this disk.

use std::os::unix::fs::MetadataExt;

use super::Notes;
use crate::clock::Clock;
use crate::host::{Backend, Setup};
use crate::offsite::{DAYS_AHEAD, Target, TargetAddress, lists};

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

/// Whether the printable lists of the coming days lie there, as their names say.
pub(super) fn look_for_lists(
    backend: &Backend,
    address: Option<&TargetAddress>,
    clock: Clock,
    notes: &mut Notes,
) {
    // What cannot be read or reached is told elsewhere.
    let Some((target, slugs)) = address
        .and_then(|address| Target::open(address).ok())
        .filter(|target| target.reach().is_ok())
        .zip(backend.slugs().ok())
    else {
        return;
    };
    // A day more on either side: where a town's day begins is asked of nobody here.
    let today = clock.now().utc().date_naive();
    for slug in slugs {
        let Ok(named) = lists::named(&target, &slug) else {
            continue;
        };
        let coming = named.iter().filter(|(date, _)| *date >= today).count();
        let last = named.last().map(|(date, _)| *date).filter(|date| *date >= today);
        match last {
            Some(last) => notes.info(
                format!(
                    "Listes à imprimer de « {slug} » hors du site : {coming}, jusqu’au {}.",
                    last.format("%d/%m/%Y")
                ),
                "Sans serveur demain matin : « preau-server lists » les écrit, avec la clé seule.",
            ),
            None => notes.warn(
                format!(
                    "Aucune liste à imprimer de « {slug} » hors du site pour les {DAYS_AHEAD} jours à venir."
                ),
                "C’est juste pendant une fermeture ; sinon, vérifiez que « serve » reçoit cette --offsite et que son journal ne dit pas d’erreur.",
            ),
        }
    }
}
