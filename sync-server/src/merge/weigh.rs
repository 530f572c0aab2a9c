//! What is written of a lost operation, what of it is there already, and what a person has to settle.

use std::collections::{BTreeMap, BTreeSet};

use shared::codec::{Blob, decode, encode};
use shared::envelope::Envelope;
use shared::ids::{ReservationId, SettlementId};
use shared::operation::{
    Body, BookingRecord, Decision, Operation, ReservationLine, SettledDiscrepancy, TakenBack,
};
use shared::sign::PublicKey;
use shared::withdrawal::Withdrawal;

use super::facts::{self, Limit};
use super::history::{Asks, History, Item};
use super::judge::{CAME_AND_WENT, ToMake, Verdict, Why, cancel, make, thing};
use super::subjects::{Booking, Discrepancy, Subject, subjects};
use super::view::{Found, View};
use crate::store::{Read, StoreError};

/// What becomes of a lost operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Weighed {
    /// What is written of it.
    pub(super) write: Option<Written>,
    /// What is left of it for a person, encoded.
    pub(super) rest: Option<Vec<u8>>,
    /// Told, never merged.
    pub(super) listed: bool,
    /// Why it is not simply written.
    pub(super) why: Said,
}

/// What is written of a lost operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) body: Body,
    /// It is written under the id of the lost operation, as it was.
    pub(super) itself: bool,
}

/// Why, in words or yet to be put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Words(String),
    Why(Why),
}

impl Weighed {
    fn write(body: Body, itself: bool) -> Self {
        Self {
            write: Some(Written { body, itself }),
            rest: None,
            listed: false,
            why: Said::Words(String::new()),
        }
    }

    /// The id of the lost operation is taken by another part of it.
    pub(super) fn apart_if(mut self, apart: bool) -> Self {
        if let Some(written) = &mut self.write {
            written.itself &= !apart;
        }
        self
    }

    pub(super) fn there(why: impl Into<String>) -> Self {
        Self {
            write: None,
            rest: None,
            listed: false,
            why: Said::Words(why.into()),
        }
    }

    fn listed(why: impl Into<String>) -> Self {
        Self {
            listed: true,
            ..Self::there(why)
        }
    }

    pub(super) fn settle(rest: Vec<u8>, why: Why) -> Self {
        Self {
            write: None,
            rest: Some(rest),
            listed: false,
            why: Said::Why(why),
        }
    }
}

/// What lost operations are weighed against.
pub(super) struct Scales<'t> {
    pub(super) tx: &'t mut dyn Read,
    pub(super) history: &'t History,
    pub(super) view: &'t View,
    /// Subjects of which an older lost entry is open.
    pub(super) open: &'t BTreeSet<Subject>,
    pub(super) commune: &'t PublicKey,
    /// What earlier lines of the same operation write.
    made: BTreeMap<Booking, ReservationLine>,
    ended: BTreeSet<ReservationId>,
}

impl<'t> Scales<'t> {
    pub(super) fn new(
        tx: &'t mut dyn Read,
        history: &'t History,
        view: &'t View,
        open: &'t BTreeSet<Subject>,
        commune: &'t PublicKey,
    ) -> Self {
        Self {
            tx,
            history,
            view,
            open,
            commune,
            made: BTreeMap::new(),
            ended: BTreeSet::new(),
        }
    }

    /// Weighs the operation of an entry, `nth` of its history.
    pub(super) fn weigh(mut self, nth: usize, item: &Item) -> Result<Weighed, StoreError> {
        let (body, itself) = match &item.asks {
            Asks::Body(body) => (&**body, true),
            Asks::Instead(body) => (&**body, false),
            Asks::Nothing(why) => return Ok(Weighed::listed(why.clone())),
            Asks::Newer => {
                return Ok(Weighed::settle(item.raw.clone().unwrap_or_default(), Why::Newer));
            }
        };
        match body {
            Body::Reserve { lines } => {
                let pieces = self.each(lines, |scales, line| scales.reserve(nth, line))?;
                Ok(pieces.gathered(lines, itself, |lines| Body::Reserve { lines }))
            }
            Body::CancelReservations { reservations } => {
                let pieces = self.each(reservations, |scales, id| scales.cancel(*id))?;
                Ok(
                    pieces.gathered(reservations, itself, |reservations| Body::CancelReservations {
                        reservations,
                    }),
                )
            }
            Body::Book { booking } => {
                let pieces = self.each(&booking.lines, |scales, line| scales.booked(nth, line))?;
                Ok(pieces.gathered(&booking.lines, itself, |lines| Body::Book {
                    booking: BookingRecord {
                        lines,
                        ..booking.clone()
                    },
                }))
            }
            Body::TakeBackReservations { lines } => {
                let pieces = self.each(lines, |scales, line| scales.take_back(nth, line))?;
                Ok(pieces.gathered(lines, itself, |lines| Body::TakeBackReservations { lines }))
            }
            Body::SettleDiscrepancies { lines } => {
                let pieces = self.each(lines, |scales, line| scales.decide(nth, line))?;
                Ok(pieces.gathered(lines, itself, |lines| Body::SettleDiscrepancies { lines }))
            }
            Body::UndoSettlements { settlements, reason } => {
                let pieces = self.each(settlements, |scales, id| scales.undo(*id))?;
                Ok(
                    pieces.gathered(settlements, itself, |settlements| Body::UndoSettlements {
                        settlements,
                        reason: reason.clone(),
                    }),
                )
            }
            Body::ReceiveEnvelopes { device, envelopes } => {
                let ours: Vec<Blob> = envelopes.iter().filter(|one| self.signed(one)).cloned().collect();
                if ours.is_empty() {
                    return Ok(Weighed::listed("Ces listes ne sont pas signées par la commune."));
                }
                let whole = ours.len() == envelopes.len();
                let body = Body::ReceiveEnvelopes {
                    device: *device,
                    envelopes: ours,
                };
                Ok(Weighed::write(body, itself && whole))
            }
            Body::Withdraw { withdrawal } => self.withdraw(withdrawal, itself),
            Body::ReceiveMarks { .. } | Body::Quarantine { .. } => Ok(Weighed::write(body.clone(), itself)),
            other => self.whole(other, itself),
        }
    }

    fn signed(&self, envelope: &Blob) -> bool {
        decode::<Envelope>(&envelope.0).is_ok_and(|one| crate::sync::is_ours(&one, self.commune))
    }

    fn withdraw(&mut self, withdrawal: &Blob, itself: bool) -> Result<Weighed, StoreError> {
        let body = Body::Withdraw {
            withdrawal: withdrawal.clone(),
        };
        let read = decode::<Withdrawal>(&withdrawal.0).ok();
        let Some(read) = read.filter(|read| read.is_of(self.commune)) else {
            return Ok(Weighed::listed("Ce retrait n’est pas signé par la commune."));
        };
        if facts::is_withdrawn(self.tx, &read)? {
            return Ok(Weighed::there(""));
        }
        if facts::is_last_administrator(self.tx, &body)? {
            return Ok(Weighed::settle(encode(&body), Why::LastAdministrator));
        }
        Ok(Weighed::write(body, itself))
    }

    /// An operation that replaces the state of one thing.
    fn whole(&mut self, body: &Body, itself: bool) -> Result<Weighed, StoreError> {
        let mut names = Found {
            tx: self.tx,
            history: Some(self.history),
            failed: None,
        };
        let subjects = subjects(body, &mut names);
        names.done()?;
        let mut facts = facts::thing(self.tx, body)?;
        facts.touched = subjects.iter().filter_map(|one| self.view.touched(one)).max();
        facts.waits = subjects.iter().any(|one| self.open.contains(one));
        Ok(match thing(facts) {
            Verdict::Write => Weighed::write(body.clone(), itself),
            Verdict::There(why) => Weighed::there(why),
            Verdict::Settle(why) => Weighed::settle(encode(body), why),
        })
    }

    fn each<T>(
        &mut self,
        all: &[T],
        one: impl Fn(&mut Self, &T) -> Result<Piece<T>, StoreError>,
    ) -> Result<Pieces<T>, StoreError> {
        self.made.clear();
        self.ended.clear();
        let pieces = all.iter().map(|line| one(self, line)).collect::<Result<_, _>>()?;
        Ok(Pieces(pieces))
    }

    pub(super) fn waits(&self, subject: Subject) -> bool {
        self.open.contains(&subject)
    }

    pub(super) fn reserve(
        &mut self,
        nth: usize,
        line: &ReservationLine,
    ) -> Result<Piece<ReservationLine>, StoreError> {
        let verdict = self.judged(nth, line)?;
        if verdict == Verdict::Write {
            self.made.insert(Booking::of(line), line.clone());
        }
        Ok(Piece::of(line.clone(), verdict))
    }

    fn judged(&mut self, nth: usize, line: &ReservationLine) -> Result<Verdict, StoreError> {
        let booking = Booking::of(line);
        let standing = match self.made.get(&booking) {
            Some(made) => Some(facts::same_line(made, line)),
            None => facts::standing(self.tx, &booking)?
                .filter(|standing| !self.ended.contains(&standing.line.id))
                .map(|standing| facts::same_line(&standing.line, line)),
        };
        let full = match standing {
            Some(_) => None,
            None => self.full(line)?,
        };
        let facts = ToMake {
            missing: facts::missing(self.tx, line)?,
            ended: standing.is_none() && facts::reservation_exists(self.tx, line.id)?,
            standing,
            touched: self.view.touched(&Subject::Booking(booking)),
            waits: self.waits(Subject::Booking(booking)),
            full,
            ends: self.history.cancels_after(line.id, nth),
        };
        Ok(make(facts))
    }

    /// How many places there are, if as many are taken.
    fn full(&mut self, line: &ReservationLine) -> Result<Option<u32>, StoreError> {
        let limit = facts::limit(self.tx, line.activity)?;
        let here = |other: &&ReservationLine| {
            (other.activity, other.site, other.date) == (line.activity, line.site, line.date)
        };
        let coming: Vec<ReservationLine> = self.made.values().filter(here).cloned().collect();
        match limit {
            Limit::None => Ok(None),
            Limit::Places(places) => {
                let taken = facts::taken(self.tx, line.activity, line.site, line.date)?;
                Ok((taken + coming.len() as u64 >= u64::from(places)).then_some(places))
            }
            Limit::ByRules => facts::full_by_rules(self.tx, line, &coming),
        }
    }

    pub(super) fn cancel(&mut self, id: ReservationId) -> Result<Piece<ReservationId>, StoreError> {
        let (target, stands) = facts::to_cancel(self.tx, self.history, self.view, id)?;
        let booking = facts::booking_of(self.tx, self.history, id)?;
        let waits = booking.is_some_and(|booking| self.waits(Subject::Booking(booking)));
        let verdict = cancel(target, waits);
        let named = stands.unwrap_or(id);
        if verdict == Verdict::Write {
            self.ended.insert(named);
        }
        Ok(Piece {
            changed: named != id,
            // The corridor refuses a reservation that it never had.
            harmless: named == id && facts::reservation_exists(self.tx, id)?,
            ..Piece::of(named, verdict)
        })
    }

    fn take_back(&mut self, nth: usize, line: &TakenBack) -> Result<Piece<TakenBack>, StoreError> {
        let piece = self.taken_back(nth, line)?;
        if piece.verdict == Verdict::Write && !facts::is_proof_kept(self.tx, line)? {
            let missing = Why::Missing("la liste qui prouve cette réservation");
            return Ok(Piece::of(line.clone(), Verdict::Settle(missing)));
        }
        Ok(piece)
    }

    fn taken_back(&mut self, nth: usize, line: &TakenBack) -> Result<Piece<TakenBack>, StoreError> {
        Ok(match line {
            TakenBack::Made { line: made, proof } => {
                let piece = self.reserve(nth, made)?;
                piece.map(|line| TakenBack::Made { line, proof: *proof })
            }
            TakenBack::Cancelled { reservation, proof } => {
                let piece = self.cancel(*reservation)?;
                piece.map(|reservation| TakenBack::Cancelled {
                    reservation,
                    proof: *proof,
                })
            }
            TakenBack::Changed {
                reservation,
                line: made,
                proof,
            } => {
                let ended = self.cancel(*reservation)?;
                let begun = self.reserve(nth, made)?;
                let whole = |reservation| TakenBack::Changed {
                    reservation,
                    line: made.clone(),
                    proof: *proof,
                };
                match (ended.verdict, begun.verdict) {
                    (Verdict::Settle(why), _) | (_, Verdict::Settle(why)) => {
                        Piece::of(whole(ended.line), Verdict::Settle(why))
                    }
                    (Verdict::There(_), Verdict::There(why)) => {
                        Piece::of(line.clone(), Verdict::There(why)).changed()
                    }
                    (Verdict::There(_), Verdict::Write) => {
                        let made = TakenBack::Made {
                            line: made.clone(),
                            proof: *proof,
                        };
                        Piece::of(made, Verdict::Write).changed()
                    }
                    (Verdict::Write, Verdict::There(_)) => {
                        let ended = TakenBack::Cancelled {
                            reservation: ended.line,
                            proof: *proof,
                        };
                        Piece::of(ended, Verdict::Write).changed()
                    }
                    (Verdict::Write, Verdict::Write) => Piece {
                        changed: ended.changed,
                        ..Piece::of(whole(ended.line), Verdict::Write)
                    },
                }
            }
        })
    }

    fn decide(
        &mut self,
        nth: usize,
        line: &SettledDiscrepancy,
    ) -> Result<Piece<SettledDiscrepancy>, StoreError> {
        let discrepancy = Discrepancy::of(line);
        let subject = Subject::Discrepancy(discrepancy);
        let piece = |verdict| Piece::of(line.clone(), verdict);
        if let Some((id, decision)) = facts::settled(self.tx, &discrepancy)? {
            let same = id == line.id || decision == line.decision;
            return Ok(piece(if same {
                Verdict::There("")
            } else {
                Verdict::Settle(Why::OtherDecision)
            }));
        }
        if self.waits(subject) {
            return Ok(piece(Verdict::Settle(Why::Follows)));
        }
        if let Some(at) = self.view.touched(&subject) {
            return Ok(piece(Verdict::Settle(Why::Changed(at))));
        }
        if facts::is_settlement_known(self.tx, line.id)? {
            // It was decided so and taken back.
            return Ok(piece(Verdict::There("")).changed());
        }
        match (&line.decision, line.child) {
            (Decision::Reserve { line: made }, _) => {
                let verdict = match self.judged(nth, made)? {
                    // The decision itself is still new.
                    Verdict::There(why) if why != CAME_AND_WENT => Verdict::Write,
                    other => other,
                };
                if verdict == Verdict::Write {
                    self.made.insert(Booking::of(made), made.clone());
                }
                Ok(piece(verdict))
            }
            (Decision::Attach { child }, Some(unknown)) => {
                let attach = Body::AttachChild {
                    unknown,
                    child: *child,
                };
                let mut facts = facts::thing(self.tx, &attach)?;
                facts.touched = self.view.touched(&Subject::Unknown(unknown));
                facts.waits = self.waits(Subject::Unknown(unknown));
                Ok(piece(match thing(facts) {
                    Verdict::There(_) => Verdict::Write,
                    other => other,
                }))
            }
            _ => Ok(piece(Verdict::Write)),
        }
    }

    fn undo(&mut self, id: SettlementId) -> Result<Piece<SettlementId>, StoreError> {
        let verdict = match facts::undone(self.tx, id)? {
            _ if self.waits(Subject::Settlement(id)) => Verdict::Settle(Why::Follows),
            None => Verdict::Settle(Why::Missing("cette décision")),
            Some(true) => Verdict::There(""),
            Some(false) => Verdict::Write,
        };
        Ok(Piece::of(id, verdict))
    }
}

/// What becomes of one line of an operation.
pub(super) struct Piece<T> {
    pub(super) line: T,
    pub(super) verdict: Verdict,
    /// The line is not the one of the lost operation.
    changed: bool,
    /// Where it is there already, the corridor leaves it as it is.
    harmless: bool,
}

impl<T> Piece<T> {
    pub(super) fn of(line: T, verdict: Verdict) -> Self {
        Self {
            line,
            harmless: verdict == Verdict::There(""),
            verdict,
            changed: false,
        }
    }

    pub(super) fn changed(self) -> Self {
        Self {
            changed: true,
            harmless: false,
            ..self
        }
    }

    pub(super) fn map<U>(self, with: impl FnOnce(T) -> U) -> Piece<U> {
        Piece {
            line: with(self.line),
            verdict: self.verdict,
            changed: self.changed,
            harmless: self.harmless,
        }
    }
}

struct Pieces<T>(Vec<Piece<T>>);

impl<T: Clone> Pieces<T> {
    /// What is written of all, and what is left. Where all fits, or is there and left as it is, the
    /// operation is written as it was.
    fn gathered(self, all: &[T], itself: bool, body: impl Fn(Vec<T>) -> Body) -> Weighed {
        let as_it_was = self.0.iter().all(|piece| match piece.verdict {
            Verdict::Write => !piece.changed,
            Verdict::There(_) => piece.harmless,
            Verdict::Settle(_) => false,
        });
        let (mut write, mut rest, mut why, mut there) = (Vec::new(), Vec::new(), None, "");
        for piece in self.0 {
            match piece.verdict {
                Verdict::Write => write.push(piece.line),
                Verdict::There(words) if there.is_empty() => there = words,
                Verdict::There(_) => {}
                Verdict::Settle(first) => {
                    rest.push(piece.line);
                    why.get_or_insert(first);
                }
            }
        }
        let written = match write.is_empty() {
            true => None,
            false if as_it_was => Some(Written {
                body: body(all.to_vec()),
                itself,
            }),
            false => Some(Written {
                body: body(write),
                itself: false,
            }),
        };
        Weighed {
            write: written,
            rest: (!rest.is_empty()).then(|| encode(&body(rest))),
            listed: false,
            why: why.map_or_else(|| Said::Words(there.into()), Said::Why),
        }
    }
}

/// The operation by which a lost entry, or what fits of it, is written.
pub(super) fn written(item: &Item, written: &Written) -> Operation {
    let mut operation = item.operation(written.body.clone());
    if !written.itself {
        operation.id = super::part_id(item);
    }
    operation
}
