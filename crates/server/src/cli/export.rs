//! `portico-server export`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};
use portico_protocol::ExportFormat;

use super::{Database, output};

/// Write check-ins or guests to a file.
#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Every entry: guest, time at the door (at the venue and in UTC), gate, method, what became of it, kiosk.
    CheckIns(Target),
    /// Everybody on the roster, in a form that can be imported again.
    Attendees(Target),
}

#[derive(Debug, Args)]
struct Target {
    #[command(flatten)]
    database: Database,
    /// The form; by default what the file's ending says, else CSV.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// The file; overwritten when it exists.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// CSV in UTF-8. Text that a spreadsheet would take for a formula begins with an apostrophe.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Export {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let (target, bytes) = match self.what {
            What::CheckIns(target) => {
                let bytes = target.database.open()?.export_check_ins(target.format())?;
                (target, bytes)
            }
            What::Attendees(target) => {
                let bytes = target.database.open()?.export_attendees(target.format())?;
                (target, bytes)
            }
        };
        let path = target.out.display();
        std::fs::write(&target.out, &bytes).with_context(|| format!("cannot write {path}"))?;
        output::line(format_args!("{} bytes written to {path}", bytes.len()))?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Target {
    fn format(&self) -> ExportFormat {
        let is_xlsx = self.out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        match self.format {
            Some(Format::Xlsx) => ExportFormat::Xlsx,
            None if is_xlsx => ExportFormat::Xlsx,
            Some(Format::Csv) | None => ExportFormat::Csv,
        }
    }
}
