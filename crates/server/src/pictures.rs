//! Where many pictures come from: a folder or a ZIP archive. One picture is in memory at a time.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use portico_protocol::PICTURE_LIMIT_BYTES;
use portico_sheets::{Archive, ArchiveFault, ArchiveLimits};

use crate::error::BackendError;

/// Many pictures.
#[derive(Debug)]
pub struct Pictures {
    source: Source,
    /// The pictures in the order of their names: the name, and their place in the source.
    pictures: Vec<(String, usize)>,
}

#[derive(Debug)]
enum Source {
    Folder(Vec<PathBuf>),
    Zip(Box<Archive<File>>),
}

/// Why one picture cannot be read; the others may be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PictureFileFault {
    #[error("the file is larger than {} MB; use a smaller picture", PICTURE_LIMIT_BYTES / 1024 / 1024)]
    TooLarge,
    #[error("the file cannot be read: {0}")]
    Read(#[from] io::Error),
    #[error("{0}")]
    Archive(#[from] ArchiveFault),
}

impl Pictures {
    /// The JPEG and PNG pictures of a folder, not of those beneath it, or of a ZIP archive with all its folders.
    pub fn open(path: &Path, limits: &ArchiveLimits) -> Result<Self, BackendError> {
        let fail = |source| BackendError::Folder { path: path.to_owned(), source };
        if fs::metadata(path).map_err(fail)?.is_dir() {
            return Self::folder(path);
        }
        Self::zip(File::open(path).map_err(fail)?, limits)
    }

    /// The pictures of a ZIP archive.
    pub fn zip(file: File, limits: &ArchiveLimits) -> Result<Self, BackendError> {
        let archive = Archive::open(file, limits)?;
        let pictures = sorted(archive.names().map(str::to_owned));
        Ok(Self { source: Source::Zip(Box::new(archive)), pictures })
    }

    fn folder(folder: &Path) -> Result<Self, BackendError> {
        let fail = |source| BackendError::Folder { path: folder.to_owned(), source };
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(fail)? {
            let path = entry.map_err(fail)?.path();
            if path.is_file() {
                paths.push(path);
            }
        }
        let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let pictures = sorted(paths.iter().map(name));
        Ok(Self { source: Source::Folder(paths), pictures })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.pictures.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pictures.is_empty()
    }

    /// The name of picture `number`, in an archive with its folders.
    pub(crate) fn name(&self, number: usize) -> &str {
        &self.pictures[number].0
    }

    /// The content of picture `number`.
    pub(crate) fn read(&mut self, number: usize) -> Result<Vec<u8>, PictureFileFault> {
        let place = self.pictures[number].1;
        let size_bytes = match &self.source {
            Source::Folder(paths) => fs::metadata(&paths[place])?.len(),
            Source::Zip(archive) => archive.size_bytes(place),
        };
        if size_bytes > PICTURE_LIMIT_BYTES as u64 {
            return Err(PictureFileFault::TooLarge);
        }
        Ok(match &mut self.source {
            Source::Folder(paths) => fs::read(&paths[place])?,
            Source::Zip(archive) => archive.read(place)?,
        })
    }
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<(String, usize)> {
    let mut pictures: Vec<(String, usize)> =
        names.enumerate().filter(|(_, name)| is_picture(name)).map(|(place, name)| (name, place)).collect();
    pictures.sort();
    pictures
}

fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    matches!(ending.as_str(), "jpg" | "jpeg" | "png")
}
