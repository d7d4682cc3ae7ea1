//! The whole screen, sent on every change.

use portico_session::GuestView;
use portico_types::{CameraState, StaffId, StaffRole, TicketRefusal, UtcMillis};
use serde::Serialize;
use ts_rs::TS;

/// Everything that a screen shows. The screen holds no truth of its own (I7).
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct View {
    /// Counts up with every change.
    #[ts(type = "number")]
    pub revision: u64,
    /// The event.
    pub event: EventView,
    /// The guest's screen.
    pub guest: GuestView,
    /// Counts up whenever a guest is done with the screen, or another's begins: whatever the guest before chose, ticked or
    /// heard is not for whom this is, also if it is of the same kind.
    #[ts(type = "number")]
    pub encounter: u64,
    /// Set while the guest is asked whether they are still there: how many seconds before its end the screen began to
    /// ask. Does not count down; any touch ends it.
    pub closing_in_s: Option<u32>,
    /// The camera's condition.
    pub camera: CameraState,
    /// Whether this kiosk can recognise faces at all.
    pub faces: FacesView,
    /// How the backend is reached.
    pub connection: ConnectionView,
    /// Staff mode.
    pub staff: StaffView,
    /// Languages of this kiosk (BCP 47), the event's own first.
    pub languages: Vec<String>,
    /// How the screens look and sound.
    pub looks: LooksView,
}

/// How the screens look and sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LooksView {
    /// The guests' screen.
    pub theme: ThemeView,
    /// Staff's sheet.
    pub staff_theme: ThemeView,
    /// How loud tones and speech are, in percent; 0 at a quiet event.
    pub volume: u8,
    /// Whether results are also spoken.
    pub speech: bool,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ThemeView {
    /// Dark.
    Dark,
    /// Light.
    Light,
    /// As the operating system has it.
    System,
}

/// The event as the screen shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct EventView {
    /// Its name; empty until the backend has been reached for the first time.
    pub name: String,
    /// A sentence for the idle screen.
    pub tagline: Option<String>,
    /// IANA time zone for shown times.
    pub time_zone: String,
    /// Accent colour, `#rrggbb`.
    pub accent: String,
    /// Names the event's logo and background, which `event.pictures` tells; changes with them, and is nothing without.
    pub pictures: Option<String>,
    /// The gate that this kiosk stands at.
    pub gate: String,
    /// Whether guests may enrol their face at this event's kiosks.
    pub enrols: bool,
}

/// Whether this kiosk can recognise faces. Without, guests get in by ticket and by staff.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FacesView {
    /// It can.
    #[default]
    Ready,
    /// It can, and only compares them with the guests' own tickets, as the event wants it.
    WithTicket,
    /// The recognition models are missing, damaged or of the wrong shape.
    NoModels,
    /// What the recogniser's scores mean has not been measured, or cannot be read.
    NotCalibrated,
}

/// How the backend is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionView {
    /// Not tried yet.
    #[default]
    Connecting,
    /// The last exchange succeeded.
    Online,
    /// The backend cannot be reached; everything goes on locally.
    Offline,
    /// The backend no longer knows this device.
    Revoked,
}

/// Staff mode as every screen may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct StaffView {
    /// Whether staff mode is open.
    pub lock: StaffLock,
    /// For whom it is open; nobody while it is closed.
    pub member: Option<PresentMember>,
    /// How many entries wait to be sent.
    #[ts(type = "number")]
    pub waiting: u64,
    /// How many guests have needed a person since staff last looked.
    #[ts(type = "number")]
    pub attention: u32,
    /// How many guests were let in by two gates and wait for a decision.
    #[ts(type = "number")]
    pub conflicts: u64,
    /// Whether what happens can be kept.
    pub storage: StorageView,
    /// What was wrong with the last ticket that was refused, until staff have been here.
    pub refused_ticket: Option<TicketRefusal>,
}

/// The member of the staff for whom staff mode is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PresentMember {
    /// Who.
    pub id: StaffId,
    /// What the others call them; empty for a first supervisor who was never asked.
    pub name: String,
    /// What they may do.
    pub role: StaffRole,
}

/// Whether what happens can be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StorageView {
    /// All is well.
    #[default]
    Sound,
    /// The disk is nearly full: check-ins are still kept, by the last reserve.
    DiskLow,
    /// The disk is full: nobody can be checked in.
    DiskFull,
    /// The database was damaged; what could be read was taken over and the damaged file set aside.
    Salvaged {
        /// When.
        at: UtcMillis,
        /// Whether something could not be read.
        incomplete: bool,
    },
}

/// Whether staff mode is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StaffLock {
    /// No PIN has been chosen yet: staff choose one.
    Unset,
    /// Closed.
    Locked,
    /// Open.
    Unlocked,
}
