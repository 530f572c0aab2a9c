//! Accounts of families, at the desk.
