//! The pages of the town hall's desk and of the families' portal: view models in, HTML out.
//!
//! Every page is whole without a script; `desk.js` only keeps the board live. Whoever calls
//! decides, looks up and checks; here things are worded and drawn.

pub mod assets;
pub mod desk;
pub mod letters;
pub mod portal;
pub mod public;
mod words;
