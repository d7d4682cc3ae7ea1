//! Just enough HTTP for a screen: one call, and the stream of views.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

/// The longest wait for anything; far more than a busy machine needs.
const PATIENCE: Duration = Duration::from_mins(1);

/// Posts a call; the status and the answer.
pub fn post(address: &str, call: &Value) -> (u16, Value) {
    Begun::post(address, call).answer().unwrap()
}

/// A call that was sent.
pub struct Begun(TcpStream);

impl Begun {
    /// Sends `call`.
    pub fn post(address: &str, call: &Value) -> Self {
        let body = call.to_string();
        let head = format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len());
        Self(request(address, "POST /api/rpc", &head, &body))
    }

    /// The status and the answer; nothing if the program died before it had answered.
    pub fn answer(mut self) -> Option<(u16, Value)> {
        let mut answer = String::new();
        self.0.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some((status, serde_json::from_str(body).unwrap_or_default()))
    }
}

/// The views as they are sent.
pub struct Views(Receiver<Value>);

impl Views {
    /// Starts to listen.
    pub fn of(address: &str) -> Self {
        let lines = BufReader::new(request(address, "GET /api/view", "", "")).lines();
        let (sender, views) = channel();
        std::thread::spawn(move || {
            // The stream ends when the program is killed.
            for line in lines.map_while(Result::ok) {
                let Some(data) = line.strip_prefix("data:") else { continue };
                if sender.send(serde_json::from_str(data).unwrap()).is_err() {
                    return;
                }
            }
        });
        Self(views)
    }

    /// The next view, if it comes in time.
    pub fn next_within(&self, wait: Duration) -> Option<Value> {
        self.0.recv_timeout(wait).ok()
    }

    /// Waits for such a view.
    pub fn until(&self, holds: impl Fn(&Value) -> bool) {
        loop {
            let view = self.next_within(PATIENCE);
            assert!(view.is_some(), "the view that was waited for never came");
            if view.is_some_and(|view| holds(&view)) {
                return;
            }
        }
    }
}

/// HTTP/1.0: the answer ends with the connection, and its body is not cut into chunks.
fn request(address: &str, what: &str, head: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "{what} HTTP/1.0\r\nhost: {address}\r\n{head}\r\n{body}").unwrap();
    stream
}
