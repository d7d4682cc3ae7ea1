//! Who calls: the paired device behind the bearer token.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use portico_types::DeviceId;

use super::AppState;
use super::failure::Failure;
use crate::error::BackendError;

/// A device in good standing. A route that takes this is open to paired devices only.
#[derive(Clone, Debug)]
pub struct Caller(pub DeviceId);

impl FromRequestParts<AppState> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let token = bearer(parts).ok_or(BackendError::Unauthorised)?;
        state.run(move |backend| backend.device_of(&token)).await.map(Self)
    }
}

/// A device in good standing that may administer. A route that takes this is open to no other.
#[derive(Clone, Debug)]
pub struct Administrator(pub DeviceId);

impl FromRequestParts<AppState> for Administrator {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let Caller(device) = Caller::from_request_parts(parts, state).await?;
        let asked = device.clone();
        state.run(move |backend| backend.check_may_administer(&asked)).await?;
        Ok(Self(device))
    }
}

fn bearer(parts: &Parts) -> Option<String> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}
