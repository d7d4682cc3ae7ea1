//! `GET` and `DELETE /v1/imports/{id}`: how it stands; stop it, or forget it when it is through.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use portico_protocol::{ImportStatus, Problem};

use crate::http::AppState;
use crate::http::caller::Administrator;
use crate::http::failure::Failure;

#[utoipa::path(get, path = "/v1/imports/{id}", tag = "administration", security(("device" = [])),
    params(("id" = String, Path, description = "The import.")),
    responses((status = 200, description = "How far it is, and its report once it is through.", body = ImportStatus),
        (status = "4XX", description = "`unknown_import`, `not_allowed`, `unauthorised` or `device_revoked`.",
            body = Problem, content_type = "application/problem+json")))]
pub async fn get(
    State(state): State<AppState>,
    _: Administrator,
    Path(id): Path<String>,
) -> Result<Json<ImportStatus>, Failure> {
    let job = state.imports().get(&id).ok_or_else(Failure::unknown_import)?;
    Ok(Json(job.status()))
}

#[utoipa::path(delete, path = "/v1/imports/{id}", tag = "administration", security(("device" = [])),
    params(("id" = String, Path, description = "The import.")),
    responses((status = 204, description = "One that was under way stops soon; of one that was through, nothing is \
            kept any more."),
        (status = "4XX", description = "`unknown_import`, `not_allowed`, `unauthorised` or `device_revoked`.",
            body = Problem, content_type = "application/problem+json")))]
pub async fn delete(
    State(state): State<AppState>,
    _: Administrator,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    if state.imports().end(&id) { Ok(StatusCode::NO_CONTENT) } else { Err(Failure::unknown_import()) }
}
