//! Families who ask to be known: matched with the record or added to it, or refused with a reason.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::accounts::{
    AskedChild, KnownGuardian, RegistrationLine, RegistrationPage, RegistrationsPage, WhyDouble,
    registration_page, registrations_page,
};
use server_ui::desk::form::{Choice, Done, Flaw, FormState};
use shared::codec::decode;
use shared::ids::{ChildId, GuardianId, HouseholdId, RegistrationId, SchoolId};
use shared::operation::{
    Actor, Authority, Body, Channel, ChildRecord, GuardianRecord, HouseholdRecord, LetterKind, LinkPurpose,
    RegistrationFate, RegistrationRecord,
};
use shared::time::UtcMs;
use uuid::Uuid;

use super::candidates::{self, Why};
use super::doubles;
use crate::commune::Commune;
use crate::import::values;
use crate::letters::{Letter, link, submit_with};
use crate::record::{self, Versioned};
use crate::store::{Read, Row, StoreError};
use crate::web::WebError;
use crate::web::desk::day::{day_of, hour_of};
use crate::web::desk::families::places;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Longest reason of a refusal, in characters.
const REASON_CHARS: usize = 1_000;

fn read(row: &Row, at: usize) -> Result<RegistrationRecord, StoreError> {
    decode(&row.bytes(at)?).map_err(|_| StoreError::Shape("registration".into()))
}

pub(super) async fn list(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAccounts)?;
    let (bar, home) = (desk.bar(), desk.at(""));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        commune.store.read(|tx| {
            let mut lines = Vec::new();
            for row in tx.query(include_str!("sql/registrations_open.sql"), &[])? {
                let asked = read(&row, 1)?;
                lines.push(RegistrationLine {
                    address: format!("{home}/comptes/inscriptions/{}", RegistrationId(row.uuid(0)?)),
                    name: format!("{} {}", asked.first_name, asked.last_name),
                    children: asked
                        .children
                        .iter()
                        .map(|child| format!("{} {}", child.first_name, child.last_name))
                        .collect(),
                    at: day_of(UtcMs(row.int(2)?).date_in(commune.zone), today),
                });
            }
            Ok::<_, StoreError>(RegistrationsPage { bar, home, lines })
        })
    });
    Ok(page(StatusCode::OK, registrations_page(&view.await?)))
}

/// What is decided on, and beside what.
struct Asked {
    id: RegistrationId,
    record: RegistrationRecord,
    open: bool,
    version: i64,
    at: UtcMs,
    /// Guardians who may be whoever asks.
    known: Vec<(GuardianRecord, HouseholdRecord, Vec<Why>, bool)>,
    /// For each child, files that may be its own.
    files: Vec<Vec<Versioned<ChildRecord>>>,
    schools: Vec<Choice>,
}

fn look(tx: &mut dyn Read, id: RegistrationId) -> Result<Option<Asked>, StoreError> {
    let Some(row) = tx.first(include_str!("sql/registration.sql"), &[id.into()])? else {
        return Ok(None);
    };
    let record = read(&row, 0)?;
    let homes: BTreeMap<HouseholdId, HouseholdRecord> = record::households(tx)?
        .into_iter()
        .map(|(home, _)| (home.id, home))
        .collect();
    let people = doubles::guardians(tx)?;
    let name = (record.first_name.as_str(), record.last_name.as_str());
    let mut known = Vec::new();
    for (id, why) in candidates::who(&people, name, &record.email, record.phone.as_deref()) {
        let home = people
            .iter()
            .find(|one| one.id == id)
            .and_then(|one| homes.get(&one.household));
        let Some(home) = home else { continue };
        let guardian = home.guardians.iter().find(|one| one.id == id);
        let account = tx.first(include_str!("sql/account.sql"), &[id.into()])?;
        let gets_in = account.is_some_and(|row| !row.is_null(5));
        known.extend(guardian.map(|one| (one.clone(), home.clone(), why.into_iter().collect(), gets_in)));
    }
    let kids = doubles::children(tx)?;
    let mut files = Vec::new();
    for child in &record.children {
        let ids = candidates::which(&kids, &child.first_name, &child.last_name, child.born);
        let mut found = Vec::new();
        for id in ids {
            found.extend(record::child(tx, id)?);
        }
        files.push(found);
    }
    Ok(Some(Asked {
        id,
        record,
        open: row.text(1)? == "open",
        version: row.int(2)?,
        at: UtcMs(row.int(3)?),
        known,
        files,
        schools: places(tx)?.0,
    }))
}

async fn asked(desk: &Desk) -> Result<Asked, DeskError> {
    let id = RegistrationId(desk.uuid("id")?);
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| look(tx, id))
    });
    found.await?.ok_or_else(|| desk.said(Notice::PageUnknown))
}

/// What is chosen where nobody chose: the likeliest.
fn state_of(asked: &Asked) -> FormState {
    let who = asked
        .known
        .iter()
        .find(|(.., why, _)| why.len() > 1)
        .map_or_else(|| "nouveau".to_owned(), |(one, ..)| one.id.to_string());
    let mut form = FormState::default().with("qui", who).of_version(asked.version);
    for (row, (child, files)) in asked.record.children.iter().zip(&asked.files).enumerate() {
        let file = files
            .iter()
            .find(|(file, _)| file.born == child.born)
            .map_or_else(|| "nouveau".to_owned(), |(file, _)| file.id.to_string());
        form = form.with(format!("enfant-{row}"), file);
    }
    form
}

fn draw(desk: &Desk, form: FormState, asked: &Asked, status: StatusCode) -> Response {
    let today = desk.commune.today();
    let why_words = |why: &Why| match why {
        Why::NameAndBirth => WhyDouble::NameAndBirth,
        Why::Name => WhyDouble::Name,
        Why::Email => WhyDouble::Email,
        Why::Phone => WhyDouble::Phone,
    };
    let view = RegistrationPage {
        bar: desk.bar(),
        home: desk.at(""),
        action: desk.at(&format!("/comptes/inscriptions/{}", asked.id)),
        form,
        open: asked.open,
        name: format!("{} {}", asked.record.first_name, asked.record.last_name),
        email: asked.record.email.clone(),
        phone: asked.record.phone.clone(),
        message: asked.record.message.clone(),
        at: (
            day_of(asked.at.date_in(desk.commune.zone), today),
            hour_of(asked.at, &desk.commune),
        ),
        known: asked
            .known
            .iter()
            .map(|(one, home, why, gets_in)| KnownGuardian {
                id: one.id.to_string(),
                name: format!("{} {}", one.first_name, one.last_name),
                home: home.name.clone(),
                why: why.iter().map(why_words).collect(),
                gets_in: *gets_in,
            })
            .collect(),
        children: asked
            .record
            .children
            .iter()
            .zip(&asked.files)
            .map(|(child, files)| AskedChild {
                name: format!("{} {}", child.first_name, child.last_name),
                born: values::shown(child.born),
                school: child.school.clone(),
                files: files
                    .iter()
                    .map(|(file, _)| {
                        let label = format!(
                            "{} {}, {}",
                            file.last_name,
                            file.first_name,
                            values::shown(file.born)
                        );
                        (file.id.to_string(), label)
                    })
                    .collect(),
            })
            .collect(),
        schools: asked.schools.clone(),
    };
    page(status, registration_page(&view))
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAccounts)?;
    let asked = asked(&desk).await?;
    Ok(draw(&desk, state_of(&asked), &asked, StatusCode::OK))
}

pub(super) async fn settle(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::ManageAccounts)?;
    let asked = asked(&desk).await?;
    if !asked.open {
        return Ok(desk.done(&desk.at("/comptes/inscriptions"), Done::Unchanged));
    }
    let made = if form.has("refuser") {
        refusal(&mut form, &asked)
    } else {
        acceptance(&mut form, &asked, &desk.commune)
    };
    let Some(made) = made.filter(|_| !form.is_flawed()) else {
        return Ok(draw(&desk, form, &asked, StatusCode::UNPROCESSABLE_ENTITY));
    };
    let by = (Actor::Agent(desk.session.agent), Channel::Desk);
    let refused = form.has("refuser");
    let settled = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let operations = made.bodies.into_iter().map(|(seen, body)| {
            let mut operation = commune.operation(by.0, by.1, body);
            operation.seen = seen;
            operation
        });
        submit_with(commune, operations.collect(), by, made.letters).map_err(WebError::from)
    });
    match settled.await {
        Ok(()) => {
            let done = if refused { Done::Declined } else { Done::Welcomed };
            Ok(desk.done(&desk.at("/comptes/inscriptions"), done))
        }
        Err(WebError::Refused(refusal)) => {
            form.refuse(if refused { "motif" } else { "qui" }, &refusal);
            Ok(draw(&desk, form, &asked, StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error.into()),
    }
}

/// What is written under one commit, and mailed.
struct Made {
    bodies: Vec<(Option<i64>, Body)>,
    letters: Vec<Letter>,
}

fn refusal(form: &mut FormState, asked: &Asked) -> Option<Made> {
    let reason = form.maybe_lines("motif", REASON_CHARS);
    let Some(reason) = reason else {
        form.flaw("motif", Flaw::Said("accounts-refuse-why"));
        return None;
    };
    let letter = Letter::to(LetterKind::RegistrationRefused, asked.record.email.clone())
        .saying("name", asked.record.first_name.clone())
        .saying("reason", reason.clone());
    Some(Made {
        bodies: vec![(
            None,
            Body::SettleRegistration {
                registration: asked.id,
                fate: RegistrationFate::Refused { reason },
            },
        )],
        letters: vec![letter],
    })
}

fn acceptance(form: &mut FormState, asked: &Asked, commune: &Commune) -> Option<Made> {
    let mut bodies = Vec::new();
    let who = form.maybe_choice("qui", |word| match word {
        "nouveau" => Some(None),
        word => asked
            .known
            .iter()
            .find(|(one, ..)| one.id.to_string() == word)
            .map(Some),
    });
    let Some(who) = who else {
        form.flaw("qui", Flaw::NoneChosen);
        return None;
    };
    let (guardian, household, gets_in, address) = match who {
        Some((one, home, _, gets_in)) => {
            // A link goes only where the record knows this person, never to an address that a stranger typed.
            (one.id, home.id, *gets_in, one.email.clone())
        }
        None => {
            let guardian = GuardianId(Uuid::new_v5(&asked.id.0, b"guardian"));
            let household = HouseholdId(Uuid::new_v5(&asked.id.0, b"household"));
            let record = HouseholdRecord {
                id: household,
                name: server_ui::desk::families::home_name(&asked.record.last_name),
                guardians: vec![GuardianRecord {
                    id: guardian,
                    first_name: asked.record.first_name.clone(),
                    last_name: asked.record.last_name.clone(),
                    email: Some(asked.record.email.clone()),
                    phone: asked.record.phone.clone(),
                    authority: Authority::Full,
                }],
            };
            bodies.push((None, Body::PutHousehold { household: record }));
            (guardian, household, false, Some(asked.record.email.clone()))
        }
    };
    let all = asked.record.children.iter().zip(&asked.files).enumerate();
    for (row, (child, files)) in all {
        let name = format!("enfant-{row}");
        let school = form.maybe_choice(&format!("ecole-{row}"), |word| word.parse().ok().map(SchoolId));
        let chosen = form.maybe_choice(&name, |word| match word {
            "nouveau" => Some(None),
            "aucun" => Some(Some(None)),
            word => files
                .iter()
                .find(|(file, _)| file.id.to_string() == word)
                .map(|file| Some(Some(file))),
        });
        match chosen {
            None => form.flaw(&name, Flaw::NoneChosen),
            Some(Some(None)) => {}
            Some(Some(Some((file, version)))) => {
                if !file.households.contains(&household) {
                    let mut file = file.clone();
                    file.households.push(household);
                    bodies.push((Some(*version), Body::PutChild { child: file }));
                }
            }
            Some(None) => bodies.push((
                None,
                Body::PutChild {
                    child: ChildRecord {
                        id: ChildId(Uuid::new_v5(&asked.id.0, name.as_bytes())),
                        first_name: child.first_name.clone(),
                        last_name: child.last_name.clone(),
                        born: child.born,
                        school,
                        class: None,
                        households: vec![household],
                        badges: Vec::new(),
                        must_know: None,
                        phone: None,
                        symbol: None,
                        health: None,
                        reference: None,
                        left_on: None,
                    },
                },
            )),
        }
    }
    bodies.push((
        None,
        Body::SettleRegistration {
            registration: asked.id,
            fate: RegistrationFate::Accepted { guardian },
        },
    ));
    let mut mailed = Vec::new();
    if !gets_in && let Some(address) = address {
        let (body, letter) = link(commune, guardian, LinkPurpose::Activate, &address);
        bodies.push((None, body));
        mailed.push(letter);
    }
    Some(Made {
        bodies,
        letters: mailed,
    })
}
