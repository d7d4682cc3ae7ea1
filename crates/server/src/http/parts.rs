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
    pub async fn read<T: DeserializeOwned>(self, picture_name: &str) -> Result<(T, Bytes), Failure> {
        let (metadata, mut pictures) = self.read_several(picture_name, 1).await?;
        Ok((metadata, pictures.remove(0)))
    }

    /// Reads the body: the part `metadata` as JSON, and one to `most` parts called `picture_name` as they are.
    pub async fn read_several<T: DeserializeOwned>(
        mut self,
        picture_name: &str,
        most: usize,
    ) -> Result<(T, Vec<Bytes>), Failure> {
        let (mut metadata, mut pictures) = (None, Vec::new());
        while let Some(field) = self.0.next_field().await.map_err(|error| part_failure(&error))? {
            match field.name() {
                Some(METADATA) if metadata.is_none() => metadata = Some(bytes(field).await?),
                Some(name) if name == picture_name && pictures.len() < most => {
                    pictures.push(bytes(field).await?);
                }
                _ => {
                    let times = if most == 1 { "once".to_owned() } else { format!("up to {most} times") };
                    return Err(Failure::malformed(format!(
                        "the body has the parts `{METADATA}`, once, and `{picture_name}`, {times}, and no other"
                    )));
                }
            }
        }
        let metadata =
            metadata.ok_or_else(|| Failure::malformed(format!("the part `{METADATA}` is missing")))?;
        if pictures.is_empty() {
            return Err(Failure::malformed(format!("the part `{picture_name}` is missing")));
        }
        if pictures.iter().map(Bytes::len).sum::<usize>() > PICTURE_LIMIT_BYTES {
            return Err(Failure::of_status(StatusCode::PAYLOAD_TOO_LARGE));
        }
        let metadata = serde_json::from_slice(&metadata)
            .map_err(|error| Failure::malformed(format!("the part `{METADATA}`: {error}")))?;
        Ok((metadata, pictures))
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
