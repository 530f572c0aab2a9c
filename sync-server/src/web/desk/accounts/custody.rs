//! With whom a child is on which day, and who decides for it.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, Days, NaiveDate};
use server_ui::desk::Notice;
use server_ui::desk::accounts::{CustodyPage, CustodyWeek, custody_page};
use server_ui::desk::form::{Choice, Done, Flaw, FormState};
use shared::calendar::Calendar;
use shared::custody::household_on;
use shared::ids::{ChildId, HouseholdId};
use shared::operation::{
    Authority, AuthorityOver, Body, ChildRecord, CustodyException, CustodyRecord, HolidaySharing,
    HouseholdRecord, Refusal, Sharing,
};

use crate::record;
use crate::store::StoreError;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Exceptions of one form.
const EXCEPTIONS: usize = 30;
/// Weeks that are previewed.
const WEEKS: u64 = 8;
/// Longest note, in characters.
const NOTE_CHARS: usize = 2_000;

/// What the form is drawn beside.
struct Around {
    child: ChildRecord,
    homes: Vec<HouseholdRecord>,
    custody: CustodyRecord,
    version: Option<i64>,
    calendar: Option<Calendar>,
    today: NaiveDate,
}

async fn around(desk: &Desk) -> Result<Around, DeskError> {
    let id = ChildId(desk.uuid("id")?);
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        commune.store.read(|tx| {
            let Some((child, _)) = record::child(tx, id)? else {
                return Ok(None);
            };
            let mut homes = Vec::new();
            for household in &child.households {
                homes.extend(record::household(tx, *household)?.map(|(home, _)| home));
            }
            let (custody, version) = match record::custody(tx, id)? {
                Some((custody, version)) => (custody, Some(version)),
                None => (nothing(id), None),
            };
            let calendar = record::calendar(tx)?.map(|(calendar, _)| Calendar::of(&calendar));
            Ok::<_, StoreError>(Some(Around {
                child,
                homes,
                custody,
                version,
                calendar,
                today,
            }))
        })
    });
    found.await?.ok_or_else(|| desk.said(Notice::PageUnknown))
}

fn nothing(child: ChildId) -> CustodyRecord {
    CustodyRecord {
        child,
        sharing: None,
        exceptions: Vec::new(),
        authorities: Vec::new(),
        note: String::new(),
    }
}

fn holidays_word(holidays: HolidaySharing) -> &'static str {
    match holidays {
        HolidaySharing::AsWeeks => "semaines",
        HolidaySharing::FirstHalfInEvenYears => "paires",
        HolidaySharing::FirstHalfInOddYears => "impaires",
    }
}

fn state_of(custody: &CustodyRecord) -> FormState {
    let mut form = FormState::default().with("note", custody.note.clone());
    match &custody.sharing {
        Some(sharing) => {
            form = form
                .with("partage", "alternance")
                .with("premier", sharing.first.to_string())
                .with("second", sharing.second.to_string())
                .with("debut", sharing.anchor.to_string())
                .with("vacances", holidays_word(sharing.holidays));
        }
        None => form = form.with("partage", "unique").with("vacances", "semaines"),
    }
    for (row, one) in custody.exceptions.iter().enumerate() {
        form = form
            .with(format!("du-{row}"), one.from.to_string())
            .with(format!("au-{row}"), one.until.to_string())
            .with(format!("chez-{row}"), one.household.to_string());
    }
    for over in &custody.authorities {
        form = form.with(format!("autorite-{}", over.guardian), over.authority.as_str());
    }
    form
}

/// What a form says; what is wrong is noted in it.
fn read(form: &mut FormState, around: &Around) -> CustodyRecord {
    let known = |word: &str| {
        let id = word.parse().ok().map(HouseholdId)?;
        around.homes.iter().any(|home| home.id == id).then_some(id)
    };
    let shares = form.choice("partage", false, |word| match word {
        "unique" => Some(false),
        "alternance" => Some(true),
        _ => None,
    });
    let sharing = shares.then(|| {
        let nobody = HouseholdId(uuid::Uuid::nil());
        let first = form.choice("premier", nobody, known);
        let second = form.choice("second", nobody, known);
        if first == second && first != nobody {
            form.flaw("second", Flaw::Said("accounts-custody-same"));
        }
        let anchor = form.date("debut");
        let all = [
            HolidaySharing::AsWeeks,
            HolidaySharing::FirstHalfInEvenYears,
            HolidaySharing::FirstHalfInOddYears,
        ];
        let holidays = form.choice("vacances", HolidaySharing::AsWeeks, |word| {
            all.into_iter().find(|one| holidays_word(*one) == word)
        });
        Sharing {
            first,
            second,
            anchor,
            holidays,
        }
    });
    let mut exceptions = Vec::new();
    for row in 0..EXCEPTIONS {
        let names = ["du", "au", "chez"].map(|name| format!("{name}-{row}"));
        if names.iter().all(|name| form.value(name).trim().is_empty()) || form.has(&format!("oter-{row}")) {
            continue;
        }
        let from = form.date(&names[0]);
        let until = form.date(&names[1]);
        if until < from {
            form.flaw(&names[1], Flaw::Said("accounts-period-backwards"));
        }
        let household = form.choice(&names[2], HouseholdId(uuid::Uuid::nil()), known);
        exceptions.push(CustodyException {
            from,
            until,
            household,
        });
    }
    let mut authorities = Vec::new();
    for guardian in around.homes.iter().flat_map(|home| &home.guardians) {
        let said = form.maybe_choice(&format!("autorite-{}", guardian.id), Authority::parse);
        authorities.extend(said.map(|authority| AuthorityOver {
            guardian: guardian.id,
            authority,
        }));
    }
    CustodyRecord {
        child: around.child.id,
        sharing,
        exceptions,
        authorities,
        note: form.maybe_lines("note", NOTE_CHARS).unwrap_or_default(),
    }
}

/// With whom the child is in the next weeks, day by day: runs of days with the same household are one.
fn weeks(custody: &CustodyRecord, around: &Around) -> Vec<CustodyWeek> {
    let monday = around.today - Days::new(u64::from(around.today.weekday().num_days_from_monday()));
    let name = |id: HouseholdId| around.homes.iter().position(|home| home.id == id);
    (0..WEEKS)
        .map(|week| {
            let first = monday + Days::new(7 * week);
            let days = (0..7)
                .map(|day| {
                    let date = first + Days::new(day);
                    let place = household_on(custody, around.calendar.as_ref(), date).and_then(name);
                    (format!("{}", date.format("%d/%m")), place)
                })
                .collect();
            CustodyWeek {
                first: shared::words::day(first),
                days,
            }
        })
        .collect()
}

fn draw(
    desk: &Desk,
    form: FormState,
    around: &Around,
    shown: &CustodyRecord,
    status: StatusCode,
) -> Response {
    let rows = (0..EXCEPTIONS)
        .filter(|row| !form.value(&format!("du-{row}")).is_empty())
        .max()
        .map_or(0, |row| row + 1);
    let homes: Vec<Choice> = around
        .homes
        .iter()
        .map(|home| Choice::new(home.id.to_string(), home.name.clone()))
        .collect();
    let guardians = around
        .homes
        .iter()
        .flat_map(|home| home.guardians.iter().map(move |one| (home, one)))
        .map(|(home, one)| {
            let name = format!("{} {}", one.first_name, one.last_name);
            (
                one.id.to_string(),
                name.trim().to_owned(),
                home.name.clone(),
                one.authority,
            )
        })
        .collect();
    let child = &around.child;
    let sound = shown
        .sharing
        .as_ref()
        .is_none_or(|sharing| sharing.first != sharing.second);
    let view = CustodyPage {
        bar: desk.bar(),
        home: desk.at(""),
        child: format!("{} {}", child.last_name, child.first_name),
        card: desk.at(&format!("/enfants/{}", child.id)),
        action: desk.at(&format!("/enfants/{}/garde", child.id)),
        form,
        weeks: if sound && shown.sharing.is_some() {
            weeks(shown, around)
        } else {
            Vec::new()
        },
        homes,
        guardians,
        rows: (rows + 1).min(EXCEPTIONS),
    };
    page(status, custody_page(&view))
}

pub(super) async fn edit(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAccounts)?;
    let around = around(&desk).await?;
    let form = state_of(&around.custody);
    let form = match around.version {
        Some(version) => form.of_version(version),
        None => form,
    };
    Ok(draw(&desk, form, &around, &around.custody, StatusCode::OK))
}

pub(super) async fn change(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::ManageAccounts)?;
    let beside = around(&desk).await?;
    let custody = read(&mut form, &beside);
    if form.is_flawed() || form.has("apercu") {
        let status = if form.is_flawed() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        let shown = if form.is_flawed() {
            nothing(beside.child.id)
        } else {
            custody
        };
        return Ok(draw(&desk, form, &beside, &shown, status));
    }
    let seen = form.seen();
    let card = desk.at(&format!("/enfants/{}", beside.child.id));
    if custody == beside.custody && seen == beside.version {
        return Ok(desk.done(&card, Done::Unchanged));
    }
    let body = Body::PutCustody {
        custody: custody.clone(),
    };
    match desk.submit(seen, body).await? {
        Ok(_) => Ok(desk.done(&card, Done::Saved)),
        Err(Refusal::Changed { version }) => {
            let newer = around(&desk).await?;
            form.overtaken(state_of(&newer.custody), version);
            Ok(draw(&desk, form, &newer, &custody, StatusCode::CONFLICT))
        }
        Err(refusal) => {
            form.refuse("partage", &refusal);
            Ok(draw(
                &desk,
                form,
                &beside,
                &custody,
                StatusCode::UNPROCESSABLE_ENTITY,
            ))
        }
    }
}
