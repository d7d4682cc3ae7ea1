//! `GET /v1/stream`.

use axum::body::Body;
use http_body_util::BodyExt as _;
use portico_protocol::{CheckInEntry, EntryKind, ResolutionRecord, StreamEvent};

use crate::support::{World, check_in, event, resolve};

const EVERYTHING: [StreamEvent; 4] =
    [StreamEvent::Event, StreamEvent::Roster, StreamEvent::Templates, StreamEvent::Conflicts];

/// What a device hears. Nothing is taken from the server until `next` asks for it.
struct Ear(Body);

impl Ear {
    async fn open(world: &World) -> Self {
        let request = world.request("GET", "/v1/stream").body(Body::empty()).unwrap();
        let response = world.open(request).await;
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut ear = Self(response.into_body());
        for event in EVERYTHING {
            assert_eq!(ear.next().await, Some(event), "a stream begins by naming everything");
        }
        ear
    }

    async fn next(&mut self) -> Option<StreamEvent> {
        let frame = self.0.frame().await?.unwrap().into_data().unwrap();
        let text = std::str::from_utf8(&frame).unwrap();
        Some(serde_json::from_str(text.trim().strip_prefix("data: ").unwrap()).unwrap())
    }
}

fn entry(world: &World) {
    let entry = CheckInEntry {
        id: "0198f3a0-0000-7000-8000-000000000001".into(),
        sequence: 1,
        at: "2026-11-21T09:31:00Z".into(),
        kind: EntryKind::CheckIn {
            attendee_id: "ada".into(),
            gate: "north".into(),
            method: "face".into(),
            score: Some(0.8),
            reason: None,
        },
    };
    world.backend.record_check_ins(&world.device, &[entry]).unwrap();
}

#[tokio::test]
async fn a_stream_names_what_changes_and_nothing_else() {
    let world = World::new();
    let mut ear = Ear::open(&world).await;
    entry(&world);
    assert_eq!(ear.next().await, Some(StreamEvent::Roster), "an entry shows in the roster");
    entry(&world);
    world.enrol("ada", "face 1 0");
    assert_eq!(ear.next().await, Some(StreamEvent::Templates), "a repeated entry changes nothing");
    let mut changed = event();
    changed.branding.accent = "#000000".into();
    world.backend.set_event(&changed).unwrap();
    assert_eq!(ear.next().await, Some(StreamEvent::Event));
}

#[tokio::test]
async fn a_guest_who_was_let_in_twice_is_announced_and_so_is_the_decision() {
    let world = World::new();
    world.deliver(check_in(1, "ada", "north", "09:31"));
    let mut ear = Ear::open(&world).await;
    world.deliver(check_in(2, "ada", "south", "09:40"));
    assert_eq!(ear.next().await, Some(StreamEvent::Conflicts), "the roster is as it was");
    world.deliver(check_in(2, "ada", "south", "09:40"));
    world.deliver(resolve(3, 2, ResolutionRecord::Accept));
    assert_eq!(ear.next().await, Some(StreamEvent::Conflicts));
    world.deliver(resolve(4, 2, ResolutionRecord::Accept));
    world.enrol("ada", "face 1 0");
    assert_eq!(ear.next().await, Some(StreamEvent::Templates), "a decision made twice changes nothing");
}

#[tokio::test]
async fn a_revoked_device_hears_it_and_then_nothing_more() {
    let world = World::new();
    let mut ear = Ear::open(&world).await;
    let (other, _) = world.backend.ensure_local_device("Another", "south").unwrap();
    world.backend.revoke(&other).unwrap();
    world.backend.revoke(&world.device).unwrap();
    change_something(&world);
    assert_eq!(
        ear.next().await,
        Some(StreamEvent::Revoked),
        "another device's revocation is not ours to know"
    );
    assert_eq!(ear.next().await, None);
}

#[tokio::test]
async fn a_slow_listener_is_told_everything_instead_of_missing_something() {
    let world = World::new();
    let mut ear = Ear::open(&world).await;
    for _ in 0..100 {
        world.enrol("ada", "face 1 0");
    }
    for event in EVERYTHING {
        assert_eq!(ear.next().await, Some(event));
    }
}

#[tokio::test]
async fn a_slow_listener_does_not_miss_its_revocation() {
    let world = World::new();
    let mut ear = Ear::open(&world).await;
    world.backend.revoke(&world.device).unwrap();
    for _ in 0..100 {
        world.enrol("ada", "face 1 0");
    }
    assert_eq!(ear.next().await, Some(StreamEvent::Revoked));
    assert_eq!(ear.next().await, None);
}

#[tokio::test]
async fn what_another_process_changes_is_announced_at_the_next_look() {
    let world = World::new();
    let mut ear = Ear::open(&world).await;
    world.another().backend.import_roster("id,name\neve,Eve\n".as_bytes()).unwrap();
    world.backend.announce_changes().unwrap();
    assert_eq!(ear.next().await, Some(StreamEvent::Roster));
}

fn change_something(world: &World) {
    world.backend.import_roster("id,name\neve,Eve\n".as_bytes()).unwrap();
}
