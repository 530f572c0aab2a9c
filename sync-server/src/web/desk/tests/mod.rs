//! What a town hall sees: a town with two sites, Léa at the canteen, Mme Roche at the desk.

mod activation;
mod board;
mod browser;
mod filled;
mod forms;
mod log_in;
mod people;
mod places;
mod rights;
mod structure;
mod town;
