//! `verify`: is a commune's record whole?

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use shared::codec::Hash32;
use shared::digest::sheet_digest;
use shared::ids::{MarkId, SiteId};
use shared::mark::unpack;
use shared::sheet::Sheet;

use crate::commune::Commune;
use crate::corridor::journal;
use crate::store::{Read, StoreError};

/// What was found.
#[derive(Debug, Serialize)]
pub struct Report {
    /// No problem at all.
    pub ok: bool,
    /// The journal.
    pub journal: JournalReport,
    /// Sheets with a mark.
    pub sheets: u64,
    /// Distinct mark ids.
    pub marks: u64,
    /// What is wrong, a sentence each.
    pub problems: Vec<String>,
}

/// The journal.
#[derive(Debug, Serialize)]
pub struct JournalReport {
    /// How many entries.
    pub entries: u64,
    /// Hash of the newest, hexadecimal; null before the first.
    pub head: Option<String>,
}

const PAGE: u64 = 500;

/// Checks the engine's file, the journal's chain and commitments, every mark, and that rows and
/// sheets agree.
///
/// # Errors
/// [`StoreError`] when the store cannot be read at all.
pub fn verify(commune: &Commune) -> Result<Report, StoreError> {
    let mut problems: Vec<String> = commune
        .store
        .check()?
        .into_iter()
        .map(|p| format!("Fichier : {p}"))
        .collect();
    let report = commune.store.read(|tx| {
        let (entries, head) = chain(tx, &mut problems)?;
        let (sheets, marks) = sheets(tx, &mut problems)?;
        Ok::<_, StoreError>((entries, head, sheets, marks))
    });
    let (entries, head, sheets, marks) = report?;
    Ok(Report {
        ok: problems.is_empty(),
        journal: JournalReport {
            entries,
            head: head.map(|h| h.hex()),
        },
        sheets,
        marks,
        problems,
    })
}

fn chain(tx: &mut dyn Read, problems: &mut Vec<String>) -> Result<(u64, Option<Hash32>), StoreError> {
    let mut last = 0;
    let mut previous = Hash32::ZERO;
    loop {
        let page = journal::page(tx, last, PAGE)?;
        if page.is_empty() {
            return Ok((last, (last > 0).then_some(previous)));
        }
        for (entry, claimed) in page {
            let seq = entry.header.seq;
            if seq != last + 1 {
                problems.push(format!("Journal : il manque une entrée avant la n° {seq}."));
            }
            if entry.previous != previous || entry.hash() != claimed {
                problems.push(format!("Journal : l’entrée n° {seq} ne suit pas la précédente."));
            }
            if !entry.keeps_its_word() {
                problems.push(format!("Journal : le contenu de l’entrée n° {seq} a changé."));
            }
            last = seq;
            previous = claimed;
        }
    }
}

fn sheets(tx: &mut dyn Read, problems: &mut Vec<String>) -> Result<(u64, u64), StoreError> {
    let marks = tx
        .first(include_str!("record/mark/distinct.sql"), &[])?
        .map_or(Ok(0), |row| row.count(0))?;
    let listed = tx.query(include_str!("record/mark/sheets.sql"), &[])?;
    let mut derived: BTreeMap<(uuid::Uuid, String), (Hash32, u64)> = BTreeMap::new();
    for row in tx.query(include_str!("record/sheet/all.sql"), &[])? {
        derived.insert((row.uuid(0)?, row.text(1)?), (row.hash(2)?, row.count(3)?));
    }
    for row in &listed {
        let (site, date) = (SiteId(row.uuid(0)?), row.date(1)?);
        let named = format!("Feuille du {date} ({site})");
        let sheet = [site.into(), date.into()];
        let rows = tx.query(include_str!("record/mark/of_sheet.sql"), &sheet)?;
        let values = rows
            .iter()
            .map(|row| Ok((MarkId(row.uuid(0)?), row.bytes(1)?)))
            .collect::<Result<BTreeSet<_>, StoreError>>()?;
        for (id, value) in &values {
            if unpack(value).is_err() {
                problems.push(format!("{named} : le pointage {id} est illisible."));
            }
        }
        let digest = sheet_digest(values.iter().map(|(id, value)| (*id, &value[..])));
        match derived.remove(&(site.0, date.to_string())) {
            Some((held, count)) if held == digest && count == values.len() as u64 => {}
            Some(_) => problems.push(format!(
                "{named} : les lignes et le document ne disent pas la même chose."
            )),
            None => problems.push(format!("{named} : le document manque.")),
        }
        if let Some(stored) = tx.first(include_str!("record/sheet/get.sql"), &sheet)? {
            match Sheet::load(Some(&stored.bytes(0)?), &[], [0; 16]) {
                Ok(document) => {
                    let held: BTreeSet<(MarkId, Vec<u8>)> = document
                        .marks()
                        .into_iter()
                        .flat_map(|(id, values)| values.into_iter().map(move |value| (id, value)))
                        .collect();
                    if held != values {
                        problems.push(format!("{named} : un pointage n’est que d’un côté."));
                    }
                }
                Err(fault) => problems.push(format!("{named} : document illisible ({fault}).")),
            }
        }
    }
    for (site, date) in derived
        .into_iter()
        .filter(|(_, (_, count))| *count > 0)
        .map(|(key, _)| key)
    {
        problems.push(format!(
            "Feuille du {date} ({site}) : le document n’a pas de ligne."
        ));
    }
    Ok((listed.len() as u64, marks))
}
