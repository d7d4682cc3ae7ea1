// Importing guests and pictures at the kiosk: a file is chosen, looked at, imported, and what is left over is mended.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { StaffSheet } from "./pages/staffSheet.js";
import { launch } from "./support/browser.js";
import { FACES_FILE, IMPORTS, ROSTER_FILE } from "./support/importViews.js";
import { ON_DUTY, refused } from "./support/views.js";

describe("imports at the kiosk", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  /** The list of files, at a kiosk whose import stands `at`. */
  const files = async (t, at = "none", how = {}) => {
    const kiosk = await StaffSheet.arrive(t, browser, how);
    kiosk.host.replies["staff.import"] = IMPORTS[at];
    await kiosk.unlocked({ member: ON_DUTY.supervisor });
    await kiosk.openTab("settings", "import-open");
    await kiosk.tap("import-open");
    await kiosk.at("imports").waitFor();
    return kiosk;
  };
  /** Taps the file called `name`; the import stands `at` then. */
  const pick = async (kiosk, { name }, at) => {
    kiosk.host.replies["staff.begin_import"] = IMPORTS[at];
    kiosk.host.replies["staff.import"] = IMPORTS[at];
    await kiosk.at("import-file").filter({ hasText: name }).click();
  };

  it("offer the files of the kiosk's folder and of sticks, and say where to put others", async (t) => {
    const kiosk = await files(t);
    const rows = await kiosk.at("import-file").allInnerTexts();
    assert.match(rows[0], /guests-2026-05\.xlsx\s+Guests · 403 kB\s+\/media\/usb\/FAIR 2026/);
    assert.match(rows[1], /portraits\.zip\s+Pictures · 80.2 MB/);
    assert.equal(await kiosk.at("import-folder").innerText(), "data/import");
    await kiosk.tap("import-again");
    await kiosk.called("staff.import_files");
  });

  it("show what would become of a list before anything changes, with rows that are skipped and why", async (t) => {
    const kiosk = await files(t);
    await pick(kiosk, ROSTER_FILE, "preview");
    await kiosk.at("import-go").waitFor();
    const begun = await kiosk.called("staff.begin_import");
    assert.deepEqual(begun, { file: ROSTER_FILE.path, preview: true, columns: {}, agreement: null });
    assert.match(await kiosk.at("import-counts").innerText(), /1,270\s+New\s+12\s+Changed\s+0\s+As before\s+2\s+Skipped/);
    assert.match(await kiosk.at("import-rows").innerText(), /Beatriz Fonseca\s+Fonseca & Filhos · BF2Q8R · 8641\s+张伟/);
    assert.match(await kiosk.at("import-mend").innerText(), /Row 14, Ticket\s+Row 9 has the same ticket code/);
    assert.equal(await kiosk.at("import-go").innerText(), "Import 1,282 guests");
  });

  it("import with the columns that were seen", async (t) => {
    const kiosk = await files(t);
    await pick(kiosk, ROSTER_FILE, "preview");
    await kiosk.at("import-go").waitFor();
    kiosk.host.replies["staff.begin_import"] = IMPORTS.running;
    kiosk.host.replies["staff.import"] = IMPORTS.running;
    await kiosk.tap("import-go");
    const { preview, columns } = await kiosk.called("staff.begin_import", (params) => !params.preview);
    assert.deepEqual([preview, columns.ticket_code], [false, "Ticket"]);
    assert.equal(await kiosk.at("import-amount").innerText(), "640 of 1,284 · 50%");
    kiosk.host.replies["staff.import"] = IMPORTS.done;
    await kiosk.at("import-result").getByText("Imported").waitFor();
  });

  it("let staff say which column is what where nobody can tell, and look again", async (t) => {
    const kiosk = await files(t);
    await pick(kiosk, ROSTER_FILE, "unmapped");
    await kiosk.at("import-reason").getByText("No column is titled like a name").waitFor();
    assert.equal(await kiosk.at("import-go").count(), 0);
    kiosk.host.replies["staff.begin_import"] = IMPORTS.preview;
    await kiosk.at("column-name").selectOption("Gast");
    const { columns } = await kiosk.called("staff.begin_import", (params) => "name" in params.columns);
    assert.deepEqual(columns, { name: "Gast" });
    await kiosk.at("import-go").waitFor();
  });

  it("leave a field without a column where staff want none, also with the next look and the import", async (t) => {
    const kiosk = await files(t);
    await pick(kiosk, ROSTER_FILE, "preview");
    await kiosk.at("import-go").waitFor();
    const none = (field) => kiosk.at(`column-${field}`).locator('option[value=""]');
    assert.ok(await none("name").isDisabled(), "guests need a name");
    const { roster } = IMPORTS.preview.report;
    const { company, ...rest } = roster.columns;
    const without = { ...IMPORTS.preview, report: { ...IMPORTS.preview.report, roster: { ...roster, columns: rest, unknown_columns: ["Allergien", company] } } };
    kiosk.host.replies["staff.begin_import"] = without;
    kiosk.host.replies["staff.import"] = without;
    await kiosk.at("column-company").selectOption("");
    const asked = await kiosk.called("staff.begin_import", ({ columns }) => columns.company === "");
    assert.deepEqual(asked.columns, { ...rest, company: "" });
    await kiosk.at("column-note").selectOption("Allergien");
    const again = await kiosk.called("staff.begin_import", ({ columns }) => columns.note === "Allergien");
    assert.deepEqual(again.columns, { ...rest, company: "", note: "Allergien" });
    await kiosk.tap("import-go");
    const { columns } = await kiosk.called("staff.begin_import", ({ preview }) => !preview);
    assert.equal(columns.company, "");
  });

  it("take pictures only with what their guests have agreed to", async (t) => {
    const kiosk = await files(t);
    await pick(kiosk, FACES_FILE, "none");
    await kiosk.at("import-agreement").waitFor();
    assert.ok(await kiosk.at("import-agreed").isDisabled());
    assert.deepEqual(kiosk.host.callsOf("staff.begin_import"), []);
    await kiosk.typeLine("2026-05");
    await kiosk.tap("days-30");
    kiosk.host.replies["staff.begin_import"] = IMPORTS.sending;
    kiosk.host.replies["staff.import"] = IMPORTS.sending;
    await kiosk.tap("import-agreed");
    const { agreement } = await kiosk.called("staff.begin_import");
    assert.deepEqual(agreement, { text_version: "2026-05", language: "en", days_kept: 30 });
    assert.match(await kiosk.at("import-amount").innerText(), /48.6 MB of 80.2 MB · 61%/);
  });

  it("stop, and say what became of it", async (t) => {
    const kiosk = await files(t, "running");
    await kiosk.at("import-progress").waitFor();
    kiosk.host.replies["staff.end_import"] = () => {
      kiosk.host.replies["staff.import"] = IMPORTS.stopped;
      return {};
    };
    await kiosk.tap("import-stop");
    await kiosk.at("import-state").getByText("Stopped").waitFor();
    assert.equal(await kiosk.at("import-reason").innerText(), "Nothing was changed");
  });

  it("write what is to be mended to a file, and are put away", async (t) => {
    const kiosk = await files(t, "faces");
    assert.match(await kiosk.at("import-counts").innerText(), /450\s+Guests with a face\s+12[^]*38\s+Not taken/);
    kiosk.host.replies["staff.save_import_report"] = { file: "data/import/to-be-mended.csv" };
    await kiosk.tap("import-save");
    await kiosk.at("import-saved").getByText("data/import/to-be-mended.csv").waitFor();
    kiosk.host.replies["staff.end_import"] = () => {
      kiosk.host.replies["staff.import"] = IMPORTS.none;
      return {};
    };
    await kiosk.tap("import-close");
    await kiosk.at("import-file").first().waitFor();
  });

  it("say why a file was not taken, with what to do", async (t) => {
    const kiosk = await files(t);
    kiosk.host.replies["staff.begin_import"] = refused("staff.import_not_allowed");
    await kiosk.at("import-file").first().click();
    await kiosk.at("staff-news").getByText("Pair it with a code that lets it").waitFor();
    const large = await files(t, "refused");
    assert.match(await large.at("import-result").innerText(), /The file is too large\. Split it[^]*larger than 1024 MB/);
  });

  it("say why a file was not taken in staff's own language", async (t) => {
    for (const [language, state, reason] of [
      ["zh-CN", "未导入", /^第 812 行的引号没有闭合[^A-Za-z]*$/],
      ["de", "Nicht importiert", /^Das Anführungszeichen in Zeile 812 wird nie geschlossen/],
    ]) {
      const kiosk = await files(t, "damaged", { language });
      assert.equal(await kiosk.at("import-state").innerText(), state);
      assert.match(await kiosk.at("import-reason").innerText(), reason);
    }
    const unmapped = await files(t, "none", { language: "zh-CN" });
    await pick(unmapped, ROSTER_FILE, "unmapped");
    await unmapped.at("import-reason").getByText("没有哪一列的标题像姓名。请指出是哪一列。现有各列：Gast, Firma, Ticket").waitFor();
    const large = await files(t, "refused", { language: "zh-CN" });
    assert.match(await large.at("import-result").innerText(), /文件过大[^]*超过 1024 MB/);
    assert.doesNotMatch(await large.at("import-result").innerText(), /split/);
  });
});
