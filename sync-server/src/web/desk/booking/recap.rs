//! What became of a form: read from the journal by the form's seed, as often as somebody asks.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use server_ui::desk::Notice;
use server_ui::desk::booking::{Came, FamilyRecap, RecapLine, cell_words as say, family_recap, price_of};
use server_ui::desk::form::Address;
use server_ui::portal::account::moment_words;
use shared::codec::decode;
use shared::ids::{ActivityId, ChildId, FormulaId, HouseholdId, OperationId, ReservationId, SiteId};
use shared::money::Cents;
use shared::operation::{
    Actor, Ask, Body, BookingLine, BookingRecord, Channel, Decided, Priced, decode_body,
};
use shared::time::UtcMs;
use shared::words::{day, hour_or_full, money};
use uuid::Uuid;

use super::family::{Eyes, carried};
use super::reached::{Family, Found, family};
use super::submit::{ids, settled_of};
use crate::commune::Commune;
use crate::letters::recap::{Names, in_time};
use crate::record;
use crate::store::{Read, Row, StoreError};
use crate::web::desk::day::day_of;
use crate::web::desk::families::who;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeBookings)?;
    let household = HouseholdId(desk.uuid("household")?);
    let seed = desk.uuid("id")?;
    let (eyes, asked) = (Eyes::of(&desk), desk.asked(&["vue", "date", "par"]));
    let drawn = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            Ok::<_, StoreError>(match family(tx, &eyes.reach, household)? {
                Found::Here(family) => draw(tx, commune, &eyes, &family, (seed, &asked))?,
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

/// What the journal holds under an id.
struct Entry {
    actor: Actor,
    at: UtcMs,
    channel: Channel,
    body: Body,
}

fn entry(tx: &mut dyn Read, id: OperationId) -> Result<Option<Entry>, StoreError> {
    let Some(row) = tx.first(include_str!("sql/entered.sql"), &[id.into()])? else {
        return Ok(None);
    };
    let Some(Ok(body)) = row.opt(3, Row::bytes)?.map(|body| decode_body(&body)) else {
        return Ok(None);
    };
    Ok(Some(Entry {
        actor: decode(&row.bytes(0)?).map_err(|error| StoreError::Shape(error.to_string()))?,
        at: UtcMs(row.int(1)?),
        channel: Channel::named(&row.text(2)?).ok_or_else(|| StoreError::Shape("channel".into()))?,
        body,
    }))
}

fn draw(
    tx: &mut dyn Read,
    commune: &Commune,
    eyes: &Eyes,
    family: &Family,
    (seed, asked): (Uuid, &Address),
) -> Result<Result<String, Notice>, StoreError> {
    let [by_rules, beyond, waiver] = ids(seed);
    let waived = match entry(tx, waiver)? {
        Some(Entry {
            actor,
            body: Body::SettleBookings {
                reservations, words, ..
            },
            ..
        }) => Some((reservations, say::recap_waived(&who(tx, actor)?, &words))),
        _ => None,
    };
    let mut reading = Reading::of(tx, commune, eyes, waived)?;
    let mut entered = None;
    for id in [by_rules, beyond] {
        let Some(entry) = entry(tx, id)? else { continue };
        let Body::Book { booking } = &entry.body else {
            continue;
        };
        if booking.household != family.household.id {
            continue;
        }
        let name = who(tx, entry.actor)?;
        reading.lines(tx, booking, &name)?;
        entered = Some((entry.at, entry.channel, name));
    }
    let Some((at, channel, agent)) = entered else {
        return Ok(Err(Notice::PageUnknown));
    };
    let Reading { mut lines, total, .. } = reading;
    if lines.is_empty() {
        return Ok(Err(Notice::Forbidden));
    }
    lines.sort_by(|(a, ..), (b, ..)| a.cmp(b));
    let date = at.date_in(commune.zone);
    let moment = moment_words(
        &format!("{} {}", day(date), date.year()),
        &hour_or_full(at.time_in(commune.zone)),
    );
    let id = family.household.id;
    let grid = carried(&Address::new(eyes.grid_of(id)), asked);
    let first = lines.iter().map(|((date, _), _)| *date).min();
    let grid = match first.filter(|_| asked.value("date").is_empty()) {
        Some(first) => grid.with("date", first),
        None => grid,
    };
    Ok(Ok(family_recap(&FamilyRecap {
        bar: eyes.bar.clone(),
        family: family.household.name.clone(),
        grid: grid.to_string(),
        facts: Address::new(eyes.facts_of(id))
            .with("par", asked.value("par"))
            .to_string(),
        entered: say::recap_entered(&moment, &agent),
        by: say::by(channel != Channel::Phone),
        lines: lines.into_iter().map(|(_, line)| line).collect(),
        total: (total.0 > 0).then(|| say::total(&money(total))),
    })))
}

/// By date, then child.
type Key = (NaiveDate, String);

/// A form's bookings, read line by line.
struct Reading<'a> {
    commune: &'a Commune,
    eyes: &'a Eyes,
    names: Names,
    sites: BTreeMap<SiteId, String>,
    /// What is due no longer, and by whom and why.
    waived: Option<(Vec<ReservationId>, String)>,
    lines: Vec<(Key, RecapLine)>,
    total: Cents,
}

/// Of whom, of what, where and when a line is.
struct Session {
    child: ChildId,
    activity: ActivityId,
    site: SiteId,
    date: NaiveDate,
    formula: Option<FormulaId>,
}

impl<'a> Reading<'a> {
    fn of(
        tx: &mut dyn Read,
        commune: &'a Commune,
        eyes: &'a Eyes,
        waived: Option<(Vec<ReservationId>, String)>,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            commune,
            eyes,
            names: Names::read(tx)?,
            sites: record::sites(tx)?
                .into_iter()
                .map(|(site, _)| (site.id, site.name))
                .collect(),
            waived,
            lines: Vec::new(),
            total: Cents::ZERO,
        })
    }

    /// The lines of a booking at sites within reach.
    fn lines(&mut self, tx: &mut dyn Read, booking: &BookingRecord, agent: &str) -> Result<(), StoreError> {
        for line in &booking.lines {
            let Some(session) = session(tx, &line.ask)? else {
                continue;
            };
            if !self.eyes.reach.has(session.site) {
                continue;
            }
            let sql = include_str!("../../../letters/sql/child_name.sql");
            let row = tx.first(sql, &[session.child.into()])?;
            let child = row.map(|row| row.text(0)).transpose()?.unwrap_or_default();
            let said = self.said(line);
            let mut by_name = beyond(booking, line, agent);
            by_name.extend(said.waived);
            let drawn = RecapLine {
                child: child.clone(),
                what: self.names.of(session.activity, session.formula),
                site: self.sites.get(&session.site).cloned().unwrap_or_default(),
                date: day_of(session.date, self.commune.today()),
                came: said.came,
                words: said.words,
                by_name,
            };
            self.lines.push(((session.date, child), drawn));
        }
        Ok(())
    }

    /// What became of a line; what is due for it is counted.
    fn said(&mut self, line: &BookingLine) -> Said {
        let settled = settled_of(&line.ask, &line.decided);
        let waived = self.waived.as_ref().and_then(|(all, words)| {
            let is = settled.is_some_and(|id| all.contains(&id));
            is.then(|| words.clone())
        });
        let price = |priced: &Priced| priced.base.is_some().then(|| price_of(priced));
        let cost = |due: Cents, credited: Cents| {
            let some = |cents: Cents| (cents.0 > 0).then(|| money(cents));
            Some(say::recap_cancelled(
                some(due).as_deref(),
                some(credited).as_deref(),
            ))
        };
        let (came, words, due) = match &line.decided {
            Decided::Booked { priced, .. } if waived.is_some() => {
                let plain = in_time(priced);
                (Came::Added, price(&plain), plain.total)
            }
            Decided::Booked { priced, .. } => (Came::Added, price(priced), priced.total),
            Decided::Cancelled { credited, .. } if waived.is_some() => {
                (Came::Removed, cost(Cents::ZERO, *credited), Cents::ZERO)
            }
            Decided::Cancelled { due, credited } => (Came::Removed, cost(*due, *credited), *due),
            Decided::Requested { priced, .. } => (Came::Asked, price(priced), Cents::ZERO),
            Decided::Waiting { priced, .. } => (Came::Waits, price(priced), Cents::ZERO),
            Decided::CancelRequested { due, .. } => (Came::CancelAsked, cost(*due, Cents::ZERO), Cents::ZERO),
            Decided::Refused { words, .. } => (Came::Refused, Some(words.clone()), Cents::ZERO),
        };
        self.total = self.total + due;
        Said { came, words, waived }
    }
}

/// Who went beyond rules for a line and why, and what each of them says. A line that turned out to need no exception has
/// none.
fn beyond(booking: &BookingRecord, line: &BookingLine, agent: &str) -> Vec<String> {
    let refused = matches!(line.decided, Decided::Refused { .. });
    let Some(why) = booking.beyond.as_deref().filter(|_| !refused) else {
        return Vec::new();
    };
    let by = say::recap_beyond(agent, why);
    match line.overruled.as_deref() {
        None => vec![by],
        Some([]) => Vec::new(),
        Some(rules) => std::iter::once(by)
            .chain(rules.iter().map(|rule| say::recap_rule(rule)))
            .collect(),
    }
}

/// A line in words.
struct Said {
    came: Came,
    words: Option<String>,
    waived: Option<String>,
}

fn session(tx: &mut dyn Read, ask: &Ask) -> Result<Option<Session>, StoreError> {
    let reservation = match ask {
        Ask::Add { line, .. } => {
            return Ok(Some(Session {
                child: line.child,
                activity: line.activity,
                site: line.site,
                date: line.date,
                formula: line.formula,
            }));
        }
        Ask::Cancel { reservation } => *reservation,
    };
    let row = tx.first(include_str!("sql/reservation.sql"), &[reservation.into()])?;
    row.map(|row| {
        Ok(Session {
            child: ChildId(row.uuid(0)?),
            activity: ActivityId(row.uuid(1)?),
            site: SiteId(row.uuid(2)?),
            date: row.date(3)?,
            formula: row.opt(4, Row::uuid)?.map(FormulaId),
        })
    })
    .transpose()
}
