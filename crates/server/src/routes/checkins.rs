//! `POST /v1/checkins`.

use axum::Json;
use axum::extract::State;
use portico_protocol::{CheckInBatch, CheckInOutcomes, Problem};

use crate::http::AppState;
use crate::http::body::JsonBody;
use crate::http::caller::Caller;
use crate::http::failure::Failure;

#[utoipa::path(post, path = "/v1/checkins", tag = "event", request_body = CheckInBatch, security(("device" = [])),
    responses((status = 200, description = "One outcome per entry, in the same order. All that is recorded is on \
            disk. A duplicate has opened a conflict, named by the entry's id.", body = CheckInOutcomes),
        (status = "4XX", description = "`malformed` (also for more than 500 entries), `too_large`, \
            `unknown_event`, `unauthorised` or `device_revoked`.", body = Problem,
            content_type = "application/problem+json")))]
pub async fn post(
    State(state): State<AppState>,
    Caller(device): Caller,
    JsonBody(batch): JsonBody<CheckInBatch>,
) -> Result<Json<CheckInOutcomes>, Failure> {
    let outcomes = state
        .run(move |backend| backend.record_delivery(&device, &batch.entries, batch.audit_head.as_ref()))
        .await?;
    Ok(Json(CheckInOutcomes { outcomes }))
}
