//! A confirmed file goes through the corridor; what came of it is told.

use std::collections::BTreeMap;
use std::time::Duration;

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
use crate::jobs::lease::{Holder, Lease, Taken};
use crate::store::StoreError;
use crate::web::WebError;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page, see_other};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Operations under one commit: others get their turn between two.
const CHUNK: usize = 200;

/// The job of whoever writes an import.
const JOB: &str = "import";
/// How long an import is ours after each chunk, in ms: as long as others wait for a process that
/// died at it.
const TURN_MS: i64 = 60_000;
/// How often somebody who waits for another import asks again, and how many times.
const AGAIN: Duration = Duration::from_millis(500);
const PATIENCE: u32 = 40;

/// One import is written at a time in a commune, by whichever process, so that what is judged is
/// what is written. The turn ends when it is dropped; it never leaves the blocking pool.
struct Turn<'c> {
    commune: &'c Commune,
    lease: Lease,
}

impl<'c> Turn<'c> {
    /// Takes the turn, if it is nobody else's.
    fn take(commune: &'c Commune) -> Result<Option<Self>, StoreError> {
        let (holder, now) = (Holder::drawn(), commune.clock.now());
        let taken = commune
            .store
            .write(move |tx| Lease::take(tx, JOB, holder, now, TURN_MS))?;
        Ok(match taken {
            Taken::Ours(lease) => Some(Self { commune, lease }),
            Taken::Theirs(_) => None,
        })
    }

    /// Puts operations through if the turn is still ours, and keeps it.
    fn submit(&self, operations: Vec<Operation>) -> Result<(), CorridorError> {
        let (mut lease, now) = (self.lease.clone(), self.commune.clock.now());
        self.commune
            .submit_all_if(operations, move |tx| lease.renew(tx, now, TURN_MS))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let lease = self.lease.clone();
        if let Err(error) = self.commune.store.write(move |tx| lease.release(tx, None)) {
            tracing::warn!(%error, "the next import waits a minute");
        }
    }
}

/// What came of a confirmation.
enum Came {
    /// It was written, now or by an earlier click.
    Done,
    /// The record is not as it was previewed: nothing was written.
    Moved(Box<(Draft, Plan)>),
    /// Another import is being written.
    Waits,
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::Import)?;
    let confirmed = form.value("empreinte").to_owned();
    let token = desk.uuid("token")?;
    for _ in 0..PATIENCE {
        let confirmed = confirmed.clone();
        let came = draft::with(&desk, move |commune, draft| confirm(commune, draft, &confirmed));
        match came.await? {
            Came::Done => return Ok(see_other(&desk.at(&format!("/import/{token}/rapport")))),
            Came::Moved(view) if view.0.chosen.settled => {
                return preview::draw(&desk, &view.0, &view.1, true);
            }
            Came::Moved(view) => return Ok(see_other(&view.0.at(&desk, "/colonnes"))),
            Came::Waits => tokio::time::sleep(AGAIN).await,
        }
    }
    Err(WebError::Busy.into())
}

fn confirm(commune: &Commune, draft: Draft, confirmed: &str) -> Result<Came, WebError> {
    let Some(turn) = Turn::take(commune)? else {
        return Ok(Came::Waits);
    };
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
    write(&turn, draft, &plan, operations)?;
    Ok(Came::Done)
}

fn write(
    turn: &Turn<'_>,
    mut draft: Draft,
    plan: &Plan,
    planned: Vec<operations::Planned>,
) -> Result<(), WebError> {
    let commune = turn.commune;
    let mut refused: BTreeMap<usize, String> = BTreeMap::new();
    for chunk in planned.chunks(CHUNK) {
        let all = chunk
            .iter()
            .map(|one| operation(commune, draft.agent, one))
            .collect();
        match turn.submit(all) {
            Ok(()) => {}
            // Somebody changed one of them a moment ago: the others still go in.
            Err(CorridorError::Refused(_)) => {
                for one in chunk {
                    match turn.submit(vec![operation(commune, draft.agent, one)]) {
                        Ok(()) => {}
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
