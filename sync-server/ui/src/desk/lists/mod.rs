//! Day lists on paper.
