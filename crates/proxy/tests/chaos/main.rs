//! The proxy that gives each exchange its own fault, between a raw client and a server that notes what reaches it.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod faults;
mod passing;
mod streams;
mod upstream;
