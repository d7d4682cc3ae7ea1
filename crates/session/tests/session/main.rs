//! The session from outside: a fake clock, a fake camera, and answers as the runners would give them.
//!
//! One file per state, and `model`, which walks at random beside a reference.

mod encounter;
mod faces;

mod admitting;
mod approaching;
mod challenging;
mod codes;
mod confirming;
mod enrolling;
mod hand_over;
mod identifying;
mod idle;
mod matching;
mod model;
mod naming;
mod not_found;
mod staff_called;
mod ticket;
mod touching;
mod trouble;
mod welcome;
mod withdrawing;
