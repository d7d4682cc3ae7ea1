import { beforeEach, describe, expect, it } from "vitest";

import type { CameraState, ConnectionView, GuestView, View } from "./contract.ts";
import {
  admitted,
  appearance,
  cameraTrouble,
  captureWords,
  enrolVerdict,
  facelessTitle,
  isBlind,
  isNextGuest,
  matchTitle,
  notFoundTitle,
  ovalStage,
  RETURN_MS,
  ticketBody,
  toneOf,
  turn,
  waitsForTouch,
} from "./guest.ts";
import { Words } from "./i18n.svelte.ts";
import { spoken } from "./spoken.ts";

const LIVE: CameraState = { state: "live" };

function viewOf(guest: GuestView, camera: CameraState = LIVE, connection: ConnectionView = "online"): View {
  return {
    revision: 1,
    event: { name: "Summit", tagline: null, time_zone: "Asia/Shanghai", accent: "#7cc4ff", pictures: null, gate: "Gate A", enrols: false },
    guest,
    encounter: 0,
    closing_in_s: null,
    camera,
    faces: "ready",
    connection,
    staff: { lock: "locked", member: null, waiting: 0, attention: 0, conflicts: 0, storage: { kind: "sound" }, refused_ticket: null },
    languages: ["en", "zh-CN"],
    looks: { theme: "dark", staff_theme: "dark", volume: 70, speech: false },
  };
}

describe("a ticket", () => {
  it("is asked for before the camera only where there is a picture", () => {
    expect(ticketBody(LIVE)).toBe("ticket.body");
    expect(ticketBody({ state: "lost", reason: "unplugged" })).toBe("ticket.body_blind");
  });

  it("that was found and is refused is not called unknown", () => {
    expect(notFoundTitle("ticket")).toBe("notfound.title");
    expect(notFoundTitle("ticket_expired")).toBe("notfound.title_ticket");
  });
});

describe("a ticket that carries a face", () => {
  it("asks for the camera, says what could be better, and is patient while it compares", () => {
    expect(matchTitle({ kind: "match_face", hint: null, checking: false })).toBe("match.title");
    expect(matchTitle({ kind: "match_face", hint: "more_light", checking: false })).toBe("hint.more_light");
    expect(matchTitle({ kind: "match_face", hint: null, checking: true })).toBe("identify.title");
  });

  it("shows the guest to themselves, with a ring that moves while they are compared", () => {
    expect(ovalStage(viewOf({ kind: "match_face", hint: null, checking: false }))).toBe("waiting");
    expect(ovalStage(viewOf({ kind: "match_face", hint: null, checking: true }))).toBe("searching");
  });

  it("that is somebody else's is told from one that is unknown and from one that is not good", () => {
    const titles = (["face_differs", "ticket_expired", "face"] as const).map(notFoundTitle);
    expect(titles).toEqual(["notfound.title_match", "notfound.title_ticket", "notfound.title"]);
  });

  it("is what an idle kiosk without a gallery asks for, unless its camera is gone", () => {
    const idle = (camera: CameraState): View => ({ ...viewOf({ kind: "idle" }, camera), faces: "with_ticket" });
    expect(facelessTitle(idle(LIVE))).toBe("camera.title_face_ticket");
    expect(facelessTitle(idle({ state: "stalled" }))).toBe("camera.title");
    expect(ovalStage(idle(LIVE))).toBeNull();
  });
});

describe("the camera's trouble", () => {
  it("leaves the guest without face check-in only when no picture comes", () => {
    const states = ["searching", "opening", "warming", "live", "stalled"] as const;
    expect(states.filter((state) => isBlind({ state }))).toEqual(["stalled"]);
    expect(isBlind({ state: "lost", reason: "unplugged" })).toBe(true);
  });

  it("is named by its reason", () => {
    expect(cameraTrouble({ state: "lost", reason: "busy" })).toBe("camera.busy");
    expect(cameraTrouble({ state: "stalled" })).toBe("camera.stalled");
  });

  it("takes the oval away from the idle screen, which asks for a ticket instead", () => {
    expect(ovalStage(viewOf({ kind: "idle" }, { state: "stalled" }))).toBeNull();
    expect(ovalStage(viewOf({ kind: "idle" }))).toBe("waiting");
  });
});

describe("a kiosk whose access was withdrawn", () => {
  it("asks for a ticket at once, and says nothing of a network that is not the reason", () => {
    expect(ovalStage(viewOf({ kind: "idle" }, LIVE, "revoked"))).toBeNull();
    const welcome = { kind: "welcome", name: "Wei", note: null, offline: true, face: "none" } as const;
    expect(admitted(viewOf(welcome, LIVE, "revoked"), welcome)).toBe("welcome.later");
    expect(admitted(viewOf(welcome, LIVE, "offline"), welcome)).toBe("welcome.offline");
  });
});

describe("waitsForTouch", () => {
  it("holds open what asks something of the guest, and no result with a name", () => {
    const patient = ["ticket", "match_face", "name", "confirm", "not_found", "challenge", "consent", "withdraw", "not_enrolled"] as const;
    expect(patient.every(waitsForTouch)).toBe(true);
    expect((["idle", "approaching", "identifying", "welcome", "already_in", "enrol_offer", "capture", "enrolled"] as const).some(waitsForTouch)).toBe(false);
  });
});

describe("isNextGuest", () => {
  it("is true for the first one, and whenever the kiosk counts another", () => {
    expect(isNextGuest(null, 0)).toBe(true);
    expect(isNextGuest(3, 4)).toBe(true);
    expect(isNextGuest(3, 3)).toBe(false);
  });
});

describe("turn", () => {
  const at = (kind: GuestView["kind"], encounter = 0) => ({ kind, encounter });

  it("tells another screen of the same guest from the next guest's", () => {
    expect(turn(at("ticket"), at("not_found"))).toBe("screen");
    expect(turn(at("welcome"), at("welcome", 1))).toBe("next");
    expect(turn(null, at("idle"))).toBe("next");
  });

  it("is none for what changes on a screen, and for an approach", () => {
    expect(turn(at("ticket"), at("ticket"))).toBe("same");
    expect([turn(at("idle"), at("approaching")), turn(at("approaching"), at("idle"))]).toEqual(["same", "same"]);
  });

  it("leaves open whose the invitation is, and whose face is seen before it", () => {
    expect([turn(at("ticket"), at("idle")), turn(at("not_found"), at("approaching"))]).toEqual(["open", "open"]);
    expect([turn(at("idle"), at("ticket")), turn(at("approaching"), at("identifying"))]).toEqual(["open", "open"]);
  });
});

describe("appearance", () => {
  const greeted = (name: string, encounter: number): View => ({
    ...viewOf({ kind: "welcome", name, note: null, offline: false, face: "none" }),
    encounter,
  });

  // A ticket that is shown while another guest is greeted makes a greeting follow a greeting.
  it("is another one for the next guest, also if the screen is of the same kind", () => {
    expect(appearance(greeted("Bo", 4))).not.toBe(appearance(greeted("Ada", 3)));
  });

  it("stays while one guest's screen only says more", () => {
    expect(appearance({ ...greeted("Ada", 3), revision: 9, connection: "offline" })).toBe(appearance(greeted("Ada", 3)));
  });

  it("is another one from screen to screen", () => {
    expect(appearance(viewOf({ kind: "idle" }))).not.toBe(appearance(viewOf({ kind: "staff_called" })));
  });
});

describe("spoken", () => {
  let words: Words;
  beforeEach(() => {
    words = new Words();
  });

  it("says the one hint, and to hold still when there is none", () => {
    expect(spoken(words, viewOf({ kind: "approaching", hint: "come_closer", progress: 0 }))).toBe("Come a little closer");
    expect(spoken(words, viewOf({ kind: "approaching", hint: null, progress: 0.5 }))).toBe("Stay like this for a moment");
  });

  it("asks for the one small thing, in the guest's language", () => {
    expect(spoken(words, viewOf({ kind: "challenge", challenge: "blink" }))).toBe("Please blink once");
    words.language = "zh-CN";
    expect(spoken(words, viewOf({ kind: "challenge", challenge: "turn_left" }))).toBe("请将头稍微向左转");
  });

  it("tells an entry that will be sent later from one that has been sent", () => {
    const said = (offline: boolean) => spoken(words, viewOf({ kind: "welcome", name: "Wei", note: null, offline, face: "none" }));
    expect(said(true)).not.toBe(said(false));
    expect(said(false)).toContain("Wei");
  });

  it("says when and where the guest entered, by the venue's clock", () => {
    words.language = "zh-CN";
    const first = { at: Date.UTC(2026, 4, 9, 2, 32), gate: "A 口" };
    expect(spoken(words, viewOf({ kind: "already_in", name: "张伟", first, face: "none" }))).toContain("10:32 在A 口签到");
  });

  it("asks for the second fact in the same words whatever the first one was", () => {
    const said = (asks: "digits" | "name") =>
      spoken(words, viewOf({ kind: "name", asks, attempts_left: 3, refused: false, checking: false }));
    expect(said("digits")).toContain("last four digits");
    expect(said("name")).toContain("full name");
  });

  it("asks whether the guest is still there before anything else", () => {
    const closing = { ...viewOf({ kind: "ticket", checking: false }), closing_in_s: 10 };
    expect(spoken(words, closing)).toBe("Are you still there? Touch to go on");
  });

  it("names nobody when the event shows no names", () => {
    expect(spoken(words, viewOf({ kind: "welcome", name: "", note: null, offline: false, face: "none" }))).toMatch(/^Welcome\./);
  });
});

describe("toneOf", () => {
  it("differs between being let in, being in already and not being found", () => {
    expect(new Set([toneOf("welcome"), toneOf("already_in"), toneOf("not_found")]).size).toBe(3);
  });

  it("is silent while nothing has been decided", () => {
    expect([toneOf("idle"), toneOf("approaching"), toneOf("identifying"), toneOf("ticket")]).toEqual([null, null, null, null]);
  });
});

describe("a guest whose pictures are taken", () => {
  const capture = { kind: "capture", hint: null, ask: "look_here", taken: 1, wanted: 3, sending: false } as const;

  it("is told one thing at a time", () => {
    expect(captureWords(capture)).toBe("capture.look_here");
    expect(captureWords({ ...capture, hint: "more_light" })).toBe("hint.more_light");
    expect(captureWords({ ...capture, hint: "more_light", sending: true })).toBe("capture.sending");
  });

  it("sees the ring fill with the pictures, and turn while they are sent", () => {
    expect(ovalStage(viewOf(capture))).toBe("filling");
    expect(ovalStage(viewOf({ ...capture, sending: true }))).toBe("searching");
  });

  it("is told how good they are", () => {
    expect(enrolVerdict(0.6)).toBe("enrolled.good");
    expect(enrolVerdict(0.59)).toBe("enrolled.fair");
  });
});

describe("the ring around a welcome", () => {
  it("closes when the session's policy takes the welcome away", () => {
    const policy = Object.values(import.meta.glob("../../../crates/session/src/policy.rs", { query: "?raw", import: "default", eager: true }));
    const seconds = /\bwelcome: Duration::from_secs\((\d+)\)/.exec(String(policy[0]))?.[1];
    expect(RETURN_MS).toBe(1_000 * Number(seconds));
  });
});
