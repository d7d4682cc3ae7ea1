//! Every entry of an event with what became of it, for exports. Reads several tables and owns none.

use portico_types::UtcMillis;
use rusqlite::{Connection, Row};

/// An entry and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedEntry {
    /// Its id.
    pub id: String,
    /// The guest's id.
    pub attendee: String,
    /// The guest's name, unless removed.
    pub name: Option<String>,
    /// Company or group.
    pub company: Option<String>,
    /// The code on the ticket, unless removed.
    pub ticket_code: Option<String>,
    /// Time at the door.
    pub at: UtcMillis,
    /// The gate as staff call it.
    pub gate: String,
    /// How the guest was recognised, as on the wire.
    pub method: String,
    /// The score, if a face was compared.
    pub score: Option<f64>,
    /// Why, if staff did it.
    pub reason: Option<String>,
    /// `stands`, `undone`, or for a second entry `conflict_open`, `conflict_accepted` or `conflict_undone`.
    pub state: String,
    /// Why it was undone, or how its conflict was decided.
    pub state_reason: Option<String>,
    /// For a second entry, the first one.
    pub conflict_with: Option<String>,
    /// The kiosk.
    pub device: String,
}

/// All entries of an event, oldest first. The second entry of a conflict is among the check-ins once it is promoted.
pub fn all(connection: &Connection, event: &str) -> rusqlite::Result<Vec<LoggedEntry>> {
    connection
        .prepare_cached(
            "SELECT e.id, e.attendee_id, a.name, a.company, a.ticket_code, e.at, coalesce(g.name, e.gate), e.method,
                 e.score, e.reason, e.state, e.state_reason, e.conflict_with, d.name
             FROM (
                 SELECT id, attendee_id, gate, method, at, score, reason,
                     CASE WHEN undone_by IS NULL THEN 'stands' ELSE 'undone' END AS state,
                     undo_reason AS state_reason, NULL AS conflict_with
                 FROM check_ins WHERE event_id = ?1
                 UNION ALL
                 SELECT id, attendee_id, gate, method, at, score, reason, 'conflict_' || state, resolve_reason, first_id
                 FROM conflicts k WHERE event_id = ?1 AND NOT EXISTS (SELECT 1 FROM check_ins c WHERE c.id = k.id)
             ) e
             CROSS JOIN entries n ON n.id = e.id
             CROSS JOIN devices d ON d.id = n.device_id
             CROSS JOIN attendees a ON a.id = e.attendee_id
             LEFT JOIN gates g ON g.id = e.gate
             ORDER BY e.at, e.id",
        )?
        .query_map([event], entry)?
        .collect()
}

fn entry(row: &Row<'_>) -> rusqlite::Result<LoggedEntry> {
    Ok(LoggedEntry {
        id: row.get(0)?,
        attendee: row.get(1)?,
        name: row.get(2)?,
        company: row.get(3)?,
        ticket_code: row.get(4)?,
        at: UtcMillis(row.get(5)?),
        gate: row.get(6)?,
        method: row.get(7)?,
        score: row.get(8)?,
        reason: row.get(9)?,
        state: row.get(10)?,
        state_reason: row.get(11)?,
        conflict_with: row.get(12)?,
        device: row.get(13)?,
    })
}
