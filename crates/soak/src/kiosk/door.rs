//! What happens at a kiosk's door. Everything that the kiosk acknowledges is noted.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use anyhow::{Context as _, Result};
use portico_store::{Actor, AdmitWish, Admitted, ResolveOutcome, ResolveWish, UndoOutcome, UndoWish};
use portico_types::{Admission, CheckInId, Clock as _, GateId, Method, Resolution, StaffId, UtcMillis};

use super::Kiosk;
use crate::ledger::Act;
use crate::outside;

impl Kiosk {
    /// A guest shows a ticket. `None` if the kiosk does not know the ticket.
    pub async fn admit(&self, ticket: &str) -> Result<Option<Admission>> {
        let (id, at) = self.fresh();
        let event = self.heard.borrow().event.clone().context("the kiosk does not know its event yet")?;
        let gate = GateId::new(&self.setup.gate);
        let named = event.gates.iter().find(|known| known.id == gate.as_str());
        let gate_name = named.map_or(gate.as_str(), |known| &known.name).to_owned();
        let window = event.policy.entry.window(at, &event.time_zone, &id.to_string());
        let (ticket, door) = (ticket.to_owned(), gate.clone());
        let work = move |store: &mut portico_store::Store| {
            let Some(guest) = store.find_ticket(&ticket)? else { return Ok(None) };
            let wish = AdmitWish {
                id,
                attendee: guest.id,
                gate: door,
                gate_name,
                method: Method::Ticket,
                at,
                window,
                score: None,
                reason: None,
                actor: Actor::Kiosk,
            };
            store.admit(&wish).map(Some)
        };
        let Some(Admitted { admission, .. }) = self.store().with(work).await? else { return Ok(None) };
        if let Admission::Recorded(check_in) = &admission {
            self.acknowledged(id, Act::CheckIn { attendee: check_in.attendee.clone(), gate, at });
        }
        Ok(Some(admission))
    }

    /// Staff take an entry back; whether that changed anything.
    pub async fn undo(&self, check_in: CheckInId) -> Result<bool> {
        let (undo_id, at) = self.fresh();
        let wish = UndoWish {
            check_in,
            undo_id,
            at,
            reason: "left again".to_owned(),
            actor: Actor::Staff(StaffId::FIRST),
        };
        let outcome = self.store().with(move |store| store.undo(&wish)).await?;
        let undone = matches!(outcome, UndoOutcome::Undone(_));
        if undone {
            self.acknowledged(undo_id, Act::Undo { check_in });
        }
        Ok(undone)
    }

    /// Staff decide about a conflict; whether that changed anything.
    pub async fn resolve(&self, conflict: CheckInId, resolution: Resolution) -> Result<bool> {
        let (entry_id, at) = self.fresh();
        let reason = "looked at both".to_owned();
        let wish =
            ResolveWish { conflict, resolution, entry_id, at, reason, actor: Actor::Staff(StaffId::FIRST) };
        let outcome = self.store().with(move |store| store.resolve(&wish)).await?;
        let resolved = outcome == ResolveOutcome::Resolved;
        if resolved {
            self.acknowledged(entry_id, Act::Resolve { conflict, resolution });
        }
        Ok(resolved)
    }

    fn acknowledged(&self, id: CheckInId, act: Act) {
        self.ledger.note(id, act);
        self.recorded.notify_one();
    }

    /// A new id, and its time: later than that of everything before at this door.
    fn fresh(&self) -> (CheckInId, UtcMillis) {
        let now = self.clock.utc().0;
        let next = |last: i64| Some(now.max(last + 1));
        let last = self.last_ms.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next).unwrap_or(now);
        let at = UtcMillis(now.max(last + 1));
        let mut rng = self.rng.lock().unwrap_or_else(PoisonError::into_inner);
        (outside::fresh_id(&mut rng, at), at)
    }
}
