//! `portico-server import`.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use portico_server::{
    Agreement, ArchiveLimits, Backend, BackendError, FacesReport, ImportReport, Pictures, ReadOptions,
    RosterOptions, RosterPreview, ServerConfig, bounded_file,
};
use portico_types::{Consent, UtcMillis};

use super::watching::Terminal;
use super::{Database, Recogniser, edge, output};

/// After how many days faces are erased unless the event or the operator says otherwise.
const KEEP_FACES_DAYS: u16 = 30;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Exit code when no row was good.
const NOTHING_IMPORTED: u8 = 2;

/// Take a roster over from CSV or XLSX, and portraits from a folder or a ZIP archive.
///
/// The first row names the columns, in English, Chinese or German: name (required; or given and family name), company,
/// `ticket_code` (made when absent), phone (its last four digits are kept), note, id, photo. The encoding and the
/// delimiter of CSV are guessed. Formulas are never evaluated. Bad rows are listed and skipped; all good ones land in
/// one transaction. With --faces you state that every guest in the pictures has agreed to be recognised by face.
/// Ctrl-C stops: nothing of a roster is taken then, and of pictures what was taken stands.
#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    database: Database,
    /// The roster, CSV or XLSX, at most 64 MB and 200,000 rows.
    #[arg(long, value_name = "FILE", required_unless_present = "faces")]
    roster: Option<PathBuf>,
    /// The sheet of a workbook; the first unless named.
    #[arg(long, value_name = "NAME", requires = "roster")]
    sheet: Option<String>,
    /// The encoding of CSV, such as gb18030; guessed unless named.
    #[arg(long, value_name = "NAME", requires = "roster")]
    encoding: Option<String>,
    /// Which column is for what, such as name=Who, or note= for none; repeat for each. The others are found by their
    /// titles.
    #[arg(long = "map", value_name = "FIELD=COLUMN", value_parser = mapping, requires = "roster")]
    map: Vec<(String, String)>,
    /// Only show how the roster would be read; change nothing.
    #[arg(long, requires = "roster", conflicts_with = "faces")]
    preview: bool,
    /// Write the bad rows with their reasons to this CSV file; mended, it can be imported itself.
    #[arg(long, value_name = "FILE", requires = "roster")]
    bad_rows: Option<PathBuf>,
    /// Folder or ZIP archive of portraits, named by ticket code, id, name, or as in the roster's column `photo`.
    #[arg(long, value_name = "PATH", requires = "models")]
    faces: Option<PathBuf>,
    /// Write the verdict for each portrait to this CSV file.
    #[arg(long, value_name = "FILE", requires = "faces")]
    faces_report: Option<PathBuf>,
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
        let options = self.options();
        let roster = self.roster.as_deref().map(|path| read(path, &options)).transpose()?;
        let backend = self.open()?;
        let terminal = Terminal::watching()?;
        let mut imported = true;
        if let Some(bytes) = roster {
            if self.preview {
                let preview = backend.preview_roster(&bytes, &options, &terminal);
                terminal.done();
                let preview = preview?;
                print_preview(&preview)?;
                return Ok(exit_code(self.finish(&preview.report)?));
            }
            let report = backend.import_roster_as(&bytes, &options, &terminal);
            terminal.done();
            let report = report?;
            print_roster(&report)?;
            imported = self.finish(&report)?;
        }
        if let Some(faces) = &self.faces {
            let mut pictures = Pictures::open(faces, &ArchiveLimits::pictures())?;
            let report = backend.enrol_pictures(&mut pictures, &self.agreement(&backend)?, &terminal);
            terminal.done();
            let report = report?;
            print_faces(&report)?;
            if let Some(path) = &self.faces_report {
                write(path, |file| Ok(report.write(file)?))?;
            }
            if let Some(why) = &report.ended_early {
                anyhow::bail!("{why}; {} picture(s) were not looked at, what was taken stands", report.left);
            }
        }
        Ok(exit_code(imported))
    }

    fn options(&self) -> RosterOptions {
        let read = ReadOptions {
            sheet: self.sheet.clone(),
            encoding: self.encoding.clone(),
            ..ReadOptions::default()
        };
        RosterOptions { read, map: self.map.clone() }
    }

    /// Writes the bad rows where that was asked for, and says whether there were good ones.
    fn finish(&self, report: &ImportReport) -> anyhow::Result<bool> {
        if let Some(path) = &self.bad_rows {
            write(path, |file| Ok(report.write_bad_rows(file)?))?;
        }
        if report.added + report.updated + report.unchanged == 0 {
            tracing::error!("nothing was imported");
            return Ok(false);
        }
        let bad_rows = report.bad_rows.len();
        if bad_rows > 0 && !self.preview {
            tracing::warn!(bad_rows, "some rows were skipped; mend them and import again");
        }
        Ok(true)
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

fn exit_code(imported: bool) -> ExitCode {
    if imported { ExitCode::SUCCESS } else { ExitCode::from(NOTHING_IMPORTED) }
}

fn mapping(text: &str) -> Result<(String, String), String> {
    let (field, column) =
        text.split_once('=').ok_or("a mapping is written FIELD=COLUMN, such as name=Who")?;
    Ok((field.trim().to_owned(), column.trim().to_owned()))
}

fn read(path: &Path, options: &RosterOptions) -> anyhow::Result<Vec<u8>> {
    bounded_file(path, options.read.limits.file_bytes)
        .with_context(|| format!("cannot take the roster {}", path.display()))
}

fn write(path: &Path, content: impl FnOnce(BufWriter<File>) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let context = || format!("cannot write {}", path.display());
    content(BufWriter::new(File::create(path).with_context(context)?)).with_context(context)
}

fn print_preview(preview: &RosterPreview) -> anyhow::Result<()> {
    for column in &preview.report.columns {
        output::line(format_args!("{} = column `{}`", column.field, column.title))?;
    }
    for (row, guest) in &preview.first_rows {
        let facts =
            [&guest.company, &guest.ticket_code, &guest.phone_last4, &guest.note, &guest.photo, &guest.id];
        let facts: Vec<&str> = facts.into_iter().map(|fact| fact.as_deref().unwrap_or("-")).collect();
        output::line(format_args!("row {row}: {} | {}", guest.name, facts.join(" | ")))?;
    }
    print_roster(&preview.report)?;
    output::line("this was a preview; nothing was changed")
}

fn print_roster(report: &ImportReport) -> anyhow::Result<()> {
    output::line(format_args!("read as {}", report.source))?;
    for bad in &report.bad_rows {
        output::line(format_args!("row {}, column {}: {}", bad.row, bad.column, bad.fault))?;
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

fn print_faces(report: &FacesReport) -> anyhow::Result<()> {
    for picture in report.not_taken() {
        let measure = picture.verdict.measure().map(|measure| format!(" ({measure})")).unwrap_or_default();
        output::line(format_args!("{}: {}{measure}", picture.file, picture.verdict.advice()))?;
    }
    output::line(format_args!(
        "{} face(s) enrolled, {} further picture(s), {} not taken",
        report.enrolled(),
        report.further(),
        report.not_taken().count()
    ))
}
