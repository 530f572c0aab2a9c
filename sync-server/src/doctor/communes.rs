//! Each commune: its key, its store, its schema.

use super::Notes;
use super::machine::private;
use crate::host::{Backend, Setup};
use crate::keys::{self, Keys};
use crate::store::StoreError;

pub(super) fn look(backend: &Backend, setup: &Setup, notes: &mut Notes) {
    let slugs = match backend.slugs() {
        Ok(slugs) => slugs,
        Err(error) => {
            notes.error(
                format!("La liste des collectivités est illisible : {error}"),
                "Si le fichier est abîmé, gardez-en une copie, puis remettez la dernière sauvegarde.",
            );
            return;
        }
    };
    notes.setting("communes", slugs.len());
    let mut behind = 0;
    match backend.standing_of_control() {
        Ok(standing) => behind += usize::from(!standing.pending.is_empty()),
        Err(error) => unusable("la liste des collectivités", &error, notes),
    }
    for slug in &slugs {
        if let Err(error) = Keys::load(&setup.keys, slug) {
            notes.error(
                error.to_string(),
                "Sans cette clé, la collectivité ne peut pas être servie.",
            );
        } else {
            private(&keys::path(&setup.keys, slug), 0o077, notes);
        }
        match backend.standing(slug) {
            Ok(standing) if standing.has == 0 => notes.error(
                format!("La collectivité « {slug} » est dans la liste, mais ses données manquent."),
                "Remettez son fichier ou son schéma ; ne la recréez pas sous le même nom.",
            ),
            Ok(standing) => behind += usize::from(!standing.pending.is_empty()),
            Err(error) => unusable(&format!("« {slug} »"), &error, notes),
        }
    }
    if behind > 0 {
        notes.warn(
            format!("{behind} base(s) attendent une mise à jour de leur structure."),
            "Lancez « preau-server migrate » (avec --dry-run pour voir d’abord).",
        );
    }
    if !slugs.is_empty() && setup.keys.starts_with(&setup.data) {
        notes.info(
            "Les clés sont à côté des données.",
            "Gardez-en une copie ailleurs : sans elles, aucune sauvegarde ne peut être rouverte.",
        );
    }
}

fn unusable(what: &str, error: &StoreError, notes: &mut Notes) {
    let advice = match error {
        StoreError::Damaged(_) => "Gardez une copie de la base abîmée, puis lancez « preau-server verify ».",
        StoreError::TooNew { .. } => "Mettez ce programme à jour.",
        _ => "Les autres collectivités ne sont pas touchées. Corrigez, puis relancez « doctor ».",
    };
    notes.error(format!("Base de {what} : {error}"), advice);
}
