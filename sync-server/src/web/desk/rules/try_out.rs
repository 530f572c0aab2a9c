//! What a set would answer a family, beside what is live: one wish, and a month of a child.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, Days, Months, NaiveDate};
use server_ui::desk::Notice;
use server_ui::desk::form::{Address, Choice, FormState};
use server_ui::desk::rules::{
    Answer, AnswerRow, Asking, Month, MonthDay, TryPage, Word, answer, square, try_page,
};
use shared::booking::{Asked, Cells, Ground, SessionKey, Standing, Wanted, judge};
use shared::codec::Minute;
use shared::ids::{ActivityId, ChildId, FormulaId, HouseholdId, ReservationId, RuleSetId, SiteId};
use shared::operation::{ActivityRecord, Entrance, RuleSetRecord};
use shared::text::search_key;
use shared::time::UtcMs;
use uuid::Uuid;

use super::PATH;
use super::said::FRENCH;
use super::sets::Sets;
use crate::commune::Commune;
use crate::record;
use crate::rules::{self, Children, Scope};
use crate::store::{Read, Row, StoreError};
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Children that are offered to choose from.
const FOUND_MOST: usize = 30;
/// Hours at which forms begin.
const EIGHT: Minute = Minute::new(8, 0);

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditRules)?;
    desk.require(Right::SeeFamilies)?;
    let id = RuleSetId(desk.uuid("id")?);
    let address = desk.asked(&[
        "q", "enfant", "foyer", "activite", "formule", "site", "date", "le", "heure", "par",
    ]);
    let (bar, list) = (desk.bar(), desk.at(PATH));
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        commune.store.read(|tx| {
            let sets = Sets::read(tx, today)?;
            let Some((set, _)) = sets.find(id).cloned() else {
                return Ok(None);
            };
            let at = format!("{list}/{id}");
            let asking = Question::read(tx, &address, &set, &sets, commune)?;
            let mut view = TryPage {
                bar,
                under: [list, at],
                name: set.name.clone(),
                live: set.live,
                form: asking.form(&address),
                address,
                children: asking.matching.clone(),
                child: asking.child.as_ref().map(|(_, name)| name.clone()),
                households: asking.households.clone(),
                activities: sets.choices(&set).activities,
                formulas: asking.formulas(),
                sites: asking.sites(&sets),
                answers: Vec::new(),
                month: None,
            };
            if let (Some((child, _)), Some(session)) = (&asking.child, asking.session()) {
                let phone = phone(tx, &sets)?;
                asking.answer(tx, &set, (*child, session), phone.as_deref(), &mut view)?;
            }
            Ok::<_, StoreError>(Some(view))
        })
    });
    match found.await? {
        Some(view) => Ok(page(StatusCode::OK, try_page(&view))),
        None => Err(desk.said(Notice::PageUnknown)),
    }
}

/// The number to call: the settings', or the portal's.
pub(super) fn phone(tx: &mut dyn Read, sets: &Sets) -> Result<Option<String>, StoreError> {
    Ok(match &sets.settings.phone {
        Some(phone) => Some(phone.clone()),
        None => record::portal(tx)?.0.phone,
    })
}

/// What is asked.
struct Question {
    /// Children that the name fits, where it is not one.
    matching: Option<Vec<Choice>>,
    child: Option<(ChildId, String)>,
    households: Vec<Choice>,
    household: Option<HouseholdId>,
    activity: Option<ActivityRecord>,
    formula: Option<FormulaId>,
    site: Option<SiteId>,
    date: NaiveDate,
    day: NaiveDate,
    hour: Minute,
    now: UtcMs,
    entrance: Entrance,
}

impl Question {
    fn read(
        tx: &mut dyn Read,
        address: &Address,
        set: &RuleSetRecord,
        sets: &Sets,
        commune: &Commune,
    ) -> Result<Self, StoreError> {
        let mut form = address
            .pairs()
            .iter()
            .fold(FormState::default(), |form, (name, value)| form.with(name, value));
        let own = |one: &&ActivityRecord| set.activities.contains(&one.id);
        let asked: Option<ActivityId> = form.value("activite").parse().ok().map(ActivityId);
        let mut of_set = sets.activities.iter().filter(own);
        let activity = of_set
            .clone()
            .find(|one| Some(one.id) == asked)
            .or_else(|| of_set.next())
            .cloned();
        let (matching, child) = children(tx, form.value("enfant"), form.value("q"))?;
        let mut households = Vec::new();
        let mut school = None;
        if let Some((child, _)) = &child {
            for row in tx.query(include_str!("sql/households.sql"), &[(*child).into()])? {
                households.push(Choice::new(row.uuid(0)?.to_string(), row.text(1)?));
            }
            households.sort_by(|one, other| one.label.cmp(&other.label));
            school = record::child(tx, *child)?.and_then(|(child, _)| child.school);
        }
        let chosen = form.value("foyer").to_owned();
        let household = households
            .iter()
            .find(|one| one.value == chosen)
            .or_else(|| households.first())
            .and_then(|one| one.value.parse().ok())
            .map(HouseholdId);
        let formula: Option<FormulaId> = form.value("formule").parse().ok().map(FormulaId);
        let formulas = || activity.iter().flat_map(|one| &one.formulas).map(|one| one.id);
        let formula = formulas()
            .find(|one| Some(*one) == formula)
            .or_else(|| formulas().next());
        let wanted: Option<SiteId> = form.value("site").parse().ok().map(SiteId);
        let held = || {
            let sites = activity.iter().flat_map(|one| &one.sites);
            sites.filter_map(|id| sets.sites.iter().find(|site| site.id == *id))
        };
        let site = held()
            .find(|one| Some(one.id) == wanted)
            .or_else(|| held().find(|one| school.is_some() && one.school == school))
            .or_else(|| held().next())
            .map(|one| one.id);
        let now = commune.clock.now();
        let day = form.maybe_date("le").unwrap_or(sets.today);
        let hour = form.maybe_time("heure");
        let untouched = form.value("le").is_empty() && hour.is_none();
        let here = if untouched {
            Minute::of(now.time_in(commune.zone))
        } else {
            EIGHT
        };
        let hour = hour.unwrap_or(here);
        Ok(Self {
            matching,
            child,
            households,
            household,
            activity,
            formula,
            site,
            date: form.maybe_date("date").unwrap_or(sets.today + Days::new(7)),
            day,
            hour,
            now: UtcMs::at_civil(day, hour.time(), commune.zone),
            entrance: form
                .maybe_choice("par", Entrance::parse)
                .unwrap_or(Entrance::Portal),
        })
    }

    /// The form with what was understood.
    fn form(&self, address: &Address) -> FormState {
        let name = self.child.as_ref().map(|(_, name)| name.clone());
        FormState::default()
            .with("q", name.unwrap_or_else(|| address.value("q").to_owned()))
            .with_maybe("foyer", self.household.map(|one| one.to_string()))
            .with_maybe("activite", self.activity.as_ref().map(|one| one.id.to_string()))
            .with_maybe("formule", self.formula.map(|one| one.to_string()))
            .with_maybe("site", self.site.map(|one| one.to_string()))
            .with("date", self.date.to_string())
            .with("le", self.day.to_string())
            .with("heure", super::parts::clock(self.hour))
            .with("par", Word::word(self.entrance))
    }

    fn formulas(&self) -> Vec<Choice> {
        let all = self.activity.iter().flat_map(|one| &one.formulas);
        all.map(|one| Choice::new(one.id.to_string(), one.name.clone()))
            .collect()
    }

    fn sites(&self, sets: &Sets) -> Vec<Choice> {
        let held = |id: &SiteId| self.activity.iter().any(|one| one.sites.contains(id));
        sets.sites
            .iter()
            .filter(|site| held(&site.id))
            .map(|site| Choice::new(site.id.to_string(), site.name.clone()))
            .collect()
    }

    fn session(&self) -> Option<SessionKey> {
        Some(SessionKey {
            activity: self.activity.as_ref()?.id,
            site: self.site?,
            date: self.date,
        })
    }

    fn answer(
        &self,
        tx: &mut dyn Read,
        set: &RuleSetRecord,
        (child, session): (ChildId, SessionKey),
        phone: Option<&str>,
        view: &mut TryPage,
    ) -> Result<(), StoreError> {
        let first = self.date.with_day(1).unwrap_or(self.date);
        let last = first + Months::new(1) - Days::new(1);
        let scope = Scope {
            household: self.household,
            guardian: None,
            children: Children::Listed(vec![child]),
            from: first,
            until: last,
            activities: None,
            carts: None,
            now: self.now,
        };
        let live = rules::ground(tx, &scope)?;
        let tried = rules::ground_trying(tx, &scope, set)?;
        let asked = Asked {
            now: self.now,
            entrance: self.entrance,
            beyond: false,
        };
        let wish = Wish {
            child,
            session,
            formula: self.formula,
            asked,
        };
        view.answers = [Asking::Add, Asking::Cancel]
            .into_iter()
            .map(|one| AnswerRow {
                asked: one,
                tried: wish.judged(one, &tried, phone),
                live: wish.judged(one, &live, phone),
            })
            .collect();
        view.month = Some(month(
            &wish,
            set,
            (first, last),
            [&tried, &live],
            phone,
            &view.address,
        ));
        Ok(())
    }
}

/// Children to choose from, or the one that is chosen with its name.
type Chosen = (Option<Vec<Choice>>, Option<(ChildId, String)>);

/// The child of an id; else those whose name holds every word.
fn children(tx: &mut dyn Read, id: &str, name: &str) -> Result<Chosen, StoreError> {
    if let Ok(id) = id.parse::<Uuid>()
        && let Some((child, _)) = record::child(tx, ChildId(id))?
    {
        let called = format!("{} {}", child.first_name, child.last_name);
        // A name that was typed since asks for somebody else.
        if name.is_empty() || search_key(name) == search_key(&called) {
            return Ok((None, Some((child.id, called))));
        }
    }
    let key = search_key(name);
    let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Ok((None, None));
    }
    let mut found = Vec::new();
    for row in tx.query(include_str!("sql/children.sql"), &[])? {
        let key = row.text(1)?;
        if words.iter().all(|word| key.contains(word)) {
            let called = format!("{} {}", row.text(2)?, row.text(3)?);
            found.push((ChildId(row.uuid(0)?), called));
        }
    }
    if found.len() == 1 {
        return Ok((None, found.pop()));
    }
    let choices = found
        .into_iter()
        .take(FOUND_MOST)
        .map(|(id, called)| Choice::new(id.to_string(), called));
    Ok((Some(choices.collect()), None))
}

/// One wish.
struct Wish {
    child: ChildId,
    session: SessionKey,
    formula: Option<FormulaId>,
    asked: Asked,
}

impl Wish {
    /// What rules answer; what stands already of that session is left out, or stands where it is to be cancelled.
    fn judged(&self, asking: Asking, ground: &Ground, phone: Option<&str>) -> Answer {
        let mut ground = ground.clone();
        let here = |one: &Standing| one.child == self.child && one.session == self.session;
        let stands = ground.standing.iter().find(|one| here(one)).cloned();
        ground.standing.retain(|one| !here(one));
        let add = Wanted::Add {
            child: self.child,
            session: self.session,
            formula: self.formula,
            replaces: None,
            wish: None,
        };
        let wanted = match asking {
            Asking::Add => add,
            Asking::Cancel => {
                let stands = stands.unwrap_or_else(|| self.imagined(&ground, &add));
                let reservation = stands.id;
                ground.standing.push(stands);
                Wanted::Cancel { reservation }
            }
        };
        let judged = judge(&[wanted], &ground, self.asked);
        judged
            .first()
            .map(|one| answer(one, &FRENCH, ground.zone, phone))
            .unwrap_or_default()
    }

    /// A reservation made in good time, at the price of that time.
    fn imagined(&self, ground: &Ground, add: &Wanted) -> Standing {
        let early = Asked {
            now: UtcMs(0),
            entrance: Entrance::Desk,
            beyond: true,
        };
        let judged = judge(std::slice::from_ref(add), ground, early);
        let priced = judged.first().and_then(|one| match &one.sentence {
            shared::booking::Sentence::Book { priced, .. } => Some(*priced),
            _ => None,
        });
        Standing {
            id: ReservationId(Uuid::nil()),
            child: self.child,
            session: self.session,
            formula: self.formula,
            group: None,
            household: ground.household.as_ref().map(|one| one.id),
            priced,
            due_at: None,
            paid: false,
        }
    }
}

/// Every day of a month and every activity of the set, as the family's grid would show it.
fn month(
    wish: &Wish,
    set: &RuleSetRecord,
    (first, last): (NaiveDate, NaiveDate),
    [tried, live]: [&Ground; 2],
    phone: Option<&str>,
    address: &Address,
) -> Month {
    let activities: Vec<&ActivityRecord> = tried
        .activities
        .values()
        .filter(|one| set.activities.contains(&one.id) && !one.retired)
        .collect();
    let (by_tried, by_live) = (Cells::new(tried, wish.asked), Cells::new(live, wish.asked));
    let site_of = |activity: &ActivityRecord| {
        let own = wish.session.site;
        if activity.sites.contains(&own) {
            Some(own)
        } else {
            activity.sites.first().copied()
        }
    };
    let said = |cells: &Cells<'_>, ground: &Ground, session| {
        square(&cells.cell(wish.child, session), &FRENCH, ground.zone, phone)
    };
    let mut days = Vec::new();
    for date in first.iter_days().take_while(|date| *date <= last) {
        let held = activities
            .iter()
            .any(|one| one.weekdays & (1 << date.weekday().num_days_from_monday()) != 0);
        if !held {
            continue;
        }
        let cells = activities.iter().map(|activity| {
            let Some(site) = site_of(activity) else {
                return (Answer::default(), None);
            };
            let session = SessionKey {
                activity: activity.id,
                site,
                date,
            };
            let (one, other) = (said(&by_tried, tried, session), said(&by_live, live, session));
            let differs = (one != other).then_some(other);
            (one, differs)
        });
        days.push(MonthDay {
            day: shared::words::day(date),
            cells: cells.collect(),
        });
    }
    let to = |date: NaiveDate| address.with("date", date).to_string();
    Month {
        title: first.format("%m/%Y").to_string(),
        activities: activities.iter().map(|one| one.name.clone()).collect(),
        days,
        around: [to(first - Months::new(1)), to(first + Months::new(1))],
    }
}

/// An id of a column that may be empty.
pub(super) fn maybe_id(row: &Row, column: usize) -> Result<Option<Uuid>, StoreError> {
    row.opt(column, Row::uuid)
}
