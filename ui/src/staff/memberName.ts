// The name of a member of the staff. Pure.
import type { MemberRow, PresentMember } from "../lib/contract.ts";
import type { Words } from "../lib/i18n.svelte.ts";

/** The longest name that the kiosk takes, in characters. */
const MOST = 60;

/** What was typed as a name; null if the kiosk would not take it. */
export function memberName(typed: string): string | null {
  const name = typed.trim();
  const length = [...name].length;
  return length >= 1 && length <= MOST ? name : null;
}

/** What the others call a member; the first supervisor of an older kiosk was never asked. */
export function shownName(words: Words, member: Pick<MemberRow | PresentMember, "name">): string {
  return member.name === "" ? words.t("staff.member.unnamed") : member.name;
}
