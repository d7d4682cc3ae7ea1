//! `GET /healthz`.

use serde_json::{Value, json};

use crate::support::World;

#[tokio::test]
async fn a_healthy_server_says_so_to_anybody() {
    let mut world = World::without_event();
    world.token = "nobody's".into();
    let health: Value = world.get("/healthz").await.json();
    assert_eq!(health, json!({ "status": "ok", "faces": true }));
}
