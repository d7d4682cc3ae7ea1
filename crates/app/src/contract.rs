//! The contract between the kiosk and its screens: declared once, here, for every host.
//!
//! A host (the desktop shell, the browser host) carries calls and views; it never interprets them. The TypeScript
//! side, `ui/src/lib/contract.ts`, is generated from these declarations by a test.

mod calls;
mod declare;
mod error;
mod replies;
mod typescript;
mod view;

pub use calls::{
    AcknowledgeSalvage, Amend, Call, CallStaff, CheckInByHand, ChoosePin, Conflicts, Correct, CurrentView,
    Desk, Dismiss, EnterFact, EnterName, EnterTicket, ExportQueue, Lock, Painted, PreviewPainted, Queue,
    Recent, Resolve, Retry, Search, Touched, Undo, Unlock, UseFace, UseName, UseTicket, Wipe, dispatch,
};
pub use error::{Recovery, RpcError};
pub use replies::{
    ConflictRow, Handled, QueueExport, QueueReport, QueuedEntry, QueuedKind, RecentCheckIn, RosterRow,
    StaffAdmission,
};
pub use typescript::typescript;
pub use view::{ConnectionView, EventView, FacesView, StaffLock, StaffView, StorageView, View};
