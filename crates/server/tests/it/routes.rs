//! One file per route, in folders as in the URL.

mod attendees;
mod checkins;
mod conflicts;
mod devices;
mod event;
mod exports;
mod healthz;
mod identify;
mod imports;
mod openapi;
mod problems;
mod stats;
mod stream;
mod templates;
