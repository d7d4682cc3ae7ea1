//! Reads the kiosk's report while it is being written.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// One moment of the kiosk, as `portico --report` writes it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Moment {
    /// Milliseconds since the kiosk started.
    pub at_ms: u64,
    /// What happened.
    #[serde(flatten)]
    pub kind: Kind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "moment", rename_all = "snake_case")]
pub enum Kind {
    /// The first camera picture is on screen.
    PreviewPainted,
    /// The guest's screen changed.
    Shown { view: String },
    /// A face was compared.
    Identified { decision: String, decision_ms: u64 },
    /// A wish to enter was answered.
    Admitted { attendee: String, admission: String, offline: bool },
    /// A greeting is on screen.
    Greeted { glance_ms: u64 },
    /// A greeting is on screen for a guest who held a code before the camera.
    GreetedByCode { frame: u64, code_ms: u64 },
    /// The first sign that somebody was seen is on screen.
    Noticed { feedback_ms: u64 },
    /// Entries that wait to be sent.
    Waiting { entries: u64 },
}

/// Follows a report file.
pub struct Follower {
    file: File,
    rest: String,
}

impl Follower {
    /// Follows `path`, which exists already.
    pub fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| format!("no report at {}", path.display()))?;
        Ok(Self { file, rest: String::new() })
    }

    /// What was written since the last call.
    pub fn news(&mut self) -> Result<Vec<Moment>> {
        self.file.read_to_string(&mut self.rest)?;
        let Some(end) = self.rest.rfind('\n') else { return Ok(Vec::new()) };
        let whole: String = self.rest.drain(..=end).collect();
        whole.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
    }
}
