//! The parts of the day's screen.

mod closing;
mod dates;
mod filters;
mod link;
mod notices;
mod panel;
mod row;
mod rows;
mod shape;
mod sun;
mod tabs;

pub(crate) use closing::Closing;
pub(crate) use dates::Dates;
pub(crate) use filters::Filters;
pub(crate) use link::LinkState;
pub(crate) use notices::Notices;
pub(crate) use rows::Rows;
pub(crate) use shape::Shape;
pub(crate) use sun::Sun;
pub(crate) use tabs::Tabs;
