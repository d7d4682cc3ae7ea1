//! Logs go to standard error, one line each, and the latest stay in memory for support; what must never be in them is
//! said in `docs/logging.md`.

use std::io;

use portico_app::LogLines;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, fmt};

use crate::HostOptions;

/// Starts logging; the latest lines are kept in what is returned. A filter that cannot be read falls back to `info` and
/// says so.
pub fn init_logs(options: &HostOptions) -> LogLines {
    let (filter, wrong) = match EnvFilter::try_new(&options.log) {
        Ok(filter) => (filter, None),
        Err(error) => (EnvFilter::new("info"), Some(error)),
    };
    let kept = LogLines::default();
    tracing_subscriber::registry()
        .with(filter)
        .with(fmt::layer().with_writer(io::stderr))
        .with(fmt::layer().with_ansi(false).with_writer(Kept(kept.clone())))
        .init();
    if let Some(error) = wrong {
        tracing::warn!(%error, "the log filter cannot be read; logging `info`");
    }
    kept
}

/// Writes each event into the kept lines.
struct Kept(LogLines);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push(&String::from_utf8_lossy(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Kept {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        Self(self.0.clone())
    }
}
