// Chromium without a window, as found on the machine.
import { chromium } from "playwright-core";

/** Starts it; `CHROMIUM` names another program than the usual one. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
}
