// What a screen reader says when the guest's screen changes: the hint or the result, in one breath. Pure.
import type { View } from "./contract.ts";
import {
  admitted,
  both,
  captureWords,
  enrolVerdict,
  entry,
  facelessTitle,
  greeting,
  isFaceless,
  matchTitle,
  notFoundTitle,
  ticketBody,
} from "./guest.ts";
import type { Words } from "./i18n.svelte.ts";

/** The text for the live region. */
export function spoken(words: Words, view: View): string {
  const { guest } = view;
  if (view.closing_in_s !== null) return words.t("still.ask");
  switch (guest.kind) {
    case "idle":
      return isFaceless(view) ? words.t(facelessTitle(view)) : words.t("idle.invite");
    case "approaching":
      return words.t(guest.hint === null ? "approach.hold" : `hint.${guest.hint}`);
    case "identifying":
      return words.t("identify.title");
    case "challenge":
      return words.t(`challenge.${guest.challenge}`);
    case "confirm":
      return words.t(guest.refused ? "confirm.refused" : "confirm.body");
    case "welcome":
      return both(words, greeting(words, "welcome.title", guest.name), words.t(admitted(view, guest)));
    case "already_in":
      return both(words, greeting(words, "already.title", guest.name), entry(words, view, guest));
    case "not_found":
      return both(words, words.t(notFoundTitle(guest.tried)), words.t(`notfound.${guest.tried}`));
    case "ticket":
      return words.t(guest.checking ? "ticket.checking" : ticketBody(view.camera));
    case "name":
      if (guest.checking) return words.t("confirm.checking");
      if (guest.refused) return words.t("name.refused");
      return words.t(guest.asks === "digits" ? "confirm.body" : guest.asks === "name" ? "name.name" : "name.body");
    case "match_face":
      return both(words, words.t(matchTitle(guest)), words.t("match.body"));
    case "staff_called":
      return words.t("called.title");
    case "enrol_offer":
      return both(words, words.t("enrol.title"), words.t("enrol.body"));
    case "consent":
      return words.t("consent.spoken");
    case "capture":
      return words.t(captureWords(guest));
    case "enrolled":
      return both(words, words.t("enrolled.title"), words.t(enrolVerdict(guest.quality)));
    case "not_enrolled":
      return both(words, words.t("not_enrolled.title"), words.t(`not_enrolled.${guest.why}`));
    case "withdraw":
      return both(words, words.t("withdraw.title"), words.t("withdraw.body"));
    case "withdrawn":
      return both(words, words.t("withdrawn.title"), words.t("withdrawn.body"));
    case "trouble":
      return both(words, words.t("trouble.title"), words.t("trouble.body"));
  }
}
