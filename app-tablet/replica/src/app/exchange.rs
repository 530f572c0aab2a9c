//! The page of exchanges.
