//! A server that notes each request and answers all of them with the same bytes, or with what a test says when it
//! says so.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// A request as it arrived: head as text, and the body.
#[derive(Clone, Debug)]
pub struct Received {
    pub head: String,
    pub body: Vec<u8>,
}

impl Received {
    pub fn has(&self, line: &str) -> bool {
        self.head.lines().any(|known| known.eq_ignore_ascii_case(line))
    }
}

/// A running server. Dropping it ends it.
pub struct Upstream {
    pub addr: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    task: JoinHandle<()>,
}

impl Upstream {
    /// Answers each request with these bytes, then ends the connection.
    pub async fn answering(answer: &[u8]) -> Self {
        let answer = answer.to_vec();
        Self::start(move |mut client| {
            let answer = answer.clone();
            async move {
                let _ = client.write_all(&answer).await;
            }
        })
        .await
    }

    /// Answers the first request with the pieces that the test sends, each at once, and keeps the connection open
    /// until the test drops its end. The channel closes when the proxy ends the connection.
    pub async fn dictated() -> (Self, mpsc::UnboundedSender<Vec<u8>>) {
        let (pieces, dictated) = mpsc::unbounded_channel::<Vec<u8>>();
        let dictated = Arc::new(tokio::sync::Mutex::new(dictated));
        let upstream = Self::start(move |mut client| {
            let dictated = Arc::clone(&dictated);
            async move {
                let mut dictated = dictated.lock().await;
                loop {
                    tokio::select! {
                        piece = dictated.recv() => match piece {
                            Some(piece) => drop(client.write_all(&piece).await),
                            None => return,
                        },
                        _ = client.read_u8() => {
                            dictated.close();
                            return;
                        }
                    }
                }
            }
        })
        .await;
        (upstream, pieces)
    }

    async fn start<F>(answer: impl Fn(BufReader<TcpStream>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send,
    {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let addr = listener.local_addr().unwrap();
        let received = Arc::<Mutex<Vec<Received>>>::default();
        let (notes, answer) = (Arc::clone(&received), Arc::new(answer));
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (notes, answer) = (Arc::clone(&notes), Arc::clone(&answer));
                tokio::spawn(async move {
                    let mut client = BufReader::new(client);
                    let request = read(&mut client).await;
                    notes.lock().unwrap().push(request);
                    answer(client).await;
                });
            }
        });
        Self { addr, received, task }
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn read(client: &mut BufReader<TcpStream>) -> Received {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(client.read_line(&mut head).await.unwrap(), 0, "a whole head");
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    client.read_exact(&mut body).await.unwrap();
    Received { head, body }
}

/// An answer with a body of named length.
pub fn sized(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// The same body in two chunks.
pub fn chunked(body: &[u8]) -> Vec<u8> {
    let (first, second) = body.split_at(body.len() / 2);
    let mut bytes =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for chunk in [first, second] {
        bytes.extend_from_slice(format!("{:X};of=two\r\n", chunk.len()).as_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"0\r\nTrailer: yes\r\n\r\n");
    bytes
}

/// The same body, which ends with the connection.
pub fn until_end(body: &[u8]) -> Vec<u8> {
    [b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", body].concat()
}
