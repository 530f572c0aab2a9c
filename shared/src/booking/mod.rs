//! Judging what families want to book: pure.
//!
//! A [`Ground`] is everything a judgement depends on besides the instant and the entrance: rules, calendar, children,
//! what stands, who waits. The portal asks it before a click, the cart when it is validated and the corridor when it
//! writes, so that what was shown is what is booked. The simulator asks it with a draft among the rules.

mod check;
mod ground;
mod judge;
mod moment;
mod site;
mod when;
mod words;

#[cfg(test)]
mod tests;

pub use check::{Example, Facts, Flaw, LineAt, Severity, Table, check};
pub use ground::{
    ChildFacts, Ground, GroupName, HouseholdFacts, Queued, SessionKey, Standing, WishFacts, WishKind,
    WishState,
};
pub use judge::{
    Asked, Cell, Cells, Choice, Judged, Reason, Sentence, Wanted, brings, cell, full, group_of, judge,
};
pub use moment::{instant, opening};
pub use site::site_of;
pub use when::{
    calendar_known, closed_by, fits, half_days, last_school_day_before, on_weekday, period_of, period_start,
    school_year_of, set_for, speaks_of, takes_place,
};
pub use words::{Chapter, Names, Said, sentence};
