// Every state that the gallery shows: the example views of the screens' tests, so that there is one list of them.
import {
  CONFLICTS,
  GUEST_VIEWS as GUESTS,
  LOOKS,
  QUEUE,
  RECENT,
  ROWS,
  staff,
} from "../../tests/ui/support/views.js";

import type { ThemeView, View } from "../src/lib/contract.ts";

/** What a gallery's frame shows. */
export interface Wanted {
  view: string;
  language: string;
  theme: ThemeView;
  /** Names of the guest's switches, by commas. */
  wishes: string;
  /** `#rrggbb`. */
  accent: string;
}

const guests = GUESTS as unknown as Record<string, View>;
const idle = guests["idle"] as View;
const asStaff = (lock: string, parts = {}): View => ({ ...idle, ...(staff(lock, parts) as unknown as Pick<View, "staff">) });

export const GUEST_VIEWS = guests;

export const STAFF_VIEWS: Record<string, View> = {
  "staff, no PIN yet": asStaff("unset"),
  "staff, desk": asStaff("unlocked", { waiting: 2, conflicts: 2 }),
  "staff, disk full": asStaff("unlocked", { storage: { kind: "disk_full" } }),
};

/** What the kiosk would answer. */
export const REPLIES: Record<string, unknown> = {
  "staff.search": ROWS,
  "staff.recent": RECENT,
  "staff.queue": QUEUE,
  "staff.conflicts": CONFLICTS,
};

/** The view that a frame shows. */
export function viewOf({ view, language, theme, accent }: Wanted): View {
  const shown = guests[view] ?? STAFF_VIEWS[view] ?? idle;
  return {
    ...shown,
    revision: 1,
    event: { ...shown.event, accent },
    languages: [language, ...shown.languages.filter((other) => other !== language)],
    looks: { ...(LOOKS as View["looks"]), theme, staff_theme: theme, volume: 0 },
  };
}
