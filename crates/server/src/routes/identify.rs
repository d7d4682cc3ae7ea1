//! `POST /v1/identify`: a crop in, candidates out. The crop is forgotten with the answer.

use axum::Json;
use axum::extract::State;
use portico_protocol::{IdentifyMetadata, IdentifyResponse, Problem, utc_millis};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::backend::Backend;
use crate::http::AppState;
use crate::http::caller::Caller;
use crate::http::failure::Failure;
use crate::http::parts::PictureForm;

/// The two parts of the body.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the contract document")]
pub struct IdentifyForm {
    /// What goes with the crop, as JSON.
    metadata: IdentifyMetadata,
    /// JPEG of at least 200 px per side, at most 6 MB.
    #[schema(value_type = String, format = Binary)]
    crop: Vec<u8>,
}

#[utoipa::path(post, path = "/v1/identify", tag = "faces", security(("device" = [])),
    request_body(content = IdentifyForm, content_type = "multipart/form-data"),
    responses((status = 200, description = "Whom the face resembles, and whether there is one.",
            body = IdentifyResponse),
        (status = "4XX", description = "`picture_refused`, `too_large`, `too_many` (with `Retry-After`), \
            `malformed`, `unknown_event`, `unauthorised` or `device_revoked`.", body = Problem,
            content_type = "application/problem+json")))]
pub async fn post(
    State(state): State<AppState>,
    Caller(device): Caller,
    form: PictureForm,
) -> Result<Json<IdentifyResponse>, Failure> {
    let place = state.picture_place()?;
    let (metadata, crop) = form.read::<IdentifyMetadata>("crop").await?;
    let request = Uuid::parse_str(&metadata.request_id)
        .map_err(|_| Failure::malformed("`request_id` is not a UUID"))?;
    utc_millis(&metadata.captured_at).map_err(|error| Failure::malformed(error.to_string()))?;
    let identify = move |backend: &Backend| {
        let _place = place;
        backend.identify(&crop)
    };
    let answer = state.run(identify).await?;
    tracing::info!(%request, %device, face_found = answer.face_found, searched = answer.gallery_size, "identified");
    Ok(Json(answer))
}
