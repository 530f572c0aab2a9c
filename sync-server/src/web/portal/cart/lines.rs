//! Putting lines into the cart and taking them out.

use axum::Form;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use server_ui::desk::form::FormState;
use server_ui::portal::cart::Trouble;
use shared::booking::{Ground, Judged, Sentence, SessionKey, Wanted, brings, judge, site_of};
use shared::ids::{ActivityId, CartId, ChildId, FormulaId, SiteId, mint};
use shared::operation::{ActivityRecord, Why};
use shared::time::UtcMs;

use super::check::{Checked, asked, read};
use super::{MOST_LINES, REACH_DAYS, Whose, enter, look};
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
    if guest.session.is_none() {
        return Err(lost(&guest, sent));
    }
    let family = enter(guest, Permit::Book)?;
    let form = family.own_form(sent)?;
    let Some((deed, sent)) = sent_lines(&form, family.commune.today()) else {
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
        let now = commune.clock.now();
        commune.store.write(move |tx| {
            if let Some(cart) = carts::of(tx, whose.owner(), whose.household)? {
                carts::empty(tx, cart.id, now)?;
            }
            Ok::<_, StoreError>(())
        })
    });
    cleared.await?;
    Ok(family.done("/panier", "panier-vide"))
}

/// The session ended before the form was sent. Nobody is known by a form, so nothing of it is kept: whoever logs in
/// again is led to where it was, which says so.
fn lost(guest: &Guest, sent: Sent) -> PortalError {
    let form = sent.map_or_else(|_| FormState::default(), |Form(sent)| FormState::read(sent));
    let day =
        sent_lines(&form, guest.commune.today()).and_then(|(_, lines)| lines.first().map(|line| line.date));
    PortalError::LogIn {
        slug: guest.visit.slug.clone(),
        back: Some(came_from(guest, &form, "choix-perdu", day)),
    }
}

/// Back to where the form was.
fn back(family: &Family, form: &FormState, deed: Deed, day: Option<NaiveDate>) -> Response {
    let done = match deed {
        Deed::Out => "hors-panier",
        Deed::Add | Deed::Cancel => "au-panier",
    };
    see_other(&came_from(family, form, done, day))
}

/// The page that a form was on, or the cart, with a word for what was done; on the grid, the day of what was sent.
fn came_from(guest: &Guest, form: &FormState, done: &str, day: Option<NaiveDate>) -> String {
    let path = return_path::page(&guest.visit.slug, form.value("retour"));
    let path = path.unwrap_or_else(|| guest.at("/panier"));
    let (address, place) = path.split_once('#').unwrap_or((&path, ""));
    let joint = if address.contains('?') { '&' } else { '?' };
    let is_grid = address.split('?').next() == Some(guest.at("/reservations").as_str());
    let place = match day.filter(|_| is_grid && place.is_empty()) {
        Some(day) => format!("#{}", server_ui::portal::bookings::anchor(day)),
        None if place.is_empty() => String::new(),
        None => format!("#{place}"),
    };
    format!("{address}{joint}fait={done}{place}")
}

/// What was sent; `None` where it cannot be read, or is of a day that no page shows.
fn sent_lines(form: &FormState, today: NaiveDate) -> Option<(Deed, Vec<SentLine>)> {
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
    let near = |line: &SentLine| (line.date - today).num_days().abs() <= REACH_DAYS;
    lines
        .filter(|lines| !lines.is_empty() && lines.len() <= MOST_LINES && lines.iter().all(near))
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
    if deed == Deed::Out {
        return out(tx, (whose, cart), sent, &ground, now);
    }
    let mut found = Vec::new();
    for sent in sent {
        match line(sent, deed, &ground, now) {
            Ok(one) => found.push(one),
            Err(trouble) => return Ok(Err(trouble)),
        }
    }
    let lies = cart.as_ref().map_or(&[][..], |cart| &cart.lines[..]);
    let lines = with_brought(found, lies, (whose, &ground), now);
    if lies.len() + lines.len() > MOST_LINES {
        return Ok(Err(Trouble::Full));
    }
    let cart = carts::open(
        tx,
        whose.owner(),
        whose.household,
        CartId(mint(now, random())),
        now,
    )?;
    let ages = carts::Ages::of(tx, whose.household, now)?;
    for line in lines {
        carts::put_line(tx, cart.id, &ages.aged(laid(line, &cart.lines)), now)?;
    }
    hold(tx, whose, &ground, now).map(Ok)
}

/// Takes lines out. Whatever became of its child, its activity or its site since, a line that is in goes out.
fn out(
    tx: &mut dyn Write,
    (whose, cart): (Whose, Option<carts::Cart>),
    sent: &[SentLine],
    ground: &Ground,
    now: UtcMs,
) -> Result<Result<(), Trouble>, StoreError> {
    let Some(cart) = cart else { return Ok(Ok(())) };
    for sent in sent {
        let named = sent.activity.parse().ok().map(ActivityId);
        let Some(activity) = named.or_else(|| Some(activity_of(ground, &sent.activity)?.id)) else {
            return Ok(Err(Trouble::Unreadable));
        };
        carts::drop_line(tx, cart.id, (sent.child, activity, sent.date), now)?;
    }
    hold(tx, whose, ground, now).map(Ok)
}

/// A line as it lies in a cart, where one of the same child, activity and day may lie already.
fn laid(line: CartLine, lies: &[CartLine]) -> CartLine {
    match lies.iter().find(|before| before.is_about_the_same(&line)) {
        Some(before) => line.in_place_of(before),
        None => line,
    }
}

/// What was found, with what it brings. A line that does not pass brings nothing, but what keeps it from passing.
fn with_brought(
    found: Vec<Found>,
    lies: &[CartLine],
    (whose, ground): (Whose, &Ground),
    now: UtcMs,
) -> Vec<CartLine> {
    let asked: Vec<CartLine> = found.iter().map(|one| one.line.clone()).collect();
    let is_there = |line: &CartLine| {
        let mut others = lies.iter().chain(&asked);
        others.any(|other| other.is_about_the_same(line))
    };
    let brought: Vec<(usize, CartLine)> = found
        .into_iter()
        .enumerate()
        .flat_map(|(of, one)| one.brings.into_iter().map(move |line| (of, line)))
        .filter(|(_, line)| !is_there(line))
        .collect();
    if brought.is_empty() {
        return asked;
    }
    let others = lies
        .iter()
        .filter(|before| !asked.iter().any(|line| line.is_about_the_same(before)));
    let all = asked.iter().map(|line| laid(line.clone(), lies));
    let all = all.chain(brought.iter().map(|(_, line)| line.clone()));
    let cart = carts::Cart {
        id: CartId(uuid::Uuid::nil()),
        household: whose.household,
        changed_at: now,
        lines: all.chain(others.cloned()).collect(),
    };
    let judged = Checked::over(cart, ground.clone(), now).judged(now);
    let why = |place: usize| match &judged[place].sentence {
        Sentence::Refuse(reason) => Some(reason.why),
        _ => None,
    };
    let stays = |place: usize, of: usize| match (why(of), why(place)) {
        (None, _) => true,
        (Some(Why::With), Some(own)) => own != Why::With,
        (Some(_), _) => false,
    };
    let kept: Vec<CartLine> = brought
        .into_iter()
        .enumerate()
        .filter(|(nth, (of, _))| stays(asked.len() + nth, *of))
        .map(|(_, (_, line))| line)
        .collect();
    asked.into_iter().chain(kept).collect()
}

/// Judges the whole cart, notes what is shown of new lines and holds limited places.
fn hold(tx: &mut dyn Write, whose: Whose, ground: &Ground, now: UtcMs) -> Result<(), StoreError> {
    let Some(cart) = carts::of(tx, whose.owner(), whose.household)? else {
        return Ok(());
    };
    let mut checked = Checked::over(cart, ground.clone(), now);
    let judged = checked.judged(now);
    let minutes = carts::settings(tx)?.hold_minutes;
    let planned = holds::plan(&checked.cart.lines, &judged, ground, (now, minutes, true));
    let of = |(line, judged): (&CartLine, &Judged)| checked.price_of(line, &judged.sentence);
    let prices: Vec<_> = checked.cart.lines.iter().zip(&judged).map(of).collect();
    for (line, price) in checked.cart.lines.iter_mut().zip(prices) {
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

/// What a line that was sent comes to.
struct Found {
    line: CartLine,
    /// What a rule adds to it.
    brings: Vec<CartLine>,
}

impl Found {
    fn alone(line: CartLine) -> Self {
        let brings = Vec::new();
        Self { line, brings }
    }
}

/// The line that one that was sent comes to, with what it brings.
fn line(sent: &SentLine, deed: Deed, ground: &Ground, now: UtcMs) -> Result<Found, Trouble> {
    let child = ground.children.get(&sent.child).ok_or(Trouble::NotYours)?;
    let activity = activity_of(ground, &sent.activity).ok_or(Trouble::Unreadable)?;
    let standing = ground.standing.iter().find(|one| {
        one.child == child.id && one.session.activity == activity.id && one.session.date == sent.date
    });
    let site = sent
        .site
        .filter(|site| ground.sites.contains_key(site))
        .or(standing.map(|one| one.session.site))
        .or_else(|| site_of(ground, child.id, activity.id));
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
        Deed::Out => Ok(Found::alone(fresh(session, CartKind::Add, sent.formula))),
        Deed::Cancel => {
            let standing = standing.ok_or(Trouble::Unreadable)?;
            let mut line = fresh(standing.session, CartKind::Cancel, standing.formula);
            line.about = Some(standing.id);
            Ok(Found::alone(line))
        }
        Deed::Add => {
            let formula = formula_of(sent, child.id, activity, session, ground, now)?;
            let mut found = Found::alone(fresh(session, CartKind::Add, formula));
            for brought in brings(activity.id, sent.date, ground) {
                let Some(other) = ground.activities.get(&brought) else {
                    continue;
                };
                let has = ground.standing.iter().any(|one| {
                    one.child == child.id && one.session.activity == brought && one.session.date == sent.date
                });
                let there = other.sites.contains(&session.site).then_some(session.site);
                let site = there.or_else(|| site_of(ground, child.id, other.id));
                let Some(site) = site.filter(|_| !has) else {
                    continue;
                };
                let session = SessionKey {
                    activity: brought,
                    site,
                    date: sent.date,
                };
                let formula = only_formula(child.id, other, session, ground, now);
                found.brings.push(fresh(session, CartKind::Add, formula));
            }
            Ok(found)
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
