//! The first page: today, site by site.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::{ActivityLine, HomePage, SiteBlock, home};

use super::day::{Pointed, Site, day_of, hour_of, sites};
use super::reply::{DeskError, page};
use super::rights::Right;
use super::visit::Desk;
use super::{board, contradictions};
use crate::commune::Commune;
use crate::store::{Read, StoreError};

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeBoard)?;
    let bar = desk.bar();
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        commune.store.read(|tx| {
            let pointed = Pointed::load(tx, today)?;
            let blocks = sites(tx)?;
            let blocks: Vec<_> = blocks
                .into_iter()
                .map(|site| block(tx, &pointed, site, commune))
                .collect::<Result<_, _>>()?;
            Ok::<_, StoreError>(HomePage {
                bar,
                date_label: day_of(today, today),
                as_of: hour_of(commune.clock.now(), commune),
                sites: blocks,
            })
        })
    });
    Ok(page(StatusCode::OK, home(&view.await?)))
}

fn block(
    tx: &mut dyn Read,
    pointed: &Pointed,
    site: Site,
    commune: &Commune,
) -> Result<SiteBlock, StoreError> {
    let day = pointed.at(tx, site.id, commune)?;
    let address = |activity: Option<&str>| board::address(commune, &site.slug, pointed.date, activity);
    let lines = day.list.activities.iter().map(|activity| ActivityLine {
        name: activity.name.clone(),
        address: address(Some(activity.slug.as_str())),
        tally: day.tally(activity.id),
        closing: pointed.closing(site.id, activity.id, commune),
        conflicts: contradictions::count(pointed, site.id, activity.id),
    });
    let lines = lines.collect();
    Ok(SiteBlock {
        address: address(None),
        name: site.name,
        lines,
    })
}
