//! `POST /v1/imports`: rosters and pictures from staff's own screens, one import at a time.

pub mod bad_rows;
pub mod one;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use portico_protocol::{ImportKind, ImportMetadata, ImportStatus, Problem, utc_millis};
use portico_sheets::{ArchiveLimits, ReadOptions};
use portico_types::{Consent, DeviceId};
use utoipa::ToSchema;

use crate::backend::{Agreement, Backend};
use crate::error::BackendError;
use crate::http::AppState;
use crate::http::caller::Administrator;
use crate::http::failure::Failure;
use crate::http::upload::Upload;
use crate::imports::Order;
use crate::roster::RosterOptions;

/// The two parts of the body, in this order.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the contract document")]
pub struct ImportForm {
    /// What is imported and how, as JSON.
    metadata: ImportMetadata,
    /// CSV or XLSX of at most 64 MB, or a ZIP archive of JPEG and PNG pictures of at most 1 GB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

#[utoipa::path(post, path = "/v1/imports", tag = "administration", security(("device" = [])),
    request_body(content = ImportForm, content_type = "multipart/form-data"),
    responses((status = 202, description = "The file is received and the import under way.", body = ImportStatus),
        (status = "4XX", description = "`too_many` while another import is under way, `too_large`, `malformed`, \
            `not_allowed`, `unauthorised` or `device_revoked`.", body = Problem,
            content_type = "application/problem+json")))]
pub async fn post(
    State(state): State<AppState>,
    Administrator(device): Administrator,
    upload: Upload,
) -> Result<(StatusCode, Json<ImportStatus>), Failure> {
    let place = state.imports().place().ok_or_else(Failure::import_under_way)?;
    let backend = Arc::clone(state.backend());
    let (order, file) = upload.read(|metadata| accept(&backend, metadata, device)).await?;
    let id = backend.new_id()?;
    let job = state.imports().begin(id, &order, state.stopping());
    let status = job.status();
    tokio::task::spawn_blocking(move || job.run(&backend, &order, file, place));
    Ok((StatusCode::ACCEPTED, Json(status)))
}

/// What is to be done, and the largest file for it.
fn accept(backend: &Backend, metadata: ImportMetadata, device: DeviceId) -> Result<(Order, u64), Failure> {
    if metadata.kind == ImportKind::Faces {
        if let Some(reason) = backend.faces_off() {
            return Err(BackendError::FacesUnavailable(reason.to_owned()).into());
        }
        let agreement = agreement(metadata, device)?;
        backend.check_agreement(&agreement)?;
        return Ok((Order::Faces { agreement }, ArchiveLimits::pictures().file_bytes));
    }
    let read = ReadOptions { sheet: metadata.sheet, encoding: metadata.encoding, ..ReadOptions::default() };
    let limit_bytes = read.limits.file_bytes;
    let options = RosterOptions { read, map: metadata.map.into_iter().collect() };
    Ok((Order::Roster { options, preview: metadata.preview }, limit_bytes))
}

fn agreement(metadata: ImportMetadata, device: DeviceId) -> Result<Agreement, Failure> {
    let time = |text: &str| utc_millis(text).map_err(|error| Failure::malformed(error.to_string()));
    if metadata.preview {
        return Err(Failure::malformed("only rosters can be previewed"));
    }
    let (Some(consent), Some(expires_at)) = (metadata.consent, metadata.expires_at) else {
        return Err(Failure::malformed("pictures need `consent` and `expires_at`"));
    };
    Ok(Agreement {
        expires_at: time(&expires_at)?,
        consent: Consent {
            agreed_at: time(&consent.agreed_at)?,
            text_version: consent.text_version,
            language: consent.language,
        },
        device: Some(device),
    })
}
