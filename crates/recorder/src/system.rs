//! The operating system's calls themselves, past the C library's functions that `hooks` replaces.

#![expect(
    unsafe_code,
    reason = "system calls are made with raw pointers; each is safe behind its wrapper here"
)]

use std::ffi::{CStr, CString, c_int};
use std::mem::MaybeUninit;

/// Most bytes of a path that Linux takes.
const LONGEST_PATH: usize = 4_096;

/// Writes at the file's own position, or at `offset` if one is given. Bytes written, or -1 with `errno` set.
pub fn write(fd: c_int, bytes: &[u8], offset: Option<i64>) -> isize {
    // SAFETY: pointer and length are those of a living slice, which the kernel only reads.
    let written = unsafe {
        match offset {
            None => libc::syscall(libc::SYS_write, fd, bytes.as_ptr(), bytes.len()),
            Some(offset) => libc::syscall(libc::SYS_pwrite64, fd, bytes.as_ptr(), bytes.len(), offset),
        }
    };
    written as isize
}

/// Opens a file as `openat(2)`.
pub fn open(folder: c_int, path: &CStr, flags: c_int, mode: libc::mode_t) -> c_int {
    // SAFETY: the path is a living C string, which the kernel only reads.
    unsafe { libc::syscall(libc::SYS_openat, folder, path.as_ptr(), flags, mode) as c_int }
}

/// Gives the file another length.
pub fn truncate(fd: c_int, length: i64) -> c_int {
    // SAFETY: no pointers.
    unsafe { libc::syscall(libc::SYS_ftruncate, fd, length) as c_int }
}

/// Syncs content and properties.
pub fn sync(fd: c_int) -> c_int {
    // SAFETY: no pointers.
    unsafe { libc::syscall(libc::SYS_fsync, fd) as c_int }
}

/// Syncs content.
pub fn sync_data(fd: c_int) -> c_int {
    // SAFETY: no pointers.
    unsafe { libc::syscall(libc::SYS_fdatasync, fd) as c_int }
}

/// Removes a name as `unlinkat(2)`.
pub fn unlink(folder: c_int, path: &CStr, flags: c_int) -> c_int {
    // SAFETY: the path is a living C string, which the kernel only reads.
    unsafe { libc::syscall(libc::SYS_unlinkat, folder, path.as_ptr(), flags) as c_int }
}

/// Renames as `renameat2(2)`.
pub fn rename(old_folder: c_int, old: &CStr, new_folder: c_int, new: &CStr) -> c_int {
    // SAFETY: both paths are living C strings, which the kernel only reads.
    unsafe {
        libc::syscall(libc::SYS_renameat2, old_folder, old.as_ptr(), new_folder, new.as_ptr(), 0) as c_int
    }
}

/// Gives a file another name as `linkat(2)`.
pub fn link(old_folder: c_int, old: &CStr, new_folder: c_int, new: &CStr, flags: c_int) -> c_int {
    // SAFETY: both paths are living C strings, which the kernel only reads.
    unsafe {
        libc::syscall(libc::SYS_linkat, old_folder, old.as_ptr(), new_folder, new.as_ptr(), flags) as c_int
    }
}

/// Whether the name leads to something.
pub fn exists(folder: c_int, path: &CStr) -> bool {
    // SAFETY: the path is a living C string, which the kernel only reads.
    unsafe { libc::syscall(libc::SYS_faccessat, folder, path.as_ptr(), libc::F_OK) == 0 }
}

/// Length of an open file in bytes; 0 if there is none.
pub fn length(fd: c_int) -> u64 {
    let mut status = MaybeUninit::<libc::stat>::zeroed();
    // SAFETY: `status` has room for the answer and is valid when zeroed, whether or not the call succeeds.
    let status = unsafe {
        libc::fstat(fd, status.as_mut_ptr());
        status.assume_init()
    };
    status.st_size.max(0).cast_unsigned()
}

/// Where the next `write` goes.
pub fn position(fd: c_int) -> i64 {
    // SAFETY: no pointers.
    let (flags, position) = unsafe { (libc::fcntl(fd, libc::F_GETFL), libc::lseek(fd, 0, libc::SEEK_CUR)) };
    if flags & libc::O_APPEND != 0 { length(fd).cast_signed() } else { position.max(0) }
}

/// What a symbolic link points to.
pub fn read_link(path: &CStr) -> Option<Vec<u8>> {
    let mut target = vec![0_u8; LONGEST_PATH];
    // SAFETY: the path is a living C string; the kernel writes at most the given length into the living buffer.
    let length = unsafe { libc::readlink(path.as_ptr(), target.as_mut_ptr().cast(), target.len()) };
    target.truncate(usize::try_from(length).ok()?);
    Some(target)
}

/// What an open file or folder is called.
pub fn path_of(fd: c_int) -> Option<Vec<u8>> {
    read_link(&CString::new(format!("/proc/self/fd/{fd}")).ok()?)
}

/// The first bytes of a small file.
pub fn read_small(path: &CStr) -> Option<Vec<u8>> {
    let fd = open(libc::AT_FDCWD, path, libc::O_RDONLY | libc::O_CLOEXEC, 0);
    if fd < 0 {
        return None;
    }
    let mut bytes = vec![0_u8; 64];
    // SAFETY: the kernel writes at most the given length into the living buffer; the file was opened just above.
    let length = unsafe {
        let length = libc::read(fd, bytes.as_mut_ptr().cast(), bytes.len());
        libc::close(fd);
        length
    };
    bytes.truncate(usize::try_from(length).ok()?);
    Some(bytes)
}

/// Makes the caller's call fail with `error`.
pub fn set_error(error: c_int) {
    // SAFETY: the C library gives every thread a place of its own that lives as long as the thread.
    unsafe { *libc::__errno_location() = error }
}
