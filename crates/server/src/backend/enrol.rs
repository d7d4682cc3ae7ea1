//! Enrolling and erasing faces.

use portico_protocol::{EnrolOutcome, PictureOutcome};
use portico_types::{AttendeeId, Quality, Template, TemplateId};

use super::Backend;
use super::agreement::Agreement;
use super::gallery::Faces;
use super::withdrawal::{self, Erased};
use crate::database::erasures::ErasureReason;
use crate::database::{attendees, event, log_due, sequence, templates};
use crate::error::BackendError;
use crate::faces::Reading;

/// What becomes of the guest's earlier templates.
#[derive(Clone, Copy)]
enum Earlier {
    Replaced,
    Kept,
}

/// What came of one picture.
type Read = Result<(Template, Quality), BackendError>;

impl Backend {
    /// Makes the face in `picture` the guest's only template. The picture itself is not kept.
    pub fn enrol(
        &self,
        attendee: &AttendeeId,
        picture: &[u8],
        agreement: &Agreement,
    ) -> Result<EnrolOutcome, BackendError> {
        self.enrol_beside(attendee, &[picture], agreement, Earlier::Replaced)
    }

    /// Makes the faces in `pictures` the guest's only templates: those that are good enough, if any is.
    pub fn enrol_several(
        &self,
        attendee: &AttendeeId,
        pictures: &[&[u8]],
        agreement: &Agreement,
    ) -> Result<EnrolOutcome, BackendError> {
        self.enrol_beside(attendee, pictures, agreement, Earlier::Replaced)
    }

    /// Enrols a further picture of a guest, beside the earlier ones: two pictures halve the misses of one.
    pub fn enrol_further(
        &self,
        attendee: &AttendeeId,
        picture: &[u8],
        agreement: &Agreement,
    ) -> Result<EnrolOutcome, BackendError> {
        self.enrol_beside(attendee, &[picture], agreement, Earlier::Kept)
    }

    fn enrol_beside(
        &self,
        attendee: &AttendeeId,
        pictures: &[&[u8]],
        agreement: &Agreement,
        earlier: Earlier,
    ) -> Result<EnrolOutcome, BackendError> {
        let faces = self.faces()?;
        let now = self.clock.utc();
        // Asked before the costly look at the pictures, and again with the write.
        self.database.read(|c| {
            agreement.check(c, now)?;
            on_roster(c, attendee)?;
            withdrawal::check(c, attendee, agreement)
        })?;
        let readings = self.read_all(faces, attendee, pictures, agreement)?;
        let (outcome, good) = sorted(readings)?;
        self.database.write(|tx| {
            agreement.check(tx, now)?;
            on_roster(tx, attendee)?;
            // The guest may have withdrawn while their pictures were looked at.
            withdrawal::check(tx, attendee, agreement)?;
            withdrawal::agreed(tx, attendee, agreement)?;
            let before = match earlier {
                Earlier::Replaced => {
                    templates::erase_attendee(tx, attendee.as_str(), ErasureReason::Replaced, now)?;
                    0
                }
                Earlier::Kept => templates::count(tx, attendee.as_str())?,
            };
            self.check_room(before, good.len())?;
            for (template, quality) in &good {
                templates::insert(tx, template, quality.score, agreement.device.as_ref())?;
            }
            Ok::<_, BackendError>(())
        })?;
        self.follow_erasure()?;
        self.announce_changes()?;
        Ok(outcome)
    }

    /// Reads every picture. Fails as a whole only where another picture would have failed in the same way.
    fn read_all(
        &self,
        faces: &Faces,
        attendee: &AttendeeId,
        pictures: &[&[u8]],
        agreement: &Agreement,
    ) -> Result<Vec<Read>, BackendError> {
        let read = |picture: &&[u8]| match self.read_template(faces, attendee, picture, agreement) {
            refused @ Err(
                BackendError::NotGoodEnough(_) | BackendError::PictureRefused(_) | BackendError::NoFace,
            ) => Ok(refused),
            read => read.map(Ok),
        };
        pictures.iter().map(read).collect()
    }

    /// The template of the face in `picture`, if it is good enough.
    fn read_template(
        &self,
        faces: &Faces,
        attendee: &AttendeeId,
        picture: &[u8],
        agreement: &Agreement,
    ) -> Read {
        let Reading::Face { embedding, quality } = faces.read(picture)? else {
            return Err(BackendError::NoFace);
        };
        if let Some(fault) = self.enrolment.fault(&quality) {
            return Err(BackendError::NotGoodEnough(fault));
        }
        let template = Template {
            id: TemplateId::new(self.random.id()?),
            attendee: attendee.clone(),
            model: faces.model().clone(),
            embedding,
            consent: agreement.consent.clone(),
            expires_at: agreement.expires_at,
        };
        Ok((template, quality))
    }

    fn check_room(&self, pictures: usize, more: usize) -> Result<(), BackendError> {
        if pictures + more <= self.enrolment.most_pictures {
            return Ok(());
        }
        Err(BackendError::EnoughPictures(pictures))
    }

    /// Takes the guest's consent back and erases all their templates, everywhere: kiosks learn the ids to forget. Erasing
    /// nothing is fine.
    pub fn erase_face(&self, attendee: &AttendeeId) -> Result<(), BackendError> {
        let now = self.clock.utc();
        self.database.write(|tx| {
            on_roster(tx, attendee)?;
            Ok::<_, BackendError>(withdrawal::withdraw(tx, attendee.as_str(), now, Erased::All, now)?)
        })?;
        self.follow_erasure()?;
        self.announce_changes()
    }

    /// Takes a guest off the roster together with their face; of their entries only the bare record stays.
    pub fn remove_attendee(&self, attendee: &AttendeeId) -> Result<(), BackendError> {
        let now = self.clock.utc();
        self.database.write(|tx| {
            templates::erase_attendee(tx, attendee.as_str(), ErasureReason::Removed, now)?;
            if !attendees::remove(tx, attendee.as_str())? {
                return Err(BackendError::UnknownAttendee);
            }
            // Kiosks learn with the event that their tickets must not be compared any more.
            let change = sequence::next(tx)?;
            event::touch(tx, change)?;
            // Name and code are personal data too, whether or not there was a face.
            Ok(log_due::ask(tx, change)?)
        })?;
        self.follow_erasure()?;
        self.announce_changes()
    }

    /// Erases what has outlived its consent, and what an earlier erasure had to leave in the log.
    pub fn erase_expired(&self) -> Result<(), BackendError> {
        let now = self.clock.utc();
        if !self.database.read(|c| templates::any_expired(c, now))? {
            return self.purge_log();
        }
        let erased = self.database.write(|tx| templates::erase_expired(tx, now))?;
        tracing::info!(erased, "templates have expired");
        self.follow_erasure()?;
        self.announce_changes()
    }
}

/// What is answered, every picture's fate, and the good ones; the first one's failure if none was good enough.
fn sorted(readings: Vec<Read>) -> Result<(EnrolOutcome, Vec<(Template, Quality)>), BackendError> {
    let (mut pictures, mut good, mut failure) = (Vec::new(), Vec::new(), None);
    for reading in readings {
        match reading {
            Ok((template, quality)) => {
                let template_id = Some(template.id.to_string());
                pictures.push(PictureOutcome { template_id, quality: Some(quality.score), refused: None });
                good.push((template, quality));
            }
            Err(error) => {
                let refused = Some(error.to_string());
                pictures.push(PictureOutcome { template_id: None, quality: None, refused });
                failure.get_or_insert(error);
            }
        }
    }
    match good.first() {
        Some((template, quality)) => {
            let (template_id, quality) = (template.id.to_string(), quality.score);
            Ok((EnrolOutcome { template_id, quality, pictures }, good))
        }
        None => Err(failure.unwrap_or(BackendError::NoFace)),
    }
}

fn on_roster(connection: &rusqlite::Connection, attendee: &AttendeeId) -> Result<(), BackendError> {
    if attendees::exists(connection, attendee.as_str())? {
        Ok(())
    } else {
        Err(BackendError::UnknownAttendee)
    }
}
