//! The real program with its own backend, and the folder that it works in.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use portico_tests::clips::{empty_clip, visit_clip};
use portico_tests::guests::ZHANG_WEI;
use serde_json::{Value, json};

use crate::wire::{self, Begun, Views};

/// The staff's PIN.
pub const PIN: &str = "2468";

/// Where one kiosk keeps its things.
pub struct Place {
    dir: PathBuf,
    models: PathBuf,
}

impl Place {
    /// A new kiosk in `dir` whose backend starts with a copy of `event`.
    pub fn new(dir: &Path, event: &Path, models: &Path) -> Self {
        let place = Self { dir: dir.to_owned(), models: models.to_owned() };
        fs::create_dir_all(dir.join("data")).unwrap();
        fs::create_dir_all(dir.join("screens")).unwrap();
        fs::write(dir.join("screens/index.html"), "<!doctype html><title>Portico</title>").unwrap();
        fs::copy(event, place.database()).unwrap();
        place
    }

    /// The backend's database.
    pub fn database(&self) -> PathBuf {
        self.dir.join("data/event.db")
    }

    /// A configuration in which one guest walks up.
    pub fn visit(&self) -> PathBuf {
        self.configuration("visit.toml", &[empty_clip(), visit_clip(ZHANG_WEI), empty_clip()])
    }

    /// A configuration in which nobody comes.
    pub fn empty_room(&self) -> PathBuf {
        self.configuration("empty.toml", &[empty_clip()])
    }

    fn configuration(&self, name: &str, playlist: &[PathBuf]) -> PathBuf {
        let config = json!({
            "kiosk": { "gate": "main", "data_dir": "data" },
            "camera": { "source": "replay", "playlist": playlist, "repeat": "forever" },
            "staff": { "initial_pin": PIN },
        });
        let path = self.dir.join(name);
        fs::write(&path, toml::to_string(&config).unwrap()).unwrap();
        path
    }
}

/// The running program. Dropping it kills it.
pub struct Host {
    child: Child,
    address: String,
}

impl Host {
    /// Starts the program and waits until it listens.
    pub fn start(place: &Place, configuration: &Path) -> Self {
        let log = fs::File::options().create(true).append(true).open(place.dir.join("log.txt")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_portico-devhost"))
            .args(["--port", "0", "--config"])
            .arg(configuration)
            .arg("--models")
            .arg(&place.models)
            .arg("--screens")
            .arg(place.dir.join("screens"))
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").map(str::to_owned);
        let said = || fs::read_to_string(place.dir.join("log.txt")).unwrap_or_default();
        Self { child, address: address.unwrap_or_else(|| unreachable!("it does not start: {}", said())) }
    }

    /// Everything that the screen is sent from now on, the present view first.
    pub fn views(&self) -> Views {
        Views::of(&self.address)
    }

    /// A call from the screen that must succeed.
    pub fn call(&self, method: &str, params: &Value) -> Value {
        let (status, reply) = wire::post(&self.address, &json!({ "method": method, "params": params }));
        assert_eq!(status, 200, "{method}: {reply}");
        reply
    }

    /// A call from the screen, whatever comes of it: the status and the answer.
    pub fn answer(&self, method: &str, params: &Value) -> (u16, Value) {
        wire::post(&self.address, &json!({ "method": method, "params": params }))
    }

    /// A call whose answer is not waited for.
    pub fn begin(&self, method: &str, params: &Value) -> Begun {
        Begun::post(&self.address, &json!({ "method": method, "params": params }))
    }

    /// Ends the program at once: no signal handler, no destructor, nothing written.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // It may have been killed already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
