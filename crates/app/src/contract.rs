//! The contract between the kiosk and its screens: declared once, here, for every host.
//!
//! A host (the desktop shell, the browser host) carries calls and views; it never interprets them. The TypeScript
//! side, `ui/src/lib/contract.ts`, is generated from these declarations by a test.

mod calls;
mod declare;
mod diagnostics;
mod error;
mod live;
mod replies;
mod settings;
mod typescript;
mod view;
mod walk_in;

pub use calls::{
    AcknowledgeSalvage, Amend, Attend, Call, CallStaff, ChangeSetting, CheckInByHand, ChoosePin, Conflicts,
    Correct, CurrentView, Desk, Diagnostics, Dismiss, EnterFact, EnterTicket, ExportQueue, Live, Lock,
    LookAlikes, Painted, PreviewPainted, Queue, Recent, Register, Resolve, Retry, Search, Settings, Support,
    Undo, Unlock, UseFace, UseTicket, Wipe, dispatch,
};
pub use diagnostics::{
    CameraReport, DeviceFacts, DiagnosticsReport, KeyLevel, RecognitionReport, StageFigure, StageName,
    StorageReport, SupportFile, SyncReport,
};
pub use error::{Recovery, RpcError};
pub use live::{GateFigure, LiveReport, MethodFigure, MinuteFigure, NeedRow, OutcomeFigure, OutcomeMinute};
pub use replies::{
    ConflictRow, Handled, QueueExport, QueueReport, QueuedEntry, QueuedKind, RecentCheckIn, RosterRow,
    StaffAdmission,
};
pub use settings::{CameraSetting, FaceTerms, SettingChange, SettingsReport};
pub use typescript::typescript;
pub use view::{ConnectionView, EventView, FacesView, StaffLock, StaffView, StorageView, View};
pub use walk_in::{LookAlikeRow, Registered};
