//! The event that every venue starts with: made once per test program, then copied.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use portico_cast::portrait_jpeg;
use portico_protocol::{
    Branding, ChallengePolicy, EntryRule, EventRecord, GateRecord, NamePolicy, Policy, SpoofPolicy,
    TicketPolicy,
};
use portico_server::{Agreement, Backend, ServerConfig};
use portico_testkit::{FakeClock, consent};
use portico_types::{Clock, UtcMillis};
use tempfile::TempDir;

use crate::guests::{ENROLLED, roster_csv};
use crate::outside::server_dice;

/// Name of the database file.
const FILE: &str = "event.db";

/// Copies the event to `database`. Reads `models` the first time.
pub fn copy_to(database: &Path, models: &Path) {
    static SEED: OnceLock<TempDir> = OnceLock::new();
    let seed = SEED.get_or_init(|| {
        let dir = tempfile::tempdir().expect("a temporary folder");
        make(&dir.path().join(FILE), models, Arc::new(FakeClock::new()));
        dir
    });
    std::fs::copy(seed.path().join(FILE), database).expect("the event can be copied");
}

/// The event's record.
pub fn event() -> EventRecord {
    EventRecord {
        id: "journeys".into(),
        name: "Northern Light Summit".into(),
        time_zone: "Europe/Berlin".into(),
        gates: vec![GateRecord { id: "main".into(), name: "Main entrance".into() }],
        policy: Policy {
            shown_name: NamePolicy::Full,
            crops_may_leave_device: true,
            // Generous: a busy test machine must not turn an answer into an outage.
            network_budget_ms: 2_000,
            entry: EntryRule::Once,
            challenge: ChallengePolicy::Off,
            spoof_warning: SpoofPolicy::TellStaff,
            face_enrolment: None,
            tickets: TicketPolicy::Any,
        },
        ticket_keys: Vec::new(),
        face_tickets: None,
        branding: Branding { accent: "#7cc4ff".into(), ..Branding::default() },
    }
}

/// Makes the event in the new file `database`, with faces that expire a day after `clock`'s present.
pub fn make(database: &Path, models: &Path, clock: Arc<dyn Clock>) {
    let expires_at = UtcMillis(clock.utc().0 + 86_400_000);
    let agreement = Agreement { consent: consent(), expires_at, device: None };
    let config = ServerConfig::new(database, models);
    let backend = Backend::open(&config, clock, server_dice(1)).expect("the backend opens");
    backend.set_event(&event()).expect("the event is well-formed");
    let report = backend.import_roster(roster_csv().as_bytes()).expect("the roster is well-formed");
    assert!(report.bad_rows.is_empty(), "every row is good: {report:?}");
    for person in ENROLLED {
        let picture = portrait_jpeg(&person.figure()).expect("portraits can be encoded");
        backend.enrol(&person.id(), &picture, &agreement).expect("portraits can be enrolled");
    }
}
