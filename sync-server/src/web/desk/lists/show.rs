//! The handlers.

use std::sync::Arc;

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{Datelike, Days, NaiveDate};
use serde::Deserialize;
use server_ui::desk::lists::{
    Kitchen, ListSheet, ListsPage, PaperPage, PartBy, lists_page, paper, paper_title, spreadsheet,
};
use server_ui::desk::{Bar, Choice, Notice};
use shared::day_list::{DayList, ListedActivity};
use shared::ids::SiteId;

use super::read;
use crate::bookings;
use crate::commune::Commune;
use crate::record;
use crate::store::{Read, StoreError};
use crate::web::desk::day::{day_of, hour_of};
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::{Right, may};
use crate::web::desk::session::Session;
use crate::web::desk::visit::Desk;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    site: Option<String>,
    date: Option<String>,
    activite: Option<String>,
    par: Option<String>,
    etendue: Option<String>,
}

/// What is asked for, once it was found.
struct Found {
    sites: Vec<Choice>,
    site: Choice,
    id: SiteId,
    date: NaiveDate,
    by: PartBy,
    /// Slug of the activity asked for.
    activity: Option<String>,
    whole_week: bool,
    /// What staff must know may be shown.
    health: bool,
}

fn find(
    tx: &mut dyn Read,
    commune: &Commune,
    session: &Session,
    asked: &Asked,
) -> Result<Option<Found>, StoreError> {
    let text = |field: &Option<String>| field.clone().filter(|text| !text.is_empty());
    let date = match text(&asked.date) {
        None => commune.today(),
        Some(text) => match text.parse::<NaiveDate>() {
            Ok(date) if (1..=9998).contains(&date.year()) => date,
            _ => return Ok(None),
        },
    };
    let all: Vec<_> = record::sites(tx)?
        .into_iter()
        .map(|(site, _)| site)
        .filter(|site| session.reach.has(site.id))
        .collect();
    let wanted = text(&asked.site);
    let found = match &wanted {
        None => all.iter().find(|site| !site.retired),
        Some(slug) => all.iter().find(|site| site.slug.as_str() == slug),
    };
    let Some(found) = found else { return Ok(None) };
    let choice = |site: &shared::operation::SiteRecord| Choice {
        slug: site.slug.to_string(),
        name: site.name.clone(),
    };
    let by = match asked.par.as_deref() {
        Some("classe") => PartBy::Class,
        // Children who cannot say their name are listed by class.
        None if found.nursery => PartBy::Class,
        _ => PartBy::Group,
    };
    Ok(Some(Found {
        site: choice(found),
        id: found.id,
        sites: all
            .iter()
            .filter(|site| !site.retired || site.id == found.id)
            .map(choice)
            .collect(),
        date,
        by,
        activity: text(&asked.activite),
        whole_week: asked.etendue.as_deref() == Some("semaine"),
        health: may(session.role, Right::SeeHealth),
    }))
}

impl Found {
    /// Where a part of the lists is to be found.
    fn address(&self, commune: &Commune, page: &str, date: NaiveDate, activity: Option<&str>) -> String {
        let activity = activity
            .map(|slug| format!("&activite={slug}"))
            .unwrap_or_default();
        format!(
            "/{}/gestion/listes{page}?site={}&date={date}{activity}&par={}",
            commune.slug,
            self.site.slug,
            self.by.as_str()
        )
    }

    fn sheet(&self, day: &DayList, activity: &ListedActivity, date: &str) -> ListSheet {
        read::sheet(day, activity, self.by, &self.site.name, date, self.health)
    }

    /// The lists to print or to save: of one activity or all, of a day or its week.
    fn sheets(&self, tx: &mut dyn Read, commune: &Commune) -> Result<Vec<ListSheet>, StoreError> {
        let dates = if self.whole_week {
            bookings::week(self.date)
        } else {
            vec![self.date]
        };
        let mut sheets = Vec::new();
        for date in dates {
            let day = read::day(tx, self.id, date)?;
            let label = day_of(date, commune.today());
            let wanted = |activity: &&ListedActivity| {
                self.activity
                    .as_ref()
                    .is_none_or(|slug| activity.slug.as_str() == slug)
            };
            let chosen = day.activities.iter().filter(wanted);
            sheets.extend(chosen.map(|activity| self.sheet(&day, activity, &label)));
        }
        Ok(sheets)
    }
}

pub(super) async fn screen(
    desk: Desk,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, DeskError> {
    desk.require(Right::SeeBoard)?;
    let Query(asked) = asked.unwrap_or_default();
    let (bar, session) = (desk.bar(), desk.session.clone());
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let Some(found) = find(tx, commune, &session, &asked)? else {
                return Ok(None);
            };
            on_screen(tx, commune, &found, bar)
        })
    });
    match view.await? {
        Some(view) => Ok(page(StatusCode::OK, lists_page(&view))),
        None => Err(desk.said(Notice::PageUnknown)),
    }
}

fn on_screen(
    tx: &mut dyn Read,
    commune: &Commune,
    found: &Found,
    bar: Bar,
) -> Result<Option<ListsPage>, StoreError> {
    let day = read::day(tx, found.id, found.date)?;
    let activity = match found.activity.as_deref() {
        None => day.activities.first(),
        Some(slug) => day.activity(slug),
    };
    let label = day_of(found.date, commune.today());
    let slug = activity.map(|activity| activity.slug.to_string());
    let address =
        |page: &str, date: NaiveDate, activity: Option<&str>| found.address(commune, page, date, activity);
    let shown = slug.as_deref();
    let kitchen: Kitchen = read::kitchen(&day, &read::meals(tx)?);
    Ok(Some(ListsPage {
        bar,
        sites: found.sites.clone(),
        site: found.site.clone(),
        date: found.date.to_string(),
        before: address("", found.date - Days::new(1), shown),
        after: address("", found.date + Days::new(1), shown),
        activities: day
            .activities
            .iter()
            .map(|activity| Choice {
                slug: activity.slug.to_string(),
                name: activity.name.clone(),
            })
            .collect(),
        by: found.by,
        paper: address("/papier", found.date, shown),
        paper_of_day: address("/papier", found.date, None),
        paper_of_week: format!("{}&etendue=semaine", address("/papier", found.date, shown)),
        file: address("/fichier", found.date, shown),
        sheet: activity.map(|activity| found.sheet(&day, activity, &label)),
        activity: slug,
        date_label: label,
        kitchen,
        notices: day.notices.clone(),
    }))
}

pub(super) async fn on_paper(
    desk: Desk,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, DeskError> {
    desk.require(Right::SeeBoard)?;
    let Query(asked) = asked.unwrap_or_default();
    let session = desk.session.clone();
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let Some(found) = find(tx, commune, &session, &asked)? else {
                return Ok(None);
            };
            let now = commune.clock.now();
            let printed = [
                day_of(now.date_in(commune.zone), commune.today()),
                hour_of(now, commune),
            ];
            Ok::<_, StoreError>(Some(PaperPage {
                commune: commune.name.clone(),
                title: paper_title(&found.site.name, &day_of(found.date, commune.today())),
                printed,
                back: found.address(commune, "", found.date, found.activity.as_deref()),
                sheets: found.sheets(tx, commune)?,
            }))
        })
    });
    match view.await? {
        Some(view) => Ok(page(StatusCode::OK, paper(&view))),
        None => Err(desk.said(Notice::PageUnknown)),
    }
}

pub(super) async fn as_file(
    desk: Desk,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, DeskError> {
    desk.require(Right::SeeBoard)?;
    let Query(asked) = asked.unwrap_or_default();
    let session = desk.session.clone();
    let file = desk
        .visit
        .app
        .with(&desk.visit.slug, move |commune: &Arc<Commune>| {
            commune.store.read(|tx| {
                let Some(found) = find(tx, commune, &session, &asked)? else {
                    return Ok(None);
                };
                let activity = found.activity.as_deref().unwrap_or("jour");
                let name = format!("liste-{}-{}-{activity}.csv", found.site.slug, found.date);
                Ok::<_, StoreError>(Some((name, spreadsheet(&found.sheets(tx, commune)?))))
            })
        });
    let Some((name, text)) = file.await? else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, text).into_response())
}
