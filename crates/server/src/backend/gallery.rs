//! The face reader and the searchable gallery, kept in step with the database by change numbers.

use std::sync::Mutex;

use portico_identify::{Gallery, LOOK_ALIKES};
use portico_protocol::ROWS_PER_PAGE;
use portico_types::{Embedding, ModelId, TemplateId};
use rusqlite::Connection;

use super::lock;
use crate::database::templates::{self, TemplateChange};
use crate::faces::{FaceReader, PictureError, Reading};

/// Most candidates that an identification answers: the first, and those that its score is judged against.
const CANDIDATES: usize = 1 + LOOK_ALIKES;

/// Reads and searches faces.
pub(super) struct Faces {
    model: ModelId,
    reader: Mutex<Box<dyn FaceReader>>,
    searchable: Mutex<Searchable>,
}

struct Searchable {
    gallery: Gallery,
    /// Number of the last change that the gallery has.
    seen: i64,
}

/// What a search found.
pub(super) struct Search {
    pub(super) gallery_size: usize,
    pub(super) candidates: Vec<portico_types::Candidate>,
    /// How crowded the gallery is around the first.
    pub(super) crowding: Option<f32>,
}

impl Faces {
    pub(super) fn new(reader: Box<dyn FaceReader>) -> Self {
        let model = reader.model().clone();
        let searchable = Searchable { gallery: Gallery::new(model.clone()), seen: 0 };
        Self { model, reader: Mutex::new(reader), searchable: Mutex::new(searchable) }
    }

    pub(super) fn model(&self) -> &ModelId {
        &self.model
    }

    pub(super) fn read(&self, picture: &[u8]) -> Result<Reading, PictureError> {
        lock(&self.reader).read(picture)
    }

    /// Takes over what was enrolled and erased since the last call, by whatever process, and searches.
    pub(super) fn search(&self, connection: &Connection, probe: &Embedding) -> rusqlite::Result<Search> {
        let mut searchable = lock(&self.searchable);
        searchable.catch_up(connection, &self.model)?;
        let gallery = &searchable.gallery;
        let candidates = gallery.search(probe, CANDIDATES);
        let crowding = candidates.first().and_then(|first| gallery.crowding(&first.attendee));
        Ok(Search { gallery_size: gallery.attendees(), candidates, crowding })
    }
}

impl Searchable {
    fn catch_up(&mut self, connection: &Connection, model: &ModelId) -> rusqlite::Result<()> {
        loop {
            let rows = templates::changes(connection, Some(&model.0), self.seen, ROWS_PER_PAGE)?;
            let Some((last, _)) = rows.last() else { return Ok(()) };
            self.seen = *last;
            for (_, row) in rows {
                match row {
                    TemplateChange::Put(template, _) => {
                        if let Err(error) = self.gallery.upsert(&template) {
                            tracing::warn!(template = %template.id, %error, "template is not searched");
                        }
                    }
                    TemplateChange::Removed(id) => {
                        self.gallery.remove(&TemplateId::new(id));
                    }
                }
            }
        }
    }
}
