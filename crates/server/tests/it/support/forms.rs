//! Multipart bodies.

use portico_protocol::rfc3339;
use portico_types::UtcMillis;
use serde_json::json;

use super::{HOUR_MS, MORNING};

const BOUNDARY: &str = "-----portico-test";

/// Content type and body of a form with these parts.
pub fn multipart(parts: &[(&str, &[u8])]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, content) in parts {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

pub fn identify_form(crop: &[u8]) -> (String, Vec<u8>) {
    let metadata = json!({
        "request_id": "0198f3a0-0000-7000-8000-000000000001",
        "captured_at": rfc3339(MORNING),
        "landmarks": [[70.0, 80.0], [130.0, 80.0], [100.0, 110.0], [80.0, 140.0], [120.0, 140.0]],
    });
    multipart(&[("metadata", metadata.to_string().as_bytes()), ("crop", crop)])
}

pub fn enrol_form(picture: &[u8]) -> (String, Vec<u8>) {
    enrolment("2026-1", "en", MORNING, HOUR_MS, &[picture])
}

/// An enrolment until `keep_ms` after `agreed_at`.
pub fn enrolment(
    version: &str,
    language: &str,
    agreed_at: UtcMillis,
    keep_ms: i64,
    pictures: &[&[u8]],
) -> (String, Vec<u8>) {
    let metadata = json!({
        "consent": { "text_version": version, "language": language, "agreed_at": rfc3339(agreed_at) },
        "expires_at": rfc3339(UtcMillis(agreed_at.0 + keep_ms)),
    })
    .to_string();
    let mut parts = vec![("metadata", metadata.as_bytes())];
    parts.extend(pictures.iter().map(|picture| ("picture", *picture)));
    multipart(&parts)
}
