// Compares what is on the glass with a picture that was kept. Kept pictures are half as large as the screen and of few
// shades, so that the repository stays small, and neither another minor version of the browser nor the smoothing of
// edges makes a difference.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

const BASELINES = fileURLToPath(new URL("../baselines/", import.meta.url));
const FAILURES = fileURLToPath(new URL("../../../target/snapshots/", import.meta.url));
export const UPDATE = "UPDATE_BASELINES";

/** How far two colours may be apart to count as the same, 0 to 1: more than what is lost by keeping few shades. */
const COLOUR_TOLERANCE = 0.06;
/** The share of pixels that may differ: another version of the browser moves a few at the edges of letters. A word that
 * is missing, or a button of another colour, takes several times as many. */
const SHARE_TOLERANCE = 0.003;
/** Bits that are kept of each channel. */
const KEPT_BITS = 5;

/** Compares `photo`, a PNG of the screen, with the kept picture `name`. Null if they look alike, otherwise what is
 * wrong and what to do, in words. `UPDATE_BASELINES=1` keeps the new one instead. */
export function compare(photo, name, { baselines = BASELINES, failures = FAILURES, update = process.env[UPDATE] === "1" } = {}) {
  const now = halved(PNG.sync.read(photo));
  const kept = join(baselines, `${name}.png`);
  if (update) {
    write(baselines, `${name}.png`, withFewShades(now));
    return null;
  }
  const before = read(kept);
  const again = `run the test with ${UPDATE}=1 and look at the new picture before it is committed`;
  if (before === null) return `there is no ${kept}; ${again}`;
  if (before.width !== now.width || before.height !== now.height) {
    const shown = write(failures, `${name}.now.png`, now);
    return `${shown} is ${now.width}×${now.height}, ${kept} ${before.width}×${before.height}; ${again}`;
  }
  const difference = new PNG({ width: now.width, height: now.height });
  const differing = pixelmatch(before.data, now.data, difference.data, now.width, now.height, { threshold: COLOUR_TOLERANCE });
  const share = differing / (now.width * now.height);
  if (share <= SHARE_TOLERANCE) return null;
  const shown = write(failures, `${name}.now.png`, now);
  const marked = write(failures, `${name}.difference.png`, difference);
  return `${(100 * share).toFixed(2)} % of the picture is not as before: see ${marked} and ${shown}. If that is meant, ${again}`;
}

/** The kept picture, or null if there is none. */
function read(path) {
  try {
    return PNG.sync.read(readFileSync(path));
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

function write(folder, name, picture) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, PNG.sync.write(picture, { colorType: 2, deflateLevel: 9 }));
  return path;
}

/** Half as wide and high; each pixel is the mean of four. */
function halved({ width, height, data }) {
  const half = new PNG({ width: width >> 1, height: height >> 1 });
  for (let y = 0; y < half.height; y += 1) {
    for (let x = 0; x < half.width; x += 1) {
      const from = (2 * y * width + 2 * x) * 4;
      const to = (y * half.width + x) * 4;
      for (let channel = 0; channel < 4; channel += 1) {
        const at = from + channel;
        half.data[to + channel] = (data[at] + data[at + 4] + data[at + 4 * width] + data[at + 4 * width + 4]) / 4;
      }
    }
  }
  return half;
}

/** With fewer bits in each channel: the middle of the shades that become one. */
function withFewShades(picture) {
  const step = 1 << (8 - KEPT_BITS);
  const few = new PNG({ width: picture.width, height: picture.height });
  few.data = picture.data.map((value, at) => (at % 4 === 3 ? value : Math.min(255, (value & ~(step - 1)) + step / 2)));
  return few;
}
