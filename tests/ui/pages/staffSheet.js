// What staff do at the kiosk.
import { STAFF_REPLIES } from "../support/staffViews.js";
import { CONFLICTS, MEMBERS, QUEUE, RECENT, ROWS, staff, view } from "../support/views.js";
import { KioskPage } from "./kioskPage.js";

export class StaffSheet extends KioskPage {
  /** A kiosk that has guests to show, in front of staff who have not opened the sheet yet. */
  static async arrive(test, browser, { lock = "locked", size, language = "en" } = {}) {
    const languages = [language, ...["en", "zh-CN", "de"].filter((other) => other !== language)];
    const idle = view({ kind: "idle" }, { ...staff(lock, { attention: 2 }), languages });
    const kiosk = await this.open(test, browser, idle, size);
    kiosk.host.replies = {
      "staff.search": ROWS,
      "staff.recent": RECENT,
      "staff.queue": QUEUE,
      "staff.conflicts": CONFLICTS,
      "staff.members": MEMBERS,
      ...STAFF_REPLIES,
    };
    return kiosk;
  }

  /** Opens the sheet as a hardware keyboard does; the corner is tried by a test of its own. */
  async summon() {
    await this.page.keyboard.press("Control+Shift+S");
    await this.sheet().waitFor();
  }

  /** Opens the sheet behind its lock; `parts` are what staff's part of the view says besides. */
  async unlocked(parts = {}) {
    await this.summon();
    await this.unlockedFor(parts);
  }

  /** Something changes while the desk is open. */
  unlockedFor(parts) {
    return this.change(staff("unlocked", parts));
  }

  /** Opens the sheet of a kiosk without staff and types the first supervisor's name. */
  async nameFirst(name) {
    await this.summon();
    await this.typeLine(name);
    await this.tap("name-next");
  }

  sheet() {
    return this.page.locator("[data-staff]");
  }

  /** `pin` or `sheet`; null if no sheet is open. */
  stage() {
    return this.page.evaluate(() => document.querySelector("[data-staff]")?.dataset.staff ?? null);
  }

  async search(text) {
    await this.at("search").click();
    await this.tapKeys([...text]);
    await this.called("staff.search", ({ query }) => query === text);
    await this.at("guest").first().waitFor();
  }

  /** Searches until `name` is found; the row. */
  async find(text, name) {
    await this.at("search").fill(text);
    const row = this.row("guest", name);
    await row.waitFor();
    return row;
  }

  /** Checks the guest in whom `text` finds. */
  async checkIn(text, name, reason) {
    await (await this.find(text, name)).getByTestId("check-in").click();
    await this.reason(reason);
    await this.told();
  }

  /** Searches for somebody who is not on the list. */
  async searchInVain(text) {
    await this.at("search").click();
    await this.tapKeys([...text]);
    await this.at("rows").getByText(text).waitFor();
  }

  tab(name) {
    return this.tap(`tab-${name}`);
  }

  /** Opens the tab `name` and waits until `testid` is there. */
  async openTab(name, testid) {
    await this.tab(name);
    await this.at(testid).first().waitFor();
  }

  /** Opens one of the queue's panels: `export` or `wipe`. */
  async panel(name) {
    await this.openTab("queue", "connection");
    await this.tap(`${name}-open`);
    await this.at(name).waitFor();
  }

  /** Types a PIN and confirms it. */
  async enterPin(pin) {
    await this.tapKeys([...pin]);
    await this.tap("pin-enter");
  }

  /** Chooses the first PIN, and so opens the desk. */
  async choosePin(pin) {
    await this.enterPin(pin);
    await this.enterPin(pin);
    await this.desk();
  }

  /** Opens the desk with the PIN. */
  async unlock(pin) {
    await this.summon();
    await this.enterPin(pin);
    await this.desk();
  }

  /** Waits until the desk is open. */
  desk() {
    return this.page.locator('[data-staff="sheet"]').waitFor();
  }

  /** Locks the desk as staff do; guests have their screen again. */
  async lock() {
    await this.tap("staff-close");
    await this.sheet().waitFor({ state: "detached" });
  }

  /** Closes the sheet, if it is open, and locks the kiosk. */
  async leave() {
    if ((await this.stage()) === null) return;
    await this.change(staff("locked"));
    if ((await this.stage()) !== null) await this.page.keyboard.press("Escape");
    await this.sheet().waitFor({ state: "detached" });
  }

  /** The row of `testid` in which `name` stands. */
  row(testid, name) {
    return this.at(testid).filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Types into the line of a panel, on the screen's keyboard. */
  typeLine(text) {
    return this.tapKeys([...text].map((key) => (key === " " ? "space" : key)));
  }

  /** What stands in the line of a panel. */
  line() {
    return this.at("typing").inputValue();
  }

  /** What a screen reader says of the corner. */
  corner() {
    return this.at("staff-corner").getAttribute("aria-label");
  }

  reason(name) {
    return this.page.locator(`[data-reason="${name}"]`).click();
  }

  /** Waits until the desk says what came of the last thing done. */
  async told() {
    await this.at("staff-news").filter({ hasText: /\S/ }).waitFor();
  }

  news() {
    return this.at("staff-news").innerText();
  }
}
