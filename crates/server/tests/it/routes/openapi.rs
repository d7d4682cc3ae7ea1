//! `GET /v1/openapi.json`, and its snapshot `docs/openapi.json`.

use std::path::Path;

use serde_json::Value;

use crate::support::World;

#[tokio::test]
async fn the_contract_is_served_to_anybody() {
    let mut world = World::without_event();
    world.token = String::new();
    let document: Value = world.get("/v1/openapi.json").await.json();
    let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    assert_eq!(
        paths,
        [
            "/healthz",
            "/v1/attendees",
            "/v1/attendees/{id}/face",
            "/v1/checkins",
            "/v1/conflicts",
            "/v1/devices/pair",
            "/v1/event",
            "/v1/exports/attendees",
            "/v1/exports/check-ins",
            "/v1/identify",
            "/v1/imports",
            "/v1/imports/{id}",
            "/v1/imports/{id}/bad-rows",
            "/v1/openapi.json",
            "/v1/stats",
            "/v1/stream",
            "/v1/templates",
        ]
    );
}

#[test]
fn the_published_contract_is_the_one_that_the_code_speaks() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let spoken = serde_json::to_string_pretty(&portico_server::openapi_document()).unwrap() + "\n";
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &spoken).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        published == spoken,
        "docs/openapi.json is not up to date: run with UPDATE_SNAPSHOTS=1 and look at what has changed"
    );
}
