//! `GET /healthz`: for whoever keeps the server running.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::AppState;
use crate::http::failure::Failure;

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`: the database answers.
    status: &'static str,
    /// Whether faces can be read.
    faces: bool,
}

#[utoipa::path(get, path = "/healthz", tag = "server",
    responses((status = 200, description = "The server works.", body = Health),
        (status = "5XX", description = "It does not.", body = portico_protocol::Problem,
            content_type = "application/problem+json")))]
pub async fn get(State(state): State<AppState>) -> Result<Json<Health>, Failure> {
    state.run(crate::Backend::check_health).await?;
    Ok(Json(Health { status: "ok", faces: state.backend().faces_off().is_none() }))
}
