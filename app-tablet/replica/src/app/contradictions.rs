//! Contradictions, told in one sentence each.
