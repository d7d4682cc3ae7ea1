//! `GET /v1/openapi.json`: the contract, generated from the routes themselves.

use axum::Json;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

/// The document as a value.
pub fn document() -> utoipa::openapi::OpenApi {
    Contract::openapi()
}

#[utoipa::path(get, path = "/v1/openapi.json", tag = "server",
    responses((status = 200, description = "This document.")))]
pub async fn get() -> Json<utoipa::openapi::OpenApi> {
    Json(document())
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Portico event backend",
        version = "1",
        description = "What a kiosk asks of the event backend. Failures are problem details (RFC 9457). Every \
            answer carries the server's clock in `x-portico-time`.",
        license(name = "MIT OR Apache-2.0"),
    ),
    paths(
        super::devices::pair::post,
        super::event::get,
        super::attendees::get,
        super::attendees::face::put,
        super::attendees::face::delete,
        super::templates::get,
        super::identify::post,
        super::checkins::post,
        super::conflicts::get,
        super::stream::get,
        super::stats::get,
        super::imports::post,
        super::imports::one::get,
        super::imports::one::delete,
        super::imports::bad_rows::get,
        super::exports::check_ins::get,
        super::exports::attendees::get,
        get,
        super::healthz::get,
    ),
    modifiers(&DeviceToken),
)]
struct Contract;

/// The bearer token of a paired device.
struct DeviceToken;

impl Modify for DeviceToken {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("The token from `/v1/devices/pair`."))
            .build();
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("device", SecurityScheme::Http(scheme));
    }
}
