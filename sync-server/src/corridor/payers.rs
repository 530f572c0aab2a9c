//! Who pays, and with whom a child is on which day.

use shared::codec::encode;
use shared::operation::{CustodyRecord, Outcome, PayerKind, PayerRecord, Refusal};

use super::{CorridorError, Effect, Stage, checks, touch, unchanged};
use crate::store::StoreError;

type Done = Result<Effect, CorridorError>;

/// Most periods of one payer.
const MANY_PERIODS: usize = 2_000;

fn invalid(what: &str) -> CorridorError {
    Refusal::Invalid(what.to_owned()).into()
}

pub(super) fn put_payer(stage: &mut Stage<'_>, payer: &PayerRecord) -> Done {
    unchanged(
        stage,
        include_str!("../record/payer/version.sql"),
        payer.id.into(),
    )?;
    if stage.live() {
        checks::named(&payer.name)?;
        if payer.children.len() > MANY_PERIODS {
            return Err(invalid("Ce payeur a trop de périodes : 2 000 au plus."));
        }
        if payer
            .children
            .iter()
            .any(|p| p.until.is_some_and(|until| until < p.from))
        {
            return Err(invalid("Une période ne peut pas finir avant son début."));
        }
        let siret = payer.siret.as_deref();
        if siret.is_some_and(|siret| siret.len() != 14 || siret.bytes().any(|b| !b.is_ascii_digit())) {
            return Err(invalid("Un numéro SIRET compte quatorze chiffres."));
        }
        if payer.kind == PayerKind::Person && payer.household.is_none() {
            return Err(invalid("Dites de quel foyer est cette personne."));
        }
        for period in &payer.children {
            known(
                stage,
                include_str!("../record/child/version.sql"),
                period.child.into(),
                "cet enfant",
            )?;
        }
        if let Some(household) = payer.household {
            known(
                stage,
                include_str!("../record/household/version.sql"),
                household.into(),
                "ce foyer",
            )?;
        }
        if let Some(guardian) = payer.guardian {
            let sql = include_str!("../record/household/guardian_exists.sql");
            known(stage, sql, guardian.into(), "ce responsable")?;
        }
    }
    write_payer(stage, payer)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

/// Writes a payer with its periods.
pub(super) fn write_payer(stage: &mut Stage<'_>, payer: &PayerRecord) -> Result<(), CorridorError> {
    let params = [
        payer.id.into(),
        payer.household.into(),
        payer.name.as_str().into(),
        encode(payer).into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/payer/put.sql"), &params)?;
    stage.tx.execute(
        include_str!("../record/payer/clear_periods.sql"),
        &[payer.id.into()],
    )?;
    for period in &payer.children {
        let params = [
            payer.id.into(),
            period.child.into(),
            period.from.into(),
            period.until.into(),
        ];
        stage
            .tx
            .execute(include_str!("../record/payer/add_period.sql"), &params)?;
    }
    Ok(())
}

fn known(
    stage: &mut Stage<'_>,
    sql: &str,
    id: crate::store::Value,
    what: &'static str,
) -> Result<(), CorridorError> {
    let found: Result<_, StoreError> = stage.tx.first(sql, &[id]);
    found?.map(|_| ()).ok_or_else(|| Refusal::NotFound(what).into())
}

pub(super) fn put_custody(stage: &mut Stage<'_>, custody: &CustodyRecord) -> Done {
    unchanged(
        stage,
        include_str!("../record/custody/version.sql"),
        custody.child.into(),
    )?;
    if stage.live() {
        let child = include_str!("../record/child/version.sql");
        known(stage, child, custody.child.into(), "cet enfant")?;
        if let Some(sharing) = &custody.sharing
            && sharing.first == sharing.second
        {
            return Err(invalid("Une garde est partagée entre deux foyers différents."));
        }
        let shared = custody.sharing.iter().flat_map(|one| [one.first, one.second]);
        let excepted = custody.exceptions.iter().map(|one| one.household);
        for household in shared.chain(excepted) {
            let key = [custody.child.into(), household.into()];
            let sql = include_str!("../record/child/of_household.sql");
            if stage.tx.first(sql, &key)?.is_none() {
                return Err(invalid("Ajoutez d’abord ce foyer à la fiche de l’enfant."));
            }
        }
        if custody.exceptions.iter().any(|one| one.until < one.from) {
            return Err(invalid("Une période ne peut pas finir avant son début."));
        }
    }
    write_custody(stage, custody)?;
    touch::roster(stage)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

/// Writes with whom a child is.
pub(super) fn write_custody(stage: &mut Stage<'_>, custody: &CustodyRecord) -> Result<(), CorridorError> {
    let params = [
        custody.child.into(),
        encode(custody).into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/custody/put.sql"), &params)?;
    Ok(())
}
