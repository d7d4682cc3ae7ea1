//! Whatever comes of the tasks, the plan lets time pass and gives nothing up.

use std::time::Duration;

use portico_sync::{Failure, Plan, Planner, Progress, SyncParams};
use portico_ticketing::StreamEvent;
use portico_types::Tick;
use proptest::prelude::*;

fn failure() -> impl Strategy<Value = Failure> {
    let asked = prop::option::of((0..20_u64).prop_map(Duration::from_secs));
    prop_oneof![
        Just(Failure::Unreachable),
        asked.clone().prop_map(|retry_after| Failure::Failing { retry_after }),
        asked.prop_map(|retry_after| Failure::Busy { retry_after }),
        Just(Failure::Refused),
        Just(Failure::Restarted),
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
        Just(StreamEvent::Conflicts),
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
            // Each task once, a probe, the conflicts once more for the stream, everything again after a restart, and a
            // delivery for each check-in.
            prop_assert!(tasks <= 14 + notices, "{} tasks at one time", tasks);
        }
        let mut without_time = 0;
        while let Plan::Do(task) = planner.next(now) {
            planner.failed(task, Failure::Refused, now, 0.0);
            without_time += 1;
            prop_assert!(without_time <= 7, "each task fails at most once before time must pass");
        }
    }
}
