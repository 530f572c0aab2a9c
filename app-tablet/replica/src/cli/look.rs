//! `list`, `status`, `conflicts`.

use chrono::NaiveDate;
use serde_json::{Value, json};
use shared::day_list::Standing;
use shared::day_view::DayRow;
use shared::fold::State;
use shared::screen::ListSource;
use shared::time::UtcMs;
use tablet_replica::{Lists, ReplicaError, Tablet};

use super::Answer;

#[derive(clap::Args)]
pub(super) struct List {
    /// Date de la liste (par défaut : aujourd’hui)
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<NaiveDate>,
    /// Activité
    #[arg(long)]
    activity: Option<String>,
    /// Site
    #[arg(long)]
    site: Option<String>,
}

fn state(state: State) -> &'static str {
    match state {
        State::Expected => "expected",
        State::Present => "present",
        State::Left => "left",
        State::Absent => "absent",
    }
}

/// How a row stands beside the others, where it does.
fn standing(standing: &Standing) -> &'static str {
    match standing {
        Standing::Away { .. } => "away",
        Standing::Free => "free",
        Standing::Guest { .. } => "guest",
    }
}

fn instant(at: Option<UtcMs>) -> Option<String> {
    at.map(|at| at.to_string())
}

fn row_value(row: &DayRow, site: Option<&str>, source: ListSource) -> Value {
    let listed = row.listed.as_ref();
    let intervals: Vec<Value> = row
        .intervals
        .iter()
        .map(|(start, end)| json!({ "in": instant(*start), "out": instant(*end) }))
        .collect();
    json!({
        "child": row.child,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "group": listed.and_then(|l| l.group.clone()).or_else(|| row.class.clone()),
        "class": row.class,
        "school": row.school,
        "activity": row.activity_slug,
        "formula": row.formula,
        "booked": row.booked,
        "state": state(row.state),
        "standing": row.standing().map(standing),
        "in_at": instant(row.in_at),
        "out_at": instant(row.out_at),
        "intervals": intervals,
        "conflict": row.conflict,
        "reason": row.reason,
        "site": site,
        "confirmed": source == ListSource::Confirmed,
        "before_loss": source == ListSource::BeforeLoss,
        "away": match row.standing() {
            Some(Standing::Away { words, .. }) => Some(words),
            _ => None,
        },
        "free": matches!(row.standing(), Some(Standing::Free)),
        "guest_from": match row.standing() {
            Some(Standing::Guest { from }) => Some(from),
            _ => None,
        },
        "moved_to": row.moved_to,
    })
}

pub(super) fn list(mut tablet: Tablet, args: &List) -> Result<Answer, ReplicaError> {
    let date = args.date.unwrap_or_else(|| tablet.today());
    let sites = tablet.enrolled()?.sites().to_vec();
    let mut lists = Lists::default();
    let mut values = Vec::new();
    let mut text = Vec::new();
    for site in sites {
        let slug = tablet.site_card(site)?.map(|card| card.slug.to_string());
        if args.site.is_some() && args.site != slug {
            continue;
        }
        let day = tablet.day(&mut lists, site, date)?;
        for row in day
            .rows
            .iter()
            .filter(|row| args.activity.as_ref().is_none_or(|a| *a == row.activity_slug))
        {
            values.push(row_value(row, slug.as_deref(), day.source));
            let (last, first) = (&row.last_name, &row.first_name);
            text.push(format!(
                "{:<16} {:<10} {last} {first}",
                row.activity_slug,
                state(row.state)
            ));
        }
    }
    Ok(Answer {
        value: values.into(),
        text: text.join("\n"),
    })
}

pub(super) fn status(mut tablet: Tablet) -> Result<Answer, ReplicaError> {
    let status = tablet.status()?;
    let slug_of = |site| {
        status
            .sites
            .iter()
            .find(|(id, _)| *id == site)
            .and_then(|(_, slug)| slug.clone())
    };
    let sheets: Vec<Value> = status
        .sheets
        .iter()
        .map(|s| {
            json!({
                "site": slug_of(s.sheet.site).unwrap_or_else(|| s.sheet.site.to_string()),
                "date": s.sheet.date,
                "marks": s.marks,
                "digest": s.digest.hex(),
            })
        })
        .collect();
    let counts = status.counts;
    let sites: Vec<String> = status
        .sites
        .iter()
        .map(|(id, slug)| slug.clone().unwrap_or_else(|| id.to_string()))
        .collect();
    let services: Vec<Value> = tablet
        .services()
        .iter()
        .map(|one| {
            json!({
                "capability": one.capability.as_str(),
                "state": one.state.as_str(),
                "message": one.message,
            })
        })
        .collect();
    let value = json!({
        "device": status.device,
        "sites": sites,
        "pending": counts.pending,
        "accepted": counts.accepted,
        "in_backup": counts.in_backup,
        "quarantined": counts.set_aside,
        "conflicts": status.conflicts,
        "last_sync": instant(status.last_sync),
        "incarnation": status.branch,
        "returned": json!({
            "marks": status.back.map_or(0, |back| back.marks),
            "lists": status.back.map_or(0, |back| back.lists),
            "done": status.back.is_none_or(|back| !back.open),
        }),
        "withheld": status.withheld,
        "services": services,
        "sheets": sheets,
    });
    let text = format!(
        "En attente : {}. Reçus par le serveur : {}. En sauvegarde : {}. Mis de côté : {}. Contradictions : {}.",
        counts.pending, counts.accepted, counts.in_backup, counts.set_aside, status.conflicts
    );
    Ok(Answer { value, text })
}

pub(super) fn conflicts(mut tablet: Tablet) -> Result<Answer, ReplicaError> {
    let all = tablet.conflicts()?;
    let value: Vec<Value> = all
        .iter()
        .map(|(date, c)| json!({ "date": date, "kind": c.kind(), "child": c.child(), "marks": c.marks() }))
        .collect();
    let text: Vec<String> = all
        .iter()
        .map(|(date, c)| format!("{date} {} {:?}", c.kind(), c.marks()))
        .collect();
    Ok(Answer {
        value: value.into(),
        text: text.join("\n"),
    })
}
