// Rules over the view that more than one part of the guest's screen follows. Pure.
import type { CameraState, GuestView, View } from "./contract.ts";
import type { Message, Words } from "./i18n.svelte.ts";
import type { Tone } from "./sound.ts";

export type Kind = GuestView["kind"];

/** What the oval shows; null where the screen has something else to show. */
export type OvalStage = "waiting" | "filling" | "searching" | "done";

const STAGES: Partial<Record<Kind, OvalStage>> = {
  idle: "waiting",
  approaching: "filling",
  identifying: "searching",
  welcome: "done",
};

const TONES: Partial<Record<Kind, Tone>> = {
  welcome: "welcome",
  confirm: "ask",
  already_in: "already",
  not_found: "sorry",
  trouble: "sorry",
};

/** Whether guests cannot be recognised by face just now. */
export function isBlind(camera: CameraState): boolean {
  return camera.state === "lost" || camera.state === "stalled";
}

/** What is wrong with the camera, for staff who read it over a guest's shoulder. */
export function cameraTrouble(camera: CameraState): Message {
  return camera.state === "lost" ? `camera.${camera.reason}` : "camera.stalled";
}

/** What the oval shows for this view. */
export function ovalStage(kind: Kind, camera: CameraState): OvalStage | null {
  if (kind === "idle" && isBlind(camera)) return null;
  return STAGES[kind] ?? null;
}

/** Whether the guest looks through the screen at themselves; results are read, not looked through. */
export function looksThrough(kind: Kind, camera: CameraState): boolean {
  const stage = ovalStage(kind, camera);
  return stage !== null && stage !== "done";
}

/** The tone that goes with a screen's appearance. */
export function toneOf(kind: Kind): Tone | null {
  return TONES[kind] ?? null;
}

/** Whether the guest of `before` is done with the screen when `now` is shown: what follows is for somebody else. */
export function isNextGuest(before: Kind | null, now: Kind): boolean {
  return before === null || ((before === "welcome" || before === "already_in") && now !== before);
}

/** The title of a name's screen: with the name, or without where the event shows none. */
export function greeting(words: Words, title: "welcome.title" | "already.title", name: string): string {
  return name === "" ? words.t(`${title}_anonymous`) : words.t(title, { name });
}

/** Two sentences after each other, with the language's own full stop. */
export function both(words: Words, first: string, second: string): string {
  return words.t("language.two_sentences", { first, second });
}

/** When and where a guest entered, in words. */
export function entry(words: Words, view: View, guest: Extract<GuestView, { kind: "already_in" }>): string {
  const time = words.time(guest.first.at, view.event.time_zone);
  const gate = guest.first.gate;
  return gate === null ? words.t("already.when", { time }) : words.t("already.when_gate", { time, gate });
}
