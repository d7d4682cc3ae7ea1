//! `GET /v1/exports/attendees`.

use axum::extract::State;
use axum::response::Response;
use portico_protocol::Problem;

use super::Form;
use crate::http::AppState;
use crate::http::attachment::attachment;
use crate::http::body::Parameters;
use crate::http::caller::Administrator;
use crate::http::failure::Failure;

#[utoipa::path(get, path = "/v1/exports/attendees", tag = "administration", security(("device" = [])), params(Form),
    responses((status = 200, description = "Everybody on the roster, in a form that can be imported again.",
            body = String, content_type = "text/csv"),
        (status = "4XX", description = "`malformed`, `not_allowed`, `unauthorised` or `device_revoked`.",
            body = Problem, content_type = "application/problem+json")))]
pub async fn get(
    State(state): State<AppState>,
    _: Administrator,
    Parameters(Form { format }): Parameters<Form>,
) -> Result<Response, Failure> {
    let file = state.run(move |backend| backend.export_attendees(format)).await?;
    Ok(attachment("attendees", format, file))
}
