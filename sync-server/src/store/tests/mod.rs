//! What every engine promises, and what every statement keeps to.

mod portable;
