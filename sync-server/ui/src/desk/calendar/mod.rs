//! The calendar and exceptional days.
