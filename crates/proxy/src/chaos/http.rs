//! HTTP/1.1 messages on a connection: their heads, and their bodies piece by piece. Knows no faults.

mod body;
mod head;

use std::io;

pub(super) use body::{Body, whole};
pub(super) use head::{Answer, Request};

/// Something that is not HTTP/1.1 as it is understood here.
fn broken(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
