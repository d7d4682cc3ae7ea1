//! Streams of server-sent events: piece by piece, without an end, and cut.

use std::io;

use portico_proxy::Fault;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::timeout;

use crate::client::{PATIENCE, always, connect, drain};
use crate::upstream::Upstream;

const REQUEST: &str = "GET /v1/stream HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n";
const HEAD: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

/// Reads until what has arrived ends so.
async fn until(client: &mut TcpStream, end: &str) -> String {
    let mut text = String::new();
    while !text.ends_with(end) {
        let byte = timeout(PATIENCE, client.read_u8()).await.expect("it does not wait for more").unwrap();
        text.push(char::from(byte));
    }
    text
}

/// The server says an event, and the client hears it before the server says anything else.
async fn event_passes(pieces: &UnboundedSender<Vec<u8>>, client: &mut TcpStream) {
    pieces.send(b"9\r\ndata: a\n\n\r\n".to_vec()).unwrap();
    assert!(until(client, "data: a\n\n\r\n").await.ends_with("9\r\ndata: a\n\n\r\n"));
}

#[tokio::test]
async fn each_event_passes_at_once() {
    let (upstream, pieces) = Upstream::dictated().await;
    let chaos = always(&upstream, Fault::None).await;
    let mut client = connect(chaos.addr(), REQUEST).await;
    pieces.send(HEAD.to_vec()).unwrap();
    assert!(until(&mut client, "\r\n\r\n").await.contains("text/event-stream"));
    event_passes(&pieces, &mut client).await;
    event_passes(&pieces, &mut client).await;
    pieces.send(b"0\r\n\r\n".to_vec()).unwrap();
    assert_eq!(drain(&mut client).await.bytes, b"0\r\n\r\n");
}

#[tokio::test]
async fn a_cut_resets_live_streams_and_lets_new_ones_pass() {
    let (upstream, pieces) = Upstream::dictated().await;
    let chaos = always(&upstream, Fault::None).await;
    let mut client = connect(chaos.addr(), REQUEST).await;
    pieces.send(HEAD.to_vec()).unwrap();
    event_passes(&pieces, &mut client).await;
    chaos.cut_streams();
    assert_eq!(drain(&mut client).await.error, Some(io::ErrorKind::ConnectionReset));

    let (upstream, pieces) = Upstream::dictated().await;
    let chaos = always(&upstream, Fault::None).await;
    chaos.cut_streams();
    let mut client = connect(chaos.addr(), REQUEST).await;
    pieces.send(HEAD.to_vec()).unwrap();
    event_passes(&pieces, &mut client).await;
}

#[tokio::test]
async fn a_stream_can_be_truncated_in_the_middle_of_an_event() {
    let (upstream, pieces) = Upstream::dictated().await;
    let chaos = always(&upstream, Fault::Truncated { keep_bytes: 4 }).await;
    let mut client = connect(chaos.addr(), REQUEST).await;
    pieces.send([HEAD, b"9\r\ndata: a\n\n\r\n"].concat()).unwrap();
    assert_eq!(drain(&mut client).await.body(), b"4\r\ndata\r\n");
}

#[tokio::test]
async fn the_server_learns_that_a_client_has_left_its_stream() {
    let (upstream, pieces) = Upstream::dictated().await;
    let chaos = always(&upstream, Fault::None).await;
    let mut client = connect(chaos.addr(), REQUEST).await;
    pieces.send(HEAD.to_vec()).unwrap();
    event_passes(&pieces, &mut client).await;
    drop(client);
    timeout(PATIENCE, pieces.closed()).await.expect("the server sees the end of its connection");
}

#[tokio::test]
async fn faults_that_need_a_whole_answer_do_not_wait_for_the_end_of_a_stream() {
    for fault in [Fault::ResetAfterApply, Fault::DuplicatedBody] {
        let (upstream, pieces) = Upstream::dictated().await;
        let chaos = always(&upstream, fault).await;
        let mut client = connect(chaos.addr(), REQUEST).await;
        pieces.send(HEAD.to_vec()).unwrap();
        if fault == Fault::ResetAfterApply {
            assert!(drain(&mut client).await.is_reset_without_answer());
        } else {
            event_passes(&pieces, &mut client).await;
        }
    }
}
