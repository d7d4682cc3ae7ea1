//! `POST /v1/devices/pair`.

use std::time::Duration;

use portico_protocol::{EventRecord, Paired, ProblemCode};
use serde_json::{Value, json};

use crate::support::World;

const PATH: &str = "/v1/devices/pair";
const HOUR: Duration = Duration::from_hours(1);

fn request(code: &str) -> Value {
    json!({ "code": code, "name": "Entrance right", "gate": "south" })
}

#[tokio::test]
async fn a_code_becomes_a_token_that_opens_the_door() {
    let mut world = World::new();
    let code = world.backend.new_pairing_code(HOUR).unwrap();
    world.token = String::new();
    let paired: Paired = world.post(PATH, &request(&code.to_lowercase())).await.json();
    world.token = paired.token;
    let _: EventRecord = world.get("/v1/event").await.json();
    let devices = world.backend.devices().unwrap();
    assert!(devices.iter().any(|d| d.id.as_str() == paired.device_id && d.name == "Entrance right"));
}

#[tokio::test]
async fn a_code_pairs_one_device_only() {
    let world = World::new();
    let code = world.backend.new_pairing_code(HOUR).unwrap();
    let _: Paired = world.post(PATH, &request(&code)).await.json();
    world.post(PATH, &request(&code)).await.problem(403, ProblemCode::PairingRefused);
}

#[tokio::test]
async fn a_code_is_refused_when_its_time_is_over() {
    let world = World::new();
    let code = world.backend.new_pairing_code(HOUR).unwrap();
    world.clock.advance(HOUR);
    world.post(PATH, &request(&code)).await.problem(403, ProblemCode::PairingRefused);
}

#[tokio::test]
async fn a_wrong_gate_names_the_right_ones_and_does_not_use_the_code_up() {
    let world = World::new();
    let code = world.backend.new_pairing_code(HOUR).unwrap();
    let wrong = json!({ "code": code, "name": "Entrance", "gate": "cellar" });
    let detail = world.post(PATH, &wrong).await.problem(400, ProblemCode::Malformed);
    assert!(detail.contains("north, south"), "{detail}");
    let _: Paired = world.post(PATH, &request(&code)).await.json();
}

#[tokio::test]
async fn guessing_codes_is_slowed_down_even_for_the_right_one() {
    let world = World::new();
    let code = world.backend.new_pairing_code(HOUR).unwrap();
    for _ in 0..10 {
        world.post(PATH, &request("WRONGONE")).await.problem(403, ProblemCode::PairingRefused);
    }
    let paused = world.post(PATH, &request(&code)).await;
    paused.problem(429, ProblemCode::TooMany);
    assert_eq!(paused.headers["retry-after"], "60");
    world.clock.advance(Duration::from_mins(1));
    let _: Paired = world.post(PATH, &request(&code)).await.json();
}

#[tokio::test]
async fn neither_codes_nor_tokens_are_kept_in_the_clear() {
    let world = World::new();
    let code = world.backend.new_pairing_code(HOUR).unwrap();
    let paired: Paired = world.post(PATH, &request(&code)).await.json();
    for secret in [&code, &paired.token, &world.token] {
        for file in std::fs::read_dir(world.folder.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "a stolen database must not open the door");
        }
    }
}
