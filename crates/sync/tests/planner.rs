//! What the planner decides, without clock or network.

use std::time::Duration;

use portico_sync::{Connection, Failure, Plan, Planner, Progress, SyncParams, Task};
use portico_ticketing::StreamEvent;
use portico_types::Tick;
use proptest::prelude::*;

fn at(millis: u64) -> Tick {
    Tick::from_millis(millis)
}

/// A planner for which everything has succeeded at `now`, with an open stream.
fn settled(now: Tick) -> Planner {
    let mut planner = Planner::new(SyncParams::default());
    planner.succeeded(Task::Event, Progress::Complete, now);
    for task in [Task::Deliver, Task::Roster, Task::Templates, Task::Listen] {
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
fn the_first_thing_is_to_find_the_backend_and_then_the_outbox_comes_first() {
    let mut planner = Planner::new(SyncParams::default());
    assert_eq!(planner.connection(), Connection::Offline);
    let expected = [Task::Event, Task::Deliver, Task::Roster, Task::Templates, Task::Listen];
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
    planner.succeeded(Task::Roster, Progress::Complete, at(0));
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
    assert_eq!(sizes, [50, 25, 12, 6, 3, 1, 1, 1], "in the end, the one that cannot be digested is alone");
    for _ in 0..10 {
        planner.succeeded(Task::Deliver, Progress::Complete, at(0));
    }
    assert_eq!(planner.batch_limit(), 100);
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

fn failure() -> impl Strategy<Value = Failure> {
    let asked = prop::option::of((0..20_u64).prop_map(Duration::from_secs));
    prop_oneof![
        Just(Failure::Unreachable),
        asked.clone().prop_map(|retry_after| Failure::Failing { retry_after }),
        asked.prop_map(|retry_after| Failure::Busy { retry_after }),
        Just(Failure::Refused),
        Just(Failure::Denied),
    ]
}

/// What may come of a task, or happen besides.
#[derive(Clone, Debug)]
enum Turn {
    Succeed(Progress),
    Fail(Failure, f64),
    Recorded,
    Said(StreamEvent),
    StreamEnded(f64),
}

fn turn() -> impl Strategy<Value = Turn> {
    let said = prop_oneof![
        Just(StreamEvent::Roster),
        Just(StreamEvent::Templates),
        Just(StreamEvent::Event),
        Just(StreamEvent::Revoked)
    ];
    prop_oneof![
        3 => prop_oneof![Just(Progress::Idle), Just(Progress::Complete)].prop_map(Turn::Succeed),
        3 => (failure(), 0.0..=1.0).prop_map(|(failure, jitter)| Turn::Fail(failure, jitter)),
        1 => Just(Turn::Recorded),
        1 => said.prop_map(Turn::Said),
        1 => (0.0..=1.0).prop_map(Turn::StreamEnded),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_the_plan_never_spins(turns in prop::collection::vec(turn(), 1..200)) {
        let mut planner = Planner::new(SyncParams::default());
        let (mut now, mut tasks, mut notices) = (Tick::ZERO, 0, 0);
        for turn in turns {
            match (planner.next(now), turn) {
                (_, Turn::Recorded) => {
                    planner.check_in_recorded(now);
                    notices += 1;
                }
                (_, Turn::Said(event)) => planner.said(&event, now),
                (_, Turn::StreamEnded(jitter)) => planner.stream_ended(now, jitter),
                (Plan::WaitUntil(until), _) => {
                    prop_assert!(until > now, "waiting must let time pass");
                    prop_assert!(until.since(now) <= Duration::from_mins(5), "nothing is given up");
                    (now, tasks, notices) = (until, 0, 0);
                }
                (Plan::Do(task), Turn::Succeed(progress)) => {
                    planner.succeeded(task, progress, now);
                    tasks += 1;
                }
                (Plan::Do(task), Turn::Fail(failure, jitter)) => {
                    planner.failed(task, failure, now, jitter);
                    tasks += 1;
                }
            }
            prop_assert!(tasks <= 6 + notices, "each task once, a probe, and a delivery for each check-in");
        }
        let mut without_time = 0;
        while let Plan::Do(task) = planner.next(now) {
            planner.failed(task, Failure::Refused, now, 0.0);
            without_time += 1;
            prop_assert!(without_time <= 6, "each task fails at most once before time must pass");
        }
    }
}
