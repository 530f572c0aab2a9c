//! Stories of a town, its tablets and its server, told with the programs themselves.

mod damaged_line;
mod forged;
mod killed_syncs;
mod killed_taps;
mod lost_answers;
mod walking;
