//! What a tablet holds of lost branches, and what becomes of it when the server comes back.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};
use rusqlite::{Connection, OptionalExtension, params};
use shared::codec::{Hash32, decode};
use shared::digest::SheetRef;
use shared::envelope::{Envelope, Header, Scope};
use shared::ids::BranchId;
use shared::time::UtcMs;
use shared::wire::Known;

use super::marks::scope_key;
use crate::error::ReplicaError;

/// What a server said of the branches it stands on when it came back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Lineage {
    /// The branch it was on.
    #[n(0)]
    pub branch: Option<BranchId>,
    /// How far it knows each branch that its history runs through.
    #[n(1)]
    pub known: Vec<Known>,
}

impl Lineage {
    fn of(&self, branch: BranchId) -> Option<u64> {
        let known = self.known.iter().find(|known| known.branch == branch);
        known.map(|known| known.seq)
    }

    /// Whether the server's own history has made what this header tells of.
    pub fn covers(&self, header: &Header) -> bool {
        self.of(header.branch).is_some_and(|seq| header.seq <= seq)
    }

    /// The entry after which the branch of now tells something that the other one did not know: up to it,
    /// the two are one history, or the other is not known here at all and this one began there.
    fn parted_from(&self, branch: BranchId) -> u64 {
        let earlier = || {
            let others = self
                .known
                .iter()
                .filter(|known| Some(known.branch) != self.branch);
            others.map(|known| known.seq).max()
        };
        self.of(branch).or_else(earlier).unwrap_or(0)
    }

    /// Of what is held of one scope, the piece to show, and whether it is from before a loss that the
    /// server has not caught up with: of a lost branch, and newer than what the branch of now says,
    /// which has not been touched since it began.
    pub fn choose(&self, held: Vec<Envelope>) -> Option<(Envelope, bool)> {
        let (now, others): (Vec<_>, Vec<_>) = held
            .into_iter()
            .partition(|one| Some(one.header.branch) == self.branch);
        let now = now.into_iter().next();
        let (known, lost): (Vec<_>, Vec<_>) = others.into_iter().partition(|one| self.covers(&one.header));
        let newest = |held: Vec<Envelope>| held.into_iter().max_by_key(|one| one.header.seq);
        match (now, newest(lost)) {
            (Some(now), Some(lost)) => {
                let untouched = now.header.seq <= self.parted_from(lost.header.branch);
                if untouched && now.header.hash != lost.header.hash {
                    Some((lost, true))
                } else {
                    Some((now, false))
                }
            }
            (Some(now), None) => Some((now, false)),
            (None, Some(lost)) => Some((lost, true)),
            (None, None) => newest(known).map(|known| (known, false)),
        }
    }
}

fn envelopes(rows: Vec<Vec<u8>>) -> Result<Vec<Envelope>, ReplicaError> {
    rows.iter().map(|bytes| Ok(decode(bytes)?)).collect()
}

/// Every envelope of a scope, of whatever branch.
///
/// # Errors
/// Those of the engine, as for all that follow.
pub fn of_scope(db: &Connection, scope: &Scope) -> Result<Vec<Envelope>, ReplicaError> {
    let (kind, site, date) = scope_key(scope);
    let mut statement = db.prepare_cached(include_str!("sql/envelope_of_scope.sql"))?;
    let rows = statement.query_map(params![kind, site, date], |row| row.get(0))?;
    envelopes(rows.collect::<Result<_, _>>()?)
}

/// What is held of other branches than the one of now that its server neither made nor was handed back:
/// cards first, then lists by date.
///
/// # Errors
/// See [`of_scope`].
pub fn to_hand_back(db: &Connection, lineage: &Lineage) -> Result<Vec<Envelope>, ReplicaError> {
    let Some(branch) = lineage.branch else {
        return Ok(Vec::new());
    };
    let mut statement = db.prepare_cached(include_str!("sql/handed_back_on.sql"))?;
    let rows = statement.query_map([branch.as_bytes()], |row| row.get::<_, Vec<u8>>(0))?;
    let back: BTreeSet<Vec<u8>> = rows.collect::<Result<_, _>>()?;
    let mut statement = db.prepare_cached(include_str!("sql/envelope_others.sql"))?;
    let rows = statement.query_map([branch.as_bytes()], |row| row.get(0))?;
    let mut held = envelopes(rows.collect::<Result<_, _>>()?)?;
    held.retain(|one| !lineage.covers(&one.header) && !back.contains(&one.header.hash.0[..]));
    Ok(held)
}

/// Notes that the server of a branch has this content.
///
/// # Errors
/// See [`of_scope`].
pub fn handed_back(db: &Connection, hash: &Hash32, branch: BranchId) -> Result<(), ReplicaError> {
    db.prepare_cached(include_str!("sql/handed_back_put.sql"))?
        .execute(params![hash.0, branch.as_bytes()])?;
    Ok(())
}

/// The server of a branch may have lost all that it was handed back.
///
/// # Errors
/// See [`of_scope`].
pub fn handed_back_to_nobody(db: &Connection, branch: BranchId) -> Result<(), ReplicaError> {
    db.execute(include_str!("sql/handed_back_clear.sql"), [branch.as_bytes()])?;
    Ok(())
}

/// The first receipt after a loss counts for everything it covers: what was said before, and when, is of
/// a history that is gone.
///
/// # Errors
/// See [`of_scope`].
pub fn accepted_again(db: &Connection, seq: u64, at: UtcMs) -> Result<(), ReplicaError> {
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    db.execute(include_str!("sql/mark_accepted_again.sql"), [seq])?;
    db.execute(include_str!("sql/sheet_accepted_again.sql"), [at.0])?;
    Ok(())
}

/// Notes when a receipt covered something new of a sheet.
///
/// # Errors
/// See [`of_scope`].
pub fn put_accepted_at(db: &Connection, sheet: &SheetRef, at: UtcMs) -> Result<(), ReplicaError> {
    db.prepare_cached(include_str!("sql/sheet_put_accepted.sql"))?
        .execute(params![sheet.site.as_bytes(), sheet.date.to_string(), at.0])?;
    Ok(())
}

/// When a receipt last covered something new of a sheet.
///
/// # Errors
/// See [`of_scope`].
pub fn accepted_at(db: &Connection, sheet: &SheetRef) -> Result<Option<UtcMs>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("sql/sheet_accepted.sql"))?;
    let found: Option<Option<i64>> = statement
        .query_row(params![sheet.site.as_bytes(), sheet.date.to_string()], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(found.flatten().map(UtcMs))
}

/// Sheets of a file from before this was noted: as if they had been accepted now.
///
/// # Errors
/// See [`of_scope`].
pub fn accepted_sometime(db: &Connection, at: UtcMs) -> Result<(), ReplicaError> {
    db.prepare_cached(include_str!("sql/sheet_accepted_unknown.sql"))?
        .execute([at.0])?;
    Ok(())
}

/// Removes a sheet: its marks, its document, its lists of the branch of now stay.
///
/// # Errors
/// See [`of_scope`].
pub fn remove_sheet(db: &Connection, sheet: &SheetRef) -> Result<(), ReplicaError> {
    let statements = [
        include_str!("sql/prune_marks.sql"),
        include_str!("sql/prune_changes.sql"),
        include_str!("sql/prune_aside.sql"),
        include_str!("sql/prune_sheet.sql"),
    ];
    for sql in statements {
        db.prepare_cached(sql)?
            .execute(params![sheet.site.as_bytes(), sheet.date.to_string()])?;
    }
    Ok(())
}

/// Lists of days before a date, oldest first.
///
/// # Errors
/// See [`of_scope`].
pub fn old_lists(
    db: &Connection,
    before: chrono::NaiveDate,
    most: u32,
) -> Result<Vec<Envelope>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("sql/envelope_old.sql"))?;
    let rows = statement.query_map(params![before.to_string(), most], |row| row.get(0))?;
    envelopes(rows.collect::<Result<_, _>>()?)
}

/// Removes an envelope.
///
/// # Errors
/// See [`of_scope`].
pub fn remove_envelope(db: &Connection, header: &Header) -> Result<(), ReplicaError> {
    let (kind, site, date) = scope_key(&header.scope);
    db.prepare_cached(include_str!("sql/envelope_delete.sql"))?
        .execute(params![kind, site, date, header.branch.as_bytes()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use shared::ids::SiteId;
    use shared::sign::SigningKey;
    use uuid::Uuid;

    fn branch(n: u128) -> BranchId {
        BranchId(Uuid::from_u128(n))
    }

    /// A piece of that branch and number; its content is a number, too.
    fn piece(of: u128, seq: u64, content: u64) -> Envelope {
        let scope = Scope::Site {
            site: SiteId(Uuid::from_u128(5)),
        };
        Envelope::seal(scope, branch(of), seq, &content, &SigningKey::from_seed(&[4; 32]))
    }

    /// On branch 2, which parted from branch 1 at entry 80.
    fn restored() -> Lineage {
        let known = |of, seq| Known {
            branch: branch(of),
            seq,
        };
        Lineage {
            branch: Some(branch(2)),
            known: vec![known(1, 80), known(2, 90)],
        }
    }

    fn chosen(lineage: &Lineage, held: Vec<Envelope>) -> Option<(BranchId, u64, bool)> {
        lineage
            .choose(held)
            .map(|(one, before)| (one.header.branch, one.header.seq, before))
    }

    #[test]
    fn a_lost_piece_is_shown_until_the_branch_of_now_says_something_newer() {
        let restored = restored();
        let said = |held: &[(u128, u64, u64)]| {
            chosen(
                &restored,
                held.iter().map(|(b, s, c)| piece(*b, *s, *c)).collect(),
            )
        };
        assert_eq!(said(&[]), None);
        assert_eq!(said(&[(1, 95, 1)]), Some((branch(1), 95, true)), "nothing since");
        assert_eq!(
            said(&[(1, 75, 1)]),
            Some((branch(1), 75, false)),
            "the server knows it"
        );
        assert_eq!(
            said(&[(1, 95, 1), (2, 70, 2)]),
            Some((branch(1), 95, true)),
            "older"
        );
        assert_eq!(
            said(&[(1, 95, 1), (2, 70, 1)]),
            Some((branch(2), 70, false)),
            "the same"
        );
        assert_eq!(
            said(&[(1, 95, 1), (2, 84, 2)]),
            Some((branch(2), 84, false)),
            "worked on since"
        );
        assert_eq!(said(&[(1, 75, 1), (2, 70, 2)]), Some((branch(2), 70, false)));
        // A branch that the server has never heard of parted no later than this one did.
        assert_eq!(said(&[(3, 85, 1), (2, 70, 2)]), Some((branch(3), 85, true)));
        assert_eq!(said(&[(3, 85, 1), (2, 81, 2)]), Some((branch(2), 81, false)));
    }

    #[test]
    fn a_server_made_from_nothing_knows_less_than_any_list_until_it_is_worked_on() {
        let rebuilt = Lineage {
            branch: Some(branch(9)),
            known: vec![Known {
                branch: branch(9),
                seq: 40,
            }],
        };
        let (list, empty) = (piece(1, 30, 1), piece(9, 0, 2));
        assert_eq!(
            chosen(&rebuilt, vec![list.clone(), empty]),
            Some((branch(1), 30, true))
        );
        let rebuilt_list = piece(9, 12, 3);
        assert_eq!(
            chosen(&rebuilt, vec![list, rebuilt_list]),
            Some((branch(9), 12, false))
        );
    }

    proptest! {
        /// Whatever else is held and in whatever order, the same piece is shown; it is never one that another
        /// of its own branch comes after.
        #[test]
        fn the_order_in_which_pieces_lie_decides_nothing(
            held in proptest::collection::vec((1..4_u128, 0..120_u64), 0..5), rotation in 0..5_usize,
        ) {
            let mut newest = std::collections::BTreeMap::new();
            for (of, seq) in held {
                let known: &mut u64 = newest.entry(of).or_default();
                *known = seq.max(*known);
            }
            let mut held: Vec<Envelope> = newest.iter().map(|(of, seq)| piece(*of, *seq, *seq)).collect();
            let one = chosen(&restored(), held.clone());
            held.reverse();
            let by = rotation % held.len().max(1);
            held.rotate_left(by);
            let other = chosen(&restored(), held.clone());
            prop_assert_eq!(one.map(|(_, seq, before)| (seq, before)), other.map(|(_, seq, before)| (seq, before)));
            prop_assert_eq!(one.is_none(), held.is_empty());
            if let Some((of, seq, before)) = one {
                let of_now = newest.get(&2).copied();
                prop_assert_eq!(before, of != branch(2) && (of != branch(1) || seq > 80));
                prop_assert!(!before || of_now.is_none_or(|now| now <= 80));
            }
        }
    }
}
