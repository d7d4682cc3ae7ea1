//! Enrolling and erasing faces.

use portico_protocol::EnrolOutcome;
use portico_types::{AttendeeId, Consent, DeviceId, Quality, Template, TemplateId, UtcMillis};

use super::Backend;
use super::gallery::Faces;
use crate::database::erasures::ErasureReason;
use crate::database::{attendees, templates};
use crate::error::BackendError;
use crate::faces::Reading;

/// What entitles the backend to keep a face, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The guest's consent.
    pub consent: Consent,
    /// When the template must be gone.
    pub expires_at: UtcMillis,
    /// The device that took the consent; `None` for the command line.
    pub device: Option<DeviceId>,
}

/// What becomes of the guest's earlier templates.
#[derive(Clone, Copy)]
enum Earlier {
    Replaced,
    Kept,
}

impl Backend {
    /// Makes the face in `picture` the guest's only template. The picture itself is not kept.
    pub fn enrol(
        &self,
        attendee: &AttendeeId,
        picture: &[u8],
        agreement: &Agreement,
    ) -> Result<EnrolOutcome, BackendError> {
        self.enrol_beside(attendee, picture, agreement, Earlier::Replaced)
    }

    /// Enrols a further picture of a guest, beside the earlier ones: two pictures halve the misses of one.
    pub fn enrol_further(
        &self,
        attendee: &AttendeeId,
        picture: &[u8],
        agreement: &Agreement,
    ) -> Result<EnrolOutcome, BackendError> {
        self.enrol_beside(attendee, picture, agreement, Earlier::Kept)
    }

    fn enrol_beside(
        &self,
        attendee: &AttendeeId,
        picture: &[u8],
        agreement: &Agreement,
        earlier: Earlier,
    ) -> Result<EnrolOutcome, BackendError> {
        let faces = self.faces()?;
        self.check_agreement(agreement)?;
        // Asked before the costly look at the picture, and again with the write.
        self.database.read(|c| on_roster(c, attendee))?;
        let (template, quality) = self.read_template(faces, attendee, picture, agreement)?;
        let now = self.clock.utc();
        self.database.write(|tx| {
            on_roster(tx, attendee)?;
            match earlier {
                Earlier::Replaced => {
                    templates::erase_attendee(tx, attendee.as_str(), ErasureReason::Replaced, now)?;
                }
                Earlier::Kept => self.check_room(templates::count(tx, attendee.as_str())?)?,
            }
            templates::insert(tx, &template, quality.score, agreement.device.as_ref())?;
            Ok::<_, BackendError>(())
        })?;
        self.purge_log()?;
        self.announce_changes()?;
        Ok(EnrolOutcome { template_id: template.id.to_string(), quality: quality.score })
    }

    /// The template of the face in `picture`, if it is good enough.
    fn read_template(
        &self,
        faces: &Faces,
        attendee: &AttendeeId,
        picture: &[u8],
        agreement: &Agreement,
    ) -> Result<(Template, Quality), BackendError> {
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

    fn check_room(&self, pictures: usize) -> Result<(), BackendError> {
        if pictures < self.enrolment.most_pictures {
            return Ok(());
        }
        let reason = format!("this guest has {pictures} pictures already; replace them instead");
        Err(BackendError::PictureRefused(reason))
    }

    /// Erases all templates of a guest, everywhere: kiosks learn the ids to forget. Erasing nothing is fine.
    pub fn erase_face(&self, attendee: &AttendeeId) -> Result<(), BackendError> {
        let now = self.clock.utc();
        self.database.write(|tx| {
            on_roster(tx, attendee)?;
            templates::erase_attendee(tx, attendee.as_str(), ErasureReason::Withdrawn, now)?;
            Ok::<_, BackendError>(())
        })?;
        self.purge_log()?;
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
            Ok(())
        })?;
        self.purge_log()?;
        // Name and code are personal data too, whether or not there was a face.
        if !self.database.empty_log()? {
            tracing::warn!("the database's log is in use; it may hold the removed guest's row for a while");
        }
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
        self.purge_log()?;
        self.announce_changes()
    }

    /// Refuses an agreement that names no text or is over.
    pub(crate) fn check_agreement(&self, agreement: &Agreement) -> Result<(), BackendError> {
        let fail = |reason: &str| Err(BackendError::Malformed(reason.to_owned()));
        let consent = &agreement.consent;
        if consent.text_version.trim().is_empty() || consent.language.trim().is_empty() {
            return fail("the consent must name the version and the language of its text");
        }
        if agreement.expires_at <= self.clock.utc() {
            return fail("`expires_at` has passed already");
        }
        Ok(())
    }
}

fn on_roster(connection: &rusqlite::Connection, attendee: &AttendeeId) -> Result<(), BackendError> {
    if attendees::exists(connection, attendee.as_str())? {
        Ok(())
    } else {
        Err(BackendError::UnknownAttendee)
    }
}
