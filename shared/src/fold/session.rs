//! Each list: open, closed, reopened, and what its closing made of those still expected.

use std::collections::{BTreeMap, BTreeSet};

use super::Fold;
use super::presence::{Absence, State};
use super::resolve::Act;
use crate::ids::{ActivityId, ChildId, MarkId, SiteId};
use crate::mark::{Closing, Kind, Reason};
use crate::time::UtcMs;

/// Whether a list is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionState {
    /// The closing in force.
    pub closed: Option<(UtcMs, MarkId)>,
    /// The first mark on a child made after that closing: the list is visibly open again.
    pub reopened_by: Option<MarkId>,
}

impl SessionState {
    /// Whether nothing is left to point.
    pub fn is_closed(&self) -> bool {
        self.closed.is_some() && self.reopened_by.is_none()
    }
}

/// Applies closings and reopenings in order of time.
pub(super) fn fold_sessions(acts: &[Act<'_>], out: &mut Fold) {
    let mut by_session: BTreeMap<(SiteId, ActivityId), Vec<&Act<'_>>> = BTreeMap::new();
    for act in acts {
        by_session.entry((act.site, act.activity)).or_default().push(act);
    }
    for ((site, activity), acts) in by_session {
        let mut state = SessionState::default();
        let mut named: BTreeSet<(ChildId, Closing, MarkId)> = BTreeSet::new();
        for act in acts {
            match &act.mark.kind {
                Kind::Close { turned, children } => {
                    state = SessionState {
                        closed: Some((act.at, act.id)),
                        reopened_by: None,
                    };
                    named.extend(children.iter().map(|child| (*child, *turned, act.id)));
                }
                Kind::Reopen => {
                    state = SessionState::default();
                    named.clear();
                }
                Kind::In | Kind::Out | Kind::Absent { .. } => {
                    if state.closed.is_some() {
                        state.reopened_by.get_or_insert(act.id);
                    }
                }
                Kind::Correct { .. }
                | Kind::Void { .. }
                | Kind::Note { .. }
                | Kind::Welcome { .. }
                | Kind::Stranger { .. }
                | Kind::Transfer { .. } => {}
            }
        }
        for (child, turned, mark) in named {
            let presence = out.presences.entry((site, child, activity)).or_default();
            if presence.state() != State::Expected {
                continue;
            }
            match turned {
                Closing::Absent => {
                    presence.absence = Some(Absence {
                        reason: Reason::Unjustified,
                        mark,
                        by_closing: true,
                    });
                }
                Closing::Present => presence.present_by_closing = Some(mark),
            }
        }
        if state != SessionState::default() {
            out.sessions.insert((site, activity), state);
        }
    }
}
