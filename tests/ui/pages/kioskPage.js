// A kiosk's screen in the browser, and the mock host behind it.
import { MockHost } from "../support/mockHost.js";

const ENTER = { key: "Enter", code: "Enter", text: "\r", windowsVirtualKeyCode: 13 };
/** What some scanners send instead. */
export const TAB = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 };

export class KioskPage {
  constructor(page, host) {
    this.page = page;
    this.host = host;
    this.errors = [];
    page.on("pageerror", (error) => this.errors.push(error.message));
  }

  /** Opens the screens on a mock host that shows `view`, for the duration of `test`. Nothing moves, so that what is
   * measured stands still. */
  static async open(test, browser, view, { width = 1280, height = 800 } = {}) {
    const host = await new MockHost().start();
    const page = await browser.newPage({ viewport: { width, height }, reducedMotion: "reduce" });
    const kiosk = new this(page, host);
    test.after(() => kiosk.#close());
    await kiosk.#load(view);
    return kiosk;
  }

  async #load(view) {
    const revision = this.host.show(view);
    await this.page.goto(this.host.address);
    await this.host.painted(revision);
    await this.page.evaluate(() => document.fonts.ready);
  }

  async #close() {
    await this.page.close();
    await this.host.stop();
  }

  /** Shows `view` and waits until it is on the glass. */
  async show(view) {
    await this.host.painted(this.host.show(view));
  }

  /** Changes parts of the view and waits until they are on the glass. */
  async change(parts) {
    await this.host.painted(this.host.change(parts));
  }

  /** Closes the window and opens it again, in the middle of whatever is going on. */
  async reload() {
    await this.page.reload();
    await this.page.locator("[data-view]").waitFor();
  }

  /** The control or text with this test id. */
  at(testid) {
    return this.page.getByTestId(testid);
  }

  tap(testid) {
    return this.at(testid).first().click();
  }

  /** Taps keys of our own keyboard or keypad. */
  async tapKeys(keys) {
    for (const key of keys) await this.page.locator(`[data-key="${key}"]`).click();
  }

  /** Stops the page's clock: from here on time passes by `pass` only. Views are not painted meanwhile. */
  async stopClock() {
    await this.page.clock.install();
    await this.page.clock.pauseAt(Date.now() + 60_000);
  }

  /** Lets `duration` milliseconds pass on a stopped clock. */
  pass(duration) {
    return this.page.clock.runFor(duration);
  }

  /** The parameters of a call of `method`, once it has come: the first one, or the first that `fits`. */
  called(method, fits = () => true) {
    return this.host.called(method, fits);
  }

  /** Everything that stands in the page, also where nobody sees it. */
  everything() {
    return this.page.content();
  }

  /** Keys as a hand scanner sends them: five milliseconds apart, then Enter or Tab. */
  async scan(code, end = ENTER) {
    const devtools = await this.page.context().newCDPSession(this.page);
    const start = Date.now() / 1_000;
    const keys = [...[...code].map((key) => ({ key, text: key })), end];
    const sent = keys.map((key, at) => devtools.send("Input.dispatchKeyEvent", { type: "keyDown", timestamp: start + at * 0.005, ...key }));
    await Promise.all(sent);
    await devtools.detach();
  }
}
