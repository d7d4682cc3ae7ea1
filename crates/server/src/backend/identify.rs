//! Whom a crop resembles. Deciding is the kiosk's part: candidates come without any threshold.

use portico_protocol::{CandidateRecord, IdentifyResponse};

use super::Backend;
use crate::database::event;
use crate::error::BackendError;
use crate::faces::{PictureError, Reading};

impl From<PictureError> for BackendError {
    fn from(error: PictureError) -> Self {
        match error {
            PictureError::Refused(reason) => Self::PictureRefused(reason),
            PictureError::Failed(reason) => Self::FacesUnavailable(reason),
        }
    }
}

impl Backend {
    /// Finds the face of `crop` again and searches the gallery for it. That there is no face is an answer, no error.
    pub fn identify(&self, crop: &[u8]) -> Result<IdentifyResponse, BackendError> {
        let faces = self.faces()?;
        self.database.read(event::id)?.ok_or(BackendError::UnknownEvent)?;
        let reading = faces.read(crop)?;
        self.erase_expired()?;
        let model = faces.model().0.clone();
        let Reading::Face { embedding, quality } = reading else {
            return Ok(IdentifyResponse {
                model,
                face_found: false,
                quality: 0.0,
                gallery_size: 0,
                candidates: Vec::new(),
                crowding: None,
            });
        };
        let search = self.database.read(|c| faces.search(c, &embedding))?;
        Ok(IdentifyResponse {
            model,
            face_found: true,
            quality: quality.score,
            gallery_size: u32::try_from(search.gallery_size).unwrap_or(u32::MAX),
            candidates: search.candidates.into_iter().map(CandidateRecord::from).collect(),
            crowding: search.crowding,
        })
    }
}
