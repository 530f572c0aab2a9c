//! Putting lines into the cart and taking them out.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use server_ui::desk::form::FormState;
use server_ui::portal::cart::Trouble;
use shared::booking::{ChildFacts, Ground, Sentence, SessionKey, Wanted, brings, judge};
use shared::ids::{ActivityId, CartId, ChildId, FormulaId, SiteId, mint};
use shared::operation::ActivityRecord;
use shared::time::UtcMs;

use super::check::{Checked, asked, price_of, read};
use super::{MOST_LINES, Whose, enter, look};
use crate::clock::random;
use crate::rules::carts::{self, CartKind, CartLine};
use crate::rules::holds;
use crate::store::{Read, StoreError, Write};
use crate::web::portal::door::Sent;
use crate::web::portal::family::{Family, Guest};
use crate::web::portal::permit::Permit;
use crate::web::portal::reply::{PortalError, see_other};
use crate::web::portal::return_path;

/// What somebody does with lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    /// A reservation goes in.
    Add,
    /// A cancellation goes in.
    Cancel,
    /// What is in goes out.
    Out,
}

/// A line as it was sent; what is empty is found in the record.
#[derive(Clone, Debug)]
struct SentLine {
    child: ChildId,
    /// Its id or its short name.
    activity: String,
    site: Option<SiteId>,
    date: NaiveDate,
    formula: Option<FormulaId>,
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let family = enter(guest, Permit::Book)?;
    let form = family.own_form(sent)?;
    let Some((deed, sent)) = sent_lines(&form) else {
        return look::with_trouble(&family, StatusCode::UNPROCESSABLE_ENTITY, Trouble::Unreadable).await;
    };
    let whose = Whose::of(&family);
    let day = sent.first().map(|line| line.date);
    let worked = family.visit.app.with(&family.visit.slug, move |commune| {
        let now = commune.clock.now();
        commune.store.write(move |tx| work(tx, whose, deed, &sent, now))
    });
    match worked.await? {
        Ok(()) => Ok(back(&family, &form, deed, day)),
        Err(trouble) => look::with_trouble(&family, StatusCode::UNPROCESSABLE_ENTITY, trouble).await,
    }
}

pub(super) async fn empty(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let family = enter(guest, Permit::Book)?;
    family.own_form(sent)?;
    let whose = Whose::of(&family);
    let cleared = family.visit.app.with(&family.visit.slug, move |commune| {
        commune.store.write(move |tx| {
            if let Some(cart) = carts::of(tx, whose.owner(), whose.household)? {
                carts::clear(tx, cart.id)?;
            }
            Ok::<_, StoreError>(())
        })
    });
    cleared.await?;
    Ok(family.done("/panier", "panier-vide"))
}

/// Back to where the form was, or to the cart; on the grid, to the day of what was sent.
fn back(family: &Family, form: &FormState, deed: Deed, day: Option<NaiveDate>) -> Response {
    let done = match deed {
        Deed::Out => "hors-panier",
        Deed::Add | Deed::Cancel => "au-panier",
    };
    match return_path::page(&family.visit.slug, form.value("retour")) {
        Some(path) => {
            let (address, place) = path.split_once('#').unwrap_or((&path, ""));
            let joint = if address.contains('?') { '&' } else { '?' };
            let is_grid = address.split('?').next() == Some(family.at("/reservations").as_str());
            let place = match day.filter(|_| is_grid && place.is_empty()) {
                Some(day) => format!("#{}", server_ui::portal::bookings::anchor(day)),
                None if place.is_empty() => String::new(),
                None => format!("#{place}"),
            };
            see_other(&format!("{address}{joint}fait={done}{place}"))
        }
        None => family.done("/panier", done),
    }
}

/// What was sent; `None` where it cannot be read.
fn sent_lines(form: &FormState) -> Option<(Deed, Vec<SentLine>)> {
    let deed = match form.value("sorte") {
        "ajout" | "" => Deed::Add,
        "annulation" => Deed::Cancel,
        "retrait" => Deed::Out,
        _ => return None,
    };
    let many = form.all("ligne");
    let lines: Option<Vec<_>> = if many.is_empty() {
        Some(vec![line_of([
            form.value("enfant"),
            form.value("activite"),
            form.value("site"),
            form.value("date"),
            form.value("formule"),
        ])?])
    } else {
        let one = |text: &&str| {
            let mut parts = text.split('.');
            let mut next = || parts.next().unwrap_or_default();
            let line = [next(), next(), next(), next(), next()];
            let child = if line[0].is_empty() {
                form.value("enfant")
            } else {
                line[0]
            };
            line_of([child, line[1], line[2], line[3], line[4]])
        };
        many.iter().map(one).collect()
    };
    lines
        .filter(|lines| !lines.is_empty() && lines.len() <= MOST_LINES)
        .map(|lines| (deed, lines))
}

fn line_of([child, activity, site, date, formula]: [&str; 5]) -> Option<SentLine> {
    let maybe = |text: &str| match text {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    };
    Some(SentLine {
        child: child.parse().ok()?,
        activity: activity.to_owned(),
        site: maybe(site)?.map(SiteId),
        date: date.parse().ok()?,
        formula: maybe(formula)?.map(FormulaId),
    })
}

/// Works on the cart, then judges all of it and holds its places.
///
/// # Errors
/// [`StoreError`] of the engine; the inner one is what the page says, and nothing changed then.
fn work(
    tx: &mut dyn Write,
    whose: Whose,
    deed: Deed,
    sent: &[SentLine],
    now: UtcMs,
) -> Result<Result<(), Trouble>, StoreError> {
    let cart = carts::of(tx, whose.owner(), whose.household)?;
    let (from, until) = span(sent, cart.as_ref());
    let ground = read(tx, whose, cart.as_ref().map(|cart| cart.id), (from, until), now)?;
    let mut lines = Vec::new();
    for sent in sent {
        match line(sent, deed, &ground, now) {
            Ok(found) => lines.extend(found),
            Err(trouble) => return Ok(Err(trouble)),
        }
    }
    if deed == Deed::Out {
        let Some(cart) = cart else { return Ok(Ok(())) };
        for line in lines {
            let key = (line.child, line.session.activity, line.session.date);
            carts::drop_line(tx, cart.id, key, now)?;
        }
        return hold(tx, whose, &ground, now).map(Ok);
    }
    if cart.as_ref().map_or(0, |cart| cart.lines.len()) + lines.len() > MOST_LINES {
        return Ok(Err(Trouble::Full));
    }
    let cart = carts::open(
        tx,
        whose.owner(),
        whose.household,
        CartId(mint(now, random())),
        now,
    )?;
    for line in &lines {
        let same = |one: &&CartLine| one.child == line.child && one.session == line.session;
        let before = cart.lines.iter().find(same);
        // A hold is as old as the line that it began with, however often that is put in again.
        let mut line = line.clone();
        if let Some(before) = before.filter(|before| before.kind == line.kind) {
            line.held_until = before.held_until;
            line.added_at = before.added_at;
        }
        carts::put_line(tx, cart.id, &line, now)?;
    }
    let ground = match lines.len() {
        // What a rule brings may be at another place of the same days: the ground holds them.
        0 => return Ok(Ok(())),
        _ => ground,
    };
    hold(tx, whose, &ground, now).map(Ok)
}

/// Judges the whole cart, notes what is shown of new lines and holds limited places.
fn hold(tx: &mut dyn Write, whose: Whose, ground: &Ground, now: UtcMs) -> Result<(), StoreError> {
    let Some(cart) = carts::of(tx, whose.owner(), whose.household)? else {
        return Ok(());
    };
    let mut checked = Checked::over(cart, ground.clone());
    let judged = checked.judged(now);
    let minutes = carts::settings(tx)?.hold_minutes;
    let planned = holds::plan(&checked.cart.lines, &judged, ground, (now, minutes, true));
    for (line, judged) in checked.cart.lines.iter_mut().zip(&judged) {
        let price = price_of(&judged.sentence);
        if line.shown.is_none() && price.is_some() {
            line.shown = price;
            carts::put_line(tx, checked.cart.id, line, now)?;
        }
    }
    carts::hold(tx, &mut checked.cart, &planned)
}

/// The days of what is sent and of what is in the cart.
fn span(sent: &[SentLine], cart: Option<&carts::Cart>) -> (NaiveDate, NaiveDate) {
    let held = cart.into_iter().flat_map(|cart| &cart.lines);
    let dates = || {
        let own = sent.iter().map(|line| line.date);
        own.chain(held.clone().map(|line| line.session.date))
    };
    (
        dates().min().unwrap_or_default(),
        dates().max().unwrap_or_default(),
    )
}

/// The lines that one that was sent comes to, with what it brings.
fn line(sent: &SentLine, deed: Deed, ground: &Ground, now: UtcMs) -> Result<Vec<CartLine>, Trouble> {
    let child = ground.children.get(&sent.child).ok_or(Trouble::NotYours)?;
    let activity = activity_of(ground, &sent.activity).ok_or(Trouble::Unreadable)?;
    let standing = ground.standing.iter().find(|one| {
        one.child == child.id && one.session.activity == activity.id && one.session.date == sent.date
    });
    let site = sent
        .site
        .filter(|site| ground.sites.contains_key(site))
        .or(standing.map(|one| one.session.site))
        .or_else(|| site_of(ground, child, activity));
    let session = SessionKey {
        activity: activity.id,
        site: site.ok_or(Trouble::Unreadable)?,
        date: sent.date,
    };
    let fresh = |session: SessionKey, kind: CartKind, formula: Option<FormulaId>| CartLine {
        child: child.id,
        session,
        kind,
        formula,
        group: None,
        about: None,
        wish: None,
        shown: None,
        held_until: None,
        added_at: now,
    };
    match deed {
        Deed::Out => Ok(vec![fresh(session, CartKind::Add, sent.formula)]),
        Deed::Cancel => {
            let standing = standing.ok_or(Trouble::Unreadable)?;
            let mut line = fresh(standing.session, CartKind::Cancel, standing.formula);
            line.about = Some(standing.id);
            Ok(vec![line])
        }
        Deed::Add => {
            let formula = formula_of(sent, child.id, activity, session, ground, now)?;
            let mut lines = vec![fresh(session, CartKind::Add, formula)];
            for brought in brings(activity.id, sent.date, ground) {
                let Some(other) = ground.activities.get(&brought) else {
                    continue;
                };
                let has = ground.standing.iter().any(|one| {
                    one.child == child.id && one.session.activity == brought && one.session.date == sent.date
                });
                let there = other.sites.contains(&session.site).then_some(session.site);
                let Some(site) = there.or_else(|| site_of(ground, child, other)).filter(|_| !has) else {
                    continue;
                };
                let session = SessionKey {
                    activity: brought,
                    site,
                    date: sent.date,
                };
                let formula = only_formula(child.id, other, session, ground, now);
                lines.push(fresh(session, CartKind::Add, formula));
            }
            Ok(lines)
        }
    }
}

fn activity_of<'g>(ground: &'g Ground, named: &str) -> Option<&'g ActivityRecord> {
    match named.parse().ok().map(ActivityId) {
        Some(id) => ground.activities.get(&id),
        None => ground.activities.values().find(|one| one.slug.as_str() == named),
    }
}

/// The formula that was sent, if it is one of the activity's; where none was sent, the only one that can be had.
fn formula_of(
    sent: &SentLine,
    child: ChildId,
    activity: &ActivityRecord,
    session: SessionKey,
    ground: &Ground,
    now: UtcMs,
) -> Result<Option<FormulaId>, Trouble> {
    let Some(formula) = sent.formula else {
        return Ok(only_formula(child, activity, session, ground, now));
    };
    let known = activity.formulas.iter().any(|one| one.id == formula);
    if known {
        Ok(Some(formula))
    } else {
        Err(Trouble::Unreadable)
    }
}

/// The first formula that passes, the first of all where none does; nothing where there is none to choose.
fn only_formula(
    child: ChildId,
    activity: &ActivityRecord,
    session: SessionKey,
    ground: &Ground,
    now: UtcMs,
) -> Option<FormulaId> {
    let passes = |formula: FormulaId| {
        let wanted = Wanted::Add {
            child,
            session,
            formula: Some(formula),
            replaces: None,
            wish: None,
        };
        let judged = judge(&[wanted], ground, asked(now));
        judged
            .first()
            .is_some_and(|one| !matches!(one.sentence, Sentence::Refuse(_)))
    };
    let mut formulas = activity.formulas.iter().map(|one| one.id);
    formulas
        .find(|id| passes(*id))
        .or_else(|| activity.formulas.first().map(|one| one.id))
}

/// The site at which a child takes an activity: that of its school, or the one where it goes already, or the first that
/// is no school's.
fn site_of(ground: &Ground, child: &ChildFacts, activity: &ActivityRecord) -> Option<SiteId> {
    let open = || {
        let all = activity.sites.iter().filter_map(|site| ground.sites.get(site));
        all.filter(|site| !site.retired)
    };
    let own = open().find(|site| site.school.is_some() && site.school == child.school);
    let theirs = ground.standing.iter();
    let newest = theirs
        .filter(|one| one.child == child.id && one.session.activity == activity.id)
        .max_by_key(|one| one.session.date);
    let habit = newest.and_then(|one| open().find(|site| site.id == one.session.site));
    own.or(habit)
        .or_else(|| open().find(|site| site.school.is_none()))
        .map(|site| site.id)
}

/// Puts the taking of an offered place into the cart.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn put_offer(
    tx: &mut dyn Write,
    whose: Whose,
    mut line: CartLine,
    now: UtcMs,
) -> Result<(), StoreError> {
    let cart = carts::open(
        tx,
        whose.owner(),
        whose.household,
        CartId(mint(now, random())),
        now,
    )?;
    line.added_at = now;
    carts::put_line(tx, cart.id, &line, now)?;
    let cart = carts::of(tx, whose.owner(), whose.household)?;
    let dates = cart
        .iter()
        .flat_map(|cart| &cart.lines)
        .map(|line| line.session.date);
    let (from, until) = dates.fold((line.session.date, line.session.date), |(from, until), date| {
        (from.min(date), until.max(date))
    });
    let reader: &mut dyn Read = &mut *tx;
    let ground = read(reader, whose, cart.map(|cart| cart.id), (from, until), now)?;
    hold(tx, whose, &ground, now)
}
