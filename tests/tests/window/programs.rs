//! The programs behind the window: a display without a monitor, and the `WebDriver` that starts the kiosk on it. Each
//! ends with everything it started.

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{interval, timeout};

use crate::tools;

/// How long the driver may take until it listens.
const DRIVER_STARTS_WITHIN: Duration = Duration::from_secs(20);

/// A program in a process group of its own; the whole group ends when this is dropped.
struct Group(Child);

impl Group {
    fn start(command: &mut Command) -> Self {
        let child = command.process_group(0).spawn();
        Self(child.unwrap_or_else(|error| panic!("{command:?} cannot be started: {error}")))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        // It may have ended by itself.
        let ended = Command::new("kill").args(["-TERM", "--", &group]).status();
        if !ended.is_ok_and(|status| status.success()) {
            let _ = self.0.kill();
        }
        let _ = self.0.wait();
    }
}

/// A running Xvfb.
pub struct Display {
    _server: Group,
    name: String,
}

impl Display {
    /// Starts one on a free number.
    pub fn start() -> Self {
        let mut command = Command::new(tools::xvfb());
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1280x800x24"]);
        let mut server = Group::start(command.stdout(Stdio::piped()).stderr(Stdio::null()));
        let output = server.0.stdout.take().expect("standard output is piped");
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number).expect("Xvfb says which display it is");
        Self { _server: server, name: format!(":{}", number.trim()) }
    }
}

/// A running `WebDriver`.
pub struct Driver {
    _process: Group,
    /// Where it listens.
    pub url: String,
}

impl Driver {
    /// Starts one whose windows appear on `display`, and waits until it listens.
    pub async fn start(display: &Display) -> Self {
        let (port, native_port) = (free_port(), free_port());
        let mut command = Command::new(tools::tauri_driver());
        command
            .args(["--port", &port.to_string(), "--native-port", &native_port.to_string()])
            .arg("--native-driver")
            .arg(tools::native_driver())
            .env("DISPLAY", &display.name)
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::null());
        let process = Group::start(&mut command);
        for port in [port, native_port] {
            let listening = timeout(DRIVER_STARTS_WITHIN, listens(port)).await;
            listening.unwrap_or_else(|_| panic!("the WebDriver does not listen on port {port}"));
        }
        Self { _process: process, url: format!("http://127.0.0.1:{port}") }
    }
}

async fn listens(port: u16) {
    let mut tries = interval(Duration::from_millis(50));
    loop {
        tries.tick().await;
        if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return;
        }
    }
}

/// A port that was free just now: the driver cannot choose one itself.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    listener.local_addr().expect("a listener has an address").port()
}
