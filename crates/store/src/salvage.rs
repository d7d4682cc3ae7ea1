//! Going on with a damaged database: what is readable moves into a new one, the old one is kept, nothing is made up.
//!
//! Finding the damage, setting the file aside, reading its rows and making check-ins whole are files of their own.

use std::collections::BTreeMap;
use std::fs::File;

use portico_types::{AuditAction, UtcMillis};
use rusqlite::Connection;
use serde_json::json;

use crate::migrations::{self, SCHEMA_VERSION};
use crate::table::audit;
use crate::{Actor, AuditNote, DatabaseKey, StoreError, opening};

mod cipher;
mod detection;
mod disposal;
mod evidence;
mod files;
mod image;
mod log;
mod mending;
mod note;
mod outline;
mod page;
mod quarantine;
mod record;
mod rows;
mod shape;
mod survey;

pub(crate) use cipher::Seal;
pub(crate) use detection::examine;
pub(crate) use disposal::{dispose_of_all, dispose_of_old};
pub(crate) use files::Files;
pub use note::{SalvageNote, SalvageReport};
pub(crate) use outline::refresh as refresh_outline;
pub(crate) use quarantine::{finish as finish_interrupted, is_half_changed_over};

use image::Image;
use mending::Mended;
use outline::Outline;
use rows::Tally;

/// Tables of which the backend tells everything again.
const TOLD_BY_FEEDS: [&str; 4] = ["attendees", "templates", "conflicts", "meta"];
/// The three places of a check-in.
const PLACES_OF_ENTRIES: [&str; 3] = ["check_ins", "outbox", "audit"];

/// Puts a new database with every readable row where the damaged one was, and the damaged one into quarantine.
pub(crate) fn salvage(
    files: &Files,
    key: &DatabaseKey,
    cause: &StoreError,
    now: UtcMillis,
) -> Result<SalvageReport, StoreError> {
    let mut image = Image::load(files, key)?;
    let log_is_old = image.as_mut().is_some_and(|image| detection::log_is_old(image, files));
    let place = quarantine::place_for(files, now, image.is_some());
    let mut report = SalvageReport {
        at: now,
        quarantined: place.clone(),
        cause: cause.to_string(),
        readable: image.is_some(),
        copied: BTreeMap::new(),
        lost: BTreeMap::new(),
        log_damaged: log_is_old || image.as_ref().is_none_or(Image::log_is_damaged),
        rebuilt: 0,
        requeued: 0,
    };
    quarantine::discard_draft(files)?;
    fill_draft(files, key, image.as_ref(), &mut report)?;
    drop(image);
    File::open(files.draft())?.sync_all()?;
    quarantine::change_over(files, &place)?;
    tracing::warn!(
        copied = report.copied.values().sum::<u64>(),
        gaps = report.lost.values().sum::<u64>(),
        requeued = report.requeued,
        "a damaged database was set aside and its readable rows taken over"
    );
    Ok(report)
}

fn fill_draft(
    files: &Files,
    key: &DatabaseKey,
    image: Option<&Image>,
    report: &mut SalvageReport,
) -> Result<(), StoreError> {
    let outline = Outline::load(files);
    let version = image
        .and_then(|image| image.version().or(outline.as_ref().map(|outline| outline.version)))
        .filter(|version| *version > 0)
        .unwrap_or(SCHEMA_VERSION);
    if version > SCHEMA_VERSION {
        return Err(StoreError::NewerSchema { found: version, known: SCHEMA_VERSION });
    }
    let mut draft = opening::connect_at(&files.draft(), opening::Found::Nothing, key, version)?;
    // Made durable as a whole before it takes the database's place.
    draft.execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;")?;
    let tally = match image {
        Some(image) => take_over(&mut draft, image, outline.as_ref())?,
        None => Tally::default(),
    };
    migrations::migrate(&mut draft)?;
    let transaction = draft.transaction()?;
    report.copied = tally.copied.clone();
    report.lost = tally.gaps.clone();
    if report.readable {
        let mended = make_whole(&transaction, &tally, report.log_damaged)?;
        (report.rebuilt, report.requeued) = (mended.rebuilt, mended.requeued);
    }
    if !report.readable || report.log_damaged || tally.misses_any(&["meta"]) {
        crate::staff::forfeit_guesses(&transaction)?;
    }
    audit::append(&transaction, &audit_note(report))?;
    note::write(&transaction, &SalvageNote { report: report.clone(), acknowledged: false })?;
    transaction.commit()?;
    draft.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    draft.close().map_err(|(_, error)| error.into())
}

fn take_over(draft: &mut Connection, image: &Image, outline: Option<&Outline>) -> Result<Tally, StoreError> {
    let shapes = shape::all(draft)?;
    let roots = survey::roots(image, outline);
    let survey = survey::survey(image, &roots, &shapes);
    let transaction = draft.transaction()?;
    let tally = rows::copy(&transaction, &shapes, &survey)?;
    transaction.commit()?;
    Ok(tally)
}

fn make_whole(connection: &Connection, tally: &Tally, log_damaged: bool) -> Result<Mended, StoreError> {
    mending::index_roster(connection)?;
    if log_damaged || tally.misses_any(&TOLD_BY_FEEDS) {
        crate::restart::begin_anew(connection)?;
    }
    if log_damaged || tally.misses_any(&PLACES_OF_ENTRIES) {
        return mending::mend(connection);
    }
    Ok(Mended::default())
}

fn audit_note(report: &SalvageReport) -> AuditNote {
    AuditNote {
        action: AuditAction::Salvage,
        actor: Actor::Kiosk,
        attendee: None,
        before: None,
        after: Some(json!({
            "copied": report.copied,
            "lost": report.lost,
            "rebuilt": report.rebuilt,
            "requeued": report.requeued,
        })),
        reason: Some(report.cause.clone()),
        at: report.at,
    }
}
