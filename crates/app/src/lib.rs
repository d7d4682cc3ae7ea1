//! The kiosk without a window: one loop owns the session; runners do what it asks.
//!
//! Knows nothing of Tauri or of the browser host: both put [`contract`] on a wire. The only crate that reads clocks and
//! randomness ([`clock`], [`random`]).

mod backend;
mod camera;
pub mod clock;
mod code_thread;
pub mod config;
pub mod contract;
mod desk;
#[cfg(test)]
mod equipped;
mod faces;
mod guesses;
mod http;
mod import_files;
mod imports;
mod kiosk;
mod log_lines;
pub mod maintenance;
mod moment;
mod pin;
mod preview;
pub mod random;
mod retention;
mod runner;
mod server_time;
mod settings;
mod stage_times;
mod station;
mod store_thread;
mod tally;
mod vision_thread;

pub use camera::Camera;
pub use kiosk::{BackendAccess, Kiosk, Ports, StartError};
pub use log_lines::LogLines;
pub use moment::{Moment, MomentKind};
pub use preview::{Preview, PreviewFrame};
