//! Installs the system packages that a job needs (Debian, Ubuntu), or says what to install elsewhere.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::command;

/// To compile everything but the window: OpenSSL for the database, and libclang for the camera bindings.
const BUILD: &[&str] = &["git", "build-essential", "pkg-config", "libssl-dev", "libclang-dev"];
/// For the yardsticks that come as Python packages.
const YARDSTICKS: &[&str] = &["python3-venv"];
/// To compile and run the window.
const DESKTOP: &[&str] = &["libwebkit2gtk-4.1-dev"];
/// To show the window without a display.
const HEADLESS: &[&str] = &["xvfb"];
/// To show the screens in a browser.
const BROWSER: &[&str] = &["chromium"];
/// To drive the window in tests.
const DRIVER: &[&str] = &["webkit2gtk-driver", "procps"];
/// To make a film of pictures.
const FILM: &[&str] = &["webp"];

/// No question of a package may wait for an answer that nobody gives.
const QUIET: &str = "DEBIAN_FRONTEND=noninteractive";

/// A job that needs packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Measuring: no window.
    Bench,
    /// Soaking: no window.
    Soak,
    /// The demo in a real window.
    Demo,
    /// The demo, or anything else with a window, on a machine without a display.
    HeadlessDemo,
    /// Every test.
    Test,
    /// Pictures of the screens: nothing of ours is compiled for them.
    Screens,
    /// A film of the real kiosk in a browser.
    Film,
}

impl Job {
    fn packages(self) -> Vec<&'static str> {
        let groups: &[&[&str]] = match self {
            Self::Bench => &[BUILD, YARDSTICKS],
            Self::Soak => &[BUILD],
            Self::Demo => &[BUILD, DESKTOP],
            Self::HeadlessDemo => &[BUILD, DESKTOP, HEADLESS],
            Self::Test => &[BUILD, DESKTOP, HEADLESS, BROWSER, DRIVER],
            Self::Screens => &[BROWSER],
            Self::Film => &[BUILD, BROWSER, FILM],
        };
        groups.concat()
    }
}

/// Makes sure that the packages for `job` are there.
pub fn prepare(root: &Path, job: Job) -> Result<()> {
    if !cfg!(target_os = "linux") {
        println!(
            "on this system, the prerequisites are those of Tauri 2: https://v2.tauri.app/start/prerequisites/"
        );
        return Ok(());
    }
    if Command::new("dpkg-query").arg("--version").output().is_err() {
        println!(
            "this is not Debian or Ubuntu; please install what these packages hold: {}",
            job.packages().join(" ")
        );
        return Ok(());
    }
    let missing: Vec<&str> = job.packages().into_iter().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    install(root, &missing)
}

/// Makes sure that the formatter and the linter are there, which a minimal toolchain leaves out.
pub fn toolchain(root: &Path) -> Result<()> {
    let has = |tool: &str| {
        let output = Command::new(command::cargo()).args([tool, "--version"]).output();
        output.is_ok_and(|output| output.status.success())
    };
    if has("fmt") && has("clippy") {
        return Ok(());
    }
    command::run(root, "rustup", &["component", "add", "rustfmt", "clippy"])
}

fn is_installed(package: &str) -> bool {
    let query = ["--show", "--showformat=${db:Status-Status}", package];
    Command::new("dpkg-query").args(query).output().is_ok_and(|output| output.stdout == b"installed")
}

fn install(root: &Path, missing: &[&str]) -> Result<()> {
    let command = format!("apt-get install --yes --no-install-recommends {}", missing.join(" "));
    println!("installing system packages: {}", missing.join(" "));
    let (program, prefix): (&str, &[&str]) = match is_root() {
        true => ("env", &[QUIET, "apt-get"]),
        false if has_sudo() => ("sudo", &["env", QUIET, "apt-get"]),
        false => bail!("please install the missing system packages, as root: {command}"),
    };
    let wait = ["-q", "-o", "DPkg::Lock::Timeout=300"];
    command::run(root, program, &[prefix, &wait, &["update"]].concat())?;
    let install = ["install", "--yes", "--no-install-recommends"];
    command::run(root, program, &[prefix, &wait, &install, missing].concat())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn has_sudo() -> bool {
    Command::new("sudo").arg("--version").output().is_ok()
}
