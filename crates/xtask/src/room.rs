//! Room on the disk: a linker that runs out of it dies of a bus error, which tells nobody what to do.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use crate::command;

/// What a whole `cargo xtask test` needs beside an empty target (4.8 GiB were measured), with the tools that it installs.
const FRESH_GIB: u64 = 6;
/// The same with what makes the next build quicker.
const FRESH_WITH_CACHES_GIB: u64 = 12;
/// What building on in a filled target may add.
const FILLED_GIB: u64 = 3;

/// Says how much is missing before anything is compiled.
pub fn check(root: &Path) -> Result<()> {
    let free_bytes = fs4::available_space(root).context("the free space cannot be read")?;
    let needed_gib = match (command::program(root, "portico").exists(), command::keeps_caches()) {
        (true, _) => FILLED_GIB,
        (false, true) => FRESH_WITH_CACHES_GIB,
        (false, false) => FRESH_GIB,
    };
    enough(free_bytes, needed_gib)
}

fn enough(free_bytes: u64, needed_gib: u64) -> Result<()> {
    ensure!(
        free_bytes >= needed_gib << 30,
        "only {:.1} GiB are free where this is built, and {needed_gib} are needed: free some (an old target is large, and \
         `target/debug/incremental` can always go), or set CARGO_TARGET_DIR to a larger disk",
        free_bytes as f64 / f64::from(1 << 30),
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_little_room_is_said_with_what_to_do() {
        assert!(enough(4 << 30, 4).is_ok());
        let error = enough((4 << 30) - 1, 4).unwrap_err().to_string();
        assert!(error.contains("4 are needed") && error.contains("CARGO_TARGET_DIR"), "{error}");
    }
}
