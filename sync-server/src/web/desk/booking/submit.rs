//! A family's bookings as an agent sends them: shown with what rules say, then made.
//!
//! What is made is judged again, in the transaction that writes it: first what rules allow, then, on what the record
//! holds after that, what the agent goes beyond by name. What changed in between is shown, and nothing is made.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use server_ui::desk::Notice;
use server_ui::desk::booking::{
    FamilyPreview, LineFate, PreviewLine, cell_words as say, family_preview, price_of, reason_words,
};
use server_ui::desk::form::{Address, Done, Flaw, FormState};
use shared::booking::{Asked, Ground, Judged, Sentence, judge};
use shared::codec::{Hash32, decode, encode};
use shared::ids::{HouseholdId, OperationId, ReservationId, mint};
use shared::money::Cents;
use shared::operation::{
    Actor, Ask, Body, BookingRecord, BookingSettled, Channel, Decided, Entrance, Operation,
};
use shared::words::money;
use uuid::Uuid;

use super::family::{Eyes, draw, entrance_of, scope};
use super::grid::{ADD, Added, CANCEL};
use super::make::{Line, booking};
use super::reached::{Family, Found, family};
use super::{Way, date_of, ends};
use crate::clock::random;
use crate::commune::Commune;
use crate::corridor::{Context, CorridorError, Mode, journal, submit};
use crate::rules::{self, usual::Usual};
use crate::store::{Read, StoreError, Write};
use crate::web::WebError;
use crate::web::desk::day::day_of;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;

/// Most lines of one form.
const MOST: usize = 600;

/// What a form comes to.
enum Answer {
    Page(StatusCode, String),
    Done(String),
    No(Notice),
}

pub(super) async fn take(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::EditBookings)?;
    let household = HouseholdId(desk.uuid("household")?);
    let (eyes, actor) = (Eyes::of(&desk), Actor::Agent(desk.session.agent));
    let answer = desk.visit.app.with(&desk.visit.slug, move |commune| {
        answer(commune, &eyes, actor, household, form)
    });
    match answer.await? {
        Answer::Page(status, html) => Ok(page(status, html)),
        Answer::Done(address) => Ok(desk.done(&address, Done::Saved)),
        Answer::No(why) => Err(desk.said(why)),
    }
}

fn answer(
    commune: &Commune,
    eyes: &Eyes,
    actor: Actor,
    household: HouseholdId,
    mut form: FormState,
) -> Result<Answer, WebError> {
    let way = Way::parse(form.value("vue"));
    let Some(date) = date_of(form.value("date"), commune.today()) else {
        return Ok(Answer::No(Notice::FormUnreadable));
    };
    let back = Address::new(eyes.grid_of(household))
        .with("vue", way.as_str())
        .with("date", date)
        .with("par", form.value("par"))
        .to_string();
    let gesture = form.value("geste").to_owned();
    form.drop_all("geste");
    let found = commune.store.read(|tx| family(tx, &eyes.reach, household))?;
    let family = match found {
        Found::Here(family) => family,
        Found::Unknown => return Ok(Answer::No(Notice::PageUnknown)),
        Found::Beyond => return Ok(Answer::No(Notice::Forbidden)),
    };
    let Some(asked) = Asks::read(&form, eyes) else {
        return Ok(Answer::No(Notice::FormUnreadable));
    };
    if asked.is_empty() || gesture == "modifier" {
        if asked.is_empty() {
            form.flaw(ADD, Flaw::Said("desk-booking-nothing-ticked"));
        }
        let status = if asked.is_empty() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        let html = commune
            .store
            .read(|tx| draw(tx, commune, eyes, &family, (way, date), form))?;
        return Ok(Answer::Page(status, html));
    }
    if gesture == "faire" {
        return carry_out(commune, eyes, actor, &family, (asked, way, date, back), form);
    }
    form.set("graine", mint(commune.clock.now(), random()).to_string());
    show(
        commune,
        eyes,
        &family,
        (&asked, (way, date), back),
        form,
        StatusCode::OK,
    )
}

/// What a form asks for.
#[derive(Clone, Debug)]
struct Asks {
    adds: Vec<Added>,
    cancels: Vec<ReservationId>,
    entrance: Entrance,
    /// Lines that go beyond the rules.
    beyond: Vec<String>,
    /// Lines whose surcharge is waived.
    waived: Vec<String>,
    why: String,
}

impl Asks {
    /// `None` where it holds what no page of ours has, or a site beyond reach.
    fn read(form: &FormState, eyes: &Eyes) -> Option<Self> {
        let words = |name: &str| -> Vec<String> { form.all(name).into_iter().map(str::to_owned).collect() };
        let mut adds: Vec<Added> = Vec::new();
        for word in form.all(ADD) {
            let added = Added::parse(word)?;
            if !eyes.reach.has(added.session.site) {
                return None;
            }
            // Of several formulas of one session the first counts.
            if !adds
                .iter()
                .any(|one| (one.child, one.session) == (added.child, added.session))
            {
                adds.push(added);
            }
        }
        let mut cancels = Vec::new();
        for word in form.all(CANCEL) {
            let id = ReservationId(word.parse().ok()?);
            if !cancels.contains(&id) {
                cancels.push(id);
            }
        }
        (adds.len() + cancels.len() <= MOST).then(|| Self {
            adds,
            cancels,
            entrance: entrance_of(form.value("par")),
            beyond: words("outrepasser"),
            waived: words("exonerer"),
            why: form.value("raison").trim().to_owned(),
        })
    }

    fn is_empty(&self) -> bool {
        self.adds.is_empty() && self.cancels.is_empty()
    }

    fn goes_beyond(&self, line: &Line) -> bool {
        self.beyond.contains(&line.word)
    }

    /// The dates it may be about: what the page showed, and what it names.
    fn span(&self, way: Way, date: NaiveDate) -> (NaiveDate, NaiveDate) {
        let (from, until) = ends(&way.weeks(date), date);
        let dates = || self.adds.iter().map(|one| one.session.date);
        (
            dates().min().unwrap_or(from).min(from),
            dates().max().unwrap_or(until).max(until),
        )
    }

    /// Its lines, cancellations first; what no longer stands is left out.
    fn lines(&self, ground: &Ground, eyes: &Eyes) -> Vec<Line> {
        let stands = |id: &ReservationId| {
            let found = ground.standing.iter().find(|one| one.id == *id);
            found
                .filter(|one| eyes.reach.has(one.session.site))
                .map(Line::cancel)
        };
        let cancels = self.cancels.iter().filter_map(stands);
        let adds = self.adds.iter().map(|one| Line::add(*one, ground));
        cancels.chain(adds).collect()
    }

    fn judged(
        &self,
        lines: &[&Line],
        ground: &Ground,
        now: shared::time::UtcMs,
        beyond: bool,
    ) -> Vec<Judged> {
        let wanted: Vec<_> = lines.iter().map(|line| line.wanted.clone()).collect();
        let asked = Asked {
            now,
            entrance: self.entrance,
            beyond,
        };
        judge(&wanted, ground, asked)
    }
}

/// What would still be due for a line if what it costs beside its price were waived; none where it costs nothing more.
fn waivable(judged: &Judged) -> Option<Cents> {
    match &judged.sentence {
        Sentence::Book { priced, .. } if priced.surcharge.0 > 0 => Some(priced.base.unwrap_or(Cents::ZERO)),
        Sentence::Cancel { due, .. } if due.0 > 0 => Some(Cents::ZERO),
        _ => None,
    }
}

fn show(
    commune: &Commune,
    eyes: &Eyes,
    family: &Family,
    (asked, (way, date), back): (&Asks, (Way, NaiveDate), String),
    form: FormState,
    status: StatusCode,
) -> Result<Answer, WebError> {
    let id = family.household.id;
    let scope = scope(id, &family.children, asked.span(way, date), commune);
    let ground = commune.store.read(|tx| rules::ground(tx, &scope))?;
    let lines = asked.lines(&ground, eyes);
    let all: Vec<&Line> = lines.iter().collect();
    let plain = asked.judged(&all, &ground, scope.now, false);
    let beyond = asked.judged(&all, &ground, scope.now, true);
    let drawn: Vec<PreviewLine> = lines
        .iter()
        .zip(plain.iter().zip(&beyond))
        .map(|(line, (plain, beyond))| preview(line, (plain, beyond), &ground, commune.today()))
        .collect();
    let total: Cents = plain
        .iter()
        .map(|judged| match &judged.sentence {
            Sentence::Book { priced, .. } => priced.total,
            Sentence::Cancel { due, .. } => *due,
            _ => Cents::ZERO,
        })
        .sum();
    let view = FamilyPreview {
        bar: eyes.bar.clone(),
        family: family.household.name.clone(),
        action: eyes.grid_of(id),
        back,
        by: say::by(asked.entrance == Entrance::Desk),
        gone: asked.cancels.len().saturating_sub(
            lines
                .iter()
                .filter(|line| matches!(line.wanted, shared::booking::Wanted::Cancel { .. }))
                .count(),
        ),
        lines: drawn,
        total: (total.0 > 0).then(|| say::total(&money(total))),
        form,
    };
    Ok(Answer::Page(status, family_preview(&view)))
}

fn preview(
    line: &Line,
    (plain, beyond): (&Judged, &Judged),
    ground: &Ground,
    today: NaiveDate,
) -> PreviewLine {
    let name = |id| {
        ground
            .activities
            .get(&id)
            .map_or_else(String::new, |one| one.name.clone())
    };
    let child = ground
        .children
        .get(&line.child)
        .map_or_else(String::new, |one| one.first_name.clone());
    let price = |priced: &shared::operation::Priced| priced.base.is_some().then(|| price_of(priced));
    let why = |reason| reason_words(reason, ground.zone);
    let (fate, words) = match &plain.sentence {
        Sentence::Book { priced, .. } => (LineFate::Done, say::will_book(price(priced).as_deref())),
        Sentence::Cancel { due, credited, .. } => {
            let due = (due.0 > 0).then(|| money(*due));
            let credited = (credited.0 > 0).then(|| money(*credited));
            (
                LineFate::Done,
                say::will_cancel(due.as_deref(), credited.as_deref()),
            )
        }
        Sentence::Request { reason, .. } | Sentence::RequestCancel { reason, .. } => {
            (LineFate::Waits, say::will_ask(&why(reason)))
        }
        Sentence::Wait { rank, .. } => (LineFate::Waits, say::will_wait(*rank)),
        Sentence::Refuse(reason) => (LineFate::Refused, why(reason)),
    };
    // What the line says already is not said twice.
    let overruled: Vec<String> = beyond
        .overruled
        .iter()
        .map(why)
        .filter(|why| *why != words)
        .collect();
    let goes = !matches!(beyond.sentence, Sentence::Refuse(_));
    let can = fate != LineFate::Done && goes;
    PreviewLine {
        what: format!(
            "{child}, {}, {}",
            name(line.session.activity),
            day_of(line.date(), today)
        ),
        fate,
        words,
        beyond: can.then(|| (line.word.clone(), overruled.join(" "))),
        waive: waivable(plain).map(|left| (line.word.clone(), say::waived_to(&money(left)))),
    }
}

/// The ids of a form's operations follow from its seed, so that it is carried out once: what rules allow, what goes
/// beyond them, what is waived.
pub(super) fn ids(seed: Uuid) -> [OperationId; 3] {
    ["regles", "au-dela", "exoneration"].map(|what| OperationId(Uuid::new_v5(&seed, what.as_bytes())))
}

fn done_before(tx: &mut dyn Read, actor: Actor, seed: Uuid) -> Result<bool, StoreError> {
    for id in ids(seed) {
        let sql = include_str!("../../../record/journal/by_operation.sql");
        if let Some(row) = tx.first(sql, &[id.into()])? {
            let who: Actor = decode(&row.bytes(0)?).map_err(|e| StoreError::Shape(e.to_string()))?;
            return Ok(encode(&who) == encode(&actor));
        }
    }
    Ok(false)
}

/// The page of what became of a form.
fn recap_of(
    eyes: &Eyes,
    household: HouseholdId,
    seed: Uuid,
    par: &str,
    (way, date): (Way, NaiveDate),
) -> String {
    Address::new(format!("{}/recapitulatif/{seed}", eyes.grid_of(household)))
        .with("vue", way.as_str())
        .with("date", date)
        .with("par", par)
        .to_string()
}

/// What came of carrying a form out.
enum Made {
    Done,
    /// Nothing was made: what goes beyond the rules or is waived needs a reason.
    NoReason,
    /// Nothing was made: all of it is refused.
    AllRefused,
}

fn carry_out(
    commune: &Commune,
    eyes: &Eyes,
    actor: Actor,
    family: &Family,
    (asked, way, date, back): (Asks, Way, NaiveDate, String),
    mut form: FormState,
) -> Result<Answer, WebError> {
    let seed = form.value("graine").parse::<Uuid>().ok();
    let Some(seed) = seed.filter(|seed| seed.get_version_num() == 7) else {
        return Ok(Answer::No(Notice::FormUnreadable));
    };
    let household = family.household.id;
    let scope = scope(household, &family.children, asked.span(way, date), commune);
    let channel = match asked.entrance {
        Entrance::Desk => Channel::Desk,
        _ => Channel::Phone,
    };
    let writing = Writing {
        asked: asked.clone(),
        eyes: eyes.clone(),
        scope,
        actor,
        channel,
        seed,
        household,
    };
    let made = commune.store.write(move |tx| {
        let made = writing.make(tx)?;
        let branch = journal::current_branch(tx)?;
        Ok::<_, CorridorError>((made, journal::head(tx, branch)?))
    });
    match made {
        Ok((Made::Done, head)) => {
            commune.announce(head);
            return Ok(Answer::Done(recap_of(
                eyes,
                household,
                seed,
                form.value("par"),
                (way, date),
            )));
        }
        Ok((Made::NoReason, _)) => form.flaw("raison", Flaw::Said("desk-booking-why-missing")),
        Ok((Made::AllRefused, _)) => form.flaw("outrepasser", Flaw::Said("desk-booking-all-refused")),
        Err(CorridorError::Refused(refusal)) => form.refuse("graine", &refusal),
        Err(error) => return Err(error.into()),
    }
    let again = (&asked, (way, date), back);
    show(
        commune,
        eyes,
        family,
        again,
        form,
        StatusCode::UNPROCESSABLE_ENTITY,
    )
}

/// A form that is carried out.
struct Writing {
    asked: Asks,
    eyes: Eyes,
    scope: rules::Scope,
    actor: Actor,
    channel: Channel,
    seed: Uuid,
    household: HouseholdId,
}

impl Writing {
    fn make(&self, tx: &mut dyn Write) -> Result<Made, CorridorError> {
        // A form that comes a second time was carried out, whatever the record says now.
        if done_before(tx, self.actor, self.seed)? {
            return Ok(Made::Done);
        }
        let [first, second, third] = ids(self.seed);
        let asked = &self.asked;
        if asked.why.is_empty() && !(asked.beyond.is_empty() && asked.waived.is_empty()) {
            return Ok(Made::NoReason);
        }
        let mut waived: Vec<ReservationId> = Vec::new();
        let mut changes = false;
        // What is refused whole is in the record where something else is done: the recap says it.
        let mut refused: Option<BookingRecord> = None;
        for (id, beyond) in [(first, false), (second, true)] {
            let ground = rules::ground(tx, &self.scope)?;
            let lines = asked.lines(&ground, &self.eyes);
            let chosen: Vec<&Line> = lines
                .iter()
                .filter(|line| asked.goes_beyond(line) == beyond)
                .collect();
            if chosen.is_empty() {
                continue;
            }
            let judged = asked.judged(&chosen, &ground, self.scope.now, beyond);
            let both: Vec<(&Line, &Judged)> = chosen.into_iter().zip(&judged).collect();
            let children = both.iter().map(|(line, _)| line.child).collect();
            let usual = Usual::read(&mut *tx, &children)?;
            let why = beyond.then(|| asked.why.clone());
            let mut record = booking(self.household, &both, &ground, &usual, (self.seed, why));
            // The family hears of both at once.
            record.told_with = if beyond {
                (changes || refused.is_some()).then_some(first)
            } else {
                let goes_on = lines.iter().any(|line| asked.goes_beyond(line));
                goes_on.then_some(second)
            };
            let nothing = both
                .iter()
                .all(|(_, judged)| matches!(judged.sentence, Sentence::Refuse(_)));
            if nothing && !changes {
                refused = Some(record).filter(|_| !beyond);
                continue;
            }
            if let Some(booking) = refused.take() {
                // Nothing was written since it was judged.
                self.submit(tx, first, Body::Book { booking })?;
            }
            for ((line, judged), made) in both.iter().zip(&record.lines) {
                if waivable(judged).is_some() && asked.waived.contains(&line.word) {
                    waived.extend(settled_of(&made.ask, &made.decided));
                }
            }
            self.submit(tx, id, Body::Book { booking: record })?;
            changes = true;
        }
        if !changes {
            return Ok(Made::AllRefused);
        }
        if !waived.is_empty() {
            let body = Body::SettleBookings {
                reservations: waived,
                how: BookingSettled::Waived,
                words: asked.why.clone(),
            };
            self.submit(tx, third, body)?;
        }
        Ok(Made::Done)
    }

    fn submit(&self, tx: &mut dyn Write, id: OperationId, body: Body) -> Result<(), CorridorError> {
        let operation = Operation {
            id,
            at: self.scope.now,
            actor: self.actor,
            channel: self.channel,
            seen: None,
            body,
        };
        let context = Context {
            now: self.scope.now,
            mode: Mode::Live,
        };
        submit(tx, &operation, Hash32(random()), context).map(drop)
    }
}

/// The reservation that something is owed for.
pub(super) fn settled_of(ask: &Ask, decided: &Decided) -> Option<ReservationId> {
    match (ask, decided) {
        (Ask::Add { line, .. }, Decided::Booked { .. }) => Some(line.id),
        (Ask::Cancel { reservation }, Decided::Cancelled { .. }) => Some(*reservation),
        _ => None,
    }
}
