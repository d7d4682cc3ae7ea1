// For guests who have one switch and nothing else: the focus goes round by itself, and a press presses what has it. Knows nothing
// of the screen that it goes over.
import { next } from "./focus.ts";
import type { Turn } from "./guest.ts";

/** How long each stop has the focus, in milliseconds. */
export const STEP_MS = 1_500;
/** The same for a text that was just read on: until the next press reads on from there. */
export const READING_MS = 6_000;
/** After so many rounds without a press nobody is there; screens that come and go by themselves are no press. */
const ROUNDS = 2;

/** What a round stops at: one control or text, or a row of keys, which is entered by a press. Never empty. */
export type Stop<T> = readonly T[];

/** What a press did: a control was pressed, a text was moved on, or there was nothing left of it. */
export type Outcome = "pressed" | "read" | "nothing";

/** The screen, as one switch goes over it. */
export type Ground<T> = {
  /** Everything that a round stops at, as the screen is now. */
  stops(): Stop<T>[];
  /** Which of `stops` a round begins at. */
  first(stops: Stop<T>[]): number;
  /** Gives the focus to the first of `lit` and lets all of them be seen; none: only takes the mark away. */
  show(lit: Stop<T>): void;
  press(target: T): Outcome;
  /** Takes the focus from whatever has it: the next one to press anything may be somebody else. */
  release(): void;
};

export class OneSwitch<T> {
  readonly #ground: Ground<T>;
  readonly #onchange: (isRunning: boolean) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lit: Stop<T> = [];
  /** The row that was entered. */
  #row: Stop<T> | null = null;
  /** Stops passed since the last press; keys within a row are none. */
  #passed = 0;
  /** Whether something was typed on real keys here: their Enter is the screen's. */
  #typed = false;

  /** `onchange` is told when the focus begins to go round, and when it ends. */
  constructor(ground: Ground<T>, onchange: (isRunning: boolean) => void) {
    this.#ground = ground;
    this.#onchange = onchange;
  }

  /** Whether the focus goes round. */
  get isRunning(): boolean {
    return this.#timer !== undefined;
  }

  /** The switch was pressed; whether that was for here. `isOnTarget`: whether something to press had the focus already. */
  press(isOnTarget: boolean): boolean {
    if (!this.isRunning && (isOnTarget || this.#typed)) return false;
    if (!this.isRunning) this.#onchange(true);
    this.#passed = 0;
    const [target] = this.#lit;
    if (target === undefined || this.#place(this.#ground.stops()) < 0) this.#begin();
    else if (this.#lit.length > 1) this.#enter(this.#lit);
    else this.#act(target);
    return true;
  }

  /** A person's key went into what this screen asks for. */
  typed(): void {
    this.#typed = true;
  }

  /** A finger is on the glass, perhaps a companion's: what it left lit is nobody's. */
  touched(): void {
    if (this.isRunning) this.#leave();
  }

  /** The screen has changed, and is drawn. `wasAskedFor`: a key was pressed just now. */
  follow(turn: Turn, wasAskedFor = false): void {
    if (turn === "same") {
      if (this.isRunning && this.#place(this.#ground.stops()) < 0) this.#begin();
      return;
    }
    this.#typed = false;
    const asked = this.isRunning ? this.#passed === 0 : wasAskedFor;
    if (turn === "next" || (turn === "open" && !asked)) this.#leave();
    else if (this.isRunning) this.#begin();
  }

  /** Ends it; the focus stays where it is. */
  stop(): void {
    if (!this.isRunning) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lit = [];
    this.#row = null;
    this.#ground.show([]);
    this.#onchange(false);
  }

  #leave(): void {
    this.stop();
    this.#ground.release();
  }

  #begin(): void {
    this.#row = null;
    const stops = this.#ground.stops();
    this.#show(stops[this.#ground.first(stops)] ?? []);
  }

  #enter(row: Stop<T>): void {
    this.#row = row;
    this.#show(row.slice(0, 1));
  }

  #act(target: T): void {
    const outcome = this.#ground.press(target);
    if (outcome === "nothing") this.#step();
    else if (this.#row) this.#show(this.#firstRow());
    else this.#wait(outcome === "read" ? READING_MS : STEP_MS);
  }

  /** Where the next key is chosen from. */
  #firstRow(): Stop<T> {
    this.#row = null;
    return this.#ground.stops().find((stop) => stop.length > 1) ?? this.#lit;
  }

  #step(): void {
    const stops = this.#ground.stops();
    const at = this.#place(stops);
    if (this.#row && at >= 0) return this.#show(this.#nextKey(stops[at] ?? []));
    this.#row = null;
    if (stops.length === 0) return this.#wait(STEP_MS);
    this.#passed += 1;
    if (this.#passed < ROUNDS * stops.length) {
      return this.#show(stops[at < 0 ? this.#ground.first(stops) : next(stops.length, at, 1)] ?? []);
    }
    this.#leave();
  }

  /** After the last key the whole row again, for whoever wants another one. */
  #nextKey(row: Stop<T>): Stop<T> {
    const key = row[row.findIndex((other) => other === this.#lit[0]) + 1];
    if (key !== undefined) return [key];
    this.#row = null;
    return row;
  }

  /** At which of `stops` the focus is; -1 if it is gone. */
  #place(stops: Stop<T>[]): number {
    return stops.findIndex((stop) => this.#lit.some((target) => stop.includes(target)));
  }

  #show(lit: Stop<T>): void {
    this.#lit = lit;
    this.#ground.show(lit);
    this.#wait(STEP_MS);
  }

  #wait(duration: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#step(), duration);
  }
}
