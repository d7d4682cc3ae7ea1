// What a guest does at the kiosk.
import { KioskPage } from "./kioskPage.js";

/** Longer than any recorded visit takes, also on a busy machine. */
const VISIT_MS = 60_000;

export class GuestScreen extends KioskPage {
  kind() {
    return this.page.locator("[data-view]").getAttribute("data-view");
  }

  language() {
    return this.page.evaluate(() => document.documentElement.lang);
  }

  speak(language) {
    return this.page.locator(`[data-language="${language}"]`).click();
  }

  /** Waits until a screen of one of `kinds` is there; on the real kiosk somebody may have to walk up first. */
  shown(...kinds) {
    const screens = kinds.map((kind) => `[data-view="${kind}"]`).join();
    return this.page.locator(screens).waitFor({ timeout: VISIT_MS });
  }

  /** Goes in by the code of a ticket, from a screen that offers it. */
  async byTicket(code) {
    await this.tap("use-ticket");
    await this.shown("ticket");
    await this.tapKeys([...code]);
    await this.tap("ticket-go");
  }

  /** What the screen reader says. */
  spoken() {
    return this.page.locator(".spoken").textContent();
  }

  /** Listens from now on, as on a machine with voices; the returned call tells how many notes have sounded, and what was
   * spoken in which language. */
  async listen() {
    await this.page.evaluate(() => {
      const heard = { tones: 0, spoken: [] };
      globalThis.heard = heard;
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...when) {
        heard.tones += 1;
        return start.apply(this, when);
      };
      globalThis.SpeechSynthesisUtterance = class {
        constructor(text) {
          this.text = text;
        }
      };
      speechSynthesis.getVoices = () => ["en", "zh-CN"].map((lang) => ({ lang, localService: true }));
      speechSynthesis.speak = ({ lang, text }) => heard.spoken.push({ language: lang, text });
    });
    return () => this.page.evaluate(() => structuredClone(globalThis.heard));
  }
}
