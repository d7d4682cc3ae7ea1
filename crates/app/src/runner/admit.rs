//! Writes entries down: on disk before anybody sees them (I2).

use portico_protocol::{NamePolicy, SpoofPolicy};
use portico_session::{AdmitOutcome, Evidence};
use portico_store::{Actor, AdmitWish, Admitted, StoreError};
use portico_types::{Admission, AttendeeId, Method};

use super::Equipment;
use crate::contract::StageName;
use crate::moment::MomentKind;

/// What the entry and the audit say of an entry that came with a spoof warning.
const POSSIBLE_SPOOF: &str = "possible spoof";

/// Lets a guest in, on the guest's own way.
pub(super) async fn admit(
    equipment: &Equipment,
    attendee: AttendeeId,
    method: Method,
    evidence: Evidence,
) -> AdmitOutcome {
    let score = evidence.candidate.map(|candidate| candidate.score);
    let heeded = equipment.situation().policy.spoof_warning != SpoofPolicy::Ignore;
    let reason = (evidence.warning && heeded).then(|| POSSIBLE_SPOOF.to_owned());
    let wish = wish(equipment, attendee, method, score, reason, Actor::Kiosk);
    let who = wish.attendee.clone();
    let Some(admitted) = write_down(equipment, wish).await else { return AdmitOutcome::Failed };
    let situation = equipment.situation();
    let guest = admitted.attendee;
    AdmitOutcome::Answered {
        admission: admitted.admission,
        name: guest.as_ref().map_or_else(String::new, |g| shown_name(&g.name, situation.policy.shown_name)),
        note: guest.and_then(|guest| guest.note),
        offline: situation.is_offline(equipment.clock.now()),
        // A database that does not say costs them the choice, and nothing else.
        enrolled: is_enrolled(equipment, who).await.unwrap_or(false),
    }
}

/// Whether the guest's face is enrolled here; `None` if the database does not say.
pub(crate) async fn is_enrolled(equipment: &Equipment, attendee: AttendeeId) -> Option<bool> {
    let now = equipment.clock.utc();
    equipment.store.with(move |store| store.is_enrolled(&attendee, now)).await.ok()?.ok()
}

/// A wish to enter at this kiosk, now.
pub(crate) fn wish(
    equipment: &Equipment,
    attendee: AttendeeId,
    method: Method,
    score: Option<f32>,
    reason: Option<String>,
    actor: Actor,
) -> AdmitWish {
    let (at, situation) = (equipment.clock.utc(), equipment.situation());
    let id = equipment.random.check_in_id(at);
    AdmitWish {
        id,
        window: situation.window(at, id),
        attendee,
        gate: equipment.gate.clone(),
        gate_name: situation.gate_name,
        method,
        at,
        score,
        reason,
        actor,
    }
}

/// Commits `wish`; `None` if the disk refuses. Tells sync and the screen afterwards.
pub(crate) async fn write_down(equipment: &Equipment, wish: AdmitWish) -> Option<Admitted> {
    let (attendee, method) = (wish.attendee.clone(), wish.method);
    let admitted = commit(equipment, wish).await?;
    let offline = equipment.situation().is_offline(equipment.clock.now());
    let admission = match admitted.admission {
        Admission::Recorded(_) => "recorded",
        Admission::AlreadyIn(_) => "already_in",
        Admission::NotOnRoster => "not_on_roster",
    };
    equipment.moments.announce(MomentKind::Admitted { attendee, method, admission, offline });
    equipment.announce_queue().await;
    Some(admitted)
}

/// What became of `wish`. A database that turns out to be damaged is replaced at once, so it is asked a second time.
async fn commit(equipment: &Equipment, wish: AdmitWish) -> Option<Admitted> {
    let mut second_try = Some(wish.clone());
    let mut wish = wish;
    loop {
        let mut watch = equipment.times.watch();
        let committed = equipment.store.with(move |store| store.admit(&wish)).await;
        watch.ended(StageName::Commit);
        match committed {
            Ok(Ok(admitted)) => return Some(admitted),
            Ok(Err(StoreError::Damaged(_))) if second_try.is_some() => wish = second_try.take()?,
            Ok(Err(error)) => {
                tracing::error!(%error, "a check-in could not be written down");
                return None;
            }
            Err(error) => {
                tracing::error!(%error, "a check-in could not be written down");
                return None;
            }
        }
    }
}

/// A guest's name as the event lets the public screen show it.
pub(crate) fn shown_name(name: &str, policy: NamePolicy) -> String {
    match policy {
        NamePolicy::Full => name.to_owned(),
        NamePolicy::FirstWord => name.split_whitespace().next().unwrap_or_default().to_owned(),
        NamePolicy::Hidden => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_screen_shows_no_more_of_a_name_than_the_event_allows() {
        assert_eq!(shown_name("Amara Okafor", NamePolicy::Full), "Amara Okafor");
        assert_eq!(shown_name("Amara Okafor", NamePolicy::FirstWord), "Amara");
        assert_eq!(shown_name("Amara Okafor", NamePolicy::Hidden), "");
    }
}
