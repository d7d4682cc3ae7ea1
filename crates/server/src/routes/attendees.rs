//! `GET /v1/attendees`.

pub mod face;

use axum::Json;
use axum::extract::State;
use portico_protocol::{AttendeesPage, Problem};
use serde::Deserialize;

use crate::http::AppState;
use crate::http::body::Parameters;
use crate::http::caller::Caller;
use crate::http::failure::Failure;

/// Where to go on.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// The cursor of the page before; without it, from the start.
    pub since: Option<String>,
}

#[utoipa::path(get, path = "/v1/attendees", tag = "event", params(Since), security(("device" = [])),
    responses((status = 200, description = "The next page of changes.", body = AttendeesPage),
        (status = "4XX", description = "`unauthorised`, `device_revoked`, `unknown_event`, `malformed`, or \
            `cursor_refused` (410): read the list from the start.", body = Problem,
            content_type = "application/problem+json")))]
pub async fn get(
    State(state): State<AppState>,
    _: Caller,
    Parameters(query): Parameters<Since>,
) -> Result<Json<AttendeesPage>, Failure> {
    state.run(move |backend| backend.attendees(query.since.as_deref())).await.map(Json)
}
