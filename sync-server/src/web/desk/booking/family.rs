//! The page of a family's reservations.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use server_ui::desk::Notice;
use server_ui::desk::booking::{FamilyPage, Turn, cell_words, family_page};
use server_ui::desk::form::{Address, FormState};
use shared::booking::Asked;
use shared::ids::{CartId, HouseholdId};
use shared::operation::{Channel, Entrance};
use uuid::Uuid;

use super::grid::Shown;
use super::reached::{Family, Found, family};
use super::{FIND, Way, date_of, ends};
use crate::commune::Commune;
use crate::rules::{self, Children, Scope};
use crate::store::{Read, StoreError};
use crate::web::desk::bookings::people::Person;
use crate::web::desk::day::day_of;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Who looks.
#[derive(Clone)]
pub(super) struct Eyes {
    pub(super) bar: server_ui::desk::Bar,
    pub(super) reach: crate::web::desk::reach::Reach,
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

    /// The page of a family.
    pub(super) fn grid_of(&self, household: HouseholdId) -> String {
        format!("{}/familles/{household}/reservations", self.root)
    }

    /// The page of what rules ask about it.
    pub(super) fn facts_of(&self, household: HouseholdId) -> String {
        format!("{}/familles/{household}/regles", self.root)
    }
}

/// The words for telephone and desk.
const BY_PHONE: &str = "telephone";
const BY_DESK: &str = "accueil";

/// By where the family came in, as an address or a form says it: by telephone unless it says otherwise.
pub(super) fn entrance_of(word: &str) -> Entrance {
    if word == BY_DESK {
        Entrance::Desk
    } else {
        Entrance::Phone
    }
}

/// A page with what the agent works with on another page of the family: the span, and by where the family came in.
pub(super) fn carried(page: &Address, from: &Address) -> Address {
    let kept = ["vue", "date", "par"];
    kept.iter()
        .fold(page.clone(), |page, name| page.with(name, from.value(name)))
}

/// What a family that came in this way does, and the desk does for it, is said to have come by.
pub(super) fn channel_of(word: &str) -> Channel {
    match entrance_of(word) {
        Entrance::Phone if word == BY_PHONE => Channel::Phone,
        _ => Channel::Desk,
    }
}

/// What a judgement for a family depends on; the places that carts hold count.
pub(super) fn scope(
    household: HouseholdId,
    children: &[Person],
    (from, until): (NaiveDate, NaiveDate),
    commune: &Commune,
) -> Scope {
    Scope {
        household: Some(household),
        guardian: None,
        children: Children::Listed(children.iter().map(|child| child.id).collect()),
        from,
        until,
        activities: None,
        carts: Some(CartId(Uuid::nil())),
        now: commune.clock.now(),
    }
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeBookings)?;
    let household = HouseholdId(desk.uuid("household")?);
    let asked = desk.asked(&["vue", "date", "par"]);
    let today = desk.commune.today();
    let Some(date) = date_of(asked.value("date"), today) else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let way = Way::parse(asked.value("vue"));
    let par = match entrance_of(asked.value("par")) {
        Entrance::Desk => BY_DESK,
        _ => BY_PHONE,
    };
    let form = FormState::default()
        .with("vue", way.as_str())
        .with("date", date.to_string())
        .with("par", par);
    let eyes = Eyes::of(&desk);
    let drawn = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            Ok::<_, StoreError>(match family(tx, &eyes.reach, household)? {
                Found::Here(family) => Ok(draw(tx, commune, &eyes, &family, (way, date), form)?),
                Found::Unknown => Err(Notice::PageUnknown),
                Found::Beyond => Err(Notice::Forbidden),
            })
        })
    });
    match drawn.await? {
        Ok(html) => Ok(page(StatusCode::OK, html)),
        Err(why) => Err(desk.said(why)),
    }
}

/// Draws the grid with what the form holds.
pub(super) fn draw(
    tx: &mut dyn Read,
    commune: &Commune,
    eyes: &Eyes,
    family: &Family,
    (way, date): (Way, NaiveDate),
    form: FormState,
) -> Result<String, StoreError> {
    let today = commune.today();
    let weeks = way.weeks(date);
    let id = family.household.id;
    let scope = scope(id, &family.children, ends(&weeks, date), commune);
    let ground = rules::ground(tx, &scope)?;
    let shown = Shown {
        ground: &ground,
        reach: &eyes.reach,
        asked: Asked {
            now: scope.now,
            entrance: entrance_of(form.value("par")),
            beyond: false,
        },
        today,
    };
    let here = eyes.grid_of(id);
    let by = |way: Way, date: NaiveDate, par: &str| {
        Address::new(here.clone())
            .with("vue", way.as_str())
            .with("date", date)
            .with("par", par)
            .to_string()
    };
    let at = |way: Way, date: NaiveDate| by(way, date, form.value("par"));
    let entrances = cell_words::entrances();
    let entrances = [BY_PHONE, BY_DESK]
        .into_iter()
        .zip(entrances)
        .map(|(par, label)| Turn {
            label,
            address: by(way, date, par),
            current: par == form.value("par"),
        })
        .collect();
    let first = weeks
        .first()
        .and_then(|week| week.first())
        .copied()
        .unwrap_or(date);
    let around = way.around(date).map(|date| at(way, date));
    Ok(family_page(&FamilyPage {
        bar: eyes.bar.clone(),
        family: family.household.name.clone(),
        back: format!("{}{FIND}", eyes.root),
        facts: Address::new(eyes.facts_of(id))
            .with("par", form.value("par"))
            .to_string(),
        entrances,
        ways: turns(way, &|way| at(way, date)),
        span: span_words(way, (date, first), today),
        around,
        children: shown.grids(&family.children, &weeks),
        edits: eyes.edits,
        action: here.clone(),
        form,
    }))
}

/// Week or month.
pub(super) fn turns(shown: Way, address: &dyn Fn(Way) -> String) -> Vec<Turn> {
    let [week, month] = cell_words::ways();
    [(Way::Week, week), (Way::Month, month)]
        .into_iter()
        .map(|(way, label)| Turn {
            label,
            address: address(way),
            current: way == shown,
        })
        .collect()
}

/// The span in words.
pub(super) fn span_words(way: Way, (date, first): (NaiveDate, NaiveDate), today: NaiveDate) -> String {
    match way {
        Way::Week => cell_words::week_of(&day_of(first, today)),
        Way::Month => {
            let words = shared::words::day(date);
            let month = words.rsplit(' ').next().unwrap_or_default().to_owned();
            format!("{month} {}", chrono::Datelike::year(&date))
        }
    }
}
