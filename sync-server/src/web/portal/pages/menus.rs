//! `/{slug}/menus`: a week at a time.

use axum::response::Response;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use server_ui::portal::Place;
use server_ui::portal::pages::{Meal, MenuDay, MenuWeek, SiteChoice, menu_page};
use shared::words::day;

use super::{kept, unopened};
use crate::commune::Commune;
use crate::record;
use crate::store::StoreError;
use crate::web::portal::family::Guest;
use crate::web::portal::reply::PortalError;

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    if let Some(page) = unopened(&guest, Place::Menus) {
        return Ok(page);
    }
    let asked = guest.visit.asked("semaine").and_then(|text| text.parse().ok());
    let site = guest.visit.asked("site").map(str::to_owned);
    let view = guest.visit.app.with(&guest.visit.slug, move |commune| {
        week(commune, asked, site.as_deref())
    });
    let html = menu_page(&guest.frame(Some(Place::Menus)), &view.await?);
    Ok(kept::page(&guest, html))
}

/// The Monday of a date; a date far from any calendar is of this week.
fn monday_of(asked: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    let date = asked
        .filter(|date| (1900..=2199).contains(&date.year()))
        // At the end of a week, families want the next one.
        .unwrap_or_else(|| match today.weekday() {
            Weekday::Sat | Weekday::Sun => today + Days::new(2),
            _ => today,
        });
    date - Days::new(u64::from(date.weekday().num_days_from_monday()))
}

fn week(commune: &Commune, asked: Option<NaiveDate>, site: Option<&str>) -> Result<MenuWeek, StoreError> {
    let today = commune.today();
    let monday = monday_of(asked, today);
    commune.store.read(|tx| {
        let menus = record::menus(tx, monday, monday + Days::new(6))?;
        let own = |site| menus.iter().any(|(menu, _)| menu.sites.contains(&site));
        let sites: Vec<_> = record::sites(tx)?
            .into_iter()
            .map(|(site, _)| site)
            .filter(|site| !site.retired && own(site.id))
            .collect();
        let site = sites.iter().find(|one| Some(one.slug.as_str()) == site);
        let days = (0..7).filter_map(|nth| {
            let date = monday + Days::new(nth);
            let meal = record::menu_of(&menus, date, site.map(|site| site.id));
            // Weekends are there when something is eaten.
            (nth < 5 || meal.is_some()).then(|| MenuDay {
                day: day(date),
                date: date.to_string(),
                today: date == today,
                meal: meal.map(|menu| Meal {
                    dishes: menu.dishes.clone(),
                    note: menu.note.clone(),
                }),
            })
        });
        let short = |date: NaiveDate| {
            let words = day(date);
            words
                .split_once(' ')
                .map_or(words.clone(), |(_, rest)| rest.to_owned())
        };
        let days: Vec<_> = days.collect();
        let last = days
            .last()
            .and_then(|day| day.date.parse().ok())
            .unwrap_or(monday);
        Ok(MenuWeek {
            ends: (short(monday), short(last)),
            monday: monday.to_string(),
            around: (
                (monday - Days::new(7)).to_string(),
                (monday + Days::new(7)).to_string(),
            ),
            site: site.map(|site| site.slug.to_string()),
            sites: sites
                .iter()
                .map(|site| SiteChoice {
                    slug: site.slug.to_string(),
                    name: site.name.clone(),
                })
                .collect(),
            days,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_its_monday_and_the_next_one_is_near_on_saturday() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let of = |asked: Option<&str>, today| monday_of(asked.map(date), date(today)).to_string();
        assert_eq!(of(None, "2026-11-23"), "2026-11-23");
        assert_eq!(of(None, "2026-11-27"), "2026-11-23");
        assert_eq!(of(None, "2026-11-28"), "2026-11-30");
        assert_eq!(of(None, "2026-11-29"), "2026-11-30");
        assert_eq!(of(Some("2026-12-02"), "2026-11-23"), "2026-11-30");
        assert_eq!(of(Some("2026-11-29"), "2026-11-29"), "2026-11-23");
        assert_eq!(of(Some("9999-12-31"), "2026-11-23"), "2026-11-23");
    }
}
