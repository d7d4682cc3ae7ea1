//! The key in a file of its own, readable by the kiosk's user alone. Used where nothing better keeps secrets.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{DatabaseKey, KeyError, KeyProtection, KeyProvider};

type Fill = Box<dyn Fn(&mut [u8]) -> io::Result<()> + Send + Sync>;

/// A raw 32-byte key in a file of mode 600.
pub struct FileKey {
    path: PathBuf,
    fill: Fill,
}

impl FileKey {
    /// Keeps the key at `path`; `fill` writes unpredictable bytes over the whole slice it is given.
    pub fn new(
        path: impl Into<PathBuf>,
        fill: impl Fn(&mut [u8]) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        Self { path: path.into(), fill: Box::new(fill) }
    }

    /// The key that is at `path` already; none is ever made.
    pub fn existing(path: impl Into<PathBuf>) -> Self {
        Self::new(path, |_| Err(io::Error::other("only an existing key was asked for")))
    }

    fn failed(&self, source: io::Error) -> KeyError {
        KeyError::Io { path: self.path.clone(), source }
    }

    fn random<const N: usize>(&self) -> Result<Zeroizing<[u8; N]>, KeyError> {
        let mut bytes = Zeroizing::new([0; N]);
        (self.fill)(&mut *bytes).map_err(KeyError::Random)?;
        if bytes.iter().all(|byte| *byte == 0) {
            return Err(KeyError::Random(io::Error::other("the source left every byte zero")));
        }
        Ok(bytes)
    }

    /// Writes a whole key under a name that nobody else uses, then links it into place: a key file is either complete
    /// or absent, and one that exists is never replaced.
    fn create(&self) -> Result<(), KeyError> {
        let key = self.random::<32>()?;
        let unique = u64::from_le_bytes(*self.random::<8>()?);
        let mut draft = self.path.clone().into_os_string();
        draft.push(format!(".{unique:016x}.new"));
        let draft = PathBuf::from(draft);
        let linked = write_private(&draft, key.as_slice()).and_then(|()| fs::hard_link(&draft, &self.path));
        let removed = fs::remove_file(&draft);
        match linked {
            // Somebody else was faster: theirs is as good as ours.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => {
                other.and(removed).and_then(|()| sync_parent(&self.path)).map_err(|error| self.failed(error))
            }
        }
    }

    fn check_mode(&self, file: &File) -> Result<(), KeyError> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = file.metadata().map_err(|error| self.failed(error))?.permissions().mode() & 0o777;
            if mode & 0o077 != 0 {
                return Err(KeyError::Exposed { path: self.path.clone(), mode });
            }
        }
        #[cfg(not(unix))]
        let _ = file;
        Ok(())
    }
}

impl KeyProvider for FileKey {
    fn key(&self) -> Result<DatabaseKey, KeyError> {
        let mut file = match File::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(KeyError::Missing { path: self.path.clone() });
            }
            other => other.map_err(|error| self.failed(error))?,
        };
        self.check_mode(&file)?;
        let length = file.metadata().map_err(|error| self.failed(error))?.len();
        if length != 32 {
            return Err(KeyError::WrongLength { path: self.path.clone(), length });
        }
        let mut key = Zeroizing::new([0; 32]);
        file.read_exact(&mut *key).map_err(|error| self.failed(error))?;
        Ok(DatabaseKey::new(*key))
    }

    fn key_for_new_database(&self) -> Result<DatabaseKey, KeyError> {
        match self.key() {
            Err(KeyError::Missing { .. }) => {
                self.create()?;
                self.key()
            }
            other => other,
        }
    }

    fn protection(&self) -> KeyProtection {
        KeyProtection::File
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes the new name durable. Only Unix lets a directory be opened for that.
fn sync_parent(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        File::open(parent)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
