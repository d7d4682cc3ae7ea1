//! The running server on a real socket.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use portico_server::{Running, Server, ServerConfig, ServerError};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::{World, seeded_random};

const PATIENCE: Duration = Duration::from_secs(20);

async fn connect(addr: SocketAddr, path: &str, token: &str) -> BufReader<TcpStream> {
    let mut socket = TcpStream::connect(addr).await.unwrap();
    let head = format!(
        "GET {path} HTTP/1.1\r\nHost: {addr}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    BufReader::new(socket)
}

async fn read_all(mut socket: BufReader<TcpStream>) -> String {
    let mut text = String::new();
    timeout(PATIENCE, socket.read_to_string(&mut text)).await.expect("the server ends the answer").unwrap();
    text
}

/// Reads lines up to one that contains `word`.
async fn hear(socket: &mut BufReader<TcpStream>, word: &str) {
    let mut line = String::new();
    while !line.contains(word) {
        line.clear();
        let read =
            timeout(PATIENCE, socket.read_line(&mut line)).await.expect("the server speaks up").unwrap();
        assert!(read > 0, "the stream ended before `{word}`");
    }
}

async fn start(world: &World) -> Running {
    let mut config = ServerConfig::new(&world.database, "");
    config.watch_every = Duration::from_millis(20);
    Server::serve(&config, Arc::clone(&world.backend)).await.unwrap()
}

#[tokio::test]
async fn a_kiosk_is_answered_over_the_network() {
    let world = World::new();
    let running = start(&world).await;
    let answer = read_all(connect(running.addr(), "/v1/event", &world.token).await).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("Rust Day"), "{answer}");
    running.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_stream_hears_of_another_processs_writes() {
    let world = World::new();
    let running = start(&world).await;
    let mut stream = connect(running.addr(), "/v1/stream", &world.token).await;
    hear(&mut stream, "templates").await;
    world.another().backend.import_roster("id,name\neve,Eve\n".as_bytes()).unwrap();
    hear(&mut stream, "roster").await;
    running.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_shutdown_ends_streams_and_frees_the_address() {
    let world = World::new();
    let running = start(&world).await;
    let addr = running.addr();
    let mut stream = connect(addr, "/v1/stream", &world.token).await;
    hear(&mut stream, "templates").await;
    timeout(PATIENCE, running.shutdown()).await.expect("an open stream must not hold a shutdown up").unwrap();
    read_all(stream).await;
    let mut config = ServerConfig::new(&world.database, "");
    config.listen = addr;
    let again = Server::serve(&config, Arc::clone(&world.backend)).await.unwrap();
    again.shutdown().await.unwrap();
}

#[tokio::test]
async fn an_address_in_use_is_an_error_that_names_it() {
    let world = World::new();
    let running = start(&world).await;
    let mut config = ServerConfig::new(&world.database, "");
    config.listen = running.addr();
    let error = Server::serve(&config, Arc::clone(&world.backend)).await.unwrap_err();
    assert!(matches!(error, ServerError::Listen { address, .. } if address == running.addr()), "{error}");
    running.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_server_without_nets_serves_all_but_faces() {
    let world = World::new();
    let config = ServerConfig::new(&world.database, world.folder.path().join("no-nets"));
    let running = Server::start(config, world.clock.clone(), seeded_random(1)).await.unwrap();
    let health = read_all(connect(running.addr(), "/healthz", "").await).await;
    assert!(health.contains(r#""faces":false"#), "{health}");
    let event = read_all(connect(running.addr(), "/v1/event", &world.token).await).await;
    assert!(event.contains("Rust Day"), "{event}");
    running.shutdown().await.unwrap();
}
