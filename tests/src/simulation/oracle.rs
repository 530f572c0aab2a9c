//! The judge: a plain book of marks and places, held against what lies on the disks when all is quiet.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::digest::SheetRef;
use shared::fold::{Marks, fold};
use shared::ids::{DeviceId, MarkId, SiteId};
use shared::mark::{Mark, unpack};
use shared::operation::{Body, decode_body};
use shared::sheet::Sheet;
use sync_server::corridor::journal;
use sync_server::verify::verify;
use tablet_replica::Lists;
use tablet_replica::store::{Db, marks};

use super::case::Lie;
use super::world::World;
use super::{Wrong, ground};

/// Every value of every mark of every sheet.
type Rows = BTreeMap<SheetRef, BTreeMap<MarkId, BTreeSet<Vec<u8>>>>;

fn ids(rows: &Rows) -> BTreeSet<MarkId> {
    rows.values().flat_map(|marks| marks.keys().copied()).collect()
}

fn lost(what: &str, expected: &BTreeSet<MarkId>, held: &BTreeSet<MarkId>) -> Result<(), Wrong> {
    let missing: Vec<&MarkId> = expected.difference(held).collect();
    match missing.first() {
        None => Ok(()),
        Some(first) => Err(Wrong::new(format!(
            "{what}: {} of {} marks are missing, {first} first",
            missing.len(),
            expected.len()
        ))),
    }
}

impl World {
    /// Looks whether every rule held.
    pub(super) fn judge(&mut self) -> Result<(), Wrong> {
        if self.lie == Lie::RowGone {
            self.lose_a_row()?;
        }
        let gone = self.hall.gone()?;
        let stored = self.stored()?;
        let on_server = ids(&stored);
        let mut expected = self.hall.holding.marks.clone();
        lost("on the server, which held them", &expected, &on_server)?;
        let mut withdrawn = self.hall.holding.withdrawn.clone();
        for n in self.working() {
            let pad = &self.pads[n];
            let kept = rows_of(&pad.home)?;
            lost(
                &format!("on tablet {n}, which showed them green"),
                &pad.holding.marks,
                &ids(&kept),
            )?;
            if pad.device.is_some_and(|device| gone.contains(&device)) {
                continue;
            }
            expected.extend(&pad.holding.marks);
            withdrawn.extend(&pad.holding.withdrawn);
            self.agree(n, &kept, &stored)?;
        }
        lost(
            "on the server, which got them from tablets that live",
            &expected,
            &on_server,
        )?;
        if let Some(back) = withdrawn.difference(&gone).next() {
            return Err(Wrong::new(format!(
                "tablet {back} was withdrawn, and has its rights back"
            )));
        }
        let made: BTreeSet<MarkId> = self.made.keys().copied().collect();
        if let Some(unknown) = on_server.difference(&made).next() {
            return Err(Wrong::new(format!(
                "the server holds a mark that was never green: {unknown}"
            )));
        }
        self.sound(&stored)?;
        self.once()?;
        self.aside(&gone)?;
        self.proven(&gone)?;
        let commune = self.hall.commune()?;
        let report = verify(&commune).map_err(Wrong::of("verify"))?;
        if !report.ok || !report.problems.is_empty() {
            return Err(Wrong::new(format!("verify: {:?}", report.problems)));
        }
        Ok(())
    }

    /// Each mark has one value, on the sheet it was made on, and no tablet counted one number twice.
    fn sound(&self, stored: &Rows) -> Result<(), Wrong> {
        let doubled: BTreeSet<DeviceId> = self
            .pads
            .iter()
            .filter(|pad| pad.doubled)
            .filter_map(|pad| pad.device)
            .collect();
        let mut sequences = BTreeSet::new();
        for (sheet, marks) in stored {
            for (id, values) in marks {
                if values.len() != 1 {
                    return Err(Wrong::new(format!("mark {id} has {} values", values.len())));
                }
                if self.made.get(id).is_some_and(|made| made.sheet != *sheet) {
                    return Err(Wrong::new(format!("mark {id} stands on another sheet")));
                }
                for value in values {
                    let mark = unpack(value).map_err(Wrong::of("a mark"))?;
                    let new = sequences.insert((mark.device, mark.device_seq));
                    if !new && !doubled.contains(&mark.device) {
                        return Err(Wrong::new(format!(
                            "tablet {} counted {} twice",
                            mark.device, mark.device_seq
                        )));
                    }
                }
            }
        }
        Ok(())
    }

    /// The journal took in each mark once.
    fn once(&mut self) -> Result<(), Wrong> {
        let entries = self
            .hall
            .commune()?
            .store
            .read(|tx| journal::page(tx, 0, 100_000))
            .map_err(Wrong::of("the journal"))?;
        let mut taken = BTreeSet::new();
        for (entry, _) in entries {
            // A lost operation is written as it was, whatever of it is there already.
            let Some(body) = entry.body.filter(|_| entry.header.origin.is_none()) else {
                continue;
            };
            if let Ok(Body::ReceiveMarks { marks, .. }) = decode_body(&body) {
                for mark in marks {
                    if !taken.insert((mark.id, mark.value.0)) {
                        return Err(Wrong::new(format!("mark {} was taken in twice", mark.id)));
                    }
                }
            }
        }
        Ok(())
    }

    /// Nothing of an honest tablet was set aside, but for what one that was withdrawn still handed in.
    fn aside(&mut self, gone: &BTreeSet<DeviceId>) -> Result<(), Wrong> {
        let rows = self
            .hall
            .commune()?
            .store
            .read(|tx| tx.query("select device, reason from quarantine", &[]))
            .map_err(Wrong::of("the quarantine"))?;
        for row in rows {
            let device = DeviceId(row.uuid(0).map_err(Wrong::of("the quarantine"))?);
            let reason = row.text(1).map_err(Wrong::of("the quarantine"))?;
            if reason != "withdrawn_device" || !gone.contains(&device) {
                return Err(Wrong::new(format!("an honest payload was set aside: {reason}")));
            }
        }
        Ok(())
    }

    /// A tablet and the server hold the same sheets, fold them alike, and the tablet owes nothing.
    fn agree(&mut self, n: usize, kept: &Rows, stored: &Rows) -> Result<(), Wrong> {
        let (home, sites) = (self.pads[n].home.clone(), self.pads[n].sites.clone());
        let Some(tablet) = self.pads[n].tablet()? else {
            return Ok(());
        };
        let from = tablet.met().from;
        let status = tablet.status().map_err(Wrong::of("a status"))?;
        if status.counts.pending > 0 || status.counts.set_aside > 0 {
            return Err(Wrong::new(format!("tablet {n} still owes: {:?}", status.counts)));
        }
        let here = |sheet: &&SheetRef| sites.contains(&sheet.site) && sheet.date >= from;
        let sheets: BTreeSet<SheetRef> = kept.keys().chain(stored.keys()).filter(here).copied().collect();
        for sheet in &sheets {
            if kept.get(sheet) != stored.get(sheet) {
                return Err(Wrong::new(format!(
                    "tablet {n} and the server differ on {:?}: {:?} and {:?} marks",
                    sheet.date,
                    kept.get(sheet).map(BTreeMap::len),
                    stored.get(sheet).map(BTreeMap::len)
                )));
            }
        }
        let dates: BTreeSet<NaiveDate> = sheets.iter().map(|sheet| sheet.date).collect();
        let mut lists = Lists::default();
        for date in dates {
            let theirs = fold(&of_date(stored, &sites, date)?, &ground::modes());
            let ours = tablet
                .day(&mut lists, sites[0], date)
                .map_err(Wrong::of("a day"))?;
            if *ours.fold != theirs {
                return Err(Wrong::new(format!(
                    "tablet {n} and the server fold {date} differently"
                )));
            }
        }
        documents(&home, kept)
    }

    fn stored(&mut self) -> Result<Rows, Wrong> {
        let rows = self
            .hall
            .commune()?
            .store
            .read(|tx| tx.query("select site, date, id, value from mark", &[]))
            .map_err(Wrong::of("the server's rows"))?;
        let mut all = Rows::new();
        for row in rows {
            let read = || {
                let sheet = SheetRef {
                    site: SiteId(row.uuid(0)?),
                    date: row.date(1)?,
                };
                Ok::<_, sync_server::store::StoreError>((sheet, MarkId(row.uuid(2)?), row.bytes(3)?))
            };
            let (sheet, id, value) = read().map_err(Wrong::of("a row"))?;
            let new = all.entry(sheet).or_default().entry(id).or_default().insert(value);
            if !new {
                return Err(Wrong::new(format!("one value of {id} stands in two rows")));
            }
        }
        Ok(all)
    }

    fn lose_a_row(&mut self) -> Result<(), Wrong> {
        let commune = self.hall.commune()?;
        commune
            .store
            .write(|tx| tx.execute("delete from mark where id = (select max(id) from mark)", &[]))
            .map_err(Wrong::of("the lie"))?;
        Ok(())
    }
}

/// The marks on a tablet's disk.
fn rows_of(home: &std::path::Path) -> Result<Rows, Wrong> {
    let db = Db::open(home).map_err(Wrong::of("a tablet's file"))?;
    let mut all = Rows::new();
    for sheet in marks::all_sheets(db.reader()).map_err(Wrong::of("sheets"))? {
        for row in marks::of_sheet(db.reader(), &sheet).map_err(Wrong::of("rows"))? {
            let new = all
                .entry(sheet)
                .or_default()
                .entry(row.id)
                .or_default()
                .insert(row.value);
            if !new {
                return Err(Wrong::new(format!("one value of {} stands in two rows", row.id)));
            }
        }
    }
    Ok(all)
}

/// The documents on a tablet's disk hold its rows.
fn documents(home: &std::path::Path, kept: &Rows) -> Result<(), Wrong> {
    let db = Db::open(home).map_err(Wrong::of("a tablet's file"))?;
    for (sheet, rows) in kept {
        let (saved, changes) = marks::document(db.reader(), sheet).map_err(Wrong::of("a document"))?;
        let document = Sheet::load(saved.as_deref(), &changes, [9; 16]).map_err(Wrong::of("a document"))?;
        if document.marks() != *rows {
            return Err(Wrong::new(format!("rows and document of {} differ", sheet.date)));
        }
    }
    Ok(())
}

fn of_date(stored: &Rows, sites: &[SiteId], date: NaiveDate) -> Result<Marks, Wrong> {
    let mut all = Marks::default();
    for site in sites {
        let sheet = SheetRef { site: *site, date };
        for (id, values) in stored.get(&sheet).into_iter().flatten() {
            for value in values {
                let mark: Mark = unpack(value).map_err(Wrong::of("a mark"))?;
                all.add(*site, *id, mark);
            }
        }
    }
    Ok(all)
}
