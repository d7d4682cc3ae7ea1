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
 * A guest on the roster, as the backend names them.
 */
export type AttendeeId = string;

/**
 * The guest asks for a person.
 */
export type CallStaff = Record<symbol, never>;

/**
 * Why there is no picture.
 */
export type CameraFault = "not_found" | "busy" | "permission" | "unplugged" | "stalled" | "format" | "torn" | "ended" | "driver";

/**
 * The camera's condition as the screens show it.
 */
export type CameraState = { "state": "searching" } | { "state": "opening" } | { "state": "warming" } | { "state": "live" } | { "state": "stalled" } | { "state": "lost", 
/**
 * Why.
 */
reason: CameraFault, };

/**
 * Something that a guest is asked to do before the camera. Sides are the guest's own.
 */
export type Challenge = "blink" | "turn_left" | "turn_right";

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
 * The guest leaves the current screen.
 */
export type Dismiss = Record<symbol, never>;

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
gate: string, };

/**
 * Writes everything that the backend has not taken into an encrypted file in the kiosk's data folder.
 */
export type ExportQueue = { 
/**
 * At least twelve characters; whoever reads the file needs them.
 */
passphrase: string, };

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
offline: boolean, } | { "kind": "already_in", 
/**
 * The guest's name, as the event shows it.
 */
name: string, 
/**
 * When and where.
 */
first: FirstEntry, } | { "kind": "name", 
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
checking: boolean, } | { "kind": "staff_called" } | { "kind": "trouble" };

/**
 * The call was taken; what it changed shows in the view.
 */
export type Handled = Record<symbol, never>;

/**
 * The one thing that the guest could do better. Ordered: the first that applies is shown.
 */
export type Hint = "one_person" | "come_closer" | "step_back" | "move_to_middle" | "more_light" | "less_light" | "look_here" | "hold_still";

/**
 * Leaves staff mode.
 */
export type Lock = Record<symbol, never>;

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
 * What the name's screen asks for.
 */
export type NameAsks = "name_or_digits" | "digits" | "name";

/**
 * The screen has painted this revision of the view.
 */
export type Painted = { 
/**
 * Revision of the painted view.
 */
revision: number, };

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
refused: string | null, 
/**
 * Whether whoever asks may move it to another guest.
 */
may_change: boolean, };

/**
 * What an outgoing entry tells the backend.
 */
export type QueuedKind = "check_in" | "undo" | "resolve";

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
 * What a screen does about a failure.
 */
export type Recovery = "retry" | "degrade" | "guide" | "staff" | "stop";

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
 * Removes everything from this kiosk but the audit; refused while anything waits that was not exported.
 */
export type Wipe = { 
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
  "staff.acknowledge_salvage": { params: AcknowledgeSalvage; reply: Handled };
  "staff.wipe": { params: Wipe; reply: Handled };
  "staff.members": { params: Members; reply: Array<MemberRow> };
  "staff.add_member": { params: AddMember; reply: MemberRow };
  "staff.set_member_pin": { params: SetMemberPin; reply: Handled };
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
  "staff.acknowledge_salvage": "supervisor",
  "staff.wipe": "supervisor",
  "staff.members": "supervisor",
  "staff.add_member": "supervisor",
  "staff.set_member_pin": "supervisor",
  "staff.set_member_enabled": "supervisor",
};
