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

    /// Forgets what was erased since the last call, by whatever process: nobody may come to be searched for, so this waits
    /// for no search. What was never taken over is not read for it.
    pub(super) fn forget(&self, connection: &Connection) -> rusqlite::Result<()> {
        let mut searchable = lock(&self.searchable);
        if searchable.seen == 0 { Ok(()) } else { searchable.catch_up(connection, &self.model) }
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

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use portico_types::{AttendeeId, Clock, Consent, Tick, UtcMillis};

    use super::*;
    use crate::backend::{Agreement, Backend, Outside};
    use crate::config::ServerConfig;
    use crate::config::enrolment::tests::PORTRAIT;
    use crate::random::counting;

    /// Sees one good face in every picture.
    struct OneFace(ModelId);

    impl FaceReader for OneFace {
        fn model(&self) -> &ModelId {
            &self.0
        }

        fn read(&mut self, _: &[u8]) -> Result<Reading, PictureError> {
            let embedding = Embedding::normalised(vec![0.6, 0.8]).unwrap();
            Ok(Reading::Face { embedding, quality: PORTRAIT })
        }
    }

    struct Hands(AtomicI64);

    /// Erases Ada's face, given the clock and the database's folder.
    type Eraser<'a> = &'a dyn Fn(&Backend, &Hands, &Path);

    impl Clock for Hands {
        fn now(&self) -> Tick {
            Tick::from_millis(0)
        }

        fn utc(&self) -> UtcMillis {
            UtcMillis(self.0.load(Ordering::Relaxed))
        }
    }

    fn searchable(backend: &Backend) -> usize {
        lock(&backend.faces.as_ref().unwrap().searchable).gallery.attendees()
    }

    /// A backend whose memory holds Ada's face, which is over at 1,000.
    fn with_ada(folder: &Path, clock: &Arc<Hands>) -> Backend {
        let config = ServerConfig::new(folder.join("server.db"), "");
        let outside = Outside { clock: clock.clone(), random: counting() };
        let backend =
            Backend::with_faces(&config, outside, Box::new(OneFace(ModelId("one/1".into())))).unwrap();
        backend.import_roster(&b"id,name\nada,Ada\n"[..]).unwrap();
        let consent = Consent { text_version: "1".into(), language: "en".into(), agreed_at: UtcMillis(1) };
        let agreement = Agreement { consent, expires_at: UtcMillis(1_000), device: None };
        backend.enrol(&AttendeeId::new("ada"), b"", &agreement).unwrap();
        assert_eq!(searchable(&backend), 0, "nobody has searched yet");
        let probe = Embedding::normalised(vec![0.6, 0.8]).unwrap();
        let found = backend.database.read(|c| backend.faces().unwrap().search(c, &probe)).unwrap();
        assert_eq!((found.gallery_size, searchable(&backend)), (1, 1));
        backend
    }

    #[test]
    fn what_is_erased_leaves_memory_though_nobody_searches() {
        let ada = AttendeeId::new("ada");
        let erasers: [Eraser<'_>; 4] = [
            &|backend, clock, _| {
                clock.0.store(1_000, Ordering::Relaxed);
                backend.erase_expired().unwrap();
            },
            &|backend, _, _| backend.erase_face(&ada).unwrap(),
            &|backend, _, _| backend.remove_attendee(&ada).unwrap(),
            &|backend, _, folder| {
                let config = ServerConfig::new(folder.join("server.db"), "");
                let command = Backend::without_faces(&config, backend.clock.clone(), counting()).unwrap();
                command.erase_face(&ada).unwrap();
                assert_eq!(searchable(backend), 1, "another process has erased it");
                backend.look_around().unwrap();
            },
        ];
        for erase in erasers {
            let folder = tempfile::tempdir().unwrap();
            let clock = Arc::new(Hands(AtomicI64::new(10)));
            let backend = with_ada(folder.path(), &clock);
            erase(&backend, &clock, folder.path());
            assert_eq!(searchable(&backend), 0);
        }
    }
}
