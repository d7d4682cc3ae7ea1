//! A library for `LD_PRELOAD` that stands between a program and the operating system's files.
//!
//! It has two roles, both for one folder of files, `RECORDER_DIR` (an absolute path without links):
//! - with `RECORDER_LOG` it writes down every change of these files and every sync, in the order of the calls, in the
//!   form of [`record`]. From that, every state can be rebuilt in which a power cut may leave the disk;
//! - with `RECORDER_CAPACITY_BYTES`, or a file named by `RECORDER_CAPACITY_FILE` that holds the number and may change
//!   at any time, it plays a disk of that size: what would make the files grow beyond it fails with `ENOSPC`.
//!
//! Knows nothing of databases. Changes through memory maps, `writev` and copies within the kernel go unseen: the files in
//! question are changed by the calls in `hooks` alone. An empty library on anything but 64-bit Linux.

#![cfg(all(target_os = "linux", target_pointer_width = "64"))]

// The library's own tests must not have their calls replaced.
#[cfg(not(test))]
mod hooks;
pub mod record;
pub mod room;
pub mod system;
pub mod watch;
