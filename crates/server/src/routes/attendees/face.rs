//! `PUT` and `DELETE /v1/attendees/{id}/face`: enrol with consent, erase.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use portico_protocol::{EnrolMetadata, EnrolOutcome, Problem, utc_millis};
use portico_types::{AttendeeId, Consent, DeviceId};
use utoipa::ToSchema;

use crate::backend::{Agreement, Backend};
use crate::http::AppState;
use crate::http::caller::Caller;
use crate::http::failure::Failure;
use crate::http::parts::PictureForm;

/// The two parts of the body.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the contract document")]
pub struct EnrolForm {
    /// Consent and expiry, as JSON.
    metadata: EnrolMetadata,
    /// JPEG or PNG, at most 6 MB.
    #[schema(value_type = String, format = Binary)]
    picture: Vec<u8>,
}

#[utoipa::path(put, path = "/v1/attendees/{id}/face", tag = "faces", security(("device" = [])),
    params(("id" = String, Path, description = "The guest.")),
    request_body(content = EnrolForm, content_type = "multipart/form-data"),
    responses((status = 200, description = "Enrolled; earlier templates are erased.", body = EnrolOutcome),
        (status = "4XX", description = "`unknown_attendee`, `no_face`, `picture_refused`, `too_large`, `too_many`, \
            `malformed`, `unauthorised` or `device_revoked`.", body = Problem,
            content_type = "application/problem+json")))]
pub async fn put(
    State(state): State<AppState>,
    Caller(device): Caller,
    Path(id): Path<String>,
    form: PictureForm,
) -> Result<Json<EnrolOutcome>, Failure> {
    let place = state.picture_place()?;
    let (metadata, picture) = form.read::<EnrolMetadata>("picture").await?;
    let agreement = agreement(metadata, device)?;
    let enrol = move |backend: &Backend| {
        let _place = place;
        backend.enrol(&AttendeeId::new(id), &picture, &agreement)
    };
    state.run(enrol).await.map(Json)
}

#[utoipa::path(delete, path = "/v1/attendees/{id}/face", tag = "faces", security(("device" = [])),
    params(("id" = String, Path, description = "The guest.")),
    responses((status = 204, description = "No template of this guest is left."),
        (status = "4XX", description = "`unknown_attendee`, `unauthorised` or `device_revoked`.", body = Problem,
            content_type = "application/problem+json")))]
pub async fn delete(
    State(state): State<AppState>,
    _: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    state.run(move |backend| backend.erase_face(&AttendeeId::new(id))).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn agreement(metadata: EnrolMetadata, device: DeviceId) -> Result<Agreement, Failure> {
    let time = |text: &str| utc_millis(text).map_err(|error| Failure::malformed(error.to_string()));
    Ok(Agreement {
        expires_at: time(&metadata.expires_at)?,
        consent: Consent {
            agreed_at: time(&metadata.consent.agreed_at)?,
            text_version: metadata.consent.text_version,
            language: metadata.consent.language,
        },
        device: Some(device),
    })
}
