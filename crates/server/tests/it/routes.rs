//! One file per route, in folders as in the URL.

mod attendees;
mod checkins;
mod conflicts;
mod devices;
mod event;
mod healthz;
mod identify;
mod openapi;
mod problems;
mod stats;
mod stream;
mod templates;
