//! A search with all that its decision needs: how crowded the gallery is around the guest whom it found.

use portico_types::{AttendeeId, Embedding};

use super::{Gallery, Ranking};
use crate::evidence::LOOK_ALIKES;
use crate::probe::Found;

impl Gallery {
    /// The guest most like `probe` with those that this score is judged against. `quality` is that of the picture.
    pub fn find(&self, probe: &Embedding, quality: f32) -> Found {
        let candidates = self.search(probe, 1 + LOOK_ALIKES);
        Found {
            crowding: candidates.first().and_then(|first| self.crowding(&first.attendee)),
            candidates,
            model: self.model().clone(),
            gallery_size: self.attendees(),
            face_found: true,
            quality,
        }
    }

    /// The mean score between the guest's templates and the [`LOOK_ALIKES`] other guests most like each of them; 0
    /// where there is no other guest, `None` for a guest without a template. Costs one search for each template.
    pub fn crowding(&self, attendee: &AttendeeId) -> Option<f32> {
        let own = (0..self.owners.len()).filter(|row| self.owners[*row].attendee == *attendee);
        let (mut sum, mut templates) = (0.0, 0);
        for row in own {
            sum += self.look_alikes_of(row);
            templates += 1;
        }
        (templates > 0).then(|| sum / templates as f32)
    }

    fn look_alikes_of(&self, row: usize) -> f32 {
        let own = &self.owners[row].attendee;
        let mut ranking = Ranking::new(LOOK_ALIKES + 1, |row: usize| &self.owners[row].attendee);
        self.vectors.search(self.vectors.row(row), &mut ranking);
        let others = ranking.into_candidates().into_iter().filter(|other| other.attendee != *own);
        let scores: Vec<f32> = others.map(|other| other.score).take(LOOK_ALIKES).collect();
        if scores.is_empty() { 0.0 } else { scores.iter().sum::<f32>() / scores.len() as f32 }
    }
}
