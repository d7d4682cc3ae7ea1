//! The kiosk's encrypted database: roster, gallery, check-ins, outbox, audit.
//!
//! One [`Store`] belongs to one thread; every call is synchronous and every change is one transaction, so an answer
//! is only ever given for what is already on disk (I2). Times, ids and random bytes come in as arguments (I6).
//! Nothing here knows the network: `sync` reads the outbox, hands it to the backend, and reports what became of it.

mod admission;
mod audit_log;
mod ballast;
mod codec;
mod conflict;
mod delivery;
mod door;
mod erasure;
mod error;
mod figures;
mod gallery;
mod key;
mod meta;
mod migrations;
mod opening;
mod override_entry;
mod pairing;
mod parked;
mod recent;
mod restart;
mod roster;
mod salvage;
mod search;
mod staff;
mod store;
mod table;
mod walk_in;
mod wipe;
mod withdrawal;

pub use admission::{AdmitWish, Admitted};
pub use audit_log::{Actor, AuditHead, AuditNote, AuditRow, AuditVerdict};
pub use ballast::DiskState;
pub use conflict::{ConflictLine, ConflictsPage, ResolveOutcome, ResolveWish};
pub use delivery::{OutboxBody, OutboxEntry, OutboxLine, Settlement};
pub use door::{AttendWish, DoorNotes, Need};
pub use error::StoreError;
pub use figures::{DoorFigures, StorageFacts, TemplateTerms};
pub use gallery::TemplatesPage;
pub use key::{DatabaseKey, FileKey, KeyError, KeyProtection, KeyProvider};
pub use meta::MetaKey;
pub use migrations::SCHEMA_VERSION;
pub use override_entry::{BlockedPair, CorrectOutcome, CorrectWish, UndoOutcome, UndoWish};
pub use pairing::Pairing;
pub use parked::{AmendOutcome, AmendWish};
pub use recent::RecentEntry;
pub use roster::{RosterCounts, RosterEntry, RosterPage};
pub use salvage::{SalvageNote, SalvageReport};
pub use search::same_ticket;
pub use staff::{PinVerifier, StaffMember, StaffOutcome};
pub use store::Store;
pub use walk_in::{LookAlike, RegisterWish};
pub use wipe::{WipeOutcome, WipeWish};
pub use withdrawal::WithdrawWish;
