//! What families asked for and wait for.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use shared::booking::{Asked, GroupName, Sentence, SessionKey, Wanted, WishKind, WishState, judge, sentence};
use shared::ids::{ActivityId, ChildId, FormulaId, HouseholdId, ReservationId, SiteId, WishId};
use shared::money::Cents;
use shared::operation::{
    Actor, Capability, Entrance, Outcome, PlaceOffer, Priced, Refusal, ReservationLine, Why,
};
use shared::time::UtcMs;
use shared::words::{Locale, Words, day};

use super::groups::today;
use super::stood::Stood;
use super::{Agreed, Done, write};
use crate::corridor::accounts;
use crate::corridor::bookings::{self, Line};
use crate::corridor::recovery::open;
use crate::corridor::{CorridorError, Effect, Stage, touch};
use crate::rules::carts::settings;
use crate::rules::groups::Groups;
use crate::rules::usual::Usual;
use crate::rules::{self, Children, Scope, offers};
use crate::store::{Row, StoreError};

/// Most wishes of one operation.
const MOST: usize = 2_000;
/// Longest answer, in characters.
const LONGEST: usize = 2_000;

/// A wish as it stands.
struct Wished {
    id: WishId,
    kind: WishKind,
    state: WishState,
    child: ChildId,
    activity: ActivityId,
    site: SiteId,
    date: NaiveDate,
    formula: Option<FormulaId>,
    group: Option<GroupName>,
    household: Option<HouseholdId>,
    about: Option<ReservationId>,
    offered_until: Option<UtcMs>,
    priced: Priced,
}

impl Wished {
    fn get(stage: &mut Stage<'_>, id: WishId) -> Result<Self, CorridorError> {
        let row = stage
            .tx
            .first(include_str!("../../record/wish/get.sql"), &[id.into()])?;
        let row = row.ok_or(Refusal::NotFound("cette demande"))?;
        let shape = |what: &str| StoreError::Shape(what.to_owned());
        let cents = |i| row.opt(i, Row::int).map(|found| found.map(Cents));
        Ok(Self {
            id,
            kind: WishKind::parse(&row.text(0)?).ok_or_else(|| shape("kind of wish"))?,
            state: WishState::parse(&row.text(1)?).ok_or_else(|| shape("state of a wish"))?,
            child: ChildId(row.uuid(2)?),
            activity: ActivityId(row.uuid(3)?),
            site: SiteId(row.uuid(4)?),
            date: row.date(5)?,
            formula: row.opt(6, Row::uuid)?.map(FormulaId),
            group: row.opt(7, Row::text)?,
            household: row.opt(8, Row::uuid)?.map(HouseholdId),
            about: row.opt(10, Row::uuid)?.map(ReservationId),
            offered_until: row.opt(12, Row::int)?.map(UtcMs),
            priced: Priced {
                base: cents(13)?,
                surcharge: cents(14)?.unwrap_or(Cents::ZERO),
                total: cents(15)?.unwrap_or(Cents::ZERO),
            },
        })
    }

    fn stands(&self) -> bool {
        matches!(self.state, WishState::Open | WishState::Offered)
    }
}

fn invalid(what: &str) -> CorridorError {
    Refusal::Invalid(what.to_owned()).into()
}

fn few(stage: &Stage<'_>, wishes: usize) -> Result<(), CorridorError> {
    if stage.live() && wishes > MOST {
        return Err(invalid(
            "Il y a trop de demandes\u{a0}: faites-le en plusieurs fois.",
        ));
    }
    Ok(())
}

fn done(changed: u32, already: u32) -> Effect {
    let outcome = Outcome::Reserved { changed, already };
    if changed == 0 {
        Effect::Nothing(outcome)
    } else {
        Effect::Changed(outcome)
    }
}

fn set(
    stage: &mut Stage<'_>,
    wish: WishId,
    state: WishState,
    words: Option<&str>,
) -> Result<(), CorridorError> {
    let params = [
        wish.into(),
        state.as_str().into(),
        stage.context.now.into(),
        words.map(str::to_owned).into(),
        stage.version().into(),
    ];
    let sql = include_str!("../../record/wish/set_state.sql");
    stage.tx.execute(sql, &params)?;
    Ok(())
}

/// One that was answered meanwhile is left as it was answered.
pub(super) fn decide(
    stage: &mut Stage<'_>,
    wishes: &[WishId],
    accepted: bool,
    words: Option<&str>,
    beyond: bool,
) -> Done {
    few(stage, wishes.len())?;
    if stage.live() && words.is_some_and(|words| words.chars().count() > LONGEST) {
        return Err(invalid("Ce texte est trop long : 2 000 caractères au plus."));
    }
    if accepted {
        open(stage, Capability::Reservation)?;
    }
    let (mut changed, mut already) = (0, 0);
    let mut days = BTreeSet::new();
    for id in wishes {
        let wish = Wished::get(stage, *id)?;
        if !wish.stands() {
            already += 1;
            continue;
        }
        if accepted {
            if wish.kind == WishKind::Cancel {
                undo(stage, &wish)?;
            } else {
                grant(stage, &wish, beyond)?;
            }
            days.insert((wish.site, wish.date));
        }
        let state = if accepted {
            WishState::Accepted
        } else {
            WishState::Refused
        };
        set(stage, *id, state, words)?;
        changed += 1;
    }
    for (site, date) in days {
        touch::day(stage, site, date)?;
    }
    Ok(done(changed, already))
}

/// The reservation is made under the id of the wish, at the price that was said; table and hours are the usual ones.
fn grant(stage: &mut Stage<'_>, wish: &Wished, beyond: bool) -> Result<(), CorridorError> {
    if stage.live() {
        may(stage, wish, beyond)?;
    }
    if let Some(replaced) = wish.about {
        let stood = Stood::get(stage, replaced)?;
        if stood.cancelled_at.is_none() {
            write::cancel(stage, replaced, Cents::ZERO, stood.paid())?;
            touch::day(stage, stood.site, stood.date)?;
        }
    }
    let rules = Groups::read(stage.tx, &BTreeSet::new())?;
    let due_at = rules.pay_until((wish.activity, wish.date), wish.priced.total, stage.context.now);
    let mut line = ReservationLine {
        id: ReservationId(wish.id.0),
        child: wish.child,
        activity: wish.activity,
        site: wish.site,
        date: wish.date,
        formula: wish.formula,
        group: wish.group.clone(),
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: wish.household,
    };
    Usual::read(&mut *stage.tx, &BTreeSet::from([wish.child]))?.complete(&mut line);
    let written = Line {
        line: &line,
        household: wish.household,
        group: wish.group.clone(),
        agreed: Some(Agreed {
            priced: wish.priced,
            due_at,
        }),
    };
    if bookings::put(stage, &written)? {
        write::fulfil(stage, &line)?;
    }
    Ok(())
}

/// What no yes of the town hall goes beyond, and a place unless it says so.
fn may(stage: &mut Stage<'_>, wish: &Wished, beyond: bool) -> Result<(), CorridorError> {
    let now = stage.context.now;
    let scope = Scope {
        household: wish.household,
        guardian: None,
        children: Children::Listed(vec![wish.child]),
        from: wish.date,
        until: wish.date,
        activities: Some(vec![wish.activity]),
        carts: None,
        now,
    };
    let ground = rules::ground(stage.tx, &scope)?;
    let wanted = Wanted::Add {
        child: wish.child,
        session: SessionKey {
            activity: wish.activity,
            site: wish.site,
            date: wish.date,
        },
        formula: wish.formula,
        replaces: wish.about,
        wish: Some(wish.id),
    };
    let asked = Asked {
        now,
        entrance: Entrance::Desk,
        beyond: true,
    };
    let judged = judge(&[wanted], &ground, asked).pop();
    let Some(judged) = judged else { return Ok(()) };
    let name = ground
        .children
        .get(&wish.child)
        .map(|child| child.first_name.as_str());
    let about = format!("{}, {}", name.unwrap_or("Cet enfant"), day(wish.date));
    match judged.sentence {
        // It stands by another way.
        Sentence::Refuse(reason) if reason.why == Why::Already => Ok(()),
        Sentence::Refuse(reason) => {
            let phone = settings(stage.tx)?.phone;
            let words = Words::of_desk(Locale::Fr);
            let why = sentence(&reason, &words, ground.zone, phone.as_deref());
            Err(invalid(&format!("{about}\u{a0}: {why}")))
        }
        _ if !beyond && judged.overruled.iter().any(|reason| reason.why == Why::Full) => {
            let said = "il ne reste plus de place. Dites que vous acceptez au-delà, ou refusez.";
            Err(invalid(&format!("{about}\u{a0}: {said}")))
        }
        _ => Ok(()),
    }
}

/// What was asked to be cancelled is, at what was said.
fn undo(stage: &mut Stage<'_>, wish: &Wished) -> Result<(), CorridorError> {
    let Some(reservation) = wish.about else {
        return Ok(());
    };
    let stood = Stood::get(stage, reservation)?;
    if stood.cancelled_at.is_some() {
        return Ok(());
    }
    let due = wish.priced.total;
    let credited = (stood.paid() - due).max(Cents::ZERO);
    write::cancel(stage, reservation, due, credited)
}

/// A guardian takes back what its own household asked.
pub(super) fn withdraw(stage: &mut Stage<'_>, wishes: &[WishId]) -> Done {
    few(stage, wishes.len())?;
    let household = match stage.operation.actor {
        Actor::Guardian(guardian) if stage.live() => {
            open(stage, Capability::Reservation)?;
            Some(accounts::standing(stage, guardian)?.household)
        }
        _ => None,
    };
    let (mut changed, mut already) = (0, 0);
    for id in wishes {
        let wish = Wished::get(stage, *id)?;
        if household.is_some() && wish.household != household {
            return Err(Refusal::NotFound("cette demande").into());
        }
        if !wish.stands() {
            already += 1;
            continue;
        }
        set(stage, *id, WishState::Withdrawn, None)?;
        changed += 1;
    }
    Ok(done(changed, already))
}

/// Where it is live, only places that are free go to whoever is first.
pub(super) fn offer(stage: &mut Stage<'_>, made: &[PlaceOffer]) -> Done {
    few(stage, made.len())?;
    if stage.live() {
        open(stage, Capability::Reservation)?;
        let today = today(stage)?;
        let may = offers::offers(stage.tx, stage.context.now, today, false)?;
        let may = offers::by_wish(&may);
        for offer in made {
            if may.get(&offer.wish).is_none_or(|latest| offer.until > *latest) {
                return Err(invalid(
                    "Cette place n’est plus libre, ou quelqu’un attend depuis plus longtemps.",
                ));
            }
        }
    }
    let (mut changed, mut already) = (0, 0);
    for offer in made {
        let wish = Wished::get(stage, offer.wish)?;
        if wish.state != WishState::Open || wish.kind != WishKind::Wait {
            already += 1;
            continue;
        }
        let params = [
            offer.wish.into(),
            offer.until.into(),
            stage.context.now.into(),
            stage.version().into(),
        ];
        let sql = include_str!("../../record/wish/offer.sql");
        stage.tx.execute(sql, &params)?;
        changed += 1;
    }
    Ok(done(changed, already))
}

/// An offer that may still be taken, and a wish of a day to come, stay.
pub(super) fn end(stage: &mut Stage<'_>, wishes: &[WishId]) -> Done {
    let today = today(stage)?;
    let (mut changed, mut already) = (0, 0);
    for id in wishes {
        let wish = Wished::get(stage, *id)?;
        let lapsed = wish.state == WishState::Offered
            && wish.offered_until.is_some_and(|until| until <= stage.context.now);
        if !wish.stands() || (stage.live() && !lapsed && wish.date >= today) {
            already += 1;
            continue;
        }
        set(stage, *id, WishState::Ended, None)?;
        changed += 1;
    }
    Ok(done(changed, already))
}
