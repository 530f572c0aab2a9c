//! What a form asks for becomes a booking, with what was decided of each line.

use chrono::NaiveDate;
use server_ui::desk::booking::reason_words;
use shared::booking::{Ground, GroupName, Judged, Sentence, SessionKey, Standing, Wanted};
use shared::ids::{ChildId, HouseholdId, ReservationId, WishId};
use shared::operation::{Ask, BookingLine, BookingRecord, Decided, ReservationLine};
use uuid::Uuid;

use super::grid::Added;
use crate::rules::usual::Usual;

/// A line of a form: what it asks, as it is judged and as it is named.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) wanted: Wanted,
    pub(super) child: ChildId,
    pub(super) session: SessionKey,
    /// As the form says it: what ticks on the next page name.
    pub(super) word: String,
}

impl Line {
    pub(super) fn add(added: Added, ground: &Ground) -> Self {
        // A place that is offered to the child is taken up by whoever books it.
        let offer = ground.wishes.iter().find(|wish| {
            wish.child == added.child && wish.session == added.session && wish.offered_until.is_some()
        });
        Self {
            wanted: Wanted::Add {
                child: added.child,
                session: added.session,
                formula: added.formula,
                replaces: None,
                wish: offer.map(|wish| wish.id),
            },
            child: added.child,
            session: added.session,
            word: added.word(),
        }
    }

    pub(super) fn cancel(standing: &Standing) -> Self {
        Self {
            wanted: Wanted::Cancel {
                reservation: standing.id,
            },
            child: standing.child,
            session: standing.session,
            word: standing.id.0.simple().to_string(),
        }
    }

    pub(super) fn date(&self) -> NaiveDate {
        self.session.date
    }
}

/// A booking of some lines as they were judged.
pub(super) fn booking(
    household: HouseholdId,
    lines: &[(&Line, &Judged)],
    ground: &Ground,
    usual: &Usual,
    (seed, beyond): (Uuid, Option<String>),
) -> BookingRecord {
    let lines = lines
        .iter()
        .map(|(line, judged)| {
            let held = |group: Option<GroupName>| {
                let found = ground.held.get(&(line.session, group));
                found.copied().unwrap_or(0)
            };
            BookingLine {
                ask: ask(line, usual, (household, seed)),
                decided: decided(line, judged, ground, seed),
                others_held: held(None),
                others_held_of_group: judged.group.clone().map_or(0, |group| held(Some(group))),
                overruled: overruled(judged, ground).filter(|_| beyond.is_some()),
            }
        })
        .collect();
    BookingRecord {
        household,
        guardian: None,
        lines,
        beyond,
        told_with: None,
    }
}

/// What a line went beyond; `None` where it is refused all the same.
fn overruled(judged: &Judged, ground: &Ground) -> Option<Vec<String>> {
    let words = judged
        .overruled
        .iter()
        .map(|reason| reason_words(reason, ground.zone));
    (!matches!(judged.sentence, Sentence::Refuse(_))).then(|| words.collect())
}

fn id_of(line: &Line, seed: Uuid, what: &str) -> Uuid {
    Uuid::new_v5(&seed, format!("{what}/{}", line.word).as_bytes())
}

fn ask(line: &Line, usual: &Usual, (household, seed): (HouseholdId, Uuid)) -> Ask {
    match &line.wanted {
        Wanted::Cancel { reservation } => Ask::Cancel {
            reservation: *reservation,
        },
        Wanted::Add {
            child,
            session,
            formula,
            replaces,
            wish,
        } => {
            let mut made = ReservationLine {
                id: ReservationId(id_of(line, seed, "reservation")),
                child: *child,
                activity: session.activity,
                site: session.site,
                date: session.date,
                formula: *formula,
                group: None,
                sitting: None,
                table: None,
                expected_in: None,
                expected_out: None,
                comes_from: None,
                goes_to: None,
                household: Some(household),
            };
            usual.complete(&mut made);
            Ask::Add {
                line: made,
                replaces: *replaces,
                wish: *wish,
            }
        }
    }
}

fn decided(line: &Line, judged: &Judged, ground: &Ground, seed: Uuid) -> Decided {
    let wish = WishId(id_of(line, seed, "wish"));
    match &judged.sentence {
        Sentence::Book { priced, due_at } => Decided::Booked {
            priced: *priced,
            due_at: *due_at,
        },
        Sentence::Request { priced, .. } => Decided::Requested {
            wish,
            priced: *priced,
        },
        Sentence::Wait { priced, .. } => Decided::Waiting {
            wish,
            priced: *priced,
        },
        Sentence::Cancel { due, credited, .. } => Decided::Cancelled {
            due: *due,
            credited: *credited,
        },
        Sentence::RequestCancel { due, .. } => Decided::CancelRequested { wish, due: *due },
        Sentence::Refuse(reason) => Decided::Refused {
            why: reason.why,
            words: reason_words(reason, ground.zone),
        },
    }
}
