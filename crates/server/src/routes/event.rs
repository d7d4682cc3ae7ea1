//! `GET /v1/event`.

use axum::Json;
use axum::extract::State;
use portico_protocol::{EventRecord, Problem};

use crate::http::AppState;
use crate::http::caller::Caller;
use crate::http::failure::Failure;

#[utoipa::path(get, path = "/v1/event", tag = "event", security(("device" = [])),
    responses((status = 200, description = "The event.", body = EventRecord),
        (status = "4XX", description = "`unauthorised`, `device_revoked` or `unknown_event`.", body = Problem,
            content_type = "application/problem+json")))]
pub async fn get(State(state): State<AppState>, _: Caller) -> Result<Json<EventRecord>, Failure> {
    state.run(crate::Backend::event_for_kiosks).await.map(Json)
}
