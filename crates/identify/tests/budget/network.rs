//! The budget below HTTP: nobody there, nobody answering, and somebody who never stops.

use std::net::SocketAddr;

use portico_identify::IdentifyError;
use portico_proxy::{LinkState, Proxy};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use crate::backend::{BUDGET, Backend, PATIENT, ask, builder, identify, identify_at, outcome};

/// A listener that drops every further attempt to connect: its queue is full and nobody takes from it.
async fn black_hole() -> (SocketAddr, TcpListener, TcpStream) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let listener = socket.listen(0).unwrap();
    let addr = listener.local_addr().unwrap();
    let queued = TcpStream::connect(addr).await.unwrap();
    (addr, listener, queued)
}

/// Sends `head` to whoever connects, and then `endless` for as long as it is listened to.
async fn flood(head: &'static [u8], endless: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        client.write_all(head).await.unwrap();
        while client.write_all(&endless).await.is_ok() {}
    });
    addr
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_refuses_is_an_error_within_the_budget() {
    // Bound, so that nobody else gets the port, but nobody listens.
    let closed = TcpSocket::new_v4().unwrap();
    closed.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let error = ask(&identify_at(closed.local_addr().unwrap()), BUDGET).await.unwrap_err();
    assert!(error.is_transport(), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_black_hole_costs_the_budget_and_no_more() {
    let (addr, _listener, _queued) = black_hole().await;
    for scheme in ["http", "https"] {
        let identify = identify(builder().build().unwrap(), &format!("{scheme}://{addr}"));
        let error = ask(&identify, BUDGET).await.unwrap_err();
        assert!(matches!(error, IdentifyError::Timeout { budget } if budget == BUDGET), "{error:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_connection_that_has_gone_silent_costs_the_budget_once_and_is_given_up() {
    let backend = Backend::start().await;
    let proxy = Proxy::start(backend.addr).await.unwrap();
    let identify = identify_at(proxy.addr());
    assert_eq!(outcome(&ask(&identify, PATIENT).await), "found");
    proxy.set(LinkState::Silent);
    for _ in 0..3 {
        assert_eq!(outcome(&ask(&identify, BUDGET).await), "identify.timeout");
    }
    proxy.set(LinkState::Up);
    assert_eq!(outcome(&ask(&identify, PATIENT).await), "found");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_never_stops_talking_is_not_listened_to_beyond_the_budget() {
    // Archives that say nothing, at great length: ten bytes of head, then blocks without content.
    let gzip = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n\r\n\
        \x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03";
    let floods: [(&'static [u8], Vec<u8>); 4] = [
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1000)),
        (b"HTTP/1.1 200 OK\r\n", b"x: y\r\n".repeat(1000)),
        (b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n", vec![b' '; 5000]),
        (gzip, b"\x00\x00\x00\xff\xff".repeat(1000)),
    ];
    for (head, endless) in floods {
        let addr = flood(head, endless).await;
        let answer = ask(&identify_at(addr), BUDGET).await;
        assert!(answer.is_err(), "{}", String::from_utf8_lossy(head));
    }
}
