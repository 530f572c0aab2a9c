//! Children nobody knew: who they are.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Days, NaiveDate};
use server_ui::desk::devices::{KnownChild, UnknownPage, unknown_page};
use server_ui::desk::form::{Done, FormState};
use server_ui::desk::{Notice, Stranger};
use shared::ids::{ChildId, MarkId, SiteId};
use shared::mark::{Kind, unpack};
use shared::operation::{Body, Refusal};
use shared::text::matches;

use super::super::day::day_of;
use super::super::posted::Posted;
use super::super::reach::Reach;
use super::super::reply::{DeskError, page};
use super::super::rights::Right;
use super::super::visit::Desk;
use crate::commune::Commune;
use crate::store::{Read, Row, StoreError};

/// How far back they are shown, in days.
const BACK_DAYS: u64 = 60;
/// How many children a search shows.
pub(in super::super) const SHOWN: usize = 20;

/// A child nobody knew, where and when.
struct Unknown {
    child: ChildId,
    site: SiteId,
    words: String,
    place: String,
    known_as: Option<String>,
}

/// Those of the last weeks within reach, newest first; each once.
fn all(tx: &mut dyn Read, reach: &Reach, commune: &Commune) -> Result<Vec<Unknown>, StoreError> {
    let today = commune.today();
    let since = today.checked_sub_days(Days::new(BACK_DAYS)).unwrap_or(today);
    let mut all: Vec<Unknown> = Vec::new();
    for row in tx.query(
        include_str!("../../../record/stranger/since.sql"),
        &[since.into()],
    )? {
        let found = unknown(&row, commune)?;
        if reach.has(found.site) && all.iter().all(|one| one.child != found.child) {
            all.push(found);
        }
    }
    Ok(all)
}

fn unknown(row: &Row, commune: &Commune) -> Result<Unknown, StoreError> {
    let mark = MarkId(row.uuid(0)?);
    let words = match unpack(&row.bytes(5)?).map(|mark| mark.kind) {
        Ok(Kind::Stranger { sealed }) => shared::seal::open(&commune.keys.notes, mark, &sealed.0),
        _ => None,
    };
    let known_as = match row.opt(6, Row::text)? {
        Some(last) => Some(format!("{last} {}", row.text(7)?)),
        None => None,
    };
    Ok(Unknown {
        child: ChildId(row.uuid(1)?),
        site: SiteId(row.uuid(2)?),
        words: words.unwrap_or_default().trim().to_owned(),
        place: format!("{}, {}", row.text(3)?, day_of(row.date(4)?, commune.today())),
        known_as,
    })
}

/// What the list of what was kept aside shows of them. `says` is where each leads, for whoever may
/// say who they are.
pub(in super::super) fn strangers(
    tx: &mut dyn Read,
    reach: &Reach,
    commune: &Commune,
    says: Option<&str>,
) -> Result<Vec<Stranger>, StoreError> {
    let found = all(tx, reach, commune)?;
    Ok(found
        .into_iter()
        .map(|one| Stranger {
            words: called(&one),
            address: says.map(|base| format!("{base}/inconnus/{}", one.child)),
            place: one.place,
            known_as: one.known_as,
        })
        .collect())
}

/// What stands for a name.
fn called(one: &Unknown) -> String {
    if one.words.is_empty() {
        server_ui::desk::devices::without_words()
    } else {
        one.words.clone()
    }
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SettleQuarantine)?;
    let asked = desk.asked(&["q"]);
    let search = FormState::default().with("q", asked.value("q"));
    draw(&desk, search, None, StatusCode::OK).await
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::SettleQuarantine)?;
    let one = find(&desk).await?;
    let refusal = match form.value("enfant").parse() {
        Ok(child) => {
            let body = Body::AttachChild {
                unknown: one.child,
                child,
            };
            match desk.submit(None, body).await? {
                Ok(_) => {
                    let back = desk.at("/quarantaine#inconnus");
                    return Ok(desk.done(&back, Done::Recognised));
                }
                Err(refusal) => refusal,
            }
        }
        Err(_) => Refusal::NotFound("cet enfant"),
    };
    let search = FormState::default();
    draw(
        &desk,
        search,
        Some(refusal.to_string()),
        StatusCode::UNPROCESSABLE_ENTITY,
    )
    .await
}

/// The unknown child in the path, if it was pointed within reach.
async fn find(desk: &Desk) -> Result<Unknown, DeskError> {
    let child = ChildId(desk.uuid("id")?);
    let reach = desk.reach().clone();
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| all(tx, &reach, commune))
    });
    let mut found = found.await?.into_iter();
    found
        .find(|one| one.child == child)
        .ok_or_else(|| desk.said(Notice::PageUnknown))
}

async fn draw(
    desk: &Desk,
    search: FormState,
    trouble: Option<String>,
    status: StatusCode,
) -> Result<Response, DeskError> {
    let one = find(desk).await?;
    let query = search.value("q").trim().to_owned();
    let mut found = if query.is_empty() {
        Vec::new()
    } else {
        let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
            let today = commune.today();
            commune.store.read(|tx| matching(tx, &query, today))
        });
        found.await?
    };
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let view = UnknownPage {
        bar: desk.bar(),
        words: called(&one),
        action: desk.at(&format!("/quarantaine/inconnus/{}", one.child)),
        place: one.place,
        known_as: one.known_as,
        search,
        found,
        more,
        trouble,
    };
    Ok(page(status, unknown_page(&view)))
}

/// The children of the town whose name matches, in French order; one more than are shown.
pub(in super::super) fn matching(
    tx: &mut dyn Read,
    query: &str,
    today: NaiveDate,
) -> Result<Vec<KnownChild>, StoreError> {
    let rows = tx.query(include_str!("../../../record/child/search.sql"), &[today.into()])?;
    let mut found = Vec::new();
    for row in rows {
        if found.len() > SHOWN {
            break;
        }
        if matches(&row.text(6)?, query) {
            let born = row.date(3)?.format("%d/%m/%Y").to_string();
            found.push(KnownChild {
                id: ChildId(row.uuid(0)?).to_string(),
                name: format!("{} {}", row.text(2)?, row.text(1)?),
                details: server_ui::desk::devices::told_apart(
                    &born,
                    row.opt(4, Row::text)?.as_deref(),
                    row.opt(5, Row::text)?.as_deref(),
                ),
            });
        }
    }
    Ok(found)
}
