//! Table `event`: the one event that this server serves.

use portico_protocol::{
    Branding, ChallengePolicy, EntryRule, EventRecord, FaceEnrolment, NamePolicy, Picture, Policy,
    SpoofPolicy, TicketPolicy,
};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{gates, ticket_key};

pub const CREATE: &str = "
CREATE TABLE event (
    slot INTEGER PRIMARY KEY CHECK (slot = 1),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    shown_name TEXT NOT NULL CHECK (shown_name IN ('full', 'first_word', 'hidden')),
    crops_may_leave_device INTEGER NOT NULL,
    network_budget_ms INTEGER NOT NULL,
    accent TEXT NOT NULL,
    tagline TEXT,
    change INTEGER NOT NULL
) STRICT;";

pub const ADD_ENTRY_RULE: &str = "
ALTER TABLE event ADD COLUMN entry TEXT NOT NULL DEFAULT 'once'
    CHECK (entry IN ('once', 'once_per_day', 'reentry'));
ALTER TABLE event ADD COLUMN other_gate_minutes INTEGER NOT NULL DEFAULT 0;";

pub const ADD_SPOOF_RULES: &str = "
ALTER TABLE event ADD COLUMN challenge TEXT NOT NULL DEFAULT 'off'
    CHECK (challenge IN ('off', 'on_warning', 'always'));
ALTER TABLE event ADD COLUMN spoof_warning TEXT NOT NULL DEFAULT 'tell_staff'
    CHECK (spoof_warning IN ('ignore', 'tell_staff', 'ask_second_fact'));";

pub const ADD_TICKET_RULE: &str = "
ALTER TABLE event ADD COLUMN tickets TEXT NOT NULL DEFAULT 'any' CHECK (tickets IN ('any', 'signed_only'));";

pub const ADD_LOOKS: &str = "
ALTER TABLE event ADD COLUMN logo TEXT;
ALTER TABLE event ADD COLUMN background TEXT;
ALTER TABLE event ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;";

/// The rules as JSON, without the text that is put together from them; nothing if the event has none.
pub const ADD_FACE_ENROLMENT: &str = "
ALTER TABLE event ADD COLUMN face_enrolment TEXT;";

/// Tickets with a face are signed ones: `tickets` goes on saying so.
pub const ADD_FACE_TICKETS: &str = "
ALTER TABLE event ADD COLUMN tickets_with_face INTEGER NOT NULL DEFAULT 0 CHECK (tickets_with_face IN (0, 1));";

/// What the event says about entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The event's id: entries belong to it.
    pub event: String,
    /// IANA time zone of the venue.
    pub time_zone: String,
    /// How often a guest may enter.
    pub rule: EntryRule,
}

/// Writes the event, without its gates.
pub fn put(connection: &Connection, event: &EventRecord, change: i64) -> rusqlite::Result<()> {
    let (entry, other_gate_minutes) = entry_columns(event.policy.entry);
    connection.execute(
        "INSERT OR REPLACE INTO event (slot, id, name, time_zone, shown_name, crops_may_leave_device,
             network_budget_ms, accent, tagline, change, entry, other_gate_minutes,
             challenge, spoof_warning, tickets, logo, background, quiet, face_enrolment, tickets_with_face)
         VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        params![
            event.id,
            event.name,
            event.time_zone,
            name_policy_text(event.policy.shown_name),
            event.policy.crops_may_leave_device,
            event.policy.network_budget_ms,
            event.branding.accent,
            event.branding.tagline,
            change,
            entry,
            other_gate_minutes,
            challenge_text(event.policy.challenge),
            spoof_text(event.policy.spoof_warning),
            ticket_text(event.policy.tickets),
            event.branding.logo.as_ref().map(Picture::url),
            event.branding.background.as_ref().map(Picture::url),
            event.branding.quiet,
            enrolment_text(event.policy.face_enrolment.as_ref())?,
            event.policy.tickets == TicketPolicy::WithFace,
        ],
    )?;
    Ok(())
}

/// The event with its gates, once one is set.
pub fn get(connection: &Connection) -> rusqlite::Result<Option<EventRecord>> {
    let event = connection
        .prepare_cached(
            "SELECT id, name, time_zone, shown_name, crops_may_leave_device, network_budget_ms, accent, tagline,
                 entry, other_gate_minutes, challenge, spoof_warning, tickets, logo, background, quiet,
                 face_enrolment, tickets_with_face
             FROM event",
        )?
        .query_row([], read)
        .optional()?;
    let Some(mut event) = event else { return Ok(None) };
    event.gates = gates::all(connection)?;
    event.ticket_keys = ticket_key::public(connection)?;
    Ok(Some(event))
}

/// Notes that kiosks have to pull the event again.
pub fn touch(connection: &Connection, change: i64) -> rusqlite::Result<()> {
    connection.execute("UPDATE event SET change = ?1", [change]).map(|_| ())
}

/// The event's id, once one is set.
pub fn id(connection: &Connection) -> rusqlite::Result<Option<String>> {
    connection.prepare_cached("SELECT id FROM event")?.query_row([], |row| row.get(0)).optional()
}

/// What the event says about entries, once one is set.
pub fn terms(connection: &Connection) -> rusqlite::Result<Option<Terms>> {
    connection
        .prepare_cached("SELECT id, time_zone, entry, other_gate_minutes FROM event")?
        .query_row([], |row| {
            let rule = entry_rule(row.get_ref(2)?.as_str()?, row.get(3)?);
            Ok(Terms { event: row.get(0)?, time_zone: row.get(1)?, rule })
        })
        .optional()
}

/// How the event enrols faces, if it says so.
pub fn face_enrolment(connection: &Connection) -> rusqlite::Result<Option<FaceEnrolment>> {
    let text = connection
        .prepare_cached("SELECT face_enrolment FROM event")?
        .query_row([], |row| row.get::<_, Option<String>>(0))
        .optional()?;
    text.flatten().map(|text| enrolment(0, &text)).transpose()
}

/// Number of the last change; 0 without an event.
pub fn head(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("SELECT coalesce(max(change), 0) FROM event")?.query_row([], |row| row.get(0))
}

fn read(row: &Row<'_>) -> rusqlite::Result<EventRecord> {
    Ok(EventRecord {
        id: row.get(0)?,
        name: row.get(1)?,
        time_zone: row.get(2)?,
        gates: Vec::new(),
        policy: Policy {
            shown_name: name_policy(row.get_ref(3)?.as_str()?),
            crops_may_leave_device: row.get(4)?,
            network_budget_ms: row.get(5)?,
            entry: entry_rule(row.get_ref(8)?.as_str()?, row.get(9)?),
            challenge: challenge(row.get_ref(10)?.as_str()?),
            spoof_warning: spoof_warning(row.get_ref(11)?.as_str()?),
            tickets: tickets(row.get_ref(12)?.as_str()?, row.get("tickets_with_face")?),
            face_enrolment: row.get::<_, Option<String>>(16)?.map(|text| enrolment(16, &text)).transpose()?,
        },
        ticket_keys: Vec::new(),
        face_tickets: None,
        branding: Branding {
            accent: row.get(6)?,
            tagline: row.get(7)?,
            logo: picture(row.get(13)?),
            background: picture(row.get(14)?),
            quiet: row.get(15)?,
        },
    })
}

fn enrolment_text(rules: Option<&FaceEnrolment>) -> rusqlite::Result<Option<String>> {
    let Some(rules) = rules else { return Ok(None) };
    let bare = FaceEnrolment { text: None, ..rules.clone() };
    serde_json::to_string(&bare)
        .map(Some)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

fn enrolment(column: usize, text: &str) -> rusqlite::Result<FaceEnrolment> {
    serde_json::from_str(text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}

/// What was checked when it was written is read as it is.
fn picture(url: Option<String>) -> Option<Picture> {
    url.and_then(|url| serde_json::from_value(url.into()).ok())
}

fn challenge_text(policy: ChallengePolicy) -> &'static str {
    match policy {
        ChallengePolicy::Off => "off",
        ChallengePolicy::OnWarning => "on_warning",
        ChallengePolicy::Always => "always",
    }
}

/// The table allows no other text.
fn challenge(text: &str) -> ChallengePolicy {
    match text {
        "always" => ChallengePolicy::Always,
        "on_warning" => ChallengePolicy::OnWarning,
        _ => ChallengePolicy::Off,
    }
}

fn spoof_text(policy: SpoofPolicy) -> &'static str {
    match policy {
        SpoofPolicy::Ignore => "ignore",
        SpoofPolicy::TellStaff => "tell_staff",
        SpoofPolicy::AskSecondFact => "ask_second_fact",
    }
}

/// The table allows no other text.
fn spoof_warning(text: &str) -> SpoofPolicy {
    match text {
        "ignore" => SpoofPolicy::Ignore,
        "ask_second_fact" => SpoofPolicy::AskSecondFact,
        _ => SpoofPolicy::TellStaff,
    }
}

fn ticket_text(policy: TicketPolicy) -> &'static str {
    match policy {
        TicketPolicy::Any => "any",
        TicketPolicy::SignedOnly | TicketPolicy::WithFace => "signed_only",
    }
}

/// The table allows no other text.
fn tickets(text: &str, with_face: bool) -> TicketPolicy {
    match (text, with_face) {
        (_, true) => TicketPolicy::WithFace,
        ("signed_only", false) => TicketPolicy::SignedOnly,
        _ => TicketPolicy::Any,
    }
}

fn name_policy_text(policy: NamePolicy) -> &'static str {
    match policy {
        NamePolicy::Full => "full",
        NamePolicy::FirstWord => "first_word",
        NamePolicy::Hidden => "hidden",
    }
}

fn name_policy(text: &str) -> NamePolicy {
    match text {
        "full" => NamePolicy::Full,
        "first_word" => NamePolicy::FirstWord,
        // The table admits no other text; if it ever did, showing no name is the safe reading.
        _ => NamePolicy::Hidden,
    }
}

fn entry_columns(rule: EntryRule) -> (&'static str, u32) {
    match rule {
        EntryRule::Once => ("once", 0),
        EntryRule::OncePerDay => ("once_per_day", 0),
        EntryRule::Reentry { other_gate_minutes } => ("reentry", other_gate_minutes),
    }
}

fn entry_rule(text: &str, other_gate_minutes: u32) -> EntryRule {
    match text {
        "reentry" => EntryRule::Reentry { other_gate_minutes },
        "once_per_day" => EntryRule::OncePerDay,
        // The table admits no other text; if it ever did, the strictest rule is the safe reading.
        _ => EntryRule::Once,
    }
}
