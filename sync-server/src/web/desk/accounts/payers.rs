//! Who pays, for which children, from when until when.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::accounts::{PayerLine, PayerPage, PayersPage, payer_page, payers_page};
use server_ui::desk::form::{Choice, Done, Flaw, FormState};
use shared::ids::{ChildId, GuardianId, HouseholdId, PayerId};
use shared::operation::{Body, HouseholdRecord, PayerKind, PayerPeriod, PayerRecord, Refusal};
use shared::text::search_key;
use uuid::Uuid;

use crate::clock::random;
use crate::import::values;
use crate::record::{self, Versioned};
use crate::store::{Read, Row, StoreError};
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Payers on a page.
const SIZE: usize = 50;
/// Periods of one form.
const PERIODS: usize = 40;

pub(super) async fn list(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAccounts)?;
    let address = desk.asked(&["q", "enfant", "page"]);
    let (bar, home) = (desk.bar(), desk.at(""));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        commune.store.read(|tx| {
            let wanted = search_key(address.value("q"));
            let child = address.value("enfant").parse().ok().map(ChildId);
            let child = match child {
                Some(id) => record::child(tx, id)?.map(|(child, _)| child),
                None => None,
            };
            let names = names(tx)?;
            let mut all = record::payers(tx)?;
            all.retain(|(payer, _)| {
                wanted
                    .split(' ')
                    .all(|word| search_key(&payer.name).contains(word))
            });
            all.sort_by_cached_key(|(payer, _)| search_key(&payer.name));
            let number = address.value("page").parse::<usize>().unwrap_or(1).max(1);
            let total = all.len();
            let rows = all
                .into_iter()
                .skip((number - 1) * SIZE)
                .take(SIZE)
                .map(|(payer, _)| PayerLine {
                    address: match &child {
                        Some(child) => format!("{home}/payeurs/{}?enfant={}", payer.id, child.id),
                        None => format!("{home}/payeurs/{}", payer.id),
                    },
                    name: payer.name,
                    kind: payer.kind,
                    retired: payer.retired,
                    children: payer
                        .children
                        .iter()
                        .filter(|period| period.until.is_none_or(|until| until >= today))
                        .filter_map(|period| names.get(&period.child).cloned())
                        .collect(),
                })
                .collect();
            let form = FormState::default().with("q", address.value("q"));
            Ok::<_, StoreError>(PayersPage {
                bar,
                home: home.clone(),
                form,
                child: child.map(|child| {
                    let name = format!("{} {}", child.last_name, child.first_name);
                    (name, child.id.to_string())
                }),
                rows,
                total,
                page: number,
                size: SIZE,
                address,
            })
        })
    });
    Ok(page(StatusCode::OK, payers_page(&view.await?)))
}

fn names(tx: &mut dyn Read) -> Result<BTreeMap<ChildId, String>, StoreError> {
    let rows = tx.query(include_str!("sql/child_names.sql"), &[])?;
    rows.iter()
        .map(|row: &Row| {
            Ok((
                ChildId(row.uuid(0)?),
                format!("{} {}", row.text(2)?, row.text(1)?),
            ))
        })
        .collect()
}

/// What a form is drawn beside.
struct Around {
    payer: Option<Versioned<PayerRecord>>,
    /// The child whose card leads here.
    child: Option<ChildId>,
    /// Households that come into question, with their people.
    homes: Vec<HouseholdRecord>,
    names: BTreeMap<ChildId, String>,
    /// Children of those households, who can be added.
    offered: Vec<ChildId>,
}

async fn around(desk: &Desk, payer: Option<PayerId>, child: Option<ChildId>) -> Result<Around, DeskError> {
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let payer = match payer {
                Some(id) => match record::payer(tx, id)? {
                    None => return Ok(None),
                    some => some,
                },
                None => None,
            };
            let mut ids: Vec<HouseholdId> = Vec::new();
            ids.extend(payer.iter().filter_map(|(payer, _)| payer.household));
            if let Some(child) = child {
                let Some((child, _)) = record::child(tx, child)? else {
                    return Ok(None);
                };
                ids.extend(child.households);
            }
            ids.sort_unstable();
            ids.dedup();
            let (mut homes, mut offered) = (Vec::new(), Vec::new());
            for id in ids {
                homes.extend(record::household(tx, id)?.map(|(home, _)| home));
                for row in tx.query(
                    include_str!("../families/sql/children_of_household.sql"),
                    &[id.into()],
                )? {
                    offered.push(ChildId(row.uuid(0)?));
                }
            }
            offered.extend(child);
            offered.sort_unstable();
            offered.dedup();
            Ok::<_, StoreError>(Some(Around {
                payer,
                child,
                homes,
                names: names(tx)?,
                offered,
            }))
        })
    });
    found.await?.ok_or_else(|| desk.said(Notice::PageUnknown))
}

fn asked_child(desk: &Desk) -> Option<ChildId> {
    desk.asked(&["enfant"]).value("enfant").parse().ok().map(ChildId)
}

fn state_of(payer: &PayerRecord) -> FormState {
    let mut form = FormState::default()
        .with("genre", payer.kind.as_str())
        .with("nom", payer.name.clone())
        .with_maybe("foyer", payer.household.map(|id| id.to_string()))
        .with_maybe("responsable", payer.guardian.map(|id| id.to_string()))
        .with("adresse", payer.address.join("\n"))
        .with_maybe("courriel", payer.email.clone())
        .with_maybe("telephone", payer.phone.clone())
        .with_maybe("siret", payer.siret.clone());
    if payer.retired {
        form = form.with("retire", "oui");
    }
    for (row, period) in payer.children.iter().enumerate() {
        form = form
            .with(format!("enfant-{row}"), period.child.to_string())
            .with(format!("du-{row}"), period.from.to_string())
            .with_maybe(format!("au-{row}"), period.until.map(|until| until.to_string()));
    }
    form
}

/// Rows that a form holds, and one more to fill in.
fn rows_of(form: &FormState) -> usize {
    let held = (0..PERIODS)
        .filter(|row| !form.value(&format!("enfant-{row}")).is_empty())
        .max()
        .map_or(0, |row| row + 1);
    (held + 1).min(PERIODS)
}

fn draw(desk: &Desk, form: FormState, around: &Around, status: StatusCode) -> Response {
    let rows = rows_of(&form);
    let mut shown: Vec<ChildId> = around.offered.clone();
    for row in 0..rows {
        let told = form.value(&format!("enfant-{row}")).parse().ok().map(ChildId);
        shown.extend(told.filter(|id| !around.offered.contains(id)));
    }
    let mut children: Vec<Choice> = shown
        .iter()
        .filter_map(|id| Some(Choice::new(id.to_string(), around.names.get(id)?.clone())))
        .collect();
    children.sort_by_cached_key(|choice| search_key(&choice.label));
    children.dedup();
    let id = around.payer.as_ref().map(|(payer, _)| payer.id);
    let action = id.map_or_else(|| "/payeurs/nouveau".to_owned(), |id| format!("/payeurs/{id}"));
    let view = PayerPage {
        bar: desk.bar(),
        home: desk.at(""),
        action: desk.at(&action),
        cancel: back(desk, around),
        name: around.payer.as_ref().map(|(payer, _)| payer.name.clone()),
        child: around
            .child
            .and_then(|id| Some((around.names.get(&id)?.clone(), desk.at(&format!("/enfants/{id}"))))),
        homes: around
            .homes
            .iter()
            .map(|home| Choice::new(home.id.to_string(), home.name.clone()))
            .collect(),
        guardians: around
            .homes
            .iter()
            .flat_map(|home| &home.guardians)
            .map(|one| {
                let name = format!("{} {}", one.first_name, one.last_name);
                Choice::new(one.id.to_string(), name.trim())
            })
            .collect(),
        children,
        rows,
        form,
    };
    page(status, payer_page(&view))
}

fn back(desk: &Desk, around: &Around) -> String {
    around.child.map_or_else(
        || desk.at("/payeurs"),
        |child| desk.at(&format!("/enfants/{child}")),
    )
}

pub(super) async fn edit(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAccounts)?;
    let around = around(&desk, Some(PayerId(desk.uuid("id")?)), asked_child(&desk)).await?;
    let Some((payer, version)) = &around.payer else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let mut form = state_of(payer).of_version(*version);
    if let Some(child) = around.child {
        form = form.with("enfant", child.to_string());
        if payer.children.iter().all(|period| period.child != child) {
            let row = payer.children.len();
            form = form
                .with(format!("enfant-{row}"), child.to_string())
                .with(format!("du-{row}"), desk.commune.today().to_string());
        }
    }
    Ok(draw(&desk, form, &around, StatusCode::OK))
}

pub(super) async fn new(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAccounts)?;
    let around = around(&desk, None, asked_child(&desk)).await?;
    let mut form = FormState::default()
        .with("numero", Uuid::from_bytes(random()).to_string())
        .with("genre", PayerKind::Person.as_str());
    if let Some(child) = around.child {
        let first = 0;
        form = form
            .with("enfant", child.to_string())
            .with(format!("enfant-{first}"), child.to_string())
            .with(format!("du-{first}"), desk.commune.today().to_string());
    }
    if let [home] = around.homes.as_slice() {
        form = form.with("foyer", home.id.to_string());
    }
    Ok(draw(&desk, form, &around, StatusCode::OK))
}

/// The payer that a form holds; what is wrong is noted in it.
fn read(form: &mut FormState, id: PayerId, around: &Around) -> PayerRecord {
    let parse = |word: &str| {
        [PayerKind::Person, PayerKind::Organisation]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    };
    let kind = form.choice("genre", PayerKind::Person, parse);
    let known = |id: &HouseholdId| around.homes.iter().any(|home| home.id == *id);
    let household = form.maybe_choice("foyer", |word| word.parse().ok().map(HouseholdId).filter(known));
    let guardian = form.maybe_choice("responsable", |word| word.parse().ok().map(GuardianId));
    // Whoever it is belongs to the household whose money it is.
    let home = around
        .homes
        .iter()
        .find(|home| home.guardians.iter().any(|one| Some(one.id) == guardian))
        .map(|home| home.id);
    let (household, guardian) = match kind {
        PayerKind::Person => (
            household.or(home),
            guardian.filter(|_| household.is_none() || household == home),
        ),
        PayerKind::Organisation => (None, None),
    };
    if kind == PayerKind::Person && household.is_none() {
        form.flaw("foyer", Flaw::Said("accounts-payer-home-missing"));
    }
    let siret = form
        .maybe_text("siret", 20)
        .map(|text| text.split_whitespace().collect::<String>());
    if siret
        .as_ref()
        .is_some_and(|text| text.len() != 14 || text.bytes().any(|b| !b.is_ascii_digit()))
    {
        form.flaw("siret", Flaw::Said("accounts-payer-siret-wrong"));
    }
    let address = form.maybe_lines("adresse", 500).unwrap_or_default();
    let mut children = Vec::new();
    for row in 0..PERIODS {
        let child = format!("enfant-{row}");
        if form.value(&child).is_empty() {
            continue;
        }
        let known = |id: &ChildId| around.names.contains_key(id);
        let id = form.maybe_choice(&child, |word| word.parse().ok().map(ChildId).filter(known));
        let from = form.date(&format!("du-{row}"));
        let until = form.maybe_date(&format!("au-{row}"));
        if until.is_some_and(|until| until < from) {
            form.flaw(&format!("au-{row}"), Flaw::Said("accounts-period-backwards"));
        }
        children.extend(id.map(|child| PayerPeriod { child, from, until }));
    }
    PayerRecord {
        id,
        kind,
        name: form.text("nom", 120),
        household,
        guardian,
        address: address
            .lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect(),
        email: form.maybe_email("courriel"),
        phone: form.maybe_phone("telephone"),
        siret: siret.filter(|_| kind == PayerKind::Organisation),
        children,
        retired: form.has("retire"),
    }
}

pub(super) async fn make(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::ManageAccounts)?;
    let number: Uuid = form
        .value("numero")
        .parse()
        .unwrap_or_else(|_| Uuid::from_bytes(random()));
    let id = PayerId(Uuid::new_v5(&number, b"payer"));
    let child = form.value("enfant").parse().ok().map(ChildId);
    let around = around(&desk, None, child).await?;
    write(desk, form, around, id, None).await
}

pub(super) async fn change(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::ManageAccounts)?;
    let id = PayerId(desk.uuid("id")?);
    let child = form.value("enfant").parse().ok().map(ChildId);
    let around = around(&desk, Some(id), child).await?;
    let seen = form.seen().or(Some(0));
    write(desk, form, around, id, seen).await
}

async fn write(
    desk: Desk,
    mut form: FormState,
    beside: Around,
    id: PayerId,
    seen: Option<i64>,
) -> Result<Response, DeskError> {
    let payer = read(&mut form, id, &beside);
    if form.has("ajouter") || form.is_flawed() {
        let status = if form.is_flawed() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        return Ok(draw(&desk, form, &beside, status));
    }
    let done = if seen.is_some() {
        Done::Saved
    } else {
        Done::Created
    };
    match desk.submit(seen, Body::PutPayer { payer }).await? {
        Ok(_) => Ok(desk.done(&back(&desk, &beside), done)),
        Err(Refusal::Changed { version }) if seen.is_some() => {
            let newer = around(&desk, Some(id), beside.child).await?;
            if let Some((payer, _)) = &newer.payer {
                form.overtaken(state_of(payer), version);
            }
            Ok(draw(&desk, form, &newer, StatusCode::CONFLICT))
        }
        // The same form sent twice.
        Err(Refusal::Changed { .. }) => Ok(desk.done(&back(&desk, &beside), Done::Unchanged)),
        Err(refusal) => {
            form.refuse("nom", &refusal);
            Ok(draw(&desk, form, &beside, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// Those who pay for a child, in words: name, kind, period and page.
pub(in crate::web::desk) fn of_child(
    tx: &mut dyn Read,
    child: ChildId,
    home: &str,
) -> Result<Vec<server_ui::desk::families::PaidBy>, StoreError> {
    let mut all = Vec::new();
    for (payer, _) in record::payers_of_child(tx, child)? {
        for period in payer.children.iter().filter(|period| period.child == child) {
            all.push(server_ui::desk::families::PaidBy {
                name: payer.name.clone(),
                organisation: payer.kind == PayerKind::Organisation,
                from: values::shown(period.from),
                until: period.until.map(values::shown),
                address: format!("{home}/payeurs/{}?enfant={child}", payer.id),
            });
        }
    }
    Ok(all)
}
