//! Children and guardians.
