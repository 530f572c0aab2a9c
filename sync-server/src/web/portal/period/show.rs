//! The forms.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, Days, NaiveDate};
use server_ui::desk::form::{Choice, FormState};
use server_ui::portal::period::{
    ActivityChoice, CopyPage, PeriodPage, Spans, WeekChild, WeekPage, copy_page, period_page, week_page,
};
use server_ui::portal::{Frame, Place};
use shared::booking::{Ground, site_of};
use shared::codec::Minute;
use shared::ids::{CartId, ChildId, GuardianId};
use shared::operation::ActivityRecord;
use shared::time::UtcMs;
use shared::words::{day, hour_or_full};

use super::super::days::monday_of;
use super::super::family::{Family, Guest};
use super::super::permit::Permit;
use super::super::reply::{PortalError, page};
use super::Pairs;
use super::asked::{View, box_of, mark};
use super::plan::offered;
use super::span::{Dates, school_year, this_month, this_period};
use crate::rules::{self, Children, Scope};
use crate::store::{Read, StoreError};

/// How far back the last week is looked for that something was booked in, in days.
const LOOK_BACK_DAYS: u64 = 35;

pub(super) async fn period(guest: Guest, asked: Pairs) -> Result<Response, PortalError> {
    show(guest, asked, View::Period).await
}

pub(super) async fn week(guest: Guest, asked: Pairs) -> Result<Response, PortalError> {
    show(guest, asked, View::Week).await
}

pub(super) async fn copy(guest: Guest, asked: Pairs) -> Result<Response, PortalError> {
    show(guest, asked, View::Copy).await
}

async fn show(guest: Guest, asked: Pairs, view: View) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Book)?;
    family.opened(Place::Bookings)?;
    let form = FormState::read(asked.map(|Query(pairs)| pairs).unwrap_or_default());
    draw(&family, view, form, StatusCode::OK).await
}

/// Draws a form with what stands in it; what it does not say is filled in.
pub(super) async fn draw(
    family: &Family,
    view: View,
    form: FormState,
    status: StatusCode,
) -> Result<Response, PortalError> {
    let guardian = family.id();
    let frame = family.frame(Some(Place::Bookings));
    let html = family.visit.app.with(&family.visit.slug, move |commune| {
        let (now, today) = (commune.clock.now(), commune.today());
        commune.store.read(|tx| {
            let dates = Dates {
                from: today - Days::new(LOOK_BACK_DAYS),
                until: rules_year(tx, today)?.until,
            };
            let ground = ground(tx, guardian, dates, now, None)?;
            let form = Filled {
                form,
                frame,
                today,
                ground: &ground,
            };
            Ok::<_, StoreError>(form.html(view))
        })
    });
    Ok(page(status, html.await?))
}

/// The school year by the town's calendar.
fn rules_year(tx: &mut dyn Read, today: NaiveDate) -> Result<Dates, StoreError> {
    let town = rules::town(tx, today, today)?;
    Ok(school_year(town.calendar.as_ref(), today))
}

/// Everything that a judgement of this family's wishes depends on.
pub(super) fn ground(
    tx: &mut dyn Read,
    guardian: GuardianId,
    dates: Dates,
    now: UtcMs,
    cart: Option<CartId>,
) -> Result<Ground, StoreError> {
    let scope = Scope {
        household: None,
        guardian: Some(guardian),
        children: Children::OfHousehold,
        from: dates.from,
        until: dates.until,
        activities: None,
        carts: cart,
        now,
    };
    rules::ground(tx, &scope)
}

/// A form and what it is filled in from.
struct Filled<'a> {
    form: FormState,
    frame: Frame,
    today: NaiveDate,
    ground: &'a Ground,
}

impl Filled<'_> {
    fn html(mut self, view: View) -> String {
        let period = this_period(self.ground.calendar.as_ref(), self.today);
        for (name, date) in [("du", period.from), ("au", period.until)] {
            if self.form.value(name).is_empty() && !self.form.is_flawed() {
                self.form.set(name, date.to_string());
            }
        }
        match view {
            View::Period => self.period(),
            View::Week => self.week(),
            View::Copy => self.copy(),
        }
    }

    fn spans(&self) -> Spans {
        let calendar = self.ground.calendar.as_ref();
        Spans {
            period: this_period(calendar, self.today).until,
            month: this_month(self.today).until,
            year: school_year(calendar, self.today).until,
        }
    }

    fn offered(&self) -> Vec<&ActivityRecord> {
        let dates = Dates {
            from: self.today,
            until: self.spans().year,
        };
        offered(self.ground, dates)
    }

    /// The children, the eldest first.
    fn children(&self) -> Vec<(ChildId, String)> {
        let here = |left: Option<NaiveDate>| left.is_none_or(|left| left > self.today);
        let mut all: Vec<_> = self
            .ground
            .children
            .values()
            .filter(|child| here(child.left_on) && child.decides)
            .collect();
        all.sort_by_key(|child| (child.born, child.id));
        all.iter()
            .map(|child| (child.id, child.first_name.clone()))
            .collect()
    }

    fn choices(&self) -> Vec<Choice> {
        let all = self.children().into_iter();
        all.map(|(id, name)| Choice::new(id.to_string(), name)).collect()
    }

    /// The children that an address or a form names, where they are this family's.
    fn named(&self) -> Vec<String> {
        let known = self.choices();
        let is_known = |id: &&str| known.iter().any(|one| one.value == **id);
        let named = self.form.all("enfant").into_iter().filter(is_known);
        named.map(str::to_owned).collect()
    }

    /// The one child of several that is meant.
    fn chosen(&self) -> Option<String> {
        match &*self.named() {
            [only] if self.children().len() > 1 => Some(only.clone()),
            _ => None,
        }
    }

    fn period(self) -> String {
        let (children, activities) = (self.choices(), choices(&self.offered()));
        let weekdays = weekdays(&self.offered());
        let (spans, named, chosen) = (self.spans(), self.named(), self.chosen());
        let mut form = self.form;
        // Whoever names none of its children means all of them.
        if named.is_empty() && !form.is_flawed() {
            form.drop_all("enfant");
            form = form.with_all("enfant", children.iter().map(|one| one.value.clone()));
        }
        if let ([only], false) = (&*activities, form.has("activite")) {
            form = form.with("activite", only.slug.clone());
        }
        period_page(&PeriodPage {
            frame: self.frame,
            form,
            children,
            chosen,
            activities,
            weekdays,
            spans,
        })
    }

    fn week(self) -> String {
        let offered = self.offered();
        let (all, chosen) = (self.choices(), self.chosen());
        let is_meant = |id: ChildId| chosen.as_ref().is_none_or(|chosen| *chosen == id.to_string());
        let (activities, weekdays, spans) = (choices(&offered), weekdays(&offered), self.spans());
        let fills = !self.form.has("s") && !self.form.is_flawed();
        let mut boxes = Vec::new();
        let mut children = Vec::new();
        for (id, first_name) in self.children().into_iter().filter(|(id, _)| is_meant(*id)) {
            let mine: Vec<&ActivityRecord> = offered
                .iter()
                .copied()
                .filter(|one| site_of(self.ground, id, one.id).is_some())
                .collect();
            let monday = fills
                .then(|| last_booked_week(self.ground, id, self.today))
                .flatten();
            if let Some(monday) = monday {
                boxes.extend(boxes_of(self.ground, id, &mine, monday));
            }
            children.push(WeekChild {
                mark: mark(id),
                first_name,
                activities: mine
                    .iter()
                    .map(|one| (one.slug.to_string(), one.weekdays))
                    .collect(),
                derived_from: monday.map(day),
            });
        }
        let form = self.form.with_all("s", boxes);
        week_page(&WeekPage {
            frame: self.frame,
            form,
            children,
            all,
            chosen,
            activities,
            weekdays,
            spans,
        })
    }

    fn copy(self) -> String {
        let (children, spans, chosen) = (self.choices(), self.spans(), self.chosen());
        let mut form = self.form;
        if let (Some(chosen), false) = (&chosen, form.has("de")) {
            form = form.with("de", chosen.clone());
        }
        // The first who is not copied from.
        let from = children.iter().find(|one| one.value == form.value("de"));
        let from = from.or_else(|| children.first()).map(|one| one.value.clone());
        let other = children.iter().find(|one| Some(&one.value) != from.as_ref());
        if let (Some(other), false) = (other, form.has("vers")) {
            form = form.with("vers", other.value.clone());
        }
        copy_page(&CopyPage {
            frame: self.frame,
            form,
            children,
            chosen,
            spans,
        })
    }
}

/// The Monday of the newest week, up to this one, in which a child has something; else of the first one to come.
fn last_booked_week(ground: &Ground, child: ChildId, today: NaiveDate) -> Option<NaiveDate> {
    let this = monday_of(today);
    let mondays = || {
        let theirs = ground.standing.iter().filter(|one| one.child == child);
        theirs.map(|one| monday_of(one.session.date))
    };
    let past = mondays().filter(|monday| *monday <= this).max();
    past.or_else(|| mondays().filter(|monday| *monday > this).min())
}

fn boxes_of(
    ground: &Ground,
    child: ChildId,
    activities: &[&ActivityRecord],
    monday: NaiveDate,
) -> Vec<String> {
    let theirs = ground
        .standing
        .iter()
        .filter(|one| one.child == child && monday_of(one.session.date) == monday);
    theirs
        .filter_map(|one| {
            let activity = activities
                .iter()
                .find(|activity| activity.id == one.session.activity)?;
            Some(box_of(
                child,
                activity,
                one.session.date.weekday().num_days_from_monday(),
            ))
        })
        .collect()
}

fn choices(activities: &[&ActivityRecord]) -> Vec<ActivityChoice> {
    let at = |minute: Minute| hour_or_full(minute.time());
    let one = |activity: &&ActivityRecord| ActivityChoice {
        slug: activity.slug.to_string(),
        name: activity.name.clone(),
        hours: format!("{} – {}", at(activity.opens), at(activity.closes)),
        formulas: activity
            .formulas
            .iter()
            .map(|formula| Choice::new(formula.slug.to_string(), formula.name.clone()))
            .collect(),
    };
    activities.iter().map(one).collect()
}

/// The weekdays on which any of them takes place.
fn weekdays(activities: &[&ActivityRecord]) -> u8 {
    activities.iter().fold(0, |all, one| all | one.weekdays)
}
