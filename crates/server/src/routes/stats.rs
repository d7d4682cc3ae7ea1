//! `GET /v1/stats`.

use axum::Json;
use axum::extract::State;
use portico_protocol::{Problem, Stats};

use crate::http::AppState;
use crate::http::caller::Caller;
use crate::http::failure::Failure;

#[utoipa::path(get, path = "/v1/stats", tag = "event", security(("device" = [])),
    responses((status = 200, description = "How the event is filling.", body = Stats),
        (status = "4XX", description = "`unauthorised`, `device_revoked` or `unknown_event`.", body = Problem,
            content_type = "application/problem+json")))]
pub async fn get(State(state): State<AppState>, _: Caller) -> Result<Json<Stats>, Failure> {
    state.run(crate::Backend::stats).await.map(Json)
}
