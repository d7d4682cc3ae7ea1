//! Options that every host understands.

use std::path::PathBuf;

/// Options that every host understands.
#[derive(Clone, Debug, clap::Args)]
pub struct HostOptions {
    /// Configuration file; without it the kiosk brings its own backend and keeps its data in the user's data folder.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of the imported models; by default the ones that came with the app.
    #[arg(long, value_name = "DIR", env = "PORTICO_MODELS")]
    pub models: Option<PathBuf>,
    /// Writes what happens, as figures without personal data, to this file: one JSON object per line.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// What to log, e.g. `info` or `portico_app=debug`.
    #[arg(long, value_name = "FILTER", env = "PORTICO_LOG", default_value = "info")]
    pub log: String,
}
