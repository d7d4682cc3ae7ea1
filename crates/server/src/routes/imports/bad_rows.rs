//! `GET /v1/imports/{id}/bad-rows`: what staff mend and import again.

use axum::extract::{Path, State};
use axum::response::Response;
use portico_protocol::{ExportFormat, Problem};

use crate::http::AppState;
use crate::http::attachment::attachment;
use crate::http::caller::Administrator;
use crate::http::failure::Failure;

#[utoipa::path(get, path = "/v1/imports/{id}/bad-rows", tag = "administration", security(("device" = [])),
    params(("id" = String, Path, description = "The import.")),
    responses((status = 200, description = "Of a roster, the rows that were skipped with the reason behind each; of \
            pictures, the verdict for each.", body = String, content_type = "text/csv"),
        (status = "4XX", description = "`unknown_import`, `too_many` while it is under way, `not_allowed`, \
            `unauthorised` or `device_revoked`.", body = Problem, content_type = "application/problem+json")))]
pub async fn get(
    State(state): State<AppState>,
    _: Administrator,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let job = state.imports().get(&id).ok_or_else(Failure::unknown_import)?;
    let file = state.run(move |_| job.bad_rows().transpose()).await?;
    let file = file.ok_or_else(Failure::import_under_way)?;
    Ok(attachment("bad-rows", ExportFormat::Csv, file))
}
