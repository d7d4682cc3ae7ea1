//! How much memory this process takes, as Linux tells it.

use anyhow::{Context as _, Result};

/// Memory of this process, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// In use now.
    pub resident_bytes: u64,
    /// The most that was ever in use.
    pub peak_bytes: u64,
}

impl Memory {
    /// Looks; nothing where the system does not tell.
    pub fn now() -> Result<Option<Self>> {
        let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return Ok(None) };
        let resident_bytes = field(&status, "VmRSS:")?;
        Ok(Some(Self { resident_bytes, peak_bytes: field(&status, "VmHWM:")? }))
    }
}

/// A line such as `VmRSS:      1234 kB`.
fn field(status: &str, name: &str) -> Result<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name)).context("no such line")?;
    let kilobytes: u64 = line.split_whitespace().next().context("an empty line")?.parse()?;
    Ok(kilobytes << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_kilobytes_become_bytes() {
        let status = "Name:\tsoak\nVmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n";
        assert_eq!(field(status, "VmRSS:").unwrap(), 1 << 20);
        assert_eq!(field(status, "VmHWM:").unwrap(), 2 << 20);
        assert!(field(status, "VmSwap:").is_err());
    }
}
