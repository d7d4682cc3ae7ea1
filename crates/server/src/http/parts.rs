//! Multipart bodies of a picture and its metadata.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use bytes::Bytes;
use portico_protocol::PICTURE_LIMIT_BYTES;
use serde::de::DeserializeOwned;

use super::failure::Failure;

/// Name of the part with the metadata.
const METADATA: &str = "metadata";

/// A multipart body, not read yet.
#[derive(Debug)]
pub struct PictureForm(Multipart);

impl<S: Send + Sync> FromRequest<S> for PictureForm {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        Multipart::from_request(request, state)
            .await
            .map(Self)
            .map_err(|rejection| Failure::malformed(rejection.body_text()))
    }
}

impl PictureForm {
    /// Reads the body: the part `metadata` as JSON, and the part called `picture_name` as it is.
    pub async fn read<T: DeserializeOwned>(mut self, picture_name: &str) -> Result<(T, Bytes), Failure> {
        let (mut metadata, mut picture) = (None, None);
        while let Some(field) = self.0.next_field().await.map_err(|error| part_failure(&error))? {
            match field.name() {
                Some(METADATA) if metadata.is_none() => metadata = Some(bytes(field).await?),
                Some(name) if name == picture_name && picture.is_none() => {
                    picture = Some(bytes(field).await?);
                }
                _ => {
                    return Err(Failure::malformed(format!(
                        "the body has the parts `{METADATA}` and `{picture_name}`, each once, and no other"
                    )));
                }
            }
        }
        let metadata =
            metadata.ok_or_else(|| Failure::malformed(format!("the part `{METADATA}` is missing")))?;
        let picture =
            picture.ok_or_else(|| Failure::malformed(format!("the part `{picture_name}` is missing")))?;
        if picture.len() > PICTURE_LIMIT_BYTES {
            return Err(Failure::of_status(StatusCode::PAYLOAD_TOO_LARGE));
        }
        let metadata = serde_json::from_slice(&metadata)
            .map_err(|error| Failure::malformed(format!("the part `{METADATA}`: {error}")))?;
        Ok((metadata, picture))
    }
}

async fn bytes(field: Field<'_>) -> Result<Bytes, Failure> {
    field.bytes().await.map_err(|error| part_failure(&error))
}

/// What is wrong with a part.
pub(super) fn part_failure(error: &MultipartError) -> Failure {
    match error.status() {
        StatusCode::BAD_REQUEST => Failure::malformed(error.body_text()),
        status => Failure::of_status(status),
    }
}
