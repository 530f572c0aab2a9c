//! A family is on the telephone: what it asks is noted for it, and answered in the same place.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::form::{Choice, Done, FormState};
use server_ui::desk::requests::{Caller, NotePage, kind_words, note_page};
use shared::ids::{ChildId, GuardianId, RequestId, mint};
use shared::operation::{Body, Channel, RequestKind, RequestRecord};
use shared::text::search_key;

use super::{PATH, text_of};
use crate::clock::random;
use crate::record::{self, SeenChild};
use crate::store::{Read, StoreError};
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Most guardians shown of a search.
const MOST: usize = 20;
/// Longest title, in characters.
const MAX_TITLE: usize = 120;

/// Whoever calls, and the children it sees.
struct Family {
    id: GuardianId,
    name: String,
    children: Vec<SeenChild>,
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::AnswerRequests)?;
    let address = desk.asked(&["q", "responsable"]);
    let query = address.value("q").to_owned();
    match address.value("responsable").parse().ok().map(GuardianId) {
        None => search(&desk, query).await,
        Some(id) => {
            let family = find(&desk, id).await?;
            let id = RequestId(mint(desk.commune.clock.now(), random()));
            let form = FormState::default()
                .with("demande", id.to_string())
                .with("sujet", RequestKind::Other.as_str());
            Ok(draw(&desk, &family, form, StatusCode::OK))
        }
    }
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::AnswerRequests)?;
    let id = form.value("responsable").parse().map(GuardianId);
    let family = find(&desk, id.map_err(|_| desk.said(Notice::PageUnknown))?).await?;
    let of_family = |word: &str| {
        let id = word.parse().ok().map(ChildId);
        id.filter(|id| family.children.iter().any(|child| child.id == *id))
    };
    let id = form.value("demande").parse().ok().map(RequestId);
    let request = RequestRecord {
        id: id.unwrap_or_else(|| RequestId(mint(desk.commune.clock.now(), random()))),
        guardian: family.id,
        kind: form.choice("sujet", RequestKind::Other, RequestKind::named),
        child: form.maybe_choice("enfant", of_family),
        title: form.text("titre", MAX_TITLE),
        text: text_of(&mut form),
    };
    let id = request.id;
    let Some(request) = form.sound(request) else {
        return Ok(draw(&desk, &family, form, StatusCode::UNPROCESSABLE_ENTITY));
    };
    let noted = desk
        .submit_through(Channel::Phone, None, Body::SendRequest { request })
        .await?;
    match noted {
        Ok(_) => Ok(desk.done(&desk.at(&format!("{PATH}/{id}")), Done::Created)),
        Err(refusal) => {
            form.refuse("texte", &refusal);
            Ok(draw(&desk, &family, form, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

async fn find(desk: &Desk, id: GuardianId) -> Result<Family, DeskError> {
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let Some(row) = tx.first(include_str!("sql/guardian.sql"), &[id.into()])? else {
                return Ok::<_, StoreError>(None);
            };
            Ok(Some(Family {
                id,
                name: format!("{} {}", row.text(0)?, row.text(1)?),
                children: record::children_seen(tx, id)?,
            }))
        })
    });
    found.await?.ok_or_else(|| desk.said(Notice::PageUnknown))
}

/// Who calls? A search by name.
async fn search(desk: &Desk, query: String) -> Result<Response, DeskError> {
    let words: Vec<String> = search_key(&query.chars().take(100).collect::<String>())
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let here = desk.at(&format!("{PATH}/nouvelle"));
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        commune.store.read(|tx: &mut dyn Read| {
            let rows = tx.query(include_str!("sql/guardians.sql"), &[])?;
            let mut found = Vec::new();
            for row in &rows {
                let key = row.text(4)?;
                if words.iter().all(|word| key.contains(word.as_str())) && found.len() < MOST {
                    found.push(Caller {
                        address: format!("{here}?responsable={}", GuardianId(row.uuid(0)?)),
                        name: format!("{} {}", row.text(1)?, row.text(2)?),
                        household: row.text(3)?,
                    });
                }
            }
            Ok::<_, StoreError>(found)
        })
    });
    let view = NotePage {
        bar: desk.bar(),
        queue: desk.at(PATH),
        action: desk.at(&format!("{PATH}/nouvelle")),
        query: Some(query),
        callers: found.await?,
        who: None,
        kinds: Vec::new(),
        children: Vec::new(),
        form: FormState::default(),
    };
    Ok(page(StatusCode::OK, note_page(&view)))
}

fn draw(desk: &Desk, family: &Family, mut form: FormState, status: StatusCode) -> Response {
    form.set("responsable", family.id.to_string());
    let kinds = RequestKind::ALL.map(|kind| Choice::new(kind.as_str(), kind_words(kind)));
    let children = family
        .children
        .iter()
        .map(|child| Choice::new(child.id.to_string(), child.first_name.clone()));
    let view = NotePage {
        bar: desk.bar(),
        queue: desk.at(PATH),
        action: desk.at(&format!("{PATH}/nouvelle")),
        query: None,
        callers: Vec::new(),
        who: Some(family.name.clone()),
        kinds: kinds.into(),
        children: children.collect(),
        form,
    };
    page(status, note_page(&view))
}
