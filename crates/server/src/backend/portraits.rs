//! Enrols many pictures, matched to guests by file name, with a verdict for each.

mod names;
mod report;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::path::Path;

use portico_sheets::ArchiveLimits;
use portico_types::{AttendeeId, Reason};
use sha2::{Digest as _, Sha256};

use super::Backend;
use super::agreement::Agreement;
use crate::database::attendees;
use crate::error::BackendError;
use crate::pictures::Pictures;
use crate::progress::{Phase, Progress, Unwatched, Watch};
use crate::refusal;
use names::{Meant, Names};

pub use report::{FacesReport, PictureVerdict, Verdict};

/// An import of pictures under way.
struct Portraits<'a> {
    backend: &'a Backend,
    names: &'a Names,
    agreement: &'a Agreement,
    /// Guests of whom a picture was taken.
    begun: BTreeSet<&'a AttendeeId>,
    /// Every picture that was seen: its content, its file, and whose it is by its name.
    seen: BTreeMap<[u8; 32], (String, &'a AttendeeId)>,
}

impl Backend {
    /// Enrols the pictures of a folder or a ZIP archive with nobody watching.
    pub fn enrol_folder(&self, path: &Path, agreement: &Agreement) -> Result<FacesReport, BackendError> {
        let mut pictures = Pictures::open(path, &ArchiveLimits::pictures())?;
        self.enrol_pictures(&mut pictures, agreement, &Unwatched)
    }

    /// Enrols every picture whose name, without its ending, is a guest's id, ticket code or name, with or without a
    /// number after it, or which the roster lists as a guest's photo. The first picture of a guest replaces what was
    /// enrolled before, further ones join it. All rest on the same agreement. Each picture is on disk before the next is
    /// looked at: stopped, or failed on the way, the report says what stands.
    pub fn enrol_pictures(
        &self,
        pictures: &mut Pictures,
        agreement: &Agreement,
        watch: &dyn Watch,
    ) -> Result<FacesReport, BackendError> {
        self.faces()?;
        self.check_agreement(agreement)?;
        let names = Names::of(&self.database.read(attendees::all)?);
        let (begun, seen) = (BTreeSet::new(), BTreeMap::new());
        let mut portraits = Portraits { backend: self, names: &names, agreement, begun, seen };
        let mut report = FacesReport::default();
        for number in 0..pictures.len() {
            watch.progress(step(number, pictures));
            if watch.is_stopped() {
                return Ok(report.ended_early(pictures.len(), refusal::stopped_between()));
            }
            match portraits.take(pictures, number) {
                Ok(verdict) => report.verdicts.push(verdict),
                Err(error) => return Ok(report.ended_early(pictures.len(), refusal::of(&error))),
            }
        }
        watch.progress(step(pictures.len(), pictures));
        Ok(report)
    }
}

fn step(done: usize, pictures: &Pictures) -> Progress {
    Progress { phase: Phase::Pictures, done: done as u64, total: Some(pictures.len() as u64) }
}

impl<'a> Portraits<'a> {
    /// Errors are those after which no other picture would fare better.
    fn take(&mut self, pictures: &mut Pictures, number: usize) -> Result<PictureVerdict, BackendError> {
        let file = pictures.name(number).to_owned();
        let names = self.names;
        let (guest, verdict) = match names.find(&file) {
            Meant::Nobody => (None, Verdict::Unmatched),
            Meant::Several => (None, Verdict::Several),
            Meant::Guest(guest) => (Some(guest.clone()), self.take_of(pictures, number, guest)?),
        };
        Ok(PictureVerdict { file, guest, verdict })
    }

    fn take_of(
        &mut self,
        pictures: &mut Pictures,
        number: usize,
        guest: &'a AttendeeId,
    ) -> Result<Verdict, BackendError> {
        let picture = match pictures.read(number) {
            Ok(picture) => picture,
            Err(fault) => return Ok(refused("file", &fault)),
        };
        let file = pictures.name(number).to_owned();
        let content: [u8; 32] = Sha256::digest(&picture).into();
        if let Some((first, whose)) = self.seen.get(&content) {
            return Ok(repeated(first, *whose == guest));
        }
        self.seen.insert(content, (file, guest));
        let further = self.begun.contains(guest);
        let enrolled = if further {
            self.backend.enrol_further(guest, &picture, self.agreement)
        } else {
            self.backend.enrol(guest, &picture, self.agreement)
        };
        match enrolled {
            Ok(outcome) => {
                self.begun.insert(guest);
                Ok(Verdict::Taken { quality: outcome.quality, further })
            }
            Err(BackendError::NotGoodEnough(fault)) => {
                let measure = format!("{} is {:.2}, needed: {}", fault.measure, fault.found, fault.needed);
                Ok(Verdict::Refused { measure: Some(measure), reason: fault.reason() })
            }
            Err(error) => match fault_of_picture(&error) {
                Some(code) => Ok(refused(code, &error)),
                None => Err(error),
            },
        }
    }
}

/// A picture with the content of an earlier one. Of another guest, one of the two would let the wrong person in.
fn repeated(first: &str, same_guest: bool) -> Verdict {
    if same_guest {
        return Verdict::Duplicate { of: first.to_owned() };
    }
    let text = format!(
        "this is the very picture `{first}` of another guest; find out whose it is, and look at that guest's face too"
    );
    Verdict::Refused { measure: None, reason: Reason::new("another_guests", &text, &[("file", &first)]) }
}

/// The reason's name, if another picture may fare better.
fn fault_of_picture(error: &BackendError) -> Option<&'static str> {
    match error {
        BackendError::NoFace => Some("no_face"),
        BackendError::PictureRefused(_) => Some("picture"),
        BackendError::EnoughPictures(_) => Some("enough_pictures"),
        BackendError::UnknownAttendee => Some("guest_gone"),
        BackendError::Withdrawn => Some("withdrawn"),
        _ => None,
    }
}

fn refused(code: &str, error: &dyn Display) -> Verdict {
    Verdict::Refused { measure: None, reason: Reason::new(code, error, &[]) }
}

#[cfg(test)]
mod tests {
    use portico_testkit::assert_screens_say;

    use super::*;

    #[test]
    fn screens_can_say_in_their_own_language_why_a_picture_was_not_taken() {
        for error in [
            BackendError::NoFace,
            BackendError::PictureRefused("no JPEG".to_owned()),
            BackendError::EnoughPictures(3),
            BackendError::UnknownAttendee,
            BackendError::Withdrawn,
        ] {
            assert_screens_say(
                "import",
                &refused(fault_of_picture(&error).unwrap(), &error).reason().unwrap(),
            );
        }
        assert_eq!(fault_of_picture(&BackendError::FacesUnavailable("off".to_owned())), None);
        let duplicate = Verdict::Duplicate { of: "ada.jpg".to_owned() };
        for verdict in [
            duplicate,
            Verdict::Unmatched,
            Verdict::Several,
            repeated("ada.jpg", false),
            refused("file", &""),
        ] {
            assert_screens_say("import", &verdict.reason().unwrap());
        }
    }
}
