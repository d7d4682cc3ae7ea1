//! Journeys: a guest's whole way through a real kiosk, a real backend and a network that fails, on a clock that the
//! test turns. They need the imported models and are skipped, with a line that says so, without them.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a journey that does not arrive has failed"
)]

mod at_the_door;
mod codes;
mod conflicts;
mod enrolment;
mod every_act;
mod face_tickets;
mod imports;
mod looks;
mod machine;
mod members;
mod name;
mod network;
mod out_of_service;
mod pairing;
mod privacy;
mod spoof;
mod staff;
mod staff_overview;
mod ticket;
mod walk_in;
