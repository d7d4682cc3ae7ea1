//! The server from outside: routes as the URL tree, the socket, roster files, the command line, real nets.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test's own helpers fail the test"
)]

mod command_line;
mod enrolment;
mod event;
mod nets;
mod roster;
mod routes;
mod socket;
mod support;
