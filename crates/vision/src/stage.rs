//! Names of the steps that a picture goes through, for whoever measures how long each takes.

/// A step of the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Bytes to pixels, and scaled to the size that is looked at.
    Decode,
    /// Faces found.
    Detect,
    /// Points of one face found, the face aligned and measured.
    Landmarks,
    /// The face vector made.
    Embed,
}

impl Stage {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Detect => "detect",
            Self::Landmarks => "landmarks",
            Self::Embed => "embed",
        }
    }
}
