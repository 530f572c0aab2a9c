//! Tablets, and what was kept aside.
