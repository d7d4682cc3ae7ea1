//! One connection through the proxy: two directions, each piece subject to the weather.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::sync::watch;

use super::{Counts, LinkState, Weather};

/// Larger than most answers' heads, smaller than most bodies, so that cuts fall where they should.
const PIECE_BYTES: usize = 4096;

/// How a connection came to its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// Both sides had said everything.
    Orderly,
    /// It broke, or was broken.
    Cut,
}

/// Which way a piece goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    /// To the server.
    Up,
    /// To the client.
    Down,
}

/// Carries pieces between `client` and the server until both have ended or the link is cut.
pub(super) async fn carry(
    client: &mut TcpStream,
    upstream: SocketAddr,
    mut weather: watch::Receiver<Weather>,
    counts: &Counts,
) -> Ended {
    if passable(&mut weather).await.is_err() {
        return Ended::Cut;
    }
    let Ok(mut server) = TcpStream::connect(upstream).await else { return Ended::Cut };
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = server.split();
    let up = pump(from_client, to_server, weather.clone(), &counts.bytes_up, Direction::Up);
    let down = pump(from_server, to_client, weather, &counts.bytes_down, Direction::Down);
    match tokio::try_join!(up, down) {
        Ok(_) => Ended::Orderly,
        Err(_) => Ended::Cut,
    }
}

/// Carries pieces one way until the sender has ended.
async fn pump(
    mut from: ReadHalf<'_>,
    mut to: WriteHalf<'_>,
    mut weather: watch::Receiver<Weather>,
    count: &AtomicU64,
    direction: Direction,
) -> io::Result<()> {
    let mut piece = [0; PIECE_BYTES];
    let mut passed = 0;
    loop {
        let read = from.read(&mut piece).await?;
        let state = passable(&mut weather).await?;
        if let LinkState::Slow { latency } = state {
            tokio::time::sleep(latency).await;
        }
        if read == 0 {
            return to.shutdown().await;
        }
        let left = allowance(state, direction).saturating_sub(passed);
        let passing = (read as u64).min(left);
        to.write_all(&piece[..passing as usize]).await?;
        passed += passing;
        count.fetch_add(passing, Ordering::SeqCst);
        if passing == left {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
    }
}

/// How many bytes of one connection may pass in a direction.
fn allowance(state: LinkState, direction: Direction) -> u64 {
    match state {
        LinkState::CutMidBody { after_bytes } if direction == Direction::Down => after_bytes,
        _ => u64::MAX,
    }
}

/// Waits for as long as the link is silent.
async fn passable(weather: &mut watch::Receiver<Weather>) -> io::Result<LinkState> {
    let passable = weather.wait_for(|now| now.state != LinkState::Silent).await;
    passable.map(|now| now.state).map_err(|_| io::ErrorKind::ConnectionReset.into())
}
