//! `portico-server verify-report`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use super::output;

/// Check the signature of an erasure report. Needs no database.
///
/// Exit code 0 means valid, 1 invalid. Without --key, valid means only that nothing was changed since somebody signed it:
/// compare the fingerprint with that of the server.
#[derive(Debug, Args)]
pub struct VerifyReport {
    /// The report.
    file: PathBuf,
    /// The public key that must have signed it, as `report-key` prints it.
    #[arg(long, value_name = "HEX")]
    key: Option<String>,
}

impl VerifyReport {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let content = std::fs::read(&self.file)
            .with_context(|| format!("cannot read the report {}", self.file.display()))?;
        let verified = match std::str::from_utf8(&content) {
            Ok(text) => portico_server::verify_report(text, self.key.as_deref()).map_err(|f| f.to_string()),
            Err(_) => Err("the file is not text".to_owned()),
        };
        match verified {
            Ok(verified) => {
                let report = verified.report;
                output::line(format_args!(
                    "valid: event {}, made at {}, {} erasure(s)",
                    report.event_id,
                    report.generated_at,
                    report.erasures.len()
                ))?;
                output::line(format_args!("key {}", verified.fingerprint))?;
                Ok(ExitCode::SUCCESS)
            }
            Err(fault) => {
                output::line(format_args!("invalid: {fault}"))?;
                Ok(ExitCode::FAILURE)
            }
        }
    }
}
