//! `GET /v1/templates`.

use axum::Json;
use axum::extract::State;
use portico_protocol::{Problem, TemplatesPage};
use serde::Deserialize;

use crate::http::AppState;
use crate::http::body::Parameters;
use crate::http::caller::Caller;
use crate::http::failure::Failure;

/// Where to go on, and with what.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
pub struct SinceOfModel {
    /// The cursor of the page before; without it, from the start.
    since: Option<String>,
    /// The recogniser whose templates are wanted; without it, of all.
    model: Option<String>,
}

#[utoipa::path(get, path = "/v1/templates", tag = "faces", params(SinceOfModel), security(("device" = [])),
    responses((status = 200, description = "The next page of changes; no expired template is among them.",
            body = TemplatesPage),
        (status = "4XX", description = "`unauthorised`, `device_revoked`, `unknown_event`, `malformed`, or \
            `cursor_refused` (410): read the list from the start.", body = Problem,
            content_type = "application/problem+json")))]
pub async fn get(
    State(state): State<AppState>,
    Caller(device): Caller,
    Parameters(query): Parameters<SinceOfModel>,
) -> Result<Json<TemplatesPage>, Failure> {
    state
        .run(move |backend| backend.templates_for(&device, query.since.as_deref(), query.model.as_deref()))
        .await
        .map(Json)
}
