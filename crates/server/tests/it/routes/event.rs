//! `GET /v1/event`.

use portico_protocol::{EventRecord, ProblemCode};

use crate::support::{World, event};

#[tokio::test]
async fn a_paired_device_reads_the_event() {
    let world = World::new();
    assert_eq!(world.get("/v1/event").await.json::<EventRecord>(), event());
}

#[tokio::test]
async fn a_server_without_an_event_says_how_to_set_one() {
    let world = World::without_event();
    let detail = world.get("/v1/event").await.problem(404, ProblemCode::UnknownEvent);
    assert!(detail.contains("event --db"), "{detail}");
}

#[tokio::test]
async fn without_a_token_or_with_a_wrong_one_nothing_is_told() {
    let mut world = World::new();
    for token in ["", "nobody's", "ffffffff"] {
        world.token = token.into();
        for path in
            ["/v1/event", "/v1/attendees", "/v1/templates", "/v1/conflicts", "/v1/stats", "/v1/stream"]
        {
            world.get(path).await.problem(401, ProblemCode::Unauthorised);
        }
    }
}

#[tokio::test]
async fn a_revoked_device_is_told_that_it_was_revoked() {
    let world = World::new();
    world.backend.revoke(&world.device).unwrap();
    world.get("/v1/event").await.problem(401, ProblemCode::DeviceRevoked);
}
