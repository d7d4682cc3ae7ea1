//! Starts the backend and the kiosk as processes of their own, the way a venue would run them.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use super::build::Programs;
use super::display;
use super::event::{self, Event};
use super::guests::Clips;

/// PIN of the demo's staff sheet.
pub const STAFF_PIN: &str = "2468";

/// A program that ends with the demo.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the event backend on a free port; returns its address too.
pub fn start_server(programs: &Programs, event: &Event) -> Result<(Running, SocketAddr)> {
    let log = fs::File::create(event.dir.join("server.log"))?;
    let mut child = Command::new(&programs.server)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .arg("--db")
        .arg(&event.database)
        .arg("--models")
        .arg(&programs.models)
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .context("the backend cannot be started")?;
    let output = child.stdout.take().context("the backend has no output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let address = line.trim().rsplit('/').next().unwrap_or_default().parse();
    let address = address.with_context(|| {
        format!("the backend did not start; see {}", event.dir.join("server.log").display())
    })?;
    Ok((Running(child), address))
}

/// Where the kiosk's pictures come from.
pub enum Pictures<'a> {
    /// The first camera of this machine.
    Webcam,
    /// Clips, one after the other.
    Clips { playlist: Vec<&'a Path>, frames_per_second: u32, forever: bool },
}

/// Writes the kiosk's configuration and returns its path.
pub fn configure(event: &Event, backend: SocketAddr, code: &str, pictures: &Pictures<'_>) -> Result<PathBuf> {
    let camera = match pictures {
        Pictures::Webcam => toml::toml! { source = "webcam" },
        Pictures::Clips { playlist, frames_per_second, forever } => {
            let playlist: Vec<String> =
                playlist.iter().map(|clip| clip.to_string_lossy().into_owned()).collect();
            let mut camera = toml::Table::new();
            camera.insert("source".into(), "replay".into());
            camera.insert("playlist".into(), playlist.into());
            camera.insert("frames_per_second".into(), i64::from(*frames_per_second).into());
            camera.insert("repeat".into(), if *forever { "forever" } else { "once" }.into());
            camera
        }
    };
    let url = format!("http://{backend}");
    let mut config = toml::toml! {
        [kiosk]
        name = "Demo kiosk"
        gate = "main"
        data_dir = "kiosk"
    };
    let mut remote = toml::Table::new();
    remote.insert("mode".into(), "remote".into());
    remote.insert("url".into(), url.into());
    remote.insert("pairing_code".into(), code.into());
    let mut staff = toml::Table::new();
    staff.insert("initial_pin".into(), STAFF_PIN.into());
    config.insert("backend".into(), remote.into());
    config.insert("camera".into(), camera.into());
    config.insert("staff".into(), staff.into());
    let path = event.dir.join("kiosk.toml");
    fs::write(&path, toml::to_string(&config)?)?;
    Ok(path)
}

/// The command that starts the kiosk.
pub fn command(programs: &Programs, event: &Event, config: &Path) -> Result<Command> {
    let log = fs::File::create(event.dir.join("kiosk.log"))?;
    let mut command = Command::new(&programs.kiosk);
    command
        .arg("--config")
        .arg(config)
        .arg("--models")
        .arg(&programs.models)
        .stderr(log)
        .stdout(Stdio::null());
    Ok(command)
}

/// The demo on this display, until its window is closed.
pub fn open(programs: &Programs, clips: &Clips, event: &Event, camera: bool) -> Result<()> {
    let (_server, address) = start_server(programs, event)?;
    let code = event::pairing_code(programs, event)?;
    let playlist = clips
        .visits
        .iter()
        .chain(&clips.tickets)
        .flat_map(|visit| [visit, &clips.empty, &clips.empty, &clips.empty]);
    let pictures = if camera {
        Pictures::Webcam
    } else {
        Pictures::Clips {
            playlist: playlist.map(PathBuf::as_path).collect(),
            frames_per_second: clips.frames_per_second,
            forever: true,
        }
    };
    let config = configure(event, address, &code, &pictures)?;
    println!("staff PIN: {STAFF_PIN} (press and hold the shield in the upper left corner)");
    let (width, height) = display::SIZE;
    let mut kiosk = command(programs, event, &config)?;
    let status = kiosk.args(["--windowed", &format!("{width}x{height}")]).status()?;
    ensure!(status.success(), "the kiosk ended with {status}; see {}", event.dir.join("kiosk.log").display());
    Ok(())
}
