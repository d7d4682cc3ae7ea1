//! What is watched, and what happens on each call: the disk's room is looked at, the call is made, the record is written.

use std::ffi::{CStr, CString, OsStr, c_int};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use crate::record::{Operation, encode};
use crate::{room, system};

/// How Linux marks an open file whose name is gone.
const GONE: &[u8] = b" (deleted)";

/// The watch over one folder.
pub struct Watch {
    folder: Vec<u8>,
    log: Option<c_int>,
    capacity: Option<Capacity>,
    /// Held over each call and its record, so that the log has the order of the calls.
    turn: Mutex<()>,
}

/// Where the disk's size is told.
enum Capacity {
    Fixed(u64),
    File(CString),
}

/// The watch that the environment asks for.
pub fn watch() -> Option<&'static Watch> {
    static WATCH: OnceLock<Option<Watch>> = OnceLock::new();
    WATCH.get_or_init(Watch::from_environment).as_ref()
}

impl Watch {
    fn from_environment() -> Option<Self> {
        let variable = |name: &str| std::env::var_os(name).map(OsStringExt::into_vec);
        let folder = variable("RECORDER_DIR").filter(|folder| !folder.is_empty())?;
        let log = match variable("RECORDER_LOG") {
            None => None,
            Some(path) => Some(open_log(&CString::new(path).ok()?)),
        };
        let file = variable("RECORDER_CAPACITY_FILE").and_then(|path| CString::new(path).ok());
        let fixed = variable("RECORDER_CAPACITY_BYTES").and_then(|text| number(&text));
        let capacity = file.map(Capacity::File).or(fixed.map(Capacity::Fixed));
        Some(Self { folder, log, capacity, turn: Mutex::new(()) })
    }

    /// Opens a file; a name that is new and a length that is gone are recorded.
    pub fn open(&self, folder: c_int, path: &CStr, flags: c_int, mode: libc::mode_t) -> c_int {
        let _turn = self.turn();
        let ours = self.named(folder, path);
        let is_new = ours.is_some() && flags & libc::O_CREAT != 0 && !system::exists(folder, path);
        let fd = system::open(folder, path, flags, mode);
        if let Some(ours) = ours.filter(|_| fd >= 0) {
            if is_new {
                self.record(Operation::Create, &ours, 0, b"");
            } else if flags & libc::O_TRUNC != 0 {
                self.record(Operation::Truncate, &ours, 0, b"");
            }
        }
        fd
    }

    /// Writes as much as there is room for, at the file's position or at `offset`.
    pub fn write(&self, fd: c_int, bytes: &[u8], offset: Option<i64>) -> isize {
        let _turn = self.turn();
        let Some(ours) = self.opened(fd) else { return system::write(fd, bytes, offset) };
        let start = offset.unwrap_or_else(|| system::position(fd));
        let fits = self.fitting(fd, start, bytes.len());
        if fits == 0 && !bytes.is_empty() {
            system::set_error(libc::ENOSPC);
            return -1;
        }
        let written = system::write(fd, &bytes[..fits], offset);
        if let Ok(length @ 1..) = usize::try_from(written) {
            self.record(Operation::Write, &ours, start, &bytes[..length]);
        }
        written
    }

    /// Gives a file another length, if there is room for it.
    pub fn truncate(&self, fd: c_int, length: i64) -> c_int {
        let _turn = self.turn();
        let Some(ours) = self.opened(fd) else { return system::truncate(fd, length) };
        let now = system::length(fd).cast_signed();
        if length > now && self.fitting(fd, now, (length - now) as usize) < (length - now) as usize {
            system::set_error(libc::ENOSPC);
            return -1;
        }
        let answer = system::truncate(fd, length);
        if answer == 0 {
            self.record(Operation::Truncate, &ours, length, b"");
        }
        answer
    }

    /// Syncs with `sync`, one of the two ways.
    pub fn sync(&self, fd: c_int, sync: fn(c_int) -> c_int) -> c_int {
        let _turn = self.turn();
        let answer = sync(fd);
        if let Some(ours) = self.opened(fd).filter(|_| answer == 0) {
            self.record(Operation::Sync, &ours, 0, b"");
        }
        answer
    }

    /// Removes a name.
    pub fn unlink(&self, folder: c_int, path: &CStr, flags: c_int) -> c_int {
        let _turn = self.turn();
        let answer = system::unlink(folder, path, flags);
        let is_file = flags & libc::AT_REMOVEDIR == 0;
        if let Some(ours) = self.named(folder, path).filter(|_| answer == 0 && is_file) {
            self.record(Operation::Unlink, &ours, 0, b"");
        }
        answer
    }

    /// Replaces a name by another one, or adds one, with `call`. A file that comes from outside the folder, or leaves
    /// it, is not followed.
    pub fn rename(
        &self,
        operation: Operation,
        old: (c_int, &CStr),
        new: (c_int, &CStr),
        call: impl FnOnce() -> c_int,
    ) -> c_int {
        let _turn = self.turn();
        let names = self.named(old.0, old.1).zip(self.named(new.0, new.1));
        let answer = call();
        if let Some((old, new)) = names.filter(|_| answer == 0) {
            self.record(operation, &old, 0, &new);
        }
        answer
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The path of an open file below the folder, if it is there.
    fn opened(&self, fd: c_int) -> Option<Vec<u8>> {
        system::path_of(fd).filter(|path| !path.ends_with(GONE)).and_then(|path| self.below(&path))
    }

    /// The path that a call names, below the folder, if it is there.
    fn named(&self, folder: c_int, path: &CStr) -> Option<Vec<u8>> {
        let path = path.to_bytes();
        if path.starts_with(b"/") {
            return self.below(path);
        }
        let base = match folder {
            libc::AT_FDCWD => system::read_link(c"/proc/self/cwd"),
            _ => system::path_of(folder),
        };
        self.below(&[&base?, b"/".as_slice(), path].concat())
    }

    fn below(&self, path: &[u8]) -> Option<Vec<u8>> {
        match path.strip_prefix(self.folder.as_slice())? {
            [] => Some(Vec::new()),
            [b'/', rest @ ..] => Some(rest.to_vec()),
            _ => None,
        }
    }

    fn fitting(&self, fd: c_int, offset: i64, length: usize) -> usize {
        let capacity = match &self.capacity {
            None => None,
            Some(Capacity::Fixed(bytes)) => Some(*bytes),
            Some(Capacity::File(path)) => system::read_small(path).and_then(|text| number(&text)),
        };
        let (now, offset) = (system::length(fd), offset.max(0).cast_unsigned());
        match capacity.filter(|_| offset.saturating_add(length as u64) > now) {
            None => length,
            Some(capacity) => {
                let used = used_bytes(Path::new(OsStr::from_bytes(&self.folder)));
                room::fitting(now, offset, length as u64, used, capacity) as usize
            }
        }
    }

    fn record(&self, operation: Operation, path: &[u8], offset: i64, data: &[u8]) {
        let Some(log) = self.log else { return };
        let record = encode(operation, path, offset, data).unwrap_or_else(|| std::process::abort());
        let mut rest = record.as_slice();
        while !rest.is_empty() {
            match usize::try_from(system::write(log, rest, None)) {
                Ok(written @ 1..) => rest = &rest[written..],
                // A log with a gap would be taken for the truth.
                _ => std::process::abort(),
            }
        }
    }
}

fn open_log(path: &CStr) -> c_int {
    let flags = libc::O_WRONLY | libc::O_CREAT | libc::O_TRUNC | libc::O_APPEND | libc::O_CLOEXEC;
    match system::open(libc::AT_FDCWD, path, flags, 0o600) {
        fd if fd >= 0 => fd,
        // Going on would look like a recording in which nothing happened.
        _ => std::process::abort(),
    }
}

fn number(text: &[u8]) -> Option<u64> {
    std::str::from_utf8(text).ok()?.trim().parse().ok()
}

/// Sum of the files' lengths.
fn used_bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.filter_map(|entry| {
        let status = entry.metadata().ok()?;
        Some(if status.is_dir() { used_bytes(&entry.path()) } else { status.len() })
    });
    sizes.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch_over(folder: &str) -> Watch {
        Watch { folder: folder.into(), log: None, capacity: None, turn: Mutex::new(()) }
    }

    #[test]
    fn only_what_lies_below_the_folder_is_watched() {
        let watch = watch_over("/data/disk");
        assert_eq!(watch.below(b"/data/disk/a/b.db"), Some(b"a/b.db".to_vec()));
        assert_eq!(watch.below(b"/data/disk"), Some(Vec::new()), "the folder itself is synced too");
        assert_eq!(watch.below(b"/data/disk2/a"), None);
        assert_eq!(watch.below(b"/data"), None);
    }

    #[test]
    fn a_size_may_end_with_a_line_break() {
        assert_eq!(number(b"4096\n"), Some(4_096));
        assert_eq!(number(b""), None, "a file that is being rewritten is no disk of size 0");
    }
}
