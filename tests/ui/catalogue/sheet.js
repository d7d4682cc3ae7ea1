// How a state of staff's sheet is written down.
import { STAFF_REPLIES } from "../support/staffViews.js";
import { CONFLICTS, MEMBERS, QUEUE, RECENT, ROWS, staff } from "../support/views.js";

const REPLIES = {
  "staff.search": ROWS,
  "staff.recent": RECENT,
  "staff.queue": QUEUE,
  "staff.conflicts": CONFLICTS,
  "staff.members": MEMBERS,
  ...STAFF_REPLIES,
};

/** A state at the PIN: `act` is what staff do there. */
export const gate = (name, act = async () => {}, { lock = "locked", replies = {} } = {}) => ({
  area: "staff",
  name,
  lock,
  replies: { ...REPLIES, ...replies },
  act,
});

/** A state of the open desk: `parts` are what staff's part of the view says, `rest` what the rest of it does. */
export const desk = (name, act = async () => {}, { parts = {}, rest = {}, replies = {} } = {}) => ({
  area: "staff",
  name,
  lock: "locked",
  replies: { ...REPLIES, ...replies },
  act: async (kiosk) => {
    await kiosk.change({ ...staff("unlocked", { waiting: 2, conflicts: 2, ...parts }), ...rest });
    await act(kiosk);
  },
});
