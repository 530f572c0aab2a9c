//! What a database server is set to, and what that would cost.

use std::sync::Arc;

use super::Notes;
use crate::clock::Clock;
use crate::host::{Backend, Setup};
use crate::store::{Pool, StoreError};

/// The oldest release that is supported, by PostgreSQL's own numbering.
const OLDEST: i64 = 130_000;
/// How far the two clocks may be apart, in ms.
const APART_MS: i64 = 2_000;
/// Connections of one process beside its pool: what it tells, and what it hears.
const BESIDE: i64 = 2;

pub(super) fn look(backend: &Backend, setup: &Setup, clock: Clock, notes: &mut Notes) {
    match backend.pool() {
        None => {
            notes.setting("engine", format!("SQLite {}", rusqlite::version()));
        }
        Some(pool) => {
            if let Err(error) = settings(pool, setup, clock, notes) {
                notes.error(
                    format!("Le serveur PostgreSQL ne répond pas : {error}"),
                    "Vérifiez l’adresse, le mot de passe, le certificat, et que le serveur accepte les écritures.",
                );
            }
        }
    }
}

fn settings(pool: &Arc<Pool>, setup: &Setup, clock: Clock, notes: &mut Notes) -> Result<(), StoreError> {
    let row = pool.settings()?;
    notes.setting("engine", format!("PostgreSQL {}", row.text(0)?));
    if row.int(1)? < OLDEST {
        notes.error(
            "Cette version de PostgreSQL est trop ancienne.",
            "Installez PostgreSQL 13 ou plus récent.",
        );
    }
    for (place, name) in [(2, "fsync"), (3, "full_page_writes")] {
        notes.setting(name, row.text(place)?);
        if row.text(place)? != "on" {
            notes.error(
                format!("Le serveur a « {name} = off » : une panne de courant peut abîmer toutes les bases."),
                format!("Remettez « {name} = on » dans postgresql.conf, puis redémarrez-le."),
            );
        }
    }
    if row.text(7)? != "UTF8" {
        notes.error(
            format!("La base est en {}, pas en UTF8.", row.text(7)?),
            "Créez une base avec « createdb --encoding=UTF8 --template=template0 ».",
        );
    }
    let (most, kept, used) = (row.int(5)?, row.int(6)?, row.int(11)?);
    let wanted = i64::try_from(setup.connections)
        .unwrap_or(i64::MAX)
        .saturating_add(BESIDE);
    notes.setting("server_connections", format!("{used} sur {most}"));
    if wanted > most - kept {
        notes.error(
            format!("Le serveur accepte {most} connexions ; un seul processus en veut {wanted}."),
            "Baissez --store-connections, ou montez max_connections.",
        );
    } else if wanted * 2 > most - kept {
        notes.warn(
            format!("Deux processus de {wanted} connexions ne tiennent pas dans les {most} du serveur."),
            "Baissez --store-connections ou montez max_connections avant d’ajouter un processus.",
        );
    }
    safety(&row, notes)?;
    let apart = (row.int(12)? - clock.now().0).abs();
    if apart > APART_MS {
        notes.warn(
            format!(
                "Les horloges de cette machine et du serveur PostgreSQL diffèrent de {} s.",
                apart / 1000
            ),
            "Mettez les deux machines à l’heure (chrony ou systemd-timesyncd).",
        );
    }
    Ok(())
}

fn safety(row: &crate::store::Row, notes: &mut Notes) -> Result<(), StoreError> {
    if row.text(8)? == "minimal" || row.text(9)? == "off" {
        notes.warn(
            "Le serveur n’archive pas son journal : pas de retour à un instant précis.",
            "Mettez en place archive_mode et une sauvegarde continue, ou un serveur de secours.",
        );
    }
    if row.text(10)? != "on" {
        notes.warn(
            "Les sommes de contrôle des pages sont désactivées : un disque qui se trompe ne se voit pas.",
            "Activez-les : pg_checksums --enable, serveur arrêté.",
        );
    }
    if row.opt(13, crate::store::Row::int)?.unwrap_or(0) != 0 {
        notes.warn(
            "Préau se connecte avec un compte superutilisateur.",
            "Donnez-lui un rôle à lui, propriétaire de sa seule base.",
        );
    }
    if row.int(14)? == 0 {
        notes.error(
            "Ce rôle ne peut pas créer de schéma dans la base.",
            "GRANT CREATE ON DATABASE … TO … ; chaque collectivité a son schéma.",
        );
    }
    notes.setting(
        "tls",
        if row.int(15)? > 0 {
            "oui"
        } else {
            "non (même machine)"
        },
    );
    Ok(())
}
