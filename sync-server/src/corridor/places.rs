//! The commune, its schools, sites, classes, services, activities and staff.

use shared::ids::StaffId;
use shared::operation::{
    ActivityRecord, ClassRecord, Outcome, Refusal, SchoolRecord, ServiceRecord, SiteRecord, StaffRecord,
};

use super::{CorridorError, Effect, Stage, booked, checks, touch, unchanged};
use crate::store::Value;

type Done = Result<Effect, CorridorError>;

fn version(stage: &Stage<'_>) -> Effect {
    Effect::Changed(Outcome::Version(stage.version()))
}

/// Refuses a short name that another thing has.
fn free(stage: &mut Stage<'_>, by_slug: &str, slug: &str, id: &Value) -> Result<(), CorridorError> {
    match stage.tx.first(by_slug, &[slug.into()])? {
        Some(row) if row.0.first() != Some(id) => Err(Refusal::Taken(slug.to_owned()).into()),
        _ => Ok(()),
    }
}

pub(super) fn known(
    stage: &mut Stage<'_>,
    version_sql: &str,
    id: Value,
    what: &'static str,
) -> Result<(), CorridorError> {
    match stage.tx.first(version_sql, &[id])? {
        Some(_) => Ok(()),
        None => Err(Refusal::NotFound(what).into()),
    }
}

/// Refuses a site that is not in the record.
pub(super) fn known_site(stage: &mut Stage<'_>, site: shared::ids::SiteId) -> Result<(), CorridorError> {
    known(
        stage,
        include_str!("../record/site/version.sql"),
        site.into(),
        "ce site",
    )
}

/// Refuses a school that is not in the record.
pub(super) fn known_school(
    stage: &mut Stage<'_>,
    school: shared::ids::SchoolId,
) -> Result<(), CorridorError> {
    known(
        stage,
        include_str!("../record/school/version.sql"),
        school.into(),
        "cette école",
    )
}

pub(super) fn found(stage: &mut Stage<'_>, slug: &str, name: &str, zone: &str, label: &str) -> Done {
    if zone.parse::<chrono_tz::Tz>().is_err() {
        return Err(Refusal::Invalid(format!("« {zone} » n’est pas un fuseau horaire connu.")).into());
    }
    if stage
        .tx
        .first(include_str!("../record/commune/get.sql"), &[])?
        .is_some()
    {
        return Err(Refusal::Taken(slug.to_owned()).into());
    }
    let version_now = stage.version();
    stage.tx.execute(
        include_str!("../record/commune/put.sql"),
        &[
            slug.into(),
            name.into(),
            zone.into(),
            label.into(),
            version_now.into(),
        ],
    )?;
    touch::sites(stage)?;
    Ok(version(stage))
}

/// Its cards say so at every site.
pub(super) fn rename(stage: &mut Stage<'_>, name: &str, zone: &str, label: &str) -> Done {
    if zone.parse::<chrono_tz::Tz>().is_err() {
        return Err(Refusal::Invalid(format!("« {zone} » n’est pas un fuseau horaire connu.")).into());
    }
    if stage.live() {
        checks::named(name)?;
    }
    let row = stage
        .tx
        .first(include_str!("../record/commune/get.sql"), &[])?
        .ok_or(Refusal::NotFound("la commune"))?;
    if (row.text(1)?, row.text(2)?, row.text(3)?) == (name.into(), zone.into(), label.into()) {
        return Ok(Effect::Nothing(Outcome::Done));
    }
    let params = [name.into(), zone.into(), label.into(), stage.version().into()];
    stage
        .tx
        .execute(include_str!("../record/commune/rename.sql"), &params)?;
    touch::sites(stage)?;
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn put_school(stage: &mut Stage<'_>, s: &SchoolRecord) -> Done {
    unchanged(stage, include_str!("../record/school/version.sql"), s.id.into())?;
    if stage.live() {
        checks::school(s)?;
    }
    let params = [
        s.id.into(),
        s.name.as_str().into(),
        s.kind.as_str().into(),
        s.half_days.into(),
        s.starts.into(),
        s.ends.into(),
        s.retired.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/school/put.sql"), &params)?;
    touch::all_days(stage)?;
    touch::roster(stage)?;
    Ok(version(stage))
}

pub(super) fn put_site(stage: &mut Stage<'_>, s: &SiteRecord) -> Done {
    unchanged(stage, include_str!("../record/site/version.sql"), s.id.into())?;
    free(
        stage,
        include_str!("../record/site/by_slug.sql"),
        s.slug.as_str(),
        &s.id.into(),
    )?;
    if stage.live() {
        checks::named(&s.name)?;
        if let Some(school) = s.school {
            known_school(stage, school)?;
        }
    }
    let params = [
        s.id.into(),
        s.slug.as_str().into(),
        s.name.as_str().into(),
        s.school.into(),
        s.phone.clone().into(),
        s.retired.into(),
        s.nursery.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/site/put.sql"), &params)?;
    touch::sites(stage)?;
    touch::all_days(stage)?;
    Ok(version(stage))
}

pub(super) fn put_class(stage: &mut Stage<'_>, c: &ClassRecord) -> Done {
    unchanged(stage, include_str!("../record/class/version.sql"), c.id.into())?;
    known_school(stage, c.school)?;
    if stage.live() {
        checks::named(&c.name)?;
    }
    let params = [
        c.id.into(),
        c.school.into(),
        c.name.as_str().into(),
        c.level.as_str().into(),
        c.retired.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/class/put.sql"), &params)?;
    booked::groups::of_class(stage, c.id)?;
    touch::all_days(stage)?;
    Ok(version(stage))
}

pub(super) fn put_service(stage: &mut Stage<'_>, s: &ServiceRecord) -> Done {
    unchanged(stage, include_str!("../record/service/version.sql"), s.id.into())?;
    free(
        stage,
        include_str!("../record/service/by_slug.sql"),
        s.slug.as_str(),
        &s.id.into(),
    )?;
    if stage.live() {
        checks::named(&s.name)?;
    }
    let params = [
        s.id.into(),
        s.slug.as_str().into(),
        s.name.as_str().into(),
        s.retired.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/service/put.sql"), &params)?;
    Ok(version(stage))
}

pub(super) fn put_activity(stage: &mut Stage<'_>, a: &ActivityRecord) -> Done {
    unchanged(stage, include_str!("../record/activity/version.sql"), a.id.into())?;
    free(
        stage,
        include_str!("../record/activity/by_slug.sql"),
        a.slug.as_str(),
        &a.id.into(),
    )?;
    known(
        stage,
        include_str!("../record/service/version.sql"),
        a.service.into(),
        "ce service",
    )?;
    for site in &a.sites {
        known_site(stage, *site)?;
    }
    if stage.live() {
        checks::activity(a)?;
    }
    let params = [
        a.id.into(),
        a.slug.as_str().into(),
        a.name.as_str().into(),
        a.service.into(),
        a.mode.as_str().into(),
        a.weekdays.into(),
        a.opens.into(),
        a.closes.into(),
        a.retired.into(),
        a.capacity.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/activity/put.sql"), &params)?;
    stage
        .tx
        .execute(include_str!("../record/activity/clear_sites.sql"), &[a.id.into()])?;
    for site in &a.sites {
        stage.tx.execute(
            include_str!("../record/activity/add_site.sql"),
            &[a.id.into(), (*site).into()],
        )?;
    }
    put_formulas(stage, a)?;
    touch::sites(stage)?;
    touch::all_days(stage)?;
    Ok(version(stage))
}

/// A formula that is no longer offered stays: past reservations and marks name it.
fn put_formulas(stage: &mut Stage<'_>, a: &ActivityRecord) -> Result<(), CorridorError> {
    stage.tx.execute(
        include_str!("../record/activity/withdraw_formulas.sql"),
        &[a.id.into()],
    )?;
    for (place, f) in (0_i64..).zip(&a.formulas) {
        let slug = [a.id.into(), f.slug.as_str().into()];
        match stage
            .tx
            .first(include_str!("../record/activity/formula_slug.sql"), &slug)?
        {
            Some(row) if row.uuid(0)? != f.id.0 => return Err(Refusal::Taken(f.slug.to_string()).into()),
            _ => {}
        }
        let params = [
            f.id.into(),
            a.id.into(),
            f.slug.as_str().into(),
            f.name.as_str().into(),
            place.into(),
            f.meal.as_str().into(),
        ];
        stage
            .tx
            .execute(include_str!("../record/activity/put_formula.sql"), &params)?;
    }
    Ok(())
}

pub(super) fn put_staff(stage: &mut Stage<'_>, s: &StaffRecord) -> Done {
    unchanged(stage, include_str!("../record/staff/version.sql"), s.id.into())?;
    for site in &s.sites {
        known_site(stage, *site)?;
    }
    if stage.live() {
        checks::staff(s)?;
    }
    let params = [
        s.id.into(),
        s.name.as_str().into(),
        s.role.as_str().into(),
        s.until.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/staff/put.sql"), &params)?;
    stage
        .tx
        .execute(include_str!("../record/staff/clear_sites.sql"), &[s.id.into()])?;
    for site in &s.sites {
        stage.tx.execute(
            include_str!("../record/staff/add_site.sql"),
            &[s.id.into(), (*site).into()],
        )?;
    }
    touch::sites(stage)?;
    Ok(version(stage))
}

pub(super) fn set_pin(stage: &mut Stage<'_>, staff: StaffId, phc: Option<&str>) -> Done {
    known(
        stage,
        include_str!("../record/staff/version.sql"),
        staff.into(),
        "cet agent de terrain",
    )?;
    if stage.live() && phc.is_some_and(|phc| !phc.starts_with("$argon2id$")) {
        return Err(Refusal::Invalid("Le code personnel n’est pas protégé.".into()).into());
    }
    let params = [staff.into(), phc.map(str::to_owned).into()];
    stage
        .tx
        .execute(include_str!("../record/staff/set_pin.sql"), &params)?;
    touch::sites(stage)?;
    Ok(Effect::Changed(Outcome::Done))
}
