//! Guests who come without being on the list: added, told to the backend and let in, all in one transaction.

use std::collections::BTreeSet;

use rusqlite::Connection;

use portico_types::{Attendee, AttendeeId, AuditAction, CheckInId, WalkIn};

use crate::admission::admit;
use crate::table::{attendees, audit, meta, outbox, search_terms, walk_ins};
use crate::{Actor, AdmitWish, Admitted, AuditNote, OutboxBody, RosterEntry, Store, StoreError, search};

/// A wish to add a guest and let them in.
#[derive(Clone, Debug, PartialEq)]
pub struct RegisterWish {
    /// The id that the outbox entry gets (`UUIDv7`). The same id again gives the same answer and changes nothing.
    pub entry: CheckInId,
    /// The guest.
    pub walk_in: WalkIn,
    /// Their entry, of the same guest; its door time is not before the registration.
    pub admit: AdmitWish,
    /// Who decided.
    pub actor: Actor,
}

/// A guest who may be the one that staff are about to add.
#[derive(Clone, Debug, PartialEq)]
pub struct LookAlike {
    /// Who is on the list.
    pub entry: RosterEntry,
    /// Whether the name is the same, but for accents, case and order of its words.
    pub same_name: bool,
    /// Whether the last digits of the phone are the same.
    pub same_phone: bool,
}

impl Store {
    /// Adds a guest and lets them in. The backend hears of the guest before it hears of the entry; their ticket code
    /// comes from there.
    pub fn register(&mut self, wish: &RegisterWish) -> Result<Admitted, StoreError> {
        self.write(|tx| {
            match walk_ins::find(tx, wish.entry)? {
                Some(known) if known != wish.walk_in.id => {
                    return Err(StoreError::IdTaken { id: wish.entry });
                }
                Some(_) => {}
                None => add(tx, wish)?,
            }
            let attendee = attendees::find(tx, &wish.walk_in.id)?;
            let admission = admit(tx, &wish.admit, attendee.as_ref())?;
            Ok(Admitted { admission, attendee })
        })
    }

    /// Up to `limit` guests on the list who may be the one of this name and phone: those of the same name and phone
    /// first, then those of the same name, then those whose name has the same words and more, or who share one word and
    /// the phone.
    pub fn look_alikes(
        &self,
        name: &str,
        phone_last4: Option<&str>,
        limit: usize,
    ) -> Result<Vec<LookAlike>, StoreError> {
        let wanted = name_words(name);
        let written_out = |name: &str| name_words(&search::written_out(name));
        let mut found: Vec<LookAlike> = Vec::new();
        let mut consider = |entries: Vec<RosterEntry>, needs_phone: bool| {
            for entry in entries {
                let words = name_words(&entry.attendee.name);
                let same_name = words == wanted || written_out(&entry.attendee.name) == written_out(name);
                let same_phone =
                    phone_last4.is_some() && entry.attendee.phone_last4.as_deref() == phone_last4;
                let is_new = found.iter().all(|other| other.entry.attendee.id != entry.attendee.id);
                if is_new && (!needs_phone || (same_phone && !words.is_disjoint(&wanted))) {
                    found.push(LookAlike { entry, same_name, same_phone });
                }
            }
        };
        // More than are shown: those of a mere beginning in common are looked at and left out by their order.
        consider(self.search(name, limit * 4)?, false);
        if let Some(digits) = phone_last4 {
            consider(self.search(digits, SHARING_DIGITS)?, true);
        }
        found.sort_by_key(|other| {
            (!(other.same_name && other.same_phone), !other.same_name, !other.same_phone)
        });
        found.truncate(limit);
        Ok(found)
    }
}

/// Guests with the same four digits that are looked at: of 100,000, about ten share them.
const SHARING_DIGITS: usize = 200;

fn name_words(name: &str) -> BTreeSet<String> {
    search::query_words(name).into_iter().filter_map(|spellings| spellings.into_iter().next()).collect()
}

fn add(connection: &Connection, wish: &RegisterWish) -> Result<(), StoreError> {
    let WalkIn { id, name, company, phone_last4, note, at } = wish.walk_in.clone();
    let attendee = Attendee {
        id,
        name,
        company,
        // Made by the backend, and told with the roster.
        ticket_code: String::new(),
        phone_last4,
        note,
        checked_in_at: None,
        checked_in_gate: None,
    };
    let row = attendees::put(connection, &attendee, meta::generation(connection)?)?;
    search_terms::replace(connection, row, &search::terms(&attendee))?;
    let body = OutboxBody::Register(wish.walk_in.clone());
    let seq = outbox::push(connection, wish.entry, &attendee.id, &body)?;
    walk_ins::insert(connection, wish.entry, &wish.walk_in, seq)?;
    let note = AuditNote {
        action: AuditAction::Register,
        actor: wish.actor,
        attendee: Some(attendee.id),
        before: None,
        after: Some(serde_json::json!({ "registration": wish.entry })),
        reason: None,
        at,
    };
    audit::append(connection, &note)?;
    Ok(())
}

/// Guests who must not be taken off by a reading of the roster: the backend has yet to hear of them.
pub(crate) fn keeps(connection: &Connection) -> Result<BTreeSet<AttendeeId>, StoreError> {
    Ok(walk_ins::untold(connection)?.into_iter().collect())
}
