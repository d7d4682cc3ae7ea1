//! Reads single pictures out of recordings, so that a long one need not fit into memory.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use portico_types::CameraFault;

use super::timeline::Picture;
use crate::CameraError;

/// Keeps the file that it read last open.
#[derive(Default)]
pub(super) struct Reader {
    open: Option<(Arc<Path>, File)>,
}

impl Reader {
    /// The bytes of `picture`.
    pub fn read(&mut self, picture: &Picture) -> Result<Arc<[u8]>, CameraError> {
        self.try_read(picture).map_err(|error| cannot_read(&picture.file, &error))
    }

    fn try_read(&mut self, picture: &Picture) -> io::Result<Arc<[u8]>> {
        let file = self.file(&picture.file)?;
        file.seek(SeekFrom::Start(picture.range.start as u64))?;
        let mut bytes = vec![0; picture.range.len()];
        file.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }

    fn file(&mut self, path: &Arc<Path>) -> io::Result<&mut File> {
        let (_, file) = match self.open.take() {
            Some(open) if Arc::ptr_eq(&open.0, path) => self.open.insert(open),
            _ => self.open.insert((Arc::clone(path), File::open(path)?)),
        };
        Ok(file)
    }
}

/// A recording that is not there or cannot be read has, for the kiosk, ended.
pub(super) fn cannot_read(path: &Path, error: &io::Error) -> CameraError {
    CameraError::new(CameraFault::Ended, format!("{}: {error}", path.display()))
}
