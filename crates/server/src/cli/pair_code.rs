//! `portico-server pair-code`.

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use portico_server::DeviceRight;

use super::{Database, output};

/// Print a one-use code with which a kiosk pairs.
#[derive(Debug, Args)]
pub struct PairCode {
    #[command(flatten)]
    database: Database,
    /// How long the code can be used.
    #[arg(long, value_name = "MINUTES", default_value_t = 60, value_parser = clap::value_parser!(u16).range(1..=1440))]
    valid_minutes: u16,
    /// Let the device import guests and faces and export check-ins. Every other device only checks guests in.
    #[arg(long)]
    may_administer: bool,
}

impl PairCode {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let valid_for = Duration::from_secs(60 * u64::from(self.valid_minutes));
        let right = if self.may_administer { DeviceRight::Administer } else { DeviceRight::Kiosk };
        output::line(self.database.open()?.new_pairing_code_with(valid_for, right)?)?;
        Ok(ExitCode::SUCCESS)
    }
}
