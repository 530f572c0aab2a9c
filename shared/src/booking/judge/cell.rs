//! What a square of the grid says of a child and a session.

use super::super::ground::{Ground, SessionKey, Standing, WishFacts, WishKind, WishState};
use super::basis::closed;
use super::index::Index;
use super::line::{self, Wish};
use super::whole::{Line, alone, waits_as};
use super::{Asked, Judged, Reason, Sentence};
use crate::ids::{ChildId, FormulaId, ReservationId, SiteId, WishId};
use crate::money::Cents;
use crate::operation::{Priced, Why};
use crate::time::UtcMs;

/// What a session is for a child, before its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// It can be booked.
    Bookable {
        /// In these formulas; one without a formula where there are none to choose from.
        choices: Vec<Choice>,
        /// The deadline that comes next.
        until: Option<UtcMs>,
    },
    /// It is booked.
    Booked {
        /// Which reservation.
        reservation: ReservationId,
        /// How it is taken.
        formula: Option<FormulaId>,
        /// Until when it can be cancelled as follows.
        until: Option<UtcMs>,
        /// What a cancellation costs now.
        due: Cents,
        /// The town hall decides on a cancellation.
        decided: bool,
    },
    /// It is booked and cannot be cancelled.
    BookedFixed {
        /// Which reservation.
        reservation: ReservationId,
        /// How it is taken.
        formula: Option<FormulaId>,
        /// Why not.
        reason: Reason,
    },
    /// It cannot be booked.
    NotBookable {
        /// Why not.
        reason: Reason,
    },
    /// The town hall will decide whether it is booked.
    AddRequested {
        /// On which wish.
        wish: WishId,
        /// In which formula.
        formula: Option<FormulaId>,
    },
    /// It is booked, and the town hall will decide whether it is cancelled.
    CancelRequested {
        /// On which wish.
        wish: WishId,
        /// Which reservation.
        reservation: ReservationId,
        /// How it is taken.
        formula: Option<FormulaId>,
    },
    /// The town hall said no, and it cannot be booked otherwise.
    Refused {
        /// To which wish.
        wish: WishId,
        /// What the family was told.
        words: Option<String>,
    },
    /// It waits for a place.
    Waiting {
        /// Under which wish.
        wish: WishId,
        /// In which formula.
        formula: Option<FormulaId>,
        /// As the how many-th; none where a place is offered.
        rank: Option<u32>,
        /// Until when an offered place is kept.
        offered_until: Option<UtcMs>,
    },
    /// No place is left, and one may wait.
    WaitPossible {
        /// In these formulas.
        choices: Vec<Choice>,
        /// As the how many-th.
        rank: u32,
        /// The deadline that comes next.
        until: Option<UtcMs>,
    },
    /// Nothing takes place; what is booked rests.
    Closed {
        /// Why: a name or words, and the day.
        reason: Reason,
        /// The reservation that rests.
        reservation: Option<ReservationId>,
    },
    /// It is booked at another site.
    Elsewhere {
        /// Where.
        site: SiteId,
        /// Its name.
        name: Option<String>,
    },
    /// The other household booked it.
    OtherHousehold {
        /// Which reservation.
        reservation: ReservationId,
        /// How it is taken.
        formula: Option<FormulaId>,
    },
}

/// A way to book a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// In which formula.
    pub formula: Option<FormulaId>,
    /// At what price.
    pub priced: Priced,
    /// The town hall decides, for this reason.
    pub request: Option<Reason>,
}

/// A whole grid: cells of one ground at one instant.
pub struct Cells<'g> {
    index: Index<'g>,
}

impl<'g> Cells<'g> {
    /// Makes ready to ask for many.
    pub fn new(ground: &'g Ground, asked: Asked) -> Self {
        Self {
            index: Index::new(ground, asked),
        }
    }

    /// What a session is for a child.
    pub fn cell(&self, child: ChildId, session: SessionKey) -> Cell {
        let index = &self.index;
        let standing = index.standing_on(child, session.date).iter().copied();
        let mut of_activity = standing.filter(|one| one.session.activity == session.activity);
        if let Some(standing) = of_activity.next() {
            return self.booked(child, session, standing);
        }
        let facts = index.ground.children.get(&child);
        let set = index.set(session.activity, session.date);
        if let Some(reason) = facts.and_then(|facts| closed(index, facts, &session, set)) {
            return Cell::Closed {
                reason,
                reservation: None,
            };
        }
        let wishes = index.wishes(child, session);
        let is = |kind, state| move |one: &&&WishFacts| one.kind == kind && one.state == state;
        if let Some(wish) = wishes.iter().find(is(WishKind::Add, WishState::Open)) {
            return Cell::AddRequested {
                wish: wish.id,
                formula: wish.formula,
            };
        }
        let offers = |one: &&&WishFacts| {
            is(WishKind::Wait, WishState::Offered)(one)
                && one.offered_until.is_some_and(|until| until > index.asked.now)
        };
        let offered = wishes.iter().find(offers);
        if let Some(wish) = offered.or_else(|| wishes.iter().find(is(WishKind::Wait, WishState::Open))) {
            return Cell::Waiting {
                wish: wish.id,
                formula: wish.formula,
                rank: waits_as(index, session, wish.id),
                offered_until: offered.and_then(|wish| wish.offered_until),
            };
        }
        let free = self.free(child, session);
        let refused = wishes.iter().filter(is(WishKind::Add, WishState::Refused));
        match (free, refused.max_by_key(|wish| wish.since)) {
            (Cell::NotBookable { .. }, Some(wish)) => Cell::Refused {
                wish: wish.id,
                words: wish.words.clone(),
            },
            (free, _) => free,
        }
    }

    fn booked(&self, child: ChildId, session: SessionKey, standing: &Standing) -> Cell {
        let index = &self.index;
        let (reservation, formula) = (standing.id, standing.formula);
        if standing.session.site != session.site {
            let site = standing.session.site;
            return Cell::Elsewhere {
                site,
                name: index.ground.sites.get(&site).map(|site| site.name.clone()),
            };
        }
        let facts = index.ground.children.get(&child);
        let set = index.set(session.activity, session.date);
        if let Some(reason) = facts.and_then(|facts| closed(index, facts, &session, set)) {
            return Cell::Closed {
                reason,
                reservation: Some(reservation),
            };
        }
        let asks = index.ground.household.as_ref().map(|household| household.id);
        if standing
            .household
            .is_some_and(|by| asks.is_some_and(|asks| asks != by))
        {
            return Cell::OtherHousehold { reservation, formula };
        }
        let wishes = index.wishes(child, session);
        let asked = wishes.iter().find(|one| {
            one.kind == WishKind::Cancel
                && one.state == WishState::Open
                && one.reservation.is_none_or(|one| one == reservation)
        });
        if let Some(wish) = asked {
            return Cell::CancelRequested {
                wish: wish.id,
                reservation,
                formula,
            };
        }
        let undo = line::cancel(index, reservation);
        let (due, decided) = match undo.sentence {
            Ok(Sentence::RequestCancel { due, .. }) => (due, true),
            Ok(Sentence::Cancel { due, .. }) => (due, false),
            Ok(_) => (Cents::ZERO, false),
            Err(reason) => {
                return Cell::BookedFixed {
                    reservation,
                    formula,
                    reason,
                };
            }
        };
        Cell::Booked {
            reservation,
            formula,
            until: undo.until,
            due,
            decided,
        }
    }

    /// What can be booked where nothing is.
    fn free(&self, child: ChildId, session: SessionKey) -> Cell {
        let activity = self.index.ground.activities.get(&session.activity);
        let formulas = activity.map_or(&[][..], |activity| &activity.formulas);
        let none = formulas.is_empty().then_some(None);
        let mut open = Vec::new();
        let mut waiting = Vec::new();
        let mut until = None;
        let mut rank = 0;
        let mut first_no = None;
        for formula in none.into_iter().chain(formulas.iter().map(|one| Some(one.id))) {
            let judged = self.alone(child, session, formula);
            let choice = |priced, request| Choice {
                formula,
                priced,
                request,
            };
            match judged.sentence {
                Sentence::Book { priced, .. } => {
                    until = sooner(until, judged.until);
                    open.push(choice(priced, None));
                }
                Sentence::Request { priced, reason } => {
                    until = sooner(until, judged.until);
                    open.push(choice(priced, Some(reason)));
                }
                Sentence::Wait { priced, rank: as_nth } => {
                    rank = as_nth;
                    waiting.push((choice(priced, None), judged.until));
                }
                Sentence::Refuse(reason) => first_no = first_no.or(Some(reason)),
                Sentence::Cancel { .. } | Sentence::RequestCancel { .. } => {}
            }
        }
        if !open.is_empty() {
            return Cell::Bookable { choices: open, until };
        }
        if !waiting.is_empty() {
            return Cell::WaitPossible {
                until: waiting.iter().fold(None, |all, (_, until)| sooner(all, *until)),
                choices: waiting.into_iter().map(|(choice, _)| choice).collect(),
                rank,
            };
        }
        Cell::NotBookable {
            reason: first_no.unwrap_or(Reason::of(Why::NotOffered)),
        }
    }

    fn alone(&self, child: ChildId, session: SessionKey, formula: Option<FormulaId>) -> Judged {
        let wish = Wish {
            child,
            session,
            formula,
            replaces: None,
        };
        alone(&self.index, Line::Add(Box::new(line::add(&self.index, wish))))
    }
}

fn sooner(one: Option<UtcMs>, other: Option<UtcMs>) -> Option<UtcMs> {
    [one, other].into_iter().flatten().min()
}

/// What a session is for a child. Whoever asks for many makes a [`Cells`] once.
///
/// What goes only with another activity is bookable here: whether the other is in the cart is the cart's business.
pub fn cell(child: ChildId, session: SessionKey, ground: &Ground, asked: Asked) -> Cell {
    Cells::new(ground, asked).cell(child, session)
}
