//! `GET /v1/exports/…`: tables to hand out.

pub mod attendees;
pub mod check_ins;

use portico_protocol::ExportFormat;
use serde::Deserialize;

/// The form of the file.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Form {
    /// `csv` (the default) or `xlsx`.
    #[serde(default)]
    format: ExportFormat,
}
