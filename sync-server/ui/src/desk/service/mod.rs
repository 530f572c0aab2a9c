//! What is open, read-only or closed, who switched it when, and what families are told of an incident.

mod banner;
mod closed;
mod incidents;
mod names;
mod page;
mod part;

pub use banner::{Unopened, banner};
pub use closed::{ClosedPage, closed_page};
pub use incidents::{IncidentPage, IncidentRow, RemoveIncidentPage, incident_page, remove_incident_page};
pub use names::{by_host, by_unknown, part_words, preset, preset_title, presets, standing, state_words};
pub use page::{ServicePage, SwitchRow, service_page};
pub use part::{PartCard, part_card};
