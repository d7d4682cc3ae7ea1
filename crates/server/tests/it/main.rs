//! The server from outside: routes as the URL tree, the socket, roster files, the command line, real nets.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test's own helpers fail the test"
)]

mod audit_anchors;
mod command_line;
mod confirmations;
mod conflicts;
mod consent;
mod cursors;
mod deliveries;
mod enrolment;
mod entry_rule;
mod erasure;
mod erasure_reports;
mod event;
mod exports;
mod face_tickets;
mod import_files;
mod nets;
mod queue_import;
mod roster;
mod routes;
mod scale;
mod socket;
mod support;
mod tickets;
mod walk_ins;
mod withdrawals;
