// Views of enrolling a face and taking the consent back.

/** Every hint to a guest of whom pictures are taken. */
const HINTS = ["one_person", "come_closer", "step_back", "move_to_middle", "more_light", "less_light", "look_here", "hold_still"];

/** Every look of these screens, by a name that tells it; `closing` are the parts of a view that asks who is there. */
export function faceViews(view, { closing, at }) {
  const capture = (parts) =>
    view({ kind: "capture", hint: null, ask: "turn_a_little", taken: 0, wanted: 3, sending: false, ...parts });
  return {
    "welcome, long name, may enrol": view({
      kind: "welcome",
      name: "Maximiliane-Charlotte von Hohenlohe-Schillingsfürst",
      note: "Your badge is printed at the desk on the left",
      offline: false,
      face: "enrol",
    }),
    "welcome, may enrol": view({ kind: "welcome", name: "李娜", note: "Table 3", offline: false, face: "enrol" }),
    "welcome, may remove": view({ kind: "welcome", name: "Lena Hoffmann", note: null, offline: false, face: "remove" }),
    "already in, may enrol": view({ kind: "already_in", name: "Zhang Wei", first: { at, gate: "Gate B" }, face: "enrol" }),
    "already in, may remove": view({ kind: "already_in", name: "Lena Hoffmann", first: { at, gate: "Gate B" }, face: "remove" }),
    "enrol offer": view({ kind: "enrol_offer" }),
    consent: view({ kind: "consent", name: "Lena Hoffmann" }),
    "capture, first": capture({ ask: "look_here" }),
    ...Object.fromEntries(HINTS.map((hint) => [`capture, ${hint.replaceAll("_", " ")}`, capture({ hint, taken: 1 })])),
    "capture, turn": capture({ taken: 2 }),
    "capture, sending": capture({ taken: 3, sending: true }),
    "enrolled, good": view({ kind: "enrolled", pictures: 3, quality: 0.8 }),
    "enrolled, fair": view({ kind: "enrolled", pictures: 2, quality: 0.4 }),
    "not enrolled, network": view({ kind: "not_enrolled", why: "network" }),
    "not enrolled, picture": view({ kind: "not_enrolled", why: "picture" }),
    "not enrolled, staff": view({ kind: "not_enrolled", why: "staff" }),
    withdraw: view({ kind: "withdraw", working: false }),
    "withdraw, working": view({ kind: "withdraw", working: true }),
    withdrawn: view({ kind: "withdrawn" }),
    "consent, closing": view({ kind: "consent", name: "Lena Hoffmann" }, closing),
    "not enrolled, closing": view({ kind: "not_enrolled", why: "network" }, closing),
    "withdraw, closing": view({ kind: "withdraw", working: false }, closing),
  };
}
