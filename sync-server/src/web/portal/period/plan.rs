//! What a family asks for over a span of time, as wishes that are judged once, as one whole: pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use server_ui::portal::period::TakenKind;
use shared::booking::{
    Asked, Ground, Judged, Reason, Sentence, SessionKey, Standing, Wanted, brings, judge, site_of,
};
use shared::ids::{ActivityId, ChildId, FormulaId, ReservationId, SiteId};
use shared::operation::{ActivityRecord, Why};

use super::fold::taken_of;
use super::span::Dates;
use crate::bookings::Weekdays;

/// How often what is left is judged again without what the family leaves out.
const ROUNDS: usize = 4;

/// Whose, of what and when.
type Key = (ChildId, ActivityId, NaiveDate);

/// A wish, and where it is judged among what is wanted and at which site, or what became of it already.
type Pending = (Wish, Result<(usize, SiteId), Fate>);

/// A child in an activity on some days of every week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) child: ChildId,
    pub(super) activity: ActivityId,
    pub(super) weekdays: Weekdays,
    pub(super) formula: Option<FormulaId>,
}

impl Row {
    /// Whether it is asked for on a date. Weekdays are ticked for several activities at once: what takes place on some of
    /// them is not meant on the others.
    fn is_due(&self, date: NaiveDate, ground: &Ground) -> bool {
        let takes_place = ground
            .activities
            .get(&self.activity)
            .map_or(0, |one| one.weekdays);
        let meant = match self.weekdays.0 & takes_place {
            0 => self.weekdays,
            some => Weekdays(some),
        };
        meant.has(date)
    }
}

/// A child in an activity on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wish {
    pub(super) date: NaiveDate,
    pub(super) child: ChildId,
    pub(super) activity: ActivityId,
    pub(super) formula: Option<FormulaId>,
}

/// A date, a child and an activity.
type Subject = (NaiveDate, ChildId, ActivityId);

impl Wish {
    fn subject(&self) -> Subject {
        (self.date, self.child, self.activity)
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) dates: Dates,
    pub(super) what: What,
}

/// Which way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Every week alike.
    Weekly {
        rows: Vec<Row>,
        /// What these children have of these activities on other days is cancelled, and another formula gives way.
        replaces: bool,
    },
    /// What one child has, for another.
    Copy { from: ChildId, to: ChildId },
}

impl Plan {
    /// The wishes that it comes to, in the order of the days.
    pub(super) fn wishes(&self, ground: &Ground) -> Vec<Wish> {
        match &self.what {
            What::Weekly { rows, .. } => {
                let days = self.dates.from.iter_days();
                let days = days.take_while(|date| *date <= self.dates.until);
                days.flat_map(|date| {
                    let due = rows.iter().filter(move |row| row.is_due(date, ground));
                    due.map(move |row| Wish {
                        date,
                        child: row.child,
                        activity: row.activity,
                        formula: row.formula,
                    })
                })
                .collect()
            }
            What::Copy { from, to } => {
                let theirs = ground.standing.iter().filter(|one| one.child == *from);
                let within = theirs.filter(|one| self.dates.has(one.session.date));
                let wishes: BTreeSet<Wish> = within
                    .map(|one| Wish {
                        date: one.session.date,
                        child: *to,
                        activity: one.session.activity,
                        formula: one.formula,
                    })
                    .collect();
                wishes.into_iter().collect()
            }
        }
    }

    fn replaces(&self) -> bool {
        matches!(&self.what, What::Weekly { replaces: true, .. })
    }

    /// What stands on days on which it is not asked for, where those days are to be given up.
    fn given_up<'a>(&self, wishes: &[Wish], ground: &'a Ground) -> Vec<&'a Standing> {
        let What::Weekly { rows, replaces: true } = &self.what else {
            return Vec::new();
        };
        let asked: BTreeSet<(NaiveDate, ChildId, ActivityId)> = wishes
            .iter()
            .map(|wish| (wish.date, wish.child, wish.activity))
            .collect();
        let rows: BTreeSet<(ChildId, ActivityId)> =
            rows.iter().map(|row| (row.child, row.activity)).collect();
        let among = |one: &&Standing| {
            let SessionKey { activity, date, .. } = one.session;
            self.dates.has(date)
                && rows.contains(&(one.child, activity))
                && !asked.contains(&(date, one.child, activity))
        };
        let mut all: Vec<&Standing> = ground.standing.iter().filter(among).collect();
        all.sort_by_key(|one| (one.session.date, one.child, one.session.activity));
        all
    }
}

/// What becomes of one child, activity and day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) wish: Wish,
    pub(super) fate: Fate,
}

/// What becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It was judged.
    Judged {
        /// What would go into the cart.
        wanted: Wanted,
        /// At which site.
        site: SiteId,
        /// What would become of it.
        judged: Box<Judged>,
    },
    /// It is booked already.
    Booked,
    /// It is booked with another formula, which stays.
    OtherFormula(Option<FormulaId>),
    /// It lies in the cart already.
    InCart,
    /// It could be, in this way, and the family leaves it out.
    LeftOut(TakenKind),
    /// The activity takes place nowhere that is for this child.
    Nowhere,
}

/// Judges all of it at once, in the light of what lies in the cart already. What would be taken in one of the ways
/// `without` is left out, and the others are judged as if nobody had asked for it.
pub(super) fn steps(
    plan: &Plan,
    cart: &[Wanted],
    ground: &Ground,
    asked: Asked,
    without: &BTreeSet<TakenKind>,
) -> Vec<Step> {
    let mut left: BTreeMap<Key, Fate> = BTreeMap::new();
    let mut steps = judged(plan, cart, ground, asked, &left);
    for round in 1..=ROUNDS {
        let before = left.len();
        for step in &steps {
            let Fate::Judged { judged, .. } = &step.fate else {
                continue;
            };
            if let Some((kind, ..)) = taken_of(judged).filter(|(kind, ..)| without.contains(kind)) {
                let key = (step.wish.child, step.wish.activity, step.wish.date);
                left.insert(key, Fate::LeftOut(kind));
            }
        }
        if left.len() == before {
            break;
        }
        if round < ROUNDS {
            steps = judged(plan, cart, ground, asked, &left);
            continue;
        }
        for step in &mut steps {
            let key = (step.wish.child, step.wish.activity, step.wish.date);
            if let Some(fate) = left.get(&key) {
                step.fate = fate.clone();
            }
        }
    }
    steps
}

/// Judges all but what is left out, which keeps its place.
fn judged(
    plan: &Plan,
    cart: &[Wanted],
    ground: &Ground,
    asked: Asked,
    left: &BTreeMap<Key, Fate>,
) -> Vec<Step> {
    let fate_of = |wish: &Wish| left.get(&(wish.child, wish.activity, wish.date));
    let wishes = plan.wishes(ground);
    let own: BTreeSet<Subject> = wishes.iter().map(Wish::subject).collect();
    let given_up = plan.given_up(&with_brought(wishes.clone(), ground), ground);
    // What is left out brings nothing.
    let (kept, out): (Vec<Wish>, Vec<Wish>) = wishes.into_iter().partition(|wish| fate_of(wish).is_none());
    let (wishes, brought): (Vec<Wish>, Vec<Wish>) = with_brought(kept, ground)
        .into_iter()
        .partition(|wish| fate_of(wish).is_none());
    let mut standing: BTreeMap<Key, &Standing> = BTreeMap::new();
    for one in &ground.standing {
        standing.insert((one.child, one.session.activity, one.session.date), one);
    }
    let by_id: BTreeMap<ReservationId, &Standing> = ground.standing.iter().map(|one| (one.id, one)).collect();
    let in_cart: BTreeSet<Key> = cart.iter().filter_map(|one| subject(one, &by_id)).collect();
    let mut sites = Sites::new(ground);
    let mut wanted: Vec<Wanted> = cart.to_vec();
    // Where a step is judged, by its place among what is wanted.
    let mut pending: Vec<Pending> = Vec::new();
    for wish in out.into_iter().chain(brought) {
        let fate = fate_of(&wish).cloned();
        pending.extend(fate.map(|fate| (wish, Err(fate))));
    }
    for one in given_up {
        let SessionKey { activity, date, site } = one.session;
        let wish = Wish {
            date,
            child: one.child,
            activity,
            formula: one.formula,
        };
        if in_cart.contains(&(one.child, activity, date)) {
            pending.push((wish, Err(Fate::InCart)));
            continue;
        }
        pending.push((wish, Ok((wanted.len(), site))));
        wanted.push(Wanted::Cancel { reservation: one.id });
    }
    for wish in wishes {
        let key = (wish.child, wish.activity, wish.date);
        let stands = standing.get(&key).copied();
        let other = stands.is_some_and(|one| wish.formula.is_some() && one.formula != wish.formula);
        let site = stands
            .map(|one| one.session.site)
            .or_else(|| sites.of(wish.child, wish.activity));
        let fate = match (stands, site) {
            _ if in_cart.contains(&key) => Err(Fate::InCart),
            (Some(_), _) if !other => Err(Fate::Booked),
            (Some(one), _) if !plan.replaces() => Err(Fate::OtherFormula(one.formula)),
            (_, None) => Err(Fate::Nowhere),
            (stands, Some(site)) => {
                wanted.push(Wanted::Add {
                    child: wish.child,
                    session: SessionKey {
                        activity: wish.activity,
                        site,
                        date: wish.date,
                    },
                    formula: wish.formula,
                    replaces: stands.map(|one| one.id),
                    wish: None,
                });
                Ok((wanted.len() - 1, site))
            }
        };
        pending.push((wish, fate));
    }
    let judged = judge(&wanted, ground, asked);
    let step = |(wish, fate): (Wish, Result<(usize, SiteId), Fate>)| Step {
        wish,
        fate: match fate {
            Err(fate) => fate,
            Ok((nth, site)) => Fate::Judged {
                wanted: wanted[nth].clone(),
                site,
                judged: Box::new(judged[nth].clone()),
            },
        },
    };
    let mut steps: Vec<Step> = pending.into_iter().map(step).collect();
    while refuse_orphan(&mut steps, &own, ground) {}
    steps.sort_by_key(|step| (step.wish.date, step.wish.child));
    steps
}

/// What was brought by something that cannot be is not booked alone: nobody asked for it. Whether there was any.
fn refuse_orphan(steps: &mut [Step], own: &BTreeSet<Subject>, ground: &Ground) -> bool {
    let refused = |step: &Step| match &step.fate {
        Fate::Judged { judged, .. } => matches!(judged.sentence, Sentence::Refuse(_)),
        Fate::Nowhere | Fate::LeftOut(_) => true,
        Fate::Booked | Fate::OtherFormula(_) | Fate::InCart => false,
    };
    let all: Vec<(Wish, bool)> = steps.iter().map(|step| (step.wish, !refused(step))).collect();
    let mut any = false;
    for step in steps {
        let Fate::Judged {
            wanted: Wanted::Add { .. },
            judged,
            ..
        } = &mut step.fate
        else {
            continue;
        };
        let wish = step.wish;
        if own.contains(&wish.subject()) || matches!(judged.sentence, Sentence::Refuse(_)) {
            continue;
        }
        let brings_it = |(other, _): &&(Wish, bool)| {
            (other.date, other.child) == (wish.date, wish.child)
                && brings(other.activity, other.date, ground).contains(&wish.activity)
        };
        let mut brought_by = all.iter().filter(brings_it);
        let Some((first, passes)) = brought_by.next() else {
            continue;
        };
        if *passes || brought_by.any(|(_, passes)| *passes) {
            continue;
        }
        judged.sentence = Sentence::Refuse(Reason {
            name: ground.activities.get(&first.activity).map(|one| one.name.clone()),
            ..Reason::of(Why::With)
        });
        any = true;
    }
    any
}

/// Whoever books one activity may have to book another with it: that is asked for too.
fn with_brought(wishes: Vec<Wish>, ground: &Ground) -> Vec<Wish> {
    let mut asked: BTreeSet<(NaiveDate, ChildId, ActivityId)> = wishes
        .iter()
        .map(|wish| (wish.date, wish.child, wish.activity))
        .collect();
    let mut all = Vec::with_capacity(wishes.len());
    let mut due: Vec<Wish> = Vec::new();
    for wish in wishes {
        due.push(wish);
        while let Some(wish) = due.pop() {
            all.push(wish);
            for activity in brings(wish.activity, wish.date, ground) {
                if asked.insert((wish.date, wish.child, activity)) {
                    let formulas = ground.activities.get(&activity).map(|one| &one.formulas);
                    let first = formulas.and_then(|formulas| formulas.first());
                    due.push(Wish {
                        activity,
                        formula: first.map(|formula| formula.id),
                        ..wish
                    });
                }
            }
        }
    }
    all
}

/// Whose line of a cart it is, of what and when.
fn subject(wanted: &Wanted, standing: &BTreeMap<ReservationId, &Standing>) -> Option<Key> {
    match wanted {
        Wanted::Add { child, session, .. } => Some((*child, session.activity, session.date)),
        Wanted::Cancel { reservation } => {
            let one = standing.get(reservation)?;
            Some((one.child, one.session.activity, one.session.date))
        }
    }
}

/// Where children go for activities; asked once for each.
struct Sites<'a> {
    ground: &'a Ground,
    known: BTreeMap<(ChildId, ActivityId), Option<SiteId>>,
}

impl<'a> Sites<'a> {
    fn new(ground: &'a Ground) -> Self {
        Self {
            ground,
            known: BTreeMap::new(),
        }
    }

    fn of(&mut self, child: ChildId, activity: ActivityId) -> Option<SiteId> {
        let ground = self.ground;
        *self
            .known
            .entry((child, activity))
            .or_insert_with(|| site_of(ground, child, activity))
    }
}

/// The activities that families book themselves at some time of a span, in the order of the day.
pub(super) fn offered(ground: &Ground, dates: Dates) -> Vec<&ActivityRecord> {
    let on_line: BTreeSet<ActivityId> = ground
        .sets
        .iter()
        .filter(|set| {
            set.live && set.from <= dates.until && set.until.is_none_or(|until| dates.from <= until)
        })
        .flat_map(|set| set.activities.iter().copied())
        .collect();
    let mut all: Vec<&ActivityRecord> = ground
        .activities
        .values()
        .filter(|one| !one.retired && on_line.contains(&one.id))
        .filter(|one| {
            ground
                .children
                .keys()
                .any(|child| site_of(ground, *child, one.id).is_some())
        })
        .collect();
    all.sort_by(|a, b| (a.opens, &a.slug).cmp(&(b.opens, &b.slug)));
    all
}
