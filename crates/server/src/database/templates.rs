//! Table `templates`: enrolled face vectors with their consent. A row without a vector is the tombstone of an erased
//! one: its id, and nothing else.

use portico_types::{AttendeeId, Consent, DeviceId, Embedding, ModelId, Template, TemplateId, UtcMillis};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::erasures::{self, Erasure, ErasureReason};
use super::sequence;

pub const CREATE: &str = "
CREATE TABLE templates (
    id TEXT NOT NULL PRIMARY KEY,
    attendee_id TEXT REFERENCES attendees (id),
    model TEXT,
    vector BLOB,
    quality REAL,
    text_version TEXT,
    language TEXT,
    agreed_at INTEGER,
    enrolled_by TEXT REFERENCES devices (id),
    expires_at INTEGER,
    change INTEGER NOT NULL UNIQUE,
    CHECK ((vector IS NULL) = (attendee_id IS NULL)),
    CHECK ((vector IS NULL) = (model IS NULL)),
    CHECK ((vector IS NULL) = (text_version IS NULL)),
    CHECK ((vector IS NULL) = (language IS NULL)),
    CHECK ((vector IS NULL) = (agreed_at IS NULL)),
    CHECK ((vector IS NULL) = (expires_at IS NULL))
) STRICT;
CREATE INDEX templates_by_attendee ON templates (attendee_id) WHERE vector IS NOT NULL;
CREATE INDEX templates_by_expiry ON templates (expires_at) WHERE vector IS NOT NULL;";

/// Every column but the id and the number, emptied.
const ERASED: &str = "attendee_id = NULL, model = NULL, vector = NULL, quality = NULL, text_version = NULL, \
                      language = NULL, agreed_at = NULL, enrolled_by = NULL, expires_at = NULL";

/// One row of a delta.
#[derive(Clone, Debug, PartialEq)]
pub enum TemplateChange {
    /// Enrolled, and the device that took the consent, if one did.
    Put(Box<Template>, Option<DeviceId>),
    /// Erased: the id.
    Removed(String),
}

/// Adds a template. `enrolled_by` is the device that took the consent, if one did.
pub fn insert(
    connection: &Connection,
    template: &Template,
    quality: f32,
    enrolled_by: Option<&DeviceId>,
) -> rusqlite::Result<()> {
    let change = sequence::next(connection)?;
    connection.execute(
        "INSERT INTO templates (id, attendee_id, model, vector, quality, text_version, language, agreed_at,
             enrolled_by, expires_at, change)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            template.id.as_str(),
            template.attendee.as_str(),
            template.model.0,
            template.embedding.to_bytes(),
            quality,
            template.consent.text_version,
            template.consent.language,
            template.consent.agreed_at.0,
            enrolled_by.map(DeviceId::as_str),
            template.expires_at.0,
            change,
        ],
    )?;
    Ok(())
}

/// Erases all templates of a guest, writes down why, and returns how many there were.
pub fn erase_attendee(
    connection: &Connection,
    attendee: &str,
    reason: ErasureReason,
    now: UtcMillis,
) -> rusqlite::Result<usize> {
    erase_agreed_by(connection, attendee, UtcMillis(i64::MAX), reason, now)
}

/// Erases the templates of a guest that they agreed to by `agreed_by`, writes down why, and returns how many there were.
pub fn erase_agreed_by(
    connection: &Connection,
    attendee: &str,
    agreed_by: UtcMillis,
    reason: ErasureReason,
    now: UtcMillis,
) -> rusqlite::Result<usize> {
    let doomed = connection
        .prepare_cached(
            "SELECT id, attendee_id, expires_at FROM templates
             WHERE attendee_id = ?1 AND vector IS NOT NULL AND agreed_at <= ?2",
        )?
        .query_map(params![attendee, agreed_by.0], doomed)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    erase(connection, &doomed, reason, now)
}

/// The best picture's template of a guest that is not over at `now`.
pub fn best(connection: &Connection, attendee: &str, now: UtcMillis) -> rusqlite::Result<Option<Template>> {
    let found = connection
        .prepare_cached(
            "SELECT change, id, attendee_id, model, vector, text_version, language, agreed_at, expires_at, enrolled_by
             FROM templates WHERE attendee_id = ?1 AND vector IS NOT NULL AND expires_at > ?2
             ORDER BY quality DESC, change DESC LIMIT 1",
        )?
        .query_row(params![attendee, now.0], change)
        .optional()?;
    Ok(match found {
        Some((_, TemplateChange::Put(template, _))) => Some(*template),
        Some((_, TemplateChange::Removed(_))) | None => None,
    })
}

/// How many templates a guest has.
pub fn count(connection: &Connection, attendee: &str) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("SELECT count(*) FROM templates WHERE attendee_id = ?1 AND vector IS NOT NULL")?
        .query_row([attendee], |row| row.get::<_, i64>(0))
        .map(|count| usize::try_from(count).unwrap_or(usize::MAX))
}

/// Erases the templates that are over at `now`, writes that down, and returns how many there were.
pub fn erase_expired(connection: &Connection, now: UtcMillis) -> rusqlite::Result<usize> {
    let doomed = connection
        .prepare_cached(
            "SELECT id, attendee_id, expires_at FROM templates WHERE vector IS NOT NULL AND expires_at <= ?1
             ORDER BY expires_at, id",
        )?
        .query_map([now.0], doomed)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    erase(connection, &doomed, ErasureReason::Expired, now)
}

/// Whether any template is over at `now`.
pub fn any_expired(connection: &Connection, now: UtcMillis) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM templates WHERE vector IS NOT NULL AND expires_at <= ?1")?
        .exists([now.0])
}

/// Up to `limit` changes after `since`, oldest first, each with its number; templates of `model` only, if given.
pub fn changes(
    connection: &Connection,
    model: Option<&str>,
    since: i64,
    limit: usize,
) -> rusqlite::Result<Vec<(i64, TemplateChange)>> {
    connection
        .prepare_cached(
            "SELECT change, id, attendee_id, model, vector, text_version, language, agreed_at, expires_at,
                 enrolled_by
             FROM templates WHERE change > ?1 AND (?2 IS NULL OR model IS NULL OR model = ?2)
             ORDER BY change LIMIT ?3",
        )?
        .query_map(params![since, model, limit as i64], change)?
        .collect()
}

/// How many guests have a template that is not over at `now`.
pub fn enrolled(connection: &Connection, now: UtcMillis) -> rusqlite::Result<u64> {
    connection.query_row(
        "SELECT count(DISTINCT attendee_id) FROM templates WHERE vector IS NOT NULL AND expires_at > ?1",
        [now.0],
        |row| row.get::<_, i64>(0).map(|n| n as u64),
    )
}

/// Number of the last change; 0 if there is none.
pub fn head(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT coalesce(max(change), 0) FROM templates")?
        .query_row([], |row| row.get(0))
}

/// A template that is about to go.
struct Doomed {
    id: String,
    attendee: String,
    expires_at: UtcMillis,
}

fn doomed(row: &Row<'_>) -> rusqlite::Result<Doomed> {
    Ok(Doomed { id: row.get(0)?, attendee: row.get(1)?, expires_at: UtcMillis(row.get(2)?) })
}

/// The one place where templates go, so that none goes without a line in `erasures`.
fn erase(
    connection: &Connection,
    doomed: &[Doomed],
    reason: ErasureReason,
    now: UtcMillis,
) -> rusqlite::Result<usize> {
    for template in doomed {
        let change = sequence::next(connection)?;
        connection
            .prepare_cached(&format!("UPDATE templates SET {ERASED}, change = ?2 WHERE id = ?1"))?
            .execute(params![template.id, change])?;
        let erasure = Erasure {
            template: template.id.clone(),
            attendee: template.attendee.clone(),
            reason,
            due_at: Some(template.expires_at).filter(|due| *due <= now),
            erased_at: now,
            purged_at: None,
            change,
        };
        erasures::insert(connection, &erasure)?;
    }
    Ok(doomed.len())
}

fn change(row: &Row<'_>) -> rusqlite::Result<(i64, TemplateChange)> {
    let number = row.get(0)?;
    let id: String = row.get(1)?;
    let Some(vector) = row.get::<_, Option<Vec<u8>>>(4)? else {
        return Ok((number, TemplateChange::Removed(id)));
    };
    let embedding = Embedding::from_bytes(&vector)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(4, Type::Blob, Box::new(e)))?;
    let template = Template {
        id: TemplateId::new(id),
        attendee: AttendeeId::new(row.get::<_, String>(2)?),
        model: ModelId(row.get(3)?),
        embedding,
        consent: Consent {
            text_version: row.get(5)?,
            language: row.get(6)?,
            agreed_at: UtcMillis(row.get(7)?),
        },
        expires_at: UtcMillis(row.get(8)?),
    };
    let device = row.get::<_, Option<String>>(9)?.map(DeviceId::new);
    Ok((number, TemplateChange::Put(Box::new(template), device)))
}
