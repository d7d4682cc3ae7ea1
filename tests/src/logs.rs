//! What the kiosk logs, for tests on one thread.

use std::io;

use tokio::sync::watch;
use tokio::time::timeout;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

use crate::journey::PATIENCE;

/// The lines logged on this thread for as long as this lives.
pub struct Logs {
    lines: Lines,
    _guard: DefaultGuard,
}

#[derive(Clone)]
struct Lines(watch::Sender<String>);

impl Logs {
    /// Starts listening.
    pub fn listen() -> Self {
        let lines = Lines(watch::Sender::default());
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(lines.clone()).finish();
        Self { lines, _guard: tracing::subscriber::set_default(subscriber) }
    }

    /// Everything so far.
    pub fn text(&self) -> String {
        self.lines.0.borrow().clone()
    }

    /// Waits until `words` have been logged.
    pub async fn until(&self, words: &str) {
        let mut lines = self.lines.0.subscribe();
        let said = timeout(PATIENCE, lines.wait_for(|text| text.contains(words))).await.is_ok();
        assert!(said, "`{words}` was never logged, only:\n{}", self.text());
    }
}

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send_modify(|text| text.push_str(&String::from_utf8_lossy(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
