//! Every route of the portal, asked for by every kind of stranger: exactly what the table says, and the same bytes
//! for what exists and what does not.

mod enumeration;
mod hostile;
mod leaks;
mod others;
mod routes;
mod sealed;
mod strangers;
mod table;
