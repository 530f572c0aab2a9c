//! The pages that are only looked at.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, Days, Months, NaiveDate};
use server_ui::desk::bookings::{
    FindPage, FoundChild, GridPage, PeriodPage, SchoolClasses, Tab, find_page, grid_page, label, period_page,
};
use server_ui::desk::form::{Address, Choice, FormState};
use server_ui::desk::{Bar, Notice};
use shared::ids::{ChildId, ClassId};
use shared::text::matches;

use super::grid::{Grid, Whose, class_rows, grid};
use super::ground::Data;
use super::people::{self, Known};
use super::subject::{self, Found, Id, Subject};
use super::wish::{Way, limits, span};
use crate::commune::Commune;
use crate::record;
use crate::store::{Read, StoreError};
use crate::web::desk::booking;
use crate::web::desk::day::day_of;
use crate::web::desk::reach::Reach;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Children found at once.
const MOST_FOUND: usize = 30;

/// Who looks, and what they may do.
#[derive(Clone)]
pub(super) struct Eyes {
    pub(super) bar: Bar,
    pub(super) reach: Reach,
    pub(super) edits: bool,
    /// The desk's first address, without a slash at its end.
    pub(super) root: String,
}

impl Eyes {
    pub(super) fn of(desk: &Desk) -> Self {
        Self {
            bar: desk.bar(),
            reach: desk.reach().clone(),
            edits: desk.may(Right::EditBookings),
            root: desk.at(""),
        }
    }

    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }
}

pub(super) async fn find(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeBookings)?;
    let (eyes, address) = (Eyes::of(&desk), desk.asked(&["q"]));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| search(tx, commune, eyes, address))
    });
    Ok(page(StatusCode::OK, find_page(&view.await?)))
}

fn search(
    tx: &mut dyn Read,
    commune: &Commune,
    eyes: Eyes,
    address: Address,
) -> Result<FindPage, StoreError> {
    let sites: Vec<_> = record::sites(tx)?.into_iter().map(|(site, _)| site).collect();
    let known = Known::of(tx, &eyes.reach, &sites)?;
    let everyone = people::everyone(tx, commune.today())?;
    let query = address.value("q");
    let mut found: Vec<_> = everyone
        .iter()
        .filter(|person| !query.is_empty() && known.has(person) && matches(&person.search_key, query))
        .collect();
    let more = found.len() > MOST_FOUND;
    found.truncate(MOST_FOUND);
    let children = found
        .into_iter()
        .map(|person| FoundChild {
            name: person.name(),
            home: person.home(),
            address: eyes.at(&Id::Child(person.id).path()),
        })
        .collect();
    let classes = record::classes(tx)?;
    let mut schools = Vec::new();
    for (school, _) in record::schools(tx)? {
        let of_school = classes
            .iter()
            .map(|(class, _)| class)
            .filter(|class| class.school == school.id && !class.retired);
        let classes: Vec<_> = of_school
            .filter(|class| {
                let children: Vec<_> = everyone
                    .iter()
                    .filter(|person| person.class == Some(class.id))
                    .cloned()
                    .collect();
                known.has_class(school.id, &children)
            })
            .map(|class| (class.name.clone(), eyes.at(&Id::Class(class.id).path())))
            .collect();
        if !classes.is_empty() {
            schools.push(SchoolClasses {
                name: school.name,
                classes,
            });
        }
    }
    Ok(FindPage {
        lists: booking::lists(&eyes.root),
        bar: eyes.bar,
        address,
        children,
        more,
        schools,
    })
}

pub(super) async fn child(desk: Desk) -> Result<Response, DeskError> {
    let id = Id::Child(ChildId(desk.uuid("id")?));
    show(desk, id).await
}

pub(super) async fn class(desk: Desk) -> Result<Response, DeskError> {
    let id = Id::Class(ClassId(desk.uuid("id")?));
    show(desk, id).await
}

async fn show(desk: Desk, id: Id) -> Result<Response, DeskError> {
    desk.require(Right::SeeBookings)?;
    let (eyes, asked) = (Eyes::of(&desk), desk.asked(&["vue", "date"]));
    let today = desk.commune.today();
    let way = Way::parse(asked.value("vue"));
    let Some(date) = date_of(asked.value("date"), today) else {
        return Err(desk.said(Notice::PageUnknown));
    };
    // Whoever may only look has nothing to fill in.
    let way = if way == Way::Period && !eyes.edits {
        Way::Week
    } else {
        way
    };
    let drawn = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let subject = match subject::find(tx, commune, &eyes.reach, id)? {
                Found::Here(subject) => subject,
                Found::Unknown => return Ok(Err(Notice::PageUnknown)),
                Found::Beyond => return Ok(Err(Notice::Forbidden)),
            };
            draw(tx, commune, &eyes, &subject, (way, date), None).map(Ok)
        })
    });
    match drawn.await? {
        Ok(html) => Ok(page(StatusCode::OK, html)),
        Err(why) => Err(desk.said(why)),
    }
}

/// The date that a page is about; nothing when it is none that anyone plans for.
pub(super) fn date_of(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if text.is_empty() {
        return Some(today);
    }
    let (first, last) = limits(today);
    text.parse().ok().filter(|date| (first..=last).contains(date))
}

/// Draws the form: as it stands, or as it was typed.
pub(super) fn draw(
    tx: &mut dyn Read,
    commune: &Commune,
    eyes: &Eyes,
    subject: &Subject,
    (way, date): (Way, NaiveDate),
    typed: Option<FormState>,
) -> Result<String, StoreError> {
    let today = commune.today();
    let asked = typed.clone().unwrap_or_default();
    let data = Data::load(tx, &eyes.reach, &subject.people, span(&asked, way, date, today))?;
    let path = eyes.at(&subject.id.path());
    let address = |way: Way, date: NaiveDate| {
        Address::new(path.clone())
            .with("vue", way.as_str())
            .with("date", date)
            .to_string()
    };
    let tabs = tabs(eyes, way, &|way| address(way, date));
    if way == Way::Period {
        return Ok(period_page(&period(
            eyes,
            subject,
            &data,
            tabs,
            typed,
            date.max(today),
        )));
    }
    let whose = match subject.id {
        Id::Child(_) => match subject.people.first() {
            Some(child) => Whose::Child(child),
            None => Whose::Class(&[]),
        },
        Id::Class(_) => Whose::Class(&subject.people),
    };
    let weeks = way.weeks(date);
    let Grid {
        weeks: drawn,
        standing,
    } = grid(&data, &whose, &weeks, today);
    let class = match subject.id {
        Id::Child(_) => None,
        Id::Class(_) => Some(class_rows(
            &data,
            &subject.people,
            weeks.first().map_or(&[][..], Vec::as_slice),
            |child| {
                Address::new(eyes.at(&Id::Child(child.id).path()))
                    .with("date", date)
                    .to_string()
            },
        )),
    };
    let form = typed.unwrap_or_else(|| {
        let everyone = subject.people.iter().map(|person| person.id.to_string());
        standing
            .with("vue", way.as_str())
            .with("date", date.to_string())
            .with_all("enfant", everyone)
    });
    let first = weeks
        .first()
        .and_then(|week| week.first())
        .copied()
        .unwrap_or(date);
    let (before, after) = around(way, date);
    let page = GridPage {
        bar: eyes.bar.clone(),
        form,
        title: subject.title.clone(),
        home: subject.home.clone(),
        action: path.clone(),
        tabs,
        span: match way {
            Way::Month => month_of(date),
            Way::Week | Way::Period => label::week_of(&day_of(first, today)),
        },
        before: address(way, before),
        after: address(way, after),
        back: eyes.at("/reservations"),
        weeks: drawn
            .into_iter()
            .map(|mut week| {
                week.label = label::week_of(&week.label);
                week
            })
            .collect(),
        class,
        edits: eyes.edits,
    };
    Ok(grid_page(&page))
}

fn tabs(eyes: &Eyes, shown: Way, address: &dyn Fn(Way) -> String) -> Vec<Tab> {
    let [week, month, period] = label::ways();
    [(Way::Week, week), (Way::Month, month), (Way::Period, period)]
        .into_iter()
        .filter(|(way, _)| eyes.edits || *way != Way::Period)
        .map(|(way, label)| Tab {
            label,
            address: address(way),
            current: way == shown,
        })
        .collect()
}

fn around(way: Way, date: NaiveDate) -> (NaiveDate, NaiveDate) {
    match way {
        Way::Month => {
            let first = date.with_day(1).unwrap_or(date);
            let month = Months::new(1);
            (
                first.checked_sub_months(month).unwrap_or(first),
                first.checked_add_months(month).unwrap_or(first),
            )
        }
        Way::Week | Way::Period => (date - Days::new(7), date + Days::new(7)),
    }
}

/// « novembre 2026 »: the words of a day without its weekday and number.
fn month_of(date: NaiveDate) -> String {
    let day = shared::words::day(date.with_day(1).unwrap_or(date));
    let month = day.rsplit(' ').next().unwrap_or_default();
    format!("{month} {}", date.year())
}

fn period(
    eyes: &Eyes,
    subject: &Subject,
    data: &Data,
    tabs: Vec<Tab>,
    typed: Option<FormState>,
    from: NaiveDate,
) -> PeriodPage {
    let everyone = || subject.people.iter().map(|person| person.id.to_string());
    let is_class = matches!(subject.id, Id::Class(_));
    let form = typed.unwrap_or_else(|| {
        let empty = FormState::default()
            .with("vue", Way::Period.as_str())
            .with("acte", "reserver")
            .with("du", from.to_string())
            .with_weekdays("jours", 0b1_1011);
        if is_class {
            empty.with_all("enfant", everyone())
        } else {
            empty
        }
    });
    let mut activities = Vec::new();
    for activity in &data.activities {
        if activity.formulas.is_empty() {
            activities.push(Choice::new(activity.slug.to_string(), activity.name.clone()));
        }
        for formula in &activity.formulas {
            activities.push(Choice::new(
                format!("{}/{}", activity.slug, formula.slug),
                label::with_formula(&activity.name, &formula.name),
            ));
        }
    }
    let children = if is_class {
        subject
            .people
            .iter()
            .map(|person| Choice::new(person.id.to_string(), person.name()))
            .collect()
    } else {
        Vec::new()
    };
    PeriodPage {
        bar: eyes.bar.clone(),
        form,
        title: subject.title.clone(),
        home: subject.home.clone(),
        action: eyes.at(&subject.id.path()),
        tabs,
        back: eyes.at("/reservations"),
        activities,
        sites: data
            .own_sites
            .iter()
            .map(|site| Choice::new(site.slug.to_string(), site.name.clone()))
            .collect(),
        children,
    }
}
