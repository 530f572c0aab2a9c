//! A lost history, read and checked: what each entry asks, and what its entries say of each other.

use std::collections::{BTreeMap, BTreeSet};

use shared::codec::Hash32;
use shared::ids::{BranchId, ReservationId};
use shared::journal::Header;
use shared::operation::{
    Ask, Body, Choice, Decided, Decision, Operation, ReservationLine, TakenBack, decode_body,
};
use shared::receipt::Position;

use super::Lost;
use super::subjects::{Booking, never_merged};

/// A position as a key.
pub(super) type Place = (BranchId, u64, Hash32);

/// The key of a position.
pub(super) fn place(at: &Position) -> Place {
    (at.branch, at.seq, at.hash)
}

/// One entry of a lost history.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Where it stood.
    pub(super) at: Position,
    /// What the chain hashed of it.
    pub(super) header: Header,
    /// Hash of the entry before.
    pub(super) previous: Hash32,
    /// Its encoded body, as it was.
    pub(super) raw: Option<Vec<u8>>,
    /// What it asks.
    pub(super) asks: Asks,
}

/// What an entry asks of whoever merges.
#[derive(Clone, Debug)]
pub(super) enum Asks {
    /// To be written.
    Body(Box<Body>),
    /// The same, but what is written is not the operation itself.
    Instead(Box<Body>),
    /// Nothing: it is told, with the reason in French.
    Nothing(String),
    /// It cannot be read by this program.
    Newer,
}

impl Item {
    /// The operation as it was made, with another body.
    pub(super) fn operation(&self, body: Body) -> Operation {
        Operation {
            id: self.header.operation,
            at: self.header.at,
            actor: self.header.actor,
            channel: self.header.channel,
            seen: self.header.seen,
            body,
        }
    }
}

/// A lost history.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Its entries, in order.
    pub(super) items: Vec<Item>,
    /// What is wrong with it, in French.
    pub(super) problems: Vec<String>,
    /// Where its branches begin, as far as that is known.
    pub(super) parents: Vec<Position>,
    places: BTreeSet<Place>,
    numbers: BTreeSet<(BranchId, u64)>,
    branches: BTreeSet<BranchId>,
    lines: BTreeMap<ReservationId, ReservationLine>,
    /// By reservation, the last item that cancels it.
    cancelled: BTreeMap<ReservationId, usize>,
}

impl History {
    /// Reads entries. One that is not what its hash says is left out and told.
    pub(super) fn of(lost: &Lost) -> Self {
        let mut history = Self {
            problems: lost.problems.clone(),
            parents: lost.births.iter().filter_map(|birth| birth.parent).collect(),
            ..Self::default()
        };
        let mut kept = BTreeMap::new();
        for (entry, claimed) in &lost.entries {
            let header = &entry.header;
            if entry.hash() != *claimed || !entry.keeps_its_word() {
                history.problems.push(format!(
                    "L’opération {} de la branche {} n’est pas celle que dit son empreinte : elle est laissée de côté.",
                    header.seq, header.branch
                ));
                continue;
            }
            let at = Position {
                branch: header.branch,
                seq: header.seq,
                hash: *claimed,
            };
            if !history.places.insert(place(&at)) {
                continue;
            }
            history.numbers.insert((at.branch, at.seq));
            history.branches.insert(at.branch);
            let asks = asks(entry.body.as_deref(), &mut kept);
            history.note(&asks);
            history.items.push(Item {
                at,
                header: header.clone(),
                previous: entry.previous,
                raw: entry.body.clone(),
                asks,
            });
        }
        history
    }

    fn note(&mut self, asks: &Asks) {
        let (Asks::Body(body) | Asks::Instead(body)) = asks else {
            return;
        };
        let nth = self.items.len();
        let made = |line: &ReservationLine| (line.id, line.clone());
        match &**body {
            Body::Reserve { lines } => self.lines.extend(lines.iter().map(made)),
            Body::CancelReservations { reservations } => {
                self.cancelled.extend(reservations.iter().map(|id| (*id, nth)));
            }
            Body::Book { booking } => {
                for line in &booking.lines {
                    match (&line.ask, &line.decided) {
                        (Ask::Add { line, replaces, .. }, Decided::Booked { .. }) => {
                            self.lines.extend([made(line)]);
                            self.cancelled.extend(replaces.map(|id| (id, nth)));
                        }
                        (Ask::Cancel { reservation }, Decided::Cancelled { .. }) => {
                            self.cancelled.insert(*reservation, nth);
                        }
                        _ => {}
                    }
                }
            }
            Body::TakeBackReservations { lines } => {
                for line in lines {
                    match line {
                        TakenBack::Made { line, .. } => self.lines.extend([made(line)]),
                        TakenBack::Cancelled { reservation, .. } => {
                            self.cancelled.insert(*reservation, nth);
                        }
                        TakenBack::Changed {
                            reservation, line, ..
                        } => {
                            self.cancelled.insert(*reservation, nth);
                            self.lines.extend([made(line)]);
                        }
                    }
                }
            }
            Body::SettleDiscrepancies { lines } => {
                for line in lines {
                    if let Decision::Reserve { line } = &line.decision {
                        self.lines.extend([made(line)]);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether a merged entry of the live journal comes from this very history. One in a hole of it does.
    pub(super) fn holds(&self, origin: &Position) -> bool {
        self.places.contains(&place(origin))
            || self.branches.contains(&origin.branch) && !self.numbers.contains(&(origin.branch, origin.seq))
    }

    /// Its branches.
    pub(super) fn branches(&self) -> impl Iterator<Item = BranchId> + '_ {
        self.branches.iter().copied()
    }

    /// A reservation that it makes.
    pub(super) fn line(&self, id: ReservationId) -> Option<&ReservationLine> {
        self.lines.get(&id)
    }

    /// What a reservation that it makes is of.
    pub(super) fn booking(&self, id: ReservationId) -> Option<Booking> {
        self.line(id).map(Booking::of)
    }

    /// Whether a later entry of it cancels this reservation.
    pub(super) fn cancels_after(&self, id: ReservationId, nth: usize) -> bool {
        self.cancelled.get(&id).is_some_and(|at| *at > nth)
    }
}

fn asks(raw: Option<&[u8]>, kept: &mut BTreeMap<Place, Vec<u8>>) -> Asks {
    let Some(raw) = raw else {
        return Asks::Nothing("Son contenu a été effacé.".into());
    };
    let Ok(body) = decode_body(raw) else {
        return Asks::Newer;
    };
    match &body {
        Body::NoteLost { lost } => {
            for entry in lost {
                kept.extend(entry.body.as_ref().map(|body| (place(&entry.at), body.0.clone())));
            }
        }
        // What somebody took there is as if they had done it themselves.
        Body::SettleLost { lost, choice, .. } => {
            let taken = kept.get(&place(lost)).filter(|_| *choice == Choice::Take);
            return match taken.map(|raw| decode_body(raw)) {
                Some(Ok(body)) => Asks::Instead(Box::new(body)),
                _ => Asks::Nothing("Une décision prise sur le serveur perdu pour une fusion d’alors.".into()),
            };
        }
        // The link it was set with was given out by the lost server.
        Body::SetAgentPassword {
            agent,
            phc,
            token: Some(_),
        } => {
            return Asks::Instead(Box::new(Body::SetAgentPassword {
                agent: *agent,
                phc: phc.clone(),
                token: None,
            }));
        }
        Body::SetGuardianLogin {
            guardian,
            login,
            phc,
            token: Some(_),
        } => {
            return Asks::Instead(Box::new(Body::SetGuardianLogin {
                guardian: *guardian,
                login: login.clone(),
                phc: phc.clone(),
                token: None,
            }));
        }
        _ => {}
    }
    match never_merged(&body) {
        Some(why) => Asks::Nothing(why.into()),
        None => Asks::Body(Box::new(body)),
    }
}
