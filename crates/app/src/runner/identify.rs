//! Who is this face: the backend within its budget, and otherwise the local gallery at once (I4).

use std::collections::BTreeSet;
use std::sync::PoisonError;
use std::time::Duration;

use portico_identify::{Found, Identify as _, IdentifyError, Probe};
use portico_session::IdentifyOutcome;
use portico_sync::Connection;
use portico_types::{AttendeeId, Decision, DecisionSource, Outcome, Sample, Tick, TrackId, UtcMillis};

use super::{Equipment, Situation};
use crate::contract::StageName;
use crate::moment::MomentKind;

/// How long the backend is left alone after a call that did not reach it: about as long as a guest takes.
const BACKEND_REST: Duration = Duration::from_secs(5);

/// Takes the best recent picture of `track` and decides whose it is.
pub(super) async fn identify(equipment: &Equipment, track: TrackId) -> IdentifyOutcome {
    let situation = equipment.situation();
    // A kiosk whose access was withdrawn has no business with faces any more; tickets and staff go on.
    if situation.connection == Connection::Revoked {
        return IdentifyOutcome::Failed;
    }
    let Some(sample) = equipment.vision.sample(track).await else { return IdentifyOutcome::FaceGone };
    let (found, source) = match ask_backend(equipment, &situation, &sample).await {
        // Asked again: a withdrawal may have come meanwhile.
        Some(found) => (without(&equipment.situation().withdrawn, found), DecisionSource::Backend),
        None => match search_locally(equipment, &sample) {
            Some(found) => (found, DecisionSource::LocalGallery),
            None => return IdentifyOutcome::Failed,
        },
    };
    let decision = equipment.decision.decide(&found, &|attendee| situation.doubtful.contains(attendee));
    announce(equipment, &sample, source, &decision);
    tally(equipment, &sample, &decision);
    IdentifyOutcome::Decided {
        decision,
        source,
        quality: sample.quality.score,
        warning: sample.spoof.warning,
    }
}

/// The backend's answer, unless it may not be asked, cannot be reached, or searches with another model.
async fn ask_backend(equipment: &Equipment, situation: &Situation, sample: &Sample) -> Option<Found> {
    let identifier = situation.identifier.as_ref()?;
    if situation.is_offline(equipment.clock.now()) || !situation.policy.crops_may_leave_device {
        return None;
    }
    let probe = Probe {
        request_id: equipment.random.uuid(equipment.clock.utc()),
        captured_at: captured_at_utc(equipment, sample.captured_at),
        crop: sample.crop.clone(),
    };
    let mut watch = equipment.times.watch();
    let answer = identifier.identify(&probe, situation.network_budget()).await;
    watch.ended(StageName::Backend);
    match answer {
        // The backend may search with a recogniser of its own, as long as its scores are calibrated here.
        Ok(found) if found.face_found && equipment.decision.knows(&found.model) => Some(found),
        Ok(found) => {
            tracing::debug!(model = %found.model.0, face_found = found.face_found, "the local gallery decides");
            None
        }
        Err(error) => {
            fell_back(equipment, &error);
            None
        }
    }
}

/// What the backend found, without guests who took their consent back here: it has not heard of that.
fn without(withdrawn: &BTreeSet<AttendeeId>, mut found: Found) -> Found {
    let first = found.candidates.first().map(|candidate| candidate.attendee.clone());
    found.candidates.retain(|candidate| !withdrawn.contains(&candidate.attendee));
    if found.candidates.first().map(|candidate| &candidate.attendee) != first.as_ref() {
        // It was measured around somebody who is not there any more.
        found.crowding = None;
    }
    found
}

fn fell_back(equipment: &Equipment, error: &IdentifyError) {
    tracing::warn!(code = error.code(), "the backend did not identify; the local gallery decides");
    if error.is_transport() {
        let until = equipment.clock.now() + BACKEND_REST;
        equipment.change(|situation| situation.backend_rests_until = until);
    }
}

pub(super) fn search_locally(equipment: &Equipment, sample: &Sample) -> Option<Found> {
    let mut gallery = equipment.gallery.write().unwrap_or_else(PoisonError::into_inner);
    // Consent ends at its time, also when no backend is there to say so.
    gallery.remove_expired(equipment.clock.utc());
    // Without a calibration nothing can be concluded, which is not the same as nobody being alike.
    if gallery.model() != &sample.model || !equipment.decision.knows(&sample.model) {
        return None;
    }
    let mut watch = equipment.times.watch();
    let found = gallery.find(&sample.embedding, sample.quality.score);
    watch.ended(StageName::Search);
    Some(found)
}

/// The wall-clock time of a capture: now, less the time since.
fn captured_at_utc(equipment: &Equipment, captured_at: Tick) -> UtcMillis {
    let age = equipment.clock.now().since(captured_at);
    UtcMillis(equipment.clock.utc().0 - age.as_millis() as i64)
}

pub(super) fn announce(equipment: &Equipment, sample: &Sample, source: DecisionSource, decision: &Decision) {
    let decision_ms = equipment.clock.now().since(sample.captured_at).as_millis() as u64;
    let decision = match decision {
        Decision::Accept(_) => "accept",
        Decision::Ask(_) => "ask",
        Decision::Unknown => "unknown",
    };
    tracing::info!(?source, decision, decision_ms, "identified");
    equipment.moments.announce(MomentKind::Identified { source, decision, decision_ms });
}

/// Counts what came of it, for staff.
fn tally(equipment: &Equipment, sample: &Sample, decision: &Decision) {
    equipment.tally.count(match decision {
        Decision::Accept(_) => Outcome::Accepted,
        Decision::Ask(_) => Outcome::Asked,
        Decision::Unknown => Outcome::Unknown,
    });
    if sample.spoof.warning {
        equipment.tally.count(Outcome::SpoofWarning);
    }
}

#[cfg(test)]
mod tests {
    use portico_testkit::model;
    use portico_types::Candidate;

    use super::*;

    #[test]
    fn whoever_withdrew_here_is_not_found_by_a_backend_that_has_not_heard_of_it() {
        let candidate = |name: &str, score| Candidate { attendee: AttendeeId::new(name), score };
        let found = Found {
            candidates: vec![candidate("bo", 0.8), candidate("ada", 0.4)],
            model: model(),
            gallery_size: 2,
            crowding: Some(0.3),
            face_found: true,
            quality: 0.7,
        };
        let names = |found: &Found| {
            found.candidates.iter().map(|other| other.attendee.as_str().to_owned()).collect::<Vec<_>>()
        };
        let left = without(&[AttendeeId::new("bo")].into(), found.clone());
        assert_eq!((names(&left), left.crowding), (vec!["ada".to_owned()], None));
        let left = without(&[AttendeeId::new("ada")].into(), found.clone());
        assert_eq!((names(&left), left.crowding), (vec!["bo".to_owned()], Some(0.3)));
        assert_eq!(without(&BTreeSet::new(), found.clone()), found);
    }
}
