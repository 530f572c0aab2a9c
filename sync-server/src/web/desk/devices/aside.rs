//! One payload that was kept aside: read, then taken in or left.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::devices::{AsideLine, AsidePage, SaidMark, aside_page};
use server_ui::desk::form::Done;
use shared::codec::Hash32;
use shared::ids::{ActivityId, ChildId, DeviceId, SiteId};
use shared::mark::{Kind, Mark};
use shared::operation::{Body, Settlement};
use shared::time::UtcMs;

use super::super::day::{day_of, hour_of};
use super::super::posted::Posted;
use super::super::quarantine::kept_aside;
use super::super::reply::{DeskError, page};
use super::super::rights::{Right, may};
use super::super::visit::Desk;
use super::payload::{self, Readable};
use crate::commune::Commune;
use crate::day_lists;
use crate::record;
use crate::store::{Read, Row, StoreError};

/// A payload of the record.
struct Aside {
    row: Row,
    device: DeviceId,
    site: SiteId,
    marks: Vec<Readable>,
    names: Names,
}

/// What the lines are told with.
struct Names {
    children: BTreeMap<ChildId, String>,
    activities: BTreeMap<ActivityId, String>,
    sites: BTreeMap<SiteId, String>,
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeQuarantine)?;
    let aside = load(&desk).await?;
    draw(&desk, aside, None, StatusCode::OK)
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::SettleQuarantine)?;
    let aside = load(&desk).await?;
    let hash = hash_of(&desk)?;
    let (settlement, done) = match form.value("choix") {
        "prendre" => {
            let marks = payload::received(&aside.marks, aside.device);
            (Settlement::Taken { marks }, Done::TakenIn)
        }
        "laisser" => (Settlement::Left, Done::LeftAside),
        _ => return draw(&desk, aside, None, StatusCode::UNPROCESSABLE_ENTITY),
    };
    match desk
        .submit(None, Body::SettleQuarantine { hash, settlement })
        .await?
    {
        Ok(_) => Ok(desk.done(&desk.at("/quarantaine"), done)),
        Err(refusal) => draw(
            &desk,
            aside,
            Some(refusal.to_string()),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
    }
}

fn hash_of(desk: &Desk) -> Result<Hash32, DeskError> {
    let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(desk.word("hash").as_bytes());
    bytes
        .ok()
        .and_then(|bytes| Hash32::from_slice(&bytes))
        .ok_or_else(|| desk.said(Notice::PageUnknown))
}

/// The payload in the path, if it is of a site within reach.
async fn load(desk: &Desk) -> Result<Aside, DeskError> {
    let hash = hash_of(desk)?;
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| read(tx, hash, commune))
    });
    let aside = found.await?.ok_or_else(|| desk.said(Notice::PageUnknown))?;
    if desk.reach().has(aside.site) {
        Ok(aside)
    } else {
        Err(desk.said(Notice::Forbidden))
    }
}

fn read(tx: &mut dyn Read, hash: Hash32, commune: &Commune) -> Result<Option<Aside>, StoreError> {
    let Some(row) = tx.first(include_str!("../../../record/quarantine/one.sql"), &[hash.into()])? else {
        return Ok(None);
    };
    let marks = payload::marks(tx, &row.bytes(10)?)?;
    let names = names(tx, &marks, row.date(4)?, commune)?;
    Ok(Some(Aside {
        device: DeviceId(row.uuid(1)?),
        site: SiteId(row.uuid(9)?),
        row,
        marks,
        names,
    }))
}

fn names(
    tx: &mut dyn Read,
    marks: &[Readable],
    date: chrono::NaiveDate,
    commune: &Commune,
) -> Result<Names, StoreError> {
    let aliases = day_lists::aliases_of(tx, date)?;
    let mut children = BTreeMap::new();
    for child in marks.iter().filter_map(|read| read.mark.child) {
        if children.contains_key(&child) {
            continue;
        }
        let known = aliases.get(&child).copied().unwrap_or(child);
        let row = tx.first(include_str!("../../../record/child/names.sql"), &[known.into()])?;
        let name = match row {
            Some(row) => format!("{} {}", row.text(1)?, row.text(0)?),
            None => words_of(marks, child, commune).unwrap_or_default(),
        };
        children.insert(child, name);
    }
    let activities = record::activities(tx)?;
    let sites = record::sites(tx)?;
    Ok(Names {
        children,
        activities: activities.into_iter().map(|(a, _)| (a.id, a.name)).collect(),
        sites: sites.into_iter().map(|(s, _)| (s.id, s.name)).collect(),
    })
}

/// What the payload itself calls a child nobody knows.
fn words_of(marks: &[Readable], child: ChildId, commune: &Commune) -> Option<String> {
    marks.iter().find_map(|read| match &read.mark.kind {
        Kind::Stranger { sealed } if read.mark.child == Some(child) => {
            shared::seal::open(&commune.keys.notes, read.id, &sealed.0)
        }
        _ => None,
    })
}

fn draw(
    desk: &Desk,
    aside: Aside,
    trouble: Option<String>,
    status: StatusCode,
) -> Result<Response, DeskError> {
    let base = desk.at("/quarantaine");
    let kept = kept_aside(&aside.row, &desk.commune, &base)?;
    let may_settle = may(desk.session.role, Right::SettleQuarantine) && kept.settled.is_none();
    let view = AsidePage {
        bar: desk.bar(),
        action: may_settle.then(|| format!("{}/decision", kept.address)),
        already: aside.marks.iter().filter(|read| read.known).count(),
        lines: aside
            .marks
            .iter()
            .map(|read| line(read, &aside.names, &desk.commune))
            .collect(),
        kept,
        trouble,
    };
    Ok(page(status, aside_page(&view)))
}

fn line(read: &Readable, names: &Names, commune: &Commune) -> AsideLine {
    let mark = &read.mark;
    let at = said_at(mark);
    let child = mark.child.and_then(|child| names.children.get(&child).cloned());
    AsideLine {
        child: child.unwrap_or_default(),
        activity: names.activities.get(&mark.activity).cloned().unwrap_or_default(),
        said: said(read, names, commune),
        at: format!(
            "{}, {}",
            day_of(at.date_in(commune.zone), commune.today()),
            hour_of(at, commune)
        ),
        known: read.known,
    }
}

fn said_at(mark: &Mark) -> UtcMs {
    mark.stated
        .unwrap_or_else(|| mark.device_time.plus_ms(mark.offset_ms.unwrap_or_default()))
}

fn said(read: &Readable, names: &Names, commune: &Commune) -> SaidMark {
    match &read.mark.kind {
        Kind::In => SaidMark::In,
        Kind::Out => SaidMark::Out,
        Kind::Absent { reason, .. } => SaidMark::Absent(*reason),
        Kind::Close { children, .. } => SaidMark::Close(children.len()),
        Kind::Reopen => SaidMark::Reopen,
        Kind::Correct { at, .. } => SaidMark::Correct(hour_of(*at, commune)),
        Kind::Void { .. } => SaidMark::Void,
        Kind::Note { .. } => SaidMark::Note,
        Kind::Welcome { .. } => SaidMark::Welcome,
        Kind::Stranger { sealed } => {
            let words = shared::seal::open(&commune.keys.notes, read.id, &sealed.0);
            SaidMark::Stranger(words.unwrap_or_default())
        }
        Kind::Transfer { to } => SaidMark::Transfer(names.sites.get(to).cloned().unwrap_or_default()),
    }
}
