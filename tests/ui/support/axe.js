// Asks axe-core what is wrong with the page for people who do not see, hear or move like most.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Everything that WCAG 2.2 AA asks for and a program can see, and what axe's authors recommend besides. */
const EVERYTHING = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"] },
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
};
export class Axe {
  #page;

  /** Brings axe into the page; it stays there until the page is loaded anew. */
  static async bring(page) {
    await page.evaluate(SOURCE);
    const axe = new Axe();
    axe.#page = page;
    return axe;
  }

  /** What is wrong, in words; nothing if all is well. */
  violations() {
    return this.#page.evaluate(async (asked) => {
      const { violations } = await globalThis.axe.run(document, asked);
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, any, all }) => `${id}: ${target.join(" ")}: ${[...any, ...all][0]?.message ?? help}`),
      );
    }, EVERYTHING);
  }
}
