//! ZIP archives of strangers: what they claim is checked before anything is unpacked, and what is unpacked is held to it.

mod directory;
mod names;

use std::io::{self, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::limits::ArchiveLimits;

/// Entries below this size may be of any ratio: a page of zeros is no bomb.
const SMALL_BYTES: u64 = 1024 * 1024;

/// Why an archive is refused, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveFault {
    /// It cannot be read.
    #[error("the archive cannot be read: {0}")]
    Read(#[from] io::Error),
    /// It is larger than allowed.
    #[error("the archive is larger than {} MB; split it and import the parts one after the other", .limit_bytes / 1024 / 1024)]
    TooLarge {
        /// The limit.
        limit_bytes: u64,
    },
    /// It is no ZIP archive, or damaged.
    #[error("this is no ZIP archive or a damaged one ({0}); pack it again")]
    Broken(String),
    /// Too many entries.
    #[error(
        "the archive has {found} entries, at most {limit} are allowed; split it and import the parts one after the other"
    )]
    Entries {
        /// How many it claims.
        found: u64,
        /// The limit.
        limit: usize,
    },
    /// It would unpack to more than allowed.
    #[error("the archive would unpack to more than {} MB; split it and import the parts one after the other", .limit_bytes / 1024 / 1024)]
    Unpacked {
        /// The limit.
        limit_bytes: u64,
    },
    /// An entry grows beyond measure: a bomb.
    #[error(
        "`{name}` would become more than {limit} times as large when unpacked, as files that are made to do harm do; leave it out"
    )]
    Ratio {
        /// The entry.
        name: String,
        /// The limit.
        limit: u64,
    },
    /// An entry is larger than the archive says, or shares its bytes with another.
    #[error("`{name}` is not what the archive says of it; pack it again")]
    Lies {
        /// The entry.
        name: String,
    },
    /// An archive within the archive.
    #[error(
        "the archive holds another archive or document, `{name}`; unpack that one and pack its files alone"
    )]
    Nested {
        /// The entry.
        name: String,
    },
    /// A name that leads out of the archive.
    #[error(
        "the name `{name}` leads out of the archive; pack the files again without absolute paths and without `..`"
    )]
    Outside {
        /// The entry.
        name: String,
    },
    /// A link.
    #[error("`{name}` is a link; pack the file itself")]
    Link {
        /// The entry.
        name: String,
    },
    /// An entry with a password.
    #[error("`{name}` is protected by a password; pack it without one")]
    Password {
        /// The entry.
        name: String,
    },
}

/// An archive that has passed all checks that can be made without unpacking.
#[derive(Debug)]
pub struct Archive<R> {
    zip: ZipArchive<R>,
    files: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    index: usize,
    name: String,
    size_bytes: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens and checks an archive.
    pub fn open(mut reader: R, limits: &ArchiveLimits) -> Result<Self, ArchiveFault> {
        let size_bytes = reader.seek(io::SeekFrom::End(0))?;
        if size_bytes > limits.file_bytes {
            return Err(ArchiveFault::TooLarge { limit_bytes: limits.file_bytes });
        }
        // Before the directory is read: its entries take more memory than file.
        let claimed = directory::entries(&mut reader, size_bytes)?;
        check_count(claimed, limits)?;
        let mut zip = ZipArchive::new(reader).map_err(|error| broken(&error))?;
        check_count(zip.len() as u64, limits)?;
        let files = check_entries(&mut zip, limits)?;
        if zip.has_overlapping_files().map_err(|error| broken(&error))? {
            let name = files.first().map_or_else(String::new, |entry| entry.name.clone());
            return Err(ArchiveFault::Lies { name });
        }
        Ok(Self { zip, files })
    }

    /// Names of the files, with their folders, without what operating systems leave behind.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|entry| entry.name.as_str())
    }

    /// What file `place` unpacks to, by what the archive says and [`Self::read`] holds it to.
    ///
    /// # Panics
    /// If there is no such file.
    pub fn size_bytes(&self, place: usize) -> u64 {
        self.files[place].size_bytes
    }

    /// Unpacks file `place`.
    ///
    /// # Panics
    /// If there is no such file.
    pub fn read(&mut self, place: usize) -> Result<Vec<u8>, ArchiveFault> {
        let entry = &self.files[place];
        let mut bytes = Vec::new();
        unpack(&mut self.zip, entry.index, &entry.name, &mut bytes)?;
        Ok(bytes)
    }

    /// Unpacks everything, so that a reader that trusts the archive can be let at it: into nothing, but for the entries
    /// whose raw names are `wanted`, litter among them. Their content is shown to `look`.
    pub fn check_contents<E: From<ArchiveFault>>(
        &mut self,
        wanted: impl Fn(&[u8]) -> bool,
        look: impl Fn(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        for index in 0..self.zip.len() {
            let entry = self.zip.by_index_data(index).map_err(|error| broken(&error))?;
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            if wanted(entry.name_raw()) {
                let mut content = Vec::new();
                unpack(&mut self.zip, index, &name, &mut content)?;
                look(&content)?;
            } else {
                unpack(&mut self.zip, index, &name, &mut io::sink())?;
            }
        }
        Ok(())
    }
}

/// Unpacks one entry, and not a byte more than the archive says that it has.
fn unpack<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    index: usize,
    name: &str,
    out: &mut impl io::Write,
) -> Result<(), ArchiveFault> {
    let file = zip.by_index(index).map_err(|error| broken(&error))?;
    let says = file.size();
    let has =
        io::copy(&mut file.take(says + 1), out).map_err(|error| ArchiveFault::Broken(error.to_string()))?;
    if has == says { Ok(()) } else { Err(ArchiveFault::Lies { name: name.to_owned() }) }
}

fn check_count(found: u64, limits: &ArchiveLimits) -> Result<(), ArchiveFault> {
    if found <= limits.entries as u64 {
        Ok(())
    } else {
        Err(ArchiveFault::Entries { found, limit: limits.entries })
    }
}

fn check_entries<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    limits: &ArchiveLimits,
) -> Result<Vec<Entry>, ArchiveFault> {
    let all = names::of(zip).map_err(|error| broken(&error))?;
    let mut files = Vec::new();
    let mut unpacked_bytes = 0_u64;
    for (index, name) in all.into_iter().enumerate() {
        let entry = zip.by_index_data(index).map_err(|error| broken(&error))?;
        if names::leads_outside(&name) {
            return Err(ArchiveFault::Outside { name });
        }
        if entry.is_symlink() {
            return Err(ArchiveFault::Link { name });
        }
        if entry.encrypted() {
            return Err(ArchiveFault::Password { name });
        }
        if names::is_archive(&name) {
            return Err(ArchiveFault::Nested { name });
        }
        unpacked_bytes = unpacked_bytes.saturating_add(entry.size());
        if entry.size() > SMALL_BYTES && entry.size() / limits.ratio > entry.compressed_size() {
            return Err(ArchiveFault::Ratio { name, limit: limits.ratio });
        }
        if unpacked_bytes > limits.unpacked_bytes {
            return Err(ArchiveFault::Unpacked { limit_bytes: limits.unpacked_bytes });
        }
        if !entry.is_dir() && !names::is_litter(&name) {
            files.push(Entry { index, name, size_bytes: entry.size() });
        }
    }
    Ok(files)
}

fn broken(error: &ZipError) -> ArchiveFault {
    ArchiveFault::Broken(error.to_string())
}

#[cfg(test)]
mod tests;
