//! Exactly-once delivery, under whatever the network does (I3).

use std::time::Duration;

use portico_sync::SyncParams;
use proptest::prelude::*;

use crate::fakes::{Fate, World};

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        2 => Just(Fate::Answered),
        3 => Just(Fate::AnswerLost),
        1 => Just(Fate::Timeout),
        1 => Just(Fate::Foreign),
        1 => Just(Fate::Failing),
        1 => Just(Fate::Busy),
        1 => Just(Fate::Rubbish),
    ]
}

/// One simulated evening.
#[derive(Clone, Debug)]
struct Evening {
    fates: Vec<Fate>,
    /// Milliseconds before each check-in.
    pauses: Vec<u64>,
    rejects: Vec<u128>,
    indigestible: Vec<u128>,
    batch_limit: usize,
}

fn evening() -> impl Strategy<Value = Evening> {
    let some = || prop::collection::btree_set(0..40_u128, 0..5).prop_map(|ids| ids.into_iter().collect());
    let fates = prop::collection::vec(fate(), 0..60);
    let pauses = prop::collection::vec(prop_oneof![3 => Just(0), 1 => 0..5_000_u64], 1..40);
    (fates, pauses, some(), some(), 1..12_usize).prop_map(
        |(fates, pauses, rejects, indigestible, batch_limit)| Evening {
            fates,
            pauses,
            rejects,
            indigestible,
            batch_limit,
        },
    )
}

async fn live_through(evening: &Evening) -> World {
    let world = World::default();
    {
        let mut office = world.office.lock().unwrap();
        office.fates = evening.fates.clone().into();
        office.rejects.clone_from(&evening.rejects);
        office.indigestible.clone_from(&evening.indigestible);
    }
    let params = SyncParams { batch_limit: evening.batch_limit, ..SyncParams::default() };
    let (_status, _cancel) = world.start(params);
    for (id, pause) in evening.pauses.iter().enumerate() {
        tokio::time::sleep(Duration::from_millis(*pause)).await;
        world.check_in(id as u128, &format!("guest {id}"));
        world.recorded.notify_one();
    }
    // Every failure costs half a minute at most, and an indigestible entry a few more calls to be found.
    tokio::time::sleep(Duration::from_hours(1)).await;
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_entry_is_delivered_exactly_once_and_in_order(evening in evening()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let world = runtime.block_on(live_through(&evening));
        let (disk, office) = (world.disk.lock().unwrap(), world.office.lock().unwrap());

        let all = 0..evening.pauses.len() as u128;
        let (refused, welcome): (Vec<_>, Vec<_>) =
            all.partition(|id| evening.rejects.contains(id) || evening.indigestible.contains(id));
        prop_assert_eq!(&office.recorded, &welcome, "each once, in the order of the door");
        prop_assert_eq!(disk.parked(), refused, "what is refused waits for people and holds up nobody");
        prop_assert!(disk.waiting.is_empty());
        prop_assert_eq!(disk.settled.len(), evening.pauses.len(), "each is settled once");
        prop_assert!(office.calls < 1_500, "an hour of calm is not filled with calls: {}", office.calls);
    }
}
