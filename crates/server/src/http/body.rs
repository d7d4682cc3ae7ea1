//! JSON bodies and query parameters whose rejections are problems.

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::failure::Failure;

/// A JSON body.
#[derive(Debug)]
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let json = axum::Json::<T>::from_request(request, state)
            .await
            .map_err(|rejection| json_failure(&rejection))?;
        Ok(Self(json.0))
    }
}

/// Query parameters.
#[derive(Debug)]
pub struct Parameters<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Parameters<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let query = Query::<T>::from_request_parts(parts, state)
            .await
            .map_err(|rejection: QueryRejection| Failure::malformed(rejection.body_text()))?;
        Ok(Self(query.0))
    }
}

fn json_failure(rejection: &JsonRejection) -> Failure {
    match rejection.status() {
        // One status for every body that is not as the contract says, whether in syntax or in shape.
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => {
            Failure::malformed(rejection.body_text())
        }
        status => Failure::of_status(status),
    }
}
