//! Talks to `yardsticks.py`, which runs what Portico is compared to.

use std::cell::RefCell;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::turns::Contestant;

/// The program, part of this one so that it can be started from anywhere.
const PROGRAM: &str = include_str!("../yardsticks.py");

/// The yardsticks, or none where there is no Python for them.
pub struct Yardsticks(Option<RefCell<Conversation>>);

struct Conversation {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Yardsticks {
    /// Starts them with `python`; they read their inputs in `directory`.
    pub fn start(python: Option<&Path>, directory: &Path) -> Result<Self> {
        let Some(python) = python else {
            eprintln!("no Python: ratios to ONNX Runtime, faiss and libjpeg-turbo will be missing");
            return Ok(Self(None));
        };
        let mut child = Command::new(python)
            .args(["-c", PROGRAM])
            .arg(directory)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} cannot be started", python.display()))?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (questions, answers) = pipes.context("the yardsticks cannot be talked to")?;
        let answers = BufReader::new(answers);
        Ok(Self(Some(RefCell::new(Conversation { child, questions, answers }))))
    }

    /// The yardstick of this name if it works here, and a line that says why if it does not.
    pub fn contestant(&self, name: &'static str, runs: u32) -> Option<Contestant<'_>> {
        let conversation = self.0.as_ref()?;
        if let Err(error) = conversation.borrow_mut().run(name, 1) {
            eprintln!("no yardstick {name}: {error:#}");
            return None;
        }
        Some(Box::new(move || conversation.borrow_mut().run(name, runs)))
    }
}

impl Conversation {
    /// Milliseconds that one of `runs` runs took.
    fn run(&mut self, name: &str, runs: u32) -> Result<f64> {
        writeln!(self.questions, "run {name} {runs}")?;
        self.questions.flush()?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        let answer = answer.trim();
        if let Some(reason) = answer.strip_prefix("error ") {
            bail!("{reason}");
        }
        let nanoseconds: f64 = answer.parse().with_context(|| format!("an unexpected answer: {answer:?}"))?;
        Ok(nanoseconds / 1e6)
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        // It ends by itself when nobody can ask any more; waiting for that is not worth a moment.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
