// Generated from crates/app/src/contract by `UPDATE_CONTRACT=1 cargo test -p portico-app`. Not edited by hand.

/**
 * Who may make a call.
 */
export type Access = "anyone" | "volunteer" | "supervisor";

/**
 * Staff have read the notice that the database was damaged and repaired.
 */
export type AcknowledgeSalvage = Record<symbol, never>;

/**
 * Adds somebody to the staff.
 */
export type AddMember = { 
/**
 * What the others call them: one to sixty characters.
 */
name: string, 
/**
 * What they may do.
 */
role: StaffRole, 
/**
 * Four to twelve digits that are nobody else's PIN.
 */
pin: string, };

/**
 * The guest agrees to the text that they were shown.
 */
export type Agree = { 
/**
 * Its version.
 */
version: string, 
/**
 * The language that it was shown in.
 */
language: string, 
/**
 * Whether they ticked its statement.
 */
ticked: boolean, };

/**
 * Moves a refused check-in to the guest who really came, and sends it again. Volunteers can within ten minutes of the
 * entry.
 */
export type Amend = { 
/**
 * The refused entry.
 */
entry: CheckInId, 
/**
 * Who it really was.
 */
attendee: AttendeeId, 
/**
 * Why.
 */
reason: string, };

/**
 * Ticks off a guest who needed somebody.
 */
export type Attend = { 
/**
 * Number of the need.
 */
need: number, };

/**
 * A guest on the roster, as the backend names them.
 */
export type AttendeeId = string;

/**
 * A row that was skipped.
 */
export type BadRow = { 
/**
 * Its line in the file, or its number in the sheet.
 */
row: number, 
/**
 * Title of the column that spoils it.
 */
column: string, 
/**
 * What is wrong with it.
 */
reason: Reason, };

/**
 * Sends a file to the event system, which imports it, or says what would become of it.
 */
export type BeginImport = { 
/**
 * Its path, as `staff.import_files` tells it.
 */
file: string, 
/**
 * Whether nothing is to be changed. Guests only.
 */
preview: boolean, 
/**
 * Titles of columns by what they are for, such as `name`; none if empty. The others are found by title.
 */
columns: { [key in string]: string }, 
/**
 * What the guests in the pictures have agreed to. Pictures only.
 */
agreement: FaceAgreement | null, };

/**
 * The guest asks for a person.
 */
export type CallStaff = Record<symbol, never>;

/**
 * Why there is no picture.
 */
export type CameraFault = "not_found" | "busy" | "permission" | "unplugged" | "stalled" | "format" | "torn" | "ended" | "driver";

/**
 * The camera.
 */
export type CameraReport = { 
/**
 * Its condition.
 */
state: CameraState, 
/**
 * What it sends, while it is open.
 */
device: DeviceFacts | null, 
/**
 * Frames per second that arrive, by their capture times.
 */
frames_per_second: number | null, 
/**
 * Frames that were replaced before anybody looked at them, since the start.
 */
dropped: number, };

/**
 * The camera.
 */
export type CameraSetting = { 
/**
 * Whether there is a camera to choose: a recording leaves no choice.
 */
can_choose: boolean, 
/**
 * Part of the name of the camera that staff have chosen; the configured one otherwise.
 */
chosen: string | null, 
/**
 * Names of the cameras that were connected when one was last opened.
 */
connected: Array<string>, };

/**
 * The camera's condition as the screens show it.
 */
export type CameraState = { "state": "searching" } | { "state": "opening" } | { "state": "warming" } | { "state": "live" } | { "state": "stalled" } | { "state": "lost", 
/**
 * Why.
 */
reason: CameraFault, };

/**
 * What a guest is asked to do for the next picture.
 */
export type CaptureAsk = "look_here" | "turn_a_little";

/**
 * Something that a guest is asked to do before the camera. Sides are the guest's own.
 */
export type Challenge = "blink" | "turn_left" | "turn_right";

/**
 * Gives a member another name or role, at once also if staff mode is open for them. The last supervisor whose PIN opens
 * it stays one.
 */
export type ChangeMember = { 
/**
 * Whose.
 */
member: StaffId, 
/**
 * What the others call them from now on: one to sixty characters.
 */
name: string, 
/**
 * What they may do from now on.
 */
role: StaffRole, };

/**
 * Changes a setting of this kiosk.
 */
export type ChangeSetting = { 
/**
 * Which, and to what.
 */
change: SettingChange, };

/**
 * Checks a guest in by hand.
 */
export type CheckInByHand = { 
/**
 * Who.
 */
attendee: AttendeeId, 
/**
 * Why by hand.
 */
reason: string, };

/**
 * A check-in, made by the kiosk (`UUIDv7`), so that delivering it twice changes nothing (I3).
 */
export type CheckInId = string;

/**
 * Sets the PIN of the first supervisor and opens staff mode for them; refused once there is one.
 */
export type ChoosePin = { 
/**
 * What the others call them: one to sixty characters.
 */
name: string, 
/**
 * Four to twelve digits.
 */
pin: string, };

/**
 * They mean it.
 */
export type ConfirmWithdrawal = Record<symbol, never>;

/**
 * One of the two entries of a conflict.
 */
export type ConflictEntry = { 
/**
 * The entry's id.
 */
check_in: CheckInId, 
/**
 * Time at the door.
 */
at: UtcMillis, 
/**
 * The gate, as staff call it.
 */
gate: string, 
/**
 * How the guest was recognised.
 */
method: Method, 
/**
 * The kiosk, as staff call it.
 */
device: string, };

/**
 * A guest whom two gates let in. Only ever sent while staff mode is open.
 */
export type ConflictRow = { 
/**
 * Which.
 */
conflict: CheckInId, 
/**
 * Full name, unless the guest left the roster.
 */
name: string | null, 
/**
 * The entry that stood when the second one arrived.
 */
first: ConflictEntry, 
/**
 * The entry that the event's rule does not allow.
 */
second: ConflictEntry, 
/**
 * Whether the second entry was made at this kiosk.
 */
made_here: boolean, 
/**
 * Where it stands.
 */
state: ConflictState, 
/**
 * What staff decided here that the backend has not heard yet.
 */
decided: Resolution | null, 
/**
 * The kiosk at which it was resolved.
 */
resolved_by: string | null, 
/**
 * Whether whoever asks may take the second entry back.
 */
may_undo: boolean, };

/**
 * Where a conflict stands.
 */
export type ConflictState = "open" | "accepted" | "undone" | "promoted";

/**
 * Guests whom two gates let in: the open ones first, the newest first.
 */
export type Conflicts = Record<symbol, never>;

/**
 * How the backend is reached.
 */
export type ConnectionView = "connecting" | "online" | "offline" | "revoked";

/**
 * The text that a guest is asked to agree to before their face is enrolled.
 */
export type ConsentSheet = { 
/**
 * Its version, to be named with the agreement.
 */
version: string, 
/**
 * The language that it is in.
 */
language: string, 
/**
 * The heading.
 */
title: string, 
/**
 * What is read.
 */
paragraphs: Array<string>, 
/**
 * What is agreed to.
 */
statement: string, 
/**
 * Whether the statement is ticked before agreeing, as an act of its own.
 */
separate: boolean, };

/**
 * "This was not A but B": undoes A, admits B, and remembers that A's face is doubtful. Volunteers can within ten
 * minutes of the entry.
 */
export type Correct = { 
/**
 * The wrong check-in.
 */
check_in: CheckInId, 
/**
 * Who it really was.
 */
attendee: AttendeeId, 
/**
 * Why.
 */
reason: string, };

/**
 * The whole screen as it is now; changes arrive by the host's view stream.
 */
export type CurrentView = Record<symbol, never>;

/**
 * What a camera has agreed to send.
 */
export type DeviceFacts = { 
/**
 * Its name.
 */
name: string, 
/**
 * Width in pixels.
 */
width: number, 
/**
 * Height in pixels.
 */
height: number, 
/**
 * Layout of the bytes.
 */
format: PixelFormat, 
/**
 * Frames per second.
 */
frames_per_second: number, };

/**
 * How this kiosk is doing.
 */
export type Diagnostics = Record<symbol, never>;

/**
 * How this kiosk is doing.
 */
export type DiagnosticsReport = { 
/**
 * When this was true.
 */
at: UtcMillis, 
/**
 * Seconds since the kiosk started.
 */
up_seconds: number, 
/**
 * The kiosk's version.
 */
version: string, 
/**
 * Operating system and processor.
 */
system: string, 
/**
 * The camera.
 */
camera: CameraReport, 
/**
 * What faces are recognised with.
 */
recognition: RecognitionReport, 
/**
 * How long each step takes, in the order in which a guest passes them.
 */
stages: Array<StageFigure>, 
/**
 * The database.
 */
storage: StorageReport, 
/**
 * The exchange with the backend.
 */
sync: SyncReport, };

/**
 * The guest leaves the current screen.
 */
export type Dismiss = Record<symbol, never>;

/**
 * Stops this kiosk's import; of one that is through, puts away what it came to.
 */
export type EndImport = Record<symbol, never>;

/**
 * Why a face was not enrolled.
 */
export type EnrolFailure = "network" | "picture" | "staff";

/**
 * The guest typed the second fact.
 */
export type EnterFact = { 
/**
 * Last four digits of their phone.
 */
digits: string, };

/**
 * The guest typed what the name's screen asks for: a name, or digits of their phone.
 */
export type EnterName = { 
/**
 * As typed; Chinese names may be pinyin.
 */
text: string, };

/**
 * A ticket code was typed or scanned.
 */
export type EnterTicket = { 
/**
 * The code as typed.
 */
code: string, 
/**
 * What a hand scanner has sent if it pretends to be an American keyboard and this device's keyboard is another
 * one. Heeded where `code` says nothing.
 */
other_reading: string | null, };

/**
 * The event's pictures, as data URLs of PNG or JPEG.
 */
export type EventPictures = { 
/**
 * Its logo.
 */
logo: string | null, 
/**
 * What lies behind results.
 */
background: string | null, };

/**
 * The event as the screen shows it.
 */
export type EventView = { 
/**
 * Its name; empty until the backend has been reached for the first time.
 */
name: string, 
/**
 * A sentence for the idle screen.
 */
tagline: string | null, 
/**
 * IANA time zone for shown times.
 */
time_zone: string, 
/**
 * Accent colour, `#rrggbb`.
 */
accent: string, 
/**
 * Names the event's logo and background, which `event.pictures` tells; changes with them, and is nothing without.
 */
pictures: string | null, 
/**
 * The gate that this kiosk stands at.
 */
gate: string, 
/**
 * Whether guests may enrol their face at this event's kiosks.
 */
enrols: boolean, };

/**
 * Writes everything that the backend has not taken into an encrypted file in the kiosk's data folder.
 */
export type ExportQueue = { 
/**
 * At least twelve characters; whoever reads the file needs them.
 */
passphrase: string, };

/**
 * What the guests in the pictures have agreed to, as staff state it.
 */
export type FaceAgreement = { 
/**
 * Version of the text that they agreed to.
 */
text_version: string, 
/**
 * Language of that text (BCP 47).
 */
language: string, 
/**
 * Days until their faces must be gone.
 */
days_kept: number, };

/**
 * What a guest may do about their face beside being greeted.
 */
export type FaceChoice = "none" | "enrol" | "remove";

/**
 * What is kept of faces, and for how long.
 */
export type FaceTerms = { 
/**
 * How many templates.
 */
templates: number, 
/**
 * When the first of them is erased.
 */
first_ends_at: UtcMillis | null, 
/**
 * When the last of them is erased.
 */
last_ends_at: UtcMillis | null, };

/**
 * What became of pictures.
 */
export type FacesImport = { 
/**
 * Guests of whom a picture was taken.
 */
enrolled: number, 
/**
 * Second and further pictures of these.
 */
further: number, 
/**
 * Pictures that were not taken.
 */
not_taken: number, 
/**
 * Pictures that were not looked at.
 */
left: number, 
/**
 * The first pictures that were not taken.
 */
refused: Array<RefusedPicture>, };

/**
 * Whether this kiosk can recognise faces. Without, guests get in by ticket and by staff.
 */
export type FacesView = "ready" | "with_ticket" | "no_models" | "not_calibrated";

/**
 * An earlier entry of the same guest.
 */
export type FirstEntry = { 
/**
 * When.
 */
at: UtcMillis, 
/**
 * At which gate, as staff call it.
 */
gate: string | null, };

/**
 * Guests who are in by one gate.
 */
export type GateFigure = { 
/**
 * What the gate is called, if that is known.
 */
gate: string | null, 
/**
 * How many.
 */
guests: number, };

/**
 * The event's logo and background.
 */
export type GiveEventPictures = Record<symbol, never>;

/**
 * The guest's screen. Never carries another person's name, photo or score (I10).
 */
export type GuestView = { "kind": "idle" } | { "kind": "approaching", 
/**
 * The one thing to do better, held long enough to be read.
 */
hint: Hint | null, 
/**
 * How full the ring is, 0 to 1: the share of the intent time that has passed.
 */
progress: number, } | { "kind": "identifying" } | { "kind": "challenge", 
/**
 * What to do.
 */
challenge: Challenge, } | { "kind": "confirm", 
/**
 * How many wrong answers are still allowed.
 */
attempts_left: number, 
/**
 * Whether the last answer was wrong.
 */
refused: boolean, 
/**
 * Whether an answer is being compared.
 */
checking: boolean, } | { "kind": "welcome", 
/**
 * The guest's name, as the event shows it.
 */
name: string, 
/**
 * The event's note for this guest.
 */
note: string | null, 
/**
 * Whether the backend will hear of it later.
 */
offline: boolean, 
/**
 * What they may do about their face.
 */
face: FaceChoice, } | { "kind": "already_in", 
/**
 * The guest's name, as the event shows it.
 */
name: string, 
/**
 * When and where.
 */
first: FirstEntry, 
/**
 * What they may do about their face.
 */
face: FaceChoice, } | { "kind": "name", 
/**
 * What to type.
 */
asks: NameAsks, 
/**
 * How many wrong answers are still allowed.
 */
attempts_left: number, 
/**
 * Whether nobody had both of what was typed last.
 */
refused: boolean, 
/**
 * Whether what was typed is being looked up.
 */
checking: boolean, } | { "kind": "not_found", 
/**
 * What was tried.
 */
tried: Tried, } | { "kind": "ticket", 
/**
 * Whether the code is being looked up.
 */
checking: boolean, } | { "kind": "match_face", 
/**
 * The one thing to do better, held long enough to be read.
 */
hint: Hint | null, 
/**
 * Whether a face is being compared.
 */
checking: boolean, } | { "kind": "staff_called" } | { "kind": "trouble" } | { "kind": "enrol_offer" } | { "kind": "consent", 
/**
 * Whose face it will be, as the event shows the name.
 */
name: string, } | { "kind": "capture", 
/**
 * The one thing to do better.
 */
hint: Hint | null, 
/**
 * What to do for the next picture.
 */
ask: CaptureAsk, 
/**
 * How many pictures are taken.
 */
taken: number, 
/**
 * How many there will be.
 */
wanted: number, 
/**
 * Whether they are on their way to the backend.
 */
sending: boolean, } | { "kind": "enrolled", 
/**
 * How many pictures were taken over.
 */
pictures: number, 
/**
 * The best one's quality, 0 to 1.
 */
quality: number, } | { "kind": "not_enrolled", 
/**
 * Why.
 */
why: EnrolFailure, } | { "kind": "withdraw", 
/**
 * Whether it is being removed.
 */
working: boolean, } | { "kind": "withdrawn" };

/**
 * The call was taken; what it changed shows in the view.
 */
export type Handled = Record<symbol, never>;

/**
 * The one thing that the guest could do better. Ordered: the first that applies is shown.
 */
export type Hint = "one_person" | "come_closer" | "step_back" | "move_to_middle" | "more_light" | "less_light" | "look_here" | "hold_still";

/**
 * How this kiosk's import stands.
 */
export type Import = Record<symbol, never>;

/**
 * What can be imported.
 */
export type ImportChoice = { 
/**
 * The kiosk's own folder, for files that are not on a stick.
 */
folder: string, 
/**
 * Files there and on whatever is plugged in, the newest first.
 */
files: Array<ImportFile>, };

/**
 * A file that can be imported.
 */
export type ImportFile = { 
/**
 * What it is called in calls.
 */
path: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The folder it is in.
 */
folder: string, 
/**
 * What it holds, by its name.
 */
kind: ImportKind, 
/**
 * Its size.
 */
bytes: number, 
/**
 * When it was last changed.
 */
changed_at: UtcMillis, };

/**
 * Files that can be imported: in the kiosk's own folder for them, and on whatever is plugged in.
 */
export type ImportFiles = Record<symbol, never>;

/**
 * What a file holds.
 */
export type ImportKind = "roster" | "faces";

/**
 * What an import is at.
 */
export type ImportPhase = "reading" | "writing" | "pictures";

/**
 * An import that the event system has.
 */
export type ImportReport = { 
/**
 * Whether it changes nothing.
 */
preview: boolean, 
/**
 * How it stands.
 */
state: ImportState, 
/**
 * What it is at, or was last.
 */
phase: ImportPhase, 
/**
 * Rows or pictures that are done in this phase.
 */
done: number, 
/**
 * Of how many, if that is known.
 */
total: number | null, 
/**
 * Why it ended early.
 */
reason: Reason | null, 
/**
 * What became of guests, or would.
 */
roster: RosterImport | null, 
/**
 * What became of pictures.
 */
faces: FacesImport | null, };

/**
 * How an import stands.
 */
export type ImportState = "running" | "done" | "stopped" | "failed";

/**
 * This kiosk's import.
 */
export type ImportView = { "kind": "none" } | { "kind": "sending", 
/**
 * Its name.
 */
file: string, 
/**
 * How much of it has gone.
 */
sent_bytes: number, 
/**
 * Its size.
 */
bytes: number, } | { "kind": "refused", 
/**
 * Its name.
 */
file: string, 
/**
 * Why.
 */
error: RpcError, 
/**
 * What the event system says of it, if that is more.
 */
reason: Reason | null, } | { "kind": "taken", 
/**
 * Its name.
 */
file: string, 
/**
 * How it stands.
 */
report: ImportReport, };

/**
 * How well the database's key is kept.
 */
export type KeyLevel = "hardware" | "operating_system" | "file";

/**
 * How the event goes, in numbers, and the guests who need somebody.
 */
export type Live = Record<symbol, never>;

/**
 * How the event goes. Numbers only; entries of other gates count as far as sync has brought them.
 */
export type LiveReport = { 
/**
 * When these numbers were true.
 */
at: UtcMillis, 
/**
 * Guests on the list.
 */
expected: number, 
/**
 * Those of them who are in.
 */
inside: number, 
/**
 * Guests who are in, by gate; the largest first.
 */
by_gate: Array<GateFigure>, 
/**
 * Entries of this kiosk that stand, by method; the most frequent first.
 */
by_method: Array<MethodFigure>, 
/**
 * The beginning of the first minute that `arrivals` and `outcomes` are about.
 */
since: UtcMillis, 
/**
 * Guests who came in by the minute, oldest first; minutes without any are left out.
 */
arrivals: Array<MinuteFigure>, 
/**
 * How recognition went at this kiosk by the minute, oldest first.
 */
outcomes: Array<OutcomeMinute>, 
/**
 * How recognition went at this kiosk over the last days.
 */
outcome_totals: Array<OutcomeFigure>, 
/**
 * Guests who needed somebody and whom nobody has ticked off, newest first.
 */
needs: Array<NeedRow>, 
/**
 * How many of them there are.
 */
open_needs: number, };

/**
 * Leaves staff mode.
 */
export type Lock = Record<symbol, never>;

/**
 * A guest on the list who may be the one whom staff are about to add. Only ever sent while staff mode is open.
 */
export type LookAlikeRow = { 
/**
 * Who is on the list.
 */
guest: RosterRow, 
/**
 * Whether the name is the same, but for accents, case and order.
 */
same_name: boolean, 
/**
 * Whether the end of the phone number is the same.
 */
same_phone: boolean, };

/**
 * Guests on the list who may be the one whom staff are about to add.
 */
export type LookAlikes = { 
/**
 * The new guest's name.
 */
name: string, 
/**
 * The new guest's phone number, or the end of it.
 */
phone: string | null, };

/**
 * How the screens look and sound.
 */
export type LooksView = { 
/**
 * The guests' screen.
 */
theme: ThemeView, 
/**
 * Staff's sheet.
 */
staff_theme: ThemeView, 
/**
 * How loud tones and speech are, in percent; 0 at a quiet event.
 */
volume: number, 
/**
 * Whether results are also spoken.
 */
speech: boolean, };

/**
 * Somebody who belongs to the staff. Only ever sent to supervisors.
 */
export type MemberRow = { 
/**
 * Who.
 */
member: StaffId, 
/**
 * What the others call them; empty for a first supervisor who was never asked.
 */
name: string, 
/**
 * What they may do.
 */
role: StaffRole, 
/**
 * Since when.
 */
created_at: UtcMillis, 
/**
 * Whether their PIN opens staff mode.
 */
enabled: boolean, };

/**
 * Everybody who ever belonged to the staff, whoever came first first.
 */
export type Members = Record<symbol, never>;

/**
 * How a guest was recognised.
 */
export type Method = "face" | "face_and_fact" | "ticket" | "name_and_fact" | "staff";

/**
 * Entries by one method.
 */
export type MethodFigure = { 
/**
 * How they were recognised.
 */
method: Method, 
/**
 * How many.
 */
entries: number, };

/**
 * Guests who came in within one minute.
 */
export type MinuteFigure = { 
/**
 * Its beginning.
 */
minute: UtcMillis, 
/**
 * How many.
 */
guests: number, };

/**
 * What the name's screen asks for.
 */
export type NameAsks = "name_or_digits" | "digits" | "name";

/**
 * A guest who needed somebody.
 */
export type NeedRow = { 
/**
 * Its number, to tick it off by.
 */
need: number, 
/**
 * Why.
 */
kind: StaffNotice, 
/**
 * When.
 */
at: UtcMillis, };

/**
 * How a recognition went, or what it brought about. The stored form is the snake-case name.
 */
export type Outcome = "accepted" | "asked" | "unknown" | "spoof_warning" | "staff_called";

/**
 * How often something came about.
 */
export type OutcomeFigure = { 
/**
 * What.
 */
outcome: Outcome, 
/**
 * How often.
 */
count: number, };

/**
 * How often something came about within one minute.
 */
export type OutcomeMinute = { 
/**
 * Its beginning.
 */
minute: UtcMillis, 
/**
 * What.
 */
outcome: Outcome, 
/**
 * How often.
 */
count: number, };

/**
 * The screen has painted this revision of the view.
 */
export type Painted = { 
/**
 * Revision of the painted view.
 */
revision: number, 
/**
 * When, by the wall clock of the device that the screen belongs to: the report arrives later than that.
 */
at: UtcMillis, };

/**
 * How the bytes of a [`Frame`] are laid out.
 */
export type PixelFormat = "jpeg" | "yuyv" | "nv12" | "rgb8";

/**
 * The member of the staff for whom staff mode is open.
 */
export type PresentMember = { 
/**
 * Who.
 */
id: StaffId, 
/**
 * What the others call them; empty for a first supervisor who was never asked.
 */
name: string, 
/**
 * What they may do.
 */
role: StaffRole, };

/**
 * The first camera picture is on screen.
 */
export type PreviewPainted = Record<symbol, never>;

/**
 * A row as it would be taken.
 */
export type PreviewRow = { 
/**
 * Its line in the file, or its number in the sheet.
 */
row: number, 
/**
 * The guest's name.
 */
name: string, 
/**
 * Company or group.
 */
company: string | null, 
/**
 * The code on the ticket.
 */
ticket_code: string | null, 
/**
 * Last four digits of the phone.
 */
phone_last4: string | null, };

/**
 * What waits to be sent, and how the backend was last reached.
 */
export type Queue = Record<symbol, never>;

/**
 * An encrypted file with everything that the backend has not taken.
 */
export type QueueExport = { 
/**
 * Where it is on this kiosk.
 */
file: string, 
/**
 * How many entries it holds.
 */
entries: number, };

/**
 * What waits to be sent.
 */
export type QueueReport = { 
/**
 * How many entries wait.
 */
waiting: number, 
/**
 * The first of them, in order.
 */
entries: Array<QueuedEntry>, 
/**
 * Entries that the backend refused for good.
 */
parked: Array<QueuedEntry>, 
/**
 * How the backend is reached.
 */
connection: ConnectionView, 
/**
 * When it last answered.
 */
last_success_at: UtcMillis | null, };

/**
 * One outgoing entry.
 */
export type QueuedEntry = { 
/**
 * The entry's id.
 */
id: CheckInId, 
/**
 * The guest's name, if still on the roster.
 */
name: string | null, 
/**
 * Time at the door.
 */
at: UtcMillis, 
/**
 * What it tells the backend.
 */
kind: QueuedKind, 
/**
 * Why the backend refused it.
 */
refused: Reason | null, 
/**
 * Whether whoever asks may move it to another guest.
 */
may_change: boolean, };

/**
 * What an outgoing entry tells the backend.
 */
export type QueuedKind = "check_in" | "register" | "undo" | "resolve" | "withdraw";

/**
 * What a guest is asked to agree to before their face is enrolled.
 */
export type ReadConsent = { 
/**
 * Language that the guest reads (BCP 47).
 */
language: string, };

/**
 * Why something was refused.
 */
export type Reason = { 
/**
 * Its name, such as `not_on_roster`; `None` where all there is are words, as of an event system of another maker.
 */
code: string | null, 
/**
 * What stands in its text, by name.
 */
values: { [key in string]: string }, 
/**
 * The same in the words of whoever refused, for a name that the screen does not know.
 */
text: string, };

/**
 * This kiosk's last check-ins, newest first.
 */
export type Recent = Record<symbol, never>;

/**
 * One of this kiosk's last check-ins.
 */
export type RecentCheckIn = { 
/**
 * Which.
 */
check_in: CheckInId, 
/**
 * Who.
 */
attendee: AttendeeId, 
/**
 * Full name.
 */
name: string, 
/**
 * How they were recognised.
 */
method: Method, 
/**
 * When.
 */
at: UtcMillis, 
/**
 * Whether it was taken back.
 */
undone: boolean, 
/**
 * Whether the backend has it.
 */
sent: boolean, 
/**
 * Whether whoever asks may take it back or correct it.
 */
may_change: boolean, };

/**
 * What faces are recognised with.
 */
export type RecognitionReport = { 
/**
 * Whether faces are recognised.
 */
state: FacesView, 
/**
 * The choice of the configuration: `single`, `fused` or `own`.
 */
choice: string, 
/**
 * The recogniser in force.
 */
model: string, 
/**
 * From this judged score on a face is accepted, at the gallery's present size.
 */
accept_score: number | null, 
/**
 * From this judged score on a guest is asked.
 */
ask_score: number | null, 
/**
 * Templates in memory.
 */
templates: number, 
/**
 * Guests whom they belong to.
 */
guests_with_face: number, };

/**
 * What a screen does about a failure.
 */
export type Recovery = "retry" | "degrade" | "guide" | "staff" | "stop";

/**
 * A picture that was not taken.
 */
export type RefusedPicture = { 
/**
 * Its file.
 */
file: string, 
/**
 * Why.
 */
reason: Reason, };

/**
 * Adds a guest who is not on the list, and checks them in.
 */
export type Register = { 
/**
 * The name as the guest wants to be greeted.
 */
name: string, 
/**
 * Company or group.
 */
company: string | null, 
/**
 * Phone number, or the end of it; four digits are kept.
 */
phone: string | null, 
/**
 * What the event should know.
 */
note: string | null, };

/**
 * A guest who was added and checked in.
 */
export type Registered = { 
/**
 * The new guest.
 */
attendee: AttendeeId, 
/**
 * Their entry.
 */
check_in: CheckInId, };

/**
 * What staff decide about a conflict.
 */
export type Resolution = "accept" | "undo";

/**
 * Decides about a guest whom two gates let in. Volunteers can take the second entry back within ten minutes of it.
 */
export type Resolve = { 
/**
 * Which conflict.
 */
conflict: CheckInId, 
/**
 * What it was.
 */
resolution: Resolution, 
/**
 * Why.
 */
reason: string, };

/**
 * Sends an entry again that the backend had refused, as it is.
 */
export type Retry = { 
/**
 * The refused entry.
 */
entry: CheckInId, };

/**
 * What became of guests, or would.
 */
export type RosterImport = { 
/**
 * What the file is and what had to be guessed, in the event system's words.
 */
source: string, 
/**
 * Titles of the columns that are read, by what they are for.
 */
columns: { [key in string]: string }, 
/**
 * Columns that nobody reads.
 */
unknown_columns: Array<string>, 
/**
 * Guests who are new.
 */
added: number, 
/**
 * Guests who have changed.
 */
updated: number, 
/**
 * Guests who were known just so.
 */
unchanged: number, 
/**
 * Rows that were skipped.
 */
skipped: number, 
/**
 * The first of these.
 */
bad_rows: Array<BadRow>, 
/**
 * Of a preview, the first rows as they would be taken.
 */
first_rows: Array<PreviewRow>, };

/**
 * A guest in staff's search. Only ever sent while staff mode is open.
 */
export type RosterRow = { 
/**
 * Who.
 */
attendee: AttendeeId, 
/**
 * Full name.
 */
name: string, 
/**
 * Company or group.
 */
company: string | null, 
/**
 * The code on the ticket.
 */
ticket_code: string, 
/**
 * The event's note.
 */
note: string | null, 
/**
 * When and where the guest entered, if they did.
 */
checked_in: FirstEntry | null, 
/**
 * The check-in that whoever asks could take back at this kiosk.
 */
check_in: CheckInId | null, };

/**
 * A call that failed.
 */
export type RpcError = { 
/**
 * Stable dotted code, e.g. `staff.pin_wrong`; the screen's locale files hold the words.
 */
code: string, 
/**
 * What to do.
 */
recovery: Recovery, 
/**
 * Seconds until it makes sense to try again, where that is known.
 */
retry_after_seconds: number | null, };

/**
 * Writes the rows that were skipped, or the verdict on every picture, into the kiosk's own folder for imports.
 */
export type SaveImportReport = Record<symbol, never>;

/**
 * Where what is to be mended was written.
 */
export type SavedImportReport = { 
/**
 * The file.
 */
file: string, };

/**
 * Finds guests by name, company, ticket or phone digits.
 */
export type Search = { 
/**
 * What was typed.
 */
query: string, };

/**
 * Lets a member's PIN open staff mode, or not any more. The last supervisor whose PIN opens it stays one.
 */
export type SetMemberEnabled = { 
/**
 * Whose.
 */
member: StaffId, 
/**
 * Whether it opens staff mode.
 */
enabled: boolean, };

/**
 * Gives a member another PIN.
 */
export type SetMemberPin = { 
/**
 * Whose.
 */
member: StaffId, 
/**
 * Four to twelve digits that are nobody else's PIN.
 */
pin: string, };

/**
 * A change of one setting.
 */
export type SettingChange = { "kind": "sounds", 
/**
 * They do.
 */
on: boolean, } | { "kind": "languages", 
/**
 * The default first; at least one.
 */
languages: Array<string>, } | { "kind": "camera", 
/**
 * Part of its name; `None` for the configured one.
 */
device: string | null, };

/**
 * What this kiosk is set to.
 */
export type Settings = Record<symbol, never>;

/**
 * What this kiosk is set to. What staff may not change here says where it is changed by its place in this list.
 */
export type SettingsReport = { 
/**
 * The camera; changed here.
 */
camera: CameraSetting, 
/**
 * Languages of the screens, the default first; changed here.
 */
languages: Array<string>, 
/**
 * Every language that the screens speak.
 */
known_languages: Array<string>, 
/**
 * Whether results sound; changed here.
 */
sounds: boolean, 
/**
 * What staff call this kiosk; changed in its configuration file.
 */
kiosk: string, 
/**
 * The gate's id; changed in the configuration file.
 */
gate: string, 
/**
 * Seconds without a touch until staff mode closes; changed in the configuration file.
 */
auto_lock_seconds: number, 
/**
 * The backend's address, unless it is inside this kiosk; changed in the configuration file.
 */
backend: string | null, 
/**
 * Whether pictures may be sent to the backend; changed there.
 */
pictures_may_leave: boolean, 
/**
 * What is kept of faces; changed at the backend.
 */
faces: FaceTerms, };

/**
 * What a check-in by hand came to.
 */
export type StaffAdmission = { "kind": "recorded", 
/**
 * The new check-in.
 */
check_in: CheckInId, } | { "kind": "already_in", 
/**
 * When and where.
 */
first: FirstEntry, } | { "kind": "not_on_roster" };

/**
 * A member of the venue's staff at one kiosk (`UUIDv7`).
 */
export type StaffId = string;

/**
 * Whether staff mode is open.
 */
export type StaffLock = "unset" | "locked" | "unlocked";

/**
 * Why a guest needs a person. The stored form is the snake-case name.
 */
export type StaffNotice = "called" | "not_found" | "fact_refused" | "spoof_warning" | "challenge_not_met" | "storage_failed" | "enrolment_doubtful" | TicketRefusal;

/**
 * A member's role; the later one may do everything that the earlier one may. The stored form is the snake-case name.
 */
export type StaffRole = "volunteer" | "supervisor";

/**
 * Staff mode as every screen may know it.
 */
export type StaffView = { 
/**
 * Whether staff mode is open.
 */
lock: StaffLock, 
/**
 * For whom it is open; nobody while it is closed.
 */
member: PresentMember | null, 
/**
 * How many entries wait to be sent.
 */
waiting: number, 
/**
 * How many guests have needed a person since staff last looked.
 */
attention: number, 
/**
 * How many guests were let in by two gates and wait for a decision.
 */
conflicts: number, 
/**
 * Whether what happens can be kept.
 */
storage: StorageView, 
/**
 * What was wrong with the last ticket that was refused, until staff have been here.
 */
refused_ticket: TicketRefusal | null, };

/**
 * How long a step took within the last five minutes.
 */
export type StageFigure = { 
/**
 * Which.
 */
stage: StageName, 
/**
 * Half of the runs were at least as quick.
 */
p50_ms: number, 
/**
 * 95 of 100 runs were at least as quick.
 */
p95_ms: number, 
/**
 * How many runs.
 */
runs: number, };

/**
 * A step on a guest's way.
 */
export type StageName = "decode" | "detect" | "landmarks" | "embed" | "backend" | "search" | "commit";

/**
 * Leads a guest to the consent for enrolling their face, and leaves staff mode: the guest agrees, not staff.
 */
export type StartEnrolment = { 
/**
 * Who.
 */
attendee: AttendeeId, 
/**
 * Why by staff.
 */
reason: string, };

/**
 * The database.
 */
export type StorageReport = { 
/**
 * Whether what happens can be kept.
 */
state: StorageView, 
/**
 * Whether the reserve for a full disk is in place.
 */
reserve_in_place: boolean, 
/**
 * Size of the database's file.
 */
database_bytes: number, 
/**
 * Size of its log.
 */
log_bytes: number, 
/**
 * The schema that it has.
 */
schema_version: number, 
/**
 * How well its key is kept.
 */
key: KeyLevel, 
/**
 * Guests on the list.
 */
guests: number, 
/**
 * Entries that wait to be sent.
 */
waiting: number, 
/**
 * Entries that the backend refused.
 */
refused: number, };

/**
 * Whether what happens can be kept.
 */
export type StorageView = { "kind": "sound" } | { "kind": "disk_low" } | { "kind": "disk_full" } | { "kind": "salvaged", 
/**
 * When.
 */
at: UtcMillis, 
/**
 * Whether something could not be read.
 */
incomplete: boolean, };

/**
 * Writes a file for support into the kiosk's data folder; nothing in it is about any person.
 */
export type Support = Record<symbol, never>;

/**
 * A file for support.
 */
export type SupportFile = { 
/**
 * Where it is on this kiosk.
 */
file: string, 
/**
 * Its size.
 */
bytes: number, };

/**
 * The exchange with the backend.
 */
export type SyncReport = { 
/**
 * How the backend is reached.
 */
connection: ConnectionView, 
/**
 * When it last answered.
 */
last_success_at: UtcMillis | null, 
/**
 * How far its clock is ahead of this device's, in milliseconds.
 */
clock_ahead_ms: number | null, 
/**
 * Stable code of the latest task's failure.
 */
failure: string | null, };

/**
 * Light or dark.
 */
export type ThemeView = "dark" | "light" | "system";

/**
 * What is wrong with a ticket. Nothing of it is personal: staff may read it on the public screen's device.
 */
export type TicketRefusal = "forged" | "other_event" | "expired" | "revoked" | "unsigned" | "face_differs" | "face_unseen" | "face_unusable";

/**
 * The guest is there: they pressed, tapped or typed something. Keeps a screen open that waits for them.
 */
export type Touched = Record<symbol, never>;

/**
 * What a guest tried when they were not found.
 */
export type Tried = "face" | "ticket" | "ticket_damaged" | "ticket_elsewhere" | "ticket_expired" | "ticket_withdrawn" | "ticket_unsigned" | "face_differs" | "face_unseen" | "face_unusable" | "fact" | "name" | "name_closed";

/**
 * Takes a check-in back. Volunteers can within ten minutes of the entry.
 */
export type Undo = { 
/**
 * Which.
 */
check_in: CheckInId, 
/**
 * Why.
 */
reason: string, };

/**
 * Opens staff mode.
 */
export type Unlock = { 
/**
 * Four to twelve digits.
 */
pin: string, };

/**
 * The guest wants to be recognised now, without waiting for the intent time.
 */
export type UseFace = Record<symbol, never>;

/**
 * The guest wants to be found by name, or by the digits of their phone.
 */
export type UseName = Record<symbol, never>;

/**
 * The guest wants the other way in.
 */
export type UseTicket = Record<symbol, never>;

/**
 * UTC wall-clock time in milliseconds since 1970. For records and display, never for ordering or waiting.
 */
export type UtcMillis = number;

/**
 * Everything that a screen shows. The screen holds no truth of its own (I7).
 */
export type View = { 
/**
 * Counts up with every change.
 */
revision: number, 
/**
 * The event.
 */
event: EventView, 
/**
 * The guest's screen.
 */
guest: GuestView, 
/**
 * Counts up whenever a guest is done with the screen, or another's begins: whatever the guest before chose, ticked or
 * heard is not for whom this is, also if it is of the same kind.
 */
encounter: number, 
/**
 * Set while the guest is asked whether they are still there: how many seconds before its end the screen began to
 * ask. Does not count down; any touch ends it.
 */
closing_in_s: number | null, 
/**
 * The camera's condition.
 */
camera: CameraState, 
/**
 * Whether this kiosk can recognise faces at all.
 */
faces: FacesView, 
/**
 * How the backend is reached.
 */
connection: ConnectionView, 
/**
 * Staff mode.
 */
staff: StaffView, 
/**
 * Languages of this kiosk (BCP 47), the event's own first.
 */
languages: Array<string>, 
/**
 * How the screens look and sound.
 */
looks: LooksView, };

/**
 * The guest would like to enrol their face.
 */
export type WantEnrolment = Record<symbol, never>;

/**
 * The guest would like to have their face data removed.
 */
export type WantWithdrawal = Record<symbol, never>;

/**
 * Removes everything from this kiosk but the audit; refused while anything waits that was not exported.
 */
export type Wipe = { 
/**
 * Why.
 */
reason: string, };

/**
 * Removes a guest's face data, here at once and at the backend in due course.
 */
export type WithdrawFor = { 
/**
 * Whose.
 */
attendee: AttendeeId, 
/**
 * Why.
 */
reason: string, };

/** Every call with its parameters and reply. */
export type Calls = {
  "view.current": { params: CurrentView; reply: View };
  "view.painted": { params: Painted; reply: Handled };
  "event.pictures": { params: GiveEventPictures; reply: EventPictures };
  "preview.painted": { params: PreviewPainted; reply: Handled };
  "guest.use_face": { params: UseFace; reply: Handled };
  "guest.use_ticket": { params: UseTicket; reply: Handled };
  "guest.use_name": { params: UseName; reply: Handled };
  "guest.enter_name": { params: EnterName; reply: Handled };
  "guest.enter_ticket": { params: EnterTicket; reply: Handled };
  "guest.enter_fact": { params: EnterFact; reply: Handled };
  "guest.touched": { params: Touched; reply: Handled };
  "guest.dismiss": { params: Dismiss; reply: Handled };
  "guest.call_staff": { params: CallStaff; reply: Handled };
  "guest.enrol": { params: WantEnrolment; reply: Handled };
  "guest.consent_text": { params: ReadConsent; reply: ConsentSheet };
  "guest.agree": { params: Agree; reply: Handled };
  "guest.withdraw": { params: WantWithdrawal; reply: Handled };
  "guest.confirm_withdrawal": { params: ConfirmWithdrawal; reply: Handled };
  "staff.unlock": { params: Unlock; reply: Handled };
  "staff.choose_pin": { params: ChoosePin; reply: Handled };
  "staff.lock": { params: Lock; reply: Handled };
  "staff.search": { params: Search; reply: Array<RosterRow> };
  "staff.check_in": { params: CheckInByHand; reply: StaffAdmission };
  "staff.undo": { params: Undo; reply: Handled };
  "staff.correct": { params: Correct; reply: StaffAdmission };
  "staff.recent": { params: Recent; reply: Array<RecentCheckIn> };
  "staff.queue": { params: Queue; reply: QueueReport };
  "staff.retry": { params: Retry; reply: Handled };
  "staff.amend": { params: Amend; reply: Handled };
  "staff.export_queue": { params: ExportQueue; reply: QueueExport };
  "staff.conflicts": { params: Conflicts; reply: Array<ConflictRow> };
  "staff.resolve": { params: Resolve; reply: Handled };
  "staff.enrol": { params: StartEnrolment; reply: Handled };
  "staff.withdraw": { params: WithdrawFor; reply: Handled };
  "staff.acknowledge_salvage": { params: AcknowledgeSalvage; reply: Handled };
  "staff.wipe": { params: Wipe; reply: Handled };
  "staff.look_alikes": { params: LookAlikes; reply: Array<LookAlikeRow> };
  "staff.register": { params: Register; reply: Registered };
  "staff.live": { params: Live; reply: LiveReport };
  "staff.attend": { params: Attend; reply: Handled };
  "staff.diagnostics": { params: Diagnostics; reply: DiagnosticsReport };
  "staff.import_files": { params: ImportFiles; reply: ImportChoice };
  "staff.begin_import": { params: BeginImport; reply: ImportView };
  "staff.import": { params: Import; reply: ImportView };
  "staff.end_import": { params: EndImport; reply: Handled };
  "staff.save_import_report": { params: SaveImportReport; reply: SavedImportReport };
  "staff.support": { params: Support; reply: SupportFile };
  "staff.settings": { params: Settings; reply: SettingsReport };
  "staff.change_setting": { params: ChangeSetting; reply: Handled };
  "staff.members": { params: Members; reply: Array<MemberRow> };
  "staff.add_member": { params: AddMember; reply: MemberRow };
  "staff.set_member_pin": { params: SetMemberPin; reply: Handled };
  "staff.change_member": { params: ChangeMember; reply: Handled };
  "staff.set_member_enabled": { params: SetMemberEnabled; reply: Handled };
};

/** Who may make a call. The kiosk asks again: this is for showing only what works. */
export const CALL_ACCESS: Record<keyof Calls, Access> = {
  "view.current": "anyone",
  "view.painted": "anyone",
  "event.pictures": "anyone",
  "preview.painted": "anyone",
  "guest.use_face": "anyone",
  "guest.use_ticket": "anyone",
  "guest.use_name": "anyone",
  "guest.enter_name": "anyone",
  "guest.enter_ticket": "anyone",
  "guest.enter_fact": "anyone",
  "guest.touched": "anyone",
  "guest.dismiss": "anyone",
  "guest.call_staff": "anyone",
  "guest.enrol": "anyone",
  "guest.consent_text": "anyone",
  "guest.agree": "anyone",
  "guest.withdraw": "anyone",
  "guest.confirm_withdrawal": "anyone",
  "staff.unlock": "anyone",
  "staff.choose_pin": "anyone",
  "staff.lock": "volunteer",
  "staff.search": "volunteer",
  "staff.check_in": "volunteer",
  "staff.undo": "volunteer",
  "staff.correct": "volunteer",
  "staff.recent": "volunteer",
  "staff.queue": "volunteer",
  "staff.retry": "volunteer",
  "staff.amend": "volunteer",
  "staff.export_queue": "supervisor",
  "staff.conflicts": "volunteer",
  "staff.resolve": "volunteer",
  "staff.enrol": "volunteer",
  "staff.withdraw": "volunteer",
  "staff.acknowledge_salvage": "supervisor",
  "staff.wipe": "supervisor",
  "staff.look_alikes": "volunteer",
  "staff.register": "volunteer",
  "staff.live": "volunteer",
  "staff.attend": "volunteer",
  "staff.diagnostics": "volunteer",
  "staff.import_files": "supervisor",
  "staff.begin_import": "supervisor",
  "staff.import": "supervisor",
  "staff.end_import": "supervisor",
  "staff.save_import_report": "supervisor",
  "staff.support": "supervisor",
  "staff.settings": "supervisor",
  "staff.change_setting": "supervisor",
  "staff.members": "supervisor",
  "staff.add_member": "supervisor",
  "staff.set_member_pin": "supervisor",
  "staff.change_member": "supervisor",
  "staff.set_member_enabled": "supervisor",
};
