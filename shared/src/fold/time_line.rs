//! Effective times: device time plus recorded offset, clamped to the order in which the tablet
//! made its marks. Wall time alone never orders the marks of one tablet.

use std::collections::{BTreeMap, BTreeSet};

use super::{Conflict, Marks};
use crate::ids::{DeviceId, MarkId};
use crate::mark::{Kind, Mark};
use crate::time::UtcMs;

/// How far a tablet's wall clock may drift from its own uptime between two marks, in ms.
pub const CLOCK_JUMP_MS: i64 = 120_000;

/// The instant at which each mark counts.
pub(super) fn effective_times(marks: &Marks, conflicts: &mut BTreeSet<Conflict>) -> BTreeMap<MarkId, UtcMs> {
    let mut by_device: BTreeMap<DeviceId, Vec<(u64, MarkId, &Mark)>> = BTreeMap::new();
    for (id, _, mark) in marks.iter() {
        by_device
            .entry(mark.device)
            .or_default()
            .push((mark.device_seq, id, mark));
    }
    let mut times = BTreeMap::new();
    for own in by_device.values_mut() {
        own.sort_by_key(|(seq, id, _)| (*seq, *id));
        find_jumps(own, conflicts);
        clamp(own, &mut times);
    }
    times
}

/// Marks stand in the order they were made: those whose offset is known hold their place, the
/// others fit between them.
fn clamp(own: &[(u64, MarkId, &Mark)], times: &mut BTreeMap<MarkId, UtcMs>) {
    let tapped: Vec<_> = own.iter().filter(|(_, _, m)| m.stated.is_none()).collect();
    let estimates: Vec<(UtcMs, bool)> = tapped.iter().map(|(_, _, m)| estimate(m, own)).collect();
    let mut ceiling = vec![UtcMs(i64::MAX); tapped.len()];
    for i in (0..tapped.len().saturating_sub(1)).rev() {
        let (at, known) = estimates[i + 1];
        ceiling[i] = if known {
            ceiling[i + 1].min(at)
        } else {
            ceiling[i + 1]
        };
    }
    let mut floor = UtcMs(i64::MIN);
    for (i, (_, id, _)) in tapped.iter().enumerate() {
        let (at, known) = estimates[i];
        floor = if known {
            at.max(floor)
        } else {
            at.min(ceiling[i]).max(floor)
        };
        times.insert(*id, floor);
    }
    for (_, id, mark) in own {
        if let Some(stated) = mark.stated {
            times.insert(*id, stated);
        }
    }
}

/// Server time of a mark, and whether the tablet had met the server in that start: marks made
/// before the meeting are dated back from it by uptime.
fn estimate(mark: &Mark, own: &[(u64, MarkId, &Mark)]) -> (UtcMs, bool) {
    if let Some(offset) = mark.offset_ms {
        return (mark.device_time.plus_ms(offset), true);
    }
    let met = own
        .iter()
        .filter(|(_, _, m)| m.boot == mark.boot)
        .find_map(|(_, _, m)| m.offset_ms.map(|offset| (m, offset)));
    match met {
        Some((m, offset)) => {
            let back = i64::try_from(m.mono_ms).unwrap_or(0) - i64::try_from(mark.mono_ms).unwrap_or(0);
            (m.device_time.plus_ms(offset).plus_ms(-back), true)
        }
        None => (mark.device_time, false),
    }
}

/// Whether the tablet's clock says when the mark counts, and anything hangs on it.
fn is_timed(mark: &Mark) -> bool {
    let of_weight = matches!(
        mark.kind,
        Kind::In
            | Kind::Out
            | Kind::Absent { .. }
            | Kind::Close { .. }
            | Kind::Reopen
            | Kind::Transfer { .. }
    );
    of_weight && mark.stated.is_none()
}

fn find_jumps(own: &[(u64, MarkId, &Mark)], conflicts: &mut BTreeSet<Conflict>) {
    let own: Vec<_> = own.iter().filter(|(_, _, mark)| is_timed(mark)).collect();
    for (_, id, mark) in &own {
        if mark.clock_doubted {
            conflicts.insert(Conflict::ClockJumped {
                before: *id,
                after: *id,
                child: mark.child,
            });
        }
    }
    for pair in own.windows(2) {
        let ((_, before, a), (_, after, b)) = (pair[0], pair[1]);
        if a.boot != b.boot || b.clock_doubted {
            continue;
        }
        let up = i128::from(b.mono_ms) - i128::from(a.mono_ms);
        let drift = |x: UtcMs, y: UtcMs| (i128::from(y.0) - i128::from(x.0) - up).abs();
        let wall = drift(a.device_time, b.device_time);
        let served = match (a.offset_ms, b.offset_ms) {
            (Some(x), Some(y)) => drift(a.device_time.plus_ms(x), b.device_time.plus_ms(y)),
            _ => wall,
        };
        if wall.min(served) > i128::from(CLOCK_JUMP_MS) {
            conflicts.insert(Conflict::ClockJumped {
                before: *before,
                after: *after,
                child: b.child,
            });
        }
    }
}
