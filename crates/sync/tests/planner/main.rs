//! What the planner decides, without clock or network.

mod property;

use std::time::Duration;

use portico_sync::{Connection, Failure, Plan, Planner, Progress, SyncParams, Task};
use portico_ticketing::StreamEvent;
use portico_types::Tick;

fn at(millis: u64) -> Tick {
    Tick::from_millis(millis)
}

/// A planner for which everything has succeeded at `now`, with an open stream.
fn settled(now: Tick) -> Planner {
    let mut planner = Planner::new(SyncParams::default());
    planner.succeeded(Task::Event, Progress::Complete, now);
    for task in [Task::Deliver, Task::Listen, Task::Conflicts, Task::Roster, Task::Templates] {
        planner.succeeded(task, Progress::Complete, now);
    }
    planner
}

/// The tasks that are planned at `now` if each succeeds at once.
fn all_at(planner: &mut Planner, now: Tick) -> Vec<Task> {
    let mut done = Vec::new();
    while let Plan::Do(task) = planner.next(now) {
        done.push(task);
        assert!(done.len() < 20, "every task is done once and then waits: {done:?}");
        planner.succeeded(task, Progress::Complete, now);
    }
    done
}

#[test]
fn the_first_thing_is_to_find_the_backend_and_then_the_outbox_comes_before_all_that_is_big() {
    let mut planner = Planner::new(SyncParams::default());
    assert_eq!(planner.connection(), Connection::Offline);
    let expected = [
        Task::Event,
        Task::Conflicts,
        Task::Deliver,
        Task::Listen,
        Task::Conflicts,
        Task::Roster,
        Task::Templates,
    ];
    assert_eq!(all_at(&mut planner, at(0)), expected);
    assert_eq!(planner.connection(), Connection::Online);
}

#[test]
fn a_recorded_check_in_is_delivered_at_once() {
    let mut planner = settled(at(0));
    assert!(matches!(planner.next(at(10)), Plan::WaitUntil(_)));
    planner.check_in_recorded(at(10));
    assert_eq!(planner.next(at(10)), Plan::Do(Task::Deliver));
}

#[test]
fn without_any_notice_the_outbox_is_looked_at_again() {
    let planner = settled(at(0));
    assert_eq!(planner.next(at(5_000)), Plan::WaitUntil(at(10_000)));
    assert_eq!(planner.next(at(10_000)), Plan::Do(Task::Deliver), "a lost notice must not strand a check-in");
}

#[test]
fn pages_and_batches_go_on_at_once_but_the_outbox_goes_first() {
    let mut planner = settled(at(0));
    planner.said(&StreamEvent::Roster, at(0));
    let soon = at(300);
    assert_eq!(planner.next(soon), Plan::Do(Task::Roster));
    planner.succeeded(Task::Roster, Progress::More, soon);
    planner.check_in_recorded(soon);
    assert_eq!(planner.next(soon), Plan::Do(Task::Deliver));
    planner.succeeded(Task::Deliver, Progress::Complete, soon);
    assert_eq!(planner.next(soon), Plan::Do(Task::Roster));
}

#[test]
fn a_burst_of_notices_leads_to_one_pull() {
    let mut planner = settled(at(0));
    for millis in [0, 50, 100, 290] {
        planner.said(&StreamEvent::Templates, at(millis));
        assert_eq!(planner.next(at(millis)), Plan::WaitUntil(at(300)), "the first notice sets the time");
    }
    assert_eq!(all_at(&mut planner, at(300)), [Task::Templates]);
}

#[test]
fn without_a_stream_the_roster_is_polled_and_with_one_hardly() {
    let mut planner = settled(at(0));
    assert!(!all_at(&mut planner, at(20_000)).contains(&Task::Roster), "the stream tells when to pull");
    planner.stream_ended(at(20_000), 1.0);
    assert!(all_at(&mut planner, at(36_000)).contains(&Task::Roster), "nothing tells any more");
}

#[test]
fn an_outage_is_probed_by_one_small_question_every_two_seconds_at_most() {
    let mut planner = settled(at(0));
    planner.check_in_recorded(at(0));
    planner.failed(Task::Deliver, Failure::Unreachable, at(0), 1.0);
    assert_eq!(planner.connection(), Connection::Offline);
    let mut now = at(0);
    for expected_wait in [500, 1_000, 2_000, 2_000, 2_000] {
        let Plan::WaitUntil(until) = planner.next(now) else { panic!("no hammering") };
        assert_eq!(until.since(now), Duration::from_millis(expected_wait));
        now = until;
        assert_eq!(planner.next(now), Plan::Do(Task::Event), "big things wait until the small one succeeds");
        planner.failed(Task::Event, Failure::Unreachable, now, 1.0);
    }
    let Plan::WaitUntil(until) = planner.next(now) else { panic!("no hammering") };
    planner.succeeded(Task::Event, Progress::Complete, until);
    assert_eq!(planner.next(until), Plan::Do(Task::Conflicts), "a small question: is it the same backend?");
    planner.succeeded(Task::Conflicts, Progress::Complete, until);
    assert_eq!(planner.next(until), Plan::Do(Task::Deliver), "recovery delivers at once");
}

#[test]
fn a_delivery_that_fails_while_the_backend_answers_is_tried_ever_more_slowly() {
    let mut planner = settled(at(0));
    planner.check_in_recorded(at(0));
    let (mut now, mut waits) = (at(0), Vec::new());
    while waits.len() < 8 {
        match planner.next(now) {
            Plan::Do(Task::Deliver) => {
                waits.push(now.since_start().as_millis());
                planner.failed(Task::Deliver, Failure::Unreachable, now, 1.0);
            }
            Plan::Do(task) => planner.succeeded(task, Progress::Complete, now),
            Plan::WaitUntil(until) => now = until,
        }
    }
    let gaps: Vec<_> = waits.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(
        gaps.is_sorted(),
        "a proxy that lets small questions through must not make it a hammer: {gaps:?}"
    );
    assert!(gaps[6] >= 30_000 && gaps[6] < 32_500, "but it never gives up: {gaps:?}");
}

#[test]
fn failed_deliveries_become_smaller_and_successful_ones_larger_again() {
    let mut planner = settled(at(0));
    let sizes: Vec<_> = (0..8)
        .map(|_| {
            planner.failed(Task::Deliver, Failure::Refused, at(0), 0.5);
            planner.batch_limit()
        })
        .collect();
    assert_eq!(
        sizes,
        [250, 125, 62, 31, 15, 7, 3, 1],
        "in the end, the one that cannot be digested is alone"
    );
    for _ in 0..10 {
        planner.succeeded(Task::Deliver, Progress::Complete, at(0));
    }
    assert_eq!(planner.batch_limit(), 500);
    for failure in [Failure::Busy { retry_after: None }, Failure::Denied] {
        planner.failed(Task::Deliver, failure, at(0), 0.5);
        assert_eq!(planner.batch_limit(), 500, "{failure:?} says nothing about what was sent");
    }
}

#[test]
fn a_task_that_is_refused_holds_up_no_other() {
    let mut planner = settled(at(0));
    planner.failed(Task::Roster, Failure::Refused, at(0), 1.0);
    planner.failed(
        Task::Templates,
        Failure::Failing { retry_after: Some(Duration::from_secs(9)) },
        at(0),
        1.0,
    );
    assert_eq!(planner.connection(), Connection::Online);
    planner.check_in_recorded(at(0));
    assert_eq!(all_at(&mut planner, at(0)), [Task::Deliver]);
    assert_eq!(all_at(&mut planner, at(500)), [Task::Roster]);
    assert_eq!(all_at(&mut planner, at(9_000)), [Task::Templates], "as late as the backend asked for");
}

#[test]
fn a_backend_that_asks_for_fewer_calls_gets_none_for_as_long_as_it_asks() {
    let mut planner = settled(at(0));
    planner.failed(Task::Roster, Failure::Busy { retry_after: Some(Duration::from_secs(7)) }, at(0), 0.0);
    planner.check_in_recorded(at(1));
    assert_eq!(planner.next(at(1)), Plan::WaitUntil(at(7_000)));
    assert_eq!(planner.next(at(7_000)), Plan::Do(Task::Deliver));
    assert_eq!(planner.connection(), Connection::Online, "it has answered");

    let unbearable = Some(Duration::from_hours(24));
    planner.failed(Task::Deliver, Failure::Busy { retry_after: unbearable }, at(7_000), 0.0);
    assert_eq!(planner.next(at(7_000)), Plan::WaitUntil(at(307_000)), "a day would be the end of the event");
}

#[test]
fn a_withdrawn_kiosk_only_asks_now_and_then_whether_it_still_is() {
    let mut by_answer = settled(at(0));
    by_answer.failed(Task::Deliver, Failure::Denied, at(0), 1.0);
    let mut by_notice = settled(at(0));
    by_notice.said(&StreamEvent::Revoked, at(0));
    for mut planner in [by_answer, by_notice] {
        assert_eq!(planner.connection(), Connection::Revoked);
        planner.check_in_recorded(at(1));
        assert_eq!(planner.next(at(1)), Plan::WaitUntil(at(60_000)));
        assert_eq!(planner.next(at(60_000)), Plan::Do(Task::Event));
        planner.succeeded(Task::Event, Progress::Complete, at(60_000));
        assert_eq!(planner.connection(), Connection::Online, "staff may let it in again");
    }
}

#[test]
fn a_stream_that_closes_right_after_opening_is_opened_ever_more_slowly() {
    let mut planner = settled(at(0));
    let (mut now, mut openings) = (at(0), Vec::new());
    planner.stream_ended(now, 1.0);
    while openings.len() < 8 {
        match planner.next(now) {
            Plan::Do(task) => {
                planner.succeeded(task, Progress::Complete, now);
                if task == Task::Listen {
                    openings.push(now.since_start().as_millis());
                    planner.stream_ended(now, 1.0);
                }
            }
            Plan::WaitUntil(until) => now = until,
        }
    }
    assert_eq!(openings[..4], [500, 1_500, 3_500, 7_500]);
    assert_eq!(openings[7] - openings[6], 30_000);
}

#[test]
fn a_conflict_is_pulled_much_sooner_than_a_burst_of_other_changes_lasts() {
    let mut planner = settled(at(0));
    planner.said(&StreamEvent::Roster, at(0));
    planner.said(&StreamEvent::Conflicts, at(0));
    assert_eq!(all_at(&mut planner, at(50)), [Task::Conflicts]);
    planner.conflicts_changed(at(60));
    assert_eq!(all_at(&mut planner, at(60)), [Task::Conflicts], "what happened here needs no notice");
}

#[test]
fn what_was_said_while_nobody_listened_is_pulled_when_the_stream_is_back() {
    let mut planner = settled(at(0));
    planner.stream_ended(at(1_000), 1.0);
    assert_eq!(all_at(&mut planner, at(1_000)), [Task::Conflicts], "is it still the same backend?");
    assert_eq!(all_at(&mut planner, at(1_500)), [Task::Listen, Task::Conflicts]);
}

#[test]
fn a_stream_that_is_swallowed_on_the_way_makes_nobody_believe_in_an_outage() {
    let mut planner = settled(at(0));
    planner.stream_ended(at(0), 1.0);
    assert_eq!(all_at(&mut planner, at(0)), [Task::Conflicts]);
    assert_eq!(planner.next(at(500)), Plan::Do(Task::Listen));
    planner.failed(Task::Listen, Failure::Unreachable, at(500), 1.0);
    assert_eq!(planner.connection(), Connection::Online);
    assert_eq!(planner.next(at(500)), Plan::Do(Task::Event), "a small question tells");
    planner.failed(Task::Event, Failure::Unreachable, at(500), 1.0);
    assert_eq!(planner.connection(), Connection::Offline);
}

#[test]
fn after_a_refused_cursor_everything_is_due_at_once() {
    let mut planner = settled(at(0));
    planner.said(&StreamEvent::Roster, at(0));
    assert_eq!(planner.next(at(300)), Plan::Do(Task::Roster));
    planner.failed(Task::Roster, Failure::Restarted, at(300), 1.0);
    assert_eq!(planner.connection(), Connection::Online);
    let everything = [Task::Conflicts, Task::Deliver, Task::Roster, Task::Templates];
    assert_eq!(all_at(&mut planner, at(300)), everything);
}

#[test]
fn a_backend_that_goes_on_refusing_cursors_is_read_from_the_start_ever_more_slowly() {
    let mut planner = settled(at(0));
    planner.said(&StreamEvent::Roster, at(0));
    let (mut now, mut pages, mut restarts) = (at(0), 0, Vec::new());
    while restarts.len() < 16 {
        match planner.next(now) {
            // The first page comes, and the cursor that came with it is refused.
            Plan::Do(Task::Roster) if pages == 0 => {
                planner.succeeded(Task::Roster, Progress::More, now);
                pages = 1;
            }
            Plan::Do(Task::Roster) => {
                planner.failed(Task::Roster, Failure::Restarted, now, 1.0);
                restarts.push(now.since_start().as_millis());
                pages = 0;
            }
            Plan::Do(task) => planner.succeeded(task, Progress::Complete, now),
            Plan::WaitUntil(until) => now = until,
        }
    }
    let gaps: Vec<_> = restarts.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert_eq!(gaps[..4], [0, 500, 1_000, 2_000]);
    assert_eq!(gaps[14], 300_000, "but it never gives up");
}

#[test]
fn a_wait_is_neither_shorter_nor_longer_than_the_backend_asked() {
    let mut planner = settled(at(0));
    // Former failures alone would put it off for half a minute.
    for _ in 0..10 {
        planner.failed(Task::Roster, Failure::Refused, at(0), 1.0);
    }
    let asked = Some(Duration::from_secs(4));
    planner.failed(Task::Roster, Failure::Busy { retry_after: asked }, at(0), 1.0);
    assert_eq!(planner.next(at(0)), Plan::WaitUntil(at(4_000)));
    assert!(all_at(&mut planner, at(4_000)).contains(&Task::Roster));

    planner.failed(Task::Roster, Failure::Busy { retry_after: Some(Duration::from_mins(4)) }, at(4_000), 1.0);
    planner.said(&StreamEvent::Revoked, at(5_000));
    assert_eq!(planner.next(at(5_000)), Plan::WaitUntil(at(244_000)), "a notice does not shorten it");

    let mut planner = settled(at(0));
    planner.failed(Task::Deliver, Failure::Busy { retry_after: Some(Duration::ZERO) }, at(0), 1.0);
    assert_eq!(
        planner.next(at(0)),
        Plan::WaitUntil(at(500)),
        "no time at all is not taken for an invitation"
    );
}
