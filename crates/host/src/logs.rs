//! Logs go to standard error, one line each; what must never be in them is said in `docs/logging.md`.

use tracing_subscriber::EnvFilter;

use crate::HostOptions;

/// Starts logging. A filter that cannot be read falls back to `info` and says so.
pub fn init_logs(options: &HostOptions) {
    let (filter, wrong) = match EnvFilter::try_new(&options.log) {
        Ok(filter) => (filter, None),
        Err(error) => (EnvFilter::new("info"), Some(error)),
    };
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    if let Some(error) = wrong {
        tracing::warn!(%error, "the log filter cannot be read; logging `info`");
    }
}
