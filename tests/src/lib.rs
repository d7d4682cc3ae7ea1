//! The stage for journeys: a real event backend, a network that fails on demand, and a real kiosk whose time, chance
//! and pictures come from the test.
//!
//! Nothing here sleeps: a journey delivers a frame and waits until the kiosk has dealt with it, or waits for a view.
//! Holds no expectations of its own; those belong to the tests.

#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a stage that cannot be set, or a journey that does not arrive, has failed the test"
)]

pub mod camera;
pub mod clips;
pub mod guests;
pub mod journal;
pub mod journey;
pub mod logs;
pub mod models;
pub mod outside;
pub mod seed;
pub mod tickets;
pub mod venue;
pub mod visitors_book;

pub use journey::Journey;
pub use venue::Venue;
