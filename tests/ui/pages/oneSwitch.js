// A guest's screen as one switch goes over it.
import assert from "node:assert/strict";

import { GUEST_VIEWS } from "../support/views.js";
import { GuestScreen } from "./guestScreen.js";

const STEP_MS = 1_500;

/** A kiosk whose time passes by the step. */
export class OneSwitch {
  /** What the switch sends. */
  key = "Enter";

  constructor(kiosk) {
    this.kiosk = kiosk;
  }

  static async open(test, browser, name, size) {
    const kiosk = await GuestScreen.open(test, browser, GUEST_VIEWS[name], size);
    await kiosk.stopClock();
    return new OneSwitch(kiosk);
  }

  /** Shows `view` while the clock stands. */
  async show(view) {
    this.kiosk.host.show(view);
    await this.kiosk.page.locator(`[data-view="${view.guest.kind}"]`).waitFor();
  }

  /** Answers `method` with the view called `name`. */
  leads(method, name) {
    this.kiosk.host.replies[method] = () => void this.kiosk.host.show(GUEST_VIEWS[name]);
  }

  /** Nobody presses again sooner than this. */
  async press(key = this.key) {
    await this.kiosk.page.keyboard.press(key);
    await this.kiosk.pass(100);
  }

  step() {
    return this.kiosk.pass(STEP_MS);
  }

  /** What is lit, by test id, key or language; a row of keys as one word. */
  lit() {
    return this.kiosk.page.evaluate(() =>
      [...document.querySelectorAll("[data-lit]")].map(({ dataset }) => dataset.testid ?? dataset.key ?? dataset.language).join(""),
    );
  }

  focused() {
    return this.kiosk.page.evaluate(() => {
      const { dataset } = document.activeElement;
      return dataset.testid ?? dataset.key ?? dataset.language ?? null;
    });
  }

  /** Waits until `wanted` is lit: a test id, a key or a language; of a row of keys one of them. */
  async until(wanted) {
    for (let step = 0; step < 30; step += 1) {
      const lit = await this.lit();
      if (lit === wanted || (wanted.length === 1 && lit.includes(wanted) && (await this.isRow()))) return;
      await this.step();
    }
    assert.fail(`${wanted} is not reached; lit is ${await this.lit()}`);
  }

  isRow() {
    return this.kiosk.page.evaluate(() => document.querySelector("[data-lit]")?.dataset.lit === "row");
  }

  /** Waits for `wanted` and presses it. */
  async choose(wanted) {
    await this.until(wanted);
    await this.press();
  }

  /** Chooses a key: first its row. */
  async chooseKey(key) {
    await this.choose(key);
    assert.equal(await this.isRow(), false);
    await this.choose(key);
  }

  shown(kind) {
    return this.kiosk.page.locator(`[data-view="${kind}"]`).waitFor();
  }
}
