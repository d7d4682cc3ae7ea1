//! A hand scanner's two readings: which of them it meant.

use crate::contract::EnterTicket;
use crate::runner::{Equipment, ticket};

/// The code, unless it says nothing here and its other reading does.
pub(super) async fn likelier_reading(equipment: &Equipment, scan: EnterTicket) -> String {
    let EnterTicket { code, other_reading } = scan;
    let Some(other) = other_reading.filter(|other| *other != code) else { return code };
    let (situation, now, kept) = (equipment.situation(), equipment.clock.utc(), code.clone());
    let chosen = equipment.store.with(move |store| {
        let known = |code: &str| ticket::is_known(store, &situation, now, code);
        Ok::<_, portico_store::StoreError>(if !known(&code)? && known(&other)? { other } else { code })
    });
    // Whatever keeps the roster from being read is found out once more, and told, by the look-up that follows.
    chosen.await.ok().and_then(Result::ok).unwrap_or(kept)
}
