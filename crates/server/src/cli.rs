//! The commands of `portico-server`, one file each.
//!
//! Exit codes: 0 done, 1 failed, 2 wrong arguments or nothing imported.

mod audit_heads;
mod edge;
mod erasure_report;
mod event;
mod export;
mod import;
mod import_queue;
pub mod logging;
mod output;
mod pair_code;
mod remove;
mod report_key;
mod revoke;
mod serve;
mod stats;
mod tickets;
mod verify_report;
mod watching;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use portico_server::{Backend, ServerConfig};
use portico_vision::Recognition;

use logging::LogFormat;

/// The event backend of Portico kiosks.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Arguments {
    /// Form of the log on standard error. `RUST_LOG` sets how much is logged.
    #[arg(long, global = true, value_enum, default_value = "text")]
    pub log_format: LogFormat,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer kiosks until interrupted.
    Serve(serve::Serve),
    /// Set or show the event.
    Event(event::Event),
    /// Take a roster over from CSV or XLSX, and portraits from a folder or a ZIP archive.
    Import(Box<import::Import>),
    /// Write check-ins or guests to a file.
    Export(export::Export),
    /// Print a one-use code with which a kiosk pairs.
    PairCode(pair_code::PairCode),
    /// End a kiosk's access for good.
    Revoke(revoke::Revoke),
    /// Take a guest off the roster and erase their face.
    Remove(remove::Remove),
    /// Sign the guests' tickets: a list as CSV, and a QR code for each.
    Tickets(tickets::Tickets),
    /// Show how the event is filling.
    Stats(stats::Stats),
    /// Show where the audits of the kiosks stand, and whether any contradicts itself.
    AuditHeads(audit_heads::AuditHeads),
    /// Write a signed report of what was erased and which kiosks have applied it.
    ErasureReport(erasure_report::ErasureReport),
    /// Check the signature of an erasure report.
    VerifyReport(verify_report::VerifyReport),
    /// Print the public key with which this server signs its reports.
    ReportKey(report_key::ReportKey),
    /// Take over what waited on a kiosk, from the file that its staff have exported.
    ImportQueue(import_queue::ImportQueue),
}

/// Which database.
#[derive(Debug, Args)]
pub struct Database {
    /// The server's `SQLite` file; made when it does not exist.
    #[arg(long = "db", value_name = "FILE")]
    pub path: PathBuf,
}

/// Which recogniser.
#[derive(Debug, Args)]
pub struct Recogniser {
    /// What makes the face vectors: `single`, `fused` (two recognisers, slower and better), or `own=PATH` with the
    /// entry of a net of your own. Kiosks must use the same; after a change all faces are enrolled again.
    #[arg(long, value_name = "WHICH", default_value = "single")]
    pub recognition: Recognition,
}

impl Database {
    /// Opens the backend without face nets.
    fn open(&self) -> anyhow::Result<Backend> {
        let config = ServerConfig::new(&self.path, PathBuf::new());
        Ok(Backend::without_faces(&config, edge::clock(), edge::random())?)
    }
}

/// Does what was asked.
pub fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(serve) => serve.run(),
        Command::Event(event) => event.run(),
        Command::Import(import) => import.run(),
        Command::Export(export) => export.run(),
        Command::PairCode(pair_code) => pair_code.run(),
        Command::Revoke(revoke) => revoke.run(),
        Command::Remove(remove) => remove.run(),
        Command::Tickets(tickets) => tickets.run(),
        Command::Stats(stats) => stats.run(),
        Command::AuditHeads(audit_heads) => audit_heads.run(),
        Command::ErasureReport(report) => report.run(),
        Command::VerifyReport(verify_report) => verify_report.run(),
        Command::ReportKey(report_key) => report_key.run(),
        Command::ImportQueue(import_queue) => import_queue.run(),
    }
}
