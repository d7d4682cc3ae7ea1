//! Where the imported nets are, and what happens without them.

use std::path::{Path, PathBuf};

/// The workspace's root.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// The folder of imported nets; `None`, with a line that says so, where they have not been imported.
#[expect(clippy::print_stderr, reason = "whoever runs the tests must see that something was left out")]
pub fn models() -> Option<PathBuf> {
    let dir =
        std::env::var_os("PORTICO_MODELS").map_or_else(|| workspace().join("target/models"), PathBuf::from);
    if dir.join("index.toml").is_file() {
        return Some(dir);
    }
    eprintln!("skipped: no models in {}; `cargo xtask models` imports them", dir.display());
    None
}
