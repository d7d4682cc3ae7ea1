//! Multipart bodies of metadata and one large file, which goes to an unnamed temporary file as it comes.

use std::fs::File;
use std::io::{Seek as _, Write as _};

use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use super::failure::Failure;
use super::parts::part_failure;
use crate::refusal;

const METADATA: &str = "metadata";
const FILE: &str = "file";
/// Largest metadata: a mapping of nine columns takes hundreds of bytes.
const METADATA_BYTES: usize = 64 * 1024;

/// A body with the parts `metadata` and `file` in this order, not read yet.
#[derive(Debug)]
pub struct Upload(Multipart);

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        Multipart::from_request(request, state)
            .await
            .map(Self)
            .map_err(|rejection| Failure::malformed(rejection.body_text()))
    }
}

impl Upload {
    /// Reads the metadata, which `accept` turns into what is to be done and the largest file for it, then the file.
    /// Nothing of the file is read where `accept` refuses.
    pub async fn read<T: DeserializeOwned, O>(
        mut self,
        accept: impl FnOnce(T) -> Result<(O, u64), Failure>,
    ) -> Result<(O, File), Failure> {
        let metadata = whole(self.next(METADATA).await?).await?;
        let metadata = serde_json::from_slice(&metadata)
            .map_err(|error| Failure::malformed(format!("the part `{METADATA}`: {error}")))?;
        let (order, limit_bytes) = accept(metadata)?;
        let file = received(self.next(FILE).await?, limit_bytes).await?;
        Ok((order, file))
    }

    async fn next(&mut self, name: &str) -> Result<Field<'_>, Failure> {
        match self.0.next_field().await.map_err(|error| part_failure(&error))? {
            Some(field) if field.name() == Some(name) => Ok(field),
            _ => Err(Failure::malformed(format!(
                "the body has the parts `{METADATA}` and `{FILE}`, in this order and no other; `{name}` is missing"
            ))),
        }
    }
}

/// The metadata, which is small, whatever the limit of the whole body.
async fn whole(mut field: Field<'_>) -> Result<Vec<u8>, Failure> {
    let mut metadata = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| part_failure(&error))? {
        metadata.extend_from_slice(&chunk);
        if metadata.len() > METADATA_BYTES {
            return Err(Failure::of_status(StatusCode::PAYLOAD_TOO_LARGE));
        }
    }
    Ok(metadata)
}

async fn received(mut field: Field<'_>, limit_bytes: u64) -> Result<File, Failure> {
    let mut file = tempfile::tempfile().map_err(|error| Failure::internal(&error))?;
    let mut received_bytes = 0;
    while let Some(chunk) = field.chunk().await.map_err(|error| part_failure(&error))? {
        received_bytes += chunk.len() as u64;
        if received_bytes > limit_bytes {
            let limit = limit_bytes / 1024 / 1024;
            let detail =
                format!("the file is larger than {limit} MB; split it and import the parts one by one");
            return Err(Failure::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                portico_protocol::ProblemCode::TooLarge,
                refusal::too_large(&detail, limit_bytes),
            ));
        }
        // Chunks are small and go to the system's cache: handing each to another thread would cost more.
        file.write_all(&chunk).map_err(|error| Failure::internal(&error))?;
    }
    file.rewind().map_err(|error| Failure::internal(&error))?;
    Ok(file)
}
