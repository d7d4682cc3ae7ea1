//! Every call that a screen can make.

use portico_types::{AttendeeId, CheckInId, Resolution};

use super::declare::contract;
use super::diagnostics::{DiagnosticsReport, SupportFile};
use super::live::LiveReport;
use super::replies::{
    ConflictRow, Handled, QueueExport, QueueReport, RecentCheckIn, RosterRow, StaffAdmission,
};
use super::settings::{SettingChange, SettingsReport};
use super::view::View;
use super::walk_in::{LookAlikeRow, Registered};

contract! {
    /// The whole screen as it is now; changes arrive by the host's view stream.
    "view.current": current_view(CurrentView {}) -> View;
    /// The screen has painted this revision of the view.
    "view.painted": painted(Painted {
        /// Revision of the painted view.
        #[ts(type = "number")]
        revision: u64,
    }) -> Handled;

    /// The first camera picture is on screen.
    "preview.painted": preview_painted(PreviewPainted {}) -> Handled;

    /// The guest wants to be recognised now, without waiting for the intent time.
    "guest.use_face": use_face(UseFace {}) -> Handled;
    /// The guest wants the other way in.
    "guest.use_ticket": use_ticket(UseTicket {}) -> Handled;
    /// A ticket code was typed or scanned.
    "guest.enter_ticket": enter_ticket(EnterTicket {
        /// The code as typed.
        code: String,
    }) -> Handled;
    /// The guest typed the second fact.
    "guest.enter_fact": enter_fact(EnterFact {
        /// Last four digits of their phone.
        digits: String,
    }) -> Handled;
    /// The guest leaves the current screen.
    "guest.dismiss": dismiss(Dismiss {}) -> Handled;
    /// The guest asks for a person.
    "guest.call_staff": call_staff(CallStaff {}) -> Handled;

    /// Opens staff mode.
    "staff.unlock": unlock(Unlock {
        /// Four to twelve digits.
        pin: String,
    }) -> Handled;
    /// Sets the first PIN; refused once there is one.
    "staff.choose_pin": choose_pin(ChoosePin {
        /// Four to twelve digits.
        pin: String,
    }) -> Handled;
    /// Leaves staff mode.
    "staff.lock": lock(Lock {}) -> Handled;
    /// Finds guests by name, company, ticket or phone digits.
    "staff.search": search(Search {
        /// What was typed.
        query: String,
    }) -> Vec<RosterRow>;
    /// Checks a guest in by hand.
    "staff.check_in": check_in_by_hand(CheckInByHand {
        /// Who.
        attendee: AttendeeId,
        /// Why by hand.
        reason: String,
    }) -> StaffAdmission;
    /// Takes a check-in back.
    "staff.undo": undo(Undo {
        /// Which.
        check_in: CheckInId,
        /// Why.
        reason: String,
    }) -> Handled;
    /// "This was not A but B": undoes A, admits B, and remembers that A's face is doubtful.
    "staff.correct": correct(Correct {
        /// The wrong check-in.
        check_in: CheckInId,
        /// Who it really was.
        attendee: AttendeeId,
        /// Why.
        reason: String,
    }) -> StaffAdmission;
    /// This kiosk's last check-ins, newest first.
    "staff.recent": recent(Recent {}) -> Vec<RecentCheckIn>;
    /// What waits to be sent, and how the backend was last reached.
    "staff.queue": queue(Queue {}) -> QueueReport;
    /// Sends an entry again that the backend had refused, as it is.
    "staff.retry": retry(Retry {
        /// The refused entry.
        entry: CheckInId,
    }) -> Handled;
    /// Moves a refused check-in to the guest who really came, and sends it again.
    "staff.amend": amend(Amend {
        /// The refused entry.
        entry: CheckInId,
        /// Who it really was.
        attendee: AttendeeId,
        /// Why.
        reason: String,
    }) -> Handled;
    /// Writes everything that the backend has not taken into an encrypted file in the kiosk's data folder.
    "staff.export_queue": export_queue(ExportQueue {
        /// At least twelve characters; whoever reads the file needs them.
        passphrase: String,
    }) -> QueueExport;
    /// Guests whom two gates let in: the open ones first, the newest first.
    "staff.conflicts": conflicts(Conflicts {}) -> Vec<ConflictRow>;
    /// Decides about a guest whom two gates let in.
    "staff.resolve": resolve(Resolve {
        /// Which conflict.
        conflict: CheckInId,
        /// What it was.
        resolution: Resolution,
        /// Why.
        reason: String,
    }) -> Handled;
    /// Staff have read the notice that the database was damaged and repaired.
    "staff.acknowledge_salvage": acknowledge_salvage(AcknowledgeSalvage {}) -> Handled;
    /// Removes everything from this kiosk but the audit; refused while anything waits that was not exported.
    "staff.wipe": wipe(Wipe {
        /// Why.
        reason: String,
    }) -> Handled;
    /// Guests on the list who may be the one whom staff are about to add.
    "staff.look_alikes": look_alikes(LookAlikes {
        /// The new guest's name.
        name: String,
        /// The new guest's phone number, or the end of it.
        phone: Option<String>,
    }) -> Vec<LookAlikeRow>;
    /// Adds a guest who is not on the list, and checks them in.
    "staff.register": register(Register {
        /// The name as the guest wants to be greeted.
        name: String,
        /// Company or group.
        company: Option<String>,
        /// Phone number, or the end of it; four digits are kept.
        phone: Option<String>,
        /// What the event should know.
        note: Option<String>,
    }) -> Registered;
    /// How the event goes, in numbers, and the guests who need somebody.
    "staff.live": live(Live {}) -> LiveReport;
    /// Ticks off a guest who needed somebody.
    "staff.attend": attend(Attend {
        /// Number of the need.
        #[ts(type = "number")]
        need: i64,
    }) -> Handled;
    /// How this kiosk is doing.
    "staff.diagnostics": diagnostics(Diagnostics {}) -> DiagnosticsReport;
    /// Writes a file for support into the kiosk's data folder; nothing in it is about any person.
    "staff.support": support(Support {}) -> SupportFile;
    /// What this kiosk is set to.
    "staff.settings": settings(Settings {}) -> SettingsReport;
    /// Changes a setting of this kiosk.
    "staff.change_setting": change_setting(ChangeSetting {
        /// Which, and to what.
        change: SettingChange,
    }) -> Handled;
}
