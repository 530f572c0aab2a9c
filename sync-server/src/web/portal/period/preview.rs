//! What would become of it, and the step into the cart.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use server_ui::desk::form::{Flaw, FormState};
use server_ui::portal::period::{PreviewPage, TakenKind, preview_page};
use server_ui::portal::{Frame, Place};
use shared::booking::{Asked, Ground};
use shared::operation::Entrance;
use shared::time::UtcMs;

use super::super::cart::MOST_LINES;
use super::super::door::Sent;
use super::super::family::{Family, Guest};
use super::super::permit::Permit;
use super::super::reply::{PortalError, page};
use super::Pairs;
use super::asked::{LEFT_OUT, View, dates, month_of, month_words, pairs, plan, query, turned, without};
use super::cart::{self, Of};
use super::fold::{changes, differences, refused, taken, tally};
use super::plan::{Plan, Step, steps};
use super::show::{draw, ground};
use crate::rules;
use crate::store::{Read, StoreError};

/// Where it is.
const PATH: &str = "/reservations/periode/apercu";

/// A plan with what becomes of each of its days; or the form, with what is wrong with it.
enum Looked {
    At(Box<Found>),
    Flawed(FormState),
}

struct Found {
    plan: Plan,
    steps: Vec<Step>,
    ground: Ground,
    pairs: Vec<(String, String)>,
}

/// Reads, plans and judges: the same for whoever looks and for whoever sends.
fn look(
    tx: &mut dyn Read,
    of: Of,
    mut form: FormState,
    (now, today): (UtcMs, NaiveDate),
) -> Result<Looked, StoreError> {
    let town = rules::town(tx, today, today)?;
    let whole = dates(&mut form, town.calendar.as_ref(), today);
    if form.is_flawed() {
        return Ok(Looked::Flawed(form));
    }
    let mine = cart::of(tx, of)?;
    let ground = ground(tx, of.guardian, whole, now, Some(mine.id))?;
    let dates = month_of(&form, whole);
    let plan = plan(&mut form, &ground, dates);
    let without = without(&mut form);
    if form.is_flawed() {
        return Ok(Looked::Flawed(form));
    }
    let asked = Asked {
        now,
        entrance: Entrance::Portal,
        beyond: false,
    };
    let steps = steps(&plan, &mine.wanted, &ground, asked, &without);
    if tally(&steps).taken() + mine.wanted.len() > MOST_LINES {
        form.flaw("au", Flaw::Said("portal-period-too-many"));
        return Ok(Looked::Flawed(form));
    }
    Ok(Looked::At(Box::new(Found {
        steps,
        pairs: pairs(&form, whole),
        plan,
        ground,
    })))
}

/// Whose cart it goes into.
fn of(family: &Family) -> Of {
    Of {
        guardian: family.id(),
        household: family.guardian.household,
    }
}

pub(super) async fn show(guest: Guest, asked: Pairs) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Book)?;
    family.opened(Place::Bookings)?;
    let form = FormState::read(asked.map(|Query(pairs)| pairs).unwrap_or_default());
    if form.pairs().is_empty() {
        return draw(&family, View::Period, form, StatusCode::OK).await;
    }
    let (of, view) = (of(&family), View::of(&form));
    let looked = family.visit.app.with(&family.visit.slug, move |commune| {
        let moment = (commune.clock.now(), commune.today());
        commune.store.read(|tx| look(tx, of, form, moment))
    });
    match looked.await? {
        Looked::Flawed(form) => draw(&family, view, form, StatusCode::UNPROCESSABLE_ENTITY).await,
        Looked::At(found) => Ok(page(
            StatusCode::OK,
            preview_page(&preview(&family, view, *found)),
        )),
    }
}

fn preview(family: &Family, view: View, found: Found) -> PreviewPage {
    let Found {
        plan,
        steps,
        ground,
        pairs,
    } = found;
    let frame: Frame = family.frame(Some(Place::Bookings));
    let turn = |(kind, word): (TakenKind, &str)| {
        let asked = query(&turned(&pairs, word));
        (kind, frame.at(&format!("{PATH}?{asked}")))
    };
    PreviewPage {
        turns: LEFT_OUT.into_iter().map(turn).collect(),
        dates: (plan.dates.from, plan.dates.until),
        tally: tally(&steps),
        taken: taken(&steps, &ground),
        refused: refused(&steps, &ground),
        changes: changes(&plan, &steps, &ground),
        differences: differences(&plan, &steps, &ground),
        months: plan
            .dates
            .months()
            .iter()
            .map(|one| month_words(one.from))
            .collect(),
        back: frame.at(&format!("{}?{}", view.path(), query(&pairs))),
        asked: pairs,
        phone: family.ground.portal.phone.clone(),
        frame,
    }
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Book)?;
    family.opened(Place::Bookings)?;
    let form = family.own_form(sent)?;
    let (of, view) = (of(&family), View::of(&form));
    let looked = family.visit.app.with(&family.visit.slug, move |commune| {
        let moment = (commune.clock.now(), commune.today());
        commune.store.write(move |tx| {
            let looked = look(tx, of, form, moment)?;
            if let Looked::At(found) = &looked {
                cart::put(tx, of, &found.steps, &found.ground, moment.0)?;
            }
            Ok::<_, StoreError>(looked)
        })
    });
    match looked.await? {
        Looked::Flawed(form) => draw(&family, view, form, StatusCode::UNPROCESSABLE_ENTITY).await,
        Looked::At(_) => Ok(family.done("/panier", "au-panier")),
    }
}
