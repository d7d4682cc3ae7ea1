//! The way of an answer from the server to the client, and what is done to its body there.

use std::io;
use std::time::Duration;

use tokio::io::AsyncWrite;

use super::{End, Server, send};
use crate::chaos::fault::Fault;
use crate::chaos::http::{Body, whole};

/// Every so many bytes one is flipped, from the first on: no JSON and no archive survives the first.
const GARBLED_EVERY_BYTES: usize = 64;

/// Passes the answer on, and does to it what the fault says.
pub(super) async fn pass(
    server: &mut Server,
    to: &mut (impl AsyncWrite + Unpin),
    fault: Fault,
) -> io::Result<End> {
    if fault == Fault::DuplicatedBody && !server.answer.is_stream() {
        return twice(server, to).await;
    }
    let mut body = server.answer.body()?;
    let chunked = matches!(body, Body::Chunk { .. });
    // Where nothing promises a length, an orderly end would pass for the end of the body.
    let break_off = if body == Body::UntilEnd { End::Reset } else { End::Orderly };
    let mut allowed = allowance(fault, body);
    let mut passed = 0;
    send(to, &server.answer.bytes()?).await?;
    while let Some(mut piece) = body.piece(&mut server.from).await? {
        let length = allowed.min(piece.len() as u64);
        piece.truncate(length as usize);
        if fault == Fault::Garbled {
            garble(&mut piece, passed);
        }
        drip(to, &piece, chunked, fault).await?;
        passed += piece.len();
        allowed -= length;
        if allowed == 0 {
            return Ok(break_off);
        }
    }
    if matches!(fault, Fault::Truncated { .. }) {
        return Ok(break_off);
    }
    if chunked {
        send(to, b"0\r\n\r\n").await?;
    }
    Ok(End::Orderly)
}

/// How many bytes of this body may pass.
fn allowance(fault: Fault, body: Body) -> u64 {
    match (fault, body) {
        (Fault::Truncated { keep_bytes }, Body::Length { left }) => keep_bytes.min(left - 1),
        (Fault::Truncated { keep_bytes }, _) => keep_bytes,
        _ => u64::MAX,
    }
}

/// `passed` is what came before this piece, so that the pattern does not depend on where pieces end.
fn garble(piece: &mut [u8], passed: usize) {
    for (offset, byte) in piece.iter_mut().enumerate() {
        if (passed + offset).is_multiple_of(GARBLED_EVERY_BYTES) {
            *byte = !*byte;
        }
    }
}

/// Sends a piece, in pieces of its own if the fault says so.
async fn drip(
    to: &mut (impl AsyncWrite + Unpin),
    piece: &[u8],
    chunked: bool,
    fault: Fault,
) -> io::Result<()> {
    let (length, pause) = match fault {
        Fault::SlowDrip { piece_bytes, pause } => (piece_bytes.max(1), pause),
        _ => (piece.len().max(1), Duration::ZERO),
    };
    for drop in piece.chunks(length) {
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        if chunked {
            let mut chunk = format!("{:x}\r\n", drop.len()).into_bytes();
            chunk.extend_from_slice(drop);
            chunk.extend_from_slice(b"\r\n");
            send(to, &chunk).await?;
        } else {
            send(to, drop).await?;
        }
    }
    Ok(())
}

/// Passes the body twice in a row.
async fn twice(server: &mut Server, to: &mut (impl AsyncWrite + Unpin)) -> io::Result<End> {
    let body = server.answer.body()?;
    if body == Body::Over {
        // Nothing twice is nothing; a length would contradict answers that must not have one.
        send(to, &server.answer.bytes()?).await?;
        return Ok(End::Orderly);
    }
    let body = whole(body, &mut server.from).await?;
    send(to, &server.answer.of_length(2 * body.len() as u64)).await?;
    send(to, &body).await?;
    send(to, &body).await?;
    Ok(End::Orderly)
}
