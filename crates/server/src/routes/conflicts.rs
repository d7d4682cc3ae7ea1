//! `GET /v1/conflicts`.

use axum::Json;
use axum::extract::State;
use portico_protocol::{ConflictsPage, Problem};

use super::attendees::Since;
use crate::http::AppState;
use crate::http::body::Parameters;
use crate::http::caller::Caller;
use crate::http::failure::Failure;

#[utoipa::path(get, path = "/v1/conflicts", tag = "event", params(Since), security(("device" = [])),
    responses((status = 200, description = "The next page of conflicts that were opened or have changed.",
            body = ConflictsPage),
        (status = "4XX", description = "`unauthorised`, `device_revoked`, `unknown_event`, `malformed`, or \
            `cursor_refused` (410): read the list from the start.", body = Problem,
            content_type = "application/problem+json")))]
pub async fn get(
    State(state): State<AppState>,
    _: Caller,
    Parameters(query): Parameters<Since>,
) -> Result<Json<ConflictsPage>, Failure> {
    state.run(move |backend| backend.conflicts(query.since.as_deref())).await.map(Json)
}
