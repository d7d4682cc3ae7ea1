//! Counts how recognition goes and what guests need a person for. Gathered in memory and written down now and then: no
//! guest waits for it, and a power cut costs the last seconds of the counts. Holds nothing of any person.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use portico_store::DoorNotes;
use portico_types::{Clock, Outcome, StaffNotice, UtcMillis};
use tokio_util::sync::CancellationToken;

use crate::runner::Equipment;
use crate::store_thread::StoreHandle;

/// How often what was gathered is written down.
const EVERY: Duration = Duration::from_secs(20);
/// Needs that are kept while the database refuses them; more are in nobody's list.
const MOST_NEEDS: usize = 200;
const MINUTE_MS: i64 = 60_000;

/// Counts. Clones count together.
#[derive(Clone)]
pub(crate) struct Tally {
    clock: Arc<dyn Clock>,
    unwritten: Arc<Mutex<Unwritten>>,
}

#[derive(Default)]
struct Unwritten {
    outcomes: BTreeMap<(UtcMillis, Outcome), u64>,
    needs: Vec<(StaffNotice, UtcMillis)>,
}

impl Tally {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, unwritten: Arc::default() }
    }

    /// This came about just now.
    pub(crate) fn count(&self, outcome: Outcome) {
        let minute = UtcMillis(self.clock.utc().0.div_euclid(MINUTE_MS) * MINUTE_MS);
        *self.lock().outcomes.entry((minute, outcome)).or_default() += 1;
    }

    /// A guest needs a person.
    pub(crate) fn need(&self, notice: StaffNotice) {
        if notice == StaffNotice::Called {
            self.count(Outcome::StaffCalled);
        }
        let at = self.clock.utc();
        self.lock().keep(notice, at);
    }

    /// Writes down what was gathered; what the database refuses is gathered for the next time.
    pub(crate) async fn write_down(&self, store: &StoreHandle) {
        let Some(notes) = self.take() else { return };
        let again = notes.clone();
        let written = store.with(move |store| store.note_door(&notes)).await;
        match written {
            Ok(Ok(())) => return,
            Ok(Err(error)) => tracing::warn!(%error, "the counts of the door could not be written down yet"),
            Err(error) => tracing::debug!(%error, "no more counts of the door"),
        }
        self.put_back(again);
    }

    fn take(&self) -> Option<DoorNotes> {
        let Unwritten { outcomes, needs } = std::mem::take(&mut *self.lock());
        if outcomes.is_empty() && needs.is_empty() {
            return None;
        }
        let outcomes = outcomes.into_iter().map(|((at, outcome), count)| (at, outcome, count)).collect();
        Some(DoorNotes { outcomes, needs })
    }

    fn put_back(&self, notes: DoorNotes) {
        let mut unwritten = self.lock();
        for (at, outcome, count) in notes.outcomes {
            *unwritten.outcomes.entry((at, outcome)).or_default() += count;
        }
        let newer = std::mem::replace(&mut unwritten.needs, notes.needs);
        for (notice, at) in newer {
            unwritten.keep(notice, at);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Unwritten> {
        self.unwritten.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Unwritten {
    fn keep(&mut self, notice: StaffNotice, at: UtcMillis) {
        if self.needs.len() == MOST_NEEDS {
            self.needs.remove(0);
        }
        self.needs.push((notice, at));
    }
}

/// Writes down again and again until `cancel`, and once more then.
pub(crate) async fn run(equipment: Equipment, cancel: CancellationToken) {
    loop {
        let next = equipment.timer.wait_until(equipment.clock.now() + EVERY);
        let ends = tokio::select! {
            () = next => false,
            () = cancel.cancelled() => true,
        };
        equipment.tally.write_down(&equipment.store).await;
        if ends {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use portico_testkit::FakeClock;

    use super::*;

    #[test]
    fn what_was_taken_and_refused_is_gathered_again_with_what_came_meanwhile() {
        let clock = FakeClock::new();
        let tally = Tally::new(Arc::new(clock.clone()));
        assert_eq!(tally.take(), None, "nothing to write");
        tally.count(Outcome::Accepted);
        tally.need(StaffNotice::Called);
        let refused = tally.take().unwrap();
        let minute = refused.outcomes[0].0;
        assert_eq!(minute.0 % MINUTE_MS, 0, "minutes are told by their beginning");
        tally.count(Outcome::Accepted);
        tally.need(StaffNotice::NotFound);
        tally.put_back(refused);
        let notes = tally.take().unwrap();
        assert_eq!(notes.outcomes, [(minute, Outcome::Accepted, 2), (minute, Outcome::StaffCalled, 1)]);
        let kinds: Vec<_> = notes.needs.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, [StaffNotice::Called, StaffNotice::NotFound], "in the order in which they came");
    }

    #[test]
    fn a_database_that_refuses_for_hours_costs_no_memory() {
        let tally = Tally::new(Arc::new(FakeClock::new()));
        (0..3 * MOST_NEEDS).for_each(|_| tally.need(StaffNotice::NotFound));
        assert_eq!(tally.take().unwrap().needs.len(), MOST_NEEDS);
    }
}
