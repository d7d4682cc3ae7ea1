//! Sizes and times that requests must keep.

use std::time::Duration;

use portico_protocol::PICTURE_LIMIT_BYTES;

/// Sizes and times that requests must keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest JSON body in bytes.
    pub json_bytes: usize,
    /// Largest multipart body in bytes: a picture and its metadata.
    pub picture_bytes: usize,
    /// Identifications and enrolments under way or waiting; more are told to come back.
    pub pictures_at_once: usize,
    /// Longest time from a request's head to its answer.
    pub request_time: Duration,
    /// Largest multipart body of an import in bytes: the largest archive of pictures and its metadata.
    pub import_bytes: usize,
    /// Longest time in which the file of an import is received, or an export is made.
    pub import_time: Duration,
    /// Longest time that a shutdown waits for answers under way.
    pub shutdown_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // 500 entries of about 400 bytes are 200 kB; the rest is room for long reasons.
            json_bytes: 1024 * 1024,
            // The picture, plus room for the part headers and the metadata.
            picture_bytes: PICTURE_LIMIT_BYTES + 64 * 1024,
            // At about 50 ms a picture, the last of eight waits 400 ms: half of a kiosk's default network budget.
            pictures_at_once: 8,
            // A 6 MB picture over a poor 2 Mbit/s uplink takes 24 s.
            request_time: Duration::from_secs(30),
            import_bytes: 1025 * 1024 * 1024,
            // A gigabyte over a poor network at the venue, 20 Mbit/s, takes seven minutes.
            import_time: Duration::from_mins(15),
            shutdown_time: Duration::from_secs(5),
        }
    }
}
