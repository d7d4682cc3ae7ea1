//! `POST /v1/devices/pair`: the one call that needs no token.

use axum::Json;
use axum::extract::State;
use portico_protocol::{PairRequest, Paired, Problem};

use crate::http::AppState;
use crate::http::body::JsonBody;
use crate::http::failure::Failure;

#[utoipa::path(post, path = "/v1/devices/pair", tag = "devices", request_body = PairRequest,
    responses((status = 200, description = "The device's id and its token.", body = Paired),
        (status = "4XX", description = "`pairing_refused`, `malformed`, or `too_many` after wrong codes.",
            body = Problem, content_type = "application/problem+json")))]
pub async fn post(
    State(state): State<AppState>,
    JsonBody(request): JsonBody<PairRequest>,
) -> Result<Json<Paired>, Failure> {
    state.run(move |backend| backend.pair(&request)).await.map(Json)
}
