//! What stands between the kiosk and its backend: portals, broken lines, wrong certificates. Each gets the error that
//! leads to the right reaction, and none is ever taken for an answer.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse};
use portico_protocol::PROBLEM_MEDIA_TYPE;
use portico_ticketing::{PorticoBackend, PorticoParams, Ticketing};
use portico_types::AttendeeId;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::support::{backend, client, delivery};

/// A server that answers whatever it hears with these bytes, once per connection, and hangs up.
async fn parrot(answer: impl Into<Vec<u8>>) -> PorticoBackend {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let answer = answer.into();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let _ = socket.read(&mut [0; 16 * 1024]).await;
            let _ = socket.write_all(&answer).await;
        }
    });
    PorticoBackend::new(client(), &base, "secret", PorticoParams::default()).unwrap()
}

fn json(head: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{head}\r\n\r\n{body}")
}

#[tokio::test]
async fn pages_of_others_are_foreign_whatever_their_status() {
    for status in [200, 302, 401, 403, 404, 407, 413, 511] {
        let status = StatusCode::from_u16(status).unwrap();
        let page = move || async move { (status, [(header::LOCATION, "/login")], Html("<h1>Sign in</h1>")) };
        let error = backend(Router::new().fallback(page)).await.event().await.unwrap_err();
        assert_eq!(error.code(), "backend.foreign", "{status}: nobody lost access, nobody was refused");
    }
}

#[tokio::test]
async fn a_gateway_that_cannot_reach_the_backend_is_a_failing_backend() {
    for status in [500, 502, 503, 504] {
        let status = StatusCode::from_u16(status).unwrap();
        let page = move || async move { (status, [(header::RETRY_AFTER, "3")], Html("Bad gateway")) };
        let error = backend(Router::new().fallback(page)).await.event().await.unwrap_err();
        assert_eq!((error.code(), error.retry_after()), ("backend.server", Some(Duration::from_secs(3))));
    }
}

#[tokio::test]
async fn a_problem_of_a_later_contract_is_the_backends_and_not_a_portals() {
    let problem = r#"{"type":"about:blank#tired","code":"tired","status":418,"title":"t","detail":"d"}"#;
    let answer = move || async move {
        (StatusCode::IM_A_TEAPOT, [(header::CONTENT_TYPE, PROBLEM_MEDIA_TYPE)], problem).into_response()
    };
    let error = backend(Router::new().fallback(answer)).await.event().await.unwrap_err();
    assert_eq!(error.code(), "backend.malformed");
}

#[tokio::test]
async fn answers_that_break_off_run_on_or_are_none_are_told_apart() {
    let table = [
        (String::new(), "backend.unreachable", "hung up without a word"),
        ("SSH-2.0-OpenSSH_9.6\r\n".to_owned(), "backend.unreachable", "not the right protocol"),
        ("HTTP/1.1 200 OK\r\nContent-Ty".to_owned(), "backend.unreachable", "broke off in the head"),
        (json("Content-Length: 90", r#"{"outcomes":[]}"#), "backend.unreachable", "shorter than announced"),
        (
            json("Transfer-Encoding: chunked", "f\r\n{\"outcomes\""),
            "backend.unreachable",
            "the last chunk is missing",
        ),
        (
            json("Content-Encoding: gzip\r\nContent-Length: 4", "\x1f\x08oh"),
            "backend.unreachable",
            "cannot be unpacked",
        ),
        (json("Content-Length: 13", r#"{"outcomes":["#), "backend.malformed", "whole, but half a sentence"),
        (json("Content-Length: 30", r#"{"outcomes":[]}{"outcomes":[]}"#), "backend.malformed", "said twice"),
        (
            json("Content-Length: 15", r#"{"outcomes":[]}"#),
            "backend.malformed",
            "about nothing that was asked",
        ),
    ];
    for (answer, expected, why) in table {
        let error = parrot(answer).await.check_ins(&[delivery(1)], None).await.unwrap_err();
        assert_eq!(error.code(), expected, "{why}: {error:?}");
    }
}

#[tokio::test]
async fn a_refusal_that_breaks_off_still_says_how_long_to_wait() {
    let torn = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: Sat, 21 Nov 2026 12:00:09 GMT\r\n\
                Date: Sat, 21 Nov 2026 12:00:00 GMT\r\nContent-Length: 500\r\n\r\n{\"type\"";
    let error = parrot(torn).await.event().await.unwrap_err();
    assert_eq!((error.code(), error.retry_after()), ("backend.server", Some(Duration::from_secs(9))));
}

#[tokio::test]
async fn an_answer_that_arrives_twice_is_not_taken_for_that_to_the_next_question() {
    let id = delivery(1).id;
    let body = format!(r#"{{"outcomes":[{{"id":"{id}","verdict":"recorded"}}]}}"#);
    let once = json(&format!("Content-Length: {}", body.len()), &body);
    let backend = parrot(once.repeat(2)).await;
    assert!(backend.check_ins(&[delivery(1)], None).await.is_ok());
    assert!(backend.check_ins(&[delivery(2)], None).await.is_err(), "delivery 2 was never heard of");
}

#[tokio::test]
async fn only_a_server_with_the_right_certificate_gets_the_token() {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    // Makes sure that the process has its cryptography before the server is built.
    let stranger = client();
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], signing_key.serialize_der().try_into().unwrap())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let Ok(mut socket) = acceptor.accept(socket).await else { continue };
            let _ = socket.read(&mut [0; 4_096]).await;
            let _ = socket.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await;
        }
    });
    let trusted = reqwest::Certificate::from_der(cert.der()).unwrap();
    let friend = reqwest::Client::builder().no_proxy().tls_certs_only([trusted]).build().unwrap();
    let table = [
        (&stranger, "localhost", Some("backend.unreachable"), "nobody vouches for it"),
        (&friend, "127.0.0.1", Some("backend.unreachable"), "it is made out for another name"),
        (&friend, "localhost", None, "as it should be"),
    ];
    for (client, host, expected, why) in table {
        let base = format!("https://{host}:{port}");
        let backend = PorticoBackend::new(client.clone(), &base, "secret", PorticoParams::default()).unwrap();
        let failed = backend.erase(&AttendeeId::new("ann")).await.err();
        assert_eq!(failed.map(|error| error.code()), expected, "{why}");
    }
}
