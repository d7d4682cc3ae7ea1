//! `portico-server pair-code`.

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use super::{Database, output};

/// Print a one-use code with which a kiosk pairs.
#[derive(Debug, Args)]
pub struct PairCode {
    #[command(flatten)]
    database: Database,
    /// How long the code can be used.
    #[arg(long, value_name = "MINUTES", default_value_t = 60, value_parser = clap::value_parser!(u16).range(1..=1440))]
    valid_minutes: u16,
}

impl PairCode {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let valid_for = Duration::from_secs(60 * u64::from(self.valid_minutes));
        output::line(self.database.open()?.new_pairing_code(valid_for)?)?;
        Ok(ExitCode::SUCCESS)
    }
}
