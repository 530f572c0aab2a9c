//! One merge: asked for, looked at, begun, followed.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::merge::{
    CountLine, RunCounts, RunPage, RunStage, ToSettleLine, kind_words, run_gone, run_page,
};
use shared::operation::{Actor, Fate};

use super::super::posted::Posted;
use super::super::recovery::moment;
use super::super::reply::{DeskError, page, see_other};
use super::super::rights::Right;
use super::super::visit::Desk;
use super::PATH;
use crate::commune::Commune;
use crate::merge::Report;
use crate::merge::runs::{Run, Standing};
use crate::merge::source::here;
use crate::web::WebError;

/// Operations to settle that a look at a merge names.
const NAMED: usize = 40;

/// Reads what the host found by itself.
pub(super) async fn begin(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::Recover)?;
    let wanted = form.value("source").to_owned();
    let host = Arc::clone(&desk.visit.app.host);
    // Nothing that a form names is ever opened, but what the host itself found.
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let all = here(&host, commune, host.merges.offsite());
        let mut all = all
            .map_err(|error| WebError::Fault(error.to_string()))?
            .into_iter();
        Ok::<_, WebError>(all.find(|here| here.from == wanted))
    });
    let Some(found) = found.await? else {
        return Err(desk.said(Notice::PageUnknown));
    };
    Ok(start(&desk, found.from, None))
}

/// Begins to read, and leads to the page that follows it.
pub(super) fn start(desk: &Desk, from: String, sent: Option<(std::path::PathBuf, String)>) -> Response {
    let host = Arc::clone(&desk.visit.app.host);
    let commune = Arc::clone(&desk.commune);
    let run = host
        .merges
        .add(commune.slug.clone(), from, sent, commune.clock.now());
    let address = at(desk, &run);
    tokio::task::spawn_blocking(move || run.read(&host, &commune));
    see_other(&address)
}

fn at(desk: &Desk, run: &Run) -> String {
    desk.at(&format!("{PATH}/lecture/{}", run.token))
}

fn find(desk: &Desk) -> Result<Option<Arc<Run>>, DeskError> {
    let token = desk.uuid("token")?;
    Ok(desk.visit.app.host.merges.get(&desk.commune.slug, token))
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::Recover)?;
    let Some(run) = find(&desk)? else {
        return Ok(gone(&desk));
    };
    let name = run.name.clone();
    let address = at(&desk, &run);
    let stage = desk.visit.app.with(&desk.visit.slug, move |commune| {
        Ok::<_, WebError>(stage(run.standing(commune), commune))
    });
    let view = RunPage {
        stage: stage.await?,
        bar: desk.bar(),
        name,
        address,
        back: desk.at(PATH),
    };
    Ok(page(StatusCode::OK, run_page(&view)))
}

/// Another process of the host keeps it, or nobody does any more.
fn gone(desk: &Desk) -> Response {
    let view = RunPage {
        bar: desk.bar(),
        name: String::new(),
        address: desk.at(PATH),
        back: desk.at(PATH),
        stage: RunStage::Stopped(run_gone()),
    };
    page(StatusCode::NOT_FOUND, run_page(&view))
}

fn stage(standing: Standing, commune: &Commune) -> RunStage {
    match standing {
        Standing::Reading => RunStage::Reading,
        Standing::Read(report) => RunStage::Read(counts(&report, commune)),
        Standing::Merging { done, all } => RunStage::Merging { done, all },
        Standing::Merged(report) => RunStage::Merged(counts(&report, commune)),
        Standing::Stopped(why) => RunStage::Stopped(why),
    }
}

fn counts(report: &Report, commune: &Commune) -> RunCounts {
    let mut kinds: Vec<CountLine> = Vec::new();
    for (kind, counts) in &report.by_kind {
        let name = kind_words(kind);
        let line = match kinds.iter_mut().find(|line| line.name == name) {
            Some(line) => line,
            None => {
                kinds.push(CountLine {
                    name,
                    ..CountLine::default()
                });
                let last = kinds.len() - 1;
                &mut kinds[last]
            }
        };
        line.applied += counts.applied;
        line.already_there += counts.already_there;
        line.to_settle += counts.to_settle;
        line.listed += counts.listed;
    }
    let open = report
        .lines
        .iter()
        .filter(|line| line.fate == Fate::ToSettle && !line.earlier);
    RunCounts {
        total: CountLine {
            name: String::new(),
            applied: report.applied,
            already_there: report.already_there,
            to_settle: report.to_settle,
            listed: report.listed,
        },
        earlier: report.earlier,
        kinds,
        to_settle: open
            .take(NAMED)
            .map(|line| ToSettleLine {
                kind: kind_words(&line.kind),
                made: moment(line.made_at, commune),
                why: line.why.clone(),
            })
            .collect(),
        problems: report.problems.clone(),
    }
}

pub(super) async fn merge(posted: Posted) -> Result<Response, DeskError> {
    let (desk, _) = posted.allow(Right::Recover)?;
    let Some(run) = find(&desk)? else {
        return Ok(gone(&desk));
    };
    let address = at(&desk, &run);
    let claimed = Arc::clone(&run);
    let lost = desk.visit.app.with(&desk.visit.slug, move |commune| {
        Ok::<_, WebError>(claimed.claim(commune))
    });
    if let Some(lost) = lost.await? {
        let (commune, actor) = (Arc::clone(&desk.commune), Actor::Agent(desk.session.agent));
        tokio::task::spawn_blocking(move || run.merge(&commune, lost, actor));
    }
    Ok(see_other(&address))
}

pub(super) async fn leave(posted: Posted) -> Result<Response, DeskError> {
    let (desk, _) = posted.allow(Right::Recover)?;
    if let Some(run) = find(&desk)? {
        desk.visit.app.host.merges.forget(&run);
    }
    Ok(see_other(&desk.at(PATH)))
}
