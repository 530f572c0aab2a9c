//! What a file would do, line by line: what is wrong first.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::import::{LineView, PreviewPage, Share, Tone, preview_page};

use super::draft::{self, Draft};
use crate::import::{self, Plan, Planned, Table, Verdict, operations};
use crate::web::desk::reply::{DeskError, page, see_other};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Lines on a page.
const SIZE: usize = 50;

/// The shares, in the order in which somebody wants to see them, and their words in addresses.
const SHARES: [(Tone, &str); 4] = [
    (Tone::Wrong, "refusees"),
    (Tone::Changed, "modifiees"),
    (Tone::New, "nouveaux"),
    (Tone::Same, "inchangees"),
];

fn tone_of(line: &Planned) -> Tone {
    match line.verdict {
        Verdict::Wrong(_) => Tone::Wrong,
        Verdict::Changed(_) => Tone::Changed,
        Verdict::New => Tone::New,
        Verdict::Same => Tone::Same,
    }
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::Import)?;
    let (draft, plan) = draft::with(&desk, |commune, draft| {
        let plan = if draft.chosen.settled && draft.chosen.report.is_none() {
            Some(draft.plan(commune)?)
        } else {
            None
        };
        Ok((draft, plan))
    })
    .await?;
    if draft.chosen.report.is_some() {
        return Ok(see_other(&draft.at(&desk, "/rapport")));
    }
    let Some(plan) = plan else {
        return Ok(see_other(&draft.at(&desk, "/colonnes")));
    };
    draw(&desk, &draft, &plan, false)
}

/// Draws it; `moved` says that the record changed since the page that was confirmed.
pub(super) fn draw(desk: &Desk, draft: &Draft, plan: &Plan, moved: bool) -> Result<Response, DeskError> {
    let asked = desk.asked(&["montrer", "page"]);
    let count = |tone: Tone| plan.lines.iter().filter(|line| tone_of(line) == tone).count();
    let counts = SHARES.map(|(tone, word)| (tone, word, count(tone)));
    let shown = match asked.value("montrer") {
        "" => counts.iter().find(|(.., count)| *count > 0),
        word => counts.iter().find(|(_, other, _)| *other == word),
    };
    let Some((tone, word, total)) = shown.copied() else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let last = total.div_ceil(SIZE).max(1);
    let number = match asked.value("page") {
        "" => 1,
        text => text.parse().unwrap_or(0),
    };
    if !(1..=last).contains(&number) {
        return Err(desk.said(Notice::PageUnknown));
    }
    let base = server_ui::desk::form::Address::new(draft.at(desk, ""));
    let shares = counts.into_iter().map(|(each, word, count)| Share {
        tone: each,
        count,
        address: base.with("montrer", word).to_string(),
        current: each == tone,
    });
    let lines = plan.lines.iter().filter(|line| tone_of(line) == tone);
    let work = plan
        .lines
        .iter()
        .filter(|line| matches!(tone_of(line), Tone::New | Tone::Changed))
        .count();
    let view = PreviewPage {
        bar: desk.bar(),
        home: desk.at(""),
        file: draft.file.clone(),
        total: plan.lines.len(),
        shares: shares.collect(),
        tone,
        lines: lines
            .skip((number - 1) * SIZE)
            .take(SIZE)
            .map(|line| line_view(line, &draft.table))
            .collect(),
        shown: total,
        page: number,
        size: SIZE,
        address: base.with("montrer", word).with(
            "page",
            if number > 1 {
                number.to_string()
            } else {
                String::new()
            },
        ),
        classes: plan.classes.iter().map(|task| task.record.name.clone()).collect(),
        action: draft.at(desk, ""),
        columns: draft.at(desk, "/colonnes"),
        abandon: draft.at(desk, "/abandon"),
        fingerprint: operations::fingerprint(&operations::of(plan, draft.token)),
        work: if plan.is_idle() { 0 } else { work },
        moved,
    };
    let status = if moved {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    Ok(page(status, preview_page(&view)))
}

fn line_view(line: &Planned, table: &Table) -> LineView {
    let header = |column: usize| {
        table
            .headers
            .get(column)
            .filter(|header| !header.is_empty())
            .cloned()
    };
    let said = match &line.verdict {
        Verdict::Wrong(faults) => faults
            .iter()
            .map(|fault| (fault.column.and_then(header), import::fault_words(fault)))
            .collect(),
        Verdict::Changed(changes) => changes
            .iter()
            .map(|change| (None, import::change_words(change)))
            .collect(),
        Verdict::New | Verdict::Same => Vec::new(),
    };
    let born = line.born.map(import::born_words);
    LineView {
        number: line.number,
        last_name: line.name.0.clone(),
        first_name: line.name.1.clone(),
        about: born.into_iter().chain(line.place.clone()).collect(),
        said,
    }
}
