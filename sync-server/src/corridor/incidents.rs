//! What families are told of an incident, and the spans in which tablets could not reach the server.

use shared::ids::IncidentId;
use shared::operation::{IncidentPost, OutageRecord, Outcome, Refusal};
use shared::time::UtcMs;

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
    let kept = kept(stage, post.id)?;
    if let Some(kept) = &kept
        && !kept.removed
        && kept.post == *post
    {
        return Ok(Effect::Nothing(Outcome::Version(kept.version)));
    }
    expected(stage, kept.as_ref())?;
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

/// What is taken off stays in the journal; nobody reads it any more.
pub(super) fn remove(stage: &mut Stage<'_>, post: IncidentId) -> Done {
    let Some(kept) = kept(stage, post)? else {
        return Err(Refusal::NotFound("ce point de situation").into());
    };
    if kept.removed {
        return Ok(Effect::Nothing(Outcome::Version(kept.version)));
    }
    expected(stage, Some(&kept))?;
    let params = [post.into(), stage.version().into()];
    stage
        .tx
        .execute(include_str!("../record/incident/remove.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

/// A post as the record has it.
struct Kept {
    post: IncidentPost,
    removed: bool,
    version: i64,
}

fn kept(stage: &mut Stage<'_>, id: IncidentId) -> Result<Option<Kept>, CorridorError> {
    let sql = include_str!("../record/incident/get.sql");
    let Some(row) = stage.tx.first(sql, &[id.into()])? else {
        return Ok(None);
    };
    Ok(Some(Kept {
        post: IncidentPost {
            id,
            published_at: UtcMs(row.int(0)?),
            title: row.text(1)?,
            text: row.text(2)?,
            over: row.flag(3)?,
        },
        removed: row.flag(4)?,
        version: row.int(5)?,
    }))
}

/// Whoever writes a post again had the one that stands in view.
fn expected(stage: &Stage<'_>, kept: Option<&Kept>) -> Result<(), CorridorError> {
    match (kept, stage.operation.seen) {
        _ if !stage.live() => Ok(()),
        (None, None) => Ok(()),
        (Some(kept), Some(seen)) if kept.version == seen => Ok(()),
        (Some(kept), _) => Err(Refusal::Changed {
            version: kept.version,
        }
        .into()),
        (None, Some(_)) => Err(Refusal::NotFound("ce point de situation").into()),
    }
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
