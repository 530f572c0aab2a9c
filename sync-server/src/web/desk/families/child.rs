//! Changing a child, and adding one.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use server_ui::desk::Notice;
use server_ui::desk::families::{BADGE_ROWS, BADGES, ChildFormPage, child_form_page};
use server_ui::desk::form::{Choice, Done, Flaw, FormState};
use shared::day_list::{Badge, Symbol};
use shared::ids::{ChildId, ClassId, HouseholdId, SchoolId};
use shared::operation::{Body, ChildRecord, HouseholdRecord, Refusal};
use shared::symbol::{COLOURS, SHAPES};
use uuid::Uuid;

use super::{guardians, search};
use crate::clock::random;
use crate::record;
use crate::store::{Read, StoreError};
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page, see_other};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Most rows for badges.
const MOST_BADGES: usize = 20;

/// What a form is drawn beside.
struct Around {
    child: Option<(ChildRecord, i64)>,
    homes: Vec<HouseholdRecord>,
    /// The household a new child is added to.
    into: Option<HouseholdRecord>,
    schools: Vec<Choice>,
    classes: Vec<Choice>,
    /// The school of each class.
    school_of: Vec<(ClassId, SchoolId)>,
}

async fn around(desk: &Desk, child: Option<ChildId>, into: Option<HouseholdId>) -> Result<Around, DeskError> {
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx: &mut dyn Read| {
            let found = match child {
                Some(id) => record::child(tx, id)?,
                None => None,
            };
            let mut homes = Vec::new();
            for id in found.iter().flat_map(|(child, _)| child.households.clone()) {
                homes.extend(record::household(tx, id)?.map(|(home, _)| home));
            }
            let into = match into {
                Some(id) => record::household(tx, id)?.map(|(home, _)| home),
                None => None,
            };
            let (schools, classes) = search::places(tx)?;
            let school_of = record::classes(tx)?
                .into_iter()
                .map(|(class, _)| (class.id, class.school));
            Ok::<_, StoreError>(Around {
                school_of: school_of.collect(),
                child: found,
                homes,
                into,
                schools,
                classes,
            })
        })
    });
    let found = found.await?;
    if child.is_some() && found.child.is_none() || into.is_some() && found.into.is_none() {
        return Err(desk.said(Notice::PageUnknown));
    }
    Ok(found)
}

fn state_of(child: &ChildRecord) -> FormState {
    let name = |names: &[&'static str], at: u8| names.get(usize::from(at)).copied();
    let mut form = FormState::default()
        .with("nom", child.last_name.clone())
        .with("prenom", child.first_name.clone())
        .with("naissance", child.born.to_string())
        .with_maybe("reference", child.reference.clone())
        .with_maybe("classe", child.class.map(|class| class.to_string()))
        .with_maybe("ecole", child.school.map(|school| school.to_string()))
        .with_maybe("depart", child.left_on.map(|day| day.to_string()))
        .with_maybe("telephone", child.phone.clone())
        .with_maybe("a_savoir", child.must_know.clone())
        .with_maybe("sante", child.health.clone())
        .with_maybe(
            "couleur",
            child.symbol.and_then(|symbol| name(&COLOURS, symbol.colour)),
        )
        .with_maybe(
            "symbole",
            child.symbol.and_then(|symbol| name(&SHAPES, symbol.shape)),
        )
        .with_all("foyer", child.households.iter().map(ToString::to_string));
    for (row, badge) in child.badges.iter().enumerate() {
        let word = BADGES
            .iter()
            .find(|(kind, _)| *kind == badge.kind)
            .map(|(_, word)| *word);
        form = form
            .with_maybe(format!("badge-{row}"), word)
            .with(format!("badge-mots-{row}"), badge.text.clone());
    }
    form
}

/// Reads the fields of a child; what is wrong is noted in the form.
fn read(form: &mut FormState, around: &Around, id: ChildId, today: NaiveDate) -> ChildRecord {
    let born = form.date("naissance");
    if born > today {
        form.flaw("naissance", Flaw::Said("families-born-later"));
    }
    let known = |choices: &[Choice], word: &str| choices.iter().any(|choice| choice.value == word);
    // What is no longer offered may stay with whom it stands with.
    let own = around.child.as_ref().map(|(child, _)| child);
    let own_class = own.and_then(|child| child.class);
    let own_school = own.and_then(|child| child.school);
    let class = form.maybe_choice("classe", |word| {
        let id = word.parse().ok().map(ClassId);
        id.filter(|id| known(&around.classes, word) || own_class == Some(*id))
    });
    let school = form.maybe_choice("ecole", |word| {
        let id = word.parse().ok().map(SchoolId);
        id.filter(|id| known(&around.schools, word) || own_school == Some(*id))
    });
    let of_class = class.and_then(|class| {
        around
            .school_of
            .iter()
            .find(|(id, _)| *id == class)
            .map(|(_, school)| *school)
    });
    if let (Some(school), Some(of_class)) = (school, of_class)
        && school != of_class
    {
        form.flaw("classe", Flaw::Said("families-class-elsewhere"));
    }
    let rows = badge_rows(form);
    let mut badges = Vec::new();
    for row in 0..rows {
        let kind = form.maybe_choice(&format!("badge-{row}"), |word| {
            BADGES
                .iter()
                .find(|(_, name)| *name == word)
                .map(|(kind, _)| *kind)
        });
        let text = form.maybe_text(&format!("badge-mots-{row}"), 120);
        match (kind, text) {
            (Some(kind), text) => badges.push(Badge {
                kind,
                text: text.unwrap_or_default(),
            }),
            (None, Some(_)) => form.flaw(&format!("badge-{row}"), Flaw::NoneChosen),
            (None, None) => {}
        }
    }
    let place = |names: &[&str], word: &str| {
        names
            .iter()
            .position(|name| *name == word)
            .and_then(|at| u8::try_from(at).ok())
    };
    let colour = form.maybe_choice("couleur", |word| place(&COLOURS, word));
    let shape = form.maybe_choice("symbole", |word| place(&SHAPES, word));
    if colour.is_some() != shape.is_some() {
        form.flaw("symbole", Flaw::Said("families-symbol-both"));
    }
    ChildRecord {
        id,
        first_name: form.text("prenom", 120),
        last_name: form.text("nom", 120),
        born,
        school: of_class.or(school),
        class,
        households: own.map(|child| child.households.clone()).unwrap_or_default(),
        badges,
        must_know: form.maybe_lines("a_savoir", 4000),
        phone: form.maybe_phone("telephone"),
        symbol: colour.zip(shape).map(|(colour, shape)| Symbol { colour, shape }),
        health: form.maybe_lines("sante", 4000),
        reference: form.maybe_text("reference", 40),
        left_on: form.maybe_date("depart"),
    }
}

/// How many rows of badges a form holds, with some to fill in.
fn badge_rows(form: &FormState) -> usize {
    let used = (0..MOST_BADGES)
        .filter(|row| {
            !form.value(&format!("badge-{row}")).is_empty()
                || !form.value(&format!("badge-mots-{row}")).is_empty()
        })
        .max()
        .map_or(0, |row| row + 1);
    (used + 1).clamp(BADGE_ROWS, MOST_BADGES)
}

fn draw(desk: &Desk, form: FormState, around: Around, status: StatusCode) -> Response {
    let id = around.child.as_ref().map(|(child, _)| child.id);
    let (action, cancel) = match id {
        Some(id) => (format!("/enfants/{id}/modifier"), format!("/enfants/{id}")),
        None => ("/enfants/nouveau".to_owned(), "/enfants".to_owned()),
    };
    let home_label = |home: HouseholdRecord| {
        let names: Vec<String> = home
            .guardians
            .iter()
            .map(|g| format!("{} {}", g.first_name, g.last_name))
            .collect();
        Choice::new(
            home.id.to_string(),
            format!("{} ({})", home.name, names.join(", ")),
        )
    };
    let view = ChildFormPage {
        bar: desk.bar(),
        home: desk.at(""),
        action: desk.at(&action),
        cancel: desk.at(&cancel),
        name: around
            .child
            .map(|(child, _)| format!("{} {}", child.last_name, child.first_name)),
        into: around.into.map(|home| home.name),
        schools: around.schools,
        classes: around.classes,
        homes: around.homes.into_iter().map(home_label).collect(),
        badge_rows: badge_rows(&form),
        form,
    };
    page(status, child_form_page(&view))
}

pub(super) async fn edit(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditFamilies)?;
    let id = ChildId(desk.uuid("id")?);
    let around = around(&desk, Some(id), None).await?;
    let form = match &around.child {
        Some((child, version)) => state_of(child).of_version(*version),
        None => FormState::default(),
    };
    Ok(draw(&desk, form, around, StatusCode::OK))
}

pub(super) async fn change(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditFamilies)?;
    let id = ChildId(desk.uuid("id")?);
    let beside = around(&desk, Some(id), None).await?;
    let mut child = read(&mut form, &beside, id, desk.commune.today());
    // A household that is unticked is left; which ones there are, the record says.
    let kept = form
        .all("foyer")
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    child.households.retain(|home| kept.contains(&home.to_string()));
    if form.is_flawed() {
        return Ok(draw(&desk, form, beside, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let card = desk.at(&format!("/enfants/{id}"));
    // A form that changes nothing writes nothing.
    if let Some((there, version)) = &beside.child
        && *there == child
        && form.seen() == Some(*version)
    {
        return Ok(desk.done(&card, Done::Unchanged));
    }
    let seen = form.seen().or(Some(0));
    match desk.submit(seen, Body::PutChild { child }).await? {
        Ok(_) => Ok(desk.done(&card, Done::Saved)),
        Err(Refusal::Changed { version }) => {
            let newer = around(&desk, Some(id), None).await?;
            if let Some((there, _)) = &newer.child {
                form.overtaken(state_of(there), version);
            }
            Ok(draw(&desk, form, newer, StatusCode::CONFLICT))
        }
        Err(refusal) => {
            form.refuse("nom", &refusal);
            Ok(draw(&desk, form, beside, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

pub(super) async fn new(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditFamilies)?;
    let asked = desk.asked(&["foyer"]);
    let into = match asked.value("foyer") {
        "" => None,
        text => Some(HouseholdId(
            text.parse().map_err(|_| desk.said(Notice::PageUnknown))?,
        )),
    };
    let around = around(&desk, None, into).await?;
    let last_name = around
        .into
        .as_ref()
        .and_then(|home| home.guardians.first())
        .map(|g| g.last_name.clone());
    let form = FormState::default()
        .with("numero", Uuid::from_bytes(random()).to_string())
        .with_maybe("foyer", into.map(|id| id.to_string()))
        .with_maybe("nom", last_name);
    Ok(draw(&desk, form, around, StatusCode::OK))
}

pub(super) async fn make(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditFamilies)?;
    let into = form.value("foyer").parse().ok().map(HouseholdId);
    let beside = around(&desk, None, into).await?;
    let number = guardians::number(&form);
    let id = ChildId(guardians::follows(number, "child"));
    let mut child = read(&mut form, &beside, id, desk.commune.today());
    let mut bodies = Vec::new();
    if let Some(home) = &beside.into {
        child.households.push(home.id);
    } else if let Some(guardian) = guardians::read(&mut form, 0, &[], guardians::follows(number, "guardian"))
    {
        let household = HouseholdRecord {
            id: guardians::household_of(number),
            name: server_ui::desk::families::home_name(&child.last_name),
            guardians: vec![guardian],
        };
        child.households.push(household.id);
        bodies.push((None, Body::PutHousehold { household }));
    }
    if form.is_flawed() {
        return Ok(draw(&desk, form, beside, StatusCode::UNPROCESSABLE_ENTITY));
    }
    bodies.push((None, Body::PutChild { child }));
    let card = desk.at(&format!("/enfants/{id}"));
    match desk.submit_all(bodies).await? {
        Ok(_) => Ok(desk.done(&card, Done::Created)),
        // The same form sent twice: the child is there.
        Err(Refusal::Changed { .. }) => Ok(see_other(&card)),
        Err(refusal) => {
            form.refuse("nom", &refusal);
            Ok(draw(&desk, form, beside, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}
