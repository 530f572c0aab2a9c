//! What a wish comes to by itself, before the others are looked at.

use super::super::ground::{ChildFacts, SessionKey, Standing, WishKind, WishState};
use super::basis::{at_another_school, child_of, closed, offered, over};
use super::checks::Checks;
use super::conditions::{group_of, unmet};
use super::cost::{base, due, priced};
use super::index::Index;
use super::timing::{Time, timed, window};
use super::{Reason, Sentence};
use crate::ids::{ChildId, FormulaId, ReservationId};
use crate::money::Cents;
use crate::operation::{Cost, Payment, Priced, RuleSetRecord, Verdict, Why};
use crate::time::UtcMs;

/// A reservation that is wanted.
#[derive(Clone, Copy)]
pub(super) struct Wish {
    pub(super) child: ChildId,
    pub(super) session: SessionKey,
    pub(super) formula: Option<FormulaId>,
    pub(super) replaces: Option<ReservationId>,
}

/// What a wish for a reservation comes to by itself.
pub(super) struct Add<'g> {
    pub(super) wish: Wish,
    pub(super) child: Option<&'g ChildFacts>,
    pub(super) set: Option<&'g RuleSetRecord>,
    pub(super) group: Option<&'g str>,
    /// Whether there is anything to book; then deadlines and conditions. What stands already is asked in between.
    pub(super) offered: Result<(), Reason>,
    pub(super) overruled: Vec<Reason>,
    pub(super) terms: Result<Terms, Reason>,
    pub(super) overruled_terms: Vec<Reason>,
    pub(super) until: Option<UtcMs>,
    pub(super) rule: Option<String>,
}

/// On what terms something may be booked.
pub(super) struct Terms {
    pub(super) priced: Priced,
    pub(super) due_at: Option<UtcMs>,
    /// Why the town hall decides, where it does.
    pub(super) request: Option<Reason>,
}

/// What a cancellation comes to by itself.
pub(super) struct Undo<'g> {
    pub(super) standing: Option<&'g Standing>,
    pub(super) sentence: Result<Sentence, Reason>,
    /// It is cancelled though it is late: the deadline that passed.
    pub(super) late: Option<Reason>,
    pub(super) overruled: Vec<Reason>,
    pub(super) until: Option<UtcMs>,
    pub(super) rule: Option<String>,
}

/// A reservation, by itself.
pub(super) fn add<'g>(index: &Index<'g>, wish: Wish) -> Add<'g> {
    let session = wish.session;
    let mut checks = Checks::new(index.asked.beyond);
    let mut line = Add {
        wish,
        child: None,
        set: index.set(session.activity, session.date),
        group: None,
        offered: Ok(()),
        overruled: Vec::new(),
        terms: Err(Reason::of(Why::NotOffered)),
        overruled_terms: Vec::new(),
        until: None,
        rule: None,
    };
    let found = something_to_book(index, &wish, &mut checks);
    line.overruled = checks.overruled;
    match found {
        Ok(child) => line.child = Some(child),
        Err(reason) => {
            line.offered = Err(reason);
            return line;
        }
    }
    let (Some(child), Some(set)) = (line.child, line.set) else {
        // The desk books what has no rules as it always did.
        line.terms = Ok(Terms {
            priced: Priced::default(),
            due_at: None,
            request: None,
        });
        return line;
    };
    line.group = group_of(child, set, session.date);
    let mut checks = Checks::new(index.asked.beyond);
    line.terms = terms(index, set, child, &mut line, &mut checks);
    line.overruled_terms = checks.overruled;
    line
}

fn something_to_book<'g>(
    index: &Index<'g>,
    wish: &Wish,
    checks: &mut Checks,
) -> Result<&'g ChildFacts, Reason> {
    let session = &wish.session;
    let child = child_of(index, wish.child, session, None, checks)?;
    if child.left_on.is_some_and(|left| session.date >= left) {
        return Err(Reason {
            date: child.left_on,
            ..Reason::of(Why::Left)
        });
    }
    if let Some(past) = over(index, child, session) {
        checks.soft(past)?;
    }
    offered(index, child, session, wish.formula, checks)?;
    // Whoever has a place there already may take it in another formula.
    let replaced = wish.replaces.and_then(|id| index.standing(id));
    let stays = replaced.is_some_and(|one| one.session.site == session.site);
    if !stays && at_another_school(index, child, session) {
        return Err(Reason {
            date: Some(session.date),
            ..Reason::of(Why::NotOffered)
        });
    }
    Ok(child)
}

fn terms(
    index: &Index<'_>,
    set: &RuleSetRecord,
    child: &ChildFacts,
    line: &mut Add<'_>,
    checks: &mut Checks,
) -> Result<Terms, Reason> {
    let (session, formula) = (line.wish.session, line.wish.formula);
    let timed = timed(index, &set.add, child, &session, formula);
    line.until = timed.until;
    match window(index, set, child, &session) {
        Ok(closes) => line.until = [line.until, closes].into_iter().flatten().min(),
        Err(reason) => checks.soft(reason)?,
    }
    let mut request = None;
    let mut costs = Vec::new();
    let mut late = Cost::Free;
    line.rule.clone_from(&timed.words);
    match timed.is {
        Time::In => {}
        Time::Late(way, reason) => {
            late = way.cost;
            if way.verdict == Verdict::Request {
                if index.asked.beyond && !timed.strict {
                    checks.soft(reason)?;
                } else {
                    request = Some(reason);
                }
            }
        }
        Time::Over(reason) => checks.unless_strict(timed.strict, reason)?,
    }
    for unmet in unmet(index, set, child, &session) {
        match unmet.way {
            None => checks.soft(unmet.reason)?,
            Some(way) => {
                costs.push(way.cost);
                if way.verdict == Verdict::Request {
                    if index.asked.beyond {
                        checks.soft(unmet.reason)?;
                    } else {
                        request = request.or(Some(unmet.reason));
                    }
                }
            }
        }
    }
    costs.push(late);
    let priced = priced(base(set, child, &session, formula, index.ground), &costs);
    let due_at = match set.payment {
        Payment::AtBooking { within_minutes, .. } if priced.total > Cents::ZERO => {
            Some(index.asked.now.plus_ms(i64::from(within_minutes) * 60_000))
        }
        Payment::AtBooking { .. } | Payment::Billed => None,
    };
    Ok(Terms {
        priced,
        due_at,
        request,
    })
}

/// A cancellation, by itself.
pub(super) fn cancel<'g>(index: &Index<'g>, reservation: ReservationId) -> Undo<'g> {
    let standing = index.standing(reservation);
    let mut checks = Checks::new(index.asked.beyond);
    let mut undo = Undo {
        standing,
        sentence: Err(Reason::of(Why::Already)),
        late: None,
        overruled: Vec::new(),
        until: None,
        rule: None,
    };
    if let Some(standing) = standing {
        undo.sentence = undone(index, standing, &mut undo, &mut checks);
        undo.overruled = checks.overruled;
    }
    undo
}

fn undone(
    index: &Index<'_>,
    standing: &Standing,
    undo: &mut Undo<'_>,
    checks: &mut Checks,
) -> Result<Sentence, Reason> {
    let session = standing.session;
    let child = child_of(index, standing.child, &session, standing.household, checks)?;
    let free = Sentence::Cancel {
        due: Cents::ZERO,
        credited: paid(standing),
        excused_within_days: None,
    };
    if let Some(past) = over(index, child, &session) {
        checks.soft(past)?;
        return Ok(free);
    }
    let Some(set) = index.set(session.activity, session.date) else {
        if index.on_line() {
            return Err(Reason {
                name: index.name(session.activity),
                ..Reason::of(Why::NotOnLine)
            });
        }
        return Ok(free);
    };
    // Nobody pays for what does not take place.
    if closed(index, child, &session, Some(set)).is_some() {
        return Ok(free);
    }
    let timed = timed(index, &set.cancel, child, &session, standing.formula);
    undo.until = timed.until;
    undo.rule.clone_from(&timed.words);
    if is_final(set, standing) {
        undo.until = None;
        checks.soft(Reason::of(Why::Final))?;
        return Ok(free);
    }
    match timed.is {
        Time::In => Ok(cancelled(set, standing, Cost::Free, None)),
        Time::Late(way, reason) if way.verdict == Verdict::Request => {
            if index.asked.beyond && !timed.strict {
                checks.soft(reason)?;
                return Ok(cancelled(set, standing, way.cost, way.excused_within_days));
            }
            if is_asked(index, standing) {
                return Err(Reason::of(Why::Already));
            }
            Ok(Sentence::RequestCancel {
                due: due(standing.priced.as_ref(), way.cost),
                reason,
            })
        }
        Time::Late(way, reason) => {
            undo.late = Some(reason);
            Ok(cancelled(set, standing, way.cost, way.excused_within_days))
        }
        Time::Over(reason) => {
            checks.unless_strict(timed.strict, reason)?;
            Ok(free)
        }
    }
}

/// Bought for good: paid when it was booked, under rules that neither credit it nor say until when it may be cancelled.
fn is_final(set: &RuleSetRecord, standing: &Standing) -> bool {
    matches!(set.payment, Payment::AtBooking { credited: false, .. })
        && standing.paid
        && set.cancel.is_empty()
}

fn paid(standing: &Standing) -> Cents {
    let total = standing.priced.map_or(Cents::ZERO, |priced| priced.total);
    if standing.paid { total } else { Cents::ZERO }
}

fn cancelled(set: &RuleSetRecord, standing: &Standing, cost: Cost, excused: Option<u16>) -> Sentence {
    let paid = paid(standing);
    // What was bought and is not credited is lost.
    let lost = paid > Cents::ZERO && matches!(set.payment, Payment::AtBooking { credited: false, .. });
    let due = if lost {
        paid
    } else {
        due(standing.priced.as_ref(), cost)
    };
    Sentence::Cancel {
        due,
        credited: (paid - due).max(Cents::ZERO),
        excused_within_days: excused,
    }
}

fn is_asked(index: &Index<'_>, standing: &Standing) -> bool {
    index.wishes(standing.child, standing.session).iter().any(|wish| {
        wish.kind == WishKind::Cancel
            && wish.state == WishState::Open
            && wish.reservation.is_none_or(|one| one == standing.id)
    })
}
