//! One outage, and what became of what tablets made in it.

use std::collections::BTreeMap;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use server_ui::desk::Notice;
use server_ui::desk::outages::{OutagePage, Sum, TabletLine, at_words, outage_file, outage_page};
use shared::ids::{DeviceId, OutageId};
use shared::operation::OutageCause;
use shared::time::UtcMs;

use super::{PATH, Sites, line, moment};
use crate::commune::Commune;
use crate::outages::{Account, Came, Outage, TabletAccount, account, outage};
use crate::store::StoreError;
use crate::web::desk::day::{day_of, hour_of};
use crate::web::desk::quarantine::end_of;
use crate::web::desk::recovery;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::{Right, may};
use crate::web::desk::visit::Desk;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    let view = load(&desk).await?;
    Ok(page(StatusCode::OK, outage_page(&view)))
}

pub(super) async fn as_file(desk: Desk) -> Result<Response, DeskError> {
    let view = load(&desk).await?;
    let name = format!("attachment; filename=\"panne-{}.csv\"", desk.word("id"));
    let fixed = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment")),
        ),
    ];
    Ok((fixed, outage_file(&view)).into_response())
}

async fn load(desk: &Desk) -> Result<OutagePage, DeskError> {
    desk.require(Right::SeeRecovery)?;
    let id = OutageId(desk.uuid("id")?);
    let (bar, list) = (desk.bar(), desk.at(PATH));
    let recovery = desk.at(recovery::PATH);
    let notes = may(desk.session.role, Right::NoteOutages);
    let reach = desk.reach().clone();
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let now = commune.clock.now();
        let found = commune.store.read(|tx| {
            let sites = Sites::read(tx, &reach)?;
            let Some(outage) = outage(tx, id)?.filter(|outage| sites.sees(outage)) else {
                return Ok(None);
            };
            let account = account(tx, &outage, now, commune.zone, &sites.touched(&outage))?;
            Ok::<_, StoreError>(Some((outage, sites, account)))
        })?;
        let Some((outage, sites, account)) = found else {
            return Ok(None);
        };
        let line = line(&outage, &sites, commune, &list);
        Ok::<_, StoreError>(Some(OutagePage {
            bar,
            edit: (notes && sites.changes(&outage)).then(|| format!("{}/modifier", line.address)),
            file: format!("{}/fichier", line.address),
            line,
            list,
            recovery: (outage.record.cause == OutageCause::Loss).then_some(recovery),
            sum: sum(&account, &outage, commune),
            tablets: tablets(account, &outage, &sites, commune),
        }))
    });
    view.await?.ok_or_else(|| desk.said(Notice::PageUnknown))
}

fn sum(account: &Account, outage: &Outage, commune: &Commune) -> Sum {
    let began = outage.record.from.date_in(commune.zone);
    let last = account.back.span.map(|(_, last)| {
        let date = last.date_in(commune.zone);
        let day = day_of(date, commune.today());
        at_words(
            Some(day.as_str()).filter(|_| date != began),
            &hour_of(last, commune),
        )
    });
    Sum {
        back: account.back.count,
        owed: account.owed,
        from_disk: account.from_disk,
        awaited: account.awaited,
        last,
    }
}

fn tablets(account: Account, outage: &Outage, sites: &Sites, commune: &Commune) -> Vec<TabletLine> {
    let until = outage.until(commune.clock.now());
    let names: BTreeMap<DeviceId, String> = account
        .tablets
        .iter()
        .map(|(id, tablet)| (*id, tablet.name.clone()))
        .collect();
    let name_of = |id: &DeviceId| {
        let name = names.get(id).cloned().unwrap_or_default();
        if name.is_empty() { end_of(id.0) } else { name }
    };
    let mut lines: Vec<TabletLine> = account
        .tablets
        .into_iter()
        .map(|(id, tablet)| {
            let others = tablet.by_others.iter();
            TabletLine {
                end: end_of(id.0),
                sites: tablet
                    .sites
                    .iter()
                    .filter_map(|site| sites.name(*site))
                    .collect::<Vec<_>>()
                    .join(", "),
                made: tablet.made.count,
                made_span: span(&tablet.made, outage, commune),
                back_span: span(&tablet.back, outage, commune),
                by_others: others.map(|(id, count)| (name_of(id), *count)).collect(),
                from_disk: tablet.from_disk,
                owed: tablet.owed,
                heard: tablet.heard.map(|at| moment(at, commune)),
                awaited: is_awaited(&tablet, until),
                withdrawn: tablet.withdrawn.is_some(),
                name: tablet.name,
            }
        })
        .collect();
    lines.sort_by(|a, b| {
        let key = |line: &TabletLine| (!line.awaited, std::cmp::Reverse(line.made));
        (key(a), &a.name, &a.end).cmp(&(key(b), &b.name, &b.end))
    });
    lines
}

fn is_awaited(tablet: &TabletAccount, until: UtcMs) -> bool {
    tablet.withdrawn.is_none() && !tablet.is_settled(until)
}

/// The first and the last instant: hours alone on the day on which the outage began.
fn span(came: &Came, outage: &Outage, commune: &Commune) -> Option<[String; 2]> {
    let (first, last) = came.span?;
    let began = outage.record.from.date_in(commune.zone);
    let words = |at: UtcMs| {
        if at.date_in(commune.zone) == began {
            hour_of(at, commune)
        } else {
            moment(at, commune)
        }
    };
    Some([words(first), words(last)])
}
