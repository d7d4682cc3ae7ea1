// Rules over the view that more than one part of the guest's screen follows. Pure.
import type { CameraState, GuestView, Tried, View } from "./contract.ts";
import type { Message, Words } from "./i18n.svelte.ts";
import type { Tone } from "./sound.ts";

export type Kind = GuestView["kind"];

/** What the oval shows; null where the screen has something else to show. */
export type OvalStage = "waiting" | "filling" | "searching" | "done";

const STAGES: Partial<Record<Kind, OvalStage>> = {
  idle: "waiting",
  approaching: "filling",
  identifying: "searching",
  challenge: "waiting",
  welcome: "done",
  enrol_offer: "waiting",
  capture: "filling",
  enrolled: "done",
};

/** From here on a quality score is that of a clear picture: half of the frames that the door takes reach it. */
const GOOD_QUALITY = 0.6;

const TONES: Partial<Record<Kind, Tone>> = {
  welcome: "welcome",
  challenge: "ask",
  confirm: "ask",
  match_face: "ask",
  already_in: "already",
  enrolled: "welcome",
  not_enrolled: "sorry",
  withdraw: "ask",
  withdrawn: "already",
  not_found: "sorry",
  trouble: "sorry",
  staff_called: "called",
};

/** How long a welcome stays unless the next guest comes; as the session's policy has it. */
export const RETURN_MS = 3_000;
/** Screens that wait for their guest, and longer for one who touches them. */
const PATIENT: ReadonlySet<Kind> = new Set([
  "challenge",
  "confirm",
  "ticket",
  "match_face",
  "name",
  "not_found",
  "staff_called",
  "trouble",
  "consent",
  "not_enrolled",
  "withdraw",
]);

/** Whether a touch keeps this screen open. */
export function waitsForTouch(kind: Kind): boolean {
  return PATIENT.has(kind);
}

/** Whether guests cannot be recognised by face just now. */
export function isBlind(camera: CameraState): boolean {
  return camera.state === "lost" || camera.state === "stalled";
}

/** Whether guests are not recognised by face alone at this kiosk just now, for whatever reason. */
export function isFaceless(view: View): boolean {
  return isBlind(view.camera) || view.faces !== "ready" || view.connection === "revoked";
}

/** What a kiosk asks for that recognises nobody by face alone: where faces are compared with tickets, a code that holds one. */
export function facelessTitle(view: View): Message {
  return view.faces === "with_ticket" && !isBlind(view.camera) ? "camera.title_face_ticket" : "camera.title";
}

/** What a guest with a face in their ticket is asked to do. */
export function matchTitle(guest: Extract<GuestView, { kind: "match_face" }>): Message {
  if (guest.checking) return "identify.title";
  return guest.hint === null ? "match.title" : `hint.${guest.hint}`;
}

/** What is wrong with the camera, for staff who read it over a guest's shoulder. */
export function cameraTrouble(camera: CameraState): Message {
  return camera.state === "lost" ? `camera.${camera.reason}` : "camera.stalled";
}

/** How a guest may give their ticket here: before the camera only if there is a picture. */
export function ticketBody(camera: CameraState): Message {
  return isBlind(camera) ? "ticket.body_blind" : "ticket.body";
}

/** What stands over "not found": a ticket that must not let anybody in was found very well. */
export function notFoundTitle(tried: Tried): Message {
  if (tried === "name_closed") return "notfound.closed";
  if (tried.startsWith("face_")) return "notfound.title_match";
  return tried.startsWith("ticket_") ? "notfound.title_ticket" : "notfound.title";
}

/** What the oval shows for this view. */
export function ovalStage(view: View): OvalStage | null {
  if (view.guest.kind === "idle" && isFaceless(view)) return null;
  if (view.guest.kind === "capture" && view.guest.sending) return "searching";
  if (view.guest.kind === "match_face") return view.guest.checking ? "searching" : "waiting";
  return STAGES[view.guest.kind] ?? null;
}

/** How full the oval's ring is, 0 to 1. */
export function ovalProgress(guest: GuestView): number {
  if (guest.kind === "approaching") return guest.progress;
  return guest.kind === "capture" ? guest.taken / guest.wanted : 0;
}

/** The one thing that a guest whose pictures are taken is told. */
export function captureWords(guest: Extract<GuestView, { kind: "capture" }>): Message {
  if (guest.sending) return "capture.sending";
  return guest.hint === null ? `capture.${guest.ask}` : `hint.${guest.hint}`;
}

/** What the pictures' quality means for the next time. */
export function enrolVerdict(quality: number): Message {
  return quality >= GOOD_QUALITY ? "enrolled.good" : "enrolled.fair";
}

/** Whether the guest looks through the screen at themselves; results are read, not looked through. */
export function looksThrough(view: View): boolean {
  const stage = ovalStage(view);
  return stage !== null && stage !== "done";
}

const RESULTS: ReadonlySet<Kind> = new Set([
  "welcome",
  "already_in",
  "not_found",
  "staff_called",
  "trouble",
  "enrolled",
  "not_enrolled",
  "withdrawn",
]);

/** Whether a screen tells what came of it, rather than what to do. */
export function isResult(kind: Kind): boolean {
  return RESULTS.has(kind);
}

/** The tone that goes with a screen's appearance. */
export function toneOf(kind: Kind): Tone | null {
  return TONES[kind] ?? null;
}

/** Whether what is shown in the encounter `now` is for somebody else than what was shown in `before`. Who it is for is the
 * kiosk's to say: a greeting may follow a greeting. */
export function isNextGuest(before: number | null, now: number): boolean {
  return before !== now;
}

/** One screen of one guest. Another guest's is another, also if it is of the same kind: nothing goes over to it. */
export function appearance(view: View): string {
  return `${view.guest.kind} ${view.encounter}`;
}

/** Screens on which nothing happens but that somebody comes nearer, or steps back. */
const APPROACH: ReadonlySet<Kind> = new Set(["idle", "approaching"]);

/** Whether a guest who is choosing something may go on as if the screen were still the same. */
export function isOnlyApproach(before: Kind, now: Kind): boolean {
  return APPROACH.has(before) && APPROACH.has(now);
}

/** What a change of the view means for whoever goes over the screen: nothing new, another screen of theirs, one that is theirs
 * only if they asked for it, or the next guest's. */
export type Turn = "same" | "screen" | "open" | "next";

type Shown = { kind: Kind; encounter: number };

export function turn(before: Shown | null, now: Shown): Turn {
  if (before === null || isNextGuest(before.encounter, now.encounter)) return "next";
  if (before.kind === now.kind || isOnlyApproach(before.kind, now.kind)) return "same";
  // A screen that closed may leave the next in line standing there, and whoever comes near the invitation may be somebody else.
  return APPROACH.has(before.kind) || APPROACH.has(now.kind) ? "open" : "screen";
}

/** The title of a name's screen: with the name, or without where the event shows none. */
export function greeting(words: Words, title: "welcome.title" | "already.title", name: string): string {
  return name === "" ? words.t(`${title}_anonymous`) : words.t(title, { name });
}

/** Two sentences after each other, with the language's own full stop. */
export function both(words: Words, first: string, second: string): string {
  return words.t("language.two_sentences", { first, second });
}

/** What a guest who is in is told about it. Why it is sent later is their business only if the network is the reason. */
export function admitted(view: View, guest: Extract<GuestView, { kind: "welcome" }>): Message {
  if (!guest.offline) return "welcome.done";
  return view.connection === "revoked" ? "welcome.later" : "welcome.offline";
}

/** When and where a guest entered, in words. */
export function entry(words: Words, view: View, guest: Extract<GuestView, { kind: "already_in" }>): string {
  const time = words.time(guest.first.at, view.event.time_zone);
  const gate = guest.first.gate;
  return gate === null ? words.t("already.when", { time }) : words.t("already.when_gate", { time, gate });
}
