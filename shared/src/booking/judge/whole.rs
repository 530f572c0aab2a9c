//! A cart as one whole: each line in the light of the others.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::super::ground::{ChildFacts, SessionKey, Standing, WishFacts, WishKind, WishState};
use super::checks::Checks;
use super::index::Index;
use super::limits::beyond_limit;
use super::line::{Add, Undo};
use super::links::{Missing, excluded_by, missing, needed_by};
use super::place::{Changes, Places, Room};
use super::{Judged, Reason, Sentence};
use crate::ids::{ActivityId, ChildId, ReservationId, WishId};
use crate::money::Cents;
use crate::operation::Why;

/// A wish with what it comes to by itself.
pub(super) enum Line<'g> {
    Add(Box<Add<'g>>),
    Cancel(Box<Undo<'g>>),
}

/// A reservation as it would stand after the lines so far.
#[derive(Clone, Copy)]
pub(super) struct Present {
    /// Which reservation, where it stood before.
    pub(super) id: Option<ReservationId>,
    pub(super) session: SessionKey,
    /// It is booked; otherwise asked or waited for.
    pub(super) booked: bool,
}

/// What stands after the lines so far.
pub(super) struct Whole<'i, 'g> {
    pub(super) index: &'i Index<'g>,
    cancelled: BTreeSet<ReservationId>,
    /// Of which the town hall is asked whether they are cancelled.
    pub(super) leaving: BTreeSet<ReservationId>,
    added: BTreeMap<(ChildId, NaiveDate), Vec<Present>>,
    changes: Changes,
}

/// Judges all lines; those that are `forced` are refused whatever else is said.
pub(super) fn run<'g>(index: &Index<'g>, lines: &[Line<'g>]) -> Vec<Judged> {
    let mut forced: BTreeMap<usize, Reason> = BTreeMap::new();
    loop {
        let (mut judged, whole) = once(index, lines, &forced);
        let unmet = whole.unmet(lines, &judged);
        if index.asked.beyond {
            for (at, reason) in unmet {
                judged[at].overruled.push(reason);
            }
            return judged;
        }
        if unmet.is_empty() {
            return judged;
        }
        forced.extend(unmet);
    }
}

/// Judges one line, whatever goes with it.
pub(super) fn alone<'g>(index: &Index<'g>, line: Line<'g>) -> Judged {
    let (mut judged, _) = once(index, std::slice::from_ref(&line), &BTreeMap::new());
    judged.swap_remove(0)
}

fn once<'i, 'g>(
    index: &'i Index<'g>,
    lines: &[Line<'g>],
    forced: &BTreeMap<usize, Reason>,
) -> (Vec<Judged>, Whole<'i, 'g>) {
    let mut whole = Whole {
        index,
        cancelled: BTreeSet::new(),
        leaving: BTreeSet::new(),
        added: BTreeMap::new(),
        changes: Changes::default(),
    };
    let mut judged: Vec<Judged> = lines.iter().map(|_| refused(Reason::of(Why::Already))).collect();
    // Places that are given back count for what is booked, wherever they stand in the cart.
    for (at, line) in lines.iter().enumerate() {
        if let Line::Cancel(undo) = line {
            judged[at] = whole.cancel(undo, forced.get(&at));
        }
    }
    for (at, line) in lines.iter().enumerate() {
        if let Line::Add(add) = line {
            judged[at] = whole.add(add, forced.get(&at));
        }
    }
    (judged, whole)
}

fn refused(reason: Reason) -> Judged {
    Judged {
        rule: reason.words.clone(),
        sentence: Sentence::Refuse(reason),
        until: None,
        group: None,
        overruled: Vec::new(),
    }
}

impl<'g> Whole<'_, 'g> {
    fn cancel(&mut self, undo: &Undo<'g>, forced: Option<&Reason>) -> Judged {
        let gone = undo.standing.is_none_or(|one| self.cancelled.contains(&one.id));
        let refusal = match (&undo.sentence, forced) {
            _ if gone => Some(Reason::of(Why::Already)),
            (Err(reason), _) => Some(reason.clone()),
            (Ok(_), forced) => forced.cloned(),
        };
        if let Some(reason) = refusal {
            return Judged {
                until: undo.until,
                ..refused(reason)
            };
        }
        match (&undo.sentence, undo.standing) {
            (Ok(Sentence::Cancel { .. }), Some(standing)) => self.give_back(standing),
            (Ok(Sentence::RequestCancel { .. }), Some(standing)) => {
                self.leaving.insert(standing.id);
            }
            _ => {}
        }
        Judged {
            sentence: undo.sentence.clone().unwrap_or_else(Sentence::Refuse),
            until: undo.until,
            rule: undo.rule.clone(),
            group: undo.standing.and_then(|one| one.group.clone()),
            overruled: undo.overruled.clone(),
        }
    }

    fn give_back(&mut self, standing: &Standing) {
        self.cancelled.insert(standing.id);
        let child = self.index.ground.children.get(&standing.child);
        let left = child.and_then(|child| child.left_on);
        // Nobody counts a place of whoever has left.
        if left.is_none_or(|left| standing.session.date < left) {
            self.changes.take(standing.session, standing.group.as_deref(), -1);
        }
    }

    fn add(&mut self, line: &Add<'g>, forced: Option<&Reason>) -> Judged {
        let mut checks = Checks::new(self.index.asked.beyond);
        checks.overruled.clone_from(&line.overruled);
        let sentence = match forced {
            Some(reason) => Err(reason.clone()),
            None => self.judge_add(line, &mut checks),
        };
        let sentence = match sentence {
            Ok(sentence) => sentence,
            Err(reason) => {
                return Judged {
                    until: line.until,
                    ..refused(reason)
                };
            }
        };
        let wish = &line.wish;
        let booked = matches!(sentence, Sentence::Book { .. });
        match &sentence {
            Sentence::Book { .. } => self.changes.take(wish.session, line.group, 1),
            Sentence::Wait { .. } => *self.changes.waits.entry(wish.session).or_default() += 1,
            _ => {}
        }
        let of_day = self.added.entry((wish.child, wish.session.date)).or_default();
        of_day.push(Present {
            id: None,
            session: wish.session,
            booked,
        });
        Judged {
            sentence,
            until: line.until,
            rule: line.rule.clone(),
            group: line.group.map(ToOwned::to_owned),
            overruled: checks.overruled,
        }
    }

    fn judge_add(&mut self, line: &Add<'g>, checks: &mut Checks) -> Result<Sentence, Reason> {
        line.offered.clone()?;
        let Some(child) = line.child else {
            return Err(Reason::of(Why::NotYours));
        };
        let gives_way = self.gives_way(line, checks)?;
        self.stands_already(line, gives_way)?;
        let terms = line.terms.as_ref().map_err(Clone::clone)?;
        checks.overrule(line.overruled_terms.iter().cloned());
        let without = gives_way.map(|one| one.id);
        if let Some(excluded) = excluded_by(self, line, without) {
            checks.soft(excluded)?;
        }
        if let Some(limit) = beyond_limit(self, line, without) {
            checks.soft(limit)?;
        }
        let full = self.full(line, child, gives_way);
        if let Some(places) = full {
            let reason = Reason {
                number: Some(places.into()),
                date: Some(line.wish.session.date),
                ..Reason::of(Why::Full)
            };
            let rank = if self.index.asked.beyond {
                None
            } else {
                self.would_wait(line, child, gives_way)?
            };
            if let Some(rank) = rank {
                return Ok(Sentence::Wait {
                    priced: terms.priced,
                    rank,
                });
            }
            checks.soft(reason)?;
        }
        if let Some(reason) = &terms.request {
            if self.own(line, WishKind::Add, WishState::Open).is_some() {
                return Err(Reason::of(Why::Already));
            }
            return Ok(Sentence::Request {
                priced: terms.priced,
                reason: reason.clone(),
            });
        }
        if let Some(one) = gives_way {
            self.give_back(one);
        }
        if let Some(offer) = self.own(line, WishKind::Wait, WishState::Offered) {
            self.changes.taken_up.insert(offer.id);
        }
        Ok(Sentence::Book {
            priced: terms.priced,
            due_at: terms.due_at,
        })
    }

    /// The reservation that gives way: it must be one that may be cancelled and costs nothing then.
    fn gives_way(&self, line: &Add<'g>, checks: &mut Checks) -> Result<Option<&'g Standing>, Reason> {
        let Some(id) = line.wish.replaces else {
            return Ok(None);
        };
        let found = self.index.standing(id).filter(|one| {
            one.child == line.wish.child
                && one.session.activity == line.wish.session.activity
                && one.session.date == line.wish.session.date
                && !self.cancelled.contains(&one.id)
        });
        let Some(standing) = found else {
            return Err(Reason::of(Why::Already));
        };
        let undo = super::line::cancel(self.index, id);
        match undo.sentence {
            Ok(Sentence::Cancel { due: Cents::ZERO, .. }) => checks.overrule(undo.overruled),
            Ok(Sentence::Cancel { .. }) => checks.soft(undo.late.unwrap_or(Reason::of(Why::Final)))?,
            Ok(Sentence::RequestCancel { reason, .. }) => checks.soft(reason)?,
            Ok(_) => {}
            Err(reason) => return Err(reason),
        }
        Ok(Some(standing))
    }

    fn stands_already(&self, line: &Add<'g>, gives_way: Option<&Standing>) -> Result<(), Reason> {
        let wish = &line.wish;
        let already = Reason {
            date: Some(wish.session.date),
            ..Reason::of(Why::Already)
        };
        if gives_way.is_some_and(|one| one.session == wish.session && one.formula == wish.formula) {
            return Err(already);
        }
        let other = self
            .present(wish.child, wish.session.date, gives_way.map(|one| one.id))
            .find(|one| one.session.activity == wish.session.activity);
        match other {
            None => Ok(()),
            Some(other) if other.session.site == wish.session.site => Err(already),
            Some(other) => {
                let site = self.index.ground.sites.get(&other.session.site);
                Err(Reason {
                    date: Some(wish.session.date),
                    name: site.map(|site| site.name.clone()),
                    ..Reason::of(Why::Elsewhere)
                })
            }
        }
    }

    /// How many places there are, where none is left for a line.
    fn full(&self, line: &Add<'g>, child: &ChildFacts, gives_way: Option<&Standing>) -> Option<u32> {
        let places = self.places(line, child);
        let offer = self
            .own(line, WishKind::Wait, WishState::Offered)
            .and_then(|wish| places.offer(wish.id));
        // Whoever has a place of this session in another formula, or is offered one, keeps it; a place in another group
        // is another place.
        let kept_in = gives_way
            .filter(|one| one.session == line.wish.session)
            .map(|one| one.group.as_deref())
            .or_else(|| offer.map(|one| one.group.as_deref()));
        let room = match (kept_in, line.group) {
            (Some(kept), now) if kept == now || now.is_none() => Room::Some,
            (Some(_), Some(now)) => places.group_has(now),
            _ => {
                let own = self
                    .own(line, WishKind::Wait, WishState::Open)
                    .map(|wish| wish.id);
                places.room(line.group, own)
            }
        };
        match room {
            Room::Some => None,
            Room::None(of) => Some(of),
        }
    }

    fn places<'a>(&'a self, line: &'a Add<'g>, child: &'a ChildFacts) -> Places<'a> {
        Places::of(
            line,
            child,
            self.index.ground,
            &self.changes,
            self.index.asked.now,
        )
    }

    /// As the how many-th a line would wait, where that is possible.
    fn would_wait(
        &self,
        line: &Add<'g>,
        child: &ChildFacts,
        gives_way: Option<&Standing>,
    ) -> Result<Option<u32>, Reason> {
        let Some(waiting) = line
            .set
            .and_then(|set| set.waiting)
            .filter(|_| gives_way.is_none())
        else {
            return Ok(None);
        };
        let places = self.places(line, child);
        if let Some(wish) = self.own(line, WishKind::Wait, WishState::Open) {
            return Err(Reason {
                number: waits_as(self.index, line.wish.session, wish.id).map(i64::from),
                ..Reason::of(Why::Already)
            });
        }
        let before = places.queue_len();
        let full = waiting.most.is_some_and(|most| before >= most);
        Ok((!full).then_some(before.saturating_add(1)))
    }

    fn own(&self, line: &Add<'_>, kind: WishKind, state: WishState) -> Option<&'g WishFacts> {
        let wish = &line.wish;
        let now = self.index.asked.now;
        let mut all = self.index.wishes(wish.child, wish.session).iter().copied();
        all.find(|one| {
            one.kind == kind
                && one.state == state
                && (state != WishState::Offered || one.offered_until.is_some_and(|until| until > now))
        })
    }

    /// What a child has on a day after the lines so far.
    pub(super) fn present(
        &self,
        child: ChildId,
        date: NaiveDate,
        without: Option<ReservationId>,
    ) -> impl Iterator<Item = Present> + '_ {
        let standing = self
            .index
            .standing_on(child, date)
            .iter()
            .filter(move |one| Some(one.id) != without && !self.cancelled.contains(&one.id))
            .map(|one| Present {
                id: Some(one.id),
                session: one.session,
                booked: true,
            });
        let added = self.added.get(&(child, date));
        standing.chain(added.map_or(&[][..], Vec::as_slice).iter().copied())
    }

    /// How many reservations of some activities a child has between two days after the lines so far.
    pub(super) fn count(
        &self,
        child: ChildId,
        days: (NaiveDate, NaiveDate),
        without: Option<ReservationId>,
        of: &[ActivityId],
    ) -> usize {
        let standing = self
            .index
            .standing_between(child, days)
            .filter(|one| Some(one.id) != without && !self.cancelled.contains(&one.id))
            .filter(|one| of.contains(&one.session.activity))
            .count();
        let added = self
            .added
            .range((child, days.0)..=(child, days.1))
            .flat_map(|(_, of_day)| of_day)
            .filter(|one| one.booked && of.contains(&one.session.activity))
            .count();
        standing + added
    }

    /// Lines that lack what they go with.
    fn unmet(&self, lines: &[Line<'g>], judged: &[Judged]) -> BTreeMap<usize, Reason> {
        let mut all = BTreeMap::new();
        for (at, (line, judged)) in lines.iter().zip(judged).enumerate() {
            let reason = match (line, &judged.sentence) {
                (_, Sentence::Refuse(_)) => None,
                (Line::Add(add), sentence) => {
                    let booked = matches!(sentence, Sentence::Book { .. });
                    let asked = |other: ActivityId| {
                        lines.iter().any(|line| match line {
                            Line::Add(one) => {
                                one.wish.child == add.wish.child
                                    && one.wish.session.date == add.wish.session.date
                                    && one.wish.session.activity == other
                            }
                            Line::Cancel(_) => false,
                        })
                    };
                    missing(self, add, booked).map(|missing| match missing {
                        Missing::Needs(other) if !asked(other) => (Why::Needs, other),
                        Missing::Needs(other) | Missing::Brings(other) => (Why::With, other),
                    })
                }
                (Line::Cancel(undo), _) => undo
                    .standing
                    .and_then(|standing| needed_by(self, standing))
                    .map(|other| (Why::Needs, other)),
            };
            if let Some((why, other)) = reason {
                all.insert(
                    at,
                    Reason {
                        name: self.index.name(other),
                        ..Reason::of(why)
                    },
                );
            }
        }
        all
    }
}

/// As the how many-th a wish waits for a session, from 1; `None` where it does not, as a place is offered.
pub(super) fn waits_as(index: &Index<'_>, session: SessionKey, wish: WishId) -> Option<u32> {
    let queue = index.ground.queues.get(&session)?;
    let mut waiting = queue.iter().filter(|one| one.offered_until.is_none());
    let before = waiting.position(|one| one.wish == wish)?;
    u32::try_from(before + 1).ok()
}
