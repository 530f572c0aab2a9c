//! The first page: today, site by site, live.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::{ActivityLine, HomePage, SiteBlock, TownBoard, home, town_fragment};

use super::day::{Pointed, Site, day_of, head, hour_of, sites};
use super::reply::{DeskError, page};
use super::rights::Right;
use super::visit::Desk;
use super::{board, contradictions, requests};
use crate::commune::Commune;
use crate::store::{Read, StoreError};

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeBoard)?;
    let (bar, reach) = (desk.bar(), desk.reach().clone());
    let part_only = desk.visit.header("x-fragment") == Some("board");
    let answers = desk.may(Right::AnswerRequests).then(|| desk.at(requests::PATH));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        commune.store.read(|tx| {
            let requests = match answers {
                Some(address) => Some((requests::count_open(tx)?, address)),
                None => None,
            };
            let pointed = Pointed::load(tx, today)?;
            let blocks: Vec<SiteBlock> = sites(tx)?
                .into_iter()
                .filter(|site| reach.has(site.id) && (!site.retired || pointed.has_any_at(site.id)))
                .map(|site| block(tx, &pointed, site, commune))
                .collect::<Result<_, _>>()?;
            Ok::<_, StoreError>(HomePage {
                bar,
                requests,
                date_label: day_of(today, today),
                events: format!("/{}/gestion/evenements", commune.slug),
                town: TownBoard {
                    address: format!("/{}/gestion", commune.slug),
                    head: head(tx).map(|head| format!("{}:{}", head.branch, head.seq))?,
                    as_of: hour_of(commune.clock.now(), commune),
                    sites: blocks,
                },
            })
        })
    });
    let view = view.await?;
    let html = if part_only {
        town_fragment(&view.town)
    } else {
        home(&view)
    };
    Ok(page(StatusCode::OK, html))
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
        slug: activity.slug.to_string(),
        name: activity.name.clone(),
        address: address(Some(activity.slug.as_str())),
        tally: day.tally(activity.id),
        closing: pointed.closing(site.id, activity.id, commune),
        conflicts: contradictions::count(pointed, site.id, activity.id),
    });
    let lines = lines.collect();
    Ok(SiteBlock {
        address: address(None),
        notices: day.list.notices.clone(),
        slug: site.slug,
        name: site.name,
        lines,
    })
}
