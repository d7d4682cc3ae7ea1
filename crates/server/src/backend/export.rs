//! Tables to hand out: who entered when and where, and who is invited.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use portico_protocol::{ExportFormat, rfc3339};
use portico_sheets::{Civil, Value, write_csv, write_xlsx};
use portico_types::UtcMillis;

use super::Backend;
use crate::database::door_log::{self, LoggedEntry};
use crate::database::{attendees, event};
use crate::error::BackendError;

const CHECK_INS: [&str; 16] = [
    "door_time",
    "time_zone",
    "door_time_utc",
    "name",
    "company",
    "ticket_code",
    "gate",
    "method",
    "state",
    "state_reason",
    "reason",
    "score",
    "device",
    "guest_id",
    "entry_id",
    "conflict_with",
];
/// Those that an import reads are called as it calls them, so that an export can be imported.
const ATTENDEES: [&str; 9] =
    ["id", "name", "company", "ticket_code", "phone", "note", "photo", "entered", "time_zone"];

impl Backend {
    /// Every entry of the event with its time at the door and what became of it, oldest first, as a file.
    pub fn export_check_ins(&self, format: ExportFormat) -> Result<Vec<u8>, BackendError> {
        let (zone, entries) = self.database.read(|c| {
            let event = event::get(c)?.ok_or(BackendError::UnknownEvent)?;
            Ok::<_, BackendError>((Zone::named(&event.time_zone), door_log::all(c, &event.id)?))
        })?;
        let rows: Vec<Vec<Value>> = entries.into_iter().map(|entry| check_in(&zone, entry)).collect();
        file(format, "Check-ins", &CHECK_INS, &rows)
    }

    /// Everybody on the roster with the time of their newest entry that stands, as a file.
    pub fn export_attendees(&self, format: ExportFormat) -> Result<Vec<u8>, BackendError> {
        let (zone, guests, entries) = self.database.read(|c| {
            let event = event::get(c)?;
            let entries = match &event {
                Some(event) => door_log::all(c, &event.id)?,
                None => Vec::new(),
            };
            let zone = Zone::named(event.as_ref().map_or("UTC", |event| &event.time_zone));
            Ok::<_, BackendError>((zone, attendees::all(c)?, entries))
        })?;
        // Oldest first: the newest entry of each guest stays.
        let standing = entries.into_iter().filter(|entry| entry.state == "stands");
        let newest: std::collections::BTreeMap<String, UtcMillis> =
            standing.map(|entry| (entry.attendee, entry.at)).collect();
        let rows: Vec<Vec<Value>> = guests
            .into_iter()
            .map(|guest| {
                let at = newest.get(&guest.id);
                vec![
                    guest.id.into(),
                    guest.name.into(),
                    guest.company.into(),
                    guest.ticket_code.into(),
                    guest.phone_last4.into(),
                    guest.note.into(),
                    guest.photo.into(),
                    at.map_or_else(|| "".into(), |at| zone.wall(*at)),
                    at.map(|_| zone.name.clone()).into(),
                ]
            })
            .collect();
        file(format, "Guests", &ATTENDEES, &rows)
    }
}

fn check_in(zone: &Zone, entry: LoggedEntry) -> Vec<Value> {
    vec![
        zone.wall(entry.at),
        zone.name.clone().into(),
        rfc3339(entry.at).into(),
        entry.name.into(),
        entry.company.into(),
        entry.ticket_code.into(),
        entry.gate.into(),
        entry.method.into(),
        entry.state.into(),
        entry.state_reason.into(),
        entry.reason.into(),
        // To what the screens show: the wire's own number has digits that mean nothing.
        entry.score.map_or_else(|| "".into(), |score| Value::Number((score * 1_000.0).round() / 1_000.0)),
        entry.device.into(),
        entry.attendee.into(),
        entry.id.into(),
        entry.conflict_with.into(),
    ]
}

fn file(
    format: ExportFormat,
    sheet: &str,
    titles: &[&str],
    rows: &[Vec<Value>],
) -> Result<Vec<u8>, BackendError> {
    let mut bytes = Vec::new();
    match format {
        ExportFormat::Csv => write_csv(&mut bytes, titles, rows)?,
        ExportFormat::Xlsx => write_xlsx(&mut bytes, sheet, titles, rows)?,
    }
    Ok(bytes)
}

/// The event's time zone, or UTC on a machine that does not know it.
struct Zone {
    zone: TimeZone,
    name: String,
}

impl Zone {
    fn named(name: &str) -> Self {
        match TimeZone::get(name) {
            Ok(zone) => Self { zone, name: name.to_owned() },
            Err(_) => Self { zone: TimeZone::UTC, name: "UTC".to_owned() },
        }
    }

    /// The time on the wall of the venue; as RFC 3339 text where a spreadsheet has no such time.
    fn wall(&self, at: UtcMillis) -> Value {
        let wall = Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(self.zone.clone());
        if !(1900..=9999).contains(&wall.year()) {
            return rfc3339(at).into();
        }
        Value::Time(Civil {
            year: wall.year() as u16,
            month: wall.month() as u8,
            day: wall.day() as u8,
            hour: wall.hour() as u8,
            minute: wall.minute() as u8,
            second: wall.second() as u8,
        })
    }
}
