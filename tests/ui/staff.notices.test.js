// What is wrong with the kiosk itself: staff read it at their desk, guests learn nothing of it.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { StaffSheet } from "./pages/staffSheet.js";
import { launch } from "./support/browser.js";
import { pale } from "./support/measure.js";
import { GUEST_VIEWS, NOTICES, staff } from "./support/views.js";

describe("staff of a kiosk in trouble", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const [name, [parts, rest, told]] of Object.entries(NOTICES)) {
    for (const language of ["en", "zh-CN"]) {
      it(`are told at every tab of the desk: ${name} in ${language}`, async (t) => {
        const kiosk = await StaffSheet.arrive(t, browser, { language });
        assert.equal(await kiosk.at("mark-kiosk").count(), 0);
        await kiosk.change({ ...staff("locked", parts), ...rest });
        assert.ok(await kiosk.at("mark-kiosk").isVisible(), "the corner has a mark");
        assert.notEqual(await kiosk.corner(), "", "and says so");
        assert.equal(await kiosk.at("notice").count(), 0, "the words are for the desk");
        await kiosk.unlocked(parts);
        for (const tab of ["guests", "recent", "conflicts", "queue"]) {
          await kiosk.tab(tab);
          assert.match(await kiosk.at("notice").innerText(), told[language], tab);
        }
        assert.equal(await kiosk.at("notice").getAttribute("data-notice"), name);
        assert.deepEqual(await kiosk.page.evaluate(pale, { root: "[data-testid=notices]", least: 7 }), []);
        await kiosk.change({ ...staff("unlocked"), connection: "online", faces: "ready" });
        assert.equal(await kiosk.at("notice").count(), 0, "it goes when the trouble goes");
      });
    }
  }

  it("put the notice of a repair away, and only that one", async (t) => {
    const kiosk = await StaffSheet.arrive(t, browser);
    await kiosk.unlocked({ storage: { kind: "disk_full" } });
    assert.equal(await kiosk.at("understood").count(), 0, "a full disk is not put away by a tap");
    await kiosk.change(staff("unlocked", NOTICES.salvaged[0]));
    await kiosk.tap("understood");
    assert.deepEqual(await kiosk.called("staff.acknowledge_salvage"), {});
    await kiosk.at("staff-news").getByText("put away").waitFor();
  });

  it("see two troubles at once, the more urgent one first", async (t) => {
    const kiosk = await StaffSheet.arrive(t, browser);
    await kiosk.unlocked({ storage: { kind: "disk_full" } });
    await kiosk.change({ connection: "revoked" });
    const shown = await kiosk.at("notice").evaluateAll((notices) => notices.map(({ dataset }) => dataset.notice));
    assert.deepEqual(shown, ["disk_full", "revoked"]);
  });

  for (const [language, why] of [["en", /withdrawn|revoked|access|known to/i], ["zh-CN", /收回|撤销|权限|不属于/]]) {
    it(`know why faces are no longer recognised, guests only where to go, in ${language}`, async (t) => {
      const kiosk = await StaffSheet.arrive(t, browser, { language });
      await kiosk.show({ ...GUEST_VIEWS["idle, revoked, staff wanted"], languages: [language] });
      assert.doesNotMatch(await kiosk.page.locator("[data-view]").innerText(), why);
      assert.equal(await kiosk.at("camera-trouble").count(), 0, "the camera is not the reason");
      assert.equal(await kiosk.page.locator(".oval").count(), 0, "nobody is asked to look");
      await kiosk.tap("use-ticket");
      await kiosk.called("guest.use_ticket");
      await kiosk.show({ ...GUEST_VIEWS["welcome, revoked"], languages: [language] });
      const said = await kiosk.page.locator("[data-view]").innerText();
      assert.doesNotMatch(said, why);
      assert.doesNotMatch(said, /network|网络/, "the network is not the reason");
    });
  }
});
