//! `portico-server remove`.

use std::process::ExitCode;

use clap::Args;
use portico_types::AttendeeId;

use super::{Database, output};

/// Take a guest off the roster and erase their face.
#[derive(Debug, Args)]
pub struct Remove {
    #[command(flatten)]
    database: Database,
    /// The guest's id.
    attendee: String,
}

impl Remove {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        self.database.open()?.remove_attendee(&AttendeeId::new(&self.attendee))?;
        output::line(format_args!("guest {} is removed", self.attendee))?;
        Ok(ExitCode::SUCCESS)
    }
}
