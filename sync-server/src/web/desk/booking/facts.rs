//! What rules ask about a household and its children: where it lives, what it owes, which papers the town hall holds.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::booking::{ChildPapers, FactsPage, Owed, PaperKind, cell_words as say, facts_page};
use server_ui::desk::form::{Address, Done, Flaw, FormState};
use shared::ids::{ChildId, HouseholdId, ReservationId};
use shared::money::Cents;
use shared::operation::{Body, Channel, DocumentRecord, HouseholdFactsRecord, Refusal};
use shared::words::money;

use super::family::{Eyes, carried, channel_of};
use super::reached::{Family, Found, family};
use crate::rules::carts::settings;
use crate::store::{Read, Row, StoreError};
use crate::web::desk::bookings::people::Person;
use crate::web::desk::day::day_of;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Most kinds of papers that a form holds.
const MOST_KINDS: usize = 40;

/// The forms of the page that were sent and are drawn again.
#[derive(Default)]
pub(super) struct Forms {
    household: Option<FormState>,
    child: Option<(ChildId, FormState)>,
    owed: Option<FormState>,
}

impl Forms {
    /// What is owed.
    pub(super) fn owed(form: FormState) -> Self {
        Self {
            owed: Some(form),
            ..Self::default()
        }
    }

    fn is_overtaken(&self) -> bool {
        let mut forms = self.household.iter().chain(&self.owed);
        forms.any(FormState::is_overtaken)
    }
}

/// What the record holds.
struct Held {
    family: Family,
    facts: Option<(Option<String>, Cents, i64)>,
    papers: Vec<(ChildId, Vec<DocumentRecord>)>,
    kinds: Vec<String>,
    owed: Vec<Owed>,
}

/// By where the family came in, as the address says it.
pub(super) fn par(desk: &Desk) -> Address {
    desk.asked(&["par"])
}

/// What the desk does for the family came by this.
pub(super) fn channel(desk: &Desk) -> Channel {
    channel_of(par(desk).value("par"))
}

/// The page, with what the agent works with.
pub(super) fn page_of(desk: &Desk, id: HouseholdId) -> String {
    at(desk, &format!("/familles/{id}/regles"))
}

/// A page or a form of it, which says by where the family came in.
fn at(desk: &Desk, path: &str) -> String {
    carried(&Address::new(desk.at(path)), &par(desk)).to_string()
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeFamilies)?;
    let household = HouseholdId(desk.uuid("household")?);
    draw(&desk, household, Forms::default(), StatusCode::OK).await
}

/// The page with a form that does not do.
pub(super) async fn again(desk: Desk, household: HouseholdId, forms: Forms) -> Result<Response, DeskError> {
    let status = if forms.is_overtaken() {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    draw(&desk, household, forms, status).await
}

/// The reservations for which something may be settled.
pub(super) async fn owed_of(desk: &Desk, household: HouseholdId) -> Result<Vec<ReservationId>, DeskError> {
    let held = held(desk, household).await?;
    let ids = held.owed.iter().filter_map(|one| one.id.parse().ok());
    Ok(ids.map(ReservationId).collect())
}

pub(super) async fn household(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditFamilies)?;
    let id = HouseholdId(desk.uuid("household")?);
    let known = held(&desk, id).await?;
    let residence = form.maybe_text("residence", 5).map(|text| text.to_uppercase());
    if residence.as_deref().is_some_and(|code| !is_insee(code)) {
        form.flaw("residence", Flaw::Said("desk-booking-residence-wrong"));
    }
    let unpaid = match form.maybe_text("impaye", 14) {
        None => Cents::ZERO,
        Some(text) => Cents::parse(&text).unwrap_or_else(|| {
            form.flaw("impaye", Flaw::Said("desk-booking-unpaid-wrong"));
            Cents::ZERO
        }),
    };
    let facts = HouseholdFactsRecord {
        household: id,
        residence,
        unpaid,
    };
    let again_with = |form| Forms {
        household: Some(form),
        ..Forms::default()
    };
    let Some(facts) = form.sound(facts) else {
        return again(desk, id, again_with(form)).await;
    };
    let seen = form.seen();
    match desk
        .submit_through(channel(&desk), seen, Body::PutHouseholdFacts { facts })
        .await?
    {
        Ok(_) => Ok(desk.done(&page_of(&desk, id), Done::Saved)),
        Err(Refusal::Changed { version }) => {
            drop(known);
            let newer = held(&desk, id).await?;
            form.overtaken(facts_form(&newer), version);
            again(desk, id, again_with(form)).await
        }
        Err(refusal) => {
            form.refuse("residence", &refusal);
            again(desk, id, again_with(form)).await
        }
    }
}

/// Five characters: two digits, or 2A and 2B, and three digits.
fn is_insee(code: &str) -> bool {
    let bytes = code.as_bytes();
    bytes.len() == 5
        && bytes[0].is_ascii_digit()
        && (bytes[1].is_ascii_digit() || (bytes[0] == b'2' && matches!(bytes[1], b'A' | b'B')))
        && bytes[2..].iter().all(u8::is_ascii_digit)
}

pub(super) async fn papers(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditFamilies)?;
    let id = HouseholdId(desk.uuid("household")?);
    let child = ChildId(desk.uuid("child")?);
    let known = held(&desk, id).await?;
    let Some((_, before)) = known.papers.iter().find(|(one, _)| *one == child) else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let mut documents = Vec::new();
    for kind in kinds_of(&known, child, before) {
        let until = form.maybe_date(&kind.until);
        if form.has(&kind.held) {
            documents.push(DocumentRecord {
                kind: kind.name,
                until,
            });
        }
    }
    let again_with = |form| Forms {
        child: Some((child, form)),
        ..Forms::default()
    };
    let Some(documents) = form.sound(documents) else {
        return again(desk, id, again_with(form)).await;
    };
    let body = Body::PutDocuments { child, documents };
    match desk.submit_through(channel(&desk), None, body).await? {
        Ok(_) => Ok(desk.done(&page_of(&desk, id), Done::Saved)),
        Err(refusal) => {
            form.refuse("pieces", &refusal);
            again(desk, id, again_with(form)).await
        }
    }
}

/// The kinds that the town's rules ask for, and those that a child has besides. Several children stand on one page: each
/// has fields of its own.
fn kinds_of(held: &Held, child: ChildId, documents: &[DocumentRecord]) -> Vec<PaperKind> {
    let mut kinds = held.kinds.clone();
    for document in documents {
        if !kinds.contains(&document.kind) {
            kinds.push(document.kind.clone());
        }
    }
    kinds.truncate(MOST_KINDS);
    let place = held.papers.iter().position(|(one, _)| *one == child).unwrap_or(0);
    let fields = kinds.into_iter().enumerate().map(|(nth, name)| PaperKind {
        name,
        held: format!("a-{place}-{nth}"),
        until: format!("au-{place}-{nth}"),
    });
    fields.collect()
}

async fn held(desk: &Desk, id: HouseholdId) -> Result<Held, DeskError> {
    let reach = desk.reach().clone();
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        commune.store.read(|tx| {
            let family = match family(tx, &reach, id)? {
                Found::Here(family) => family,
                Found::Unknown => return Ok(Err(Notice::PageUnknown)),
                Found::Beyond => return Ok(Err(Notice::Forbidden)),
            };
            let facts = tx.first(include_str!("sql/facts.sql"), &[id.into()])?;
            let facts = facts.as_ref().map(facts_of).transpose()?;
            let mut papers = Vec::new();
            for child in &family.children {
                papers.push((child.id, documents(tx, child.id)?));
            }
            let own =
                |row: &Row| -> Result<bool, StoreError> { Ok(reach.has(shared::ids::SiteId(row.uuid(7)?))) };
            let mut owed = Vec::new();
            for row in tx.query(include_str!("sql/owed.sql"), &[id.into()])? {
                if own(&row)? {
                    owed.push(owed_line(&row, today)?);
                }
            }
            Ok::<_, StoreError>(Ok(Held {
                family,
                facts,
                papers,
                kinds: settings(tx)?.documents,
                owed,
            }))
        })
    });
    found.await?.map_err(|why| desk.said(why))
}

fn facts_of(row: &Row) -> Result<(Option<String>, Cents, i64), StoreError> {
    Ok((row.opt(0, Row::text)?, Cents(row.int(1)?), row.int(2)?))
}

fn documents(tx: &mut dyn Read, child: ChildId) -> Result<Vec<DocumentRecord>, StoreError> {
    let rows = tx.query(include_str!("sql/documents.sql"), &[child.into()])?;
    let one = |row: &Row| {
        Ok(DocumentRecord {
            kind: row.text(0)?,
            until: row.opt(1, Row::date)?,
        })
    };
    rows.iter().map(one).collect()
}

fn owed_line(row: &Row, today: chrono::NaiveDate) -> Result<Owed, StoreError> {
    let cancelled = !row.is_null(8);
    let cents = |i| row.opt(i, Row::int).map(|found| Cents(found.unwrap_or(0)));
    let (surcharge, due) = (cents(4)?, cents(5)?);
    let why = if row.flag(6)? {
        say::owed_waived()
    } else if cancelled {
        say::owed_cancelled(&money(due))
    } else if surcharge.0 > 0 {
        say::surcharge(&money(surcharge))
    } else {
        say::owed_to_pay(&money(cents(9)?))
    };
    Ok(Owed {
        id: row.uuid(0)?.to_string(),
        what: format!(
            "{}, {}, {}",
            row.text(1)?,
            row.text(2)?,
            day_of(row.date(3)?, today)
        ),
        why,
    })
}

fn facts_form(held: &Held) -> FormState {
    let Some((residence, unpaid, version)) = &held.facts else {
        return FormState::default();
    };
    FormState::default()
        .with_maybe("residence", residence.clone())
        .with("impaye", unpaid.typed())
        .of_version(*version)
}

async fn draw(desk: &Desk, id: HouseholdId, forms: Forms, status: StatusCode) -> Result<Response, DeskError> {
    let held = held(desk, id).await?;
    let edits = desk.may(Right::EditFamilies);
    let base = format!("/familles/{id}");
    let papers_of = |child: &Person| {
        let of = held.papers.iter().find(|(one, _)| *one == child.id);
        let known = of.map_or(&[][..], |(_, documents)| documents);
        let kinds = kinds_of(&held, child.id, known);
        let typed = forms.child.as_ref().filter(|(of, _)| *of == child.id);
        let form = typed.map_or_else(
            || {
                kinds.iter().fold(FormState::default(), |form, kind| {
                    let Some(document) = known.iter().find(|document| document.kind == kind.name) else {
                        return form;
                    };
                    let until = document.until.map(|until| until.to_string());
                    form.with(kind.held.as_str(), "oui")
                        .with_maybe(kind.until.as_str(), until)
                })
            },
            |(_, form)| form.clone(),
        );
        ChildPapers {
            name: child.first_name.clone(),
            form,
            action: edits.then(|| at(desk, &format!("{base}/pieces/{}", child.id))),
            kinds,
        }
    };
    let children = held.family.children.iter().map(papers_of).collect();
    let facts = forms.household.clone().unwrap_or_else(|| facts_form(&held));
    let view = FactsPage {
        bar: desk.bar(),
        family: held.family.household.name.clone(),
        back: carried(&Address::new(Eyes::of(desk).grid_of(id)), &par(desk)).to_string(),
        facts,
        facts_action: edits.then(|| page_of(desk, id)),
        children,
        owed: held.owed,
        owed_form: forms.owed.clone().unwrap_or_default(),
        owed_action: desk
            .may(Right::SettleBookings)
            .then(|| at(desk, &format!("{base}/reglements"))),
    };
    Ok(page(status, facts_page(&view)))
}
