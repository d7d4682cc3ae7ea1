//! `templates`: the gallery, with the consent that each vector rests on and the time by which it must be gone.

use rusqlite::{Connection, Row, params};

use portico_types::{AttendeeId, Consent, Embedding, Template, TemplateId, UtcMillis};

use crate::codec::Named;
use crate::migrations::Migration;
use crate::{StoreError, TemplateTerms};

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        sql: "CREATE TABLE templates (
        id               TEXT PRIMARY KEY,
        attendee         TEXT NOT NULL,
        model            TEXT NOT NULL,
        embedding        BLOB NOT NULL,
        consent_text     TEXT NOT NULL,
        consent_language TEXT NOT NULL,
        consent_at       INTEGER NOT NULL,
        expires_at       INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX templates_by_attendee ON templates (attendee);
    CREATE INDEX templates_by_expiry ON templates (expires_at);",
    },
    Migration {
        version: 2,
        // In which reading of the feed the backend last told this row.
        sql: "ALTER TABLE templates ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;",
    },
];

/// Writes a template. Returns how many rows changed: none if it was here in exactly this form.
pub(crate) fn put(
    connection: &Connection,
    template: &Template,
    generation: i64,
) -> Result<usize, StoreError> {
    let changed = connection
        .prepare_cached(
            "INSERT INTO templates
                 (id, attendee, model, embedding, consent_text, consent_language, consent_at, expires_at,
                  generation)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (id) DO UPDATE SET
                 attendee = excluded.attendee, model = excluded.model, embedding = excluded.embedding,
                 consent_text = excluded.consent_text, consent_language = excluded.consent_language,
                 consent_at = excluded.consent_at, expires_at = excluded.expires_at,
                 generation = excluded.generation
             WHERE (attendee, model, embedding, consent_text, consent_language, consent_at, expires_at)
                 IS NOT (excluded.attendee, excluded.model, excluded.embedding, excluded.consent_text,
                     excluded.consent_language, excluded.consent_at, excluded.expires_at)",
        )?
        .execute(params![
            Named(&template.id),
            Named(&template.attendee),
            Named(&template.model),
            template.embedding.to_bytes(),
            template.consent.text_version,
            template.consent.language,
            template.consent.agreed_at.0,
            template.expires_at.0,
            generation,
        ])?;
    Ok(changed)
}

/// Notes that the backend has told this template again, unchanged.
pub(crate) fn touch(connection: &Connection, id: &TemplateId, generation: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE templates SET generation = ?2 WHERE id = ?1")?
        .execute(params![Named(id), generation])?;
    Ok(())
}

/// Removes what the backend has not told since `generation` began.
pub(crate) fn remove_before(connection: &Connection, generation: i64) -> Result<usize, StoreError> {
    Ok(connection.prepare_cached("DELETE FROM templates WHERE generation < ?1")?.execute([generation])?)
}

pub(crate) fn remove(connection: &Connection, id: &TemplateId) -> Result<usize, StoreError> {
    Ok(connection.prepare_cached("DELETE FROM templates WHERE id = ?1")?.execute([Named(id)])?)
}

/// Removes the templates of a guest, and names them.
pub(crate) fn remove_of(
    connection: &Connection,
    attendee: &AttendeeId,
) -> Result<Vec<TemplateId>, StoreError> {
    let mut statement =
        connection.prepare_cached("DELETE FROM templates WHERE attendee = ?1 RETURNING id")?;
    let ids = statement.query_map([Named(attendee)], |row| Ok(row.get::<_, Named<_>>(0)?.0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// When the newest consent was given on which a guest's templates rest.
pub(crate) fn newest_consent(
    connection: &Connection,
    attendee: &AttendeeId,
) -> Result<Option<UtcMillis>, StoreError> {
    let newest = connection
        .prepare_cached("SELECT max(consent_at) FROM templates WHERE attendee = ?1")?
        .query_row([Named(attendee)], |row| row.get::<_, Option<i64>>(0))?;
    Ok(newest.map(UtcMillis))
}

/// Whether a guest has a template that may still be used at `now`.
pub(crate) fn has(
    connection: &Connection,
    attendee: &AttendeeId,
    now: UtcMillis,
) -> Result<bool, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM templates WHERE attendee = ?1 AND expires_at > ?2")?;
    Ok(statement.exists(params![Named(attendee), now.0])?)
}

pub(crate) fn any_expired(connection: &Connection, now: UtcMillis) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM templates WHERE expires_at <= ?1 LIMIT 1")?
        .exists([now.0])?)
}

/// Removes the templates whose time is over, and names them.
pub(crate) fn remove_expired(connection: &Connection, now: UtcMillis) -> Result<Vec<TemplateId>, StoreError> {
    let mut statement =
        connection.prepare_cached("DELETE FROM templates WHERE expires_at <= ?1 RETURNING id")?;
    let ids = statement.query_map([now.0], |row| Ok(row.get::<_, Named<_>>(0)?.0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

pub(crate) fn remove_all(connection: &Connection) -> Result<usize, StoreError> {
    Ok(connection.execute("DELETE FROM templates", [])?)
}

/// Every template that may still be used at `now`, in a stable order.
pub(crate) fn valid(connection: &Connection, now: UtcMillis) -> Result<Vec<Template>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, attendee, model, embedding, consent_text, consent_language, consent_at, expires_at
         FROM templates WHERE expires_at > ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([now.0])?;
    let mut templates = Vec::new();
    while let Some(row) = rows.next()? {
        templates.push(read(row)?);
    }
    Ok(templates)
}

fn read(row: &Row<'_>) -> Result<Template, StoreError> {
    let bytes = row.get_ref(3)?.as_blob().map_err(|error| StoreError::Damaged(error.to_string()))?;
    Ok(Template {
        id: row.get::<_, Named<_>>(0)?.0,
        attendee: row.get::<_, Named<_>>(1)?.0,
        model: row.get::<_, Named<_>>(2)?.0,
        embedding: Embedding::from_bytes(bytes).map_err(|error| StoreError::Damaged(error.to_string()))?,
        consent: Consent {
            text_version: row.get(4)?,
            language: row.get(5)?,
            agreed_at: UtcMillis(row.get(6)?),
        },
        expires_at: UtcMillis(row.get(7)?),
    })
}

/// The newest generation in which a row was told; 0 without rows. Counted from the rows, for a damaged database may have
/// lost the number itself.
pub(crate) fn newest_generation(connection: &Connection) -> Result<i64, StoreError> {
    let newest = connection
        .query_row("SELECT max(generation) FROM templates", [], |row| row.get::<_, Option<i64>>(0))?;
    Ok(newest.unwrap_or(0))
}

/// How many there are, and when the first and the last of them goes.
pub(crate) fn terms(connection: &Connection) -> Result<TemplateTerms, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT count(*), min(expires_at), max(expires_at) FROM templates")?;
    let terms = statement.query_row([], |row| {
        Ok(TemplateTerms {
            templates: row.get::<_, i64>(0)?.cast_unsigned(),
            first_ends_at: row.get::<_, Option<i64>>(1)?.map(UtcMillis),
            last_ends_at: row.get::<_, Option<i64>>(2)?.map(UtcMillis),
        })
    })?;
    Ok(terms)
}
