//! Every call that a screen can make.

use std::collections::BTreeMap;

use portico_types::{AttendeeId, CheckInId, Resolution, StaffId, StaffRole, UtcMillis};

use super::declare::contract;
use super::diagnostics::{DiagnosticsReport, SupportFile};
use super::imports::{FaceAgreement, ImportChoice, ImportView, SavedImportReport};
use super::live::LiveReport;
use super::replies::{
    ConflictRow, ConsentSheet, EventPictures, Handled, MemberRow, QueueExport, QueueReport, RecentCheckIn,
    RosterRow, StaffAdmission,
};
use super::settings::{SettingChange, SettingsReport};
use super::view::View;
use super::walk_in::{LookAlikeRow, Registered};

contract! {
    /// The whole screen as it is now; changes arrive by the host's view stream.
    "view.current" by Anyone: current_view(CurrentView {}) -> View;
    /// The screen has painted this revision of the view.
    "view.painted" by Anyone: painted(Painted {
        /// Revision of the painted view.
        #[ts(type = "number")]
        revision: u64,
        /// When, by the wall clock of the device that the screen belongs to: the report arrives later than that.
        at: UtcMillis,
    }) -> Handled;

    /// The event's logo and background.
    "event.pictures" by Anyone: event_pictures(GiveEventPictures {}) -> EventPictures;

    /// The first camera picture is on screen.
    "preview.painted" by Anyone: preview_painted(PreviewPainted {}) -> Handled;

    /// The guest wants to be recognised now, without waiting for the intent time.
    "guest.use_face" by Anyone: use_face(UseFace {}) -> Handled;
    /// The guest wants the other way in.
    "guest.use_ticket" by Anyone: use_ticket(UseTicket {}) -> Handled;
    /// The guest wants to be found by name, or by the digits of their phone.
    "guest.use_name" by Anyone: use_name(UseName {}) -> Handled;
    /// The guest typed what the name's screen asks for: a name, or digits of their phone.
    "guest.enter_name" by Anyone: enter_name(EnterName {
        /// As typed; Chinese names may be pinyin.
        text: String,
    }) -> Handled;
    /// A ticket code was typed or scanned.
    "guest.enter_ticket" by Anyone: enter_ticket(EnterTicket {
        /// The code as typed.
        code: String,
        /// What a hand scanner has sent if it pretends to be an American keyboard and this device's keyboard is another
        /// one. Heeded where `code` says nothing.
        other_reading: Option<String>,
    }) -> Handled;
    /// The guest typed the second fact.
    "guest.enter_fact" by Anyone: enter_fact(EnterFact {
        /// Last four digits of their phone.
        digits: String,
    }) -> Handled;
    /// The guest is there: they pressed, tapped or typed something. Keeps a screen open that waits for them.
    "guest.touched" by Anyone: touched(Touched {}) -> Handled;
    /// The guest leaves the current screen.
    "guest.dismiss" by Anyone: dismiss(Dismiss {}) -> Handled;
    /// The guest asks for a person.
    "guest.call_staff" by Anyone: call_staff(CallStaff {}) -> Handled;

    /// The guest would like to enrol their face.
    "guest.enrol" by Anyone: want_enrolment(WantEnrolment {}) -> Handled;
    /// What a guest is asked to agree to before their face is enrolled.
    "guest.consent_text" by Anyone: read_consent(ReadConsent {
        /// Language that the guest reads (BCP 47).
        language: String,
    }) -> ConsentSheet;
    /// The guest agrees to the text that they were shown.
    "guest.agree" by Anyone: agree(Agree {
        /// Its version.
        version: String,
        /// The language that it was shown in.
        language: String,
        /// Whether they ticked its statement.
        ticked: bool,
    }) -> Handled;
    /// The guest would like to have their face data removed.
    "guest.withdraw" by Anyone: want_withdrawal(WantWithdrawal {}) -> Handled;
    /// They mean it.
    "guest.confirm_withdrawal" by Anyone: confirm_withdrawal(ConfirmWithdrawal {}) -> Handled;

    /// Opens staff mode.
    "staff.unlock" by Anyone: unlock(Unlock {
        /// Four to twelve digits.
        pin: String,
    }) -> Handled;
    /// Sets the PIN of the first supervisor and opens staff mode for them; refused once there is one.
    "staff.choose_pin" by Anyone: choose_pin(ChoosePin {
        /// What the others call them: one to sixty characters.
        name: String,
        /// Four to twelve digits.
        pin: String,
    }) -> Handled;
    /// Leaves staff mode.
    "staff.lock" by Volunteer: lock(Lock {}) -> Handled;
    /// Finds guests by name, company, ticket or phone digits.
    "staff.search" by Volunteer: search(Search {
        /// What was typed.
        query: String,
    }) -> Vec<RosterRow>;
    /// Checks a guest in by hand.
    "staff.check_in" by Volunteer: check_in_by_hand(CheckInByHand {
        /// Who.
        attendee: AttendeeId,
        /// Why by hand.
        reason: String,
    }) -> StaffAdmission;
    /// Takes a check-in back. Volunteers can within ten minutes of the entry.
    "staff.undo" by Volunteer: undo(Undo {
        /// Which.
        check_in: CheckInId,
        /// Why.
        reason: String,
    }) -> Handled;
    /// "This was not A but B": undoes A, admits B, and remembers that A's face is doubtful. Volunteers can within ten
    /// minutes of the entry.
    "staff.correct" by Volunteer: correct(Correct {
        /// The wrong check-in.
        check_in: CheckInId,
        /// Who it really was.
        attendee: AttendeeId,
        /// Why.
        reason: String,
    }) -> StaffAdmission;
    /// This kiosk's last check-ins, newest first.
    "staff.recent" by Volunteer: recent(Recent {}) -> Vec<RecentCheckIn>;
    /// What waits to be sent, and how the backend was last reached.
    "staff.queue" by Volunteer: queue(Queue {}) -> QueueReport;
    /// Sends an entry again that the backend had refused, as it is.
    "staff.retry" by Volunteer: retry(Retry {
        /// The refused entry.
        entry: CheckInId,
    }) -> Handled;
    /// Moves a refused check-in to the guest who really came, and sends it again. Volunteers can within ten minutes of the
    /// entry.
    "staff.amend" by Volunteer: amend(Amend {
        /// The refused entry.
        entry: CheckInId,
        /// Who it really was.
        attendee: AttendeeId,
        /// Why.
        reason: String,
    }) -> Handled;
    /// Writes everything that the backend has not taken into an encrypted file in the kiosk's data folder.
    "staff.export_queue" by Supervisor: export_queue(ExportQueue {
        /// At least twelve characters; whoever reads the file needs them.
        passphrase: String,
    }) -> QueueExport;
    /// Guests whom two gates let in: the open ones first, the newest first.
    "staff.conflicts" by Volunteer: conflicts(Conflicts {}) -> Vec<ConflictRow>;
    /// Decides about a guest whom two gates let in. Volunteers can take the second entry back within ten minutes of it.
    "staff.resolve" by Volunteer: resolve(Resolve {
        /// Which conflict.
        conflict: CheckInId,
        /// What it was.
        resolution: Resolution,
        /// Why.
        reason: String,
    }) -> Handled;
    /// Leads a guest to the consent for enrolling their face, and leaves staff mode: the guest agrees, not staff.
    "staff.enrol" by Volunteer: start_enrolment(StartEnrolment {
        /// Who.
        attendee: AttendeeId,
        /// Why by staff.
        reason: String,
    }) -> Handled;
    /// Removes a guest's face data, here at once and at the backend in due course.
    "staff.withdraw" by Volunteer: withdraw_for(WithdrawFor {
        /// Whose.
        attendee: AttendeeId,
        /// Why.
        reason: String,
    }) -> Handled;
    /// Staff have read the notice that the database was damaged and repaired.
    "staff.acknowledge_salvage" by Supervisor: acknowledge_salvage(AcknowledgeSalvage {}) -> Handled;
    /// Removes everything from this kiosk but the audit; refused while anything waits that was not exported.
    "staff.wipe" by Supervisor: wipe(Wipe {
        /// Why.
        reason: String,
    }) -> Handled;
    /// Guests on the list who may be the one whom staff are about to add.
    "staff.look_alikes" by Volunteer: look_alikes(LookAlikes {
        /// The new guest's name.
        name: String,
        /// The new guest's phone number, or the end of it.
        phone: Option<String>,
    }) -> Vec<LookAlikeRow>;
    /// Adds a guest who is not on the list, and checks them in.
    "staff.register" by Volunteer: register(Register {
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
    "staff.live" by Volunteer: live(Live {}) -> LiveReport;
    /// Ticks off a guest who needed somebody.
    "staff.attend" by Volunteer: attend(Attend {
        /// Number of the need.
        #[ts(type = "number")]
        need: i64,
    }) -> Handled;
    /// How this kiosk is doing.
    "staff.diagnostics" by Volunteer: diagnostics(Diagnostics {}) -> DiagnosticsReport;
    /// Files that can be imported: in the kiosk's own folder for them, and on whatever is plugged in.
    "staff.import_files" by Supervisor: import_files(ImportFiles {}) -> ImportChoice;
    /// Sends a file to the event system, which imports it, or says what would become of it.
    "staff.begin_import" by Supervisor: begin_import(BeginImport {
        /// Its path, as `staff.import_files` tells it.
        file: String,
        /// Whether nothing is to be changed. Guests only.
        preview: bool,
        /// Titles of columns by what they are for, such as `name`; none if empty. The others are found by title.
        columns: BTreeMap<String, String>,
        /// What the guests in the pictures have agreed to. Pictures only.
        agreement: Option<FaceAgreement>,
    }) -> ImportView;
    /// How this kiosk's import stands.
    "staff.import" by Supervisor: import(Import {}) -> ImportView;
    /// Stops this kiosk's import; of one that is through, puts away what it came to.
    "staff.end_import" by Supervisor: end_import(EndImport {}) -> Handled;
    /// Writes the rows that were skipped, or the verdict on every picture, into the kiosk's own folder for imports.
    "staff.save_import_report" by Supervisor: save_import_report(SaveImportReport {}) -> SavedImportReport;
    /// Writes a file for support into the kiosk's data folder; nothing in it is about any person.
    "staff.support" by Supervisor: support(Support {}) -> SupportFile;
    /// What this kiosk is set to.
    "staff.settings" by Supervisor: settings(Settings {}) -> SettingsReport;
    /// Changes a setting of this kiosk.
    "staff.change_setting" by Supervisor: change_setting(ChangeSetting {
        /// Which, and to what.
        change: SettingChange,
    }) -> Handled;

    /// Everybody who ever belonged to the staff, whoever came first first.
    "staff.members" by Supervisor: members(Members {}) -> Vec<MemberRow>;
    /// Adds somebody to the staff.
    "staff.add_member" by Supervisor: add_member(AddMember {
        /// What the others call them: one to sixty characters.
        name: String,
        /// What they may do.
        role: StaffRole,
        /// Four to twelve digits that are nobody else's PIN.
        pin: String,
    }) -> MemberRow;
    /// Gives a member another PIN.
    "staff.set_member_pin" by Supervisor: set_member_pin(SetMemberPin {
        /// Whose.
        member: StaffId,
        /// Four to twelve digits that are nobody else's PIN.
        pin: String,
    }) -> Handled;
    /// Gives a member another name or role, at once also if staff mode is open for them. The last supervisor whose PIN opens
    /// it stays one.
    "staff.change_member" by Supervisor: change_member(ChangeMember {
        /// Whose.
        member: StaffId,
        /// What the others call them from now on: one to sixty characters.
        name: String,
        /// What they may do from now on.
        role: StaffRole,
    }) -> Handled;
    /// Lets a member's PIN open staff mode, or not any more. The last supervisor whose PIN opens it stays one.
    "staff.set_member_enabled" by Supervisor: set_member_enabled(SetMemberEnabled {
        /// Whose.
        member: StaffId,
        /// Whether it opens staff mode.
        enabled: bool,
    }) -> Handled;
}
