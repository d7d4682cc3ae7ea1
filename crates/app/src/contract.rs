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
    AcknowledgeSalvage, AddMember, Agree, Amend, CALLS, Call, CallStaff, CheckInByHand, ChoosePin,
    ConfirmWithdrawal, Conflicts, Correct, CurrentView, Desk, Dismiss, EnterFact, EnterName, EnterTicket,
    ExportQueue, GiveEventPictures, Lock, Members, Painted, PreviewPainted, Queue, ReadConsent, Recent,
    Resolve, Retry, Search, SetMemberEnabled, SetMemberPin, StartEnrolment, Touched, Undo, Unlock, UseFace,
    UseName, UseTicket, WantEnrolment, WantWithdrawal, Wipe, WithdrawFor, dispatch,
};
pub use error::{Recovery, RpcError};
pub use replies::{
    ConflictRow, ConsentSheet, EventPictures, Handled, MemberRow, QueueExport, QueueReport, QueuedEntry,
    QueuedKind, RecentCheckIn, RosterRow, StaffAdmission,
};
pub use typescript::typescript;
pub use view::{
    ConnectionView, EventView, FacesView, LooksView, PresentMember, StaffLock, StaffView, StorageView,
    ThemeView, View,
};
