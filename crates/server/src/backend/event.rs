//! Setting and reading the event.

use std::collections::HashSet;

use jiff::tz;
use portico_protocol::{EventRecord, FaceMark, FaceTickets, TicketPolicy};
use portico_types::TemplateId;

use super::{Backend, slots};
use crate::consent;
use crate::database::event::Terms;
use crate::database::{attendees, conflicts, erasures, event, face_key, gates, sequence};
use crate::error::BackendError;

/// Longest accepted text of the event, in characters.
const LONGEST_TEXT: usize = 200;

impl Backend {
    /// Sets the event. With another id, all guests are out again: entries belong to an event.
    pub fn set_event(&self, record: &EventRecord) -> Result<(), BackendError> {
        check(record).map_err(BackendError::Malformed)?;
        if let Some(rules) = &record.policy.face_enrolment
            && let Some(fault) = consent::fault(rules)?
        {
            return Err(BackendError::Malformed(fault));
        }
        self.database.write(|tx| {
            let before = event::get(tx)?;
            let change = sequence::next(tx)?;
            event::put(tx, record, change)?;
            gates::replace(tx, &record.gates)?;
            let before = before.as_ref();
            if before.is_none_or(|b| judges_otherwise(b, record)) {
                let (event, time_zone) = (record.id.clone(), record.time_zone.clone());
                slots::assign_all(tx, &Terms { event, time_zone, rule: record.policy.entry })?;
            }
            // Roster rows and conflicts show entries of this event by the gates' names.
            if before.is_none_or(|b| b.id != record.id || b.gates != record.gates) {
                attendees::touch_all(tx)?;
                conflicts::touch_all(tx)?;
            }
            Ok::<_, BackendError>(())
        })?;
        self.announce_changes()
    }

    /// The event, with the text that its guests agree to if it enrols faces.
    pub fn event(&self) -> Result<EventRecord, BackendError> {
        let mut event = self.database.read(event::get)?.ok_or(BackendError::UnknownEvent)?;
        if let Some(rules) = &mut event.policy.face_enrolment {
            rules.text = Some(consent::text(rules)?);
        }
        Ok(event)
    }

    /// The event as paired kiosks get it: with the key to the faces in tickets, where they compare them.
    pub fn event_for_kiosks(&self) -> Result<EventRecord, BackendError> {
        let mut event = self.event()?;
        if event.policy.tickets == TicketPolicy::WithFace {
            event.face_tickets = self.database.read(|c| {
                let Some(key) = face_key::get(c)? else { return Ok(None) };
                let withdrawn = erasures::withdrawn(c)?.into_iter();
                let withdrawn = withdrawn.map(|id| FaceMark::of(&TemplateId::new(id))).collect();
                Ok::<_, BackendError>(Some(FaceTickets { key, withdrawn }))
            })?;
        }
        Ok(event)
    }
}

/// Whether entries are judged by other terms than before.
fn judges_otherwise(before: &EventRecord, after: &EventRecord) -> bool {
    let terms = |event: &EventRecord| (event.id.clone(), event.time_zone.clone(), event.policy.entry);
    terms(before) != terms(after)
}

fn check(event: &EventRecord) -> Result<(), String> {
    let too_long = |text: &str| text.chars().count() > LONGEST_TEXT;
    if event.id.trim().is_empty() || event.name.trim().is_empty() {
        return Err("the event needs an id and a name".to_owned());
    }
    if [&event.id, &event.name].into_iter().chain(&event.branding.tagline).any(|t| too_long(t)) {
        return Err(format!("texts of the event may have at most {LONGEST_TEXT} characters"));
    }
    let accent = event.branding.accent.strip_prefix('#').unwrap_or_default();
    if accent.len() != 6 || !accent.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(format!("`{}` is not a colour such as #1c6e5a", event.branding.accent));
    }
    event.branding.check_pictures().map_err(|error| error.to_string())?;
    // A machine without a time zone database can still serve: the kiosks need the name only.
    if !tz::db().is_definitively_empty() && tz::db().get(&event.time_zone).is_err() {
        return Err(format!("`{}` is not an IANA time zone such as Europe/Berlin", event.time_zone));
    }
    let mut seen = HashSet::new();
    for gate in &event.gates {
        if gate.id.trim().is_empty() || gate.name.trim().is_empty() || too_long(&gate.name) {
            return Err("every gate needs an id and a name".to_owned());
        }
        if !seen.insert(&gate.id) {
            return Err(format!("two gates have the id `{}`", gate.id));
        }
    }
    Ok(())
}
