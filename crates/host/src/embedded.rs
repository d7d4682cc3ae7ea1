//! The event backend inside the kiosk's process: the same server on a loopback port, with its own file.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use portico_app::BackendAccess;
use portico_app::clock::SystemClock;
use portico_app::config::Config;
use portico_app::random::Random;
use portico_server::{Running, Server, ServerConfig};

/// A running embedded backend, and how the kiosk reaches it.
pub struct Embedded {
    /// The server.
    pub running: Running,
    /// Its address and this device's token.
    pub access: BackendAccess,
}

/// Starts it on a free loopback port.
pub async fn start(
    config: &Config,
    models: &Path,
    clock: SystemClock,
    random: Random,
) -> anyhow::Result<Embedded> {
    std::fs::create_dir_all(&config.data_dir)
        .with_context(|| format!("the data folder {} cannot be used", config.data_dir.display()))?;
    let mut server = ServerConfig::new(config.data_dir.join("event.db"), models);
    server.recognition = config.recognition.clone();
    server.listen.set_port(0);
    let random = portico_server::Random::new(move |bytes| {
        random.fill(bytes);
        Ok(())
    });
    let running = Server::start(server, Arc::new(clock), random).await.context("the embedded backend")?;
    let (_, token) = running.backend().ensure_local_device(&config.name, &config.gate)?;
    let access = BackendAccess::Paired { url: format!("http://{}", running.addr()), token };
    Ok(Embedded { running, access })
}
