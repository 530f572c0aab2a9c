//! The sessions of a period.

use std::collections::BTreeMap;

use server_ui::desk::discrepancies::{SessionLine, SessionState, words};
use server_ui::desk::form::Address;
use shared::ids::{ActivityId, SiteId};
use shared::time::UtcMs;

use super::super::day::day_of;
use super::asked::Filter;
use super::decided::Pages;
use super::names::Names;
use super::{SIZE, moment};
use crate::commune::Commune;
use crate::discrepancies::{Completeness, Owed, Tablets, Why};
use crate::store::{Read, Row, StoreError};

/// The sessions of a page; `waives` is where one is waived, for whom that may be.
pub(super) fn page(
    tx: &mut dyn Read,
    commune: &Commune,
    names: &Names,
    filter: &Filter,
    address: &Address,
    waives: Option<&str>,
) -> Result<(Vec<SessionLine>, Pages), StoreError> {
    let params = filter.session_params();
    let row = tx.first(include_str!("sql/sessions_count.sql"), &params)?;
    let total = usize::try_from(row.map_or(Ok(0), |row| row.count(0))?).unwrap_or(usize::MAX);
    let mut filter = filter.clone();
    filter.page = filter.page.min(total.div_ceil(SIZE).max(1));
    let mut open = BTreeMap::new();
    let period = [filter.period.0.into(), filter.period.1.into()];
    for row in tx.query(include_str!("sql/open_of_sessions.sql"), &period)? {
        let key = (SiteId(row.uuid(0)?), row.date(1)?, ActivityId(row.uuid(2)?));
        open.insert(key, row.count(3)?);
    }
    let tablets = Tablets::load(tx)?;
    let now = commune.clock.now();
    let rows = tx.query(include_str!("sql/sessions_page.sql"), &filter.paged(params))?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let (site, date, activity) = (SiteId(row.uuid(0)?), row.date(1)?, ActivityId(row.uuid(2)?));
        let ends_at = UtcMs(row.int(3)?);
        let found = Completeness::of(
            ends_at,
            now,
            open.get(&(site, date, activity)).copied().unwrap_or(0),
            tablets.owed(site, ends_at),
            row.opt(6, Row::text)?,
        );
        let there = address
            .without("vue")
            .without("page")
            .without("type")
            .with("du", date)
            .with("au", date)
            .with("site", names.site_slug(site))
            .with("activite", names.activity_slug(activity).unwrap_or_default());
        lines.push(SessionLine {
            date: day_of(date, commune.today()),
            site: names.site(site).to_owned(),
            activity: names.activity(activity),
            counts: (row.count(4)?, row.count(5)?),
            state: state(found, commune, names),
            address: there.to_string(),
            waive: waives.map(|base| format!("{base}/seance/{site}/{date}/{activity}")),
        });
    }
    Ok((lines, (filter.page, SIZE, total)))
}

fn state(found: Completeness, commune: &Commune, names: &Names) -> SessionState {
    SessionState {
        over: found.over,
        open: found.open,
        owed: if found.over {
            owed(&found.owed, commune, names)
        } else {
            Vec::new()
        },
        waived: found.waived,
    }
}

/// What tablets owe, a sentence each.
pub(super) fn owed(all: &[Owed], commune: &Commune, names: &Names) -> Vec<String> {
    all.iter()
        .map(|one| {
            let tablet = names.device(one.device);
            match one.why {
                Why::Owes(count) => words::owes(&tablet, count),
                Why::NotHeard(at) => {
                    let at = at.map(|at| moment(at, commune));
                    words::not_heard(&tablet, at.as_deref())
                }
                Why::AfterLoss => words::after_loss(&tablet),
            }
        })
        .collect()
}
