//! `verify`: is a commune's record whole?

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;
use shared::codec::Hash32;
use shared::digest::sheet_digest;
use shared::ids::{MarkId, SiteId};
use shared::mark::unpack;
use shared::sheet::{Fault, Sheet, check};

use crate::commune::Commune;
use crate::corridor::journal;
use crate::store::{Read, StoreError};
use crate::sync::{derived, one_change};

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
        let mut chain = Chain::default();
        while chain.page(tx, &mut problems)? {}
        let marks = tx
            .first(include_str!("record/mark/distinct.sql"), &[])?
            .map_or(Ok(0), |row| row.count(0))?;
        let sheets = list(tx, &mut problems)?;
        for (site, date) in &sheets {
            sheet(tx, *site, *date, &mut problems)?;
        }
        Ok::<_, StoreError>((chain, sheets.len() as u64, marks))
    });
    let (chain, sheets, marks) = report?;
    Ok(Report {
        ok: problems.is_empty(),
        journal: JournalReport {
            entries: chain.last,
            head: (chain.last > 0).then(|| chain.previous.hex()),
        },
        sheets,
        marks,
        problems,
    })
}

/// How far the journal was followed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chain {
    last: u64,
    previous: Hash32,
}

impl Default for Chain {
    fn default() -> Self {
        Self {
            last: 0,
            previous: Hash32::ZERO,
        }
    }
}

impl Chain {
    /// Follows one page more; answers whether there was any.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub(crate) fn page(&mut self, tx: &mut dyn Read, problems: &mut Vec<String>) -> Result<bool, StoreError> {
        let page = journal::page(tx, self.last, PAGE)?;
        let more = !page.is_empty();
        for (entry, claimed) in page {
            let seq = entry.header.seq;
            if seq != self.last + 1 {
                problems.push(format!("Journal : il manque une entrée avant la n° {seq}."));
            }
            if entry.previous != self.previous || entry.hash() != claimed {
                problems.push(format!("Journal : l’entrée n° {seq} ne suit pas la précédente."));
            }
            if !entry.keeps_its_word() {
                problems.push(format!("Journal : le contenu de l’entrée n° {seq} a changé."));
            }
            self.last = seq;
            self.previous = claimed;
        }
        Ok(more)
    }
}

/// The sheets that have marks. One with a document and no row of a mark is a problem.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(crate) fn list(
    tx: &mut dyn Read,
    problems: &mut Vec<String>,
) -> Result<Vec<(SiteId, NaiveDate)>, StoreError> {
    let listed = tx
        .query(include_str!("record/mark/sheets.sql"), &[])?
        .iter()
        .map(|row| Ok((SiteId(row.uuid(0)?), row.date(1)?)))
        .collect::<Result<Vec<_>, StoreError>>()?;
    let known: BTreeSet<_> = listed.iter().copied().collect();
    for row in tx.query(include_str!("record/sheet/all.sql"), &[])? {
        let (site, date) = (SiteId(row.uuid(0)?), row.date(1)?);
        if row.count(3)? > 0 && !known.contains(&(site, date)) {
            problems.push(format!(
                "Feuille du {date} ({site}) : le document n’a pas de ligne."
            ));
        }
    }
    Ok(listed)
}

/// Compares the rows of one sheet with its document, by count, by digest and mark by mark.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(crate) fn sheet(
    tx: &mut dyn Read,
    site: SiteId,
    date: NaiveDate,
    problems: &mut Vec<String>,
) -> Result<(), StoreError> {
    let named = format!("Feuille du {date} ({site})");
    let params = [site.into(), date.into()];
    let rows = tx.query(include_str!("record/mark/of_sheet.sql"), &params)?;
    let values = rows
        .iter()
        .map(|row| Ok((MarkId(row.uuid(0)?), row.bytes(1)?)))
        .collect::<Result<BTreeSet<_>, StoreError>>()?;
    for (id, value) in &values {
        if unpack(value).is_err() {
            problems.push(format!("{named} : le pointage {id} est illisible."));
        }
    }
    let Some(stored) = tx.first(include_str!("record/sheet/get.sql"), &params)? else {
        problems.push(format!("{named} : le document manque."));
        return Ok(());
    };
    let digest = sheet_digest(values.iter().map(|(id, value)| (*id, &value[..])));
    if stored.hash(0)? != digest || stored.count(1)? != values.len() as u64 {
        problems.push(format!(
            "{named} : les lignes et le document ne disent pas la même chose."
        ));
    }
    let document = document(tx, site, date)?;
    match document.unreadable {
        None => {
            let waiting = &document.waiting;
            let held: BTreeSet<(MarkId, Vec<u8>)> = document
                .sheet
                .marks()
                .into_iter()
                .flat_map(|(id, values)| values.into_iter().map(move |value| (id, value)))
                .collect();
            let lacks = values.difference(&held).any(|mark| !waiting.contains(mark));
            if lacks || held.difference(&values).next().is_some() {
                problems.push(format!("{named} : un pointage n’est que d’un côté."));
            }
        }
        Some(fault) => problems.push(format!("{named} : document illisible ({fault}).")),
    }
    Ok(())
}

/// A document as it can be derived.
struct Document {
    sheet: Sheet,
    unreadable: Option<Fault>,
    /// Marks of changes that came and cannot be applied. They are put into the document from the rows
    /// when it is next saved.
    waiting: BTreeSet<(MarkId, Vec<u8>)>,
}

/// The document of a sheet, with what came since it was saved.
fn document(tx: &mut dyn Read, site: SiteId, date: NaiveDate) -> Result<Document, StoreError> {
    let params = [site.into(), date.into()];
    let derived_seq = match tx.first(include_str!("record/sheet/document.sql"), &params)? {
        Some(row) => row.count(1)?,
        None => 0,
    };
    let saved = tx.first(include_str!("record/sheet/saved.sql"), &params)?;
    let saved = saved.map(|row| row.bytes(0)).transpose()?;
    let params = [site.into(), date.into(), derived_seq.into()];
    let behind = tx.query(include_str!("record/sheet/changes_since.sql"), &params)?;
    let behind = behind.iter().map(one_change).collect::<Result<Vec<_>, _>>()?;
    let derived = derived(saved.as_deref(), &behind, [0; 16]);
    let left_out = derived
        .left_out
        .iter()
        .filter_map(|nth| check(&behind[*nth]).ok());
    Ok(Document {
        waiting: left_out
            .flat_map(|checked| checked.marks)
            .map(|(id, value, _)| (id, value))
            .collect(),
        sheet: derived.document,
        unreadable: derived.unreadable,
    })
}
