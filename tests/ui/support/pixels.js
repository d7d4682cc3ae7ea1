// Looks at what is on the glass as a person does: pixel by pixel, whatever the style sheets say.
import { PNG } from "pngjs";

/** A picture of the page as it stands, as PNG. */
export function photograph(page) {
  return page.screenshot({ animations: "disabled", caret: "hide" });
}

/** Texts inside `root` that stand out from what is around them by a contrast of less than `least`, measured in
 * `photo`, a picture of the page. */
export async function faint(page, photo, { root, least }) {
  const picture = PNG.sync.read(photo);
  const lines = await page.evaluate(linesOf, root);
  return lines.flatMap(({ text, box }) => {
    const contrast = contrastWithin(picture, box);
    return contrast < least ? [`“${text}” has a contrast of ${contrast.toFixed(1)}`] : [];
  });
}

/** Runs inside the page: every line of text that can be seen, and where. */
function linesOf(root) {
  const found = [];
  const visible = (element, box) => {
    const part = { left: Math.max(0, box.left), top: Math.max(0, box.top), right: Math.min(innerWidth, box.right), bottom: Math.min(innerHeight, box.bottom) };
    for (let at = element; at; at = at.parentElement) {
      if (getComputedStyle(at).overflowY === "visible") continue;
      const around = at.getBoundingClientRect();
      part.top = Math.max(part.top, around.top);
      part.bottom = Math.min(part.bottom, around.bottom);
    }
    // Half a line at the edge of a list says nothing about its colours.
    return part.bottom - part.top > 0.9 * (box.bottom - box.top) && part.right - part.left > 4 ? part : null;
  };
  const walker = document.createTreeWalker(document.querySelector(root), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.textContent.trim() === "" || element.closest(".spoken, :disabled, [inert]")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const part = visible(element, box);
      if (part) found.push({ text: node.textContent.trim().slice(0, 40), box: part });
    }
  }
  return found;
}

/** The contrast between the most frequent colour within `box` and the one that differs most from it. */
function contrastWithin(picture, { left, top, right, bottom }) {
  const counts = new Map();
  const seen = new Map();
  for (let y = Math.ceil(top); y < Math.floor(bottom); y += 1) {
    for (let x = Math.ceil(left); x < Math.floor(right); x += 1) {
      const at = (y * picture.width + x) * 4;
      const [r, g, b] = picture.data.subarray(at, at + 3);
      // Neighbouring shades count as one, since few backgrounds are of one colour only.
      const shade = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
      counts.set(shade, (counts.get(shade) ?? 0) + 1);
      seen.set(shade, luminance(r, g, b));
    }
  }
  const [ground] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0]);
  const contrasts = [...seen.values()].map((each) => contrast(each, seen.get(ground)));
  return Math.max(1, ...contrasts);
}

function contrast(one, other) {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function luminance(...rgb) {
  const [r, g, b] = rgb.map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
