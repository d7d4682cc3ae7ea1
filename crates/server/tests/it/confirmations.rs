//! Which kiosk has applied an erasure, and since when that is known.

use std::time::Duration;

use portico_protocol::{PairRequest, TemplatesPage, rfc3339};
use portico_server::{ErasureReport, KioskState, verify_report};
use portico_types::{AttendeeId, DeviceId, UtcMillis};

use crate::support::{MORNING, World};

const MINUTE: Duration = Duration::from_mins(1);

fn minutes(n: i64) -> String {
    rfc3339(UtcMillis(MORNING.0 + n * 60_000))
}

fn pull(world: &World, since: Option<&str>) -> TemplatesPage {
    world.backend.templates_for(&world.device, since, None).unwrap()
}

fn report(world: &World) -> ErasureReport {
    verify_report(&world.backend.erasure_report(None).unwrap(), None).unwrap().report
}

/// State and time of each kiosk for the erasure of that place.
fn states(world: &World, erasure: usize) -> Vec<(KioskState, Option<String>)> {
    let report = report(world);
    report.erasures[erasure].kiosks.iter().map(|kiosk| (kiosk.state, kiosk.at.clone())).collect()
}

fn erase(world: &World) {
    world.backend.erase_face(&AttendeeId::new("ada")).unwrap();
}

fn pair(world: &World, name: &str) -> DeviceId {
    let code = world.backend.new_pairing_code(Duration::from_hours(1)).unwrap();
    let request = PairRequest { code, name: name.into(), gate: "south".into() };
    DeviceId::new(world.backend.pair(&request).unwrap().device_id)
}

#[test]
fn a_kiosk_confirms_with_the_cursor_after_the_erasure_and_not_by_being_told() {
    let world = World::new();
    world.enrol("ada", "face 1 0");
    let before = pull(&world, None).cursor;
    pull(&world, Some(&before));
    erase(&world);
    world.clock.advance(MINUTE);
    let told = pull(&world, Some(&before));
    assert_eq!(told.removed.len(), 1);
    assert_eq!(states(&world, 0), [(KioskState::Pending, None)], "told is not applied");
    world.clock.advance(MINUTE);
    pull(&world, Some(&told.cursor));
    assert_eq!(states(&world, 0), [(KioskState::Confirmed, Some(minutes(2)))]);
    world.clock.advance(MINUTE);
    pull(&world, Some(&told.cursor));
    assert_eq!(states(&world, 0), [(KioskState::Confirmed, Some(minutes(2)))], "the first time counts");
}

#[tokio::test]
async fn the_cursors_of_the_route_count() {
    let world = World::new();
    world.enrol("ada", "face 1 0");
    erase(&world);
    let page: TemplatesPage = world.get("/v1/templates").await.json();
    world.get(&format!("/v1/templates?since={}", page.cursor)).await.json::<TemplatesPage>();
    assert_eq!(states(&world, 0), [(KioskState::Confirmed, Some(minutes(0)))]);
    assert_eq!(report(&world).kiosks[0].applied_at, Some(minutes(0)));
}

#[test]
fn each_erasure_is_confirmed_at_its_own_time() {
    let world = World::new();
    let mut cursor = pull(&world, None).cursor;
    for _ in 0..2 {
        world.enrol_anew("ada", "face 1 0");
        erase(&world);
        world.clock.advance(MINUTE);
        cursor = pull(&world, Some(&cursor)).cursor;
        pull(&world, Some(&cursor));
    }
    assert_eq!(states(&world, 0), [(KioskState::Confirmed, Some(minutes(1)))]);
    assert_eq!(states(&world, 1), [(KioskState::Confirmed, Some(minutes(2)))]);
}

#[test]
fn a_kiosk_that_reads_all_again_confirms_only_when_it_is_through() {
    let world = World::new();
    world.enrol("ada", "face 1 0");
    let old = pull(&world, None).cursor;
    pull(&world, Some(&old));
    erase(&world);
    let through = pull(&world, None).cursor;
    pull(&world, Some(&old));
    assert_eq!(states(&world, 0), [(KioskState::Pending, None)], "a cursor of before the reading");
    world.clock.advance(MINUTE);
    pull(&world, Some(&through));
    assert_eq!(states(&world, 0), [(KioskState::Confirmed, Some(minutes(1)))]);
}

#[test]
fn a_kiosk_that_is_paired_later_has_nothing_to_confirm() {
    let world = World::new();
    world.enrol("ada", "face 1 0");
    erase(&world);
    world.clock.advance(MINUTE);
    pair(&world, "Late");
    assert_eq!(states(&world, 0), [(KioskState::Pending, None)], "only the kiosk that was there");
    assert_eq!(report(&world).kiosks.len(), 2);
}

#[test]
fn a_revoked_kiosk_counts_as_such_unless_it_had_confirmed() {
    let world = World::new();
    let lost = pair(&world, "Lost");
    world.enrol("ada", "face 1 0");
    erase(&world);
    let first = world.backend.templates_for(&lost, None, None).unwrap().cursor;
    world.backend.templates_for(&lost, Some(&first), None).unwrap();
    world.enrol("bo", "face 1 0");
    world.backend.erase_face(&AttendeeId::new("bo")).unwrap();
    world.clock.advance(MINUTE);
    world.backend.revoke(&lost).unwrap();
    let of_lost = |erasure: usize| {
        let report = report(&world);
        let kiosk = report.erasures[erasure].kiosks.iter().find(|k| k.id == lost.as_str()).unwrap().clone();
        (kiosk.state, kiosk.at)
    };
    assert_eq!(of_lost(0), (KioskState::Confirmed, Some(minutes(0))));
    assert_eq!(of_lost(1), (KioskState::Revoked, Some(minutes(1))));
}
