//! The runner on paused time, between an outbox in memory and a backend that fails as told.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod delivery;
mod fakes;

use std::time::Duration;

use fakes::{Fate, World};
use portico_store::Settlement;
use portico_sync::{Connection, SyncParams};
use portico_ticketing::StreamEvent;
use portico_types::{AttendeeId, AuditHead, FirstEntry, UtcMillis};

/// Lets paused time pass.
async fn pass(millis: u64) {
    tokio::time::sleep(Duration::from_millis(millis)).await;
}

#[tokio::test(start_paused = true)]
async fn at_the_start_everything_is_pulled_and_the_status_tells_so() {
    let world = World::default();
    world.office.lock().unwrap().more_pages = 2;
    let (status, _cancel) = world.start(SyncParams::default());
    pass(10).await;
    let disk = world.disk.lock().unwrap();
    assert_eq!(disk.event.as_ref().map(|event| event.name.as_str()), Some("Gala"));
    assert_eq!((disk.roster_pages, disk.templates_pages), (3, 1), "page by page until there is no more");
    assert_eq!(disk.rosters, 1, "the last page says that it is the last");
    assert!(disk.conflicts_pages > 0);
    let status = status.borrow();
    assert_eq!(status.connection, Connection::Online);
    let offset = status.server_offset_ms.unwrap();
    assert!((999_990..=1_000_000).contains(&offset), "the backend's clock is 1,000 s ahead, not {offset} ms");
    assert!(status.last_success.is_some());
}

#[tokio::test(start_paused = true)]
async fn a_check_in_reaches_the_backend_at_once() {
    let world = World::default();
    let (_status, _cancel) = world.start(SyncParams::default());
    pass(1_000).await;
    world.check_in(1, "ann");
    world.recorded.notify_one();
    pass(1).await;
    assert_eq!(world.office.lock().unwrap().recorded, [1]);
    assert!(world.disk.lock().unwrap().waiting.is_empty());
}

#[tokio::test(start_paused = true)]
async fn each_entry_is_settled_by_its_own_verdict() {
    let world = World::default();
    let first = FirstEntry { at: UtcMillis(5), gate: Some("South".into()) };
    {
        let mut office = world.office.lock().unwrap();
        office.rejects = vec![2];
        office.entered_elsewhere.insert(AttendeeId::new("eve"), first.clone());
    }
    world.check_in(1, "ann");
    world.check_in(2, "bob");
    world.check_in(3, "eve");
    let (_status, _cancel) = world.start(SyncParams::default());
    pass(10).await;
    let settled: Vec<_> = world.disk.lock().unwrap().settled.iter().map(|(_, what)| what.clone()).collect();
    let parked = Settlement::Parked { reason: "unknown guest".into() };
    assert_eq!(settled, [Settlement::Delivered, parked, Settlement::Duplicate { first }]);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_lost_settles_nothing_and_the_repetition_changes_nothing() {
    let world = World::default();
    world.office.lock().unwrap().fates = [Fate::Answered, Fate::Answered, Fate::AnswerLost].into();
    world.check_in(1, "ann");
    let (status, _cancel) = world.start(SyncParams::default());
    pass(1).await;
    assert_eq!(world.disk.lock().unwrap().waiting.len(), 1, "not settled without an answer");
    assert_eq!(world.disk.lock().unwrap().attempts, 1);
    assert_eq!(status.borrow().connection, Connection::Offline);
    assert_eq!(status.borrow().failure, Some("backend.timeout"));
    pass(2_000).await;
    assert_eq!(world.office.lock().unwrap().recorded, [1], "written down once (I3)");
    assert!(world.disk.lock().unwrap().waiting.is_empty());
    assert_eq!((status.borrow().connection, status.borrow().failure), (Connection::Online, None));
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_long_outage_is_noticed_within_two_seconds() {
    let world = World::default();
    world.office.lock().unwrap().fates = std::iter::repeat_n(Fate::Timeout, 10_000).collect();
    let (status, _cancel) = world.start(SyncParams::default());
    pass(600_000).await;
    world.check_in(1, "ann");
    world.recorded.notify_one();
    let calls = world.office.lock().unwrap().calls;
    assert!(calls < 600, "at most one question a second while nobody answers, not {calls} in ten minutes");
    assert_eq!(world.office.lock().unwrap().deliveries, 0, "nothing big is sent into the void");
    world.office.lock().unwrap().fates.clear();
    pass(2_000).await;
    assert_eq!(status.borrow().connection, Connection::Online);
    assert_eq!(world.office.lock().unwrap().recorded, [1]);
}

#[tokio::test(start_paused = true)]
async fn what_the_backend_says_is_pulled_soon() {
    let world = World::default();
    let (_status, _cancel) = world.start(SyncParams::default());
    pass(1_000).await;
    let voice = world.office.lock().unwrap().voice.take().unwrap();
    for _ in 0..20 {
        voice.send(StreamEvent::Roster).unwrap();
    }
    pass(400).await;
    assert_eq!(world.disk.lock().unwrap().roster_pages, 2, "one pull for the whole burst");
    drop(voice);
    pass(1_000).await;
    assert!(world.office.lock().unwrap().voice.is_some(), "a stream that ends is opened again");
}

#[tokio::test(start_paused = true)]
async fn a_revoked_kiosk_says_so_and_keeps_what_it_has() {
    let world = World::default();
    let (status, _cancel) = world.start(SyncParams::default());
    pass(1_000).await;
    world.office.lock().unwrap().revoked = true;
    world.check_in(1, "ann");
    world.recorded.notify_one();
    pass(1).await;
    assert_eq!(status.borrow().connection, Connection::Revoked);
    let calls = world.office.lock().unwrap().calls;
    pass(59_000).await;
    assert_eq!(world.office.lock().unwrap().calls, calls, "it does not knock on a closed door");
    assert_eq!(world.disk.lock().unwrap().waiting.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_notice_of_a_withdrawn_access_is_told_at_once() {
    let world = World::default();
    let (status, _cancel) = world.start(SyncParams::default());
    pass(1_000).await;
    world.office.lock().unwrap().voice.as_ref().unwrap().send(StreamEvent::Revoked).unwrap();
    pass(1).await;
    assert_eq!(status.borrow().connection, Connection::Revoked);
    let deliveries = world.office.lock().unwrap().deliveries;
    world.check_in(1, "ann");
    world.recorded.notify_one();
    pass(59_000).await;
    assert_eq!(world.office.lock().unwrap().deliveries, deliveries, "queued, not sent");
    pass(2_000).await;
    assert_eq!(world.office.lock().unwrap().recorded, [1], "it was let in again");
}

#[tokio::test(start_paused = true)]
async fn a_conflict_elsewhere_is_seen_within_two_seconds_even_while_the_roster_is_read() {
    let world = World::default();
    let (_status, _cancel) = world.start(SyncParams::default());
    pass(1_000).await;
    let before = world.disk.lock().unwrap().conflicts_pages;
    {
        let mut office = world.office.lock().unwrap();
        (office.more_pages, office.page_takes) = (1_000_000, Duration::from_millis(700));
        let voice = office.voice.as_ref().unwrap();
        voice.send(StreamEvent::Roster).unwrap();
    }
    pass(2_000).await;
    world.office.lock().unwrap().voice.as_ref().unwrap().send(StreamEvent::Conflicts).unwrap();
    pass(1_500).await;
    assert_eq!(world.disk.lock().unwrap().conflicts_pages, before + 1);
}

#[tokio::test(start_paused = true)]
async fn a_second_entry_delivered_here_brings_its_conflict_at_once() {
    let world = World::default();
    let first = FirstEntry { at: UtcMillis(5), gate: Some("South".into()) };
    world.office.lock().unwrap().entered_elsewhere.insert(AttendeeId::new("eve"), first);
    let (_status, _cancel) = world.start(SyncParams::default());
    pass(1_000).await;
    let before = world.disk.lock().unwrap().conflicts_pages;
    world.check_in(1, "ann");
    world.recorded.notify_one();
    pass(1).await;
    assert_eq!(world.disk.lock().unwrap().conflicts_pages, before, "nothing unusual");
    world.check_in(2, "eve");
    world.recorded.notify_one();
    pass(1).await;
    assert_eq!(world.disk.lock().unwrap().conflicts_pages, before + 1);
}

#[tokio::test(start_paused = true)]
async fn the_audits_head_is_told_once_and_again_when_it_moves() {
    let world = World::default();
    let head = |seq| AuditHead { seq, hash: [seq as u8; 32] };
    world.disk.lock().unwrap().audit_head = Some(head(1));
    world.office.lock().unwrap().fates = [Fate::Answered, Fate::Answered, Fate::AnswerLost].into();
    let (_status, _cancel) = world.start(SyncParams::default());
    pass(60_000).await;
    assert_eq!(world.office.lock().unwrap().heads, [head(1); 2], "until it was acknowledged");
    assert_eq!(world.disk.lock().unwrap().attempts, 0, "there was no entry whose attempts could be counted");
    world.disk.lock().unwrap().audit_head = Some(head(2));
    pass(11_000).await;
    assert_eq!(world.office.lock().unwrap().heads, [head(1), head(1), head(2)]);
    let deliveries = world.office.lock().unwrap().deliveries;
    pass(60_000).await;
    assert_eq!(world.office.lock().unwrap().deliveries, deliveries, "nothing new, nothing sent");
}

#[tokio::test(start_paused = true)]
async fn a_backend_restored_from_a_backup_is_read_and_told_everything_again() {
    let world = World::default();
    world.disk.lock().unwrap().audit_head = Some(AuditHead { seq: 1, hash: [0; 32] });
    world.check_in(1, "ann");
    let (_status, _cancel) = world.start(SyncParams::default());
    pass(1_000).await;
    let conflicts_pages = world.disk.lock().unwrap().conflicts_pages;
    let heads = {
        let mut office = world.office.lock().unwrap();
        office.lose_everything();
        office.refuses_cursors = true;
        office.voice.as_ref().unwrap().send(StreamEvent::Conflicts).unwrap();
        office.heads.len()
    };
    pass(100).await;
    let (disk, office) = (world.disk.lock().unwrap(), world.office.lock().unwrap());
    assert_eq!(office.recorded, [1], "heard again");
    assert_eq!((disk.restarts, office.refused_cursors), (1, 1), "once for all feeds");
    assert_eq!((disk.rosters, disk.conflicts_pages), (2, conflicts_pages + 1), "read again");
    assert_eq!(office.heads.len(), heads + 1, "the audit's head as well");
}

#[tokio::test(start_paused = true)]
async fn a_backend_that_refuses_whatever_it_is_asked_is_not_asked_all_the_time() {
    let world = World::default();
    world.office.lock().unwrap().refuses_beginnings = true;
    world.disk.lock().unwrap().roster_cursor = Some("7".into());
    world.check_in(1, "ann");
    let (status, _cancel) = world.start(SyncParams::default());
    pass(600_000).await;
    let (disk, office) = (world.disk.lock().unwrap(), world.office.lock().unwrap());
    assert_eq!(disk.restarts, 1, "there is nothing to begin anew any more");
    assert!(office.refused_cursors < 150, "{} refusals in ten minutes", office.refused_cursors);
    assert_eq!(status.borrow().connection, Connection::Online);
    assert_eq!(office.recorded, [1], "the outbox does not depend on the feeds");
}

#[tokio::test(start_paused = true)]
async fn cancelling_ends_the_exchange() {
    let world = World::default();
    let (mut status, cancel) = world.start(SyncParams::default());
    pass(1_000).await;
    cancel.cancel();
    let closed = async { while status.changed().await.is_ok() {} };
    tokio::time::timeout(Duration::from_secs(1), closed).await.expect("the runner drops what it holds");
    let calls = world.office.lock().unwrap().calls;
    pass(600_000).await;
    assert_eq!(world.office.lock().unwrap().calls, calls);
}
