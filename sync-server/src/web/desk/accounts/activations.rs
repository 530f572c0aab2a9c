//! Links to activate, mailed to many: some dozens a transaction, each person once however often the form is sent.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::accounts::{ActivationsPage, BatchPage, BatchReturn, activations_page, batch_page};
use server_ui::desk::form::{Flaw, FormState};
use shared::ids::{AgentId, BatchId, GuardianId};
use shared::operation::{Actor, Channel, LetterFate, LinkPurpose};

use super::list::narrow;
use super::people::{Narrow, Person, State, people};
use crate::clock::random;
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::letters::{Prepared, link};
use crate::store::{Read, Row, StoreError};
use crate::web::WebError;
use crate::web::desk::families::places;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page, see_other};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Letters of one transaction: others write between two of them.
const AT_ONCE: usize = 50;
/// Letters of one form: a whole town fits, and the browser is not kept waiting for ever.
const OF_ONE_FORM: usize = 2_000;

/// Who is meant.
#[derive(Clone, Debug, Default)]
struct Meant {
    narrow: Narrow,
    /// These people alone.
    only: BTreeSet<GuardianId>,
    /// Those also who were sent a link that they have not opened.
    again: bool,
}

impl Meant {
    fn has(&self, person: &Person) -> bool {
        let chosen = self.only.contains(&person.id);
        let asked = matches!(person.state, State::Asked(_));
        person.can_be_asked()
            && (self.only.is_empty() || chosen)
            && (self.again || chosen || !asked)
            && self.narrow.fits(person)
    }
}

/// What a form or an address asks for; `None` when it names nothing.
fn meant(school: &str, class: &str, again: &str, only: &[&str]) -> Option<Meant> {
    let only = only
        .iter()
        .map(|id| id.parse().map(GuardianId))
        .collect::<Result<_, _>>();
    Some(Meant {
        narrow: narrow(school, class)?,
        only: only.ok()?,
        again: !again.is_empty(),
    })
}

pub(super) async fn ask(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAccounts)?;
    let asked = desk.asked(&["ecole", "classe"]);
    let form = asked
        .pairs()
        .iter()
        .fold(FormState::default(), |form, (name, value)| form.with(name, value));
    draw(&desk, form, StatusCode::OK).await
}

async fn draw(desk: &Desk, form: FormState, status: StatusCode) -> Result<Response, DeskError> {
    let meant = meant(form.value("ecole"), form.value("classe"), "oui", &[]);
    let Some(meant) = meant else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let (bar, home) = (desk.bar(), desk.at(""));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let (schools, classes) = places(tx)?;
            let all = people(tx, commune.today())?;
            let (mut fresh, mut asked, mut without) = (0, 0, 0);
            for person in all.iter().filter(|person| meant.narrow.fits(person)) {
                match person.state {
                    State::Active(_) | State::Deleted(_) => {}
                    _ if !person.can_be_asked() => without += 1,
                    State::Asked(_) => asked += 1,
                    _ => fresh += 1,
                }
            }
            Ok::<_, StoreError>(ActivationsPage {
                bar,
                home,
                form,
                schools,
                classes,
                fresh,
                asked,
                without,
            })
        })
    });
    Ok(page(status, activations_page(&view.await?)))
}

/// The query of a batch's page: who was meant, so that what is left can go on. A choice of people fits into one
/// transaction: nothing of it is left.
fn query(form: &FormState) -> String {
    if form.has("qui") {
        return String::new();
    }
    ["ecole", "classe", "encore"]
        .into_iter()
        .filter(|name| !form.value(name).is_empty())
        .fold("?tous=oui".to_owned(), |query, name| {
            format!("{query}&{name}={}", form.value(name))
        })
}

pub(super) async fn send(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::ManageAccounts)?;
    let only = form.all("qui");
    let meant = meant(
        form.value("ecole"),
        form.value("classe"),
        form.value("encore"),
        &only,
    );
    let Some(meant) = meant else {
        return Err(desk.said(Notice::FormUnreadable));
    };
    // The same form sent twice goes on with the same batch.
    let batch = match form.value("lot").parse() {
        Ok(batch) => BatchId(batch),
        Err(_) => BatchId(uuid::Uuid::from_bytes(random())),
    };
    let agent = desk.session.agent;
    let sent = desk.visit.app.with(&desk.visit.slug, move |commune| {
        send_all(commune, agent, batch, &meant).map_err(WebError::from)
    });
    if sent.await? == 0 && !form.has("lot") {
        form.flaw("ecole", Flaw::Said("accounts-activations-nobody"));
        return draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    Ok(see_other(
        &desk.at(&format!("/comptes/envois/{batch}{}", query(&form))),
    ))
}

/// Queues what is left of a batch, and tells how many letters these were.
fn send_all(
    commune: &Commune,
    agent: AgentId,
    batch: BatchId,
    meant: &Meant,
) -> Result<usize, CorridorError> {
    let mut sent = 0;
    while sent < OF_ONE_FORM {
        let next: Vec<Person> = commune.store.read(|tx| {
            let mut left = left(tx, commune, batch, meant)?;
            left.truncate(AT_ONCE);
            Ok::<_, StoreError>(left)
        })?;
        if next.is_empty() {
            break;
        }
        sent += next.len();
        send_some(commune, agent, batch, &next)?;
    }
    Ok(sent)
}

/// Those meant who have no letter of the batch.
fn left(
    tx: &mut dyn Read,
    commune: &Commune,
    batch: BatchId,
    meant: &Meant,
) -> Result<Vec<Person>, StoreError> {
    let written = written(tx, batch)?;
    let mut left = people(tx, commune.today())?;
    left.retain(|person| meant.has(person) && !written.contains(&person.id));
    Ok(left)
}

fn written<R: Read + ?Sized>(tx: &mut R, batch: BatchId) -> Result<BTreeSet<GuardianId>, StoreError> {
    let rows = tx.query(include_str!("sql/batch_guardians.sql"), &[batch.into()])?;
    rows.iter().map(|row| Ok(GuardianId(row.uuid(0)?))).collect()
}

fn send_some(
    commune: &Commune,
    agent: AgentId,
    batch: BatchId,
    people: &[Person],
) -> Result<(), CorridorError> {
    let by = (Actor::Agent(agent), Channel::Desk);
    let mut operations = Vec::with_capacity(people.len() + 1);
    let mut all = Vec::with_capacity(people.len());
    for person in people {
        let Some(email) = &person.email else { continue };
        let (body, letter) = link(commune, person.id, LinkPurpose::Activate, email);
        operations.push(commune.operation(by.0, by.1, body));
        all.push(letter.among(batch));
    }
    let prepared = Prepared::of(commune, all);
    operations.push(commune.operation(by.0, by.1, prepared.body.clone()));
    let ids: BTreeSet<GuardianId> = people.iter().map(|person| person.id).collect();
    commune.submit_all_if(operations, move |tx| {
        // The same form went on elsewhere: a second link would make the first letter's useless.
        if !written(tx, batch)?.is_disjoint(&ids) {
            return Err(StoreError::Unavailable("the batch goes on elsewhere".into()));
        }
        prepared.keep(tx)
    })
}

pub(super) async fn progress(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAccounts)?;
    let batch = BatchId(desk.uuid("lot")?);
    let asked = desk.asked(&["tous", "ecole", "classe", "encore"]);
    let said = meant(
        asked.value("ecole"),
        asked.value("classe"),
        asked.value("encore"),
        &[],
    );
    let Some(meant) = said else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let form = asked
        .pairs()
        .iter()
        .fold(FormState::default(), |form, (name, value)| form.with(name, value));
    let form = form.with("lot", batch.to_string());
    let (bar, home) = (desk.bar(), desk.at(""));
    let address = asked.to_string();
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for row in tx.query(include_str!("sql/batch.sql"), &[batch.into()])? {
                counts.insert(row.text(0)?, row.count(1)?);
            }
            if counts.is_empty() {
                return Ok(None);
            }
            let count = |fates: &[LetterFate]| {
                fates
                    .iter()
                    .filter_map(|fate| counts.get(fate.as_str()))
                    .sum::<u64>()
            };
            let to_come = if asked.value("tous").is_empty() {
                0
            } else {
                left(tx, commune, batch, &meant)?.len()
            };
            Ok::<_, StoreError>(Some(BatchPage {
                bar,
                form,
                address,
                to_come,
                sent: count(&[LetterFate::Sent]),
                waiting: count(&[LetterFate::Queued]),
                held: count(&[LetterFate::Held]),
                failed: count(&[LetterFate::Bounced, LetterFate::GivenUp, LetterFate::Dropped]),
                returns: returns(tx, batch, &home)?,
                home,
            }))
        })
    });
    match view.await? {
        Some(view) => Ok(page(StatusCode::OK, batch_page(&view))),
        None => Err(desk.said(Notice::PageUnknown)),
    }
}

/// Letters of a batch that did not arrive.
fn returns(tx: &mut dyn Read, batch: BatchId, home: &str) -> Result<Vec<BatchReturn>, StoreError> {
    let mut returns = Vec::new();
    for row in tx.query(include_str!("sql/batch_bounced.sql"), &[batch.into()])? {
        let Some(guardian) = row.opt(0, Row::uuid)?.map(GuardianId) else {
            continue;
        };
        let account = tx.first(include_str!("sql/account.sql"), &[guardian.into()])?;
        let Some(account) = account else { continue };
        returns.push(BatchReturn {
            name: format!("{} {}", account.text(1)?, account.text(2)?)
                .trim()
                .to_owned(),
            email: row.text(1)?,
            fate: LetterFate::named(&row.text(2)?).unwrap_or(LetterFate::Bounced),
            address: format!("{home}/comptes/{guardian}"),
        });
    }
    Ok(returns)
}
