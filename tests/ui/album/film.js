// Films a generated guest who checks in at the real kiosk: the real recogniser, backend and screens behind a recorded
// visit. `node album/film.js OUT.webp`; PORTICO_VISIT and PORTICO_EMPTY are the recordings.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { GuestScreen } from "../pages/guestScreen.js";
import { launch } from "../support/browser.js";
import { RealHost } from "../support/realHost.js";

const FACE = fileURLToPath(new URL("../pictures/near.jpg", import.meta.url));
const ROSTER = "id,name,company,note\ng-1,Zhang Wei,Harbour Architects,\"Table 12, next to the stage\"\n";
/** A third of a second each: time to open the browser before the guest comes, and for the welcome after they left. */
const EMPTY_BEFORE = 60;
const EMPTY_AFTER = 45;

/** Half the size of the screen, and at most eight pictures a second: small enough for a page that shows it. */
const WIDTH = 640;
const STEP_MS = 125;
const LEAD_MS = 1_200;
const TAIL_MS = 1_000;
const LIMIT_BYTES = 1_500_000;
/** Tried from the best one downwards until the film is small enough. */
const QUALITIES = [70, 55, 40, 25];

const [out] = process.argv.slice(2);
if (!out) throw new Error("usage: node album/film.js OUT.webp");
await main();

async function main() {
  const { PORTICO_VISIT: visit, PORTICO_EMPTY: empty } = process.env;
  if (!visit || !empty) throw new Error("PORTICO_VISIT and PORTICO_EMPTY name no recordings; cargo xtask screens --film sets them");
  const room = (count) => Array.from({ length: count }, () => empty);
  const playlist = [...room(EMPTY_BEFORE), visit, ...room(EMPTY_AFTER)];
  const host = await RealHost.start({ playlist, roster: ROSTER, faces: { "g-1": FACE } });
  const browser = await launch();
  try {
    const frames = await take(browser, host);
    await mkdir(dirname(out), { recursive: true });
    const bytes = await develop(frames);
    console.log(`${out}: ${frames.length} pictures, ${Math.round(bytes / 1_000)} kB`);
  } finally {
    await browser.close();
    await host.stop();
  }
}

/** From shortly before the guest comes until shortly after the screen is ready for the next one; each frame is a PNG and
 * how long it is shown. */
async function take(browser, host) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const screen = new GuestScreen(page, host);
  await page.goto(host.address);
  await page.locator('[data-view="idle"][data-camera="live"]').waitFor();
  const devtools = await page.context().newCDPSession(page);
  const taken = [];
  devtools.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
    taken.push({ at: metadata.timestamp * 1_000, png: data });
    void devtools.send("Page.screencastFrameAck", { sessionId });
  });
  await devtools.send("Page.startScreencast", { format: "png", maxWidth: WIDTH, maxHeight: WIDTH });
  await screen.shown("approaching");
  const start = Date.now() - LEAD_MS;
  await screen.shown("welcome", "already_in", "not_found");
  const kind = await screen.kind();
  if (kind !== "welcome") throw new Error(`the guest met the screen “${kind}” instead of a welcome; film again on a quieter machine`);
  await screen.shown("idle");
  const end = Date.now() + TAIL_MS;
  await page.waitForTimeout(TAIL_MS);
  await devtools.send("Page.stopScreencast");
  return paced(taken.filter(({ at }) => at >= start && at <= end), end);
}

/** Leaves out what comes faster than the film's pace. */
function paced(taken, end) {
  const kept = taken.filter(({ at }, place) => place === 0 || Math.floor(at / STEP_MS) > Math.floor(taken[place - 1].at / STEP_MS));
  return kept.map(({ at, png }, place) => ({ png, duration: Math.round((kept[place + 1]?.at ?? end) - at) }));
}

/** Writes the film; resolves to its size in bytes. */
async function develop(frames) {
  const folder = await mkdtemp(join(tmpdir(), "portico-film-"));
  const files = frames.map((_, place) => join(folder, `${String(place).padStart(4, "0")}.png`));
  await Promise.all(frames.map(({ png }, place) => writeFile(files[place], png, "base64")));
  const timed = files.flatMap((file, place) => ["-d", String(frames[place].duration), file]);
  try {
    for (const quality of QUALITIES) {
      await promisify(execFile)("img2webp", ["-loop", "0", "-lossy", "-m", "6", "-q", String(quality), ...timed, "-o", out]);
      const { size } = await stat(out);
      if (size <= LIMIT_BYTES) return size;
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  throw new Error(`${out} is larger than ${LIMIT_BYTES} bytes even at the lowest quality; film fewer seconds`);
}
