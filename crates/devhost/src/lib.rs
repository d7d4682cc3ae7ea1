//! The kiosk in a plain browser: the same app and the same screens, for development, tests and machines without a
//! display. Listens on loopback only; it has no login of its own.

mod routes;

pub use routes::router;
