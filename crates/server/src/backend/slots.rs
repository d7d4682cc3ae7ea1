//! How the event's rule becomes what the table of check-ins keeps: slots, and distances between gates.

use portico_types::UtcMillis;
use rusqlite::Connection;

use crate::database::check_ins;
use crate::database::event::Terms;

/// What the table needs to know of one check-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// The slot that it shares with no other of its guest.
    pub(super) slot: String,
    /// How far it must be from one at another gate; 0 if that is not asked.
    pub(super) apart_ms: i64,
}

impl Bounds {
    /// Those of check-in `id` at time `at`.
    pub(super) fn of(terms: &Terms, at: UtcMillis, id: &str) -> Self {
        let window = terms.rule.window(at, &terms.time_zone, id);
        // Entries at any gate that count are the slot's business; the distance is for those that count at other gates
        // only.
        let beyond_slot = window.other_gate_since < window.any_gate_since;
        let apart_ms = if beyond_slot { at.0.saturating_sub(window.other_gate_since.0) } else { 0 };
        Self { slot: window.slot, apart_ms }
    }
}

/// Gives each slot of a guest to the earliest check-in that belongs there, where it is free.
pub(super) fn assign(connection: &Connection, terms: &Terms, attendee: &str) -> rusqlite::Result<()> {
    fill(connection, terms, Some(attendee))
}

/// Gives out all slots of the event anew, by a rule that was changed. Where the new rule would have kept a check-in
/// out, it keeps a slot of its own: what was admitted by the old rule stays admitted, and counts from now on.
pub(super) fn assign_all(connection: &Connection, terms: &Terms) -> rusqlite::Result<()> {
    // Out of the way first: an old slot of one check-in may be the new slot of another.
    check_ins::scatter(connection, &terms.event)?;
    fill(connection, terms, None)
}

fn fill(connection: &Connection, terms: &Terms, attendee: Option<&str>) -> rusqlite::Result<()> {
    for live in check_ins::live(connection, &terms.event, attendee)? {
        let bounds = Bounds::of(terms, live.at, &live.id);
        check_ins::take_slot(connection, &live.id, &bounds.slot)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use portico_protocol::EntryRule;

    use super::*;

    const NOON: UtcMillis = UtcMillis(1_795_262_400_000);

    fn bounds(rule: EntryRule) -> Bounds {
        let terms = Terms { event: "e".into(), time_zone: "UTC".into(), rule };
        Bounds::of(&terms, NOON, "x")
    }

    #[test]
    fn what_the_slot_keeps_out_needs_no_distance() {
        assert_eq!(bounds(EntryRule::Once), Bounds { slot: String::new(), apart_ms: 0 });
        assert_eq!(bounds(EntryRule::OncePerDay), Bounds { slot: "2026-11-21".into(), apart_ms: 0 });
    }

    #[test]
    fn with_reentry_every_entry_has_its_slot_and_other_gates_a_distance() {
        let rule = |other_gate_minutes| EntryRule::Reentry { other_gate_minutes };
        assert_eq!(bounds(rule(10)), Bounds { slot: "x".into(), apart_ms: 600_000 });
        assert_eq!(bounds(rule(0)), Bounds { slot: "x".into(), apart_ms: 0 });
    }
}
