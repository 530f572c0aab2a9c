//! Where an activity stands for a child on a day: pure. What is possible is judged by `shared::booking`; here it is laid
//! beside what stands, what is asked, what is in the cart and what was pointed.

use chrono::NaiveDate;
use server_ui::portal::bookings::{CellState, Note, Tap};
use shared::booking::{
    Asked, Cell, Cells, ChildFacts, Choice, Ground, Reason, SessionKey, Standing, WishFacts, WishKind,
    WishState, on_weekday, site_of,
};
use shared::custody;
use shared::exceptional::{DayEffect, Met as Place, Row as Met, effect, lies_over};
use shared::ids::{FormulaId, HouseholdId};
use shared::money::Cents;
use shared::operation::{ActivityRecord, Entrance, ExceptionalDayRecord, Meal, Priced, Why};
use shared::time::UtcMs;

use super::beside::Beside;
use super::pointed::Pointed;
use super::{civil, past};

/// What cells are made of.
pub(super) struct Seen<'a> {
    pub(super) ground: &'a Ground,
    pub(super) cells: Cells<'a>,
    pub(super) beside: &'a Beside,
    pub(super) pointed: &'a Pointed,
    pub(super) today: NaiveDate,
    /// Whoever looks may book.
    pub(super) may_book: bool,
}

/// Where it stands.
#[derive(Clone, Debug)]
pub(super) struct Stand {
    pub(super) state: CellState,
    pub(super) detail: Option<String>,
    pub(super) note: Option<Note>,
    /// Why, where a rule says so.
    pub(super) reason: Option<Reason>,
    /// What can be had.
    pub(super) choices: Vec<Choice>,
    /// What a cancellation costs.
    pub(super) due: Option<Cents>,
    pub(super) until: Option<UtcMs>,
    pub(super) price: Option<Cents>,
    pub(super) tap: Tap,
}

impl Stand {
    fn is(state: CellState) -> Self {
        Self {
            state,
            detail: None,
            note: None,
            reason: None,
            choices: Vec::new(),
            due: None,
            until: None,
            price: None,
            tap: Tap::Look,
        }
    }
}

/// As families ask on line.
pub(super) fn on_line(now: UtcMs) -> Asked {
    Asked {
        now,
        entrance: Entrance::Portal,
        beyond: false,
    }
}

impl Seen<'_> {
    /// The household that looks.
    fn home(&self) -> Option<HouseholdId> {
        self.ground.household.as_ref().map(|facts| facts.id)
    }

    /// Whether a child is with this household on a date.
    pub(super) fn is_ours(&self, child: &ChildFacts, date: NaiveDate) -> bool {
        self.home().is_none_or(|home| {
            custody::is_with(child.custody.as_ref(), self.ground.calendar.as_ref(), date, home)
        })
    }

    /// What stands of an activity of a child on a date.
    pub(super) fn standing(
        &self,
        child: &ChildFacts,
        activity: &ActivityRecord,
        date: NaiveDate,
    ) -> Option<&Standing> {
        self.ground.standing.iter().find(|one| {
            one.child == child.id && one.session.activity == activity.id && one.session.date == date
        })
    }

    /// The newest wish about it that still says something.
    pub(super) fn wish(
        &self,
        child: &ChildFacts,
        activity: &ActivityRecord,
        date: NaiveDate,
    ) -> Option<&WishFacts> {
        let about = |one: &&WishFacts| {
            one.child == child.id
                && one.session.activity == activity.id
                && one.session.date == date
                && (one.household.is_none() || one.household == self.home())
                && !matches!(one.state, WishState::Withdrawn | WishState::Ended)
        };
        self.ground
            .wishes
            .iter()
            .filter(about)
            .max_by_key(|one| (one.since, one.id))
    }

    /// Where the child would take it: where it stands or is asked, else at its school, else where it was last, else at
    /// the first site that is no school's.
    pub(super) fn session(
        &self,
        child: &ChildFacts,
        activity: &ActivityRecord,
        date: NaiveDate,
    ) -> Option<SessionKey> {
        if let Some(standing) = self.standing(child, activity, date) {
            return Some(standing.session);
        }
        if let Some(wish) = self.wish(child, activity, date) {
            return Some(wish.session);
        }
        let site = site_of(self.ground, child.id, activity.id)?;
        Some(SessionKey {
            activity: activity.id,
            site,
            date,
        })
    }

    /// What becomes of it where closures and outings lie over it.
    fn effect(&self, child: &ChildFacts, activity: &ActivityRecord, standing: &Standing) -> DayEffect {
        let over = self.ground.exceptional.iter();
        let days: Vec<ExceptionalDayRecord> = over
            .filter(|day| lies_over(day, standing.session.date))
            .cloned()
            .collect();
        let school = child.school.and_then(|school| self.ground.schools.get(&school));
        let formula = activity
            .formulas
            .iter()
            .find(|one| Some(one.id) == standing.formula);
        let met = Met {
            met: Place {
                school: child.school,
                class: child.class,
                site: standing.session.site,
                service: Some(activity.service),
            },
            hours: school.map(|school| (school.starts, school.ends)),
            opens: activity.opens,
            closes: activity.closes,
            meal: formula.is_some_and(|one| one.meal != Meal::None),
        };
        effect(&days, &met)
    }

    /// Where an activity stands for a child on a date; `None` where there is nothing to say.
    pub(super) fn stand(
        &self,
        child: &ChildFacts,
        activity: &ActivityRecord,
        date: NaiveDate,
    ) -> Option<Stand> {
        let standing = self.standing(child, activity, date);
        let ours = self.is_ours(child, date);
        if let Some(standing) = standing
            && (!ours || standing.household.is_some() && standing.household != self.home())
        {
            // Who has no say over the child sees nothing of its other home.
            return child.decides.then(|| Stand {
                tap: Tap::None,
                ..Stand::is(CellState::OtherHome)
            });
        }
        if !ours {
            return None;
        }
        match standing {
            Some(standing) => Some(self.booked(child, activity, standing)),
            None => self.not_booked(child, activity, date),
        }
    }

    fn booked(&self, child: &ChildFacts, activity: &ActivityRecord, standing: &Standing) -> Stand {
        let date = standing.session.date;
        let effect = self.effect(child, activity, standing);
        let formula = activity
            .formulas
            .iter()
            .find(|one| Some(one.id) == standing.formula);
        let mut stand = Stand {
            detail: formula.map(|one| one.name.clone()),
            price: standing.priced.map(|priced| priced.total),
            ..Stand::is(CellState::Booked)
        };
        let pointed = past::of_booked(
            self.pointed.presence(date, child.id, activity.id),
            self.pointed.day_absence(date, child.id),
            date < self.today,
            self.ground.zone,
        );
        match (pointed, effect) {
            (Some((state, hours)), DayEffect::Keep | DayEffect::Note(_)) => {
                stand.state = state;
                stand.detail = hours.or(stand.detail);
                return stand;
            }
            (Some((state, hours)), _) if state != CellState::Unpointed => {
                stand.state = state;
                stand.detail = hours.or(stand.detail);
                return stand;
            }
            (_, DayEffect::Drop) => {
                stand.state = CellState::Closed;
                stand.note = self.closure(child, activity, date).map(Note::Text);
                return stand;
            }
            (_, DayEffect::Away { words, .. }) => {
                stand.state = CellState::Away;
                stand.note = Some(Note::Text(words));
                return stand;
            }
            (None, DayEffect::Note(words)) => stand.note = Some(Note::Text(words)),
            (None, DayEffect::Keep) => {}
        }
        if let Some(line) = self.beside.line(child.id, activity.id, date) {
            stand.state = if line.cancels {
                CellState::CancelInCart
            } else {
                CellState::InCart
            };
            return stand;
        }
        self.changeable(child, activity, standing, stand)
    }

    /// What stands, and whether it can still be cancelled.
    fn changeable(
        &self,
        child: &ChildFacts,
        activity: &ActivityRecord,
        standing: &Standing,
        mut stand: Stand,
    ) -> Stand {
        let wish = self.wish(child, activity, standing.session.date);
        if wish.is_some_and(|wish| wish.kind == WishKind::Add && wish.state == WishState::Accepted) {
            stand.state = CellState::Granted;
        }
        match self.cells.cell(child.id, standing.session) {
            Cell::Booked {
                until, due, decided, ..
            } => {
                stand.until = until;
                stand.due = Some(due);
                if decided {
                    stand.note = stand.note.or(Some(Note::OnRequest));
                } else if due != Cents::ZERO {
                    stand.note = stand.note.or(Some(Note::Due(due)));
                }
            }
            Cell::BookedFixed { reason, .. } => {
                // What families do not book themselves stands as it always did: they call.
                if reason.why != Why::NotOnLine {
                    stand.state = CellState::Locked;
                    stand.note = stand.note.or_else(|| self.note(&reason));
                }
                stand.reason = Some(reason);
            }
            Cell::CancelRequested { .. } => stand.state = CellState::CancelAsked,
            Cell::OtherHousehold { .. } => stand.state = CellState::OtherHome,
            Cell::Closed { reason, .. } => {
                stand.state = CellState::Closed;
                stand.note = reason.name.clone().map(Note::Text);
            }
            _ => {}
        }
        stand
    }

    fn not_booked(&self, child: &ChildFacts, activity: &ActivityRecord, date: NaiveDate) -> Option<Stand> {
        let presence = self.pointed.presence(date, child.id, activity.id);
        if let Some((state, detail)) = past::of_nothing(presence, self.ground.zone) {
            return Some(Stand {
                detail,
                ..Stand::is(state)
            });
        }
        if let Some(line) = self.beside.line(child.id, activity.id, date) {
            let formula = activity.formulas.iter().find(|one| Some(one.id) == line.formula);
            return Some(Stand {
                detail: formula.map(|one| one.name.clone()),
                price: line.shown,
                ..Stand::is(CellState::InCart)
            });
        }
        if date < self.today || activity.retired {
            return None;
        }
        let session = self.session(child, activity, date)?;
        self.open(child, activity, session)
    }

    /// What can be had of it, or what is asked.
    fn open(&self, child: &ChildFacts, activity: &ActivityRecord, session: SessionKey) -> Option<Stand> {
        let named = |id: Option<FormulaId>| {
            let found = activity.formulas.iter().find(|one| Some(one.id) == id);
            found.map(|one| one.name.clone())
        };
        let had = |state, choices: Vec<Choice>, until| {
            let one_tap = self.may_book && child.decides && activity.formulas.len() < 2;
            let is_late = !choices.is_empty()
                && choices
                    .iter()
                    .all(|choice| choice.priced.surcharge != Cents::ZERO);
            Stand {
                note: is_late.then_some(Note::Why(Why::Deadline, None)),
                price: choices.iter().filter_map(|choice| price(&choice.priced)).min(),
                tap: if one_tap { Tap::Add } else { Tap::Look },
                choices,
                until,
                ..Stand::is(state)
            }
        };
        Some(match self.cells.cell(child.id, session) {
            Cell::Bookable { choices, until } => {
                let all_asked = choices.iter().all(|choice| choice.request.is_some());
                let state = if all_asked {
                    CellState::OnRequest
                } else {
                    CellState::Free
                };
                had(state, choices, until)
            }
            Cell::WaitPossible { choices, until, .. } => had(CellState::Full, choices, until),
            Cell::AddRequested { formula, .. } => Stand {
                detail: named(formula),
                ..Stand::is(CellState::Asked)
            },
            Cell::Refused { words, .. } => Stand {
                note: words.map(Note::Text),
                ..Stand::is(CellState::Refused)
            },
            Cell::Waiting {
                formula,
                offered_until: Some(until),
                ..
            } => Stand {
                detail: named(formula),
                until: Some(until),
                ..Stand::is(CellState::Offered)
            },
            Cell::Waiting { formula, rank, .. } => Stand {
                detail: named(formula),
                ..Stand::is(CellState::Waiting(rank.unwrap_or(1)))
            },
            Cell::Closed { reason, .. } if on_weekday(activity.weekdays, session.date) => Stand {
                note: reason.name.clone().map(Note::Text),
                reason: Some(reason),
                ..Stand::is(CellState::Closed)
            },
            Cell::NotBookable { reason } if !is_nothing(reason.why) => Stand {
                note: self.note(&reason),
                reason: Some(reason),
                ..Stand::is(CellState::Barred)
            },
            _ => return None,
        })
    }

    /// What the closure over an activity is called.
    fn closure(&self, child: &ChildFacts, activity: &ActivityRecord, date: NaiveDate) -> Option<String> {
        let site = self
            .standing(child, activity, date)
            .map(|one| one.session.site)
            .or_else(|| site_of(self.ground, child.id, activity.id))?;
        let session = SessionKey {
            activity: activity.id,
            site,
            date,
        };
        shared::booking::closed_by(&session, child, self.ground).map(|day| day.words.clone())
    }

    /// Why, in few words.
    fn note(&self, reason: &Reason) -> Option<Note> {
        let at = reason.at.map(|at| civil(at, self.ground.zone));
        match (reason.why, at) {
            (Why::Deadline | Why::WindowClosed, Some(at)) => Some(Note::Since(at)),
            (Why::NotYet, Some(at)) => Some(Note::From(at)),
            (why, _) => Some(Note::Why(why, reason.name.clone())),
        }
    }
}

/// What a family is told nothing of, as nothing is offered it there.
fn is_nothing(why: Why) -> bool {
    use Why as W;
    matches!(
        why,
        W::NotOffered | W::NotOnLine | W::Left | W::Past | W::NotYours | W::Already
    )
}

/// What it costs, where the town set a price.
pub(super) fn price(priced: &Priced) -> Option<Cents> {
    (priced.base.is_some() || priced.total != Cents::ZERO).then_some(priced.total)
}
