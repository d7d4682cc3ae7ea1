//! `POST /v1/identify`: a face crop in, candidates out.
//!
//! The body is multipart/form-data with two parts: `metadata` ([`IdentifyMetadata`] as JSON) and `crop` (JPEG).

use portico_types::{AttendeeId, Candidate, Point};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What goes with the crop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IdentifyMetadata {
    /// Client-made id of this request (`UUIDv7`), for logs on both sides.
    pub request_id: String,
    /// When the picture was taken, RFC 3339.
    pub captured_at: String,
    /// Eyes, nose tip and mouth corners as `[x, y]` in pixels of the crop.
    #[schema(value_type = Vec<[f32; 2]>)]
    pub landmarks: Vec<[f32; 2]>,
}

impl IdentifyMetadata {
    /// Landmarks in the form that the contract carries.
    pub fn landmarks_of(points: &[Point]) -> Vec<[f32; 2]> {
        points.iter().map(|p| [p.x, p.y]).collect()
    }
}

/// What the backend's search found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IdentifyResponse {
    /// The recogniser that searched; scores of different models are not comparable.
    pub model: String,
    /// Whether the backend found a face in the crop.
    pub face_found: bool,
    /// The backend's view of the picture's quality, 0 to 1.
    pub quality: f32,
    /// How many guests were searched; the decision's thresholds depend on it.
    pub gallery_size: u32,
    /// The most alike guests, best first, at most six, below every threshold too: deciding is the kiosk's part.
    pub candidates: Vec<CandidateRecord>,
    /// The mean score between the first candidate's templates and the five other guests most like them: how crowded
    /// the gallery is there. Absent if the backend does not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crowding: Option<f32>,
}

/// A guest whom the search found alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CandidateRecord {
    /// Who.
    pub attendee_id: String,
    /// How alike.
    pub score: f32,
}

impl From<CandidateRecord> for Candidate {
    fn from(record: CandidateRecord) -> Self {
        Self { attendee: AttendeeId::new(record.attendee_id), score: record.score }
    }
}

impl From<Candidate> for CandidateRecord {
    fn from(candidate: Candidate) -> Self {
        Self { attendee_id: candidate.attendee.to_string(), score: candidate.score }
    }
}
