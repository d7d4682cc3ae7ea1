//! Reads QR codes that are held before the camera.
//!
//! Most frames show none, so each one is first asked, row by row, whether anything in it looks like the corner mark
//! of a code; only then the whole picture is searched, and where that gives nothing, what lies around the marks once more,
//! larger and with full contrast. Knows nothing of tickets: what is read is text.

mod closer;
mod finder;

use std::panic::{AssertUnwindSafe, catch_unwind};

use portico_types::{Frame, Tick};
use rqrr::PreparedImage;

use crate::error::VisionError;
use crate::luma::LumaPicture;
use crate::params::CodeParams;

/// How much it matters to read a code soon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CodeInterest {
    /// Nobody has said that they have one; they may all the same.
    #[default]
    Casual,
    /// A guest was asked for it.
    Sought,
}

/// Reads the codes in one camera's frames. Remembers nothing of what it has read.
pub struct CodeReader {
    params: CodeParams,
    picture: LumaPicture,
    marks: finder::Marks,
    closer: closer::Closer,
    looked_at: Option<Tick>,
}

impl CodeReader {
    /// A reader that has seen nothing yet.
    pub fn new(params: CodeParams) -> Self {
        Self {
            params,
            picture: LumaPicture::default(),
            marks: finder::Marks::default(),
            closer: closer::Closer::default(),
            looked_at: None,
        }
    }

    /// Whether a frame taken `at` is worth looking at. Frames that are not cost nothing.
    pub fn is_due(&self, at: Tick, interest: CodeInterest) -> bool {
        let interval = match interest {
            CodeInterest::Casual => self.params.casual,
            CodeInterest::Sought => self.params.sought,
        };
        self.looked_at.is_none_or(|before| at.since(before) >= interval)
    }

    /// The texts of the codes in `frame`; mostly none. A code that cannot be read whole counts as none, and so does one
    /// with more text than a ticket has.
    pub fn read(&mut self, frame: &Frame) -> Result<Vec<String>, VisionError> {
        self.looked_at = Some(frame.captured_at);
        self.picture.take(frame)?;
        self.picture.shrink(self.params.longest_px);
        // What guests hold up is chosen by them: should a picture ever be too strange, it is a picture without a code, not the
        // end of the thread.
        Ok(catch_unwind(AssertUnwindSafe(|| self.codes())).unwrap_or_default())
    }

    fn codes(&mut self) -> Vec<String> {
        let Some(marks) = self.marks.find(&self.picture, &self.params) else { return Vec::new() };
        let picture = &self.picture;
        let found = self.search(picture.width(), picture.height(), |x, y| picture.row(y)[x]);
        if !found.is_empty() {
            return found;
        }
        self.closer.look(picture, marks, self.params.longest_px);
        let (width, height) = self.closer.size();
        self.search(width, height, |x, y| self.closer.grey(x, y))
    }

    fn search(&self, width: usize, height: usize, grey: impl FnMut(usize, usize) -> u8) -> Vec<String> {
        let mut prepared = PreparedImage::prepare_from_greyscale(width, height, grey);
        let grids = prepared.detect_grids();
        let texts = grids.iter().take(self.params.most_codes).filter_map(|grid| grid.decode().ok());
        texts.map(|(_, text)| text).filter(|text| text.len() <= self.params.longest_text).collect()
    }
}

#[cfg(test)]
mod tests;
