//! `portico-server serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use portico_server::{Server, ServerConfig};

use super::{Database, Recogniser, edge};

/// Answer kiosks until interrupted.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    database: Database,
    /// Folder of imported nets; without usable nets, identifying and enrolling are refused.
    #[arg(long, value_name = "DIR")]
    models: PathBuf,
    #[command(flatten)]
    recogniser: Recogniser,
    /// Address to listen on. The server speaks plain HTTP: reach it over a private network or put TLS in front.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7180")]
    listen: SocketAddr,
}

impl Serve {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let mut config = ServerConfig::new(self.database.path, self.models);
        config.recognition = self.recogniser.recognition;
        config.listen = self.listen;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let running = Server::start(config, edge::clock(), edge::random()).await?;
            super::output::line(format_args!("listening on http://{}", running.addr()))?;
            until_interrupted().await?;
            tracing::info!("stopping");
            running.shutdown().await?;
            Ok(ExitCode::SUCCESS)
        })
    }
}

#[cfg(unix)]
async fn until_interrupted() -> std::io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn until_interrupted() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
