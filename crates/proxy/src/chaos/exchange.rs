//! One connection with one exchange: read the request, ask the script, do what it says.

mod answer;

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{ReadHalf, WriteHalf};

use super::fault::Fault;
use super::http::{Answer, Request, whole};
use super::{Shared, substitute};

/// How a connection comes to its end.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// Closed.
    Orderly,
    /// Reset.
    Reset,
}

/// The client's side of the connection.
struct Client<'a> {
    from: BufReader<ReadHalf<'a>>,
    to: WriteHalf<'a>,
}

/// The server's side: a connection of its own for each answer.
struct Server {
    from: BufReader<TcpStream>,
    answer: Answer,
}

/// A request, read to its end.
struct Asked {
    head: Request,
    body: Vec<u8>,
}

/// Serves one connection. Whatever breaks is a reset.
pub(super) async fn serve(mut client: TcpStream, shared: Arc<Shared>) {
    let (from, to) = client.split();
    let mut halves = Client { from: BufReader::new(from), to };
    let end = halves.exchange(&shared).await.unwrap_or(End::Reset);
    if end == End::Reset {
        // Dropping the connection now resets it. Where that fails it ends in good order, which is failure enough.
        let _ = client.set_zero_linger();
    }
}

impl Client<'_> {
    async fn exchange(&mut self, shared: &Shared) -> io::Result<End> {
        let Some(head) = Request::read(&mut self.from).await? else { return Ok(End::Orderly) };
        let fault = shared.decide(&head.method, head.path());
        if head.expects_continue() {
            self.to.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        let body = whole(head.body()?, &mut self.from).await?;
        self.answer(fault, &Asked { head, body }, shared).await
    }

    async fn answer(&mut self, fault: Fault, asked: &Asked, shared: &Shared) -> io::Result<End> {
        if let Some(answer) = substitute::of(fault) {
            self.to.write_all(&answer).await?;
            return Ok(End::Orderly);
        }
        match fault {
            Fault::ResetBeforeApply => return Ok(End::Reset),
            Fault::HalfOpen => {
                until_gone(&mut self.from).await;
                return Ok(End::Reset);
            }
            Fault::Latency(delay) => tokio::time::sleep(delay).await,
            Fault::DuplicatedRequest => Server::ask(asked, shared).await?.swallow().await?,
            _ => {}
        }
        let mut server = Server::ask(asked, shared).await?;
        if fault == Fault::ResetAfterApply {
            server.swallow().await?;
            return Ok(End::Reset);
        }
        if !server.answer.is_stream() {
            return answer::pass(&mut server, &mut self.to, fault).await;
        }
        // Streams say nothing for a long time: neither end of the line would be noticed by writing alone.
        let mut cuts = shared.cuts.subscribe();
        tokio::select! {
            _ = cuts.changed() => Ok(End::Reset),
            () = until_gone(&mut self.from) => Ok(End::Reset),
            end = answer::pass(&mut server, &mut self.to, fault) => end,
        }
    }
}

impl Server {
    /// Sends the request and reads the head of the answer.
    async fn ask(asked: &Asked, shared: &Shared) -> io::Result<Self> {
        let server = Self::reach(asked, shared).await;
        if server.is_err() {
            shared.stats().unreachable += 1;
        }
        server
    }

    async fn reach(asked: &Asked, shared: &Shared) -> io::Result<Self> {
        let mut from = BufReader::new(TcpStream::connect(shared.upstream).await?);
        // A server that refuses a long request answers and ends before it has read everything: the answer counts.
        let _ = from.write_all(&asked.head.bytes(&asked.body)).await;
        let answer = Answer::read(&mut from, &asked.head).await?;
        Ok(Self { from, answer })
    }

    /// Reads the answer to its end and forgets it. A stream has none; its head says that it was granted.
    async fn swallow(&mut self) -> io::Result<()> {
        let mut body = self.answer.body()?;
        if !self.answer.is_stream() {
            while body.piece(&mut self.from).await?.is_some() {}
        }
        Ok(())
    }
}

/// Waits until the client has ended the connection.
async fn until_gone(from: &mut (impl AsyncBufRead + Unpin)) {
    while let Ok(there @ 1..) = from.fill_buf().await.map(<[u8]>::len) {
        from.consume(there);
    }
}

/// Sends everything at once, so that the client sees each piece as soon as it is there.
async fn send(to: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) -> io::Result<()> {
    to.write_all(bytes).await?;
    to.flush().await
}
