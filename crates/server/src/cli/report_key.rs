//! `portico-server report-key`.

use std::process::ExitCode;

use clap::Args;
use portico_server::fingerprint;

use super::{Database, output};

/// Print the public key with which this server signs its reports, to be kept where the reports are read.
#[derive(Debug, Args)]
pub struct ReportKey {
    #[command(flatten)]
    database: Database,
}

impl ReportKey {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let key = self.database.open()?.report_key()?;
        output::line(hex::encode(key))?;
        output::line(fingerprint(&key))?;
        Ok(ExitCode::SUCCESS)
    }
}
