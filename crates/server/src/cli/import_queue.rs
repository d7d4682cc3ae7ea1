//! `portico-server import-queue`.

use std::io::Read as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use portico_protocol::queue_file;
use portico_server::{EntryName, QueueImport};

use super::{Database, output};

/// Take over what waited on a kiosk, from the file that its staff have exported.
///
/// Doing it again, or the kiosk's own delivery later, changes nothing. The passphrase is given in a file or on standard
/// input, because arguments can be seen by everybody on this machine; a line break at its end is left out.
#[derive(Debug, Args)]
pub struct ImportQueue {
    #[command(flatten)]
    database: Database,
    /// The exported file.
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    passphrase: Passphrase,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Passphrase {
    /// File with the passphrase.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Read the passphrase from standard input.
    #[arg(long)]
    passphrase_stdin: bool,
}

impl ImportQueue {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let path = &self.file;
        let file =
            std::fs::read(path).with_context(|| format!("cannot read the queue file {}", path.display()))?;
        let queue = queue_file::open(&self.passphrase.read()?, &file)?;
        output::line(format_args!("{}: exported at {}", queue.kiosk, queue.exported_at))?;
        print(&self.database.open()?.import_queue(&queue)?)?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Passphrase {
    fn read(&self) -> anyhow::Result<String> {
        let mut text = String::new();
        if let Some(path) = &self.passphrase_file {
            text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read the passphrase from {}", path.display()))?;
        } else {
            std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
        }
        Ok(text.trim_end_matches(['\r', '\n']).to_owned())
    }
}

fn print(import: &QueueImport) -> anyhow::Result<()> {
    for (id, reason) in &import.rejected {
        output::line(format_args!("entry {id}: rejected: {reason}"))?;
    }
    for (name, outcomes) in &import.outcomes {
        let name = match name {
            EntryName::CheckIn => "check-ins",
            EntryName::Register => "guests added at the door",
            EntryName::Undo => "undone entries",
            EntryName::Resolve => "resolved conflicts",
        };
        output::line(format_args!(
            "{name}: {} recorded, {} already recorded, {} duplicates, {} rejected",
            outcomes.recorded, outcomes.already_recorded, outcomes.duplicates, outcomes.rejected
        ))?;
    }
    let standing = if import.known { "" } else { ", which was never paired with this server" };
    output::line(format_args!("kept under device {}{standing}", import.device))
}
