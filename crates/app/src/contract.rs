//! The contract between the kiosk and its screens: declared once, here, for every host.
//!
//! A host (the desktop shell, the browser host) carries calls and views; it never interprets them. The TypeScript
//! side, `ui/src/lib/contract.ts`, is generated from these declarations by a test.

mod access;
mod calls;
mod declare;
mod error;
mod replies;
mod typescript;
mod view;

pub use access::{Access, OnDuty};
pub use calls::{
    AcknowledgeSalvage, AddMember, Amend, CALLS, Call, CallStaff, CheckInByHand, ChoosePin, Conflicts,
    Correct, CurrentView, Desk, Dismiss, EnterFact, EnterName, EnterTicket, ExportQueue, Lock, Members,
    Painted, PreviewPainted, Queue, Recent, Resolve, Retry, Search, SetMemberEnabled, SetMemberPin, Touched,
    Undo, Unlock, UseFace, UseName, UseTicket, Wipe, dispatch,
};
pub use error::{Recovery, RpcError};
pub use replies::{
    ConflictRow, Handled, MemberRow, QueueExport, QueueReport, QueuedEntry, QueuedKind, RecentCheckIn,
    RosterRow, StaffAdmission,
};
pub use typescript::typescript;
pub use view::{
    ConnectionView, EventView, FacesView, PresentMember, StaffLock, StaffView, StorageView, View,
};
