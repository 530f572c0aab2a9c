//! The card of a child.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, Days, NaiveDate};
use server_ui::desk::families::{CardPage, GuardianView, HomeView, TodayLine, WeekView, card_page};
use server_ui::desk::{Bar, Notice};
use shared::fold::{Presence, State};
use shared::ids::ChildId;
use shared::operation::ChildRecord;

use super::{history, search};
use crate::commune::Commune;
use crate::import::values;
use crate::record;
use crate::store::{Read, Row, StoreError};
use crate::web::desk::accounts::payers;
use crate::web::desk::day::{Pointed, hour_of};
use crate::web::desk::reach::Reach;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Who looks.
struct Onlooker {
    bar: Bar,
    home: String,
    sees_health: bool,
    sees_bookings: bool,
    edits: bool,
    manages: bool,
    reach: Reach,
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeFamilies)?;
    let id = ChildId(desk.uuid("id")?);
    let onlooker = Onlooker {
        bar: desk.bar(),
        home: desk.at(""),
        sees_health: desk.may(Right::SeeHealth),
        sees_bookings: desk.may(Right::SeeBookings),
        edits: desk.may(Right::EditFamilies),
        manages: desk.may(Right::ManageAccounts),
        reach: desk.reach().clone(),
    };
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| card(tx, commune, id, onlooker))
    });
    match found.await? {
        Some(view) => Ok(page(StatusCode::OK, card_page(&view))),
        // Out of reach and not there read alike: neither tells that a child exists.
        None => Err(desk.said(Notice::PageUnknown)),
    }
}

fn card(
    tx: &mut dyn Read,
    commune: &Commune,
    id: ChildId,
    onlooker: Onlooker,
) -> Result<Option<CardPage>, StoreError> {
    let Onlooker {
        bar,
        home,
        sees_health,
        sees_bookings,
        edits,
        manages,
        reach,
    } = onlooker;
    let Some((child, version)) = record::child(tx, id)? else {
        return Ok(None);
    };
    if !search::reaches(tx, &reach, id, child.school)? {
        return Ok(None);
    }
    let today = commune.today();
    let (school, class) = search::place(tx, child.school, child.class)?;
    let homes = homes(tx, &child, &home)?;
    Ok(Some(CardPage {
        born: format!("{} {}", shared::words::day(child.born), child.born.year()),
        age: today.years_since(child.born).unwrap_or(0),
        school,
        class,
        left: child.left_on.map(values::shown),
        symbol: shared::symbol::of(id, child.symbol),
        health: sees_health.then(|| child.health.clone()),
        homes,
        payers: if manages {
            Some(payers::of_child(tx, id, &home)?)
        } else {
            None
        },
        add_payer: format!("{home}/payeurs?enfant={id}"),
        custody: format!("{home}/enfants/{id}/garde"),
        shared: shared_with(tx, commune, &child)?,
        today: pointed(tx, commune, id, today)?,
        weeks: weeks(tx, id, today)?,
        bookings: sees_bookings.then(|| format!("{home}/reservations?enfant={id}")),
        history: history::of_child(tx, commune, version, sees_health)?,
        edit: edits.then(|| format!("{home}/enfants/{id}/modifier")),
        add_home: format!("{home}/foyers/nouveau?enfant={id}"),
        last_name: child.last_name,
        first_name: child.first_name,
        reference: child.reference,
        badges: child.badges,
        must_know: child.must_know,
        phone: child.phone,
        bar,
        home,
    }))
}

/// With whom the child is today and in a week, where its households share it.
fn shared_with(
    tx: &mut dyn Read,
    commune: &Commune,
    child: &ChildRecord,
) -> Result<Option<String>, StoreError> {
    let Some((custody, _)) = record::custody(tx, child.id)? else {
        return Ok(None);
    };
    if custody.sharing.is_none() {
        return Ok(None);
    }
    let calendar = record::calendar(tx)?.map(|(calendar, _)| shared::calendar::Calendar::of(&calendar));
    let today = commune.today();
    let mut names = Vec::new();
    for date in [today, today + Days::new(7)] {
        let with = shared::custody::household_on(&custody, calendar.as_ref(), date);
        let home = match with {
            Some(id) => record::household(tx, id)?.map(|(home, _)| home.name),
            None => None,
        };
        names.push(home.unwrap_or_default());
    }
    Ok(Some(server_ui::desk::families::shared_words(
        &names[0], &names[1],
    )))
}

fn homes(tx: &mut dyn Read, child: &ChildRecord, home: &str) -> Result<Vec<HomeView>, StoreError> {
    let mut homes = Vec::new();
    for id in &child.households {
        let Some((household, _)) = record::household(tx, *id)? else {
            continue;
        };
        let mut siblings = Vec::new();
        for row in tx.query(include_str!("sql/children_of_household.sql"), &[(*id).into()])? {
            let other = ChildId(row.uuid(0)?);
            if other != child.id {
                let name = format!("{} {}", row.text(2)?, row.text(1)?);
                siblings.push((name, format!("{home}/enfants/{other}")));
            }
        }
        let guardian = |guardian: shared::operation::GuardianRecord| GuardianView {
            name: format!("{} {}", guardian.first_name, guardian.last_name)
                .trim()
                .to_owned(),
            authority: guardian.authority,
            phone: guardian.phone,
            email: guardian.email,
        };
        homes.push(HomeView {
            edit: format!("{home}/foyers/{id}?enfant={}", child.id),
            bookings: format!("{home}/familles/{id}/reservations"),
            facts: format!("{home}/familles/{id}/regles"),
            add_child: format!("{home}/enfants/nouveau?foyer={id}"),
            name: household.name,
            guardians: household.guardians.into_iter().map(guardian).collect(),
            siblings,
        });
    }
    Ok(homes)
}

fn pointed(
    tx: &mut dyn Read,
    commune: &Commune,
    child: ChildId,
    today: NaiveDate,
) -> Result<Vec<TodayLine>, StoreError> {
    let pointed = Pointed::load(tx, today)?;
    let sites = search::site_names(tx)?;
    let activities = record::activities(tx)?;
    let mut lines = Vec::new();
    for ((site, who, activity), presence) in &pointed.fold.presences {
        let known = activities.iter().find(|(known, _)| known.id == *activity);
        if *who != child || presence.marks.is_empty() {
            continue;
        }
        let name = known.map(|(activity, _)| activity.name.clone());
        let names = [name, sites.get(site).cloned()];
        lines.push(TodayLine {
            activity: names.into_iter().flatten().collect::<Vec<_>>().join(", "),
            state: state_of(presence),
            stays: presence
                .intervals
                .iter()
                .map(|stay| {
                    let at = |at: Option<shared::time::UtcMs>| {
                        at.map(|at| hour_of(at, commune)).unwrap_or_default()
                    };
                    format!("{} – {}", at(stay.start), at(stay.end)).trim().to_owned()
                })
                .collect(),
        });
    }
    Ok(lines)
}

fn state_of(presence: &Presence) -> State {
    presence.state()
}

/// This week and the next, from Monday to Sunday.
fn weeks(tx: &mut dyn Read, child: ChildId, today: NaiveDate) -> Result<Vec<WeekView>, StoreError> {
    let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
    let next = monday + Days::new(7);
    let params = [child.into(), monday.into(), (next + Days::new(6)).into()];
    let mut weeks = [true, false].map(|is_this| WeekView {
        is_this,
        days: Vec::new(),
    });
    for row in tx.query(include_str!("sql/booked.sql"), &params)? {
        let date = row.date(0)?;
        let said = match row.opt(3, Row::text)? {
            Some(formula) => format!("{} ({formula})", row.text(1)?),
            None => row.text(1)?,
        };
        let days = &mut weeks[usize::from(date >= next)].days;
        let label = shared::words::day(date);
        match days.last_mut() {
            Some((day, booked)) if *day == label => booked.push(said),
            _ => days.push((label, vec![said])),
        }
    }
    Ok(weeks.into())
}
