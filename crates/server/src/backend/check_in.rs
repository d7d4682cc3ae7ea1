//! Writing entries down, each at most once (I3). What an entry does is the business of `admission`.

use portico_protocol::{
    AuditHeadRecord, CHECK_INS_PER_CALL, CheckInEntry, CheckInOutcome, CheckInVerdict, EntryKind, utc_millis,
};
use portico_types::{DeviceId, UtcMillis};
use rusqlite::Connection;

use super::admission::{admit, duplicate, resolve, take_back, uuid_text};
use super::entry_fault::EntryFault;
use super::register::{self, Newcomer};
use super::slots::Bounds;
use super::withdrawal::{Erased, withdraw};
use super::{Backend, audit_anchor};
use crate::database::check_ins::NewCheckIn;
use crate::database::conflicts::Act;
use crate::database::entries::{self, Settled};
use crate::database::event::{self, Terms};
use crate::error::BackendError;
use crate::random::Random;

/// Longest accepted reason and gate, in characters.
const LONGEST_TEXT: usize = 500;

const METHODS: [&str; 5] = ["face", "face_and_fact", "ticket", "name_and_fact", "staff"];

/// From whom and when a batch came, and by which terms it is judged.
struct Delivery<'a> {
    terms: &'a Terms,
    device: &'a DeviceId,
    random: &'a Random,
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
        self.record_delivery(device, entries, None)
    }

    /// [`Self::record_check_ins`] together with where the kiosk's audit stands, in the same transaction.
    pub fn record_delivery(
        &self,
        device: &DeviceId,
        entries: &[CheckInEntry],
        audit_head: Option<&AuditHeadRecord>,
    ) -> Result<Vec<CheckInOutcome>, BackendError> {
        let audit_head = audit_anchor::read(audit_head)?;
        if entries.len() > CHECK_INS_PER_CALL {
            return Err(BackendError::Malformed(format!(
                "{} entries in one call, at most {CHECK_INS_PER_CALL} are taken",
                entries.len()
            )));
        }
        let now = self.clock.utc();
        let outcomes = self.database.write(|tx| {
            let terms = event::terms(tx)?.ok_or(BackendError::UnknownEvent)?;
            audit_anchor::note(tx, device, audit_head.as_ref(), now)?;
            let delivery = Delivery { terms: &terms, device, random: &self.random, now };
            entries
                .iter()
                .map(|entry| {
                    let verdict = settle(tx, &delivery, entry)?;
                    Ok(CheckInOutcome { id: entry.id.clone(), verdict })
                })
                .collect::<Result<Vec<_>, BackendError>>()
        })?;
        if entries.iter().any(|entry| matches!(entry.kind, EntryKind::Withdraw { .. })) {
            self.follow_erasure()?;
        }
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
        Err(fault) => return Ok(fault.into()),
    };
    if !entries::claim(connection, &checked.id, delivery.device, entry.sequence, delivery.now)? {
        return Ok(match entries::settled(connection, &checked.id)? {
            Some(Settled::Duplicate(first)) => duplicate(first),
            _ => CheckInVerdict::AlreadyRecorded,
        });
    }
    let verdict = act(connection, delivery, &checked, &entry.kind)?;
    if matches!(verdict, CheckInVerdict::Rejected { .. }) {
        entries::release(connection, &checked.id)?;
    }
    Ok(verdict)
}

fn act(
    connection: &Connection,
    delivery: &Delivery<'_>,
    checked: &Checked,
    kind: &EntryKind,
) -> Result<CheckInVerdict, BackendError> {
    let Delivery { terms, device, random, .. } = *delivery;
    let Checked { id, at } = checked;
    let by = |reason| Act { device, at: *at, reason };
    match kind {
        EntryKind::CheckIn { attendee_id, gate, method, score, reason } => {
            let Bounds { slot, apart_ms } = Bounds::of(terms, *at, id);
            let check_in = NewCheckIn {
                id,
                event: &terms.event,
                attendee: attendee_id,
                gate,
                method,
                at: *at,
                score: *score,
                reason: reason.as_deref(),
                slot,
                apart_ms,
            };
            admit(connection, &check_in)
        }
        EntryKind::Register { attendee_id, name, company, phone_last4, note } => {
            let newcomer = Newcomer::new(attendee_id, name, [company, phone_last4, note]);
            register::register(connection, random, &newcomer)
        }
        EntryKind::Undo { check_in_id, reason } => take_back(connection, terms, id, check_in_id, &by(reason)),
        EntryKind::Resolve { conflict_id, resolution, reason } => {
            resolve(connection, terms, id, (conflict_id, *resolution), &by(reason))
        }
        EntryKind::Withdraw { attendee_id, reason: _ } => {
            withdraw(connection, attendee_id, *at, Erased::AgreedBefore, delivery.now)?;
            Ok(CheckInVerdict::Recorded)
        }
    }
}

/// What is common to all entries, read and normalised.
struct Checked {
    id: String,
    at: UtcMillis,
}

fn check(entry: &CheckInEntry) -> Result<Checked, EntryFault> {
    let id = uuid_text(&entry.id).ok_or(EntryFault::Id)?;
    let at = utc_millis(&entry.at)?;
    let too_long = |text: &str| text.chars().count() > LONGEST_TEXT;
    let fits = match &entry.kind {
        EntryKind::CheckIn { gate, method, score, reason, .. } => {
            if !METHODS.contains(&method.as_str()) {
                return Err(EntryFault::Method { known: METHODS.join(", ") });
            }
            if gate.trim().is_empty() {
                return Err(EntryFault::NoGate);
            }
            if score.is_some_and(|s| !s.is_finite()) {
                return Err(EntryFault::Score);
            }
            !too_long(gate) && !reason.as_deref().is_some_and(too_long)
        }
        EntryKind::Register { attendee_id, name, company, phone_last4, note } => {
            let newcomer = Newcomer::new(attendee_id, name, [company, phone_last4, note]);
            match register::fault(&newcomer) {
                Some(fault) => return Err(fault),
                None => true,
            }
        }
        EntryKind::Undo { reason, .. }
        | EntryKind::Resolve { reason, .. }
        | EntryKind::Withdraw { reason, .. } => !too_long(reason),
    };
    if !fits {
        return Err(EntryFault::LongText { characters: LONGEST_TEXT });
    }
    Ok(Checked { id, at })
}
