//! Enrols a folder of pictures, matched to guests by file name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use portico_protocol::PICTURE_LIMIT_BYTES;
use portico_types::AttendeeId;

use super::Backend;
use super::agreement::Agreement;
use crate::database::attendees::{self, Guest};
use crate::error::BackendError;

/// What became of a folder of pictures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnrolReport {
    /// Guests enrolled.
    pub enrolled: usize,
    /// Second and further pictures of these.
    pub further: usize,
    /// Files whose name is nobody's id, ticket code, photo or name.
    pub unmatched: Vec<String>,
    /// Pictures that were not good enough, or not of one guest only.
    pub refused: Vec<RefusedPicture>,
}

/// A picture that was not enrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedPicture {
    /// Its file name.
    pub file: String,
    /// Why not, in words for operators.
    pub reason: String,
}

/// Guests by everything that a picture's file may be called; `None` where several guests share a name.
struct Names(BTreeMap<String, Option<AttendeeId>>);

/// Whom a file name means.
#[derive(Debug, PartialEq, Eq)]
enum Meant<'a> {
    Nobody,
    Several,
    Guest(&'a AttendeeId),
}

impl Backend {
    /// Enrols every JPEG and PNG picture of `folder` whose name, without its ending, is a guest's id, ticket code or
    /// name, with or without a number after it, or which the roster lists as a guest's photo. The first picture of a
    /// guest replaces what was enrolled before, further ones join it. All rest on the same agreement.
    pub fn enrol_folder(&self, folder: &Path, agreement: &Agreement) -> Result<EnrolReport, BackendError> {
        self.faces()?;
        let names = Names::of(&self.database.read(attendees::all)?);
        let mut report = EnrolReport::default();
        let mut begun = BTreeSet::new();
        for path in pictures(folder)? {
            let file = file_name(&path);
            match names.find(&path) {
                Meant::Nobody => report.unmatched.push(file),
                Meant::Several => {
                    let reason = "several guests have this name; call the file by ticket code".to_owned();
                    report.refused.push(RefusedPicture { file, reason });
                }
                Meant::Guest(attendee) => match self.enrol_file(&path, attendee, agreement, &begun) {
                    Ok(()) if begun.insert(attendee) => report.enrolled += 1,
                    Ok(()) => report.further += 1,
                    Err(error @ (BackendError::PictureRefused(_) | BackendError::NoFace)) => {
                        report.refused.push(RefusedPicture { file, reason: error.to_string() });
                    }
                    Err(error) => return Err(error),
                },
            }
        }
        Ok(report)
    }

    fn enrol_file(
        &self,
        path: &Path,
        attendee: &AttendeeId,
        agreement: &Agreement,
        begun: &BTreeSet<&AttendeeId>,
    ) -> Result<(), BackendError> {
        let fail = |source| BackendError::Folder { path: path.to_owned(), source };
        let size = fs::metadata(path).map_err(fail)?.len();
        if size > PICTURE_LIMIT_BYTES as u64 {
            let limit = PICTURE_LIMIT_BYTES / 1024 / 1024;
            return Err(BackendError::PictureRefused(format!("the file is larger than {limit} MB")));
        }
        let picture = fs::read(path).map_err(fail)?;
        if begun.contains(attendee) {
            self.enrol_further(attendee, &picture, agreement)?;
        } else {
            self.enrol(attendee, &picture, agreement)?;
        }
        Ok(())
    }
}

impl Names {
    fn of(guests: &[Guest]) -> Self {
        let mut names = BTreeMap::new();
        // What is unique by nature goes in last and wins over what is not.
        for guest in guests {
            let id = AttendeeId::new(&guest.id);
            names
                .entry(key(&guest.name))
                .and_modify(|holder: &mut Option<AttendeeId>| {
                    holder.take_if(|h| *h != id);
                })
                .or_insert(Some(id));
        }
        for guest in guests {
            let id = AttendeeId::new(&guest.id);
            names.insert(key(&guest.ticket_code), Some(id.clone()));
            names.insert(key(&guest.id), Some(id.clone()));
            if let Some(photo) = &guest.photo {
                names.insert(key(photo), Some(id));
            }
        }
        Self(names)
    }

    fn find(&self, path: &Path) -> Meant<'_> {
        let stem = path.file_stem().map(|s| key(&s.to_string_lossy())).unwrap_or_default();
        let named = self.0.get(&key(&file_name(path))).or_else(|| self.0.get(&stem));
        match named.or_else(|| self.0.get(without_number(&stem)?)) {
            None => Meant::Nobody,
            Some(None) => Meant::Several,
            Some(Some(attendee)) => Meant::Guest(attendee),
        }
    }
}

/// Lower case, with one space for every run of spaces, hyphens and underscores.
fn key(name: &str) -> String {
    name.to_lowercase()
        .split([' ', '\t', '-', '_'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The key without a last word that is a number, as in `ada lovelace 2` or `ada lovelace (2)`.
fn without_number(key: &str) -> Option<&str> {
    let (name, last) = key.rsplit_once(' ')?;
    let digits = last.trim_start_matches('(').trim_end_matches(')');
    (!digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())).then_some(name)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn pictures(folder: &Path) -> Result<Vec<PathBuf>, BackendError> {
    let fail = |source| BackendError::Folder { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        if path.is_file() && matches!(ending.as_str(), "jpg" | "jpeg" | "png") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guest(id: &str, name: &str, ticket_code: &str, photo: Option<&str>) -> Guest {
        Guest {
            id: id.into(),
            name: name.into(),
            company: None,
            ticket_code: ticket_code.into(),
            phone_last4: None,
            note: None,
            photo: photo.map(str::to_owned),
        }
    }

    #[test]
    fn a_picture_is_found_by_id_code_name_and_photo() {
        let names = Names::of(&[guest("g1", "Ada Lovelace", "K7M2QX", Some("portrait 12.jpg"))]);
        let ada = AttendeeId::new("g1");
        for file in ["G1.jpg", "k7m2qx.png", "ada_lovelace.jpeg", "Ada  Lovelace.jpg", "portrait-12.jpg"] {
            assert_eq!(names.find(Path::new(file)), Meant::Guest(&ada), "{file}");
        }
        assert_eq!(names.find(Path::new("ada.jpg")), Meant::Nobody);
        for further in ["ada_lovelace-2.jpg", "K7M2QX_3.png", "Ada Lovelace (2).jpg"] {
            assert_eq!(names.find(Path::new(further)), Meant::Guest(&ada), "{further}");
        }
    }

    #[test]
    fn a_name_of_two_guests_is_nobody_in_particular() {
        let names =
            Names::of(&[guest("g1", "Li Wei", "AAAAAA", None), guest("g2", "Li Wei", "BBBBBB", None)]);
        assert_eq!(names.find(Path::new("li wei.jpg")), Meant::Several, "either of them might be meant");
        assert_eq!(names.find(Path::new("bbbbbb.jpg")), Meant::Guest(&AttendeeId::new("g2")));
    }
}
