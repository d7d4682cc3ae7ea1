// What staff do at the kiosk.
import { STAFF_REPLIES } from "../support/staffViews.js";
import { CONFLICTS, MEMBERS, QUEUE, RECENT, ROWS, staff, view } from "../support/views.js";
import { KioskPage } from "./kioskPage.js";

export class StaffSheet extends KioskPage {
  /** A kiosk that has guests to show, in front of staff who have not opened the sheet yet. */
  static async arrive(test, browser, { lock = "locked", size, language = "en" } = {}) {
    const idle = view({ kind: "idle" }, { ...staff(lock, { attention: 2 }), languages: [language] });
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
    await this.change(staff("unlocked", parts));
  }

  /** Types a PIN twice on the pad, as it is chosen. */
  async choosePin(pin) {
    for (const _ of ["once", "again"]) {
      await this.tapKeys([...pin]);
      await this.tap("pin-enter");
    }
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
  async stage() {
    return (await this.sheet().count()) === 0 ? null : this.sheet().getAttribute("data-staff");
  }

  async search(text) {
    await this.at("search").click();
    await this.tapKeys([...text]);
    await this.called("staff.search", ({ query }) => query === text);
    await this.at("guest").first().waitFor();
  }

  tab(name) {
    return this.tap(`tab-${name}`);
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

  news() {
    return this.at("staff-news").innerText();
  }
}
