//! A form that was sent: to be shown what it comes to, to be changed, or to be carried out.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use server_ui::desk::Notice;
use server_ui::desk::bookings::preview_page;
use server_ui::desk::form::{Address, Done, Flaw, FormState};
use shared::codec::{decode, encode};
use shared::ids::{ChildId, ClassId, OperationId, mint};
use shared::operation::{Actor, Body, Channel, Operation};
use shared::sign::sha256;
use shared::time::UtcMs;
use uuid::Uuid;

use super::ground::Data;
use super::pages::{Eyes, date_of, draw};
use super::preview::{Frame, preview};
use super::rules::{self, Rules};
use super::subject::{self, Found, Id, Subject};
use super::wish::{Asked, Way, line, of_child, of_class, of_period, span};
use crate::bookings::Plan;
use crate::clock::random;
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::store::{Read, StoreError};
use crate::web::WebError;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;

/// What the button says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gesture {
    /// Show what it comes to.
    Look,
    /// Back to the form.
    Change,
    /// Do it.
    Do,
}

impl Gesture {
    fn of(form: &FormState) -> Self {
        match form.value("geste") {
            "faire" => Self::Do,
            "modifier" => Self::Change,
            _ => Self::Look,
        }
    }
}

/// What a form comes to.
enum Answer {
    Page(StatusCode, String),
    Done(String, Done),
    No(Notice),
}

pub(super) async fn child(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::EditBookings)?;
    let id = Id::Child(ChildId(desk.uuid("id")?));
    judge(desk, form, id).await
}

pub(super) async fn class(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::EditBookings)?;
    let id = Id::Class(ClassId(desk.uuid("id")?));
    judge(desk, form, id).await
}

async fn judge(desk: crate::web::desk::visit::Desk, form: FormState, id: Id) -> Result<Response, DeskError> {
    let (eyes, actor) = (Eyes::of(&desk), Actor::Agent(desk.session.agent));
    let answer = desk.visit.app.with(&desk.visit.slug, move |commune| {
        answer(commune, &eyes, actor, id, form)
    });
    match answer.await? {
        Answer::Page(status, html) => Ok(page(status, html)),
        Answer::Done(address, done) => Ok(desk.done(&address, done)),
        Answer::No(why) => Err(desk.said(why)),
    }
}

/// The form, read beside the record as it is now.
struct Sent {
    subject: Subject,
    data: Data,
    asked: Asked,
    plan: Plan,
    /// What rules say of it.
    rules: Rules,
    way: Way,
    date: NaiveDate,
}

fn answer(
    commune: &Commune,
    eyes: &Eyes,
    actor: Actor,
    id: Id,
    mut form: FormState,
) -> Result<Answer, WebError> {
    let today = commune.today();
    let gesture = Gesture::of(&form);
    let way = Way::parse(form.value("vue"));
    let Some(date) = date_of(form.value("date"), today) else {
        return Ok(Answer::No(Notice::FormUnreadable));
    };
    let read = commune.store.read(|tx| {
        let subject = match subject::find(tx, commune, &eyes.reach, id)? {
            Found::Here(subject) => subject,
            Found::Unknown => return Ok(Err(Notice::PageUnknown)),
            Found::Beyond => return Ok(Err(Notice::Forbidden)),
        };
        read(tx, commune, eyes, subject, &mut form, (way, date)).map(Ok)
    });
    let read = match read? {
        Ok(read) => read,
        Err(why) => return Ok(Answer::No(why)),
    };
    if form.is_flawed() || gesture == Gesture::Change {
        let status = if gesture == Gesture::Change {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let html = commune
            .store
            .read(|tx| draw(tx, commune, eyes, &read.subject, (way, date), Some(form)))?;
        return Ok(Answer::Page(status, html));
    }
    match gesture {
        Gesture::Do => carry_out(commune, eyes, actor, read, form),
        Gesture::Look | Gesture::Change => {
            form.set("graine", mint(commune.clock.now(), random()).to_string());
            Ok(show(commune, eyes, &read, form, StatusCode::OK))
        }
    }
}

fn read(
    tx: &mut dyn Read,
    commune: &Commune,
    eyes: &Eyes,
    subject: Subject,
    form: &mut FormState,
    (way, date): (Way, NaiveDate),
) -> Result<Sent, StoreError> {
    let today = commune.today();
    let data = Data::load(tx, &eyes.reach, &subject.people, span(form, way, date, today))?;
    let dates: Vec<NaiveDate> = way.weeks(date).into_iter().flatten().collect();
    let asked = match (way, subject.id) {
        (Way::Period, _) => of_period(form, &data, &subject.people, today),
        (_, Id::Class(_)) => of_class(form, &data, &subject.people, &dates),
        (_, Id::Child(_)) => match subject.people.first() {
            Some(child) => of_child(form, &data, child, &dates),
            None => Asked::default(),
        },
    };
    let mut plan = data.plan(&asked.wanted, asked.vacations_too);
    let rules = rules::of_plan(tx, commune, &mut plan)?;
    Ok(Sent {
        subject,
        data,
        asked,
        plan,
        rules,
        way,
        date,
    })
}

fn show(commune: &Commune, eyes: &Eyes, read: &Sent, form: FormState, status: StatusCode) -> Answer {
    let frame = Frame {
        bar: eyes.bar.clone(),
        action: eyes.at(&read.subject.id.path()),
        back: eyes.at("/reservations"),
        today: commune.today(),
    };
    let view = preview(frame, &read.subject, form, (&read.data, &read.plan, &read.rules));
    Answer::Page(status, preview_page(&view))
}

fn carry_out(
    commune: &Commune,
    eyes: &Eyes,
    actor: Actor,
    read: Sent,
    mut form: FormState,
) -> Result<Answer, WebError> {
    let beyond_too = form.has("au_dela");
    let seed = form.value("graine").parse::<Uuid>().ok();
    let Some(seed) = seed.filter(|seed| seed.get_version_num() == 7) else {
        return Ok(Answer::No(Notice::FormUnreadable));
    };
    let back = Address::new(eyes.at(&read.subject.id.path()))
        .with("vue", read.way.as_str())
        .with("date", first_of(&read))
        .to_string();
    // A form that comes a second time was carried out, whatever the record says now.
    if done_before(commune, actor, seed)? {
        return Ok(Answer::Done(back, Done::Saved));
    }
    if !read.plan.changes(beyond_too) {
        if read.plan.tally().beyond > 0 {
            form.flaw("au_dela", Flaw::Said("bookings-over-untold"));
            return Ok(show(commune, eyes, &read, form, StatusCode::UNPROCESSABLE_ENTITY));
        }
        return Ok(Answer::Done(back, Done::Unchanged));
    }
    let operations = operations(commune, actor, &read, beyond_too, seed);
    match commune.submit_all(operations) {
        Ok(()) => Ok(Answer::Done(back, Done::Saved)),
        Err(CorridorError::Refused(refusal)) => {
            if done_before(commune, actor, seed)? {
                return Ok(Answer::Done(back, Done::Saved));
            }
            form.refuse("graine", &refusal);
            Ok(show(commune, eyes, &read, form, StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error.into()),
    }
}

/// The date that the page shows afterwards.
fn first_of(read: &Sent) -> NaiveDate {
    let first = read.plan.steps.first().map(|step| step.wanted.date);
    match read.way {
        Way::Period => first.unwrap_or(read.date),
        Way::Week | Way::Month => read.date,
    }
}

/// The operations of a form: their ids follow from its seed, so that it is carried out once.
fn operations(commune: &Commune, actor: Actor, read: &Sent, beyond_too: bool, seed: Uuid) -> Vec<Operation> {
    let [cancel, reserve] = ids(seed);
    let at = commune.clock.now();
    let operation = |id, body| Operation {
        id,
        at,
        actor,
        channel: Channel::Desk,
        seen: None,
        body,
    };
    let mut all = Vec::new();
    let reservations = read.plan.cancels();
    if !reservations.is_empty() {
        all.push(operation(cancel, Body::CancelReservations { reservations }));
    }
    let lines: Vec<_> = read
        .plan
        .makes(beyond_too)
        .map(|wanted| line(wanted, &read.asked.how, &read.data, seed))
        .collect();
    if !lines.is_empty() {
        all.push(operation(reserve, Body::Reserve { lines }));
    }
    all
}

/// The ids of a form's operations: cancelling, then reserving.
fn ids(seed: Uuid) -> [OperationId; 2] {
    let ms = seed.get_timestamp().map_or(0, |time| {
        let (seconds, nanos) = time.to_unix();
        seconds
            .saturating_mul(1_000)
            .saturating_add(u64::from(nanos / 1_000_000))
    });
    let at = UtcMs(i64::try_from(ms).unwrap_or(0));
    let of = |what: &[u8]| {
        let hash = sha256(&[b"reservations of a form", seed.as_bytes(), what]).0;
        let mut random = [0; 10];
        random.copy_from_slice(&hash[..10]);
        OperationId(mint(at, random))
    };
    [of(b"cancel"), of(b"reserve")]
}

/// Whether this agent's form was carried out already.
fn done_before(commune: &Commune, actor: Actor, seed: Uuid) -> Result<bool, WebError> {
    let found = commune.store.read(|tx| {
        for id in ids(seed) {
            let row = tx.first(
                include_str!("../../../record/journal/by_operation.sql"),
                &[id.into()],
            )?;
            if let Some(row) = row {
                let who: Actor = decode(&row.bytes(0)?).map_err(|e| StoreError::Shape(e.to_string()))?;
                return Ok(encode(&who) == encode(&actor));
            }
        }
        Ok::<_, StoreError>(false)
    });
    Ok(found?)
}
