// Every look of the guest's screen, with what the camera sees meanwhile.
import { GUEST_VIEWS } from "../support/views.js";

const SEEN = { idle: "room", approaching: "far", staff_called: "room", trouble: "room" };

/** What stands before the camera while `guest` is on the screen. */
function seenBy(guest) {
  if (guest.kind === "approaching" && guest.hint === null) return "near";
  return SEEN[guest.kind] ?? "near";
}

/** What comes after its screen, by the screen: measured once it is there. */
const AWAITED = { consent: "consent-text" };

export const GUEST_STATES = Object.entries(GUEST_VIEWS).map(([name, view]) => ({
  area: "guest",
  name,
  view,
  picture: seenBy(view.guest),
  awaited: AWAITED[view.guest.kind],
}));
