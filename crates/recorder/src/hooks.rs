//! The C library's functions, replaced under their own names. Each hands over to the watch, or to the system when
//! nothing is watched.
//!
//! `open` and its kin take the mode as an ordinary argument: on 64-bit Linux it arrives in the same place as a variable
//! one, and when the caller gave none, the kernel does not look at it.

#![expect(unsafe_code, reason = "functions of the C library are replaced by exporting their names")]

use std::ffi::{CStr, c_char, c_int, c_void};

use crate::record::Operation;
use crate::system;
use crate::watch::watch;

/// The bytes of a caller's buffer.
///
/// # Safety
/// As for `write(2)`: `data` points to `length` bytes that nobody changes meanwhile.
unsafe fn bytes<'a>(data: *const c_void, length: usize) -> &'a [u8] {
    if length == 0 {
        return &[];
    }
    // SAFETY: the caller's duty, as above.
    unsafe { std::slice::from_raw_parts(data.cast(), length) }
}

/// The text of a caller's path.
///
/// # Safety
/// As for `open(2)`: `path` points to a C string that nobody changes meanwhile.
unsafe fn text<'a>(path: *const c_char) -> &'a CStr {
    // SAFETY: the caller's duty, as above.
    unsafe { CStr::from_ptr(path) }
}

fn do_open(folder: c_int, path: &CStr, flags: c_int, mode: libc::mode_t) -> c_int {
    match watch() {
        Some(watch) => watch.open(folder, path, flags, mode),
        None => system::open(folder, path, flags, mode),
    }
}

fn do_write(fd: c_int, bytes: &[u8], offset: Option<i64>) -> isize {
    match watch() {
        Some(watch) => watch.write(fd, bytes, offset),
        None => system::write(fd, bytes, offset),
    }
}

fn do_truncate(fd: c_int, length: i64) -> c_int {
    match watch() {
        Some(watch) => watch.truncate(fd, length),
        None => system::truncate(fd, length),
    }
}

fn do_sync(fd: c_int, sync: fn(c_int) -> c_int) -> c_int {
    match watch() {
        Some(watch) => watch.sync(fd, sync),
        None => sync(fd),
    }
}

fn do_unlink(folder: c_int, path: &CStr, flags: c_int) -> c_int {
    match watch() {
        Some(watch) => watch.unlink(folder, path, flags),
        None => system::unlink(folder, path, flags),
    }
}

fn do_rename(old: (c_int, &CStr), new: (c_int, &CStr)) -> c_int {
    let call = || system::rename(old.0, old.1, new.0, new.1);
    match watch() {
        Some(watch) => watch.rename(Operation::Rename, old, new, call),
        None => call(),
    }
}

fn do_link(old: (c_int, &CStr), new: (c_int, &CStr), flags: c_int) -> c_int {
    let call = || system::link(old.0, old.1, new.0, new.1, flags);
    match watch() {
        Some(watch) => watch.rename(Operation::Link, old, new, call),
        None => call(),
    }
}

/// Exports a function of the C library.
macro_rules! replace {
    ($(fn $name:ident($($argument:ident: $kind:ty),*) -> $answer:ty => $body:expr;)*) => {$(
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $name($($argument: $kind),*) -> $answer {
            // SAFETY: the caller keeps to the contract of the function of this name, which is that of `bytes` and
            // `text`.
            #[allow(unused_unsafe, reason = "some of these functions take no pointers")]
            unsafe { $body }
        }
    )*};
}

replace! {
    fn open(path: *const c_char, flags: c_int, mode: libc::mode_t) -> c_int
        => do_open(libc::AT_FDCWD, text(path), flags, mode);
    fn open64(path: *const c_char, flags: c_int, mode: libc::mode_t) -> c_int
        => do_open(libc::AT_FDCWD, text(path), flags, mode);
    fn openat(folder: c_int, path: *const c_char, flags: c_int, mode: libc::mode_t) -> c_int
        => do_open(folder, text(path), flags, mode);
    fn openat64(folder: c_int, path: *const c_char, flags: c_int, mode: libc::mode_t) -> c_int
        => do_open(folder, text(path), flags, mode);
    fn write(fd: c_int, data: *const c_void, length: usize) -> isize
        => do_write(fd, bytes(data, length), None);
    fn pwrite(fd: c_int, data: *const c_void, length: usize, offset: i64) -> isize
        => do_write(fd, bytes(data, length), Some(offset));
    fn pwrite64(fd: c_int, data: *const c_void, length: usize, offset: i64) -> isize
        => do_write(fd, bytes(data, length), Some(offset));
    fn ftruncate(fd: c_int, length: i64) -> c_int => do_truncate(fd, length);
    fn ftruncate64(fd: c_int, length: i64) -> c_int => do_truncate(fd, length);
    fn fsync(fd: c_int) -> c_int => do_sync(fd, system::sync);
    fn fdatasync(fd: c_int) -> c_int => do_sync(fd, system::sync_data);
    fn unlink(path: *const c_char) -> c_int => do_unlink(libc::AT_FDCWD, text(path), 0);
    fn unlinkat(folder: c_int, path: *const c_char, flags: c_int) -> c_int
        => do_unlink(folder, text(path), flags);
    fn rename(old: *const c_char, new: *const c_char) -> c_int
        => do_rename((libc::AT_FDCWD, text(old)), (libc::AT_FDCWD, text(new)));
    fn renameat(old_folder: c_int, old: *const c_char, new_folder: c_int, new: *const c_char) -> c_int
        => do_rename((old_folder, text(old)), (new_folder, text(new)));
    fn link(old: *const c_char, new: *const c_char) -> c_int
        => do_link((libc::AT_FDCWD, text(old)), (libc::AT_FDCWD, text(new)), 0);
    fn linkat(
        old_folder: c_int, old: *const c_char, new_folder: c_int, new: *const c_char, flags: c_int
    ) -> c_int
        => do_link((old_folder, text(old)), (new_folder, text(new)), flags);
}
