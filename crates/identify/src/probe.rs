//! What an identification takes and gives, whoever does it.

use std::time::Duration;

use portico_types::{Candidate, Crop, ModelId, UtcMillis};
use uuid::Uuid;

use crate::IdentifyError;

/// A face to be identified.
#[derive(Clone, Debug)]
pub struct Probe {
    /// Made by the kiosk (`UUIDv7`), for the logs of both sides.
    pub request_id: Uuid,
    /// When the picture was taken.
    pub captured_at: UtcMillis,
    /// The picture. It leaves the device: the caller has made sure that consent and policy allow it (I5).
    pub crop: Crop,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The guests most alike, best first, each once. May be empty.
    pub candidates: Vec<Candidate>,
    /// Whose scores these are; thresholds depend on it.
    pub model: ModelId,
    /// How many guests were searched; thresholds depend on it.
    pub gallery_size: usize,
    /// The mean score between the first candidate's templates and the guests most like them: how crowded the gallery is
    /// there. `None` if whoever searched did not say.
    pub crowding: Option<f32>,
    /// Whether the backend saw a face in the picture at all.
    pub face_found: bool,
    /// The backend's view of the picture, 0 to 1.
    pub quality: f32,
}

/// Somebody outside the kiosk who can tell faces apart.
pub trait Identify: Send + Sync {
    /// Searches for the face, and gives up when `budget` has passed, whatever holds it up (I4).
    fn identify(
        &self,
        probe: &Probe,
        budget: Duration,
    ) -> impl Future<Output = Result<Found, IdentifyError>> + Send;
}
