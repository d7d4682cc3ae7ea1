// A guest who is added at the door: what was typed, and what follows from it. Pure.
import type { Calls } from "../lib/contract.ts";

export const FIELDS = ["name", "company", "phone", "note"] as const;
export type Field = (typeof FIELDS)[number];
export type Draft = Record<Field, string>;

/** What of a search may be the new guest's name: digits were a ticket or a phone. */
export function nameIn(query: string): string {
  return /\d/.test(query) ? "" : capitalised(query.trim());
}

/** Names begin with capitals, which our keyboard does not have. What has capitals already was typed as it is meant. */
export function capitalised(name: string): string {
  if (name !== name.toLowerCase()) return name;
  return name.replace(/(^|[\s-])(\p{Ll})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase());
}

/** The parameters of the call that adds the guest. */
export function registration({ name, company, phone, note }: Draft): Calls["staff.register"]["params"] {
  const typed = (text: string): string | null => (text.trim() === "" ? null : text.trim());
  return { name: capitalised(name.trim()), company: typed(company), phone: typed(phone), note: typed(note) };
}
