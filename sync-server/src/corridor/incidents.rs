//! What families are told of an incident, and the spans in which tablets could not reach the server.

use shared::ids::IncidentId;
use shared::operation::{IncidentPost, OutageRecord, Outcome, Refusal};

use super::{CorridorError, Effect, Stage, unchanged};
use crate::store::Value;

type Done = Result<Effect, CorridorError>;

const EVERYWHERE: &[u8] = &[];
/// Longest title, in characters.
const LONGEST_TITLE: usize = 160;
/// Longest text, in characters.
const LONGEST_TEXT: usize = 8_000;

fn fits(text: &str, longest: usize) -> Result<(), Refusal> {
    if text.chars().count() > longest {
        return Err(Refusal::Invalid(format!(
            "Ce texte est trop long : {longest} caractères au plus."
        )));
    }
    Ok(())
}

pub(super) fn post(stage: &mut Stage<'_>, post: &IncidentPost) -> Done {
    if stage.live() {
        fits(&post.title, LONGEST_TITLE)?;
        fits(&post.text, LONGEST_TEXT)?;
        if post.title.trim().is_empty() {
            return Err(Refusal::Invalid("Dites en quelques mots où en est le service.".into()).into());
        }
    }
    unchanged(
        stage,
        include_str!("../record/incident/version.sql"),
        post.id.into(),
    )?;
    let params = [
        post.id.into(),
        post.published_at.into(),
        post.title.as_str().into(),
        post.text.as_str().into(),
        post.over.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/incident/put.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

pub(super) fn remove(stage: &mut Stage<'_>, post: IncidentId) -> Done {
    unchanged(stage, include_str!("../record/incident/version.sql"), post.into())?;
    let params = [post.into(), stage.version().into()];
    stage
        .tx
        .execute(include_str!("../record/incident/remove.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

pub(super) fn put_outage(stage: &mut Stage<'_>, outage: &OutageRecord) -> Done {
    if stage.live() {
        fits(&outage.note, LONGEST_TEXT)?;
        if outage.until.is_some_and(|until| until < outage.from) {
            return Err(Refusal::Invalid("La fin ne peut pas précéder le début.".into()).into());
        }
        if let Some(site) = outage.site {
            let sql = include_str!("../record/site/version.sql");
            stage
                .tx
                .first(sql, &[site.into()])?
                .ok_or(Refusal::NotFound("ce site"))?;
        }
    }
    unchanged(
        stage,
        include_str!("../record/outage/version.sql"),
        outage.id.into(),
    )?;
    let params = [
        outage.id.into(),
        outage.from.into(),
        outage.until.into(),
        outage.site.map_or_else(|| EVERYWHERE.into(), Value::from),
        outage.cause.as_str().into(),
        outage.note.as_str().into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/outage/put.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}
