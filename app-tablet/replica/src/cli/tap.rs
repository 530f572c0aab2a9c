//! `in`, `out`, `absent`, `close`, `reopen`, `undo`, `note`.

use chrono::NaiveDate;
use serde_json::json;
use shared::day_view::still_expected;
use shared::ids::{ChildId, MarkId};
use shared::mark::{AbsenceScope, Reason};
use shared::time::UtcMs;
use tablet_replica::{Absence, Lists, ReplicaError, Tablet, Target};

use super::Answer;

/// Attendance may be closed by the town hall; a person may decide otherwise.
#[derive(clap::Args)]
pub(super) struct Insists {
    /// Pointe même si la mairie a fermé le pointage
    #[arg(long)]
    anyway: bool,
}

impl Insists {
    fn hold(&self, tablet: &mut Tablet) {
        if self.anyway {
            tablet.point_anyway_once();
        }
    }
}

#[derive(clap::Args)]
pub(super) struct Listed {
    /// Activité
    #[arg(long)]
    activity: String,
    /// Site, quand la tablette en a plusieurs
    #[arg(long)]
    site: Option<String>,
    /// Date de la liste (par défaut : celle de l’heure donnée, sinon aujourd’hui)
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<NaiveDate>,
    #[command(flatten)]
    insists: Insists,
}

#[derive(clap::Args)]
pub(super) struct Tap {
    /// Identifiant de l’enfant, ou « Nom Prénom »
    child: String,
    #[command(flatten)]
    listed: Listed,
    /// Heure donnée par une personne, au lieu de maintenant
    #[arg(long, value_name = "TIME", value_parser = UtcMs::parse)]
    at: Option<UtcMs>,
}

#[derive(clap::Args)]
pub(super) struct AbsentTap {
    #[command(flatten)]
    tap: Tap,
    /// Motif : unjustified, announced, illness, family, school, other
    #[arg(long, default_value = "unjustified")]
    reason: String,
    /// Absent le reste de la journée
    #[arg(long)]
    rest_of_day: bool,
}

#[derive(clap::Args)]
pub(super) struct Undo {
    /// Identifiant du pointage
    mark: MarkId,
    #[command(flatten)]
    insists: Insists,
}

#[derive(clap::Args)]
pub(super) struct Note {
    /// Identifiant de l’enfant, ou « Nom Prénom »
    child: String,
    /// Texte du mémo
    text: String,
    /// Activité (par défaut : la première du site)
    #[arg(long)]
    activity: Option<String>,
    /// Date (par défaut : aujourd’hui)
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<NaiveDate>,
    #[command(flatten)]
    insists: Insists,
}

fn done(mark: MarkId) -> Answer {
    Answer {
        value: json!({ "mark": mark }),
        text: format!("Enregistré : {mark}"),
    }
}

fn date_of(tablet: &Tablet, date: Option<NaiveDate>, at: Option<UtcMs>) -> NaiveDate {
    date.or_else(|| at.map(|at| at.date_in(tablet.zone())))
        .unwrap_or_else(|| tablet.today())
}

fn aim(tablet: &mut Tablet, tap: &Tap) -> Result<(Target, ChildId), ReplicaError> {
    tablet.enrolled()?;
    tap.listed.insists.hold(tablet);
    let date = date_of(tablet, tap.listed.date, tap.at);
    let child = tablet.child(&tap.child, date)?;
    let (site, activity) = tablet.place(
        &tap.listed.activity,
        tap.listed.site.as_deref(),
        Some(child),
        date,
    )?;
    Ok((
        Target {
            site,
            date,
            activity: activity.id,
        },
        child,
    ))
}

pub(super) fn arrive(mut tablet: Tablet, tap: &Tap) -> Result<Answer, ReplicaError> {
    let (target, child) = aim(&mut tablet, tap)?;
    let (list, _) = tablet.day_list(target.site, target.date)?;
    let row = list
        .rows
        .iter()
        .find(|row| row.child == child && row.activity == target.activity);
    let formula = row.and_then(|row| row.formula);
    Ok(done(tablet.arrive(target, child, formula, tap.at)?))
}

pub(super) fn leave(mut tablet: Tablet, tap: &Tap) -> Result<Answer, ReplicaError> {
    let (target, child) = aim(&mut tablet, tap)?;
    Ok(done(tablet.leave(target, child, tap.at)?))
}

pub(super) fn absent(mut tablet: Tablet, args: &AbsentTap) -> Result<Answer, ReplicaError> {
    let (target, child) = aim(&mut tablet, &args.tap)?;
    let reason: Reason = serde_json::from_value(json!(args.reason)).map_err(|_| {
        ReplicaError::Refused(format!(
            "Le motif « {} » n’existe pas : unjustified, announced, illness, family, school ou other.",
            args.reason
        ))
    })?;
    let scope = if args.rest_of_day {
        AbsenceScope::RestOfDay
    } else {
        AbsenceScope::Session
    };
    Ok(done(tablet.absent(
        target,
        child,
        Absence { scope, reason },
        args.tap.at,
    )?))
}

fn listed(tablet: &mut Tablet, args: &Listed) -> Result<(Target, shared::mode::Mode), ReplicaError> {
    tablet.enrolled()?;
    args.insists.hold(tablet);
    let date = date_of(tablet, args.date, None);
    let (site, activity) = tablet.place(&args.activity, args.site.as_deref(), None, date)?;
    Ok((
        Target {
            site,
            date,
            activity: activity.id,
        },
        activity.mode,
    ))
}

pub(super) fn close(mut tablet: Tablet, args: &Listed) -> Result<Answer, ReplicaError> {
    let (target, mode) = listed(&mut tablet, args)?;
    let day = tablet.day(&mut Lists::default(), target.site, target.date)?;
    let expected = still_expected(&day.rows, target.activity);
    Ok(done(tablet.close(target, mode.closing(), expected)?))
}

pub(super) fn reopen(mut tablet: Tablet, args: &Listed) -> Result<Answer, ReplicaError> {
    let (target, _) = listed(&mut tablet, args)?;
    Ok(done(tablet.reopen(target)?))
}

pub(super) fn undo(mut tablet: Tablet, args: &Undo) -> Result<Answer, ReplicaError> {
    tablet.enrolled()?;
    args.insists.hold(&mut tablet);
    Ok(done(tablet.undo(args.mark)?))
}

pub(super) fn note(mut tablet: Tablet, args: &Note) -> Result<Answer, ReplicaError> {
    tablet.enrolled()?;
    args.insists.hold(&mut tablet);
    let date = date_of(&tablet, args.date, None);
    let child = tablet.child(&args.child, date)?;
    let first = tablet
        .site_cards()?
        .into_iter()
        .flat_map(|c| c.activities)
        .map(|a| a.activity.slug.to_string())
        .next();
    let activity = args.activity.clone().or(first).unwrap_or_default();
    let (site, activity) = tablet.place(&activity, None, Some(child), date)?;
    Ok(done(tablet.note(
        Target {
            site,
            date,
            activity: activity.id,
        },
        child,
        &args.text,
    )?))
}
