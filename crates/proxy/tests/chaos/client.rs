//! A client that sees exactly what arrives: raw bytes, and how the connection ended.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use portico_proxy::{Chaos, Fault};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::upstream::Upstream;

/// Bounds a test that hangs; never waited for otherwise.
pub const PATIENCE: Duration = Duration::from_secs(20);
pub const REQUEST: &str = "POST /v1/check-ins?dry=1 HTTP/1.1\r\nHost: kiosk\r\nContent-Length: 4\r\n\r\nbody";

/// What came of an exchange.
#[derive(Debug)]
pub struct Seen {
    pub bytes: Vec<u8>,
    /// `ConnectionReset` and the like; `None` when the connection ended in good order.
    pub error: Option<io::ErrorKind>,
}

impl Seen {
    pub fn head(&self) -> &str {
        str::from_utf8(&self.bytes[..self.head_bytes()]).unwrap()
    }

    pub fn body(&self) -> &[u8] {
        &self.bytes[self.head_bytes()..]
    }

    pub fn has(&self, line: &str) -> bool {
        self.head().lines().any(|known| known.eq_ignore_ascii_case(line))
    }

    pub fn is_reset_without_answer(&self) -> bool {
        self.bytes.is_empty() && self.error == Some(io::ErrorKind::ConnectionReset)
    }

    fn head_bytes(&self) -> usize {
        4 + self.bytes.windows(4).position(|end| end == b"\r\n\r\n").expect("a head")
    }
}

pub async fn connect(addr: SocketAddr, request: &str) -> TcpStream {
    let mut client = TcpStream::connect(addr).await.unwrap();
    client.write_all(request.as_bytes()).await.unwrap();
    client
}

/// Reads until the connection has ended.
pub async fn drain(client: &mut TcpStream) -> Seen {
    let mut bytes = Vec::new();
    let read = timeout(PATIENCE, client.read_to_end(&mut bytes)).await.expect("an end");
    Seen { bytes, error: read.err().map(|error| error.kind()) }
}

/// Sends a request and reads until the connection has ended.
pub async fn ask(addr: SocketAddr, request: &str) -> Seen {
    drain(&mut connect(addr, request).await).await
}

/// A proxy whose every exchange has this fault.
pub async fn always(upstream: &Upstream, fault: Fault) -> Chaos {
    Chaos::start(upstream.addr, move |_| fault).await.unwrap()
}
