//! A folder for the real program: configuration, an event with guests, a camera that sees an empty wall.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use portico_server::{Backend, ServerConfig};
use serde_json::json;

use crate::outside::{self, SteppingClock};
use crate::site::{self, Place};

/// The staff's PIN.
pub const PIN: &str = "2468";
/// Guests on the roster.
pub const GUESTS: usize = 5_000;

/// A venue with one kiosk.
pub struct Venue {
    folder: PathBuf,
    models: PathBuf,
}

impl Venue {
    /// Sets a venue up in `folder`.
    pub fn prepare(folder: &Path, models: &Path, seed: u64) -> Result<Self> {
        let venue = Self { folder: folder.to_owned(), models: models.to_owned() };
        fs::create_dir_all(venue.data())?;
        fs::create_dir_all(venue.screens())?;
        fs::create_dir_all(folder.join("wall"))?;
        fs::write(venue.screens().join("index.html"), "<!doctype html><title>Portico</title>")?;
        image::GrayImage::from_pixel(640, 480, image::Luma([96])).save(folder.join("wall/0.jpg"))?;
        let config = json!({
            "kiosk": { "gate": site::GATE, "data_dir": "data" },
            "camera": { "source": "replay", "playlist": ["wall"], "repeat": "forever" },
            "staff": { "initial_pin": PIN },
        });
        fs::write(venue.configuration(), toml::to_string(&config)?)?;
        let backend = Backend::without_faces(
            &ServerConfig::new(venue.data().join("event.db"), folder.join("no-models")),
            SteppingClock::new(),
            outside::random(seed),
        );
        site::fill_event(&backend.context("the event's database does not open")?, GUESTS)?;
        Ok(venue)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Where the program logs.
    pub fn log(&self) -> PathBuf {
        self.folder.join("log.txt")
    }

    /// The program's configuration.
    pub fn configuration(&self) -> PathBuf {
        self.folder.join("kiosk.toml")
    }

    /// The folder of screens; nobody looks at them.
    pub fn screens(&self) -> PathBuf {
        self.folder.join("screens")
    }

    /// The folder of nets.
    pub fn models(&self) -> &Path {
        &self.models
    }

    /// A copy of both databases under the names that the judge knows.
    pub fn copy_for_judging(&self) -> Result<Place> {
        let copy = self.folder.join("judged");
        fs::create_dir_all(&copy)?;
        for file in fs::read_dir(self.data())? {
            let file = file?;
            let name = file.file_name().to_string_lossy().replace("event.db", "server.db");
            // What is in shared memory is gone with the process.
            if !name.ends_with("-shm") && file.file_type()?.is_file() {
                fs::copy(file.path(), copy.join(name))?;
            }
        }
        Ok(Place::new(copy))
    }
}

/// The id of a guest on the roster.
pub fn guest(number: usize) -> String {
    format!("guest-{number}")
}
