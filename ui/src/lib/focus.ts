// Moves the focus for whoever uses keys or switches instead of a finger. Touch leaves the focus alone.

const TARGETS = "button:not(:disabled)";
/** A text that may be longer than its place. */
const TEXT = "[data-scrolls]";
/** Share of a text's place by which it moves at once: the last lines stay in sight. */
const AT_ONCE = 0.8;

/** Whether the last thing done was done with keys. */
let byKeys = false;

/** To be told of every key and every touch. */
export function heard(event: KeyboardEvent | PointerEvent): void {
  byKeys = event instanceof KeyboardEvent;
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
  if (!text?.matches(TEXT)) return false;
  const before = text.scrollTop;
  text.scrollTop += by * AT_ONCE * text.clientHeight;
  return text.scrollTop !== before;
}

/** Moves the focus to the next target inside `root`, also to keys of the screen's own keyboard. */
export function moveFocus(root: ParentNode, by: 1 | -1): void {
  const targets = [...root.querySelectorAll<HTMLElement>(`${TARGETS}, ${TEXT}`)].filter(isThere).filter(isOfUse);
  targets[next(targets.length, targets.findIndex((target) => target === document.activeElement), by)]?.focus();
}

/** After `root` has changed: gives the focus to what it is about, if it was lost and keys are used. */
export function catchFocus(root: HTMLElement): void {
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (!byKeys || !lost) return;
  const [named, main, first] = ["[data-focus]", ".main:not(:disabled)", TARGETS].map((selector) => find(root, selector));
  (named ?? main ?? first)?.focus();
}

function find(root: HTMLElement, selector: string): HTMLElement | undefined {
  return [...root.querySelectorAll<HTMLElement>(selector)].find(isThere);
}

/** A text that is all there needs no keys. */
function isOfUse(target: HTMLElement): boolean {
  return !target.matches(TEXT) || target.scrollHeight > target.clientHeight;
}

function isThere(target: HTMLElement): boolean {
  return target.closest("[inert]") === null && target.getClientRects().length > 0;
}
