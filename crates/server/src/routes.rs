//! The URL tree. One file per route, in folders as in the URL.

mod attendees;
mod checkins;
mod conflicts;
mod devices;
mod event;
mod exports;
mod healthz;
mod identify;
mod imports;
mod openapi;
mod stats;
mod stream;
mod templates;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::{get, post, put};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::http::AppState;
use crate::http::layers::{bare_failures_to_problems, panic_to_problem, stamp_time};

pub use openapi::document;

/// All routes with what surrounds them.
pub fn router(state: AppState) -> Router {
    let limits = *state.limits();
    let picture_limit = || DefaultBodyLimit::max(limits.picture_bytes);
    // Not 408: whether the body or our answer was slow cannot be told apart here, and a client may try again.
    let within = |time| TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, time);
    let face = put(attendees::face::put).layer(picture_limit()).delete(attendees::face::delete);
    let slow = Router::new()
        .route("/v1/imports", post(imports::post).layer(DefaultBodyLimit::max(limits.import_bytes)))
        .route("/v1/imports/{id}", get(imports::one::get).delete(imports::one::delete))
        .route("/v1/imports/{id}/bad-rows", get(imports::bad_rows::get))
        .route("/v1/exports/check-ins", get(exports::check_ins::get))
        .route("/v1/exports/attendees", get(exports::attendees::get))
        .layer(within(limits.import_time));
    let quick = Router::new()
        .route("/healthz", get(healthz::get))
        .route("/v1/devices/pair", post(devices::pair::post))
        .route("/v1/event", get(event::get))
        .route("/v1/attendees", get(attendees::get))
        .route("/v1/attendees/{id}/face", face)
        .route("/v1/templates", get(templates::get))
        .route("/v1/identify", post(identify::post).layer(picture_limit()))
        .route("/v1/checkins", post(checkins::post))
        .route("/v1/conflicts", get(conflicts::get))
        .route("/v1/stream", get(stream::get))
        .route("/v1/stats", get(stats::get))
        .route("/v1/openapi.json", get(openapi::get))
        .layer(DefaultBodyLimit::max(limits.json_bytes))
        .layer(within(limits.request_time));
    quick
        .merge(slow)
        .layer(CatchPanicLayer::custom(panic_to_problem))
        .layer(map_response(bare_failures_to_problems))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), stamp_time))
        .with_state(state)
}
