//! A store with everybody on its roster, and with many entries that wait.

use std::path::Path;

use anyhow::{Result, ensure};
use fastrand::Rng;
use indicatif::ProgressBar;
use portico_store::{Actor, AdmitWish, RosterPage, Store};
use portico_types::{Admission, CheckInId, EntryWindow, GateId, Method, UtcMillis};

use crate::ledger::{Act, Ledger};
use crate::site::{self, Place};
use crate::{crowd, outside};

/// The gate.
pub const GATE: &str = "north";
/// Guests in one page of the roster.
const PAGE: usize = 1_000;
/// When the first guest came: 2026-11-21, 09:00 UTC.
const FIRST_MS: i64 = 1_795_251_600_000;

/// A store in `folder` that has the first `guests` guests on its roster. Its key comes from `seed`.
pub fn with_roster(folder: &Path, guests: usize, seed: u64) -> Result<Store> {
    let mut store = site::open_store(&Place::new(folder), seed)?;
    for from in (0..guests).step_by(PAGE) {
        let until = (from + PAGE).min(guests);
        store.apply_roster(&RosterPage {
            attendees: (from..until).map(crowd::attendee).collect(),
            removed: Vec::new(),
            // Not one that any backend gave: this roster is read again from the start.
            cursor: format!("filled to {until}"),
            complete: until == guests,
        })?;
    }
    Ok(store)
}

/// Lets the first `guests` guests in, and notes each.
pub fn let_in(store: &mut Store, guests: usize, ledger: &Ledger, bar: &ProgressBar) -> Result<()> {
    for number in 0..guests {
        let wish = wish(number);
        let admitted = store.admit(&wish)?;
        ensure!(matches!(admitted.admission, Admission::Recorded(_)), "guest {number} should get in");
        ledger.note(wish.id, Act::CheckIn { attendee: wish.attendee, gate: wish.gate, at: wish.at });
        bar.inc(1);
    }
    Ok(())
}

/// The only entry of guest `number`.
pub fn wish(number: usize) -> AdmitWish {
    let at = UtcMillis(FIRST_MS + 50 * number as i64);
    AdmitWish {
        id: id(number, at),
        attendee: crowd::id(number),
        gate: GateId::new(GATE),
        gate_name: format!("Door {GATE}"),
        method: Method::Ticket,
        at,
        window: EntryWindow::whole_event(),
        score: None,
        reason: None,
        actor: Actor::Kiosk,
    }
}

fn id(number: usize, at: UtcMillis) -> CheckInId {
    outside::fresh_id(&mut Rng::with_seed(number as u64), at)
}
