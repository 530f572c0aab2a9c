//! Folders, rights, room and limits of the machine.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rustix::fs::{Access, access, statfs, statvfs};
use rustix::process::{Resource, getrlimit};

use super::Notes;
use crate::host::Setup;

/// Less free room than this is told, in bytes.
const ROOM: u64 = 2 * 1024 * 1024 * 1024;
/// Fewer open files than this are told: each open town takes a few.
const FILES: u64 = 4096;
/// File systems over a network, by the number that the kernel gives them: NFS, SMB, CIFS, SMB 2.
const FAR: [i64; 4] = [0x6969, 0x517b, 0xff53_4d42, 0xfe53_4d42];

pub(super) fn look(setup: &Setup, notes: &mut Notes) {
    folder(&setup.data, "des données", notes);
    if setup.data.is_dir() {
        room(&setup.data, notes);
        if setup.store.folder().is_some() {
            near(&setup.data, notes);
        }
    }
    if setup.keys.is_dir() {
        private(&setup.keys, 0o077, notes);
    }
    let files = getrlimit(Resource::Nofile).current;
    notes.setting(
        "open_files",
        files.map_or_else(|| "sans limite".to_owned(), |n| n.to_string()),
    );
    if files.is_some_and(|files| files < FILES) {
        notes.warn(
            format!(
                "Ce processus ne peut ouvrir que {} fichiers.",
                files.unwrap_or_default()
            ),
            format!("Portez la limite à {FILES} au moins (LimitNOFILE= dans l’unité systemd)."),
        );
    }
}

fn folder(path: &Path, what: &str, notes: &mut Notes) {
    if !path.is_dir() {
        notes.error(
            format!("Le dossier {what} {} n’existe pas.", path.display()),
            "Donnez le bon dossier avec --data, ou créez la première collectivité : « commune create ».",
        );
        return;
    }
    if access(path, Access::WRITE_OK).is_err() {
        notes.error(
            format!(
                "Le dossier {what} {} n’est pas modifiable par cet utilisateur.",
                path.display()
            ),
            "Lancez la commande sous l’utilisateur du service, ou corrigez le propriétaire du dossier.",
        );
    }
}

/// Tells of rights that let others in. `forbidden` are the bits that must not be set.
pub(super) fn private(path: &Path, forbidden: u32, notes: &mut Notes) {
    let Ok(about) = path.metadata() else { return };
    let mode = about.permissions().mode() & 0o777;
    if mode & forbidden != 0 {
        notes.warn(
            format!(
                "{} est lisible par d’autres utilisateurs (droits {mode:03o}).",
                path.display()
            ),
            format!("chmod {:03o} {}", mode & !forbidden, path.display()),
        );
    }
}

fn room(path: &Path, notes: &mut Notes) {
    let Ok(about) = statvfs(path) else { return };
    let free = about.f_bavail.saturating_mul(about.f_frsize);
    notes.setting("free_bytes", free);
    if free < ROOM {
        notes.warn(
            format!(
                "Il reste {} Mo sur le disque de {}.",
                free / (1024 * 1024),
                path.display()
            ),
            "Faites de la place : un disque plein arrête les écritures (rien n’est perdu sur les tablettes).",
        );
    }
}

fn near(path: &Path, notes: &mut Notes) {
    let Ok(about) = statfs(path) else { return };
    if FAR.contains(&about.f_type) {
        notes.error(
            format!("{} est sur un système de fichiers réseau.", path.display()),
            "SQLite n’y est pas sûr : mettez les données sur un disque local, ou utilisez --store postgres://…",
        );
    }
}
