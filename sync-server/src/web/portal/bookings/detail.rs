//! The page of one cell.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime};
use server_ui::portal::bookings::{Act, ActKind, CellFacts, CellPage, CellState, Note, Offer, cell_page};
use server_ui::portal::{Place, Said};
use shared::booking::{Cells, ChildFacts, Choice, Ground, SessionKey, fits, instant, set_for};
use shared::ids::{ChildId, FormulaId};
use shared::operation::{ActivityRecord, Delay};
use shared::words::hour_or_full;

use super::super::family::{Family, Guest};
use super::super::permit::Permit;
use super::super::reply::{PortalError, page};
use super::civil;
use super::history::{About, Reader, history};
use super::pointed::Pointed;
use super::show::Onlooker;
use super::stand::{Seen, Stand, on_line, price};
use crate::about;
use crate::store::{Read, StoreError};

/// Steps of looking through the journal before somebody reads.
const STEPS: u32 = 25;

/// Which cell.
#[derive(Clone, Debug)]
struct Asked {
    date: NaiveDate,
    activity: String,
    child: ChildId,
}

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::SeeBookings)?;
    family.opened(Place::Bookings)?;
    let asked = asked(&family).ok_or_else(|| family.said(Said::PageUnknown))?;
    let onlooker = Onlooker::of(&family);
    let view = family.visit.app.with(&family.visit.slug, move |commune| {
        about::fill_some(commune, STEPS)?;
        commune
            .store
            .read(|tx| cell(tx, &asked, onlooker, &commune.label))
    });
    match view.await? {
        Some(view) => Ok(page(StatusCode::OK, cell_page(&view))),
        None => Err(family.said(Said::PageUnknown)),
    }
}

fn asked(family: &Family) -> Option<Asked> {
    let named = |name: &str| family.visit.names.get(name);
    Some(Asked {
        date: named("date")?.parse().ok()?,
        activity: named("activity")?.clone(),
        child: named("child")?.parse().ok()?,
    })
}

/// The page's model; `None` where there is nothing of theirs there.
fn cell(
    tx: &mut dyn Read,
    asked: &Asked,
    onlooker: Onlooker,
    label: &str,
) -> Result<Option<CellPage>, StoreError> {
    let date = asked.date;
    let Some(from) = date.with_day(1) else {
        return Ok(None);
    };
    let Some(until) = from
        .checked_add_months(Months::new(1))
        .and_then(|next| next.checked_sub_days(Days::new(1)))
    else {
        return Ok(None);
    };
    let (mut beside, ground) = onlooker.read(tx, from, until)?;
    let activity = ground
        .activities
        .values()
        .find(|one| one.slug.as_str() == asked.activity);
    let (Some(child), Some(activity)) = (ground.children.get(&asked.child), activity) else {
        return Ok(None);
    };
    let marks = std::mem::take(&mut beside.marks);
    let pointed = Pointed::of(marks, &beside.names, &ground.activities);
    let seen = Seen {
        ground: &ground,
        beside: &beside,
        pointed: &pointed,
        cells: Cells::new(&ground, on_line(onlooker.now)),
        today: onlooker.today,
        may_book: onlooker.token.is_some(),
    };
    let Some(stand) = seen.stand(child, activity, date) else {
        return Ok(None);
    };
    if stand.state == CellState::OtherHome {
        return Ok(None);
    }
    let about = About {
        child: child.id,
        activity: activity.id,
        date,
    };
    let reader = Reader {
        guardian: onlooker.guardian,
        label,
    };
    let history = history(tx, about, &ground, reader)?;
    let facts = facts(&seen, child, activity, date, stand);
    Ok(facts.map(|cell| CellPage {
        cell,
        history,
        here: onlooker
            .frame
            .at(&format!("/reservations/{date}/{}/{}", activity.slug, child.id)),
        grid: onlooker
            .frame
            .at(&format!("/reservations?du={date}&enfant={}", child.id)),
        shut: onlooker.shut(&ground),
        cart: beside.bar(ground.zone, onlooker.now),
        phone: onlooker.phone.clone(),
        token: onlooker.token.clone().filter(|_| child.decides),
        frame: onlooker.frame.clone(),
    }))
}

/// What the cell itself says.
fn facts(
    seen: &Seen<'_>,
    child: &ChildFacts,
    activity: &ActivityRecord,
    date: NaiveDate,
    stand: Stand,
) -> Option<CellFacts> {
    let ground = seen.ground;
    let session = seen.session(child, activity, date)?;
    let hours = || {
        let at = |minute: shared::codec::Minute| hour_or_full(minute.time());
        format!("{} – {}", at(activity.opens), at(activity.closes))
    };
    let standing = seen.standing(child, activity, date);
    let past = date < seen.today;
    let in_cart = seen.beside.line(child.id, activity.id, date);
    let offers: Vec<Offer> = stand
        .choices
        .iter()
        .map(|choice| offer(seen, activity, child, session, &stand, choice))
        .collect();
    let mut sentences: Vec<String> = Vec::new();
    let mut say = |words: Option<&String>| {
        let words = words.map(|words| words.trim().to_owned());
        if let Some(words) = words.filter(|words| !words.is_empty() && !sentences.contains(words)) {
            sentences.push(words);
        }
    };
    let delays = delays(
        ground,
        &session,
        child,
        stand_formula(seen, child, activity, date),
    );
    if let Some(Note::Text(words)) = &stand.note {
        say(Some(words));
    }
    for delay in [delays.0, delays.1].into_iter().flatten() {
        say(delay.words.as_ref());
    }
    let at = |delay: Option<&Delay>| -> Option<NaiveDateTime> {
        let at = instant(&delay?.until, &session, child, ground)?;
        Some(civil(at, ground.zone))
    };
    let formula = standing.map_or_else(|| in_cart.and_then(|line| line.formula), |one| one.formula);
    Some(CellFacts {
        first_name: child.first_name.clone(),
        symbol: seen.beside.symbol(child.id),
        date,
        activity: activity.name.clone(),
        site: ground.sites.get(&session.site).map(|site| site.name.clone()),
        hours: if past { stand.detail.clone() } else { Some(hours()) },
        formula: activity
            .formulas
            .iter()
            .find(|one| Some(one.id) == formula)
            .map(|one| one.name.clone()),
        add_until: if past { None } else { at(delays.0) },
        cancel_until: if past { None } else { at(delays.1) },
        acts: acts(seen, child, activity, session, &stand),
        same_days: same_days(seen, child, activity, date),
        reason: stand.reason.clone().filter(|_| offers.is_empty()),
        price: stand.price.filter(|_| offers.is_empty()),
        state: stand.state,
        offers,
        sentences,
        zone: ground.zone,
    })
}

fn stand_formula(
    seen: &Seen<'_>,
    child: &ChildFacts,
    activity: &ActivityRecord,
    date: NaiveDate,
) -> Option<FormulaId> {
    match seen.standing(child, activity, date) {
        Some(standing) => standing.formula,
        None => activity.formulas.first().map(|one| one.id),
    }
}

/// Until when one adds, and until when one cancels.
fn delays<'g>(
    ground: &'g Ground,
    session: &SessionKey,
    child: &ChildFacts,
    formula: Option<FormulaId>,
) -> (Option<&'g Delay>, Option<&'g Delay>) {
    let Some(set) = set_for(session.activity, session.date, ground) else {
        return (None, None);
    };
    let first = |all: &'g [Delay]| {
        all.iter()
            .find(|line| fits(&line.case, session, formula, child, ground))
    };
    (first(&set.add), first(&set.cancel))
}

/// What is posted to have it.
fn line(child: ChildId, session: &SessionKey, formula: Option<FormulaId>) -> String {
    let formula = formula.map(|id| id.to_string()).unwrap_or_default();
    format!(
        "{child}.{}.{}.{}.{formula}",
        session.activity, session.site, session.date
    )
}

fn offer(
    seen: &Seen<'_>,
    activity: &ActivityRecord,
    child: &ChildFacts,
    session: SessionKey,
    stand: &Stand,
    choice: &Choice,
) -> Offer {
    let state = match (&stand.state, &choice.request) {
        (CellState::Full, _) => CellState::Full,
        (_, Some(_)) => CellState::OnRequest,
        (_, None) => CellState::Free,
    };
    let named = activity
        .formulas
        .iter()
        .find(|one| Some(one.id) == choice.formula);
    Offer {
        name: named.map(|one| one.name.clone()),
        price: price(&choice.priced),
        usual: choice.priced.base.filter(|base| *base != choice.priced.total),
        until: stand.until.map(|at| civil(at, seen.ground.zone)),
        reason: choice.request.clone(),
        line: child.decides.then(|| line(child.id, &session, choice.formula)),
        state,
    }
}

fn acts(
    seen: &Seen<'_>,
    child: &ChildFacts,
    activity: &ActivityRecord,
    session: SessionKey,
    stand: &Stand,
) -> Vec<Act> {
    if !seen.may_book || !child.decides {
        return Vec::new();
    }
    let act = |kind, formula, due| {
        vec![Act {
            kind,
            line: line(child.id, &session, formula),
            due,
        }]
    };
    if let Some(in_cart) = seen.beside.line(child.id, activity.id, session.date) {
        return act(ActKind::Remove, in_cart.formula, None);
    }
    if stand.state == CellState::Offered {
        let wish = seen.wish(child, activity, session.date);
        return act(ActKind::Take, wish.and_then(|wish| wish.formula), None);
    }
    match (seen.standing(child, activity, session.date), stand.due) {
        (Some(standing), Some(due)) => act(ActKind::Cancel, standing.formula, Some(due)),
        _ => Vec::new(),
    }
}

/// All days of this weekday in the month on which it can be had with one tap.
fn same_days(seen: &Seen<'_>, child: &ChildFacts, activity: &ActivityRecord, date: NaiveDate) -> Vec<String> {
    let first = date.with_day(1).unwrap_or(date);
    if !seen.may_book || !child.decides || activity.formulas.len() > 1 {
        return Vec::new();
    }
    let month = first.iter_days().take_while(|day| day.month() == first.month());
    let lines = month
        .filter(|day| day.weekday() == date.weekday() && *day >= seen.today)
        .filter_map(|day| {
            let stand = seen.stand(child, activity, day)?;
            let session = seen.session(child, activity, day)?;
            let formula = activity.formulas.first().map(|one| one.id);
            (stand.state == CellState::Free).then(|| line(child.id, &session, formula))
        });
    lines.collect()
}
