//! Households, guardians and children.

use shared::ids::{ChildId, HouseholdId, SchoolId, SiteId};
use shared::operation::{ChildRecord, HouseholdRecord, Outcome, Refusal};
use shared::text::{search_key, sort_key};

use super::{CorridorError, Effect, Stage, booked, checks, touch, unchanged};

type Done = Result<Effect, CorridorError>;

/// Why a guardian stays on the file.
const STILL_GETS_IN: &str = "Ce responsable a un compte sur le portail. Supprimez d’abord son compte, à la page \
                             Comptes : il ne pourra plus entrer, et sa fiche pourra être retirée.";

pub(super) fn put_household(stage: &mut Stage<'_>, h: &HouseholdRecord) -> Done {
    unchanged(
        stage,
        include_str!("../record/household/version.sql"),
        h.id.into(),
    )?;
    if stage.live() {
        checks::household(h)?;
    }
    let version = stage.version();
    let params = [h.id.into(), h.name.as_str().into(), version.into()];
    stage
        .tx
        .execute(include_str!("../record/household/put.sql"), &params)?;
    for g in &h.guardians {
        let params = [
            g.id.into(),
            h.id.into(),
            g.first_name.as_str().into(),
            g.last_name.as_str().into(),
            g.email.clone().into(),
            g.phone.clone().into(),
            g.authority.as_str().into(),
            search_key(&format!("{} {}", g.last_name, g.first_name)).into(),
        ];
        stage
            .tx
            .execute(include_str!("../record/household/put_guardian.sql"), &params)?;
    }
    let known = stage.tx.query(
        include_str!("../record/household/guardian_ids.sql"),
        &[h.id.into()],
    )?;
    for row in known {
        let guardian = row.uuid(0)?;
        if h.guardians.iter().all(|g| g.id.0 != guardian) {
            // Nobody loses a way in by an edit that speaks of something else.
            if stage.live() && row.int(1)? != 0 {
                return Err(Refusal::Invalid(STILL_GETS_IN.into()).into());
            }
            let sql = include_str!("../record/household/remove_guardian.sql");
            stage.tx.execute(sql, &[guardian.into()])?;
        }
    }
    touch_household(stage, h.id)?;
    Ok(Effect::Changed(Outcome::Version(version)))
}

/// Every list that a child of a household is on.
pub(super) fn touch_household(stage: &mut Stage<'_>, household: HouseholdId) -> Result<(), CorridorError> {
    let days = stage.tx.query(
        include_str!("../record/reservation/days_of_household.sql"),
        &[household.into()],
    )?;
    for row in days {
        touch::day(stage, SiteId(row.uuid(0)?), row.date(1)?)?;
    }
    Ok(())
}

pub(super) fn put_child(stage: &mut Stage<'_>, c: &ChildRecord) -> Done {
    unchanged(stage, include_str!("../record/child/version.sql"), c.id.into())?;
    for household in &c.households {
        let sql = include_str!("../record/household/version.sql");
        stage
            .tx
            .first(sql, &[(*household).into()])?
            .ok_or(Refusal::NotFound("ce foyer"))?;
    }
    if let Some(school) = c.school {
        let sql = include_str!("../record/school/version.sql");
        stage
            .tx
            .first(sql, &[school.into()])?
            .ok_or(Refusal::NotFound("cette école"))?;
    }
    if let Some(class) = c.class {
        let sql = include_str!("../record/class/school.sql");
        let row = stage
            .tx
            .first(sql, &[class.into()])?
            .ok_or(Refusal::NotFound("cette classe"))?;
        let its_school = SchoolId(row.uuid(0)?);
        if stage.live() && c.school.is_some_and(|school| school != its_school) {
            return Err(Refusal::Invalid("Cette classe n’est pas de cette école.".into()).into());
        }
    }
    if stage.live() {
        checks::child(c, stage.context.now)?;
    }
    write_child(stage, c)?;
    booked::groups::of_child(stage, c.id)?;
    touch_child(stage, c.id)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

/// Writes the whole file of a child.
pub(super) fn write_child(stage: &mut Stage<'_>, c: &ChildRecord) -> Result<(), CorridorError> {
    let version = stage.version();
    let params = [
        c.id.into(),
        c.first_name.as_str().into(),
        c.last_name.as_str().into(),
        c.born.into(),
        c.school.into(),
        c.class.into(),
        c.must_know.clone().into(),
        c.phone.clone().into(),
        search_key(&format!("{} {}", c.last_name, c.first_name)).into(),
        sort_key(&c.last_name, &c.first_name).into(),
        c.symbol.map(|symbol| symbol.colour).into(),
        c.symbol.map(|symbol| symbol.shape).into(),
        c.health.clone().into(),
        c.reference.clone().into(),
        c.left_on.into(),
        version.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/child/put.sql"), &params)?;
    stage.tx.execute(
        include_str!("../record/child/clear_households.sql"),
        &[c.id.into()],
    )?;
    for household in &c.households {
        let params = [c.id.into(), (*household).into()];
        stage
            .tx
            .execute(include_str!("../record/child/add_household.sql"), &params)?;
    }
    stage
        .tx
        .execute(include_str!("../record/child/clear_badges.sql"), &[c.id.into()])?;
    for (place, badge) in (0_i64..).zip(&c.badges) {
        let params = [
            c.id.into(),
            place.into(),
            i64::from(badge_number(badge.kind)).into(),
            badge.text.as_str().into(),
        ];
        stage
            .tx
            .execute(include_str!("../record/child/add_badge.sql"), &params)?;
    }
    Ok(())
}

/// Every list that a child is on, and the roster.
pub(super) fn touch_child(stage: &mut Stage<'_>, child: ChildId) -> Result<(), CorridorError> {
    let days = stage.tx.query(
        include_str!("../record/reservation/days_of_child.sql"),
        &[child.into()],
    )?;
    for row in days {
        touch::day(stage, SiteId(row.uuid(0)?), row.date(1)?)?;
    }
    touch::roster(stage)?;
    Ok(())
}

/// The number a kind of badge has in the record: that of its encoding.
fn badge_number(kind: shared::day_list::BadgeKind) -> u8 {
    use shared::day_list::BadgeKind as K;
    match kind {
        K::Pai => 0,
        K::Allergy => 1,
        K::Diet => 2,
        K::LeavesAlone => 3,
        K::ForbiddenCollector => 4,
    }
}
