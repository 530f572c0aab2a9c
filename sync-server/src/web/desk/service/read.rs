//! What the page shows.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::FormState;
use server_ui::desk::service::{
    IncidentRow, PartCard, ServicePage, SwitchRow, by_host, by_unknown, service_page,
};
use shared::ids::AgentId;
use shared::operation::{Actor, Capability, IncidentPost};
use shared::time::UtcMs;

use crate::commune::Commune;
use crate::record::{self, Part, Switch};
use crate::store::{Read, StoreError};
use crate::web::desk::recovery::moment;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::{Right, may};
use crate::web::desk::visit::Desk;

/// Switches on the page; the journal has the others.
const SHOWN: u32 = 100;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeBoard)?;
    Ok(page(StatusCode::OK, service_page(&load(&desk).await?)))
}

/// The page as it is now.
pub(super) async fn load(desk: &Desk) -> Result<ServicePage, DeskError> {
    let bar = desk.bar();
    let action = may(desk.session.role, Right::Recover).then(|| desk.at(super::PATH));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let who = Who::read(tx)?;
            let mut switches = record::switches(tx, SHOWN + 1)?;
            let more = switches.len() > SHOWN as usize;
            switches.truncate(SHOWN as usize);
            Ok::<_, StoreError>(ServicePage {
                bar,
                action,
                public: format!("/{}/situation", commune.slug),
                parts: cards(tx, commune)?,
                incidents: incidents(tx, commune)?,
                switches: switches.into_iter().map(|one| row(one, &who, commune)).collect(),
                more,
            })
        })
    });
    Ok(view.await?)
}

/// Names of those who switch.
struct Who(BTreeMap<AgentId, String>);

impl Who {
    fn read(tx: &mut dyn Read) -> Result<Self, StoreError> {
        let agents = record::agents(tx)?.into_iter();
        Ok(Self(agents.map(|(agent, _)| (agent.id, agent.name)).collect()))
    }

    fn name(&self, actor: Actor) -> String {
        match actor {
            Actor::Host | Actor::System => by_host(),
            Actor::Agent(agent) => self.0.get(&agent).cloned().unwrap_or_else(by_unknown),
            Actor::Guardian(_) | Actor::Device(_) => by_unknown(),
        }
    }
}

fn row(one: Switch, who: &Who, commune: &Commune) -> SwitchRow {
    SwitchRow {
        at: moment(one.at, commune),
        capability: one.capability,
        state: one.state,
        message: one.message,
        by: who.name(one.by),
        recovery: one.recovery,
    }
}

pub(super) fn cards(tx: &mut dyn Read, commune: &Commune) -> Result<Vec<PartCard>, StoreError> {
    let who = Who::read(tx)?;
    let mut cards = Vec::new();
    for part in record::parts(tx)? {
        let by = match part.switched {
            Some((_, version)) => switched_by(tx, part.capability, version)?,
            None => None,
        };
        let switched = part
            .switched
            .map(|(at, _)| (moment(at, commune), by.map_or_else(by_unknown, |by| who.name(by))));
        cards.push(PartCard {
            capability: part.capability,
            state: part.state,
            message: part.message.clone(),
            form: form_of(&part),
            switched,
        });
    }
    Ok(cards)
}

fn switched_by(tx: &mut dyn Read, part: Capability, version: i64) -> Result<Option<Actor>, StoreError> {
    let sql = include_str!("../../../record/capability/switched_by.sql");
    let row = tx.first(sql, &[version.into(), part.as_str().into()])?;
    row.map(|row| shared::codec::decode(&row.bytes(0)?).map_err(|e| StoreError::Shape(e.to_string())))
        .transpose()
}

/// The form of a part as the record has it.
pub(super) fn form_of(part: &Part) -> FormState {
    let word = part.capability.as_str();
    let form = FormState::default()
        .with(format!("etat_{word}"), part.state.as_str())
        .with(format!("message_{word}"), part.message.clone());
    match part.switched {
        Some((_, version)) => form.of_version(version),
        None => form,
    }
}

fn incidents(tx: &mut dyn Read, commune: &Commune) -> Result<Vec<IncidentRow>, StoreError> {
    let posts = record::incidents(tx)?.into_iter();
    let row = |((post, version), _): (record::Versioned<IncidentPost>, UtcMs)| IncidentRow {
        id: post.id.to_string(),
        at: moment(post.published_at, commune),
        title: post.title,
        over: post.over,
        version,
    };
    Ok(posts.map(row).collect())
}
