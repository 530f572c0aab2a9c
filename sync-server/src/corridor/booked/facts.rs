//! What rules ask about households and children.

use shared::ids::ChildId;
use shared::operation::{DocumentRecord, HouseholdFactsRecord, Outcome};

use super::Done;
use crate::corridor::places::known;
use crate::corridor::{Effect, Stage, unchanged};

pub(super) fn put_household(stage: &mut Stage<'_>, facts: &HouseholdFactsRecord) -> Done {
    let version = include_str!("../../record/household/version.sql");
    known(stage, version, facts.household.into(), "ce foyer")?;
    unchanged(
        stage,
        include_str!("../../record/rules/household_facts_version.sql"),
        facts.household.into(),
    )?;
    let version = stage.version();
    let params = [
        facts.household.into(),
        facts.residence.clone().into(),
        facts.unpaid.0.into(),
        version.into(),
    ];
    stage.tx.execute(
        include_str!("../../record/rules/put_household_facts.sql"),
        &params,
    )?;
    Ok(Effect::Changed(Outcome::Version(version)))
}

pub(super) fn put_documents(stage: &mut Stage<'_>, child: ChildId, documents: &[DocumentRecord]) -> Done {
    let version = include_str!("../../record/child/version.sql");
    known(stage, version, child.into(), "cet enfant")?;
    let clear = include_str!("../../record/rules/clear_documents.sql");
    stage.tx.execute(clear, &[child.into()])?;
    for document in documents {
        let params = [child.into(), document.kind.clone().into(), document.until.into()];
        stage
            .tx
            .execute(include_str!("../../record/rules/put_document.sql"), &params)?;
    }
    Ok(Effect::Changed(Outcome::Done))
}
