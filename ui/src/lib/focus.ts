// Moves the focus for whoever uses keys or switches instead of a finger. Touch leaves the focus alone.
import type { Ground } from "./oneSwitch.ts";

// What keys cannot press, such as staff's corner, is left out of their order.
const TARGETS = "button:not(:disabled):not([tabindex='-1'])";
/** A text that may be longer than its place. */
const TEXT = "[data-scrolls]";
/** Share of a text's place by which it moves at once: the last lines stay in sight. */
const AT_ONCE = 0.8;

/** A screen that comes so soon after a key was asked for with it, in milliseconds. */
const ASKED_MS = 1_500;

/** Whether the last thing done was done with keys. */
let byKeys = false;
/** When the last key was pressed. */
let keyAt = -Infinity;
/** What the last touch was on: the focus that it left there nobody sees. */
let tapped: Element | null = null;

/** To be told of every key and every touch. */
export function heard(event: KeyboardEvent | PointerEvent): void {
  byKeys = event instanceof KeyboardEvent;
  if (event instanceof KeyboardEvent) keyAt = performance.now();
  if (event instanceof PointerEvent) tapped = event.target instanceof Element ? event.target.closest(`${TARGETS}, ${TEXT}`) : null;
  else if (!isPress(event)) tapped = null;
}

/** Whether a key was pressed just now. */
export function keyWasPressed(): boolean {
  return performance.now() - keyAt < ASKED_MS;
}

/** Nobody uses keys any more: nothing has the focus until somebody does. */
export function forgetKeys(): void {
  byKeys = false;
  const held = document.activeElement;
  if (held instanceof HTMLElement && held.closest("[data-view]") !== null) held.blur();
}

/** Whether a key presses what has the focus. */
export function isPress({ key }: Pick<KeyboardEvent, "key">): boolean {
  return key === "Enter" || key === " ";
}

/** Whether something to press or to read has the focus, and can be seen to have it. */
export function isOnTarget(): boolean {
  const held = document.activeElement;
  return held !== tapped && held instanceof HTMLElement && targetsIn(document).includes(held);
}

/** Which of `count` targets comes after the one at `at` (-1: none yet), `by` steps on, round and round. */
export function next(count: number, at: number, by: 1 | -1): number {
  if (count === 0) return -1;
  if (at < 0) return by === 1 ? 0 : count - 1;
  return (at + by + count) % count;
}

/** The step that a key asks for; null if it is no arrow. */
export function stepOf(key: string): 1 | -1 | null {
  if (key === "ArrowRight" || key === "ArrowDown") return 1;
  if (key === "ArrowLeft" || key === "ArrowUp") return -1;
  return null;
}

/** Scrolls the text that has the focus; false if none has, or if it ends there. */
export function scrollOn(by: 1 | -1): boolean {
  const text = document.activeElement;
  return text !== null && text.matches(TEXT) && scroll(text, by);
}

function scroll(text: Element, by: 1 | -1): boolean {
  const before = text.scrollTop;
  text.scrollTop += by * AT_ONCE * text.clientHeight;
  return text.scrollTop !== before;
}

/** Moves the focus to the next target inside `root`, also to keys of the screen's own keyboard. */
export function moveFocus(root: ParentNode, by: 1 | -1): void {
  const targets = targetsIn(root);
  targets[next(targets.length, targets.findIndex((target) => target === document.activeElement), by)]?.focus();
}

/** After `root` has changed: gives the focus to what it is about, if it was lost and keys are used. */
export function catchFocus(root: HTMLElement): void {
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (byKeys && lost) subject(root)?.focus();
}

/** What `root` is about: what it names, its main button, the first of its words, or anything. */
function subject(root: ParentNode): HTMLElement | undefined {
  const worded = `.words :is(${TARGETS}, ${TEXT})`;
  const found = ["[data-focus]", ".main:not(:disabled)", worded, TARGETS].map((selector) => find(root, selector));
  return found.find((target) => target !== undefined);
}

function targetsIn(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(`${TARGETS}, ${TEXT}`)].filter(isThere).filter(isOfUse);
}

function find(root: ParentNode, selector: string): HTMLElement | undefined {
  return [...root.querySelectorAll<HTMLElement>(selector)].find((target) => isThere(target) && isOfUse(target));
}

/** A text that is all there needs no keys. */
function isOfUse(target: HTMLElement): boolean {
  return !target.matches(TEXT) || target.scrollHeight > target.clientHeight;
}

function isThere(target: HTMLElement): boolean {
  return target.closest("[inert]") === null && target.getClientRects().length > 0;
}

/** `targets` with those in one group that belong to the one before them. */
export function grouped<T>(targets: T[], belong: (before: T, target: T) => boolean): T[][] {
  const groups: T[][] = [];
  for (const target of targets) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last && before !== undefined && belong(before, target)) last.push(target);
    else groups.push([target]);
  }
  return groups;
}

/** Whether two keys stand beside each other on one keyboard. */
function isSameRow(before: HTMLElement, key: HTMLElement): boolean {
  const keys = key.closest("[data-keys]");
  if (keys === null || keys !== before.closest("[data-keys]")) return false;
  return Math.abs(before.getBoundingClientRect().top - key.getBoundingClientRect().top) < 1;
}

/** The whole screen, for one switch: the same targets in the same order, and the keys of its keyboards by rows. */
export const glass: Ground<HTMLElement> = {
  stops: () => grouped(targetsIn(document), isSameRow),
  first(stops) {
    const about = subject(document);
    // A field is no target: what it is typed with comes after it.
    const isAt = (target: HTMLElement): boolean =>
      target === about || (about !== undefined && (about.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING) > 0);
    return Math.max(0, stops.findIndex((stop) => stop.some(isAt)));
  },
  show(lit) {
    for (const marked of document.querySelectorAll<HTMLElement>("[data-lit]")) delete marked.dataset.lit;
    for (const target of lit) target.dataset.lit = lit.length > 1 ? "row" : "one";
    lit[0]?.focus();
  },
  press(target) {
    if (target.matches(TEXT)) return scroll(target, 1) ? "read" : "nothing";
    target.click();
    return "pressed";
  },
  release: forgetKeys,
};
