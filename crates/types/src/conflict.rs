//! A guest who was let in twice, and what staff made of it; and the rule that says what "twice" is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AttendeeId, CheckInId, Method, UtcMillis};

/// Which earlier entries keep a guest from entering again, at one moment and one gate. Made from the event's rule, so
/// that whoever applies it needs neither a calendar nor a time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryWindow {
    /// Two entries of one guest that stand never share a slot: the same text for the whole event, the local day, or
    /// the entry's own id, as the rule wants it.
    pub slot: String,
    /// An earlier entry at any gate counts from this time on.
    pub any_gate_since: UtcMillis,
    /// An earlier entry at another gate counts from this time on.
    pub other_gate_since: UtcMillis,
}

impl EntryWindow {
    /// One entry for the whole event.
    pub fn whole_event() -> Self {
        let ever = UtcMillis(i64::MIN);
        Self { slot: String::new(), any_gate_since: ever, other_gate_since: ever }
    }

    /// Whether an earlier entry keeps the guest from entering now.
    pub fn counts(&self, entered_at: UtcMillis, at_other_gate: bool) -> bool {
        entered_at >= self.any_gate_since || (at_other_gate && entered_at >= self.other_gate_since)
    }
}

/// One of the two entries of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConflictEntry {
    /// The entry's id.
    pub check_in: CheckInId,
    /// Time at the door.
    pub at: UtcMillis,
    /// The gate, as staff call it.
    pub gate: String,
    /// How the guest was recognised.
    pub method: Method,
    /// The kiosk, as staff call it.
    pub device: String,
}

/// Where a conflict stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConflictState {
    /// Nobody has looked at it.
    Open,
    /// Staff say that both entries were this guest; the first one stands.
    Accepted,
    /// Staff say that the second entry was not this guest; the first one stands.
    Undone,
    /// The first entry was taken back; the second one stands in its place.
    Promoted,
}

/// A guest whom two gates let in. Named by its second entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Conflict {
    /// Who.
    pub attendee: AttendeeId,
    /// The entry that stood when the second one arrived.
    pub first: ConflictEntry,
    /// The entry that the rule does not allow.
    pub second: ConflictEntry,
    /// Where it stands.
    pub state: ConflictState,
    /// The kiosk at which it was resolved.
    pub resolved_by: Option<String>,
    /// When it was resolved.
    pub resolved_at: Option<UtcMillis>,
}

impl Conflict {
    /// The conflict's id: that of its second entry.
    pub fn id(&self) -> CheckInId {
        self.second.check_in
    }
}

/// What staff decide about a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// Both entries were this guest.
    Accept,
    /// The second entry was not this guest: it is taken back.
    Undo,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_gate_may_count_for_longer_than_the_same_one() {
        let window =
            EntryWindow { slot: "x".into(), any_gate_since: UtcMillis(100), other_gate_since: UtcMillis(50) };
        assert!(window.counts(UtcMillis(100), false));
        assert!(!window.counts(UtcMillis(99), false));
        assert!(window.counts(UtcMillis(50), true));
        assert!(!window.counts(UtcMillis(49), true));
    }
}
