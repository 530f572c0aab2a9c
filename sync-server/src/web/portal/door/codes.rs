//! Codes on paper: one of a child and one of the payer's side open that side, for whoever lives there to make a login.
//!
//! A slip of the hand is seen by the codes' own check and costs nothing. A pair that reads well and is wrong is a
//! guess: counted before it is looked up, slow, and told to the town hall.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Choice, Flaw, FormState};
use server_ui::portal::Said;
use server_ui::portal::door::{CodesPage, CodesTrouble, WhoPage, codes_page, who_page};
use shared::codec::Hash32;
use shared::ids::{GuardianId, HouseholdId};
use shared::operation::{Actor, Body, Channel, Guessing, LinkPurpose, Refusal};
use shared::time::UtcMs;

use super::super::family::Guest;
use super::super::permit::Permit;
use super::super::reply::{PortalError, see_other};
use super::super::session::{Opening, Session, Stage};
use super::{Arrival, Sent, guessing, keeping, retry_after};
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::family_codes::{self, Misread};
use crate::letters;
use crate::passwords;
use crate::store::StoreError;
use crate::web::throttle::{self, Subject};
use crate::web::{WebError, hashing};

/// Longest text that is read as a code, in characters.
const MAX_CODE: usize = 40;

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    opened(&guest)?;
    match guest.session.as_ref().map(|session| session.stage) {
        Some(Stage::In) => Ok(see_other(&guest.at("/"))),
        Some(Stage::Codes) => Ok(see_other(&guest.at("/codes/qui"))),
        Some(Stage::Factor) | None => Ok(draw(&guest, StatusCode::OK, FormState::default(), None)),
    }
}

/// A town that hands out no codes has no such page.
fn opened(guest: &Guest) -> Result<(), PortalError> {
    if guest.ground.portal.codes {
        Ok(())
    } else {
        Err(guest.said(Said::PageUnknown))
    }
}

/// What came of a pair.
enum Attempt {
    Opened(crate::web::visit::Secret),
    Wrong,
    Expired,
    Locked(UtcMs),
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    opened(&guest)?;
    guest.require_private()?;
    let mut form = guest.door_form(sent)?;
    let text = |name: &str| form.value(name).chars().take(MAX_CODE).collect::<String>();
    let (child, payer) = (text("enfant"), text("payeur"));
    let (child, payer) = match family_codes::read_pair(&child, &payer) {
        Ok(both) => both,
        Err((of_child, of_payer)) => {
            note(&mut form, "enfant", of_child);
            note(&mut form, "payeur", of_payer);
            return Ok(draw(&guest, StatusCode::UNPROCESSABLE_ENTITY, form, None));
        }
    };
    let pair = family_codes::pair(&guest.visit.slug, &child, &payer);
    let client = guest.visit.address_of_client();
    let arrival = Arrival::of(&guest.visit);
    let place = hashing::place().await?;
    let tried = guest.visit.app.with(&guest.visit.slug, move |commune| {
        let mut subjects = vec![Subject::FamilyCodes];
        subjects.extend(client.map(Subject::FamilyCodesFrom));
        let attempt = attempt(commune, pair, &subjects, arrival)?;
        if matches!(attempt, Attempt::Locked(_)) {
            guessing::note(commune, Guessing::Codes, 5, client)?;
        }
        Ok::<_, CorridorError>(attempt)
    });
    let tried = tried.await?;
    drop(place);
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(match tried {
        Attempt::Opened(secret) => keeping(&guest, &secret, see_other(&guest.at("/codes/qui"))),
        Attempt::Wrong => draw(&guest, unprocessable, form, Some(CodesTrouble::Wrong)),
        Attempt::Expired => draw(&guest, unprocessable, form, Some(CodesTrouble::Expired)),
        Attempt::Locked(until) => {
            let trouble = CodesTrouble::Locked(guest.opens_again(until));
            let drawn = draw(&guest, StatusCode::TOO_MANY_REQUESTS, form, Some(trouble));
            retry_after(&guest, until, drawn)
        }
    })
}

fn note(form: &mut FormState, name: &str, misread: Option<Misread>) {
    let empty = form.value(name).trim().is_empty();
    let said = match misread {
        None => return,
        Some(_) if empty => "portal-door-code-missing",
        Some(Misread::Length) => "portal-door-code-length",
        Some(Misread::Sign) => "portal-door-code-sign",
        Some(Misread::Check) => "portal-door-code-check",
        Some(Misread::OtherKind) => "portal-door-code-other",
    };
    form.flaw(name, Flaw::Said(said));
}

/// Counts the attempt, takes its time, then looks the pair up.
fn attempt(
    commune: &Commune,
    pair: Hash32,
    subjects: &[Subject],
    arrival: Arrival,
) -> Result<Attempt, CorridorError> {
    let now = commune.clock.now();
    if let Some(until) = throttle::attempt(commune, subjects)? {
        return Ok(Attempt::Locked(until));
    }
    // What a guess costs; right or wrong, there or not.
    passwords::verify(&pair.hex(), None);
    let row = commune.store.read(|tx| {
        tx.first(
            include_str!("../../../record/family_code/get.sql"),
            &[pair.into()],
        )
    })?;
    let Some(row) = row else {
        let until = commune
            .store
            .read(|tx| throttle::locked_until(tx, subjects, now))?;
        return Ok(until.map_or(Attempt::Wrong, Attempt::Locked));
    };
    if !row.is_null(4) || UtcMs(row.int(2)?) <= now {
        return Ok(Attempt::Expired);
    }
    let opening = Opening {
        household: Some(HouseholdId(row.uuid(1)?)),
        pair: Some(pair),
        ..Opening::default()
    };
    let subjects = subjects.to_vec();
    let secret = commune.store.write(move |tx| {
        throttle::was_right(tx, &subjects)?;
        arrival.begin(tx, Stage::Codes, opening, now)
    })?;
    Ok(Attempt::Opened(secret))
}

fn draw(guest: &Guest, status: StatusCode, form: FormState, trouble: Option<CodesTrouble>) -> Response {
    guest.doorstep(status, |frame, token| {
        codes_page(&CodesPage {
            frame,
            token,
            form,
            trouble,
            phone: guest.ground.portal.phone.clone(),
        })
    })
}

/// Somebody of the household who has no login yet.
struct Member {
    guardian: GuardianId,
    first_name: String,
    initial: String,
}

/// The session of whoever gave codes, and the household that they open.
fn on_the_doorstep(guest: &Guest) -> Result<(Session, HouseholdId), PortalError> {
    let session = guest.admit(Permit::Claim)?;
    match session.household {
        Some(household) => Ok((session.clone(), household)),
        None => Err(PortalError::First(guest.at("/codes"))),
    }
}

pub(super) async fn show_who(guest: Guest) -> Result<Response, PortalError> {
    opened(&guest)?;
    let (session, household) = on_the_doorstep(&guest)?;
    let sent = guest.visit.asked("envoye").is_some();
    draw_who(
        &guest,
        StatusCode::OK,
        (&session, household),
        FormState::default(),
        sent,
    )
    .await
}

pub(super) async fn submit_who(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    opened(&guest)?;
    let (session, household) = on_the_doorstep(&guest)?;
    let mut form = guest.own_form(sent)?;
    let members = members(&guest, household).await?;
    let guardian = form.choice("responsable", None, |word| {
        let found = members.iter().find(|one| one.guardian.to_string() == word);
        found.map(|one| Some((one.guardian, one.first_name.clone())))
    });
    let email = form.email("adresse");
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let (Some((guardian, first_name)), false) = (guardian, form.is_flawed()) else {
        return draw_who(&guest, unprocessable, (&session, household), form, false).await;
    };
    let pair = session.pair;
    let asked = guest.visit.app.with(&guest.visit.slug, move |commune| {
        let to = [Subject::LettersTo(household.to_string()), Subject::Letters];
        if let Some(until) = throttle::attempt(commune, &to)? {
            return Ok(Some(until));
        }
        let by = (Actor::System, Channel::Portal);
        let (mut body, letter) = letters::link(commune, guardian, LinkPurpose::Activate, &email);
        if let Body::IssueGuardianLink { pair: asked_with, .. } = &mut body {
            *asked_with = pair;
        }
        let letter = letter.saying("name", first_name);
        letters::submit_with(
            commune,
            vec![commune.operation(by.0, by.1, body)],
            by,
            vec![letter],
        )?;
        Ok::<_, CorridorError>(None)
    });
    match asked.await {
        Ok(None) => Ok(see_other(&guest.at("/codes/qui?envoye=1"))),
        Ok(Some(until)) => {
            form.flaw("adresse", Flaw::Said("portal-door-letters-many"));
            let drawn = draw_who(
                &guest,
                StatusCode::TOO_MANY_REQUESTS,
                (&session, household),
                form,
                false,
            );
            Ok(retry_after(&guest, until, drawn.await?))
        }
        // The town hall gave out other codes meanwhile, or these are too old now.
        Err(WebError::Refused(Refusal::CodeExpired | Refusal::CodeUnknown)) => Ok(draw(
            &guest,
            unprocessable,
            FormState::default(),
            Some(CodesTrouble::Expired),
        )),
        Err(error) => Err(error.into()),
    }
}

/// Who of a household has no login yet.
async fn members(guest: &Guest, household: HouseholdId) -> Result<Vec<Member>, PortalError> {
    let rows = guest.visit.app.with(&guest.visit.slug, move |commune| {
        commune
            .store
            .read(|tx| tx.query(include_str!("sql/members.sql"), &[household.into()]))
    });
    let members = rows.await?.into_iter().map(|row| {
        Ok(Member {
            guardian: GuardianId(row.uuid(0)?),
            first_name: row.text(1)?,
            initial: row.text(2)?.chars().take(1).collect(),
        })
    });
    Ok(members.collect::<Result<_, StoreError>>()?)
}

async fn draw_who(
    guest: &Guest,
    status: StatusCode,
    (session, household): (&Session, HouseholdId),
    form: FormState,
    sent: bool,
) -> Result<Response, PortalError> {
    let choices = members(guest, household)
        .await?
        .into_iter()
        .map(|one| {
            let name = format!("{} {}.", one.first_name, one.initial);
            Choice::new(one.guardian.to_string(), name)
        })
        .collect();
    let view = WhoPage {
        frame: guest.door_frame(),
        token: session.csrf.clone(),
        form,
        choices,
        sent,
        phone: guest.ground.portal.phone.clone(),
    };
    Ok(super::super::reply::page(status, who_page(&view)))
}
