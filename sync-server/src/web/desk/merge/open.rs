//! What waits for a decision, and the decision.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::Done;
use server_ui::desk::merge::{OpenField, OpenGroup, OpenLine, kind_words, merge_page, nothing_ticked};
use shared::operation::{Actor, Body, Channel, Choice};
use shared::receipt::Position;

use super::super::families::who;
use super::super::posted::Posted;
use super::super::recovery::moment;
use super::super::reply::{DeskError, page};
use super::super::rights::Right;
use super::{PATH, show};
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::merge::{self, Open};
use crate::store::{Read, StoreError};
use crate::web::WebError;

/// Shown on one page.
const SHOWN: usize = 200;

/// What came of a form.
#[derive(Clone, Debug, Default)]
pub(super) struct Came {
    /// Why choices were not taken, by the name of the operation.
    troubles: BTreeMap<String, String>,
    ticked: BTreeSet<String>,
    note: String,
    /// The group that the form was of.
    group: Option<usize>,
    /// Nothing was chosen.
    nothing: bool,
}

/// What forms call it.
fn name(at: &Position) -> String {
    format!("{}.{}.{}", at.branch, at.seq, at.hash.hex())
}

/// What is open, alike with alike, in the order of the oldest of each.
pub(super) fn groups(
    tx: &mut dyn Read,
    commune: &Commune,
    came: &Came,
) -> Result<Vec<OpenGroup>, StoreError> {
    let mut groups: Vec<OpenGroup> = Vec::new();
    for open in merge::open(tx)?.into_iter().take(SHOWN) {
        let line = line(tx, commune, &open, came)?;
        let kind = kind_words(&open.kind);
        match groups.iter_mut().find(|group| group.kind == kind) {
            Some(group) => group.lines.push(line),
            None => groups.push(OpenGroup {
                kind,
                lines: vec![line],
                note: String::new(),
                trouble: None,
            }),
        }
    }
    if let Some(group) = came.group.and_then(|n| groups.get_mut(n)) {
        group.note.clone_from(&came.note);
        group.trouble = came.nothing.then(nothing_ticked);
    }
    Ok(groups)
}

fn line(tx: &mut dyn Read, commune: &Commune, open: &Open, came: &Came) -> Result<OpenLine, StoreError> {
    let name = name(&open.at);
    let fields = open.fields.iter().map(|field| OpenField {
        name: field.name.clone(),
        found: field.found.clone(),
        here: field.here.clone(),
    });
    Ok(OpenLine {
        title: open.title.clone(),
        why: open.why.clone(),
        made: moment(open.made_at, commune),
        who: who(tx, open.actor)?,
        fields: fields.collect(),
        takeable: open.takeable,
        waits: open.after.is_some(),
        ticked: came.ticked.contains(&name),
        trouble: came.troubles.get(&name).cloned(),
        name,
    })
}

pub(super) async fn settle(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::Recover)?;
    let (choice, which) = if form.has("prendre") {
        (Choice::Take, form.value("prendre"))
    } else {
        (Choice::Keep, form.value("garder"))
    };
    let of = |name: &str| form.all(name).into_iter().map(str::to_owned).collect();
    let ticked: BTreeSet<String> = of("operation");
    let names: BTreeSet<String> = match which {
        "coches" => ticked.clone(),
        "tout" => of("tous"),
        one => BTreeSet::from([one.to_owned()]),
    };
    let mut came = Came {
        note: form.value("note").trim().to_owned(),
        group: form.value("groupe").parse().ok(),
        nothing: names.is_empty(),
        ticked,
        troubles: BTreeMap::new(),
    };
    let (actor, note) = (Actor::Agent(desk.session.agent), came.note.clone());
    let settled = desk.visit.app.with(&desk.visit.slug, move |commune| {
        one_after_another(commune, actor, &names, choice, &note)
    });
    came.troubles = settled.await?;
    if came.troubles.is_empty() && !came.nothing {
        let back = format!("{}#trancher", desk.at(PATH));
        return Ok(desk.done(&back, Done::Settled));
    }
    let view = show::load(&desk, came).await?;
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, merge_page(&view)))
}

/// Each is an operation of its own: what cannot be written hinders no other. What somebody settled meanwhile is
/// settled.
fn one_after_another(
    commune: &Commune,
    actor: Actor,
    names: &BTreeSet<String>,
    choice: Choice,
    note: &str,
) -> Result<BTreeMap<String, String>, WebError> {
    let open = commune.store.read(|tx| merge::open(tx))?;
    let mut troubles = BTreeMap::new();
    for one in open.iter().filter(|one| names.contains(&name(&one.at))) {
        let body = Body::SettleLost {
            lost: one.at,
            choice,
            note: note.to_owned(),
        };
        match commune.submit(commune.operation(actor, Channel::Desk, body)) {
            Ok(_) => {}
            Err(CorridorError::Refused(refusal)) => {
                troubles.insert(name(&one.at), refusal.to_string());
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(troubles)
}
