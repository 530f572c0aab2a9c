//! How full every session of a week or a month is: places, taken, held in carts, and who waits; group by group.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use server_ui::desk::Notice;
use server_ui::desk::booking::{Group, OccupationPage, SessionLine, cell_words as say, occupation_page};
use server_ui::desk::form::{Address, Choice, FormState};
use shared::booking::{ChildFacts, Ground, SessionKey, fits, set_for, takes_place};
use shared::ids::{CartId, ChildId};
use uuid::Uuid;

use super::family::{span_words, turns};
use super::{FIND, OCCUPATION, Way, csv, date_of, ends};
use crate::commune::Commune;
use crate::rules::{self, Children, Scope};
use crate::store::{Read, StoreError};
use crate::web::desk::day::day_of;
use crate::web::desk::reach::Reach;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// A child of no school and no age that matters: how many places there are is asked for nobody in particular.
pub(super) struct Nobody(ChildFacts);

impl Default for Nobody {
    fn default() -> Self {
        Self(ChildFacts {
            id: ChildId(Uuid::nil()),
            first_name: String::new(),
            born: NaiveDate::default(),
            school: None,
            class: None,
            levels: Vec::new(),
            left_on: None,
            households: Vec::new(),
            custody: None,
            decides: false,
            documents: Vec::new(),
        })
    }
}

/// The places of a session: in all, then of each group that places are counted in.
pub(super) fn groups(nobody: &Nobody, session: &SessionKey, ground: &Ground) -> Vec<Group> {
    let set = set_for(session.activity, session.date, ground);
    let places = |group: Option<&str>| {
        let line = set?.places.iter().find(|line| {
            line.group.as_deref() == group
                && line.from.is_none_or(|from| from <= session.date)
                && line.until.is_none_or(|until| session.date <= until)
                && fits(&line.case, session, None, &nobody.0, ground)
        });
        line.map(|line| line.places)
    };
    let count = |of: &std::collections::BTreeMap<_, u32>, group: Option<&str>| {
        of.get(&(*session, group.map(str::to_owned)))
            .copied()
            .unwrap_or(0)
    };
    let one = |group: Option<&str>, places: Option<u32>| Group {
        name: group.map(str::to_owned),
        places,
        taken: count(&ground.taken, group),
        held: count(&ground.held, group),
    };
    let own = ground
        .activities
        .get(&session.activity)
        .and_then(|activity| activity.capacity);
    let mut all = vec![one(None, places(None).or(own))];
    for group in set.map_or(&[][..], |set| &set.groups) {
        let name = group.name.as_str();
        let limit = places(Some(name));
        if limit.is_some() || count(&ground.taken, Some(name)) > 0 {
            all.push(one(Some(name), limit));
        }
    }
    all
}

/// What is asked for.
struct Asked {
    way: Way,
    date: NaiveDate,
    address: Address,
}

fn asked(desk: &Desk) -> Result<Asked, DeskError> {
    let address = desk.asked(&["vue", "date", "activite", "site"]);
    let Some(date) = date_of(address.value("date"), desk.commune.today()) else {
        return Err(desk.said(Notice::PageUnknown));
    };
    Ok(Asked {
        way: Way::parse(address.value("vue")),
        date,
        address,
    })
}

/// The town, and its sessions of some weeks.
struct Sessions {
    ground: Ground,
    lines: Vec<SessionLine>,
}

fn sessions(
    tx: &mut dyn Read,
    commune: &Commune,
    reach: &Reach,
    asked: &Asked,
) -> Result<Sessions, StoreError> {
    let (today, now) = (commune.today(), commune.clock.now());
    let weeks = asked.way.weeks(asked.date);
    let (from, until) = ends(&weeks, asked.date);
    let town = rules::town(tx, from, until)?;
    let scope = Scope {
        household: None,
        guardian: None,
        children: Children::Listed(Vec::new()),
        from,
        until,
        activities: Some(town.activities.keys().copied().collect()),
        carts: Some(CartId(Uuid::nil())),
        now,
    };
    let ground = rules::ground(tx, &scope)?;
    let nobody = Nobody::default();
    let mut activities: Vec<_> = ground.activities.values().collect();
    activities.sort_by(|a, b| (a.opens, &a.name, a.id).cmp(&(b.opens, &b.name, b.id)));
    let is = |name: &str, id: String| asked.address.value(name).is_empty() || asked.address.value(name) == id;
    let mut lines = Vec::new();
    for date in weeks.iter().flatten().copied() {
        for activity in &activities {
            if !is("activite", activity.id.to_string()) {
                continue;
            }
            for site in ground.sites.values() {
                if !reach.has(site.id) || !is("site", site.id.to_string()) {
                    continue;
                }
                let session = SessionKey {
                    activity: activity.id,
                    site: site.id,
                    date,
                };
                let groups = groups(&nobody, &session, &ground);
                let queue = ground.queues.get(&session).map_or(0, Vec::len);
                let somebody = queue > 0 || groups.iter().any(|group| group.taken + group.held > 0);
                let offered = !activity.retired && takes_place(&session, &nobody.0, &ground) != Some(false);
                let there = activity.sites.contains(&site.id) && activity.weekdays & bit(date) != 0;
                let has_place = offered && there;
                if !(somebody || has_place) {
                    continue;
                }
                lines.push(SessionLine {
                    date: day_of(date, today),
                    activity: activity.name.clone(),
                    site: site.name.clone(),
                    groups,
                    waiting: u32::try_from(queue).unwrap_or(u32::MAX),
                });
            }
        }
    }
    Ok(Sessions { ground, lines })
}

fn bit(date: NaiveDate) -> u8 {
    1 << chrono::Datelike::weekday(&date).num_days_from_monday()
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeBookings)?;
    let asked = asked(&desk)?;
    let (bar, reach, home) = (desk.bar(), desk.reach().clone(), desk.at(""));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let Sessions { ground, lines } = sessions(tx, commune, &reach, &asked)?;
            let today = commune.today();
            let address = asked.address.clone();
            let at =
                |way: Way, date: NaiveDate| address.with("vue", way.as_str()).with("date", date).to_string();
            let weeks = asked.way.weeks(asked.date);
            let (first, _) = ends(&weeks, asked.date);
            let file = address.pairs().iter().fold(
                Address::new(format!("{home}{OCCUPATION}/fichier")),
                |all, (name, value)| all.with(name, value),
            );
            Ok::<_, StoreError>(OccupationPage {
                bar,
                filter: FormState::default()
                    .with("activite", address.value("activite"))
                    .with("site", address.value("site")),
                back: format!("{home}{FIND}"),
                ways: turns(asked.way, &|way| at(way, asked.date)),
                span: span_words(asked.way, (asked.date, first), today),
                around: asked.way.around(asked.date).map(|date| at(asked.way, date)),
                file: file.to_string(),
                activities: activity_choices(&ground),
                sites: ground
                    .sites
                    .values()
                    .filter(|site| !site.retired && reach.has(site.id))
                    .map(|site| Choice::new(site.id.to_string(), site.name.clone()))
                    .collect(),
                lines,
                address: asked.address,
            })
        })
    });
    Ok(page(StatusCode::OK, occupation_page(&view.await?)))
}

/// The activities that can be chosen, in the order of the day.
pub(super) fn activity_choices(ground: &Ground) -> Vec<Choice> {
    let mut all: Vec<_> = ground.activities.values().filter(|a| !a.retired).collect();
    all.sort_by(|a, b| (a.opens, &a.name, a.id).cmp(&(b.opens, &b.name, b.id)));
    all.into_iter()
        .map(|activity| Choice::new(activity.id.to_string(), activity.name.clone()))
        .collect()
}

pub(super) async fn as_file(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeBookings)?;
    let asked = asked(&desk)?;
    let reach = desk.reach().clone();
    let name = format!("occupation-{}.csv", asked.date);
    let rows = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let found = sessions(tx, commune, &reach, &asked)?;
            let mut rows = vec![say::occupation_columns()];
            for line in &found.lines {
                for group in &line.groups {
                    let number =
                        |count: Option<u32>| count.map_or_else(String::new, |count| count.to_string());
                    rows.push(vec![
                        line.date.clone(),
                        line.activity.clone(),
                        line.site.clone(),
                        group.name.clone().unwrap_or_default(),
                        number(group.places),
                        group.taken.to_string(),
                        group.held.to_string(),
                        number(group.left()),
                        if group.name.is_none() {
                            line.waiting.to_string()
                        } else {
                            String::new()
                        },
                    ]);
                }
            }
            Ok::<_, StoreError>(rows)
        })
    });
    Ok(csv(&name, &rows.await?))
}
