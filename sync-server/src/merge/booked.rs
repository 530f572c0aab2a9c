//! What is written of a booking that was found again, line by line.
//!
//! Whether a line was in time was decided when the lost server received it, and stands in it. Whether there is a place today, and
//! whether somebody worked on the same reservation since, is judged as for any reservation.

use shared::ids::WishId;
use shared::operation::{Ask, BookingLine, Decided, ReservationLine};

use super::facts;
use super::judge::{Verdict, Why};
use super::subjects::Subject;
use super::weigh::{Piece, Scales};
use crate::store::StoreError;

type Line = Result<Piece<BookingLine>, StoreError>;

impl Scales<'_> {
    /// One line of a booking, `nth` of its history.
    pub(super) fn booked(&mut self, nth: usize, line: &BookingLine) -> Line {
        let as_it_is = |verdict| Ok(Piece::of(line.clone(), verdict));
        match (&line.ask, &line.decided) {
            // What a family was told stays told.
            (_, Decided::Refused { .. }) => as_it_is(Verdict::Write),
            (
                Ask::Add {
                    line: made, replaces, ..
                },
                Decided::Booked { .. },
            ) => match replaces {
                None => {
                    let piece = self.reserve(nth, made)?;
                    Ok(piece.map(|_| line.clone()))
                }
                Some(replaced) => self.replaced(nth, line, made, *replaced),
            },
            (
                Ask::Add { line: made, .. },
                Decided::Requested { wish, .. } | Decided::Waiting { wish, .. },
            ) => {
                let verdict = self.wished(*wish, made)?;
                as_it_is(verdict)
            }
            (Ask::Cancel { .. }, Decided::CancelRequested { wish, .. }) => {
                let known = facts::wish_exists(self.tx, *wish)?;
                as_it_is(if known { Verdict::There("") } else { Verdict::Write })
            }
            (Ask::Cancel { reservation }, _) => {
                let piece = self.cancel(*reservation)?;
                Ok(piece.map(|reservation| BookingLine {
                    ask: Ask::Cancel { reservation },
                    ..line.clone()
                }))
            }
            (Ask::Add { .. }, Decided::Cancelled { .. } | Decided::CancelRequested { .. }) => as_it_is(
                Verdict::Settle(Why::Missing("une réservation que cette ligne annulerait")),
            ),
        }
    }

    fn replaced(
        &mut self,
        nth: usize,
        line: &BookingLine,
        made: &ReservationLine,
        replaced: shared::ids::ReservationId,
    ) -> Line {
        let ended = self.cancel(replaced)?;
        let begun = self.reserve(nth, made)?;
        let with = |replaces| match &line.ask {
            Ask::Add { line: made, wish, .. } => BookingLine {
                ask: Ask::Add {
                    line: made.clone(),
                    replaces,
                    wish: *wish,
                },
                ..line.clone()
            },
            Ask::Cancel { .. } => line.clone(),
        };
        Ok(match (ended.verdict, begun.verdict) {
            (Verdict::Settle(why), _) | (_, Verdict::Settle(why)) => {
                Piece::of(with(Some(ended.line)), Verdict::Settle(why))
            }
            (_, Verdict::There(why)) => Piece::of(line.clone(), Verdict::There(why)).changed(),
            (Verdict::There(_), Verdict::Write) => Piece::of(with(None), Verdict::Write).changed(),
            (Verdict::Write, Verdict::Write) => {
                let anew = ended.line != replaced;
                let piece = Piece::of(with(Some(ended.line)), Verdict::Write);
                if anew { piece.changed() } else { piece }
            }
        })
    }

    fn wished(&mut self, wish: WishId, line: &ReservationLine) -> Result<Verdict, StoreError> {
        if facts::wish_exists(self.tx, wish)? {
            return Ok(Verdict::There(""));
        }
        if self.waits(Subject::Wish(wish)) {
            return Ok(Verdict::Settle(Why::Follows));
        }
        Ok(match facts::missing(self.tx, line)? {
            Some(what) => Verdict::Settle(Why::Missing(what)),
            None => Verdict::Write,
        })
    }
}
