// Words in the guest's language. The language is the guest's own choice and goes back to the kiosk's with the next guest.
import { count } from "./amount.ts";
import type { Reason } from "./contract.ts";
import de from "./locales/de.json";
import en from "./locales/en.json";
import zhCN from "./locales/zh-CN.json";

export type Message = keyof typeof en;
export type Params = Record<string, string | number>;
type Plural = { one: string; other: string };

const LOCALES: Record<string, Record<Message, string | Plural>> = { en, "zh-CN": zhCN, de };

/** Fills `{name}` places of a text. */
export function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (place, key: string) => String(params[key] ?? place));
}

export class Words {
  /** What the guest has chosen, or the kiosk's own. */
  guest = $state("en");
  /** What staff speak, while their sheet is open. */
  #staff = $state<string | null>(null);
  #lastOfStaff: string | null = null;

  /** What the screen speaks now. Set, it is the choice of whoever uses the screen. */
  get language(): string {
    return this.#staff ?? this.guest;
  }

  set language(language: string) {
    if (this.#staff === null) this.guest = language;
    else this.#staff = this.#lastOfStaff = language;
  }

  /** Staff's sheet opens, in the language of the last time or `standard`, whatever the guest speaks; until the returned function is called. */
  openSheet(standard: string): () => void {
    this.#staff = this.#lastOfStaff ?? standard;
    return () => {
      this.#staff = null;
    };
  }

  /** The text of `message`; `params.count` chooses between singular and plural, and is grouped as the language does. */
  t(message: Message, params: Params = {}): string {
    const text = (LOCALES[this.language] ?? en)[message];
    if (typeof text === "string") return fill(text, params);
    const amount = Number(params.count);
    return fill(this.#plural(text, amount), { ...params, count: count(this.language, amount) });
  }

  /** The text for a failure's code. */
  failure(code: string, params: Params = {}): string {
    const message = `error.${code}`;
    return this.t(message in en ? (message as Message) : "error.unknown", params);
  }

  /** Why something was not imported. */
  notImported(reason: Reason): string {
    return this.#because(`staff.import.why.${reason.code}`, reason);
  }

  /** Why an entry for the event system was refused. */
  notSent(reason: Reason): string {
    return this.#because(`staff.queue.why.${reason.code}`, reason);
  }

  /** Hours and minutes at the venue. */
  time(at: number, timeZone: string): string {
    return new Intl.DateTimeFormat(this.language, { hour: "2-digit", minute: "2-digit", timeZone }).format(at);
  }

  /** The day of the week, hours and minutes at the venue, for what may be of another day than today. */
  dayAndTime(at: number, timeZone: string): string {
    const parts = { weekday: "short", hour: "2-digit", minute: "2-digit", timeZone } as const;
    return new Intl.DateTimeFormat(this.language, parts).format(at);
  }

  /** So many seconds in words; from a minute and a half on in whole minutes, since nobody counts to nine hundred. */
  wait(seconds: number): string {
    const [amount, unit] = seconds < 90 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
    return new Intl.NumberFormat(this.language, { style: "unit", unit, unitDisplay: "long" }).format(amount);
  }

  /** A day at the venue. */
  day(at: number, timeZone: string): string {
    return new Intl.DateTimeFormat(this.language, { dateStyle: "medium", timeZone }).format(at);
  }

  /** What a language calls itself. */
  nameOf(language: string): string {
    const name = LOCALES[language]?.["language.name"];
    return typeof name === "string" ? name : language;
  }

  /** The reason's own text where `message` is none: event systems may know more reasons than this kiosk, or none by name. */
  #because(message: string, { values, text }: Reason): string {
    return message in en ? this.t(message as Message, values as Params) : text;
  }

  #plural(forms: Plural, amount: number): string {
    return new Intl.PluralRules(this.language).select(amount) === "one" ? forms.one : forms.other;
  }
}

export const words = new Words();
