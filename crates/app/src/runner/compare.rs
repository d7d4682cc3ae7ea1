//! Is this the face in that ticket: one comparison, here and nowhere else. The ticket is opened for it and its face
//! overwritten right after; nothing is sent, kept or written down of it.

use portico_session::IdentifyOutcome;
use portico_types::{AttendeeId, Candidate, DecisionSource, FaceTicket, TrackId};

use super::ticket::{self, CarriedFace};
use super::{Equipment, identify};

/// Takes the best recent picture of `track` and compares it with the face in `ticket`, which is `attendee`'s.
pub(super) async fn compare(
    equipment: &Equipment,
    track: TrackId,
    attendee: AttendeeId,
    ticket: FaceTicket,
) -> IdentifyOutcome {
    let Some(sample) = equipment.vision.sample(track).await else { return IdentifyOutcome::FaceGone };
    let situation = equipment.situation();
    // Asked again with each comparison: a withdrawal may have come meanwhile.
    let face = match ticket::face_of(&situation, &sample.model, equipment.clock.utc(), &ticket) {
        CarriedFace::Opened(face) => face,
        CarriedFace::None | CarriedFace::Unusable => return IdentifyOutcome::Failed,
    };
    let score = face.embedding.cosine(&sample.embedding);
    drop((face, ticket));
    let candidate = Candidate { attendee, score };
    let doubtful = situation.doubtful.contains(&candidate.attendee);
    let decision = equipment.decision.compare(&sample.model, candidate, doubtful);
    identify::announce(equipment, &sample, DecisionSource::Ticket, &decision);
    IdentifyOutcome::Decided {
        decision,
        source: DecisionSource::Ticket,
        quality: sample.quality.score,
        warning: sample.spoof.warning,
    }
}
