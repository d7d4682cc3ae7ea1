//! Answers of somebody who is not the server: gateways and captive portals.

use super::fault::Fault;

/// Reserved, so that nobody can ever be reached there.
const PORTAL: &str = "http://portal.invalid/login";

/// The whole answer that the client gets in the server's place, if this fault gives one.
pub(super) fn of(fault: Fault) -> Option<Vec<u8>> {
    match fault {
        Fault::Status(code) => Some(text(code, "", "the gateway says no")),
        Fault::TooMany { retry_after_s } => Some(text(429, &retry_after(retry_after_s), "slow down")),
        Fault::Unavailable { retry_after_s } => {
            Some(text(503, &retry_after(retry_after_s), "come back later"))
        }
        Fault::CaptivePortal => {
            Some(page(200, "", "<!doctype html><title>Wi-Fi</title><h1>Please accept our terms</h1>"))
        }
        Fault::CaptiveRedirect => {
            Some(page(302, &format!("location: {PORTAL}\r\n"), "<!doctype html><title>Wi-Fi</title>"))
        }
        _ => None,
    }
}

fn retry_after(seconds: u64) -> String {
    format!("retry-after: {seconds}\r\n")
}

fn text(code: u16, fields: &str, body: &str) -> Vec<u8> {
    answer(code, "text/plain", fields, body)
}

fn page(code: u16, fields: &str, body: &str) -> Vec<u8> {
    answer(code, "text/html; charset=utf-8", fields, body)
}

/// `fields` are further lines of the head, each with its end.
fn answer(code: u16, media_type: &str, fields: &str, body: &str) -> Vec<u8> {
    // Statuses that never have a body would leave one lying on the connection.
    let body = if matches!(code, 100..200 | 204 | 304) { "" } else { body };
    let length = body.len();
    format!(
        "HTTP/1.1 {code} Substitute\r\ncontent-type: {media_type}\r\n{fields}content-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    )
    .into_bytes()
}
