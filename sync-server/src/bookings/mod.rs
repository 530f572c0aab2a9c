//! Reservations, planned before they are made: what an agent or a family asks for, date by date,
//! beside what the calendar, the record and the number of places say to it.

mod dates;
mod plan;
#[cfg(test)]
mod tests;

pub use dates::{MAX_DAYS, Weekdays, dates, month, week};
pub use plan::{
    DayIs, Fate, Ground, Offer, Plan, Skip, Standing, Standings, Step, Tally, Wanted, Wish, obstacle, plan,
};
