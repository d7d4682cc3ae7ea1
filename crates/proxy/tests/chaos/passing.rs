//! What passes unchanged, and what the script is told.

use std::sync::{Arc, Mutex};

use portico_proxy::{Chaos, Exchange, Fault};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

use crate::client::{REQUEST, always, ask, connect, drain};
use crate::upstream::{Upstream, chunked, sized, until_end};

#[tokio::test]
async fn without_a_fault_requests_and_answers_pass_as_they_are() {
    let upstream = Upstream::answering(&sized(b"{}")).await;
    let chaos = always(&upstream, Fault::None).await;
    let seen = ask(chaos.addr(), REQUEST).await;
    assert!(seen.has("content-type: application/json") && seen.has("content-length: 2"), "{seen:?}");
    assert!(seen.has("connection: close"), "each connection carries one exchange");
    assert_eq!((seen.body(), seen.error), (b"{}".as_slice(), None));
    let received = upstream.received();
    assert_eq!((received.len(), received[0].body.as_slice()), (1, b"body".as_slice()));
    assert!(received[0].has("POST /v1/check-ins?dry=1 HTTP/1.1") && received[0].has("host: kiosk"));
}

#[tokio::test]
async fn bodies_of_every_kind_pass_whole_however_long() {
    let body: Vec<u8> = (0..300_000_u32).map(|at| at as u8).collect();
    for answer in [sized(&body), until_end(&body)] {
        let upstream = Upstream::answering(&answer).await;
        let chaos = always(&upstream, Fault::None).await;
        assert!(ask(chaos.addr(), REQUEST).await.body() == body, "not the same bytes");
    }
    let upstream = Upstream::answering(&chunked(b"0123456789")).await;
    let seen = ask(always(&upstream, Fault::None).await.addr(), REQUEST).await;
    assert!(seen.has("transfer-encoding: chunked"));
    assert_eq!(seen.body(), b"5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n");
}

#[tokio::test]
async fn answers_without_a_body_do_not_wait_for_one() {
    let answers = [
        ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n", "content-length: 50"),
        ("GET", "HTTP/1.1 304 Not Modified\r\nETag: x\r\nContent-Length: 50\r\n\r\n", "etag: x"),
        ("DELETE", "HTTP/1.1 204 No Content\r\nX: y\r\n\r\n", "x: y"),
        (
            "GET",
            "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "content-length: 0",
        ),
    ];
    for (method, answer, line) in answers {
        for fault in [Fault::None, Fault::Garbled, Fault::DuplicatedBody, Fault::Truncated { keep_bytes: 3 }]
        {
            let upstream = Upstream::answering(answer.as_bytes()).await;
            let chaos = always(&upstream, fault).await;
            let seen = ask(chaos.addr(), &format!("{method} / HTTP/1.1\r\nHost: x\r\n\r\n")).await;
            assert!(seen.has(line) && seen.body().is_empty(), "{method} {fault:?}: {seen:?}");
            assert_eq!(seen.error, None, "{method} {fault:?}");
        }
    }
}

#[tokio::test]
async fn requests_in_chunks_arrive_whole() {
    let upstream = Upstream::answering(&sized(b"{}")).await;
    let chaos = always(&upstream, Fault::None).await;
    let request =
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbod\r\n1\r\ny\r\n0\r\n\r\n";
    ask(chaos.addr(), request).await;
    let received = upstream.received();
    assert_eq!(received[0].body, b"body");
    assert!(received[0].has("content-length: 4") && !received[0].has("transfer-encoding: chunked"));
}

#[tokio::test]
async fn a_client_that_waits_to_be_told_to_continue_is_told() {
    let upstream = Upstream::answering(&sized(b"{}")).await;
    let chaos = always(&upstream, Fault::None).await;
    let head = "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n";
    let mut client = BufReader::new(connect(chaos.addr(), head).await);
    let mut line = String::new();
    client.read_line(&mut line).await.unwrap();
    client.read_line(&mut line).await.unwrap();
    assert_eq!(line, "HTTP/1.1 100 Continue\r\n\r\n");
    client.write_all(b"body").await.unwrap();
    assert_eq!(drain(client.get_mut()).await.body(), b"{}");
    assert_eq!(upstream.received()[0].body, b"body");
}

#[tokio::test]
async fn what_is_not_http_is_reset_and_no_exchange() {
    let upstream = Upstream::answering(&sized(b"{}")).await;
    let chaos = always(&upstream, Fault::None).await;
    for rubbish in ["\x16\x03\x01\r\n\r\n", "GET / HTTP/1.1\r\nbroken", "nonsense\r\n\r\n"] {
        let mut client = connect(chaos.addr(), rubbish).await;
        client.shutdown().await.unwrap();
        assert!(drain(&mut client).await.is_reset_without_answer(), "{rubbish:?}");
    }
    let mut silent = connect(chaos.addr(), "").await;
    silent.shutdown().await.unwrap();
    assert_eq!(drain(&mut silent).await.error, None, "a client that says nothing is no failure");
    assert_eq!(chaos.stats().total(), 0);
}

#[tokio::test]
async fn the_script_sees_number_method_and_path_and_decides_for_each() {
    let upstream = Upstream::answering(&sized(b"{}")).await;
    let seen = Arc::<Mutex<Vec<Exchange>>>::default();
    let notes = Arc::clone(&seen);
    let chaos = Chaos::start(upstream.addr, move |exchange| {
        notes.lock().unwrap().push(exchange.clone());
        if exchange.number == 2 { Fault::Status(500) } else { Fault::None }
    })
    .await
    .unwrap();
    let mut statuses = Vec::new();
    for request in [REQUEST, "GET /v1/roster?since=abc HTTP/1.1\r\nHost: x\r\n\r\n", REQUEST] {
        statuses.push(ask(chaos.addr(), request).await.head()[9..12].to_owned());
    }
    assert_eq!(statuses, ["200", "500", "200"]);
    let exchange =
        |number, method: &str, path: &str| Exchange { number, method: method.into(), path: path.into() };
    assert_eq!(
        *seen.lock().unwrap(),
        [
            exchange(1, "POST", "/v1/check-ins"),
            exchange(2, "GET", "/v1/roster"),
            exchange(3, "POST", "/v1/check-ins"),
        ]
    );
    let stats = chaos.stats();
    assert_eq!((stats.total(), stats.faulty()), (3, 1));
    assert_eq!(stats.by_fault.into_iter().collect::<Vec<_>>(), [("none", 2), ("status", 1)]);
}
