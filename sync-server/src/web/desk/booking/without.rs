//! Children of a school or class without any reservation of an activity in a span.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Days, NaiveDate};
use server_ui::desk::Notice;
use server_ui::desk::booking::{WithoutLine, WithoutPage, cell_words as say, without_page};
use server_ui::desk::form::{Address, Choice, FormState};
use shared::ids::{ActivityId, ChildId};

use super::occupation::activity_choices;
use super::reached::households;
use super::{FIND, WITHOUT, csv, date_of, family};
use crate::commune::Commune;
use crate::record;
use crate::rules;
use crate::store::{Read, StoreError};
use crate::web::desk::bookings::people::{Known, everyone};
use crate::web::desk::day::day_of;
use crate::web::desk::reach::Reach;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// What is asked for.
#[derive(Clone)]
struct Asked {
    address: Address,
    from: NaiveDate,
    until: NaiveDate,
}

fn asked(desk: &Desk) -> Result<Asked, DeskError> {
    let address = desk.asked(&["activite", "qui", "du", "au"]);
    let today = desk.commune.today();
    let from = date_of(address.value("du"), today);
    let later = from.and_then(|from| from.checked_add_days(Days::new(6)));
    let until = match address.value("au") {
        "" => later,
        text => date_of(text, today),
    };
    match (from, until) {
        (Some(from), Some(until)) => Ok(Asked {
            address,
            from,
            until: until.max(from),
        }),
        _ => Err(desk.said(Notice::PageUnknown)),
    }
}

fn lines(
    tx: &mut dyn Read,
    commune: &Commune,
    reach: &Reach,
    asked: &Asked,
    grid_of: &dyn Fn(shared::ids::HouseholdId) -> String,
) -> Result<Option<Vec<WithoutLine>>, StoreError> {
    let Ok(activity) = asked.address.value("activite").parse() else {
        return Ok(None);
    };
    let sql = include_str!("sql/booked.sql");
    let params = [ActivityId(activity).into(), asked.from.into(), asked.until.into()];
    let rows = tx.query(sql, &params)?;
    let booked: BTreeSet<ChildId> = rows
        .iter()
        .map(|row| row.uuid(0).map(ChildId))
        .collect::<Result<_, _>>()?;
    let sites: Vec<_> = record::sites(tx)?.into_iter().map(|(site, _)| site).collect();
    let known = Known::of(tx, reach, &sites)?;
    let homes = households(tx)?;
    let whose = asked.address.value("qui");
    let is = |id: Option<String>| whose.is_empty() || id.as_deref() == Some(whose);
    let all = everyone(tx, commune.today())?.into_iter().filter(|child| {
        let here = child.left_on.is_none_or(|left| asked.from < left);
        let chosen = is(child.class.map(|id| id.to_string())) || is(child.school.map(|id| id.to_string()));
        here && chosen && known.has(child) && !booked.contains(&child.id)
    });
    let all = all.map(|child| WithoutLine {
        name: child.name(),
        class: child.class_name.clone().unwrap_or_default(),
        school: child.school_name.clone().unwrap_or_default(),
        family: homes
            .get(&child.id)
            .map(|home| Address::new(grid_of(*home)).with("date", asked.from).to_string()),
    });
    Ok(Some(all.collect()))
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeBookings)?;
    let asked = asked(&desk)?;
    let (eyes, home) = (family::Eyes::of(&desk), desk.at(""));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        commune.store.read(|tx| {
            let grid_of = |home| eyes.grid_of(home);
            let lines = lines(tx, commune, &eyes.reach, &asked, &grid_of)?;
            let ground = rules::town(tx, asked.from, asked.until)?;
            let mut whose = Vec::new();
            let classes = record::classes(tx)?;
            for (school, _) in record::schools(tx)?
                .into_iter()
                .filter(|(school, _)| !school.retired)
            {
                whose.push(Choice::new(school.id.to_string(), school.name.clone()));
                let of = classes.iter().map(|(class, _)| class);
                let of = of.filter(|class| class.school == school.id && !class.retired);
                whose.extend(of.map(|class| {
                    Choice::new(class.id.to_string(), format!("{}, {}", school.name, class.name))
                }));
            }
            let address = asked.address.clone();
            let file = address.pairs().iter().fold(
                Address::new(format!("{home}{WITHOUT}/fichier")),
                |all, (name, value)| all.with(name, value),
            );
            Ok::<_, StoreError>(WithoutPage {
                bar: eyes.bar.clone(),
                filter: FormState::default()
                    .with("activite", address.value("activite"))
                    .with("qui", address.value("qui"))
                    .with("du", asked.from.to_string())
                    .with("au", asked.until.to_string()),
                address,
                back: format!("{home}{FIND}"),
                file: file.to_string(),
                activities: activity_choices(&ground),
                whose,
                span: say::span(&day_of(asked.from, today), &day_of(asked.until, today)),
                lines,
            })
        })
    });
    Ok(page(StatusCode::OK, without_page(&view.await?)))
}

pub(super) async fn as_file(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeBookings)?;
    let asked = asked(&desk)?;
    let reach = desk.reach().clone();
    let name = format!("sans-reservation-{}-{}.csv", asked.from, asked.until);
    let rows = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let found = lines(tx, commune, &reach, &asked, &|_| String::new())?;
            let mut rows = vec![say::without_columns()];
            let found = found.unwrap_or_default().into_iter();
            rows.extend(found.map(|line| vec![line.name, line.class, line.school]));
            Ok::<_, StoreError>(rows)
        })
    });
    Ok(csv(&name, &rows.await?))
}
