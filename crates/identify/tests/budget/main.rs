//! I4: whatever the network does, an identification ends within its budget, with an answer or with an error.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod backend;
mod faults;
mod names;
mod network;
mod tls;
