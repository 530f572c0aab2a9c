//! The list of tablets.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::devices::{Owed, TabletLine, TabletsPage, tablets_page};
use shared::ids::{DeviceId, SiteId};
use shared::time::UtcMs;

use super::super::day::{day_of, hour_of};
use super::super::quarantine::end_of;
use super::super::reply::{DeskError, page};
use super::super::rights::Right;
use super::super::visit::Desk;
use crate::commune::Commune;
use crate::record;
use crate::store::{Read, Row, StoreError};

/// A tablet as the record and its last exchange have it.
pub(super) struct Tablet {
    pub(super) id: DeviceId,
    pub(super) name: String,
    since: UtcMs,
    withdrawn: Option<UtcMs>,
    contact: Option<UtcMs>,
    version: Option<String>,
    pub(super) owed: Owed,
}

impl Tablet {
    pub(super) fn is_withdrawn(&self) -> bool {
        self.withdrawn.is_some()
    }
}

/// All tablets, the newest first.
pub(super) fn tablets(tx: &mut dyn Read) -> Result<Vec<Tablet>, StoreError> {
    let rows = tx.query(include_str!("../../../record/device/all.sql"), &[])?;
    rows.iter()
        .map(|row| {
            let instant = |row: &Row, i| row.int(i).map(UtcMs);
            Ok(Tablet {
                id: DeviceId(row.uuid(0)?),
                name: row.text(1)?,
                since: instant(row, 2)?,
                withdrawn: row.opt(3, instant)?,
                contact: row.opt(4, instant)?,
                version: row.opt(5, Row::text)?,
                owed: match row.opt(6, Row::count)? {
                    None => Owed::Unknown,
                    Some(0) => Owed::None,
                    Some(count) => Owed::Some(count),
                },
            })
        })
        .collect()
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageDevices)?;
    let bar = desk.bar();
    let base = desk.at("/tablettes");
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let (tablets, sites) = commune
            .store
            .read(|tx| Ok::<_, StoreError>((tablets(tx)?, sites_of(tx)?)))?;
        let tablets = tablets
            .into_iter()
            .map(|tablet| line(tablet, &sites, &base, commune))
            .collect();
        Ok::<_, StoreError>(TabletsPage { bar, tablets })
    });
    Ok(page(StatusCode::OK, tablets_page(&view.await?)))
}

/// The names of each tablet's sites.
fn sites_of(tx: &mut dyn Read) -> Result<BTreeMap<DeviceId, Vec<String>>, StoreError> {
    let names: BTreeMap<SiteId, String> = record::sites(tx)?
        .into_iter()
        .map(|(site, _)| (site.id, site.name))
        .collect();
    let mut all: BTreeMap<DeviceId, Vec<String>> = BTreeMap::new();
    for row in tx.query(include_str!("../../../record/device/all_sites.sql"), &[])? {
        let name = names.get(&SiteId(row.uuid(1)?)).cloned().unwrap_or_default();
        all.entry(DeviceId(row.uuid(0)?)).or_default().push(name);
    }
    Ok(all)
}

fn line(
    tablet: Tablet,
    sites: &BTreeMap<DeviceId, Vec<String>>,
    base: &str,
    commune: &Commune,
) -> TabletLine {
    let today = commune.today();
    let day = |at: UtcMs| day_of(at.date_in(commune.zone), today);
    let moment = |at: UtcMs| format!("{}, {}", day(at), hour_of(at, commune));
    TabletLine {
        end: end_of(tablet.id.0),
        sites: sites
            .get(&tablet.id)
            .map(|names| names.join(", "))
            .unwrap_or_default(),
        since: day(tablet.since),
        contact: tablet.contact.map(moment),
        withdrawn: tablet.withdrawn.map(day),
        revoke: format!("{base}/{}/retirer", tablet.id),
        name: tablet.name,
        version: tablet.version,
        owed: tablet.owed,
    }
}
