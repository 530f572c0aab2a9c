//! How guardians get in, and what becomes of their accounts.
//!
//! Secrets are hashed or sealed before an operation is made. A guardian acts for nobody else; an agent acts for
//! all. A link is bound to its branch, a pair of codes on paper is not.

use shared::codec::{Blob, Hash32};
use shared::ids::{BatchId, BranchId, ChildId, GuardianId, HouseholdId};
use shared::operation::{Actor, FamilyCode, Guessing, LinkPurpose, LogInWay, Outcome, Refusal};
use shared::time::UtcMs;

use super::{CorridorError, Effect, Stage, touch};
use crate::store::{Row, StoreError, Value};

type Done = Result<Effect, CorridorError>;

/// A guardian's account as the record has it.
pub(super) struct Account {
    pub(super) household: HouseholdId,
    login: Option<String>,
    email: Option<String>,
    deleted_at: Option<UtcMs>,
}

/// The account of a guardian of the record, whose own it is if a guardian asks.
pub(super) fn own(stage: &mut Stage<'_>, guardian: GuardianId) -> Result<Account, CorridorError> {
    if stage.live()
        && let Actor::Guardian(actor) = stage.operation.actor
        && actor != guardian
    {
        return Err(Refusal::Forbidden.into());
    }
    let sql = include_str!("../record/guardian/account.sql");
    let row = stage.tx.first(sql, &[guardian.into()])?;
    let row = row.ok_or(Refusal::NotFound("ce responsable"))?;
    Ok(Account {
        household: HouseholdId(row.uuid(0)?),
        login: row.opt(1, Row::text)?,
        email: row.opt(3, Row::text)?,
        deleted_at: row.opt(8, Row::int)?.map(UtcMs),
    })
}

/// A guardian whose account stands.
pub(super) fn standing(stage: &mut Stage<'_>, guardian: GuardianId) -> Result<Account, CorridorError> {
    let account = own(stage, guardian)?;
    if stage.live() && account.deleted_at.is_some() {
        return Err(Refusal::NotFound("ce compte").into());
    }
    Ok(account)
}

pub(super) fn set_login(
    stage: &mut Stage<'_>,
    guardian: GuardianId,
    login: &str,
    phc: &str,
    token: Option<Hash32>,
) -> Done {
    let account = own(stage, guardian)?;
    if stage.live() {
        if login.trim().is_empty() || login.chars().count() > 254 || login.chars().any(char::is_whitespace) {
            return Err(Refusal::Invalid("Indiquez un identifiant sans espace.".into()).into());
        }
        // A family never changes a login that stands.
        let by_family = matches!(stage.operation.actor, Actor::Guardian(_));
        if by_family && account.login.as_deref().is_some_and(|stands| stands != login) {
            return Err(Refusal::Forbidden.into());
        }
    }
    let taken = include_str!("../record/household/login_taken.sql");
    if stage.tx.first(taken, &[login.into(), guardian.into()])?.is_some() {
        return Err(Refusal::Taken(login.to_owned()).into());
    }
    if let Some(token) = token {
        let purposes = [LinkPurpose::Activate, LinkPurpose::Reset];
        let (purpose, address) = use_link(stage, guardian, token, &purposes)?;
        // Whoever activates an account can be reached where its link was opened: codes on paper may have brought an
        // address that the town hall did not know.
        if purpose == Some(LinkPurpose::Activate) && account.email.as_deref() != Some(&*address) {
            let params = [guardian.into(), address.into()];
            stage
                .tx
                .execute(include_str!("../record/guardian/set_email.sql"), &params)?;
            touch_household(stage, account.household)?;
        }
    }
    let params = [guardian.into(), login.into(), phc.into()];
    stage
        .tx
        .execute(include_str!("../record/household/set_login.sql"), &params)?;
    let params = [guardian.into(), stage.context.now.into()];
    if account.login.is_none() || account.deleted_at.is_some() {
        stage
            .tx
            .execute(include_str!("../record/guardian/activate.sql"), &params)?;
    }
    // Whoever else held a link of before does not choose the next password.
    stage
        .tx
        .execute(include_str!("../record/guardian_link/void_all.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}

/// Uses a link up; answers what it was for and the address that it proves.
fn use_link(
    stage: &mut Stage<'_>,
    guardian: GuardianId,
    token: Hash32,
    purposes: &[LinkPurpose],
) -> Result<(Option<LinkPurpose>, String), CorridorError> {
    let row = stage
        .tx
        .first(include_str!("../record/guardian_link/get.sql"), &[token.into()])?
        .ok_or(Refusal::CodeUnknown)?;
    let purpose = LinkPurpose::named(&row.text(1)?);
    if stage.live() {
        let refusal = if row.uuid(0)? != guardian.0 || !purposes.iter().any(|one| Some(*one) == purpose) {
            Some(Refusal::CodeUnknown)
        } else if !row.is_null(5) {
            Some(Refusal::CodeUsed)
        } else if !row.is_null(6)
            || BranchId(row.uuid(3)?) != stage.branch
            || UtcMs(row.int(4)?) <= stage.context.now
        {
            Some(Refusal::CodeExpired)
        } else {
            None
        };
        if let Some(refusal) = refusal {
            return Err(refusal.into());
        }
    }
    let params = [token.into(), stage.context.now.into()];
    stage
        .tx
        .execute(include_str!("../record/guardian_link/use.sql"), &params)?;
    Ok((purpose, row.text(2)?))
}

pub(super) fn issue_link(
    stage: &mut Stage<'_>,
    guardian: GuardianId,
    link: (Hash32, LinkPurpose, &str, UtcMs),
    pair: Option<Hash32>,
) -> Done {
    let (token, purpose, address, expires_at) = link;
    let account = own(stage, guardian)?;
    let now = stage.context.now;
    if stage.live() && account.deleted_at.is_some() && purpose != LinkPurpose::Activate {
        return Err(Refusal::NotFound("ce compte").into());
    }
    if let Some(pair) = pair {
        // Paper makes a login where there is none. It opens none that stands, nor one that was deleted.
        if stage.live() && account.login.is_some() {
            return Err(Refusal::CodeUnknown.into());
        }
        use_pair(stage, pair, account.household)?;
    }
    let params = [guardian.into(), purpose.as_str().into(), now.into()];
    stage
        .tx
        .execute(include_str!("../record/guardian_link/void.sql"), &params)?;
    let params = [
        token.into(),
        guardian.into(),
        purpose.as_str().into(),
        address.into(),
        stage.branch.into(),
        expires_at.into(),
        now.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/guardian_link/put.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}

/// A pair opens its household's side, for as many of its guardians as come with it until it is too old: the paper
/// lies on one kitchen table. Its first use is noted.
fn use_pair(stage: &mut Stage<'_>, pair: Hash32, household: HouseholdId) -> Result<(), CorridorError> {
    let row = stage
        .tx
        .first(include_str!("../record/family_code/get.sql"), &[pair.into()])?
        .ok_or(Refusal::CodeUnknown)?;
    if stage.live() {
        if row.uuid(1)? != household.0 {
            return Err(Refusal::CodeUnknown.into());
        }
        if !row.is_null(4) || UtcMs(row.int(2)?) <= stage.context.now {
            return Err(Refusal::CodeExpired.into());
        }
    }
    if row.is_null(3) {
        let params = [pair.into(), stage.context.now.into()];
        stage
            .tx
            .execute(include_str!("../record/family_code/use.sql"), &params)?;
    }
    Ok(())
}

pub(super) fn issue_codes(
    stage: &mut Stage<'_>,
    codes: &[FamilyCode],
    expires_at: UtcMs,
    batch: BatchId,
) -> Done {
    let now = stage.context.now;
    for code in codes {
        if stage.live() {
            of_household(stage, code.child, code.household)?;
        }
        let params = [code.child.into(), code.household.into(), now.into()];
        stage
            .tx
            .execute(include_str!("../record/family_code/void.sql"), &params)?;
        let params = [
            code.pair.into(),
            code.child.into(),
            code.household.into(),
            batch.into(),
            expires_at.into(),
            now.into(),
        ];
        stage
            .tx
            .execute(include_str!("../record/family_code/put.sql"), &params)?;
    }
    Ok(Effect::Changed(Outcome::Done))
}

fn of_household(stage: &mut Stage<'_>, child: ChildId, household: HouseholdId) -> Result<(), CorridorError> {
    let sql = include_str!("../record/child/of_household.sql");
    stage
        .tx
        .first(sql, &[child.into(), household.into()])?
        .map(|_| ())
        .ok_or_else(|| Refusal::NotFound("cet enfant dans ce foyer").into())
}

pub(super) fn confirm_address(stage: &mut Stage<'_>, guardian: GuardianId, token: Hash32) -> Done {
    let account = standing(stage, guardian)?;
    let row = stage
        .tx
        .first(include_str!("../record/guardian_link/get.sql"), &[token.into()])?
        .ok_or(Refusal::CodeUnknown)?;
    let purpose = LinkPurpose::named(&row.text(1)?).ok_or_else(|| StoreError::Shape("purpose".into()))?;
    let purposes = [LinkPurpose::Login, LinkPurpose::Contact];
    let (_, address) = use_link(stage, guardian, token, &purposes)?;
    let params = [guardian.into(), address.as_str().into()];
    if purpose == LinkPurpose::Login {
        let taken = include_str!("../record/household/login_taken.sql");
        if stage
            .tx
            .first(taken, &[address.as_str().into(), guardian.into()])?
            .is_some()
        {
            return Err(Refusal::Taken(address).into());
        }
        stage
            .tx
            .execute(include_str!("../record/guardian/set_login_only.sql"), &params)?;
    } else {
        stage
            .tx
            .execute(include_str!("../record/guardian/set_email.sql"), &params)?;
        touch_household(stage, account.household)?;
    }
    Ok(Effect::Changed(Outcome::Done))
}

/// The household's file is another than whoever edits it has in view.
fn touch_household(stage: &mut Stage<'_>, household: HouseholdId) -> Result<(), CorridorError> {
    let params = [household.into(), stage.version().into()];
    stage
        .tx
        .execute(include_str!("../record/guardian/touch_household.sql"), &params)?;
    touch::roster(stage)?;
    Ok(())
}

pub(super) fn logged_in(
    stage: &mut Stage<'_>,
    guardian: GuardianId,
    way: LogInWay,
    recovery: Option<Hash32>,
) -> Done {
    standing(stage, guardian)?;
    if let Some(code) = recovery {
        let key = [guardian.into(), code.into()];
        let row = stage
            .tx
            .first(include_str!("../record/guardian/factor_code.sql"), &key)?
            .ok_or(Refusal::CodeUnknown)?;
        if stage.live() && (way != LogInWay::RecoveryCode || !row.is_null(0)) {
            return Err(Refusal::CodeUsed.into());
        }
        let params = [guardian.into(), code.into(), stage.context.now.into()];
        stage
            .tx
            .execute(include_str!("../record/guardian/use_factor_code.sql"), &params)?;
    }
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn set_second_factor(
    stage: &mut Stage<'_>,
    guardian: GuardianId,
    sealed: Option<&Blob>,
    recovery: &[Hash32],
) -> Done {
    standing(stage, guardian)?;
    let sealed = sealed.map_or(Value::Null, |blob| blob.0.clone().into());
    let params = [guardian.into(), sealed];
    stage
        .tx
        .execute(include_str!("../record/guardian/set_second_factor.sql"), &params)?;
    stage.tx.execute(
        include_str!("../record/guardian/clear_factor_codes.sql"),
        &[guardian.into()],
    )?;
    for code in recovery {
        let params = [guardian.into(), (*code).into()];
        stage
            .tx
            .execute(include_str!("../record/guardian/add_factor_code.sql"), &params)?;
    }
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn link_identity(stage: &mut Stage<'_>, guardian: GuardianId, identity: Option<Hash32>) -> Done {
    standing(stage, guardian)?;
    if let Some(identity) = identity {
        let key = [identity.into(), guardian.into()];
        let other = stage
            .tx
            .first(include_str!("../record/guardian/of_identity.sql"), &key)?;
        if other.is_some() {
            return Err(Refusal::Taken("cette identité".into()).into());
        }
    }
    let params = [guardian.into(), identity.map_or(Value::Null, Value::from)];
    stage
        .tx
        .execute(include_str!("../record/guardian/set_identity.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn set_contact(
    stage: &mut Stage<'_>,
    guardian: GuardianId,
    email: Option<&str>,
    phone: Option<&str>,
) -> Done {
    let account = standing(stage, guardian)?;
    if stage.live() {
        if email.is_some() && email != account.email.as_deref() {
            return Err(Refusal::Invalid(
                "Une nouvelle adresse n’est prise qu’une fois son message ouvert.".into(),
            )
            .into());
        }
        let digits = |phone: &str| phone.chars().filter(char::is_ascii_digit).count();
        if phone.is_some_and(|phone| !(6..=15).contains(&digits(phone)) || phone.chars().count() > 30) {
            return Err(
                Refusal::Invalid("Indiquez un numéro de téléphone, comme 06 39 98 12 34.".into()).into(),
            );
        }
    }
    let text = |text: Option<&str>| text.map_or(Value::Null, Value::from);
    let params = [guardian.into(), text(email), text(phone)];
    stage
        .tx
        .execute(include_str!("../record/guardian/set_contact.sql"), &params)?;
    touch_household(stage, account.household)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

pub(super) fn delete(stage: &mut Stage<'_>, guardian: GuardianId) -> Done {
    let account = own(stage, guardian)?;
    if account.deleted_at.is_some() || account.login.is_none() {
        return Ok(Effect::Nothing(Outcome::Done));
    }
    let params = [guardian.into(), stage.context.now.into()];
    stage
        .tx
        .execute(include_str!("../record/guardian/set_deleted.sql"), &params)?;
    stage
        .tx
        .execute(include_str!("../record/guardian_link/void_all.sql"), &params)?;
    stage.tx.execute(
        include_str!("../record/guardian/clear_push.sql"),
        &[guardian.into()],
    )?;
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn restore(stage: &mut Stage<'_>, guardian: GuardianId) -> Done {
    let account = own(stage, guardian)?;
    if stage.live() && matches!(stage.operation.actor, Actor::Guardian(_)) {
        return Err(Refusal::Forbidden.into());
    }
    if account.deleted_at.is_none() {
        return Ok(Effect::Nothing(Outcome::Done));
    }
    let params = [guardian.into(), Value::Null];
    stage
        .tx
        .execute(include_str!("../record/guardian/set_deleted.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn forget(stage: &mut Stage<'_>, guardian: GuardianId) -> Done {
    let account = own(stage, guardian)?;
    if account.deleted_at.is_none() {
        return Ok(Effect::Nothing(Outcome::Done));
    }
    for sql in [
        include_str!("../record/guardian/forget.sql"),
        include_str!("../record/guardian/clear_factor_codes.sql"),
        include_str!("../record/guardian/clear_choices.sql"),
        include_str!("../record/guardian/clear_addresses.sql"),
        include_str!("../record/guardian/clear_push.sql"),
    ] {
        stage.tx.execute(sql, &[guardian.into()])?;
    }
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn seen_as(stage: &mut Stage<'_>, guardian: GuardianId) -> Done {
    own(stage, guardian)?;
    if stage.live() && !matches!(stage.operation.actor, Actor::Agent(_)) {
        return Err(Refusal::Forbidden.into());
    }
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn export(stage: &mut Stage<'_>, guardian: GuardianId) -> Done {
    own(stage, guardian)?;
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn guessing(stage: &mut Stage<'_>, what: Guessing, attempts: u32, from: &str) -> Done {
    let params = [
        stage.seq.into(),
        what.as_str().into(),
        attempts.into(),
        from.into(),
        stage.context.now.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/guessing/put.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}
