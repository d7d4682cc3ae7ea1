//! Writing entries down, each at most once (I3), and each guest inside at most once.

use portico_protocol::{
    CHECK_INS_PER_CALL, CheckInEntry, CheckInOutcome, CheckInVerdict, EntryKind, rfc3339, utc_millis,
};
use portico_types::{DeviceId, UtcMillis};
use rusqlite::Connection;
use uuid::Uuid;

use super::Backend;
use crate::database::check_ins::{self, NewCheckIn};
use crate::database::entries::{self, First, Settled};
use crate::database::{attendees, event};
use crate::error::BackendError;

/// Longest accepted reason and gate, in characters.
const LONGEST_TEXT: usize = 500;

const METHODS: [&str; 4] = ["face", "face_and_fact", "ticket", "staff"];

/// From whom and when a batch came.
struct Delivery<'a> {
    event: &'a str,
    device: &'a DeviceId,
    now: UtcMillis,
}

impl Backend {
    /// Writes a batch down in one transaction and tells for each entry what became of it. An entry that makes no sense
    /// is rejected alone: it must not hold back those behind it.
    pub fn record_check_ins(
        &self,
        device: &DeviceId,
        entries: &[CheckInEntry],
    ) -> Result<Vec<CheckInOutcome>, BackendError> {
        if entries.len() > CHECK_INS_PER_CALL {
            return Err(BackendError::Malformed(format!(
                "{} entries in one call, at most {CHECK_INS_PER_CALL} are taken",
                entries.len()
            )));
        }
        let now = self.clock.utc();
        let outcomes = self.database.write(|tx| {
            let event = event::id(tx)?.ok_or(BackendError::UnknownEvent)?;
            let delivery = Delivery { event: &event, device, now };
            entries
                .iter()
                .map(|entry| {
                    let verdict = settle(tx, &delivery, entry)?;
                    Ok(CheckInOutcome { id: entry.id.clone(), verdict })
                })
                .collect::<Result<Vec<_>, BackendError>>()
        })?;
        self.announce_changes()?;
        Ok(outcomes)
    }
}

fn settle(
    connection: &Connection,
    delivery: &Delivery<'_>,
    entry: &CheckInEntry,
) -> Result<CheckInVerdict, BackendError> {
    let checked = match check(entry) {
        Ok(checked) => checked,
        Err(reason) => return Ok(CheckInVerdict::Rejected { reason }),
    };
    if !entries::claim(connection, &checked.id, delivery.device, entry.sequence, delivery.now)? {
        return Ok(match entries::settled(connection, &checked.id)? {
            Some(Settled::Duplicate(first)) => duplicate(first),
            _ => CheckInVerdict::AlreadyRecorded,
        });
    }
    let verdict = match &entry.kind {
        EntryKind::CheckIn { attendee_id, gate, method, score, reason } => admit(
            connection,
            &NewCheckIn {
                id: &checked.id,
                event: delivery.event,
                attendee: attendee_id,
                gate,
                method,
                at: checked.at,
                score: *score,
                reason: reason.as_deref(),
            },
        )?,
        EntryKind::Undo { check_in_id, reason } => undo(connection, &checked.id, check_in_id, reason)?,
    };
    if matches!(verdict, CheckInVerdict::Rejected { .. }) {
        entries::release(connection, &checked.id)?;
    }
    Ok(verdict)
}

/// What is common to all entries, read and normalised.
struct Checked {
    id: String,
    at: UtcMillis,
}

fn check(entry: &CheckInEntry) -> Result<Checked, String> {
    let id = uuid_text(&entry.id).ok_or("the entry's id is not a UUID")?;
    let at = utc_millis(&entry.at).map_err(|e| e.to_string())?;
    let too_long = |text: &str| text.chars().count() > LONGEST_TEXT;
    let fits = match &entry.kind {
        EntryKind::CheckIn { gate, method, score, reason, .. } => {
            if !METHODS.contains(&method.as_str()) {
                return Err(format!("the method is none of {}", METHODS.join(", ")));
            }
            if gate.trim().is_empty() {
                return Err("the entry names no gate".to_owned());
            }
            if score.is_some_and(|s| !s.is_finite()) {
                return Err("the score is no number".to_owned());
            }
            !too_long(gate) && !reason.as_deref().is_some_and(too_long)
        }
        EntryKind::Undo { reason, .. } => !too_long(reason),
    };
    if !fits {
        return Err(format!("gate and reason have at most {LONGEST_TEXT} characters"));
    }
    Ok(Checked { id, at })
}

fn admit(connection: &Connection, check_in: &NewCheckIn<'_>) -> Result<CheckInVerdict, BackendError> {
    if !attendees::exists(connection, check_in.attendee)? {
        return Ok(CheckInVerdict::Rejected { reason: "the guest is not on the roster".to_owned() });
    }
    if check_ins::insert(connection, check_in)? {
        attendees::touch(connection, check_in.attendee)?;
        return Ok(CheckInVerdict::Recorded);
    }
    let first = check_ins::live(connection, check_in.event, check_in.attendee)?
        .ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    entries::mark_duplicate(connection, check_in.id, &first)?;
    Ok(duplicate(first))
}

fn undo(
    connection: &Connection,
    id: &str,
    check_in: &str,
    reason: &str,
) -> Result<CheckInVerdict, BackendError> {
    let Some(check_in) = uuid_text(check_in) else {
        return Ok(CheckInVerdict::Rejected { reason: "the id of the check-in is not a UUID".to_owned() });
    };
    if let Some(attendee) = check_ins::undo(connection, &check_in, id, reason)? {
        attendees::touch(connection, &attendee)?;
        return Ok(CheckInVerdict::Recorded);
    }
    Ok(match entries::settled(connection, &check_in)? {
        // Nothing is left to undo: the entry was a duplicate, or staff at another gate were quicker.
        Some(_) => CheckInVerdict::Recorded,
        None => CheckInVerdict::Rejected { reason: "there is no check-in of this id".to_owned() },
    })
}

fn duplicate(first: First) -> CheckInVerdict {
    CheckInVerdict::Duplicate { first_at: rfc3339(first.at), first_gate: first.gate }
}

fn uuid_text(id: &str) -> Option<String> {
    Uuid::parse_str(id).ok().map(|uuid| uuid.to_string())
}
