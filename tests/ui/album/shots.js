// Takes a picture of every state of the screens: each language, lying and standing, and in the other scheme where it
// differs. `node album/shots.js OUT_DIR`.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";

import { LANGUAGES } from "../catalogue/languages.js";
import { OTHERS, USUAL, colours } from "../catalogue/schemes.js";
import { STATES, Tour, slug } from "../catalogue/states.js";
import { launch } from "../support/browser.js";
import { indexPage } from "./page.js";

/** Common tablets of 10 and 11 inches, in CSS pixels. */
const TABLETS = {
  landscape: { width: 1280, height: 800 },
  portrait: { width: 820, height: 1180 },
};
const SCHEMES = { dark: USUAL, light: OTHERS.light };
const QUALITY = 88;

const [out] = process.argv.slice(2);
if (!out) throw new Error("usage: node album/shots.js OUT_DIR");
await main();

async function main() {
  await rm(out, { recursive: true, force: true });
  const browser = await launch();
  // Two pages at a time: as many as a small machine has cores.
  const shots = [];
  for (const language of LANGUAGES) {
    const both = Object.keys(TABLETS).map((orientation) => album(browser, language, orientation));
    shots.push(...(await Promise.all(both)).flat());
  }
  await browser.close();
  await writeFile(join(out, "index.html"), indexPage(shots, STATES));
  console.log(`${shots.length} pictures of ${STATES.length} states: ${join(out, "index.html")}`);
}

/** Everything in one language and orientation; resolves to what was taken. */
async function album(browser, language, orientation) {
  const folder = join(out, language, orientation);
  await mkdir(folder, { recursive: true });
  const closing = [];
  const test = { after: (close) => closing.push(close) };
  const tour = await Tour.start(test, browser, { language, size: TABLETS[orientation] });
  const shots = [];
  for (const state of STATES) {
    await tour.to(state);
    for (const [scheme, file] of await take(tour.kiosk.page, folder, slug(state))) {
      shots.push({ area: state.area, name: state.name, language, orientation, scheme, file: [language, orientation, file].join("/") });
    }
  }
  if (tour.kiosk.errors.length > 0) throw new Error(`the screens failed: ${tour.kiosk.errors.join("\n")}`);
  for (const close of closing) await close();
  console.log(`${language}, ${orientation}: ${shots.length} pictures`);
  return shots;
}

/** Takes the state that is shown, in every scheme that changes it; resolves to the files by scheme. */
async function take(page, folder, name) {
  const files = new Map();
  const looks = new Set();
  for (const [scheme, media] of Object.entries(SCHEMES)) {
    await page.emulateMedia(media);
    const look = await page.evaluate(colours);
    if (looks.has(look)) continue;
    looks.add(look);
    const file = `${name}${looks.size === 1 ? "" : `.${scheme}`}.jpg`;
    await page.screenshot({ path: join(folder, file), type: "jpeg", quality: QUALITY, animations: "disabled", caret: "hide" });
    files.set(scheme, file);
  }
  await page.emulateMedia(USUAL);
  return files;
}
