//! One kiosk in its window: an event with guests, a camera that shows the empty room, and a display of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use portico_app::clock::SystemClock;
use portico_server::{Backend, ServerConfig};
use portico_tests::clips::empty_room;
use portico_tests::guests::roster_csv;
use portico_tests::outside::server_dice;
use portico_tests::seed;
use tempfile::TempDir;

use crate::programs::{Display, Driver};
use crate::screen::Screen;
use crate::tools;

/// The kiosk's configuration: everything lies beside it, and the event backend is its own.
const CONFIG: &str = r#"
[kiosk]
name = "Window test"
gate = "main"
data_dir = "data"
[camera]
source = "replay"
playlist = ["room"]
frames_per_second = 15
repeat = "forever"
"#;

/// A running kiosk. Dropping it ends it: the window and its driver first, then their display, then the files.
pub struct Stage {
    /// What is on its screen.
    pub screen: Screen,
    _driver: Driver,
    _display: Display,
    dir: TempDir,
}

impl Stage {
    /// Starts everything.
    pub async fn set() -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        fill(dir.path());
        let display = Display::start();
        let driver = Driver::start(&display).await;
        let screen = Screen::open(&driver.url, &tools::kiosk(), &arguments(dir.path())).await;
        Self { screen, _driver: driver, _display: display, dir }
    }

    /// What the kiosk has reported so far.
    pub fn report(&self) -> String {
        fs::read_to_string(report(self.dir.path())).expect("the kiosk writes its report")
    }

    /// How many guests the kiosk's own backend counts as inside.
    pub fn inside(&self) -> u64 {
        open_backend(self.dir.path()).stats().expect("the backend counts").checked_in
    }
}

fn fill(dir: &Path) {
    fs::write(dir.join("kiosk.toml"), CONFIG).expect("the folder can be written");
    let room = dir.join("room");
    fs::create_dir_all(&room)
        .and_then(|()| fs::create_dir_all(dir.join("data")))
        .expect("folders can be made");
    for (number, picture) in empty_room().iter().enumerate() {
        fs::write(room.join(format!("{number}.jpg")), picture).expect("the folder can be written");
    }
    let backend = open_backend(dir);
    backend.set_event(&seed::event()).expect("the event is well-formed");
    backend.import_roster(roster_csv().as_bytes()).expect("the roster is well-formed");
}

fn open_backend(dir: &Path) -> Backend {
    let config = ServerConfig::new(dir.join("data/event.db"), tools::models());
    Backend::open(&config, Arc::new(SystemClock::start()), server_dice(1)).expect("the backend opens")
}

fn report(dir: &Path) -> PathBuf {
    dir.join("report.jsonl")
}

fn arguments(dir: &Path) -> Vec<String> {
    let text = |path: PathBuf| path.to_string_lossy().into_owned();
    let options = [
        ("--config", text(dir.join("kiosk.toml"))),
        ("--models", text(tools::models())),
        ("--report", text(report(dir))),
        ("--windowed", "1280x800".into()),
        ("--log", "warn".into()),
    ];
    let mut arguments = vec!["--allow-automation".to_owned()];
    arguments.extend(options.into_iter().flat_map(|(name, value)| [name.to_owned(), value]));
    arguments
}
