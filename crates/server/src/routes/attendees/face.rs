//! `PUT` and `DELETE /v1/attendees/{id}/face`: enrol with consent, erase.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use portico_protocol::{EnrolMetadata, EnrolOutcome, PICTURES_PER_GUEST, Problem, utc_millis};
use portico_types::{AttendeeId, Consent, DeviceId};
use utoipa::ToSchema;

use crate::backend::{Agreement, Backend};
use crate::http::AppState;
use crate::http::caller::Caller;
use crate::http::failure::Failure;
use crate::http::parts::PictureForm;

/// The parts of the body.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the contract document")]
pub struct EnrolForm {
    /// Consent and expiry, as JSON.
    metadata: EnrolMetadata,
    /// JPEG or PNG: one to three parts of this name, of one guest, at most 6 MB together.
    #[schema(value_type = Vec<String>, format = Binary)]
    picture: Vec<Vec<u8>>,
}

#[utoipa::path(put, path = "/v1/attendees/{id}/face", tag = "faces", security(("device" = [])),
    params(("id" = String, Path, description = "The guest.")),
    request_body(content = EnrolForm, content_type = "multipart/form-data"),
    responses((status = 200, description = "Enrolled, all pictures that are good enough or at least one; earlier templates are erased.", body = EnrolOutcome),
        (status = "4XX", description = "`unknown_attendee`, `no_face`, `picture_refused`, `consent_refused`, `too_large`, \
            `too_many`, `malformed`, `unauthorised` or `device_revoked`.", body = Problem,
            content_type = "application/problem+json")))]
pub async fn put(
    State(state): State<AppState>,
    Caller(device): Caller,
    Path(id): Path<String>,
    form: PictureForm,
) -> Result<Json<EnrolOutcome>, Failure> {
    let place = state.picture_place()?;
    let (metadata, pictures) = form.read_several::<EnrolMetadata>("picture", PICTURES_PER_GUEST).await?;
    let agreement = agreement(metadata, device)?;
    let enrol = move |backend: &Backend| {
        let _place = place;
        let pictures: Vec<&[u8]> = pictures.iter().map(AsRef::as_ref).collect();
        backend.enrol_several(&AttendeeId::new(id), &pictures, &agreement)
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
