//! A file between its upload and its report.

use serde::{Deserialize, Serialize};
use server_ui::desk::Notice;
use shared::ids::AgentId;
use uuid::Uuid;

use crate::clock::random;
use crate::commune::Commune;
use crate::import::{self, Choices, Holdings, Mapping, Plan, Table};
use crate::jobs::ephemera::DRAFT_MS;
use crate::store::{Read, StoreError, Value};
use crate::web::WebError;
use crate::web::desk::reply::DeskError;
use crate::web::desk::visit::Desk;

/// A draft.
pub(super) struct Draft {
    pub(super) token: Uuid,
    pub(super) agent: AgentId,
    pub(super) file: String,
    pub(super) table: Table,
    pub(super) chosen: Chosen,
}

/// What was chosen for it, and what came of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Chosen {
    pub(super) mapping: Mapping,
    pub(super) choices: Choices,
    /// Somebody looked at the columns and went on.
    pub(super) settled: bool,
    pub(super) report: Option<Report>,
}

/// What an import did.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Report {
    pub(super) new: usize,
    pub(super) changed: usize,
    pub(super) same: usize,
    pub(super) classes: usize,
    /// Places of lines left out, each with its reason.
    pub(super) skipped: Vec<(usize, String)>,
}

/// Keeps a new draft. Those that are too old open nothing, and are removed by [`crate::jobs`].
pub(super) fn keep(
    commune: &Commune,
    agent: AgentId,
    file: String,
    content: Vec<u8>,
    mapping: Mapping,
) -> Result<Uuid, StoreError> {
    let token = Uuid::from_bytes(random());
    let now = commune.clock.now();
    let chosen = Chosen {
        mapping,
        ..Chosen::default()
    };
    let params: [Value; 6] = [
        token.into(),
        agent.into(),
        file.into(),
        content.into(),
        text_of(&chosen)?.into(),
        now.into(),
    ];
    commune
        .store
        .write(move |tx| tx.execute(include_str!("sql/put.sql"), &params))?;
    Ok(token)
}

fn text_of(chosen: &Chosen) -> Result<String, StoreError> {
    serde_json::to_string(chosen).map_err(|error| StoreError::Shape(error.to_string()))
}

/// The draft of a token, if it is this agent's and not too old.
pub(super) fn find(commune: &Commune, token: Uuid, agent: AgentId) -> Result<Option<Draft>, StoreError> {
    let oldest = commune.clock.now().plus_ms(-DRAFT_MS);
    let params = [token.into(), agent.into(), oldest.into()];
    let row = commune
        .store
        .read(|tx| tx.first(include_str!("sql/get.sql"), &params))?;
    let Some(row) = row else { return Ok(None) };
    let shape = |error: &dyn std::fmt::Display| StoreError::Shape(error.to_string());
    Ok(Some(Draft {
        token,
        agent,
        file: row.text(0)?,
        // It was read when it came.
        table: import::read(&row.bytes(1)?).map_err(|_| shape(&"import draft"))?,
        chosen: serde_json::from_str(&row.text(2)?).map_err(|error| shape(&error))?,
    }))
}

/// Notes what was chosen.
pub(super) fn choose(commune: &Commune, draft: &Draft) -> Result<(), StoreError> {
    let params = [
        draft.token.into(),
        draft.agent.into(),
        text_of(&draft.chosen)?.into(),
    ];
    commune
        .store
        .write(move |tx| tx.execute(include_str!("sql/choose.sql"), &params).map(|_| ()))
}

/// Forgets a draft.
pub(super) fn forget(commune: &Commune, token: Uuid, agent: AgentId) -> Result<(), StoreError> {
    let params = [token.into(), agent.into()];
    commune
        .store
        .write(move |tx| tx.execute(include_str!("sql/drop.sql"), &params).map(|_| ()))
}

impl Draft {
    /// What it would do to the record as it stands.
    pub(super) fn plan(&self, commune: &Commune) -> Result<Plan, StoreError> {
        let holdings: Holdings = commune.store.read(|tx: &mut dyn Read| import::load(tx))?;
        let chosen = &self.chosen;
        Ok(import::plan(
            &self.table,
            &chosen.mapping,
            &chosen.choices,
            &holdings,
            self.token,
            commune.today(),
        ))
    }

    /// Its page.
    pub(super) fn at(&self, desk: &Desk, page: &str) -> String {
        desk.at(&format!("/import/{}{page}", self.token))
    }
}

/// Does something with the draft that the path names, on the blocking pool.
pub(super) async fn with<T: Send + 'static>(
    desk: &Desk,
    work: impl FnOnce(&Commune, Draft) -> Result<T, WebError> + Send + 'static,
) -> Result<T, DeskError> {
    let (token, agent) = (desk.uuid("token")?, desk.session.agent);
    let done = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let draft = find(commune, token, agent)?;
        draft.map(|draft| work(commune, draft)).transpose()
    });
    done.await?.ok_or_else(|| desk.said(Notice::PageUnknown))
}
