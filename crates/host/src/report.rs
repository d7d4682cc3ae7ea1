//! Writes the kiosk's moments to a file as they happen, for demos and measurements.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use portico_app::Kiosk;
use tokio::sync::broadcast::error::RecvError;

/// Starts writing; ends with the kiosk.
pub fn write_moments(kiosk: &Kiosk, path: &Path) -> anyhow::Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .with_context(|| format!("the report {} cannot be written", path.display()))?;
    let mut moments = kiosk.moments();
    tokio::spawn(async move {
        loop {
            let line = match moments.recv().await {
                Ok(moment) => serde_json::to_string(&moment).unwrap_or_default(),
                Err(RecvError::Lagged(missed)) => {
                    tracing::warn!(missed, "the report misses moments");
                    continue;
                }
                Err(RecvError::Closed) => return,
            };
            if let Err(error) = writeln!(file, "{line}") {
                tracing::warn!(%error, "the report ends here");
                return;
            }
        }
    });
    Ok(())
}
