//! `portico-server import`.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use portico_server::{Agreement, Backend, BackendError, EnrolReport, ImportReport, ServerConfig};
use portico_types::{Consent, UtcMillis};

use super::{Database, Recogniser, edge, output};

/// After how many days faces are erased unless the event or the operator says otherwise.
const KEEP_FACES_DAYS: u16 = 30;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Take a roster file over, and optionally a folder of portraits.
///
/// The roster is CSV in UTF-8 with a header: name (required), company, `ticket_code` (made when absent), phone (its last
/// four digits are kept), note, id, photo. Bad rows are listed and skipped. With --faces you state that every guest
/// in the folder has agreed to be recognised by face.
#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    database: Database,
    /// The roster.
    #[arg(long, value_name = "FILE")]
    roster: PathBuf,
    /// Folder of portraits, named by ticket code, id, name, or as in the roster's column `photo`.
    #[arg(long, value_name = "DIR", requires = "models")]
    faces: Option<PathBuf>,
    /// Folder of imported nets, to read the portraits.
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    #[command(flatten)]
    recogniser: Recogniser,
    /// Version of the text that these guests agreed to.
    #[arg(long, value_name = "VERSION", default_value = "registration")]
    consent_text: String,
    /// Language of that text.
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    consent_language: String,
    /// After how many days the faces are erased: as the event says, or 30.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=366))]
    keep_faces_days: Option<u16>,
}

impl Import {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let path = &self.roster;
        let file = File::open(path).with_context(|| format!("cannot open the roster {}", path.display()))?;
        let backend = self.open()?;
        let report = backend.import_roster(file)?;
        print_roster(&report)?;
        if let Some(faces) = &self.faces {
            print_faces(&backend.enrol_folder(faces, &self.agreement(&backend)?)?)?;
        }
        let imported = report.added + report.updated + report.unchanged > 0;
        if !imported {
            tracing::error!("nothing was imported");
            return Ok(ExitCode::from(2));
        }
        if !report.bad_rows.is_empty() {
            tracing::warn!(
                bad_rows = report.bad_rows.len(),
                "some rows were skipped; mend them and import again"
            );
        }
        Ok(ExitCode::SUCCESS)
    }

    fn open(&self) -> anyhow::Result<Backend> {
        let Some(models) = self.models.as_ref().filter(|_| self.faces.is_some()) else {
            return self.database.open();
        };
        let mut config = ServerConfig::new(&self.database.path, models);
        config.recognition = self.recogniser.recognition.clone();
        let backend = Backend::open(&config, edge::clock(), edge::random())?;
        match backend.faces_off() {
            Some(reason) => anyhow::bail!("cannot read faces: {reason}"),
            None => Ok(backend),
        }
    }

    fn agreement(&self, backend: &Backend) -> anyhow::Result<Agreement> {
        let now = backend.utc();
        let rules = match backend.event() {
            Ok(event) => event.policy.face_enrolment,
            Err(BackendError::UnknownEvent) => None,
            Err(error) => return Err(error.into()),
        };
        let days = self.keep_faces_days.or(rules.map(|rules| rules.keep_days)).unwrap_or(KEEP_FACES_DAYS);
        Ok(Agreement {
            consent: Consent {
                text_version: self.consent_text.clone(),
                language: self.consent_language.clone(),
                agreed_at: now,
            },
            expires_at: UtcMillis(now.0 + i64::from(days) * DAY_MS),
            device: None,
        })
    }
}

fn print_roster(report: &ImportReport) -> anyhow::Result<()> {
    for bad in &report.bad_rows {
        output::line(format_args!("row {}, column {}: {}", bad.row, bad.column, bad.reason))?;
    }
    if !report.unknown_columns.is_empty() {
        output::line(format_args!("columns not used: {}", report.unknown_columns.join(", ")))?;
    }
    output::line(format_args!(
        "{} added, {} updated, {} unchanged, {} skipped",
        report.added,
        report.updated,
        report.unchanged,
        report.bad_rows.len()
    ))
}

fn print_faces(report: &EnrolReport) -> anyhow::Result<()> {
    for refused in &report.refused {
        output::line(format_args!("{}: {}", refused.file, refused.reason))?;
    }
    for file in &report.unmatched {
        output::line(format_args!(
            "{}: no guest of this name, id or ticket code",
            Path::new(file).display()
        ))?;
    }
    output::line(format_args!("{} face(s) enrolled, {} further picture(s)", report.enrolled, report.further))
}
