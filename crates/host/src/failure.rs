//! Says on standard error why the kiosk cannot start, for whoever set it up.

use std::process::ExitCode;

/// Exit code for "the kiosk cannot start".
const CANNOT_START: u8 = 2;

/// Prints `error` with its causes.
#[expect(clippy::print_stderr, reason = "the last words of a process that cannot start are for its terminal")]
pub fn report_failure(error: &anyhow::Error) -> ExitCode {
    eprintln!("portico cannot start: {error:#}");
    ExitCode::from(CANNOT_START)
}
