//! What each fault looks like to the client, and what the server gets to know of it.

use std::time::Duration;

use portico_proxy::{Chaos, Fault};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;
use tokio::time::timeout;

use crate::client::{PATIENCE, REQUEST, Seen, always, ask, connect, drain};
use crate::upstream::{Upstream, chunked, sized, until_end};

const BODY: &[u8] = br#"{"answer":"of the server"}"#;
/// How long silence is listened to. Longer proves nothing more.
const MOMENT: Duration = Duration::from_millis(30);

/// One exchange with this fault, and how many requests the server saw.
async fn suffer(fault: Fault, answer: &[u8]) -> (Seen, usize) {
    let upstream = Upstream::answering(answer).await;
    let chaos = always(&upstream, fault).await;
    let seen = ask(chaos.addr(), REQUEST).await;
    assert_eq!((chaos.stats().of(fault), chaos.stats().total(), chaos.stats().faulty()), (1, 1, 1));
    (seen, upstream.received().len())
}

#[tokio::test]
async fn a_reset_before_the_server_hears_of_it_leaves_no_trace_there() {
    let (seen, requests) = suffer(Fault::ResetBeforeApply, &sized(BODY)).await;
    assert!(seen.is_reset_without_answer(), "{seen:?}");
    assert_eq!(requests, 0);
}

#[tokio::test]
async fn a_reset_after_the_server_has_answered_looks_the_same_to_the_client() {
    for answer in [sized(BODY), chunked(BODY)] {
        let (seen, requests) = suffer(Fault::ResetAfterApply, &answer).await;
        assert!(seen.is_reset_without_answer(), "{seen:?}");
        assert_eq!(requests, 1);
    }
}

#[tokio::test]
async fn half_open_is_silence_until_the_proxy_ends() {
    let upstream = Upstream::answering(&sized(BODY)).await;
    let chaos = always(&upstream, Fault::HalfOpen).await;
    let mut client = connect(chaos.addr(), REQUEST).await;
    while chaos.stats().of(Fault::HalfOpen) == 0 {
        tokio::task::yield_now().await;
    }
    assert!(timeout(MOMENT, client.read_u8()).await.is_err(), "neither an answer nor an end");
    drop(chaos);
    assert!(drain(&mut client).await.bytes.is_empty());
    assert!(upstream.received().is_empty());
}

#[tokio::test]
async fn half_open_ends_when_the_client_gives_up() {
    let upstream = Upstream::answering(&sized(BODY)).await;
    let chaos = always(&upstream, Fault::HalfOpen).await;
    let mut client = connect(chaos.addr(), REQUEST).await;
    client.shutdown().await.unwrap();
    assert!(drain(&mut client).await.is_reset_without_answer());
}

#[tokio::test(start_paused = true)]
async fn latency_holds_the_request_back() {
    let upstream = Upstream::answering(&sized(BODY)).await;
    let delay = Duration::from_hours(1);
    let chaos = always(&upstream, Fault::Latency(delay)).await;
    let mut client = connect(chaos.addr(), REQUEST).await;
    assert!(timeout(delay / 2, client.read_u8()).await.is_err());
    assert!(upstream.received().is_empty(), "still under way");
    let mut bytes = Vec::new();
    client.read_to_end(&mut bytes).await.unwrap();
    assert!(bytes.ends_with(BODY));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_late_arrives_although_its_client_has_given_up() {
    let upstream = Upstream::answering(&sized(BODY)).await;
    let chaos = Chaos::start(upstream.addr, |exchange| match exchange.number {
        1 => Fault::Latency(Duration::from_hours(1)),
        _ => Fault::Latency(Duration::from_hours(2)),
    })
    .await
    .unwrap();
    let given_up = connect(chaos.addr(), REQUEST).await;
    while chaos.stats().total() == 0 {
        tokio::task::yield_now().await;
    }
    drop(given_up);
    let mut second = connect(chaos.addr(), REQUEST).await;
    let mut bytes = Vec::new();
    second.read_to_end(&mut bytes).await.unwrap();
    assert_eq!(upstream.received().len(), 2);
}

#[tokio::test]
async fn a_slow_drip_brings_everything_in_the_end() {
    let fault = Fault::SlowDrip { piece_bytes: 7, pause: Duration::from_millis(1) };
    assert_eq!(suffer(fault, &sized(BODY)).await.0.body(), BODY);
    let (seen, _) = suffer(fault, &chunked(BODY)).await;
    assert!(seen.body().starts_with(b"7\r\n{\"answe\r\n6\r\n"), "{seen:?}");
    assert!(seen.body().ends_with(b"0\r\n\r\n"));
}

#[tokio::test(start_paused = true)]
async fn a_slow_drip_pauses_before_each_piece() {
    let upstream = Upstream::answering(&sized(BODY)).await;
    let pause = Duration::from_hours(1);
    let chaos = always(&upstream, Fault::SlowDrip { piece_bytes: 10, pause }).await;
    let mut client = connect(chaos.addr(), REQUEST).await;
    // The head does not wait, and time stands still until it is here.
    let mut bytes = vec![client.read_u8().await.unwrap()];
    let early = timeout(2 * pause + pause / 2, client.read_to_end(&mut bytes)).await;
    assert!(early.is_err() && !bytes.ends_with(BODY), "{} bytes need three pieces", BODY.len());
    client.read_to_end(&mut bytes).await.unwrap();
    assert!(bytes.ends_with(BODY));
}

#[tokio::test]
async fn a_truncated_answer_is_short_of_what_its_head_promises() {
    let (seen, requests) = suffer(Fault::Truncated { keep_bytes: 5 }, &sized(BODY)).await;
    assert!(seen.has(&format!("content-length: {}", BODY.len())), "{seen:?}");
    assert_eq!((seen.body(), requests), (&BODY[..5], 1));
    let (seen, _) = suffer(Fault::Truncated { keep_bytes: 9999 }, &sized(BODY)).await;
    assert_eq!(seen.body(), &BODY[..BODY.len() - 1], "one byte is missing at least");
}

#[tokio::test]
async fn truncated_chunks_lack_their_end() {
    for (keep_bytes, kept) in [(5, "5\r\n{\"ans\r\n"), (9999, "rver\"}\r\n")] {
        let (seen, _) = suffer(Fault::Truncated { keep_bytes }, &chunked(BODY)).await;
        assert!(seen.body().ends_with(kept.as_bytes()), "{seen:?}");
    }
}

#[tokio::test]
async fn a_truncated_answer_without_a_length_ends_in_a_reset() {
    for keep_bytes in [5, 9999] {
        let (seen, _) = suffer(Fault::Truncated { keep_bytes }, &until_end(BODY)).await;
        assert_eq!(seen.error, Some(std::io::ErrorKind::ConnectionReset), "{seen:?}");
    }
}

#[tokio::test]
async fn a_duplicated_request_reaches_the_server_twice_and_the_client_gets_one_answer() {
    let upstream = Upstream::answering(&sized(BODY)).await;
    let chaos = always(&upstream, Fault::DuplicatedRequest).await;
    let seen = ask(chaos.addr(), REQUEST).await;
    assert_eq!(seen.body(), BODY);
    let received = upstream.received();
    assert_eq!(received.len(), 2);
    assert_eq!((&received[0].head, &received[0].body), (&received[1].head, &received[1].body));
    assert_eq!(received[0].body, b"body");
}

#[tokio::test]
async fn a_duplicated_body_has_a_length_that_says_so() {
    for answer in [sized(BODY), chunked(BODY), until_end(BODY)] {
        let (seen, requests) = suffer(Fault::DuplicatedBody, &answer).await;
        assert_eq!((seen.body(), requests), ([BODY, BODY].concat().as_slice(), 1));
        assert!(seen.has(&format!("content-length: {}", 2 * BODY.len())), "{seen:?}");
        assert!(!seen.has("transfer-encoding: chunked"));
    }
}

#[tokio::test]
async fn a_garbled_body_has_the_right_length_and_wrong_bytes() {
    let body = [b'a'; 130];
    let (seen, _) = suffer(Fault::Garbled, &sized(&body)).await;
    let wrong: Vec<usize> = (0..body.len()).filter(|&at| seen.body()[at] != b'a').collect();
    assert_eq!((seen.body().len(), wrong), (130, vec![0, 64, 128]));
}

#[tokio::test]
async fn gateways_and_captive_portals_answer_in_the_servers_place() {
    let cases: [(Fault, &[&str]); 5] = [
        (Fault::Status(502), &["HTTP/1.1 502 Substitute", "content-type: text/plain"]),
        (Fault::TooMany { retry_after_s: 7 }, &["HTTP/1.1 429 Substitute", "retry-after: 7"]),
        (Fault::Unavailable { retry_after_s: 60 }, &["HTTP/1.1 503 Substitute", "retry-after: 60"]),
        (Fault::CaptivePortal, &["HTTP/1.1 200 Substitute", "content-type: text/html; charset=utf-8"]),
        (Fault::CaptiveRedirect, &["HTTP/1.1 302 Substitute", "location: http://portal.invalid/login"]),
    ];
    for (fault, lines) in cases {
        let (seen, requests) = suffer(fault, &sized(BODY)).await;
        assert!(lines.iter().all(|line| seen.has(line)), "{fault:?}: {seen:?}");
        assert!(seen.has(&format!("content-length: {}", seen.body().len())), "{fault:?}: {seen:?}");
        assert_eq!((requests, seen.error), (0, None), "{fault:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_reset_and_counted() {
    // Bound, so that nobody else gets the port, but nobody listens.
    let gone = TcpSocket::new_v4().unwrap();
    gone.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let chaos = Chaos::start(gone.local_addr().unwrap(), |_| Fault::None).await.unwrap();
    assert!(ask(chaos.addr(), REQUEST).await.is_reset_without_answer());
    assert_eq!((chaos.stats().unreachable, chaos.stats().faulty()), (1, 0));
}

#[tokio::test]
async fn an_answer_that_the_server_breaks_off_does_not_look_complete() {
    let whole = sized(BODY);
    let upstream = Upstream::answering(&whole[..whole.len() - 4]).await;
    let chaos = always(&upstream, Fault::None).await;
    let seen = timeout(PATIENCE, ask(chaos.addr(), REQUEST)).await.unwrap();
    assert_eq!(seen.error, Some(std::io::ErrorKind::ConnectionReset));
}
