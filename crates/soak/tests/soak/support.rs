//! Runs the program and reads its last line.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_portico-soak");

/// Whether the recorder was built; says so where it was not.
pub fn has_recorder() -> bool {
    let folder = Path::new(PROGRAM).parent().unwrap();
    let library = "libportico_recorder.so";
    if folder.join(library).is_file() || folder.join("deps").join(library).is_file() {
        return true;
    }
    eprintln!("skipped: no recorder; `cargo build --package portico-recorder` builds it (64-bit Linux only)");
    false
}

/// Runs a soak; the report, and whether the program found that all is well.
pub fn soak(arguments: &[&str]) -> (Value, bool) {
    let Output { status, stdout, stderr } =
        Command::new(PROGRAM).args(arguments).arg("--json").output().unwrap();
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8_lossy(&stderr));
    eprintln!("{stderr}");
    let last = stdout.lines().last().unwrap_or_else(|| panic!("no report; {status}: {stderr}"));
    (serde_json::from_str(last).unwrap(), status.success())
}
