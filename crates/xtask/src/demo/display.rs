//! Displays and cameras: whether there are any, and a virtual display whose pixels can be read.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};

/// Size of the virtual display: a common tablet, lying.
pub const SIZE: (u32, u32) = (1280, 800);

/// Whether a window can be shown here.
pub fn is_there() -> bool {
    let set = |variable| std::env::var_os(variable).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Whether there may be a camera; only Linux can tell without opening it.
pub fn has_camera() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let devices = fs::read_dir("/dev").into_iter().flatten().flatten();
    devices.into_iter().any(|device| device.file_name().to_string_lossy().starts_with("video"))
}

/// A running Xvfb; ends when dropped.
pub struct VirtualDisplay {
    server: Child,
    /// The value for `DISPLAY`.
    pub name: String,
    /// The file that mirrors the screen's pixels.
    pub framebuffer: PathBuf,
}

impl VirtualDisplay {
    /// Starts one on a free number, with its framebuffer in `dir`.
    pub fn start(dir: &Path) -> Result<Self> {
        fs::create_dir_all(dir)?;
        let (width, height) = SIZE;
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{width}x{height}x24")])
            .arg("-fbdir")
            .arg(dir)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb cannot be started; install the package xvfb")?;
        let output = server.stdout.take().context("Xvfb has no output")?;
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number)?;
        let name = format!(":{}", number.trim());
        Ok(Self { server, name, framebuffer: dir.join("Xvfb_screen0") })
    }
}

impl Drop for VirtualDisplay {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
