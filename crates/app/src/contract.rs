//! The contract between the kiosk and its screens: declared once, here, for every host.
//!
//! A host (the desktop shell, the browser host) carries calls and views; it never interprets them. The TypeScript
//! side, `ui/src/lib/contract.ts`, is generated from these declarations by a test.

mod access;
mod calls;
mod declare;
mod diagnostics;
mod error;
mod imports;
mod live;
mod replies;
mod settings;
mod typescript;
mod view;
mod walk_in;

pub use access::{Access, OnDuty};
pub use calls::{
    AcknowledgeSalvage, AddMember, Agree, Amend, Attend, BeginImport, CALLS, Call, CallStaff, ChangeMember,
    ChangeSetting, CheckInByHand, ChoosePin, ConfirmWithdrawal, Conflicts, Correct, CurrentView, Desk,
    Diagnostics, Dismiss, EndImport, EnterFact, EnterName, EnterTicket, ExportQueue, GiveEventPictures,
    Import, ImportFiles, Live, Lock, LookAlikes, Members, Painted, PreviewPainted, Queue, ReadConsent,
    Recent, Register, Resolve, Retry, SaveImportReport, Search, SetMemberEnabled, SetMemberPin, Settings,
    StartEnrolment, Support, Touched, Undo, Unlock, UseFace, UseName, UseTicket, WantEnrolment,
    WantWithdrawal, Wipe, WithdrawFor, dispatch,
};
pub use diagnostics::{
    CameraReport, DeviceFacts, DiagnosticsReport, KeyLevel, RecognitionReport, StageFigure, StageName,
    StorageReport, SupportFile, SyncReport,
};
pub use error::{Recovery, RpcError};
pub use imports::{
    BadRow, FaceAgreement, FacesImport, ImportChoice, ImportFile, ImportKind, ImportPhase, ImportReport,
    ImportState, ImportView, PreviewRow, RefusedPicture, RosterImport, SavedImportReport,
};
pub use live::{GateFigure, LiveReport, MethodFigure, MinuteFigure, NeedRow, OutcomeFigure, OutcomeMinute};
pub use replies::{
    ConflictRow, ConsentSheet, EventPictures, Handled, MemberRow, QueueExport, QueueReport, QueuedEntry,
    QueuedKind, RecentCheckIn, RosterRow, StaffAdmission,
};
pub use settings::{CameraSetting, FaceTerms, SettingChange, SettingsReport};
pub use typescript::typescript;
pub use view::{
    ConnectionView, EventView, FacesView, LooksView, PresentMember, StaffLock, StaffView, StorageView,
    ThemeView, View,
};
pub use walk_in::{LookAlikeRow, Registered};
