//! Results on standard output.

use std::fmt::Display;
use std::io::Write as _;

/// Prints one line.
pub fn line(text: impl Display) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}
