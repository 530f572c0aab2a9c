//! `/{slug}/gestion/pannes`: when tablets could not reach the server, and what came of what they made then.

mod edit;
mod entry;
mod list;
mod show;

use axum::Router;
use axum::routing::get;
use server_ui::desk::outages::{OutageLine, moment_words};
use shared::ids::SiteId;
use shared::time::UtcMs;

use super::day::{day_of, hour_of};
use super::reach::Reach;
use crate::commune::Commune;
use crate::outages::Outage;
use crate::record;
use crate::store::{Read, StoreError};
use crate::web::App;

/// Under `/{slug}/gestion`.
pub(super) const PATH: &str = "/pannes";

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/gestion/pannes", get(list::show).post(list::submit))
        .route("/{slug}/gestion/pannes/{id}", get(show::show))
        .route("/{slug}/gestion/pannes/{id}/fichier", get(show::as_file))
        .route(
            "/{slug}/gestion/pannes/{id}/modifier",
            get(edit::show).post(edit::submit),
        )
}

/// The sites within reach, by name.
#[derive(Clone)]
struct Sites {
    all: Vec<(SiteId, String, bool)>,
    reach: Reach,
}

impl Sites {
    fn read(tx: &mut dyn Read, reach: &Reach) -> Result<Self, StoreError> {
        let all = record::sites(tx)?.into_iter();
        let all = all.map(|(site, _)| (site.id, site.name, site.retired));
        Ok(Self {
            all: all.filter(|(id, ..)| reach.has(*id)).collect(),
            reach: reach.clone(),
        })
    }

    fn name(&self, id: SiteId) -> Option<&str> {
        let found = self.all.iter().find(|(site, ..)| *site == id);
        found.map(|(_, name, _)| name.as_str())
    }

    /// Whether an outage may be looked at: it touched a site within reach.
    fn sees(&self, outage: &Outage) -> bool {
        outage.record.site.is_none_or(|site| self.reach.has(site))
    }

    /// The sites that it touched, within reach.
    fn touched(&self, outage: &Outage) -> Vec<SiteId> {
        let of = |id: &SiteId| outage.record.site.is_none_or(|site| site == *id);
        self.all.iter().map(|(id, ..)| *id).filter(of).collect()
    }

    /// Whether it may be changed: who reaches but some sites changes what was noted of these.
    fn changes(&self, outage: &Outage) -> bool {
        match outage.record.site {
            _ if outage.version.is_none() => false,
            None => self.reach == Reach::All,
            Some(site) => self.reach.has(site),
        }
    }
}

/// « lundi 23 novembre à 16 h 42 ».
fn moment(at: UtcMs, commune: &Commune) -> String {
    moment_words(
        &day_of(at.date_in(commune.zone), commune.today()),
        &hour_of(at, commune),
    )
}

fn line(outage: &Outage, sites: &Sites, commune: &Commune, list: &str) -> OutageLine {
    let record = &outage.record;
    OutageLine {
        address: format!("{list}/{}", record.id),
        cause: record.cause,
        from: moment(record.from, commune),
        until: record.until.map(|at| moment(at, commune)),
        length_ms: outage.until(commune.clock.now()).0 - record.from.0,
        site: record
            .site
            .map(|site| sites.name(site).unwrap_or_default().to_owned()),
        note: record.note.clone(),
    }
}
