//! Starts the kiosk as its configuration says, with its own backend where it has none.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use portico_app::clock::SystemClock;
use portico_app::config::{BackendConfig, Config};
use portico_app::random::Random;
use portico_app::{BackendAccess, Camera, Kiosk, LogLines, Ports};
use portico_server::Running;

use crate::{HostOptions, embedded, report};

/// A running kiosk, with its own backend if it brings one.
pub struct Hosted {
    /// The kiosk.
    pub kiosk: Kiosk,
    backend: Option<Running>,
}

impl Hosted {
    /// Ends the kiosk, then its backend, so that what is still to be sent can be.
    pub async fn stop(self) {
        self.kiosk.stop().await;
        if let Some(backend) = self.backend
            && let Err(error) = backend.shutdown().await
        {
            tracing::warn!(%error, "the embedded backend did not end cleanly");
        }
    }
}

/// Starts everything. `bundled_models` is where the app's own models lie, if it brought any.
/// `logs` are the lines that support gets.
pub async fn start(
    options: &HostOptions,
    bundled_models: Option<PathBuf>,
    logs: LogLines,
) -> anyhow::Result<Hosted> {
    let config = load_config(options)?;
    let models = models_dir(options, &config, bundled_models)?;
    let (clock, random) = (SystemClock::start(), Random::system());
    let (access, backend) = match &config.backend {
        BackendConfig::Embedded => {
            let started = embedded::start(&config, &models, clock, random.clone()).await?;
            (started.access, Some(started.running))
        }
        BackendConfig::Remote { url, pairing_code } => {
            (BackendAccess::Remote { url: url.clone(), pairing_code: pairing_code.clone() }, None)
        }
    };
    let ports = Ports {
        camera: Camera::new(&config.camera, Arc::new(clock)),
        clock: Arc::new(clock),
        timer: Arc::new(clock),
        random,
        logs,
    };
    let kiosk = Kiosk::start(&config, &models, access, ports).await?;
    if let Some(path) = &options.report {
        report::write_moments(&kiosk, path)?;
    }
    Ok(Hosted { kiosk, backend })
}

/// The configuration that the options name, or that of a kiosk without one.
pub(crate) fn load_config(options: &HostOptions) -> anyhow::Result<Config> {
    Ok(match &options.config {
        Some(path) => Config::load(path)?,
        None => Config::standalone(default_data_dir()?),
    })
}

fn models_dir(options: &HostOptions, config: &Config, bundled: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    let candidates = [options.models.clone(), config.models_dir.clone(), bundled];
    candidates.into_iter().flatten().find(|dir| dir.is_dir()).context(
        "the recognition models are missing; run `cargo xtask models`, or name their folder with --models",
    )
}

/// Where a kiosk without a configuration keeps its data.
fn default_data_dir() -> anyhow::Result<PathBuf> {
    let (variable, below) = match std::env::consts::OS {
        "windows" => ("LOCALAPPDATA", "Portico"),
        "macos" => ("HOME", "Library/Application Support/Portico"),
        _ => ("HOME", ".local/share/portico"),
    };
    let base = std::env::var_os(variable).with_context(|| {
        format!("{variable} is not set; name a data folder in a file given with --config")
    })?;
    Ok(Path::new(&base).join(below))
}
