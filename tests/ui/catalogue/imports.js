// Every look of importing guests and pictures.
import { CHOICE, IMPORTS } from "../support/importViews.js";
import { desk } from "./sheet.js";

/** A state of the import that the kiosk says is at `at`; `look` is what staff do there. */
const importing = (name, at, testid, { look = async () => {}, choice = CHOICE, begun = at } = {}) =>
  desk(`import, ${name}`, async (kiosk) => {
    await kiosk.openTab("settings", "import-open");
    await kiosk.tap("import-open");
    await look(kiosk);
    await kiosk.at(testid).first().waitFor();
  }, { replies: { "staff.import_files": choice, "staff.import": IMPORTS[at], "staff.begin_import": IMPORTS[begun] } });

/** Chooses the file that stands in this place of the list. */
const choosing = (place) => async (kiosk) => {
  await kiosk.at("import-file").nth(place).evaluate((file) => file.click());
};

export const IMPORT_STATES = [
  importing("files", "none", "import-file"),
  importing("no files", "none", "import-files", { choice: { ...CHOICE, files: [] } }),
  importing("agreement", "none", "import-agreement", { look: choosing(1) }),
  importing("sending", "sending", "import-progress"),
  importing("under way", "running", "import-progress"),
  importing("pictures", "pictures", "import-progress"),
  importing("preview", "none", "import-go", { look: choosing(0), begun: "preview" }),
  importing("columns unknown", "none", "import-columns", { look: choosing(0), begun: "unmapped" }),
  importing("done", "done", "import-result"),
  importing("pictures done", "faces", "import-result"),
  importing("stopped", "stopped", "import-result"),
  importing("refused", "refused", "import-result"),
];
