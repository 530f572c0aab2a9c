//! What stands in the form of an outage.

use server_ui::desk::form::{Choice, Flaw, FormState};
use server_ui::desk::outages::OutageForm;
use shared::codec::Minute;
use shared::ids::{OutageId, SiteId};
use shared::operation::{OutageCause, OutageRecord};
use shared::time::UtcMs;

use super::Sites;
use crate::commune::Commune;
use crate::outages::Outage;
use crate::web::desk::reach::Reach;

/// Longest note, in characters.
const LONGEST_NOTE: usize = 8_000;

/// The form as an outage of the record fills it in.
pub(super) fn state_of(outage: &Outage, commune: &Commune) -> FormState {
    let record = &outage.record;
    let zone = commune.zone;
    let hour = |at: UtcMs| at.time_in(zone).format("%H:%M").to_string();
    FormState::default()
        .with_maybe("site", record.site.map(|site| site.to_string()))
        .with("du", record.from.date_in(zone).to_string())
        .with("du_heure", hour(record.from))
        .with_maybe("au", record.until.map(|at| at.date_in(zone).to_string()))
        .with_maybe("au_heure", record.until.map(hour))
        .with("cause", record.cause.as_str())
        .with("note", record.note.clone())
}

/// The form as it is drawn.
pub(super) fn drawn(form: FormState, action: String, sites: &Sites, cause: OutageCause) -> OutageForm {
    let chosen = form.value("site").to_owned();
    OutageForm {
        sites: sites
            .all
            .iter()
            .filter(|(id, _, retired)| !retired || id.to_string() == chosen)
            .map(|(id, name, _)| Choice::new(id.to_string(), name.clone()))
            .collect(),
        everywhere: sites.reach == Reach::All,
        causes: cause != OutageCause::Server,
        form,
        action,
    }
}

/// What a form means; flaws are noted in it. `before` is what is changed, where anything is.
pub(super) fn understood(
    form: &mut FormState,
    id: OutageId,
    before: Option<&Outage>,
    sites: &Sites,
    commune: &Commune,
) -> Option<OutageRecord> {
    let site: Option<SiteId> = form.maybe_choice("site", |word| word.parse().ok());
    if site.is_some_and(|site| sites.name(site).is_none()) {
        form.flaw("site", Flaw::UnknownChoice);
    } else if site.is_none() && sites.reach != Reach::All {
        form.flaw("site", Flaw::NoneChosen);
    }
    let zone = commune.zone;
    let now = commune.clock.now();
    let (day, hour) = (form.date("du"), form.time("du_heure"));
    // What is not touched keeps its seconds: a form knows minutes only.
    let exact = |day, hour: Minute, was: Option<UtcMs>| {
        was.filter(|at| at.date_in(zone) == day && Minute::of(at.time_in(zone)) == hour)
            .unwrap_or_else(|| UtcMs::at_civil(day, hour.time(), zone))
    };
    let from = exact(day, hour, before.map(|outage| outage.record.from));
    if !form.is_flawed() && from > now {
        form.flaw("du", Flaw::Said("outages-future"));
    }
    let until = match (form.maybe_date("au"), form.maybe_time("au_heure")) {
        (Some(day), Some(hour)) => Some(exact(day, hour, before.and_then(|outage| outage.record.until))),
        (None, None) => None,
        _ => {
            if !form.is_flawed() {
                form.flaw("au", Flaw::Said("outages-both"));
            }
            None
        }
    };
    if !form.is_flawed() && until.is_some_and(|until| until > now) {
        form.flaw("au", Flaw::Said("outages-future"));
    }
    let cause = match before.map(|outage| outage.record.cause) {
        Some(OutageCause::Server) => OutageCause::Server,
        _ => form.choice("cause", OutageCause::Line, |word| {
            OutageCause::named(word).filter(|cause| matches!(cause, OutageCause::Line | OutageCause::Other))
        }),
    };
    let note = form.maybe_lines("note", LONGEST_NOTE).unwrap_or_default();
    form.sound(OutageRecord {
        id,
        from,
        until,
        site,
        cause,
        note,
    })
}
