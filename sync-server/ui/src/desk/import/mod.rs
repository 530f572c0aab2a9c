//! Importing files of children.
