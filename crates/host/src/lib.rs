//! What the window and the browser host share: options, logs, the embedded backend, the running kiosk.
//!
//! Knows neither Tauri nor the browser host's routes; composes `portico-app` with `portico-server`.

mod embedded;
mod failure;
mod logs;
mod maintenance;
mod options;
mod preview;
mod report;
mod start;

pub use failure::report_failure;
pub use logs::init_logs;
pub use maintenance::Maintenance;
pub use options::HostOptions;
pub use preview::{SEQUENCE_HEADER, frame_after};
pub use start::{Hosted, start};
