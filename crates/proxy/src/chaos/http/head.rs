//! Heads of requests and answers: read, adjusted, written.

use std::io;

use httparse::{EMPTY_HEADER, Header, Status};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

use super::Body;
use super::broken;

/// Longest head that is read. Tokens and cookies take less than a tenth of it.
const HEAD_LIMIT_BYTES: u64 = 64 * 1024;
const FIELD_LIMIT: usize = 100;
/// Fields that are about one connection, not about the message, and those that [`Fields::write`] sets itself.
const DROPPED: [&str; 6] =
    ["connection", "keep-alive", "proxy-connection", "expect", "content-length", "transfer-encoding"];

/// Fields of a head, in their order.
struct Fields(Vec<(String, Vec<u8>)>);

/// Head of a request.
pub(in super::super) struct Request {
    pub method: String,
    target: String,
    fields: Fields,
}

/// Head of an answer.
pub(in super::super) struct Answer {
    code: u16,
    fields: Fields,
    /// Whether it belongs to a `HEAD` request, so that no body follows whatever its fields promise.
    bodiless: bool,
}

impl Request {
    /// Reads the next head, or `None` if the client has ended the connection before it.
    pub async fn read(from: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Self>> {
        let Some(bytes) = read(from).await? else { return Ok(None) };
        let mut fields = [EMPTY_HEADER; FIELD_LIMIT];
        let mut request = httparse::Request::new(&mut fields);
        let complete = request.parse(&bytes).map_err(|_| broken("a request"))?;
        match (complete, request.method, request.path) {
            (Status::Complete(_), Some(method), Some(target)) => Ok(Some(Self {
                method: method.to_owned(),
                target: target.to_owned(),
                fields: Fields::new(request.headers),
            })),
            _ => Err(broken("a request")),
        }
    }

    /// The target without its query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Whether the client waits for a word before it sends the body.
    pub fn expects_continue(&self) -> bool {
        self.fields.is("expect", "100-continue")
    }

    /// The body that follows.
    pub fn body(&self) -> io::Result<Body> {
        if self.fields.is("transfer-encoding", "chunked") {
            return Ok(Body::chunked());
        }
        Ok(self.fields.length()?.map_or(Body::Over, Body::of_length))
    }

    /// The request as it goes to the server, with all of its body.
    pub fn bytes(&self, body: &[u8]) -> Vec<u8> {
        let mut bytes = format!("{} {} HTTP/1.1\r\n", self.method, self.target).into_bytes();
        let promise = if body.is_empty() && matches!(self.body(), Ok(Body::Over)) {
            String::new()
        } else {
            format!("content-length: {}\r\n", body.len())
        };
        self.fields.write(&promise, &mut bytes);
        bytes.extend_from_slice(body);
        bytes
    }
}

impl Answer {
    /// Reads the final head that answers `request`, past the provisional ones.
    pub async fn read(from: &mut (impl AsyncBufRead + Unpin), request: &Request) -> io::Result<Self> {
        loop {
            let bytes = read(from).await?.ok_or(io::ErrorKind::UnexpectedEof)?;
            let mut fields = [EMPTY_HEADER; FIELD_LIMIT];
            let mut answer = httparse::Response::new(&mut fields);
            let complete = answer.parse(&bytes).map_err(|_| broken("an answer"))?;
            match (complete, answer.code) {
                (Status::Complete(_), Some(101)) => return Err(broken("no change of protocol")),
                (Status::Complete(_), Some(100..200)) => {}
                (Status::Complete(_), Some(code)) => {
                    let bodiless = request.method == "HEAD" || matches!(code, 204 | 304);
                    return Ok(Self { code, fields: Fields::new(answer.headers), bodiless });
                }
                _ => return Err(broken("an answer")),
            }
        }
    }

    /// Whether it is a stream of events, which has no end that could be waited for.
    pub fn is_stream(&self) -> bool {
        let media_type = self.fields.get("content-type").unwrap_or_default();
        media_type.get(..17).is_some_and(|start| start.eq_ignore_ascii_case(b"text/event-stream"))
    }

    /// The body that follows.
    pub fn body(&self) -> io::Result<Body> {
        if self.bodiless {
            Ok(Body::Over)
        } else if self.fields.is("transfer-encoding", "chunked") {
            Ok(Body::chunked())
        } else {
            Ok(self.fields.length()?.map_or(Body::UntilEnd, Body::of_length))
        }
    }

    /// The head as it goes to the client, its body delimited as the server did it.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        Ok(match (self.body()?, self.fields.length()?) {
            (Body::Chunk { .. }, _) => self.promising("transfer-encoding: chunked\r\n"),
            (_, Some(length)) => self.of_length(length),
            _ => self.promising(""),
        })
    }

    /// The head as it goes to the client in front of a body of this length.
    pub fn of_length(&self, bytes: u64) -> Vec<u8> {
        self.promising(&format!("content-length: {bytes}\r\n"))
    }

    fn promising(&self, promise: &str) -> Vec<u8> {
        // The words after the code say nothing that the code does not say.
        let mut bytes = format!("HTTP/1.1 {} Passed\r\n", self.code).into_bytes();
        self.fields.write(promise, &mut bytes);
        bytes
    }
}

impl Fields {
    fn new(fields: &[Header<'_>]) -> Self {
        Self(fields.iter().map(|field| (field.name.to_owned(), field.value.to_vec())).collect())
    }

    fn get(&self, name: &str) -> Option<&[u8]> {
        let mut named = self.0.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.as_slice())
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.get(name).is_some_and(|known| known.eq_ignore_ascii_case(value.as_bytes()))
    }

    /// The value of `Content-Length`.
    fn length(&self) -> io::Result<Option<u64>> {
        let Some(value) = self.get("content-length") else { return Ok(None) };
        let length = str::from_utf8(value).ok().and_then(|value| value.parse().ok());
        length.map(Some).ok_or_else(|| broken("a length"))
    }

    /// Writes all that concern the message, then `promise` about its body, and the end of the head.
    fn write(&self, promise: &str, bytes: &mut Vec<u8>) {
        for (name, value) in &self.0 {
            if !DROPPED.iter().any(|dropped| name.eq_ignore_ascii_case(dropped)) {
                bytes.extend_from_slice(name.as_bytes());
                bytes.extend_from_slice(b": ");
                bytes.extend_from_slice(value);
                bytes.extend_from_slice(b"\r\n");
            }
        }
        bytes.extend_from_slice(promise.as_bytes());
        bytes.extend_from_slice(b"connection: close\r\n\r\n");
    }
}

/// Reads up to and including the empty line, or `None` at the end of the connection.
async fn read(from: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Vec<u8>>> {
    let mut from = from.take(HEAD_LIMIT_BYTES);
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        match from.read_until(b'\n', &mut bytes).await? {
            0 if bytes.is_empty() => return Ok(None),
            0 => return Err(broken("a head that ends")),
            _ => {}
        }
    }
    Ok(Some(bytes))
}
