//! A body piece by piece, as soon as each piece is there, however it is delimited.

use std::io;

use httparse::Status;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

use super::broken;

/// Longest piece. Small, so that faults in the middle of a body find a middle.
const PIECE_BYTES: u64 = 16 * 1024;
/// Longest line between chunks.
const LINE_LIMIT_BYTES: u64 = 4096;
/// Longest body that is kept as a whole. Larger than any portrait, page of a feed or batch.
const WHOLE_LIMIT_BYTES: usize = 64 * 1024 * 1024;

/// What is still to come of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Body {
    /// So many bytes, at least one.
    Length {
        /// Bytes to come.
        left: u64,
    },
    /// Chunks.
    Chunk {
        /// Bytes of the present chunk to come; 0 stands before the next one.
        left: u64,
    },
    /// Everything up to the end of the connection.
    UntilEnd,
    /// Nothing.
    Over,
}

impl Body {
    pub fn chunked() -> Self {
        Self::Chunk { left: 0 }
    }

    pub fn of_length(bytes: u64) -> Self {
        if bytes == 0 { Self::Over } else { Self::Length { left: bytes } }
    }

    /// The next piece, never empty, or `None` at the end. A body that ends too early is an error.
    pub async fn piece(&mut self, from: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Vec<u8>>> {
        if *self == (Self::Chunk { left: 0 }) {
            *self = next_chunk(from).await?;
        }
        let wanted = match *self {
            Self::Length { left } | Self::Chunk { left } => left,
            Self::UntilEnd => u64::MAX,
            Self::Over => return Ok(None),
        };
        let there = from.fill_buf().await?;
        let length = wanted.min(there.len() as u64).min(PIECE_BYTES);
        let piece = there[..length as usize].to_vec();
        from.consume(piece.len());
        match (*self, length) {
            (Self::UntilEnd, 0) => *self = Self::Over,
            (_, 0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            (Self::Length { left }, _) => *self = Self::of_length(left - length),
            (Self::Chunk { left }, _) => *self = Self::Chunk { left: left - length },
            (Self::UntilEnd | Self::Over, _) => {}
        }
        Ok((length > 0).then_some(piece))
    }
}

/// All that is still to come of a body.
pub(in super::super) async fn whole(
    mut body: Body,
    from: &mut (impl AsyncBufRead + Unpin),
) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(piece) = body.piece(from).await? {
        if bytes.len() + piece.len() > WHOLE_LIMIT_BYTES {
            return Err(broken("a body of bearable length"));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// Reads what stands between two chunks, and after the last one.
async fn next_chunk(from: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Body> {
    let mut size = line(from).await?;
    if size.is_empty() {
        // The end of the chunk before: read only now, so that the chunk itself did not have to wait for it.
        size = line(from).await?;
    }
    size.extend_from_slice(b"\r\n");
    let Ok(Status::Complete((_, left))) = httparse::parse_chunk_size(&size) else {
        return Err(broken("a chunk"));
    };
    if left > 0 {
        return Ok(Body::Chunk { left });
    }
    while !line(from).await?.is_empty() {}
    Ok(Body::Over)
}

/// The next line without its end.
async fn line(from: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    from.take(LINE_LIMIT_BYTES).read_until(b'\n', &mut line).await?;
    let line = line.strip_suffix(b"\r\n").ok_or_else(|| broken("a line"))?;
    Ok(line.to_vec())
}
