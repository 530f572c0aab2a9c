//! A judged cart in the words of its page.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use server_ui::portal::cart::{
    CartChild, CartDay, CartLine as LineView, Fate, Leaving, Moved, reason_words, with_formula,
};
use shared::booking::{Ground, Judged, Reason, Sentence, brings};
use shared::time::UtcMs;
use shared::words::{date_time, day, hour_or_full};

use super::check::Checked;
use crate::record::SeenChild;
use crate::rules::carts::{CartKind, CartLine};

/// The lines by child, then by date. A child that is seen no more has none.
pub(super) fn children(
    checked: &Checked,
    judged: &[Judged],
    seen: &[SeenChild],
    (zone, now, phone): (Tz, UtcMs, Option<&str>),
) -> Vec<CartChild> {
    let one = |child: &SeenChild| {
        let mut days: BTreeMap<NaiveDate, Vec<LineView>> = BTreeMap::new();
        let own = checked.cart.lines.iter().zip(judged);
        for (line, judged) in own.filter(|(line, _)| line.child == child.id) {
            let view = line_view(checked, line, judged, (zone, now, phone));
            days.entry(line.session.date).or_default().push(view);
        }
        let days: Vec<CartDay> = days
            .into_iter()
            .map(|(date, lines)| CartDay {
                date: date.to_string(),
                label: day(date),
                lines,
            })
            .collect();
        (!days.is_empty()).then(|| CartChild {
            id: child.id,
            first_name: child.first_name.clone(),
            symbol: shared::symbol::of(child.id, child.symbol),
            days,
        })
    };
    seen.iter().filter_map(one).collect()
}

fn line_view(
    checked: &Checked,
    line: &CartLine,
    judged: &Judged,
    (zone, now, phone): (Tz, UtcMs, Option<&str>),
) -> LineView {
    let why = |reason: &Reason| reason_words(reason, zone, phone);
    let fate = match &judged.sentence {
        Sentence::Book { priced, .. } => Fate::Book(*priced),
        Sentence::Request { priced, reason } => Fate::Request(*priced, why(reason)),
        Sentence::Wait { priced, rank } => Fate::Wait(*priced, *rank),
        Sentence::Cancel {
            due,
            credited,
            excused_within_days,
        } => Fate::Cancel(*due, *credited, *excused_within_days),
        Sentence::RequestCancel { due, reason } => Fate::RequestCancel(*due, why(reason)),
        Sentence::Refuse(reason) => Fate::Refuse(why(reason), reason.call),
    };
    let moved = match (line.shown, checked.price_of(line, &judged.sentence)) {
        (Some(before), Some(now)) if before != now => Some(Moved { before, now }),
        _ => None,
    };
    let held = line.held_until.filter(|until| *until > now).map(|until| {
        let words = if until.date_in(zone) == now.date_in(zone) {
            hour_or_full(until.time_in(zone))
        } else {
            date_time(until, zone)
        };
        (words, until.0)
    });
    LineView {
        activity: line.session.activity,
        site: line.session.site,
        what: what(&checked.ground, line),
        fate,
        moved,
        held,
        until: judged.until.map(|at| date_time(at, zone)),
        moves: moves(&checked.ground, line),
        leaving: checked
            .leaving(line)
            .filter(|_| matches!(judged.sentence, Sentence::Book { .. }))
            .map(|leaving| Leaving {
                due: leaving.due,
                credited: leaving.credited,
                excused_within_days: leaving.excused_within_days,
            }),
        brought_by: brought_by(checked, line),
        rule: judged.rule.clone(),
    }
}

/// « Cantine (repas sans porc) ».
fn what(ground: &Ground, line: &CartLine) -> String {
    let Some(activity) = ground.activities.get(&line.session.activity) else {
        return String::new();
    };
    // What is cancelled is in the formula in which it stands.
    let stands = line
        .about
        .and_then(|id| ground.standing.iter().find(|one| one.id == id));
    let formula = match line.kind {
        CartKind::Add => line.formula,
        CartKind::Cancel => stands.and_then(|one| one.formula),
    };
    let formula = formula.and_then(|id| activity.formulas.iter().find(|one| one.id == id));
    match formula {
        Some(formula) => with_formula(&activity.name, &formula.name),
        None => activity.name.clone(),
    }
}

/// Where it is taken now, and where it was: what stands at another site gives way to it.
fn moves(ground: &Ground, line: &CartLine) -> Option<(String, String)> {
    let about = line.about.filter(|_| line.kind == CartKind::Add)?;
    let before = ground.standing.iter().find(|one| one.id == about)?.session.site;
    let name = |site| ground.sites.get(&site).map(|one| one.name.clone());
    let now = line.session.site;
    (before != now)
        .then(|| Some((name(now)?, name(before)?)))
        .flatten()
}

/// The line of the same day that a rule adds this one to.
fn brought_by(checked: &Checked, line: &CartLine) -> Option<String> {
    if line.kind != CartKind::Add {
        return None;
    }
    let same_day = checked.cart.lines.iter().filter(|other| {
        other.kind == CartKind::Add
            && other.child == line.child
            && other.session.date == line.session.date
            && other.session.activity != line.session.activity
    });
    let brings_it = |other: &&CartLine| {
        brings(other.session.activity, other.session.date, &checked.ground).contains(&line.session.activity)
    };
    let other = same_day.into_iter().find(brings_it)?;
    let activity = checked.ground.activities.get(&other.session.activity)?;
    Some(activity.name.clone())
}
