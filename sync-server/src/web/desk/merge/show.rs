//! The page, drawn.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::FormState;
use server_ui::desk::merge::{
    ListedLine, MergePage, OpenGroup, PastMerge, RunLine, SourceLine, kind_words, merge_page,
};
use shared::codec::decode;
use shared::operation::Actor;
use shared::time::UtcMs;

use super::super::families::who;
use super::super::recovery::{self, moment};
use super::super::reply::{DeskError, page};
use super::super::rights::Right;
use super::super::visit::Desk;
use super::open::{Came, groups};
use super::{PATH, upload, waiting};
use crate::commune::Commune;
use crate::merge::source::here;
use crate::store::{Read, Row, StoreError};
use crate::web::WebError;

/// Listed operations on one page.
const LISTED: u64 = 100;
/// Merges on one page.
const PAST: u64 = 20;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::Recover)?;
    let view = load(&desk, Came::default()).await?;
    Ok(page(StatusCode::OK, merge_page(&view)))
}

/// The page as it is now, with what came of a form.
pub(super) async fn load(desk: &Desk, came: Came) -> Result<MergePage, DeskError> {
    let address = desk.at(PATH);
    let host = std::sync::Arc::clone(&desk.visit.app.host);
    let bar = desk.bar();
    let recovery = desk.at(recovery::PATH);
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let found = here(&host, commune, host.merges.offsite());
        let sources = found.unwrap_or_else(|error| {
            tracing::warn!(%error, "what was set aside cannot be looked for");
            Vec::new()
        });
        let runs = host.merges.of(&commune.slug);
        let read = commune.store.read(|tx| stored(tx, commune, &came))?;
        Ok::<_, WebError>(MergePage {
            bar,
            recovery,
            open: read.open,
            waiting: read.waiting,
            runs: runs
                .iter()
                .map(|run| RunLine {
                    name: run.name.clone(),
                    address: format!("{address}/lecture/{}", run.token),
                })
                .collect(),
            sources: sources
                .into_iter()
                .map(|source| SourceLine {
                    from: source.from,
                    offsite: source.offsite,
                })
                .collect(),
            upload: FormState::default(),
            most_gb: upload::MOST_GB,
            families: read.families,
            listed: read.listed,
            listed_total: read.listed_total,
            past: read.past,
            address,
        })
    });
    Ok(view.await?)
}

struct Stored {
    open: Vec<OpenGroup>,
    waiting: u64,
    families: u64,
    listed: Vec<ListedLine>,
    listed_total: u64,
    past: Vec<PastMerge>,
}

fn count(tx: &mut dyn Read, sql: &str) -> Result<u64, StoreError> {
    tx.first(sql, &[])?.map_or(Ok(0), |row: Row| row.count(0))
}

pub(super) fn actor(bytes: &[u8]) -> Result<Actor, StoreError> {
    decode(bytes).map_err(|error| StoreError::Shape(error.to_string()))
}

fn stored(tx: &mut dyn Read, commune: &Commune, came: &Came) -> Result<Stored, StoreError> {
    let mut listed = Vec::new();
    let sql = include_str!("../../../record/lost/listed.sql");
    for row in tx.query(sql, &[LISTED.into()])? {
        listed.push(ListedLine {
            kind: kind_words(&row.text(0)?),
            made: moment(UtcMs(row.int(1)?), commune),
            who: who(tx, actor(&row.bytes(2)?)?)?,
            why: row.text(3)?,
        });
    }
    let mut past = Vec::new();
    let sql = include_str!("../../../record/merge/newest.sql");
    for row in tx.query(sql, &[PAST.into()])? {
        past.push(PastMerge {
            at: moment(UtcMs(row.int(0)?), commune),
            source: row.text(1)?,
            entries: row.count(2)?,
            who: who(tx, actor(&row.bytes(3)?)?)?,
        });
    }
    Ok(Stored {
        open: groups(tx, commune, came)?,
        waiting: waiting(tx)?,
        families: count(tx, include_str!("../../../record/lost/families_count.sql"))?,
        listed,
        listed_total: count(tx, include_str!("../../../record/lost/listed_count.sql"))?,
        past,
    })
}
