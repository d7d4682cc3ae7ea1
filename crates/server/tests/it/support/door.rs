//! Entries as kiosks make them.

use std::time::Duration;

use portico_protocol::{
    CheckInEntry, CheckInVerdict, ConflictRecord, ConflictStateRecord, EntryKind, EntryRule, Paired,
    ResolutionRecord,
};
use portico_server::DeviceRight;
use portico_types::DeviceId;
use serde_json::json;

use super::{World, event};

/// The id of the entry of number `n`.
pub fn entry_id(n: u32) -> String {
    format!("0198f3a0-0000-7000-8000-{n:012}")
}

/// A guest entered with a ticket, on 2026-11-21 unless `at` has a date of its own.
pub fn check_in(n: u32, attendee: &str, gate: &str, at: &str) -> CheckInEntry {
    let kind = EntryKind::CheckIn {
        attendee_id: attendee.into(),
        gate: gate.into(),
        method: "ticket".into(),
        score: None,
        reason: None,
    };
    entry(n, at, kind)
}

/// Entry `taken` was taken back at noon.
pub fn undo(n: u32, taken: u32) -> CheckInEntry {
    entry(n, "12:00", EntryKind::Undo { check_in_id: entry_id(taken), reason: "wrong person".into() })
}

/// Staff decided about the conflict of entry `conflict` at noon.
pub fn resolve(n: u32, conflict: u32, resolution: ResolutionRecord) -> CheckInEntry {
    let conflict_id = entry_id(conflict);
    entry(n, "12:00", EntryKind::Resolve { conflict_id, resolution, reason: "asked the guest".into() })
}

fn entry(n: u32, at: &str, kind: EntryKind) -> CheckInEntry {
    let at = if at.contains('T') { at.to_owned() } else { format!("2026-11-21T{at}:00Z") };
    CheckInEntry { id: entry_id(n), sequence: i64::from(n), at, kind }
}

impl World {
    /// A world whose event has this rule.
    pub fn with_rule(rule: EntryRule) -> Self {
        let world = Self::new();
        world.set_rule(rule);
        world
    }

    pub fn set_rule(&self, rule: EntryRule) {
        let mut event = event();
        event.policy.entry = rule;
        self.backend.set_event(&event).unwrap();
    }

    /// From now on, calls come from a kiosk that was paired with an ordinary code.
    pub async fn pair_a_kiosk(&mut self) {
        self.pair_with(DeviceRight::Kiosk).await;
    }

    /// From now on, calls come from a device that may administer.
    pub async fn pair_an_administrator(&mut self) {
        self.pair_with(DeviceRight::Administer).await;
    }

    async fn pair_with(&mut self, right: DeviceRight) {
        let code = self.backend.new_pairing_code_with(Duration::from_hours(1), right).unwrap();
        let request = json!({ "code": code, "name": "Entrance right", "gate": "south" });
        let paired: Paired = self.post("/v1/devices/pair", &request).await.json();
        self.token = paired.token;
    }

    /// Another kiosk of the event.
    pub fn kiosk(&self, name: &str) -> DeviceId {
        self.backend.ensure_local_device(name, "south").unwrap().0
    }

    /// Delivers one entry of the world's own kiosk.
    pub fn deliver(&self, entry: CheckInEntry) -> CheckInVerdict {
        self.deliver_of(&self.device, entry)
    }

    pub fn deliver_of(&self, kiosk: &DeviceId, entry: CheckInEntry) -> CheckInVerdict {
        self.backend.record_check_ins(kiosk, &[entry]).unwrap().remove(0).verdict
    }

    /// All conflicts, in the order of their ids.
    pub fn conflicts(&self) -> Vec<ConflictRecord> {
        let mut conflicts = self.backend.conflicts(None).unwrap().conflicts;
        conflicts.sort_by(|a, b| a.second.id.cmp(&b.second.id));
        conflicts
    }

    /// Where the conflict of entry `n` stands, and the id of its first entry.
    #[track_caller]
    pub fn conflict(&self, n: u32) -> (ConflictStateRecord, String) {
        let conflict = self.conflicts().into_iter().find(|c| c.second.id == entry_id(n)).unwrap();
        (conflict.state, conflict.first.id)
    }

    /// How many guests have entered.
    pub fn inside(&self) -> u64 {
        self.backend.stats().unwrap().checked_in
    }

    /// When and where a guest entered last, as the roster tells.
    pub fn shown(&self, attendee: &str) -> Option<(String, String)> {
        let page = self.backend.attendees(None).unwrap();
        let guest = page.attendees.into_iter().find(|a| a.id == attendee).unwrap();
        guest.checked_in_at.zip(guest.checked_in_gate)
    }
}
