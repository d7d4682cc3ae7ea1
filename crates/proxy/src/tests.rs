//! The proxy in every weather, between a plain TCP client and a server that answers one line with many bytes.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;
use tokio::time::timeout;

use super::*;

/// Bounds a test that hangs; never waited for otherwise.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long silence is listened to. Longer proves nothing more.
const MOMENT: Duration = Duration::from_millis(30);
const ANSWER_BYTES: usize = 100_000;

/// Answers each byte with [`ANSWER_BYTES`] bytes, for ever.
async fn server() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            tokio::spawn(async move {
                while client.read_u8().await.is_ok() {
                    let _ = client.write_all(&vec![7; ANSWER_BYTES]).await;
                }
            });
        }
    });
    addr
}

async fn proxy() -> Proxy {
    Proxy::start(server().await).await.unwrap()
}

async fn connect(proxy: &Proxy) -> TcpStream {
    TcpStream::connect(proxy.addr()).await.unwrap()
}

/// Asks once and returns how many bytes of the answer came.
async fn ask(client: &mut TcpStream) -> io::Result<usize> {
    client.write_all(b"?").await?;
    let mut buffer = vec![0; ANSWER_BYTES];
    let mut got = 0;
    while got < ANSWER_BYTES {
        match timeout(PATIENCE, client.read(&mut buffer[got..])).await.expect("an answer or an end")? {
            0 => break,
            read => got += read,
        }
    }
    Ok(got)
}

/// Reads until the connection ends and returns how many bytes came before.
async fn drain(client: &mut TcpStream) -> usize {
    let mut buffer = vec![0; ANSWER_BYTES];
    let mut got = 0;
    while let Ok(read @ 1..) = timeout(PATIENCE, client.read(&mut buffer)).await.expect("an end") {
        got += read;
    }
    got
}

#[tokio::test]
async fn when_up_everything_passes_and_is_counted() {
    let proxy = proxy().await;
    let mut client = connect(&proxy).await;
    assert_eq!(ask(&mut client).await.unwrap(), ANSWER_BYTES);
    assert_eq!(ask(&mut client).await.unwrap(), ANSWER_BYTES, "a connection is good for many questions");
    let stats = proxy.stats();
    assert_eq!((stats.accepted, stats.reset), (1, 0));
    assert_eq!((stats.bytes_up, stats.bytes_down), (2, 2 * ANSWER_BYTES as u64));
}

#[tokio::test]
async fn refusing_resets_live_and_new_connections_at_once() {
    let proxy = proxy().await;
    let mut live = connect(&proxy).await;
    ask(&mut live).await.unwrap();
    proxy.set(LinkState::Refusing);
    assert_eq!(drain(&mut live).await, 0);
    let mut new = connect(&proxy).await;
    assert_eq!(drain(&mut new).await, 0);
    assert_eq!(proxy.stats().reset, 2);
    proxy.set(LinkState::Up);
    assert_eq!(ask(&mut connect(&proxy).await).await.unwrap(), ANSWER_BYTES, "up again is as good as new");
}

#[tokio::test]
async fn silence_keeps_connections_but_passes_nothing_until_it_ends() {
    let proxy = proxy().await;
    let mut live = connect(&proxy).await;
    ask(&mut live).await.unwrap();
    proxy.set(LinkState::Silent);
    let mut new = connect(&proxy).await;
    for client in [&mut live, &mut new] {
        client.write_all(b"?").await.unwrap();
        assert!(timeout(MOMENT, client.read_u8()).await.is_err(), "neither an answer nor an end");
    }
    proxy.set(LinkState::Up);
    for client in [&mut live, &mut new] {
        assert_eq!(timeout(PATIENCE, client.read_u8()).await.unwrap().unwrap(), 7, "what waited passes now");
    }
}

#[tokio::test]
async fn a_cut_lets_exactly_so_much_of_an_answer_arrive() {
    let proxy = proxy().await;
    let mut live = connect(&proxy).await;
    ask(&mut live).await.unwrap();
    proxy.set(LinkState::CutMidBody { after_bytes: 5000 });
    assert_eq!(drain(&mut live).await, 0, "live connections are cut at once");
    let mut new = connect(&proxy).await;
    new.write_all(b"?").await.unwrap();
    assert_eq!(drain(&mut new).await, 5000);
}

#[tokio::test(start_paused = true)]
async fn a_slow_link_delays_each_direction() {
    let proxy = proxy().await;
    let latency = Duration::from_hours(1);
    proxy.set(LinkState::Slow { latency });
    let mut client = connect(&proxy).await;
    client.write_all(b"?").await.unwrap();
    let early = timeout(latency + latency / 2, client.read_u8()).await;
    assert!(early.is_err(), "the question and the answer take {latency:?} each");
    assert_eq!(timeout(latency * 10, client.read_u8()).await.unwrap().unwrap(), 7);
}

#[tokio::test]
async fn an_orderly_end_passes_through_and_is_no_reset() {
    let proxy = proxy().await;
    let mut client = connect(&proxy).await;
    client.write_all(b"?").await.unwrap();
    client.shutdown().await.unwrap();
    assert_eq!(
        drain(&mut client).await,
        ANSWER_BYTES,
        "the answer is under way although the client has said all"
    );
    assert_eq!(proxy.stats().reset, 0);
}

#[tokio::test]
async fn a_server_that_is_not_there_looks_like_a_reset() {
    // Bound, so that nobody else gets the port, but nobody listens.
    let gone = TcpSocket::new_v4().unwrap();
    gone.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let proxy = Proxy::start(gone.local_addr().unwrap()).await.unwrap();
    assert_eq!(drain(&mut connect(&proxy).await).await, 0);
    assert_eq!(proxy.stats().reset, 1);
}

#[tokio::test]
async fn dropping_the_proxy_ends_its_connections() {
    let proxy = proxy().await;
    let mut client = connect(&proxy).await;
    ask(&mut client).await.unwrap();
    drop(proxy);
    assert_eq!(drain(&mut client).await, 0);
}
