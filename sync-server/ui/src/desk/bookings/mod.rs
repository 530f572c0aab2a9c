//! Reservations entered by an agent.
