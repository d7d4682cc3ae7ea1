//! `portico-server stats`.

use std::process::ExitCode;

use clap::Args;

use super::{Database, output};

/// Show how the event is filling.
#[derive(Debug, Args)]
pub struct Stats {
    #[command(flatten)]
    database: Database,
}

impl Stats {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let backend = self.database.open()?;
        let (event, stats) = (backend.event()?, backend.stats()?);
        output::line(&event.name)?;
        output::line(format_args!(
            "{} of {} guests are in; {} have a face enrolled",
            stats.checked_in, stats.attendees, stats.enrolled
        ))?;
        for gate in &stats.by_gate {
            let name = event.gates.iter().find(|g| g.id == gate.gate).map_or(&gate.gate, |g| &g.name);
            output::line(format_args!("  {name}: {}", gate.count))?;
        }
        for device in backend.devices()? {
            let standing = if device.revoked { ", revoked" } else { "" };
            output::line(format_args!("device {}: {} at {}{standing}", device.id, device.name, device.gate))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
