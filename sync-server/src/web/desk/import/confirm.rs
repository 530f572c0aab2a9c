//! A confirmed file goes through the corridor; what came of it is told.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::import::{ReportPage, report_page};
use shared::ids::AgentId;
use shared::operation::{Actor, Channel, Operation};

use super::draft::{self, Draft, Report};
use super::{preview, upload};
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::import::{self, Plan, Verdict, operations};
use crate::web::WebError;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page, see_other};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Operations under one commit: others get their turn between two.
const CHUNK: usize = 200;

/// One import is written at a time, so that what is judged is what is written.
static WRITING: Mutex<()> = Mutex::new(());

/// What came of a confirmation.
enum Came {
    /// It was written, now or by an earlier click.
    Done,
    /// The record is not as it was previewed: nothing was written.
    Moved(Box<(Draft, Plan)>),
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::Import)?;
    let confirmed = form.value("empreinte").to_owned();
    let token = desk.uuid("token")?;
    let came = draft::with(&desk, move |commune, draft| {
        let _turn = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        // What waited for its turn may have been written meanwhile.
        let Some(draft) = draft::find(commune, draft.token, draft.agent)? else {
            return Ok(Came::Done);
        };
        if draft.chosen.report.is_some() {
            return Ok(Came::Done);
        }
        let plan = draft.plan(commune)?;
        let operations = operations::of(&plan, draft.token);
        if !draft.chosen.settled || operations::fingerprint(&operations) != confirmed {
            return Ok(Came::Moved(Box::new((draft, plan))));
        }
        write(commune, draft, &plan, operations)?;
        Ok(Came::Done)
    })
    .await?;
    match came {
        Came::Done => Ok(see_other(&desk.at(&format!("/import/{token}/rapport")))),
        Came::Moved(view) if view.0.chosen.settled => preview::draw(&desk, &view.0, &view.1, true),
        Came::Moved(view) => Ok(see_other(&view.0.at(&desk, "/colonnes"))),
    }
}

fn write(
    commune: &Commune,
    mut draft: Draft,
    plan: &Plan,
    planned: Vec<operations::Planned>,
) -> Result<(), WebError> {
    let mut refused: BTreeMap<usize, String> = BTreeMap::new();
    for chunk in planned.chunks(CHUNK) {
        let all = chunk
            .iter()
            .map(|one| operation(commune, draft.agent, one))
            .collect();
        match commune.submit_all(all) {
            Ok(()) => {}
            // Somebody changed one of them a moment ago: the others still go in.
            Err(CorridorError::Refused(_)) => {
                for one in chunk {
                    match commune.submit(operation(commune, draft.agent, one)) {
                        Ok(_) => {}
                        Err(CorridorError::Refused(refusal)) => {
                            refused.extend(one.lines.iter().map(|line| (*line, refusal.to_string())));
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    draft.chosen.report = Some(report_of(plan, refused));
    draft::choose(commune, &draft).map_err(WebError::from)
}

fn operation(commune: &Commune, agent: AgentId, planned: &operations::Planned) -> Operation {
    Operation {
        id: planned.id,
        at: commune.clock.now(),
        actor: Actor::Agent(agent),
        channel: Channel::Import,
        seen: planned.seen,
        body: planned.body.clone(),
    }
}

fn report_of(plan: &Plan, refused: BTreeMap<usize, String>) -> Report {
    let mut report = Report {
        classes: plan.classes.len(),
        ..Report::default()
    };
    for (place, line) in plan.lines.iter().enumerate() {
        if let Some(why) = refused.get(&place) {
            report.skipped.push((place, why.clone()));
            continue;
        }
        match &line.verdict {
            Verdict::New => report.new += 1,
            Verdict::Changed(_) => report.changed += 1,
            Verdict::Same => report.same += 1,
            Verdict::Wrong(faults) => {
                let whys: Vec<String> = faults.iter().map(import::fault_words).collect();
                report.skipped.push((place, whys.join(" ")));
            }
        }
    }
    report
}

pub(super) async fn report(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::Import)?;
    let draft = draft::with(&desk, |_, draft| Ok(draft)).await?;
    let Some(report) = &draft.chosen.report else {
        return Ok(see_other(&draft.at(&desk, "")));
    };
    let view = ReportPage {
        bar: desk.bar(),
        home: desk.at(""),
        file: draft.file.clone(),
        new: report.new,
        changed: report.changed,
        same: report.same,
        classes: report.classes,
        skipped: report.skipped.len(),
        skipped_file: draft.at(&desk, "/refusees.csv"),
    };
    Ok(page(StatusCode::OK, report_page(&view)))
}

/// What was left out, as a file to be mended.
pub(super) async fn skipped(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::Import)?;
    let content = draft::with(&desk, |_, draft| {
        let skipped = draft.chosen.report.as_ref().map(|report| report.skipped.clone());
        Ok::<_, WebError>(import::skipped_csv(&draft.table, &skipped.unwrap_or_default()))
    })
    .await?;
    Ok(upload::file("lignes-refusees.csv", content))
}
