//! `portico-server revoke`.

use std::process::ExitCode;

use clap::Args;
use portico_types::DeviceId;

use super::{Database, output};

/// End a kiosk's access for good.
#[derive(Debug, Args)]
pub struct Revoke {
    #[command(flatten)]
    database: Database,
    /// The device's id, as `stats` lists it.
    device: String,
}

impl Revoke {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        self.database.open()?.revoke(&DeviceId::new(&self.device))?;
        output::line(format_args!("device {} is revoked", self.device))?;
        Ok(ExitCode::SUCCESS)
    }
}
