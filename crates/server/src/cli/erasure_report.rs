//! `portico-server erasure-report`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use portico_protocol::utc_millis;
use portico_types::UtcMillis;

use super::{Database, output};

/// Write a signed report of what was erased and which kiosks have applied it.
#[derive(Debug, Args)]
pub struct ErasureReport {
    #[command(flatten)]
    database: Database,
    /// Leave out what was erased before this time, such as 2026-11-21T09:30:00Z.
    #[arg(long, value_name = "TIME", value_parser = utc_millis)]
    since: Option<UtcMillis>,
    /// Where the report goes; an older file of this name is replaced.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl ErasureReport {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let file = self.database.open()?.erasure_report(self.since)?;
        std::fs::write(&self.out, &file)
            .with_context(|| format!("cannot write the report {}", self.out.display()))?;
        let verified = portico_server::verify_report(&file, None)?;
        output::line(format_args!(
            "{} erasure(s) in {}, signed with the key {}",
            verified.report.erasures.len(),
            self.out.display(),
            verified.fingerprint
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}
