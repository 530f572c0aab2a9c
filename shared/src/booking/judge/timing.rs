//! Whether something comes in time, and what becomes of it if not.

use super::super::ground::{ChildFacts, SessionKey};
use super::super::moment::{instant, opening};
use super::super::when::{fits, speaks_of};
use super::Reason;
use super::index::Index;
use crate::ids::FormulaId;
use crate::operation::{Delay, Entrance, Late, Moment, RuleSetRecord, Verdict, Way, Why};
use crate::time::UtcMs;

/// How something stands to a table of delays.
pub(super) struct Timed {
    pub(super) is: Time,
    /// The last instant of the stage it is in.
    pub(super) until: Option<UtcMs>,
    /// How the town puts the delay.
    pub(super) words: Option<String>,
    /// Nobody goes beyond it.
    pub(super) strict: bool,
}

/// When something comes.
pub(super) enum Time {
    /// In time.
    In,
    /// Late: accepted at a cost, or decided on by the town hall.
    Late(Way, Reason),
    /// Too late, or nobody can say until when it would be in time.
    Over(Reason),
}

/// One table of delays, for one session.
pub(super) fn timed(
    index: &Index<'_>,
    delays: &[Delay],
    child: &ChildFacts,
    session: &SessionKey,
    formula: Option<FormulaId>,
) -> Timed {
    let ground = index.ground;
    let now = index.asked.now;
    let start = instant(&Moment::Start, session, child, ground);
    let Some(delay) = delays
        .iter()
        .find(|delay| fits(&delay.case, session, formula, child, ground))
    else {
        let past = Reason {
            at: start,
            date: Some(session.date),
            ..Reason::of(Why::Past)
        };
        let in_time = start.is_some_and(|start| now <= start);
        return Timed {
            is: if in_time { Time::In } else { Time::Over(past) },
            until: start.filter(|_| in_time),
            words: None,
            strict: false,
        };
    };
    let timed = |is, until| Timed {
        is,
        until,
        words: delay.words.clone(),
        strict: delay.strict,
    };
    let Some(deadline) = at(index, &delay.until, child, session) else {
        let unknown = Reason {
            date: Some(session.date),
            words: delay.words.clone(),
            ..Reason::of(Why::NotYet)
        };
        return timed(Time::Over(unknown), None);
    };
    if now <= deadline {
        return timed(Time::In, Some(deadline));
    }
    let reason = |call| Reason {
        at: Some(deadline),
        date: Some(session.date),
        words: delay.words.clone(),
        call,
        ..Reason::of(Why::Deadline)
    };
    let stage = delay.late.iter().find_map(|late| {
        let until = at(index, &late.until, child, session)?;
        (now <= until).then_some((late, until))
    });
    let way = |entrance| stage.and_then(|(late, _)| way(late, entrance));
    match way(index.asked.entrance).filter(|way| way.verdict != Verdict::Refuse) {
        Some(way) => timed(Time::Late(*way, reason(false)), stage.map(|(_, until)| until)),
        None => {
            let phone_says_no = way(Entrance::Phone).is_some_and(|phone| phone.verdict == Verdict::Refuse);
            let call = index.on_line() && !delay.strict && !phone_says_no;
            timed(Time::Over(reason(call)), None)
        }
    }
}

fn way(late: &Late, entrance: Entrance) -> Option<&Way> {
    late.ways.iter().find(|way| way.entrance == entrance)
}

/// The instant of a delay, never after the session: what is fixed whatever the session ends when it begins, all else when
/// it ends.
fn at(index: &Index<'_>, moment: &Moment, child: &ChildFacts, session: &SessionKey) -> Option<UtcMs> {
    let last = match moment {
        Moment::At { .. } => Moment::Start,
        _ => Moment::End,
    };
    let said = instant(moment, session, child, index.ground)?;
    let last = instant(&last, session, child, index.ground)?;
    Some(said.min(last))
}

/// Whether booking has opened and not closed; the instant at which it closes.
pub(super) fn window(
    index: &Index<'_>,
    set: &RuleSetRecord,
    child: &ChildFacts,
    session: &SessionKey,
) -> Result<Option<UtcMs>, Reason> {
    let ground = index.ground;
    let Some(line) = set
        .openings
        .iter()
        .find(|line| speaks_of(&line.case, session, child, ground))
    else {
        return Ok(None);
    };
    let reason = |why, at| Reason {
        at,
        date: Some(session.date),
        words: line.words.clone(),
        ..Reason::of(why)
    };
    if let Some(from) = &line.from {
        let from = opening(from, session, child, ground);
        if from.is_none_or(|from| index.asked.now < from) {
            return Err(reason(Why::NotYet, from));
        }
    }
    let Some(until) = &line.until else {
        return Ok(None);
    };
    let until = instant(until, session, child, ground);
    if until.is_some_and(|until| index.asked.now > until) {
        return Err(reason(Why::WindowClosed, until));
    }
    Ok(until)
}
