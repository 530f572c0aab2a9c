//! The tablet's own window, the server it talks to and the desk that watches: what people touch
//! and see, from one end to the other.

mod access;
mod back;
mod card;
mod crew;
mod day;
mod desk;
mod desk_bookings;
mod desk_by_rules;
mod desk_calendar;
mod desk_devices;
mod desk_discrepancies;
mod desk_families;
mod desk_merge;
mod desk_outages;
mod desk_recovery;
mod desk_rules;
mod desk_service;
mod desk_structure;
mod enrolment;
mod evening;
mod exchanges;
mod fingers;
mod keys;
mod nursery;
mod pad;
mod portal;
mod portal_bookings;
mod shut;
mod unexpected;
mod usability;
