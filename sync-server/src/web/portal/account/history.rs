//! What was done, newest first, as far back as the town shows.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, NaiveDate, NaiveTime};
use server_ui::portal::Place;
use server_ui::portal::account::{HistoryKind, HistoryLine, HistoryPage, history_page};
use shared::operation::PortalRecord;
use shared::time::UtcMs;

use super::lines::Worder;
use super::sight::Sight;
use crate::about;
use crate::commune::Commune;
use crate::store::{Read, StoreError};
use crate::web::portal::family::Guest;
use crate::web::portal::permit::Permit;
use crate::web::portal::reply::{PortalError, page};
use crate::web::portal::session::Guardian;

/// Lines of a page.
pub(super) const LINES: usize = 50;
/// Entries read at a time.
const AT_ONCE: u64 = 64;
/// Entries read for one page at most: a kind that is rare is found on a page further on.
const READ_AT_MOST: u64 = 2_000;
/// Steps of looking through the journal before somebody reads.
const STEPS: u32 = 25;

/// What somebody asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) kind: Option<HistoryKind>,
    /// The entry below which the page begins.
    pub(super) before: Option<u64>,
    /// So many lines, and those of the entry that goes beyond.
    pub(super) lines: usize,
}

/// What was found.
pub(super) struct Answer {
    pub(super) lines: Vec<HistoryLine>,
    pub(super) older: Option<u64>,
    pub(super) behind: bool,
    pub(super) since: NaiveDate,
}

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::SeeAccount)?;
    let asked = Asked {
        kind: family.visit.asked("genre").and_then(HistoryKind::named),
        before: family.visit.asked("avant").and_then(|text| text.parse().ok()),
        lines: LINES,
    };
    let guardian = family.guardian.clone();
    let portal = family.ground.portal.clone();
    let read = family.visit.app.with(&family.visit.slug, move |commune| {
        about::fill_some(commune, STEPS)?;
        read(commune, &guardian, &portal, asked)
    });
    let answer = read.await?;
    let view = HistoryPage {
        frame: family.frame(Some(Place::Account)),
        lines: answer.lines,
        kind: asked.kind,
        since: format!("{} {}", shared::words::day(answer.since), answer.since.year()),
        older: answer.older,
        later: asked.before.is_some(),
        behind: answer.behind,
    };
    Ok(page(StatusCode::OK, history_page(&view)))
}

/// Reads a page of what a guardian may see.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn read(
    commune: &Commune,
    guardian: &Guardian,
    portal: &PortalRecord,
    asked: Asked,
) -> Result<Answer, StoreError> {
    let since = about::since(commune.today(), portal.history_years);
    let from = UtcMs::at_civil(since, NaiveTime::MIN, commune.zone);
    commune.store.read(|tx| {
        let sight = Sight::of(tx, guardian)?;
        let worder = Worder {
            sight: &sight,
            zone: commune.zone,
            label: &commune.label,
        };
        let (lines, older) = lines(tx, &worder, from, asked)?;
        Ok(Answer {
            lines,
            older,
            behind: about::is_behind(tx)?,
            since,
        })
    })
}

fn lines(
    tx: &mut dyn Read,
    worder: &Worder<'_>,
    from: UtcMs,
    asked: Asked,
) -> Result<(Vec<HistoryLine>, Option<u64>), StoreError> {
    let people: BTreeSet<_> = worder.sight.people().into_iter().collect();
    let floor = about::first_since(tx, from)?;
    let mut before = asked.before.unwrap_or(i64::MAX as u64);
    let mut lines: Vec<HistoryLine> = Vec::new();
    let mut read = 0;
    loop {
        let (found, more) = about::newest(tx, &people, floor..before, AT_ONCE)?;
        for one in &found {
            let seq = one.header.seq;
            if Worder::at(one) < from {
                continue;
            }
            let mut told = worder.lines(tx, one)?;
            told.retain(|(kind, _)| asked.kind.is_none_or(|asked| asked == *kind));
            if !lines.is_empty() && lines.len() + told.len() > asked.lines {
                return Ok((lines, Some(seq + 1)));
            }
            lines.extend(told.into_iter().map(|(_, line)| line));
        }
        read += found.len() as u64;
        let Some(next) = more else {
            return Ok((lines, None));
        };
        if read >= READ_AT_MOST {
            return Ok((lines, Some(next)));
        }
        before = next;
    }
}
