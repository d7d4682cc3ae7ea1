//! What is to be played, in which order.

use std::path::PathBuf;
use std::time::Duration;

/// Recordings, played one after the other at the same rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Playlist {
    /// What staff and logs call it.
    pub name: String,
    /// The recordings.
    pub items: Vec<Item>,
    /// What is shown after each recording; `None` goes on to the next one at once.
    pub gap: Option<Gap>,
}

/// One recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A file of JPEG pictures put one after the other (MJPEG).
    Clip(PathBuf),
    /// A folder's `.jpg` and `.jpeg` files, ordered by name.
    Folder(PathBuf),
}

/// A picture for the time between two recordings, such as the empty room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// A file that begins with a JPEG picture.
    pub picture: PathBuf,
    /// How long it is shown.
    pub lasts: Duration,
}

impl Playlist {
    /// A single recording: a folder of pictures if `path` is a folder, a clip otherwise.
    pub fn single(path: impl Into<PathBuf>) -> Self {
        let item = Item::at(path);
        Self { name: item.path().display().to_string(), items: vec![item], gap: None }
    }
}

impl Item {
    /// What lies at `path`: a folder of pictures if it is a folder, a clip otherwise.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        if path.is_dir() { Self::Folder(path) } else { Self::Clip(path) }
    }

    /// Where it lies.
    pub fn path(&self) -> &PathBuf {
        match self {
            Self::Clip(path) | Self::Folder(path) => path,
        }
    }
}
