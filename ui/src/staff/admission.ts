// What a check-in by staff came to, in words. Pure.
import type { StaffAdmission } from "../lib/contract.ts";
import type { Message, Words } from "../lib/i18n.svelte.ts";

/** The text for `admission` of the guest `name`; `recorded` is the text for the good case. */
export function tellAdmission(
  words: Words,
  admission: StaffAdmission,
  guest: { name: string; timeZone: string },
  recorded: Message,
): string {
  switch (admission.kind) {
    case "recorded":
      return words.t(recorded, { name: guest.name });
    case "already_in":
      return words.t("staff.done.already_in", {
        name: guest.name,
        time: words.time(admission.first.at, guest.timeZone),
      });
    case "not_on_roster":
      return words.t("staff.done.not_on_roster");
  }
}
