//! The real program: started, called over HTTP as a screen calls it, and killed.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use portico_types::{AttendeeId, CheckInId};
use serde_json::{Value, json};

use super::venue::{PIN, Venue};

/// The longest wait for an answer; far more than a busy machine needs.
const PATIENCE: Duration = Duration::from_secs(30);

/// A program that may not answer yet.
pub struct Starting {
    child: Child,
    output: ChildStdout,
    started: Instant,
}

/// A program that answers.
pub struct Program {
    child: Mutex<Child>,
    address: String,
    started: Instant,
}

impl Program {
    /// Starts it at `venue`.
    pub fn start(venue: &Venue) -> Result<Starting> {
        let program = std::env::current_exe()?
            .with_file_name(format!("portico-devhost{}", std::env::consts::EXE_SUFFIX));
        let log = File::options().create(true).append(true).open(venue.log())?;
        #[expect(
            clippy::disallowed_methods,
            reason = "the outermost edge: how long people wait is real time"
        )]
        let started = Instant::now();
        let mut child = Command::new(&program)
            .args(["--port", "0", "--log", "warn", "--config"])
            .arg(venue.configuration())
            .arg("--models")
            .arg(venue.models())
            .arg("--screens")
            .arg(venue.screens())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .with_context(|| format!("{} does not start; build it first", program.display()))?;
        let output = child.stdout.take().context("the program has no output")?;
        Ok(Starting { child, output, started })
    }

    /// Milliseconds from the start of the process to the first camera picture for the screen.
    pub fn first_preview_ms(&self) -> Result<f64> {
        loop {
            let answer = self.request("GET /api/preview", "").context("no preview")?;
            if answer.starts_with(b"HTTP/1.0 200") || answer.starts_with(b"HTTP/1.1 200") {
                return Ok(self.started.elapsed().as_secs_f64() * 1e3);
            }
            ensure!(self.started.elapsed() < PATIENCE, "no camera picture");
        }
    }

    /// Opens staff mode.
    pub fn unlock(&self) -> Result<()> {
        let (status, reply) = self.call("staff.unlock", &json!({ "pin": PIN })).context("no answer")?;
        ensure!(status == 200, "staff mode does not open: {reply}");
        Ok(())
    }

    /// Lets a guest in by hand; the entry, if it was made and the answer arrived.
    pub fn check_in(&self, guest: &AttendeeId) -> Option<CheckInId> {
        let params = json!({ "attendee": guest, "reason": "soak" });
        let (status, reply) = self.call("staff.check_in", &params)?;
        let is_recorded = status == 200 && reply["kind"] == "recorded";
        is_recorded.then(|| serde_json::from_value(reply["check_in"].clone()).ok()).flatten()
    }

    /// Ends it at once: no signal handler, no destructor, nothing written.
    pub fn kill(&self) -> Result<()> {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        child.kill()?;
        child.wait()?;
        Ok(())
    }

    fn call(&self, method: &str, params: &Value) -> Option<(u16, Value)> {
        let answer =
            self.request("POST /api/rpc", &json!({ "method": method, "params": params }).to_string())?;
        let answer = String::from_utf8(answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        // Half an answer is none.
        Some((head.split(' ').nth(1)?.parse().ok()?, serde_json::from_str(body).ok()?))
    }

    /// HTTP/1.0: the answer ends with the connection, and its body is not cut into chunks. Nothing, if the program dies.
    fn request(&self, what: &str, body: &str) -> Option<Vec<u8>> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        let head = format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len());
        write!(stream, "{what} HTTP/1.0\r\nhost: {}\r\n{head}\r\n{body}", self.address).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        Some(answer)
    }
}

impl Starting {
    /// Waits until it answers.
    pub fn listening(self) -> Result<Program> {
        let mut line = String::new();
        BufReader::new(self.output).read_line(&mut line)?;
        let address =
            line.trim().strip_prefix("http://").context("the program ended instead of listening")?;
        Ok(Program { address: address.to_owned(), child: Mutex::new(self.child), started: self.started })
    }

    /// Ends it before it has come to anything.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has been killed already unless something failed.
        let _ = self.kill();
    }
}
