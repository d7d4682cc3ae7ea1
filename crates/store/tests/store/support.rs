//! A database in a directory of its own, guests to fill it with, and a back door that the store knows nothing of.

use std::path::PathBuf;

use portico_store::{
    Actor, AdmitWish, Admitted, DatabaseKey, KeyError, KeyProtection, KeyProvider, PinVerifier, RosterPage,
    StaffMember, Store, StoreError, UndoWish,
};
use portico_types::{
    Admission, Attendee, AttendeeId, CheckInId, EntryWindow, GateId, Method, StaffId, StaffRole, UtcMillis,
};
use tempfile::TempDir;
use uuid::Uuid;

pub const KEY: [u8; 32] = [0x5a; 32];

/// Hands a known key out, so that tests can look at the file by other means.
pub struct KnownKey(pub [u8; 32]);

impl KeyProvider for KnownKey {
    fn key(&self) -> Result<DatabaseKey, KeyError> {
        Ok(DatabaseKey::new(self.0))
    }

    fn protection(&self) -> KeyProtection {
        KeyProtection::OperatingSystem
    }
}

/// A place for one database. Removed with everything in it when dropped.
pub struct Place {
    pub directory: TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> PathBuf {
        self.directory.path().join("kiosk.db")
    }

    pub fn try_open(&self) -> Result<Store, StoreError> {
        Store::open(&self.path(), &KnownKey(KEY))
    }

    pub fn open(&self) -> Store {
        self.try_open().unwrap()
    }

    /// A store whose roster is `guests`.
    pub fn open_with(&self, guests: &[Attendee]) -> Store {
        let mut store = self.open();
        apply(&mut store, guests);
        store
    }

    /// A second connection to the same file, past all the rules of the store.
    pub fn back_door(&self) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open(self.path()).unwrap();
        connection.execute_batch(&format!("PRAGMA key = \"x'{}'\";", "5a".repeat(32))).unwrap();
        connection
    }

    /// Everything that lies on disk, file by file.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files: Vec<_> = std::fs::read_dir(self.directory.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.clone(), std::fs::read(path).unwrap()))
            .collect();
        files.sort();
        files
    }
}

pub fn apply(store: &mut Store, guests: &[Attendee]) {
    let page =
        RosterPage { attendees: guests.to_vec(), removed: vec![], cursor: "1".into(), complete: false };
    store.apply_roster(&page).unwrap();
}

pub fn id(text: &str) -> AttendeeId {
    AttendeeId::new(text)
}

/// A guest whose ticket is derived from the id.
pub fn guest(name: &str) -> Attendee {
    let key = name.to_lowercase().replace(' ', "-");
    Attendee {
        ticket_code: format!("T{}", key.to_uppercase().replace('-', "")),
        id: AttendeeId::new(key),
        name: name.into(),
        company: None,
        phone_last4: None,
        note: None,
        checked_in_at: None,
        checked_in_gate: None,
    }
}

pub fn marked(mut guest: Attendee, at: i64, gate: &str) -> Attendee {
    guest.checked_in_at = Some(UtcMillis(at));
    guest.checked_in_gate = Some(gate.into());
    guest
}

pub fn number(n: u128) -> CheckInId {
    CheckInId(Uuid::from_u128(n))
}

pub fn wish(n: u128, attendee: &str, at: i64) -> AdmitWish {
    AdmitWish {
        id: number(n),
        attendee: id(attendee),
        gate: GateId::new("north"),
        gate_name: "North door".into(),
        method: Method::Face,
        at: UtcMillis(at),
        window: EntryWindow::whole_event(),
        score: Some(0.71),
        reason: None,
        actor: Actor::Kiosk,
    }
}

pub fn undo_wish(check_in: u128, undo: u128, at: i64) -> UndoWish {
    UndoWish {
        check_in: number(check_in),
        undo_id: number(undo),
        at: UtcMillis(at),
        reason: "left again".into(),
        actor: Actor::Staff(StaffId::FIRST),
    }
}

pub fn staff_id(n: u128) -> StaffId {
    StaffId(Uuid::from_u128(n))
}

/// A member of the staff with a PIN of their own.
pub fn member(n: u128, role: StaffRole) -> StaffMember {
    StaffMember {
        id: staff_id(n),
        name: format!("Member {n}"),
        role,
        pin: PinVerifier::new(format!("verifier {n}")),
        created_at: UtcMillis(n as i64),
        disabled_at: None,
    }
}

/// Lets somebody in who is expected and not in yet.
pub fn enter(store: &mut Store, n: u128, attendee: &str, at: i64) {
    let Admitted { admission, .. } = store.admit(&wish(n, attendee, at)).unwrap();
    assert!(
        matches!(admission, Admission::Recorded(_)),
        "{attendee} should have been let in, not {admission:?}"
    );
}
