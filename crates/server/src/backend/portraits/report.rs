//! What became of many pictures, and the same as a file.

use std::io::Write;

use portico_sheets::{Value, WriteFault, write_csv};
use portico_types::{AttendeeId, Reason};

/// What became of many pictures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FacesReport {
    /// The verdicts, in the order of the files' names.
    pub verdicts: Vec<PictureVerdict>,
    /// Pictures that were not looked at, because it ended early.
    pub left: usize,
    /// Why it ended early, if it did. What was taken by then stands.
    pub ended_early: Option<Reason>,
}

/// What became of one picture.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureVerdict {
    /// Its file.
    pub file: String,
    /// Whose it is by its name.
    pub guest: Option<AttendeeId>,
    /// What became of it.
    pub verdict: Verdict,
}

/// What became of one picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Enrolled.
    Taken {
        /// How good it is, 0 to 1.
        quality: f32,
        /// Whether it is beside another one of this import.
        further: bool,
    },
    /// Not good enough, or not to be read.
    Refused {
        /// The measure that fails, with its value and its bound, if one does.
        measure: Option<String>,
        /// What is wrong and what to do.
        reason: Reason,
    },
    /// The same picture as another one of this guest, which was looked at.
    Duplicate {
        /// The other file.
        of: String,
    },
    /// Its name is nobody's id, ticket code, photo or name.
    Unmatched,
    /// Its name is that of several guests.
    Several,
}

impl Verdict {
    /// Its name in files and on the wire.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Taken { further: false, .. } => "taken",
            Self::Taken { further: true, .. } => "taken_too",
            Self::Refused { .. } => "refused",
            Self::Duplicate { .. } => "duplicate",
            Self::Unmatched => "unmatched",
            Self::Several => "several_guests",
        }
    }

    /// What is wrong and what to do, unless it was taken.
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Self::Taken { .. } => None,
            Self::Refused { reason, .. } => Some(reason.clone()),
            Self::Duplicate { of } => {
                let text = format!("the same picture as `{of}`; see there");
                Some(Reason::new("duplicate", &text, &[("file", of)]))
            }
            Self::Unmatched => {
                let text = "no guest of this name, id or ticket code; call the file by the ticket code";
                Some(Reason::new("unmatched", &text, &[]))
            }
            Self::Several => {
                let text = "several guests have this name, id or ticket code; call the file by another of them, which only this guest has";
                Some(Reason::new("several_guests", &text, &[]))
            }
        }
    }

    /// The same in words for operators; empty where nothing is to do.
    pub fn advice(&self) -> String {
        self.reason().map_or_else(String::new, |reason| reason.text)
    }

    /// The measure that fails, with its value and its bound.
    pub fn measure(&self) -> Option<&str> {
        match self {
            Self::Refused { measure, .. } => measure.as_deref(),
            _ => None,
        }
    }

    /// How good the picture is, 0 to 1, if it was taken.
    pub fn quality(&self) -> Option<f32> {
        match self {
            Self::Taken { quality, .. } => Some(*quality),
            _ => None,
        }
    }
}

impl FacesReport {
    /// Guests of whom a picture was taken.
    pub fn enrolled(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Taken { further: false, .. }))
    }

    /// Second and further pictures of these.
    pub fn further(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Taken { further: true, .. }))
    }

    /// Pictures that were not taken, for whatever reason.
    pub fn not_taken(&self) -> impl Iterator<Item = &PictureVerdict> {
        self.verdicts.iter().filter(|picture| !matches!(picture.verdict, Verdict::Taken { .. }))
    }

    fn count(&self, is_it: fn(&Verdict) -> bool) -> usize {
        self.verdicts.iter().filter(|picture| is_it(&picture.verdict)).count()
    }

    /// This report of an import of `all` pictures that goes no further.
    pub(super) fn ended_early(mut self, all: usize, why: Reason) -> Self {
        self.left = all - self.verdicts.len();
        self.ended_early = Some(why);
        self
    }

    /// Writes the verdicts as CSV.
    pub fn write(&self, out: impl Write) -> Result<(), WriteFault> {
        let titles = ["file", "guest_id", "verdict", "quality", "measure", "what_to_do"];
        let rows: Vec<Vec<Value>> = self
            .verdicts
            .iter()
            .map(|picture| {
                let verdict = &picture.verdict;
                let quality = verdict.quality().map(|quality| format!("{quality:.2}"));
                vec![
                    picture.file.clone().into(),
                    picture.guest.as_ref().map(ToString::to_string).into(),
                    verdict.name().into(),
                    quality.into(),
                    verdict.measure().map(str::to_owned).into(),
                    verdict.advice().into(),
                ]
            })
            .collect();
        write_csv(out, &titles, &rows)
    }
}
