//! Menus: a week at a time, for all sites or for one.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, Days, NaiveDate};
use server_ui::desk::Notice;
use server_ui::desk::form::{Choice, Done, Flaw, FormState};
use server_ui::desk::portal::{MenuDayForm, MenusPage, menus_page};
use server_ui::portal::pages::{Meal, dish_line, dishes_of};
use shared::ids::SiteId;
use shared::operation::{Body, MenuRecord, Refusal};
use shared::words::day;

use super::PATH;
use crate::record::{self, Versioned, menu_id};
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Days of a week that a form has.
const DAYS: u64 = 5;
/// Longest day, and longest word beside it, in characters.
const LINES: usize = 4_000;
const NOTE: usize = 500;

fn monday_of(date: NaiveDate) -> NaiveDate {
    date - Days::new(u64::from(date.weekday().num_days_from_monday()))
}

fn dated(text: &str) -> Option<NaiveDate> {
    let date: NaiveDate = text.parse().ok()?;
    (1900..=2199).contains(&date.year()).then(|| monday_of(date))
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditPortal)?;
    let asked = desk.visit.asked("semaine").and_then(dated);
    let monday = asked.unwrap_or_else(|| monday_of(desk.commune.today()));
    let site = desk.visit.asked("site").and_then(|id| id.parse().ok());
    let menus = of_week(&desk, monday).await?;
    let form = form_of(monday, site, &menus);
    draw(&desk, form, monday, StatusCode::OK).await
}

async fn of_week(desk: &Desk, monday: NaiveDate) -> Result<Vec<Versioned<MenuRecord>>, DeskError> {
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune
            .store
            .read(|tx| record::menus(tx, monday, monday + Days::new(DAYS - 1)))
    });
    Ok(found.await?)
}

/// What a week holds for a site, or for all of them: not what a site takes from all of them.
fn form_of(monday: NaiveDate, site: Option<SiteId>, menus: &[Versioned<MenuRecord>]) -> FormState {
    let mut form = FormState::default()
        .with("semaine", monday.to_string())
        .with("site", site.map(|site| site.to_string()).unwrap_or_default());
    for nth in 0..DAYS {
        let id = menu_id(monday + Days::new(nth), site);
        let Some((menu, _)) = menus.iter().find(|(menu, _)| menu.id == id) else {
            continue;
        };
        let lines: Vec<String> = menu.dishes.iter().map(dish_line).collect();
        form = form
            .with(format!("jour_{nth}"), lines.join("\n"))
            .with(format!("mot_{nth}"), menu.note.clone());
    }
    let newest = menus.iter().map(|(_, version)| *version).max();
    form.of_version(newest.unwrap_or(0))
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditPortal)?;
    let Some(monday) = dated(form.value("semaine")) else {
        return Err(desk.said(Notice::FormUnreadable));
    };
    let site = form.value("site").to_owned();
    let site: Option<SiteId> = match site.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| desk.said(Notice::FormUnreadable))?),
    };
    if form.has("copier") {
        return copy(&desk, form, monday, site).await;
    }
    let menus = read(&mut form, monday, site);
    if form.has("apercu") {
        return draw(&desk, form, monday, StatusCode::OK).await;
    }
    if form.is_flawed() {
        return draw(&desk, form, monday, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let standing = of_week(&desk, monday).await?;
    let menus: Vec<MenuRecord> = menus
        .into_iter()
        .filter(|menu| match standing.iter().find(|(one, _)| one.id == menu.id) {
            Some((one, _)) => one != menu,
            None => !menu.dishes.is_empty() || !menu.note.is_empty(),
        })
        .collect();
    let address = desk.at(&format!(
        "{PATH}/menus?semaine={monday}&site={}",
        form.value("site")
    ));
    if menus.is_empty() {
        return Ok(desk.done(&address, Done::Unchanged));
    }
    match desk.submit(form.seen(), Body::PutMenus { menus }).await? {
        Ok(_) => Ok(desk.done(&address, Done::Saved)),
        Err(Refusal::Changed { version }) => {
            let newer = of_week(&desk, monday).await?;
            form.overtaken(form_of(monday, site, &newer), version);
            draw(&desk, form, monday, StatusCode::CONFLICT).await
        }
        Err(refusal) => {
            form.refuse("jour_0", &refusal);
            draw(&desk, form, monday, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

fn read(form: &mut FormState, monday: NaiveDate, site: Option<SiteId>) -> Vec<MenuRecord> {
    let mut menus = Vec::new();
    for nth in 0..DAYS {
        let field = format!("jour_{nth}");
        let text = form.maybe_lines(&field, LINES).unwrap_or_default();
        let dishes = dishes_of(&text).unwrap_or_else(|wrong| {
            form.flaw(&field, Flaw::Words(wrong.words()));
            Vec::new()
        });
        let date = monday + Days::new(nth);
        menus.push(MenuRecord {
            id: menu_id(date, site),
            date,
            sites: site.into_iter().collect(),
            dishes,
            note: form.maybe_text(&format!("mot_{nth}"), NOTE).unwrap_or_default(),
        });
    }
    menus
}

/// The week before, put where nothing was typed. Nothing is saved.
async fn copy(
    desk: &Desk,
    mut form: FormState,
    monday: NaiveDate,
    site: Option<SiteId>,
) -> Result<Response, DeskError> {
    let before = monday - Days::new(7);
    let menus = of_week(desk, before).await?;
    let last = form_of(before, site, &menus);
    for nth in 0..DAYS {
        for name in [format!("jour_{nth}"), format!("mot_{nth}")] {
            if form.value(&name).trim().is_empty() {
                form.set(&name, last.value(&name));
            }
        }
    }
    draw(desk, form, monday, StatusCode::OK).await
}

async fn draw(
    desk: &Desk,
    mut form: FormState,
    monday: NaiveDate,
    status: StatusCode,
) -> Result<Response, DeskError> {
    let sites = desk
        .visit
        .app
        .with(&desk.visit.slug, |commune| commune.store.read(record::sites));
    let sites = sites.await?.into_iter().map(|(site, _)| site);
    let shows = form.has("apercu");
    form.drop_all("apercu");
    form.drop_all("copier");
    let days = (0..DAYS).map(|nth| MenuDayForm {
        day: day(monday + Days::new(nth)),
        preview: shows.then(|| Meal {
            dishes: dishes_of(form.value(&format!("jour_{nth}"))).unwrap_or_default(),
            note: form.value(&format!("mot_{nth}")).to_owned(),
        }),
    });
    let days = days.collect();
    let view = MenusPage {
        bar: desk.bar(),
        form,
        home: desk.at(PATH),
        sites: sites
            .filter(|site| !site.retired)
            .map(|site| Choice::new(site.id.to_string(), site.name))
            .collect(),
        around: (
            (monday - Days::new(7)).to_string(),
            (monday + Days::new(7)).to_string(),
        ),
        days,
    };
    Ok(page(status, menus_page(&view)))
}
