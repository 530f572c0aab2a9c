//! Whom to tell: what a merge reserved or cancelled.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use server_ui::desk::merge::{FamiliesPage, TellChild, TellLine, families_page, nameless};
use shared::ids::{ActivityId, ChildId, ReservationId};
use shared::operation::{Body, Choice, TakenBack, decode_body};
use uuid::Uuid;

use super::super::day::day_of;
use super::super::reply::{DeskError, page};
use super::super::rights::Right;
use super::super::visit::Desk;
use super::PATH;
use crate::commune::Commune;
use crate::store::{Read, Row, StoreError};

/// Operations looked at.
const MOST: u64 = 2_000;

/// What changed for a child.
struct Change {
    child: ChildId,
    activity: ActivityId,
    date: NaiveDate,
    made: bool,
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::Recover)?;
    let (bar, back, home) = (desk.bar(), desk.at(PATH), desk.at(""));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let (children, left) = commune.store.read(|tx| told(tx, commune, &home))?;
        Ok::<_, StoreError>(FamiliesPage {
            bar,
            back,
            children,
            left,
        })
    });
    Ok(page(StatusCode::OK, families_page(&view.await?)))
}

fn told(tx: &mut dyn Read, commune: &Commune, home: &str) -> Result<(Vec<TellChild>, u64), StoreError> {
    let sql = include_str!("../../../record/lost/of_families.sql");
    let rows = tx.query(sql, &[MOST.into()])?;
    let mut changes = Vec::new();
    for row in &rows {
        let taken = row.opt(2, Row::text)?.as_deref() == Some(Choice::Take.as_str());
        let bodies = [row.opt(1, Row::bytes)?, row.opt(3, Row::bytes)?.filter(|_| taken)];
        for body in bodies.into_iter().flatten() {
            if let Ok(body) = decode_body(&body) {
                note(tx, &body, &mut changes)?;
            }
        }
    }
    let all = tx.first(include_str!("../../../record/lost/families_count.sql"), &[])?;
    let all = all.map_or(Ok(0), |row| row.count(0))?;
    let left = all.saturating_sub(rows.len() as u64);
    let activities: BTreeMap<Uuid, String> = tx
        .query(include_str!("../sql/activities.sql"), &[])?
        .iter()
        .map(|row| Ok((row.uuid(0)?, row.text(2)?)))
        .collect::<Result<_, StoreError>>()?;
    let mut by_child: BTreeMap<ChildId, Vec<Change>> = BTreeMap::new();
    for change in changes {
        by_child.entry(change.child).or_default().push(change);
    }
    let today = commune.today();
    let mut children = Vec::new();
    for (child, mut changes) in by_child {
        changes.sort_by_key(|change| (change.date, change.activity, change.made));
        let sql = include_str!("../../../record/child/names.sql");
        let (key, name) = match tx.first(sql, &[child.into()])? {
            Some(row) => {
                let (first, last) = (row.text(0)?, row.text(1)?);
                (shared::text::sort_key(&last, &first), format!("{last} {first}"))
            }
            None => (String::new(), nameless()),
        };
        let lines = changes.iter().map(|change| TellLine {
            date: day_of(change.date, today),
            activity: activities.get(&change.activity.0).cloned().unwrap_or_default(),
            made: change.made,
        });
        let told = TellChild {
            name,
            address: format!("{home}/enfants/{child}"),
            lines: lines.collect(),
        };
        children.push((key, told));
    }
    children.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok((children.into_iter().map(|(_, child)| child).collect(), left))
}

fn note(tx: &mut dyn Read, body: &Body, changes: &mut Vec<Change>) -> Result<(), StoreError> {
    let cancelled = |tx: &mut dyn Read, id: ReservationId| -> Result<Option<Change>, StoreError> {
        let sql = include_str!("../../../record/reservation/whose.sql");
        let row = tx.first(sql, &[id.into()])?;
        row.map(|row| {
            Ok(Change {
                child: ChildId(row.uuid(0)?),
                activity: ActivityId(row.uuid(1)?),
                date: row.date(3)?,
                made: false,
            })
        })
        .transpose()
    };
    let made = |line: &shared::operation::ReservationLine| Change {
        child: line.child,
        activity: line.activity,
        date: line.date,
        made: true,
    };
    match body {
        Body::Reserve { lines } => changes.extend(lines.iter().map(made)),
        Body::CancelReservations { reservations } => {
            for id in reservations {
                changes.extend(cancelled(tx, *id)?);
            }
        }
        Body::TakeBackReservations { lines, .. } => {
            for line in lines {
                match line {
                    TakenBack::Made { line, .. } => changes.push(made(line)),
                    TakenBack::Cancelled { reservation, .. } => changes.extend(cancelled(tx, *reservation)?),
                    TakenBack::Changed { .. } => {}
                }
            }
        }
        _ => {}
    }
    Ok(())
}
