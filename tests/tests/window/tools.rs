//! The programs that the window's test needs, and what to run where one is missing. A missing tool is a failure: these
//! tests are only started by whoever wants them.

use std::path::{Path, PathBuf};

use portico_tests::models::workspace;

/// The virtual display.
pub fn xvfb() -> PathBuf {
    installed("Xvfb", "apt-get install xvfb")
}

/// The web view's own `WebDriver`.
pub fn native_driver() -> PathBuf {
    installed("WebKitWebDriver", "apt-get install webkit2gtk-driver")
}

/// What translates between `WebDriver` and the app.
pub fn tauri_driver() -> PathBuf {
    let named = std::env::var_os("PORTICO_TAURI_DRIVER").map(PathBuf::from);
    let path = named.unwrap_or_else(|| workspace().join("target/tools/bin/tauri-driver"));
    existing(path, "cargo install tauri-driver@2.1.0 --locked --root target/tools")
}

/// The kiosk.
pub fn kiosk() -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from);
    existing(target.join("debug/portico"), "cargo build --package portico-desktop")
}

/// The imported nets.
pub fn models() -> PathBuf {
    let named = std::env::var_os("PORTICO_MODELS").map(PathBuf::from);
    let dir = named.unwrap_or_else(|| workspace().join("target/models"));
    existing(dir.join("index.toml"), "cargo xtask models");
    dir
}

fn installed(program: &str, mend: &str) -> PathBuf {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found =
        std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file());
    found.unwrap_or_else(|| panic!("{program} is not installed; run `{mend}`"))
}

fn existing(path: PathBuf, mend: &str) -> PathBuf {
    assert!(Path::is_file(&path), "{} is missing; run `{mend}`", path.display());
    path
}
