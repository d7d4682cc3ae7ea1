// The key states of the screens look as they did when somebody last looked at them.
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { PNG } from "pngjs";

import { Tour, slug, stateNamed } from "./catalogue/states.js";
import { launch } from "./support/browser.js";
import { photograph } from "./support/pixels.js";
import { compare } from "./support/snapshot.js";

const LYING = { width: 1280, height: 800 };
const STANDING = { width: 800, height: 1280 };

/** Each state that a guest or staff see most, in one language and orientation; the busiest ones in two. */
const KEY_STATES = [
  {
    language: "en",
    size: LYING,
    guest: ["idle", "approaching, hint", "approaching, held", "welcome", "confirm", "already in", "not found, face", "ticket"],
    staff: ["PIN", "guests, many found", "live", "last check-ins, many", "let in twice", "queue"],
  },
  {
    language: "zh-CN",
    size: STANDING,
    guest: ["idle", "welcome", "ticket"],
    staff: ["guests, found", "let in twice, reason"],
  },
];

describe("the screens", { concurrency: 2 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const { language, size, ...areas } of KEY_STATES) {
    it(`look as before in ${language} on ${size.width}×${size.height}`, async (t) => {
      const tour = await Tour.start(t, browser, { language, size });
      const changes = [];
      for (const [area, names] of Object.entries(areas)) {
        for (const name of names) {
          const state = stateNamed(area, name);
          await tour.to(state);
          changes.push(compare(await photograph(tour.kiosk.page), `${slug(state)}.${language}`));
        }
      }
      assert.deepEqual(changes.filter((change) => change !== null), []);
    });
  }
});

describe("the comparison of pictures", () => {
  const WHITE = [255, 255, 255];
  const GREY = [120, 120, 120];

  /** A white picture of 160 × 100 with a grey word of `word` × 2 pixels in it. */
  function picture({ word = 16, paper = WHITE, width = 160 } = {}) {
    const png = new PNG({ width, height: 100 });
    for (let at = 0; at < width * 100; at += 1) {
      const [x, y] = [at % width, Math.floor(at / width)];
      png.data.set([...(x < word && y < 2 ? GREY : paper), 255], at * 4);
    }
    return PNG.sync.write(png);
  }

  /** Compares `now` with a kept `before` in folders of their own. */
  async function between(before, now) {
    const folder = await mkdtemp(join(tmpdir(), "portico-snapshots-"));
    const folders = { baselines: join(folder, "kept"), failures: join(folder, "failed") };
    if (before) compare(before, "screen", { ...folders, update: true });
    const told = compare(now, "screen", { ...folders, update: false });
    const failed = await readdir(folders.failures).catch(() => []);
    await rm(folder, { recursive: true });
    return { told, failed };
  }

  it("finds nothing where nothing has changed, although few shades are kept", async () => {
    for (const paper of [WHITE, [3, 17, 29], [251, 133, 68]]) {
      assert.equal((await between(picture({ paper }), picture({ paper }))).told, null);
    }
  });

  it("overlooks a shade that nobody sees", async () => {
    assert.equal((await between(picture(), picture({ paper: [252, 252, 253] }))).told, null);
  });

  it("finds a word that is gone, and says where to look", async () => {
    const { told, failed } = await between(picture({ word: 66 }), picture());
    assert.match(told, /0\.6\d % of the picture is not as before: see .*screen\.difference\.png/);
    assert.deepEqual(failed.sort(), ["screen.difference.png", "screen.now.png"]);
  });

  it("finds another colour", async () => {
    assert.match((await between(picture(), picture({ paper: [225, 235, 255] }))).told, /9\d\.\d+ % of the picture/);
  });

  it("finds another size", async () => {
    assert.match((await between(picture(), picture({ width: 150 }))).told, /is 75×50/);
  });

  it("says how to keep the first picture", async () => {
    assert.match((await between(null, picture())).told, /there is no .*; run the test with UPDATE_BASELINES=1/);
  });
});
