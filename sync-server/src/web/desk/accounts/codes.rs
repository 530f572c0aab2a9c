//! Codes on paper: drawn, hashed, and handed out in one file that is made once.
//!
//! The codes stand in the file alone: in no page, no log, and of the record only their hash. Whoever prints again
//! gives new ones, and those of before open nothing any more.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use server_ui::desk::Notice;
use server_ui::desk::accounts::{CodeLetter, CodePair, CodesPage, LettersFile, codes_page, letters_file};
use server_ui::desk::form::{Flaw, FormState};
use shared::ids::{BatchId, ChildId, GuardianId, HouseholdId};
use shared::operation::{Body, FamilyCode};
use uuid::Uuid;

use super::list::narrow;
use super::people::{DAY_MS, Kid, Narrow, Person, State, people};
use crate::clock::random;
use crate::commune::Commune;
use crate::family_codes::{Code, Kind, pair};
use crate::record;
use crate::store::{Read, StoreError};
use crate::web::desk::day::day_of;
use crate::web::desk::families::places;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// How long codes are good where nothing else is asked for, in days.
const DAYS: i64 = 120;
/// Most letters of one file.
const MOST: usize = 3_000;

/// Whom letters are for.
#[derive(Clone, Debug, Default)]
struct Meant {
    narrow: Narrow,
    /// The households of these people alone.
    only: BTreeSet<GuardianId>,
    /// Households also where somebody gets in already.
    all: bool,
}

/// A household that gets a letter.
struct Home {
    id: HouseholdId,
    name: String,
    people: Vec<String>,
    kids: Vec<Kid>,
}

fn meant(form: &FormState) -> Option<Meant> {
    let only = form
        .all("qui")
        .into_iter()
        .map(|id| id.parse().map(GuardianId))
        .collect::<Result<BTreeSet<_>, _>>()
        .ok()?;
    Some(Meant {
        narrow: narrow(form.value("ecole"), form.value("classe"))?,
        all: form.has("tous") || !only.is_empty(),
        only,
    })
}

/// The households meant, in the order of their names; and of each the children meant.
fn homes(all: Vec<Person>, meant: &Meant) -> Vec<Home> {
    let mut by_home: BTreeMap<HouseholdId, Vec<Person>> = BTreeMap::new();
    for person in all {
        by_home.entry(person.household).or_default().push(person);
    }
    let mut homes: Vec<Home> = by_home
        .into_iter()
        .filter(|(_, people)| {
            let chosen = people.iter().any(|person| meant.only.contains(&person.id));
            let gets_in = people
                .iter()
                .any(|person| matches!(person.state, State::Active(_)));
            (meant.only.is_empty() || chosen) && (meant.all || !gets_in)
        })
        .map(|(id, people)| Home {
            id,
            name: people.first().map(|one| one.home.clone()).unwrap_or_default(),
            kids: people
                .first()
                .map(|one| one.children.clone())
                .unwrap_or_default()
                .into_iter()
                .filter(|kid| meant.narrow.has(kid))
                .collect(),
            people: people.iter().map(Person::name).collect(),
        })
        .filter(|home| !home.kids.is_empty())
        .collect();
    homes.sort_by_cached_key(|home| shared::text::search_key(&home.name));
    homes
}

pub(super) async fn ask(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAccounts)?;
    let asked = desk.asked(&["ecole", "classe", "qui"]);
    let form = asked
        .pairs()
        .iter()
        .fold(FormState::default(), |form, (name, value)| form.with(name, value));
    draw(&desk, form.with("jours", DAYS.to_string()), StatusCode::OK).await
}

async fn draw(desk: &Desk, form: FormState, status: StatusCode) -> Result<Response, DeskError> {
    let Some(meant) = meant(&form) else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let (bar, home) = (desk.bar(), desk.at(""));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let (schools, classes) = places(tx)?;
            let homes = homes(people(tx, commune.today())?, &meant);
            Ok::<_, StoreError>(CodesPage {
                bar,
                home,
                letters: homes.len(),
                children: homes.iter().map(|home| home.kids.len()).sum(),
                open: record::portal(tx)?.0.codes,
                form,
                schools,
                classes,
            })
        })
    });
    Ok(page(status, codes_page(&view.await?)))
}

pub(super) async fn print(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::ManageAccounts)?;
    let days = form.maybe_number("jours", 7, 400).unwrap_or(DAYS);
    let Some(meant) = meant(&form) else {
        return Err(desk.said(Notice::FormUnreadable));
    };
    if form.is_flawed() || form.has("compter") {
        let status = if form.is_flawed() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        return draw(&desk, form, status).await;
    }
    // As letters that are mailed say it: the server's own address, whatever this request calls it.
    let called = desk.visit.app.host.letters.base().map(str::to_owned);
    let called = called.unwrap_or_else(|| desk.visit.origin());
    let place = format!("{called}/{}/codes", desk.commune.slug);
    let made = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let homes = homes(people(tx, commune.today())?, &meant);
            Ok::<_, StoreError>((homes, Around::read(tx, commune)?))
        })
    });
    let (homes, around) = made.await?;
    if homes.is_empty() || homes.len() > MOST {
        let key = if homes.is_empty() {
            "accounts-codes-nobody"
        } else {
            "accounts-codes-too-many"
        };
        form.flaw("ecole", Flaw::Said(key));
        return draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let now = desk.commune.clock.now();
    let expires_at = now.plus_ms(days * DAY_MS);
    let (codes, letters) = drawn(&desk.commune, &homes, &around);
    let body = Body::IssueFamilyCodes {
        codes,
        expires_at,
        batch: BatchId(Uuid::from_bytes(random())),
    };
    if let Err(refusal) = desk.submit(None, body).await? {
        form.refuse("ecole", &refusal);
        return draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let today = now.date_in(desk.commune.zone);
    let file = LettersFile {
        commune: desk.commune.name.clone(),
        place,
        until: day_of(expires_at.date_in(desk.commune.zone), today),
        printed: day_of(today, chrono::NaiveDate::MIN),
        phone: around.phone,
        letters,
    };
    Ok(attached(&format!("codes-{today}.html"), letters_file(&file)))
}

/// What letters say besides the codes.
struct Around {
    phone: Option<String>,
    classes: BTreeMap<ChildId, String>,
}

impl Around {
    fn read(tx: &mut dyn Read, commune: &Commune) -> Result<Self, StoreError> {
        let names: BTreeMap<_, _> = record::classes(tx)?
            .into_iter()
            .map(|(class, _)| (class.id, class.name))
            .collect();
        let mut classes = BTreeMap::new();
        for kid in super::people::kids(tx, commune.today())?.into_values().flatten() {
            if let Some(name) = kid.class.and_then(|class| names.get(&class)) {
                classes.insert(kid.id, name.clone());
            }
        }
        Ok(Self {
            phone: record::portal(tx)?.0.phone,
            classes,
        })
    }
}

/// A payer's code for each household, a child's code for each of its children.
fn drawn(commune: &Commune, homes: &[Home], around: &Around) -> (Vec<FamilyCode>, Vec<CodeLetter>) {
    let mut codes = Vec::new();
    let mut letters = Vec::with_capacity(homes.len());
    for home in homes {
        let payer = Code::of(Kind::Payer, random());
        let mut pairs = Vec::with_capacity(home.kids.len());
        for kid in &home.kids {
            let child = Code::of(Kind::Child, random());
            codes.push(FamilyCode {
                pair: pair(commune.slug.as_str(), &child, &payer),
                child: kid.id,
                household: home.id,
            });
            pairs.push(CodePair {
                child: kid.name.clone(),
                class: around.classes.get(&kid.id).cloned(),
                code: child.shown(),
            });
        }
        letters.push(CodeLetter {
            home: home.name.clone(),
            people: home.people.clone(),
            payer: payer.shown(),
            pairs,
        });
    }
    (codes, letters)
}

/// A file that the browser keeps and does not show.
fn attached(name: &str, text: String) -> Response {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            disposition.unwrap_or(HeaderValue::from_static("attachment")),
        ),
    ];
    (headers, text).into_response()
}
